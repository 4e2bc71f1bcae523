package play

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/adapters/slack"
	"sdcbot/adapters/slack/slacktest"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
)

// slackName is the connection's name where a conversation is played on Slack.
const slackName = "slack"

// Slack is a workspace in memory, with the adapter for Slack before it: all that is said goes through Slack's own JSON, over HTTP and a socket.
type Slack struct {
	name     string // of the connection
	server   *slacktest.Server
	accounts map[string]string // by handle
	handles  map[string]string // by account

	mark   []byte // how far was heard; outlives the bot
	heard  chan hearing
	end    context.CancelFunc // of the bot's adapter; nil while the bot is down
	ended  chan error
	down   bool
	failed []func() error // what Slack refused while nobody answered, and people do again

	read  int // of the workspace's feed
	shown []Shown
}

// hearing is an event that the adapter hands over and waits to have stored.
type hearing struct {
	event chat.Event
	done  chan error
}

// otherNames are Slack's names of emoji that people put on messages, besides those that the bot uses.
var otherNames = map[string]string{"👍": "+1", "👎": "-1", "🎉": "tada", "❤": "heart", "👀": "eyes"}

// NewSlack opens a workspace with these channels and people.
func NewSlack(setting playground.Setting) *Slack {
	s := &Slack{
		name:   slackName,
		server: slacktest.New("sdc", setting.Now), accounts: map[string]string{}, handles: map[string]string{}, heard: make(chan hearing),
	}
	members := []string{s.server.Bot()}
	for _, p := range setting.People {
		id := s.server.AddPerson(p.Handle, p.Email)
		s.accounts[p.Handle], s.handles[id] = id, p.Handle
		members = append(members, id)
	}
	for _, name := range setting.Channels {
		s.server.AddChannel(name, true, slices.Clone(members)...)
	}
	return s
}

// Close implements io.Closer.
func (s *Slack) Close() error {
	s.Away()
	s.server.Close()
	return nil
}

// In returns the circle in which everybody has their account in the workspace.
func (s *Slack) In(c circle.Circle) circle.Circle {
	c.People = slices.Clone(c.People)
	for i, p := range c.People {
		c.People[i].Accounts = map[string]string{s.name: s.accounts[p.Handle]}
	}
	return c
}

// Chats returns a new adapter, which listens from now on. The one before is cut off, as when its process ends.
func (s *Slack) Chats() ([]chat.Chat, error) {
	s.Away()
	c, err := slack.New(slack.Config{
		Name: s.name, BotToken: slacktest.BotToken, AppToken: slacktest.AppToken, URL: slacktest.Address, Dial: s.server.Dial,
		// The clock of a conversation stands still, so nothing may wait by it; and a machine may be slow.
		Interval: -1, Patience: time.Minute, Pause: time.Millisecond,
		Load: func(context.Context) ([]byte, error) { return s.mark, nil },
		Keep: func(_ context.Context, mark []byte) error { s.mark = mark; return nil },
	})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	s.end, s.ended = cancel, ended
	go func() {
		ended <- c.Listen(ctx, func(ctx context.Context, e chat.Event) error {
			h := hearing{e, make(chan error, 1)}
			select {
			case s.heard <- h:
				return <-h.done
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	return []chat.Chat{c}, nil
}

// Away tells that the bot's process has ended.
func (s *Slack) Away() {
	if s.end == nil {
		return
	}
	s.end()
	<-s.ended //nolint:errcheck // its context has ended, or Deliver has told why it did
	s.end = nil
	s.server.Drop()
}

// Has implements Stage. On one chat alone, that is the one meant by whatever name.
func (s *Slack) Has(name string) error {
	if name != s.name && name != playground.Name {
		return fmt.Errorf("this is played on Slack alone: there is no chat %s", name)
	}
	return nil
}

// room is the id of a channel, or of somebody's private conversation with the bot.
func (s *Slack) room(who Actor, channel string) string {
	if channel != "" {
		return s.server.Channel(channel)
	}
	return s.server.Direct(s.accounts[who.Person])
}

// persists does what somebody does, and again once the bot answers, if Slack told them that it failed.
func (s *Slack) persists(do func() error) error {
	err := do()
	if errors.Is(err, slacktest.ErrFailed) {
		s.failed = append(s.failed, do)
		return nil
	}
	return err
}

// Say implements Stage.
func (s *Slack) Say(who Actor, channel, thread, text string) error {
	room := s.room(who, channel)
	if words, ok := strings.CutPrefix(text, "/sdc"); ok && (words == "" || strings.HasPrefix(words, " ")) {
		return s.persists(func() error { return s.server.Command(s.accounts[who.Person], room, strings.TrimSpace(words)) })
	}
	_, ts, _ := strings.Cut(thread, ":")
	_, err := s.server.Say(s.accounts[who.Person], room, ts, text)
	return err
}

// React implements Stage.
func (s *Slack) React(who Actor, message, emoji string, off bool) error {
	name := emoji
	for _, names := range []map[string]string{chat.Names, otherNames} {
		if known, ok := names[emoji]; ok {
			name = known
		}
	}
	channel, ts, _ := strings.Cut(message, ":")
	act, already := s.server.React, "already_reacted"
	if off {
		act, already = s.server.Unreact, "no_reaction"
	}
	// In a client, the second press of an emoji takes it off: nobody puts one twice.
	if err := act(s.accounts[who.Person], channel, ts, name); err != nil && err.Error() != already {
		return err
	}
	return nil
}

// Press implements Stage.
func (s *Slack) Press(who Actor, message, button string) error {
	channel, ts, _ := strings.Cut(message, ":")
	m, _ := s.server.Message(channel, ts)
	for _, b := range m.Buttons() {
		if b.Value == button {
			return s.persists(func() error { return s.server.Press(s.accounts[who.Person], channel, ts, b.Action) })
		}
	}
	return fmt.Errorf("the button %q stands there no more", button)
}

// Submit implements Stage.
func (s *Slack) Submit(who Actor, _ chat.Form[string], values map[string]string) error {
	return s.persists(func() error { return s.server.Fill(s.accounts[who.Person], values) })
}

// Send implements Stage.
func (s *Slack) Send(who Actor, file chat.File) error {
	return s.server.SendFile(s.accounts[who.Person], s.server.Direct(s.accounts[who.Person]), file.Name, file.Content)
}

// Deliver implements Stage. What the workspace sent is heard when an event that was sent after it, and means nothing, is acknowledged.
func (s *Slack) Deliver(ctx context.Context, hear chat.Hear) (n int, err error) {
	if s.down || s.end == nil {
		return 0, nil
	}
	for {
		heard, err := s.until(ctx, s.server.Probe(), hear)
		if n += heard; err != nil || len(s.failed) == 0 {
			return n, err
		}
		again := s.failed
		s.failed = nil
		for _, do := range again {
			if err := do(); err != nil {
				return n, err
			}
		}
	}
}

// until hands over what the adapter hears until quiet is closed.
func (s *Slack) until(ctx context.Context, quiet <-chan struct{}, hear chat.Hear) (n int, err error) {
	for {
		select {
		case h := <-s.heard:
			err := hear(ctx, h.event)
			if h.event.Kind != chat.Back {
				n++
			}
			h.done <- err
			if err != nil {
				return n, err
			}
		case <-quiet:
			return n, nil
		case err := <-s.ended:
			s.ended <- err
			return n, fmt.Errorf("the adapter listens no more: %w", err)
		case <-ctx.Done():
			return n, ctx.Err()
		}
	}
}

// Reach implements Stage.
func (s *Slack) Reach(name string, up bool) error {
	if err := s.Has(name); err != nil {
		return err
	}
	s.down = !up
	s.server.Down(!up)
	return nil
}

// Shown implements Stage.
func (s *Slack) Shown(n int) []Shown {
	for _, change := range s.server.Feed(s.read) {
		s.read++
		s.shown = append(s.shown, s.readBack(change)...)
	}
	return s.shown[n:]
}

// readBack makes what people see of what stands in the workspace.
func (s *Slack) readBack(c slacktest.Change) []Shown {
	if c.Kind == slacktest.Opened || c.Kind == slacktest.Refused {
		out := Shown{Act: Open, Person: s.handles[c.User], Form: formRead(c.View)}
		if c.Kind == slacktest.Refused {
			out.Act, out.Errors = Refuse, c.View.Errors
		}
		return []Shown{out}
	}
	m := c.Message
	if m.User != s.server.Bot() {
		return nil
	}
	at := Shown{Act: Post, Message: m.Channel + ":" + m.TS, Channel: s.server.Name(m.Channel), Content: messageRead(m)}
	if m.Thread != "" {
		at.Thread = m.Channel + ":" + m.Thread
	}
	if at.Channel == "" {
		at.Person = s.handles[s.server.With(m.Channel)]
	}
	switch c.Kind {
	case slacktest.Whispered:
		at.Act, at.Channel, at.Person = Answer, "", s.handles[m.Only]
	case slacktest.Edited:
		at.Act = Edit
	}
	// The bot's own reactions come after the message, in calls of their own.
	if now, ok := s.server.Message(m.Channel, m.TS); ok {
		for _, r := range now.Reactions {
			if slices.Contains(r.Users, s.server.Bot()) {
				at.Content.Reactions = append(at.Content.Reactions, chat.Normalise(r.Name))
			}
		}
	}
	if len(m.Files) == 0 {
		return []Shown{at}
	}
	var given []Shown
	for _, f := range m.Files {
		given = append(given, Shown{Act: Give, Person: at.Person, File: chat.File{Name: f.Name, Content: f.Content, Alt: f.Alt}})
	}
	return given
}

// messageRead reads a message's blocks back.
func messageRead(m slacktest.Message) (out chat.Message) {
	for _, b := range m.Blocks {
		words := slacktest.Shown(b.Text)
		switch {
		case b.Type == "header":
			out.Title = words
		case b.Type == "context":
			for _, e := range b.Elements {
				out.Footer += slacktest.Shown(e.Words())
			}
		case strings.HasPrefix(b.ID, "field-"):
			out.Fields = append(out.Fields, fieldRead(words))
		case b.Type == "section" && b.Text != nil:
			out.Lines = append(out.Lines, words)
		}
		for _, f := range b.Fields {
			out.Fields = append(out.Fields, fieldRead(slacktest.Shown(f)))
		}
	}
	for _, b := range m.Buttons() {
		tone := map[string]chat.Tone{"primary": chat.Good, "danger": chat.Danger}[b.Style]
		out.Buttons = append(out.Buttons, chat.Button[string]{ID: b.Value, Label: b.Label, Tone: tone})
	}
	return out
}

func fieldRead(words string) chat.Field[string] {
	label, value, _ := strings.Cut(words, "\n")
	return chat.Field[string]{Label: label, Value: value}
}

// formRead reads a modal back, with what stands in it.
func formRead(v slacktest.View) chat.Form[string] {
	f := chat.Form[string]{Title: v.Title}
	for _, b := range v.Blocks {
		switch {
		case b.ID == "title":
			f.Title = slacktest.Shown(b.Text)
		case b.Type == "section":
			f.Intro = strings.TrimSpace(f.Intro + "\n" + slacktest.Shown(b.Text))
		case b.Type == "input":
			in := chat.Input[string]{
				Key: b.ID, Label: slacktest.Shown(b.Label), Hint: slacktest.Shown(b.Hint), Value: v.Values[b.ID], Optional: b.Optional, Long: b.Element.Multiline,
			}
			for _, o := range b.Element.All() {
				in.Options = append(in.Options, chat.Option[string]{Value: o.Value, Label: slacktest.Shown(o.Text)})
			}
			f.Fields = append(f.Fields, in)
		}
	}
	return f
}
