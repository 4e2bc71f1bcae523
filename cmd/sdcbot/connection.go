package main

import (
	"context"
	"net/http"
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

// callbacks is what a chat whose platform calls us offers besides.
type callbacks interface {
	Handler() http.Handler // what the platform calls
	Refused() int64        // calls that did not prove where they come from
}

// callbackPath is where the calls of a chat arrive, on the listener and at the address of the circle's file.
func callbackPath(name string) string { return "/chat/" + name }

// called returns what the platforms of these chats call, by the chats' names.
func called(chats []chat.Chat) map[string]callbacks {
	all := map[string]callbacks{}
	for _, c := range chats {
		if outside, ok := c.(*connection); ok && c.Limits().Callbacks {
			if by, ok := outside.Chat.(callbacks); ok {
				all[c.Name()] = by
			}
		}
	}
	return all
}

// registerCalls puts what the platforms call on the mux.
func registerCalls(mux *http.ServeMux, chats []chat.Chat) {
	for name, by := range called(chats) {
		mux.Handle(callbackPath(name)+"/", http.StripPrefix(callbackPath(name), by.Handler()))
	}
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
