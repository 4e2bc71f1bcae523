package slack

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"sdcbot/bot/chat"
)

// handle is what Reply needs to know of the event that it answers. It holds secrets of Slack's that live for seconds to half an hour.
type handle struct {
	Channel string   `json:"c"`
	Account string   `json:"a"`
	Thread  string   `json:"t,omitempty"`
	Private bool     `json:"p,omitempty"`
	Respond string   `json:"r,omitempty"` // five answers within half an hour
	Trigger string   `json:"g,omitempty"` // one form within three seconds
	Event   string   `json:"e,omitempty"` // Submitted: whose acknowledgement may wait for us
	Fields  []string `json:"k,omitempty"` // Submitted: keys of the form's fields, that of the first before all
}

func (h handle) seal() chat.Handle {
	raw, err := json.Marshal(h)
	if err != nil {
		panic(err) // plain fields
	}
	return chat.Handle(raw)
}

// event makes an event of what was done, looking up what Slack tells by id alone. What is not for us, or ours, is none.
func (c *Chat) event(ctx context.Context, a act, me *self) (e chat.Event, happened bool, err error) {
	reaction := a.Kind == chat.Reacted || a.Kind == chat.Unreacted
	switch {
	case a.Kind == "" || a.From == me.User:
		return chat.Event{}, false, nil
	case reaction && a.OnAuthor != "" && a.OnAuthor != me.User:
		return chat.Event{}, false, nil // on somebody else's message
	}
	e = chat.Event{ID: a.ID, Chat: c.config.Name, Kind: a.Kind, From: a.From, Button: a.Button, At: c.now().UTC()}
	if a.At > 0 {
		e.At = time.UnixMicro(a.At).UTC()
	}
	h := handle{Channel: a.Channel, Account: a.From, Thread: a.Thread, Respond: a.Respond, Trigger: a.Trigger}
	if a.Kind == chat.Submitted {
		h.Channel, h.Thread, h.Respond, h.Event = a.Sheet.Channel, a.Sheet.Thread, a.Sheet.Respond, a.ID
		h.Fields = append([]string{a.Sheet.First}, slices.Sorted(maps.Keys(a.Values))...)
		e.Form, e.Values = a.Sheet.Form, a.Values
	}
	in, err := c.channel(ctx, h.Channel, a.ChannelName)
	if err != nil {
		return chat.Event{}, false, err
	}
	if e.Private = in.Private; !e.Private {
		e.Channel = in.Name
	}
	h.Private = e.Private
	switch {
	case reaction:
		e.Emoji = chat.Normalise(a.Emoji)
		e.Message = c.ref(a.Channel, a.On)
	case a.Kind == chat.Pressed:
		e.Message = c.ref(a.Channel, a.On)
	case a.Thread != "":
		e.Message = c.ref(a.Channel, a.Thread)
	}
	if a.Text != "" {
		e.Text, e.ToBot = c.typed(ctx, a.Text, me)
		if a.Kind != chat.Said {
			e.ToBot = false
		}
	}
	if a.Kind == chat.Said && e.Private && len(a.Files) > 0 {
		e.Kind = chat.Sent
		if e.Files, err = c.fetch(ctx, a.Files); err != nil {
			return chat.Event{}, false, err
		}
	}
	if !reaction {
		e.Handle = h.seal()
	}
	return e, true, nil
}

func (c *Chat) ref(channel, ts string) chat.Ref {
	return chat.Ref{Chat: c.config.Name, Channel: channel, ID: ts}
}
