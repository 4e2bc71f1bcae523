package playground

import (
	"context"
	"maps"
	"strings"
	"time"

	"sdcbot/bot/chat"
)

// ChangeKind says what became visible.
type ChangeKind string

// The kinds of changes.
const (
	Posted      ChangeKind = "posted"    // a message in a room
	Threaded    ChangeKind = "threaded"  // a reply in a thread
	Whispered   ChangeKind = "whispered" // a message in a channel that one person alone sees: an ephemeral answer, or a command as its author typed it
	Edited      ChangeKind = "edited"
	Removed     ChangeKind = "removed"
	Reacted     ChangeKind = "reacted" // a reaction put or taken back
	FormOpened  ChangeKind = "form-opened"
	FormRefused ChangeKind = "form-refused" // the form just sent came back with errors
	FormClosed  ChangeKind = "form-closed"
)

// Change is one thing that became visible, as it was then.
type Change struct {
	Seq  int        `json:"seq"` // grows; the same after a restart
	At   time.Time  `json:"at"`
	Kind ChangeKind `json:"kind"`
	Post *Post      `json:"post,omitempty"` // the message concerned; nil for forms

	Person string    `json:"person,omitempty"` // of a form: before whom it stands
	Form   *OpenForm `json:"form,omitempty"`
}

// SeenBy says whether the person sees it.
func (c Change) SeenBy(handle string) bool {
	if c.Post != nil {
		return c.Post.SeenBy(handle)
	}
	return c.Person == handle
}

// FromBot says whether the bot did it. Reactions are people's.
func (c Change) FromBot() bool {
	switch c.Kind {
	case FormOpened, FormRefused:
		return true
	case FormClosed, Reacted, Removed:
		return false
	}
	return c.Post.FromBot()
}

// Channel returns the channel's name, and whether everybody there sees it: false for private conversations, ephemeral answers and forms.
func (c Change) Channel() (name string, everybody bool) {
	if c.Post == nil || c.Post.Only != "" {
		return "", false
	}
	return strings.CutPrefix(c.Post.Room, "#")
}

// Words is what the change shows, as one text.
func (c Change) Words() string {
	if c.Form != nil {
		return c.Form.Words()
	}
	return c.Post.Words()
}

// Feed lists what became visible to anybody after the change of that seq, in order; 0 is from the beginning.
func (s *Server) Feed(after int) []Change {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.feed(after)
}

func (s *Server) feed(after int) []Change {
	// Changes are few beside entries, and readers are near the end: walk back from there.
	i := len(s.changes)
	for i > 0 && s.changes[i-1].Seq > after {
		i--
	}
	return append([]Change(nil), s.changes[i:]...)
}

// Wait returns the feed after seq as soon as there is any, or ctx's error, or ErrClosed.
func (s *Server) Wait(ctx context.Context, after int) ([]Change, error) {
	for {
		s.mu.Lock()
		some, changed, closed := s.feed(after), s.changed, s.closed
		s.mu.Unlock()
		if len(some) > 0 {
			return some, nil
		}
		if closed {
			return nil, ErrClosed
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Posts lists all messages as they stand now, in order of posting.
func (s *Server) Posts() []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Post, len(s.order))
	for i, p := range s.order {
		out[i] = p.clone()
	}
	return out
}

// given returns a file of one of the bot's messages that the person sees.
func (s *Server) given(person, message string, number int) (chat.File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.posts[message]
	if p == nil || !p.SeenBy(person) || number < 0 || number >= len(p.Message.Files) {
		return chat.File{}, false
	}
	return p.Message.Files[number], true
}

// Seq is the number of the latest thing that was done: Feed(Seq()) is empty until something changes.
func (s *Server) Seq() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seq
}

func (s *Server) change(seq int, at time.Time, kind ChangeKind, p *Post) {
	shown := p.clone()
	s.changes = append(s.changes, Change{Seq: seq, At: at, Kind: kind, Post: &shown})
}

func (s *Server) changeForm(e entry, kind ChangeKind) {
	if f := s.forms[e.Only]; f != nil {
		shown := *f
		shown.Values, shown.Errors = maps.Clone(f.Values), maps.Clone(f.Errors)
		s.changes = append(s.changes, Change{Seq: e.Seq, At: e.At, Kind: kind, Person: e.Only, Form: &shown})
	}
}
