package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// Reply answers where its reader alone sees it: a form in a window, its faults below its fields, a message in the private conversation, or in
// a channel one that only they see. What asks for a reaction or brings a file goes to them in private, since neither can stand on
// a message that goes away.
func (c *Chat) Reply(ctx context.Context, to chat.Handle, a chat.Answer) error {
	var h handle
	if err := json.Unmarshal([]byte(to), &h); err != nil || h.Channel == "" || h.Account == "" {
		return c.wrap("reply", chat.ErrStale, "")
	}
	switch {
	case len(a.Errors) > 0:
		return c.refuse(ctx, h, a.Errors)
	case a.Form != nil:
		return c.open(ctx, h, *a.Form)
	}
	if h.Event != "" {
		c.settle(h.Event, nil) // the form closes
	}
	if a.Message == nil {
		return nil
	}
	return c.answer(ctx, h, render(*a.Message))
}

// faults is their answer to a form that stays open.
type faults struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"`
}

// changed is their answer to a form that gives way to another.
type changed struct {
	Action string                 `json:"response_action"`
	View   slack.ModalViewRequest `json:"view"`
}

// refuse shows the faults of the form just sent below its fields. Once the acknowledgement has gone the form is closed, and it is too late.
func (c *Chat) refuse(_ context.Context, h handle, errs map[string]string) error {
	shown := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(errs)) {
		below := key
		if !slices.Contains(h.Fields, key) && len(h.Fields) > 0 {
			below = h.Fields[0] // Slack shows nothing at all when it is given a field that it does not know
		}
		shown[below] = strings.TrimSpace(shown[below] + "\n" + escaped(errs[key]))
	}
	if h.Event == "" || !c.settle(h.Event, faults{"errors", shown}) {
		return c.wrap("show faults", chat.ErrStale, "the form is closed")
	}
	return nil
}

// open opens a form. Where Slack gave no trigger to open it with, a message says what it asks, with a button that brings one.
func (c *Chat) open(ctx context.Context, h handle, f chat.Form[string]) error {
	view := modal(f, h)
	if h.Event != "" {
		if !c.settle(h.Event, changed{"update", view}) {
			return c.wrap("open a form", chat.ErrStale, "the one before is closed")
		}
		return nil
	}
	if h.Trigger == "" {
		return c.answer(ctx, h, render(door(f)))
	}
	return c.call("views.open", "", reading, func() error {
		_, err := c.api.OpenViewContext(ctx, h.Trigger, view)
		return err
	})
}

// door is a message that lists what a form asks and holds the button to it.
func door(f chat.Form[string]) chat.Message {
	m := chat.Message{Title: f.Title}
	if f.Intro != "" {
		m.Lines = []string{f.Intro}
	}
	for _, in := range f.Fields {
		value := in.Value
		for _, o := range in.Options {
			if o.Value == in.Value {
				value = o.Label
			}
		}
		if value == "" {
			value = "—"
		}
		m.Fields = append(m.Fields, chat.Field[string]{Label: in.Label, Value: value})
	}
	if f.Again.ID != "" {
		m.Buttons = []chat.Button[string]{f.Again}
	} else {
		m.Footer = f.Words
	}
	return m
}

// answer says something to one person: in private where they spoke in private, else so that they alone see it.
func (c *Chat) answer(ctx context.Context, h handle, r rendered) error {
	if h.Private {
		_, err := c.say(ctx, h.Channel, h.Thread, r, "")
		// A command may be given in a conversation that is none of ours.
		if saidNo(err, "channel_not_found", "not_in_channel") {
			return c.whisper(ctx, h, r)
		}
		return err
	}
	if len(r.Files) > 0 || len(r.Seeds) > 0 && !hasButtons(r) {
		to, err := c.direct(ctx, h.Account)
		if err != nil {
			return err
		}
		_, err = c.say(ctx, to, "", r, "")
		return err
	}
	return c.whisper(ctx, h, r)
}

func hasButtons(r rendered) bool {
	return slices.ContainsFunc(r.Blocks, func(b slack.Block) bool { return b.BlockType() == slack.MBTAction })
}

// whisper says what its reader alone sees, and what goes away: by the address that came with the event, five times within half an hour, else as the
// app where it is a member.
func (c *Chat) whisper(ctx context.Context, h handle, r rendered) error {
	options := r.options()
	if h.Thread != "" {
		options = append(options, slack.MsgOptionTS(h.Thread))
	}
	if h.Respond != "" {
		err := c.call("response_url", "", writing, func() error {
			_, _, _, err := c.api.SendMessageContext(ctx, h.Channel, append(options, slack.MsgOptionResponseURL(h.Respond, slack.ResponseTypeEphemeral))...)
			return err
		})
		if err == nil || !errors.Is(err, chat.ErrStale) && !errors.Is(err, chat.ErrRefused) {
			return err
		}
	}
	err := c.call("chat.postEphemeral", h.Channel, writing, func() error {
		_, err := c.api.PostEphemeralContext(ctx, h.Channel, h.Account, options...)
		return err
	})
	if errors.Is(err, chat.ErrRefused) && !errors.Is(err, errToken) {
		return fmt.Errorf("%w (%w)", err, chat.ErrStale)
	}
	return err
}
