package main

import (
	"context"
	"sync/atomic"

	"sdcbot/bot/chat"
)

// connection is a chat of which the program knows whether it was reached since the start: until then the bot is in nobody's service. That it
// was lost later is the adapter's to log, and to mend.
type connection struct {
	chat.Chat
	reached atomic.Bool
	tell    func(name string) // called once, when the chat is reached
}

// Listen implements chat.Listener. An adapter says chat.Back whenever it is connected, the first time as well.
func (c *connection) Listen(ctx context.Context, hear chat.Hear) error {
	return c.Chat.Listen(ctx, func(ctx context.Context, e chat.Event) error {
		if e.Kind == chat.Back && !c.reached.Swap(true) {
			c.tell(c.Name())
		}
		return hear(ctx, e)
	})
}

// reached says which of the chats were reached since the start. One that is in this very process always is.
func reached(chats []chat.Chat) map[string]bool {
	all := map[string]bool{}
	for _, c := range chats {
		outside, ok := c.(*connection)
		all[c.Name()] = !ok || outside.reached.Load()
	}
	return all
}
