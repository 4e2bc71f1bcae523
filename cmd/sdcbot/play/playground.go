package play

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
)

// Playground is the stage that needs no other program: the playground's server, in memory.
type Playground struct {
	Chat   *playground.Chat
	server *playground.Server
	read   int // Seq of the latest change in shown
	shown  []Shown
}

// NewPlayground opens one. Who is not among the people cannot act there, stranger or not.
func NewPlayground(setting playground.Setting) (*Playground, error) {
	server, err := playground.Open("", setting)
	if err != nil {
		return nil, err
	}
	return &Playground{Chat: playground.NewChat(server), server: server}, nil
}

// Close implements io.Closer.
func (s *Playground) Close() error { return s.server.Close() }

// In returns the circle in which everybody's account is their handle.
func (s *Playground) In(c circle.Circle) circle.Circle { return c.WithAccounts(playground.Name) }

// Chats returns the one chat that there is: it is in this very process, and stays when the bot dies.
func (s *Playground) Chats() ([]chat.Chat, error) { return []chat.Chat{s.Chat}, nil }

// Has implements Stage.
func (s *Playground) Has(name string) error {
	if name != playground.Name {
		return fmt.Errorf("this is played on the playground alone: %s comes with a later version", name)
	}
	return nil
}

// Say implements Stage.
func (s *Playground) Say(who Actor, channel, thread, text string) error {
	_, err := s.server.Say(who.Person, chat.Place{Channel: channel, Thread: thread}, text)
	return err
}

// React implements Stage.
func (s *Playground) React(who Actor, message, emoji string, off bool) error {
	if off {
		return s.server.Unreact(who.Person, message, emoji)
	}
	return s.server.React(who.Person, message, emoji)
}

// Press implements Stage.
func (s *Playground) Press(who Actor, message, button string) error {
	return s.server.Press(who.Person, message, button)
}

// Submit implements Stage.
func (s *Playground) Submit(who Actor, _ chat.Form[string], values map[string]string) error {
	return s.server.Submit(who.Person, values)
}

// Send implements Stage.
func (s *Playground) Send(who Actor, file chat.File) error {
	_, err := s.server.SendFile(who.Person, file.Name, file.Content)
	return err
}

// Deliver implements Stage.
func (s *Playground) Deliver(ctx context.Context, hear chat.Hear) (int, error) {
	n, err := s.Chat.Drain(ctx, hear)
	if errors.Is(err, chat.ErrUnavailable) {
		err = nil // what people do waits until it can be reached again
	}
	return n, err
}

// Reach implements Stage.
func (s *Playground) Reach(name string, up bool) error {
	if err := s.Has(name); err != nil {
		return err
	}
	s.Chat.SetDown(!up)
	return nil
}

// Shown implements Stage.
func (s *Playground) Shown(n int) []Shown {
	for _, c := range s.server.Feed(s.read) {
		s.read = c.Seq
		if c.FromBot() {
			s.shown = append(s.shown, shownIn(c))
			s.shown = append(s.shown, given(c)...)
		}
	}
	return s.shown[n:]
}

// given are the files that came with a message to one person.
func given(c playground.Change) (files []Shown) {
	if c.Form != nil {
		return nil
	}
	about := shownIn(c)
	for _, file := range c.Post.Message.Files {
		files = append(files, Shown{Act: Give, Person: about.Person, File: file})
	}
	return files
}

func shownIn(c playground.Change) Shown {
	if c.Form != nil {
		form := c.Form.Form
		form.Fields = slices.Clone(form.Fields)
		for i, field := range form.Fields {
			form.Fields[i].Value = c.Form.Values[field.Key]
		}
		s := Shown{Act: Open, Person: c.Person, Form: form}
		if c.Kind == playground.FormRefused {
			s.Act, s.Errors = Refuse, c.Form.Errors
		}
		return s
	}
	s := Shown{Act: Post, Message: c.Post.ID, Thread: c.Post.Thread, Content: c.Post.Message, Person: c.Post.Only}
	switch {
	case c.Kind == playground.Whispered:
		s.Act = Answer
	case c.Kind == playground.Edited:
		s.Act = Edit
	}
	if channel, ok := c.Channel(); ok {
		s.Channel = channel
	} else if s.Person == "" {
		s.Person = strings.TrimPrefix(c.Post.Room, "@")
	}
	return s
}
