package playground

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"sdcbot/bot/chat"
)

// Name is the playground's name among the chats of a circle.
const Name = "playground"

var limits = chat.Limits{MessageRunes: 16_000, Buttons: 25, Callbacks: true, Ephemeral: true}

// Chat is the adapter to a Server in the same process.
type Chat struct {
	server *Server
	down   atomic.Bool
	back   atomic.Bool // was down, and nobody was told yet that it answers again
}

var _ chat.Chat = (*Chat)(nil)

// NewChat connects to a server. Several may be connected one after the other, as when the bot is started again; two that listen at once take turns.
func NewChat(s *Server) *Chat { return &Chat{server: s} }

// SetDown makes the server unreachable for the bot, or reachable again. People go on meanwhile.
func (c *Chat) SetDown(down bool) {
	if c.down.Swap(down) && !down {
		c.back.Store(true)
	}
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.server.wake()
}

// Name implements chat.Chat.
func (c *Chat) Name() string { return Name }

// Limits implements chat.Chat.
func (c *Chat) Limits() chat.Limits { return limits }

// Listen implements chat.Listener.
func (c *Chat) Listen(ctx context.Context, hear chat.Hear) error {
	const shortest, longest = 100 * time.Millisecond, 10 * time.Second
	pause := shortest
	for ctx.Err() == nil {
		c.server.mu.Lock()
		changed, closed := c.server.changed, c.server.closed
		c.server.mu.Unlock()
		if closed {
			return fmt.Errorf("%w: %w", chat.ErrRefused, ErrClosed)
		}
		// What comes after changed was read closes it: no event can slip between this look and the wait.
		_, err := c.Drain(ctx, hear)
		if err == nil || errors.Is(err, chat.ErrUnavailable) {
			pause = shortest
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		select {
		case <-time.After(pause):
			pause = min(2*pause, longest)
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// Drain hands every event that waits to hear and returns how many were acknowledged. It stops at the first that hear refuses, with
// that error; the event comes again next time.
func (c *Chat) Drain(ctx context.Context, hear chat.Hear) (int, error) {
	s := c.server
	select {
	case s.delivery <- struct{}{}:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	defer func() { <-s.delivery }()
	for n := 0; ; n++ {
		if err := c.reach(ctx); err != nil {
			return n, err
		}
		if c.back.Swap(false) {
			if err := hear(ctx, chat.Event{Kind: chat.Back, Chat: Name}); err != nil {
				c.back.Store(true)
				return n, err
			}
		}
		s.mu.Lock()
		if len(s.events) == 0 {
			s.mu.Unlock()
			return n, nil
		}
		next := s.events[0]
		s.mu.Unlock()
		if err := hear(ctx, next.event); err != nil {
			return n, err
		}
		s.mu.Lock()
		err := s.do(entry{Kind: entryAcknowledged, Upto: next.seq})
		s.mu.Unlock()
		if err != nil {
			return n, err
		}
	}
}

// Pending is the number of events that the bot has not acknowledged.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.events)
}

// reach fails while the server cannot be reached, and once ctx has ended.
func (c *Chat) reach(ctx context.Context) error {
	if c.down.Load() {
		return fmt.Errorf("playground: %w", chat.ErrUnavailable)
	}
	return ctx.Err()
}

// Post implements chat.Poster. A second message under a key is none: the first one's place is returned.
func (c *Chat) Post(ctx context.Context, to chat.Place, m chat.Message, key string) (chat.Ref, error) {
	if err := c.reach(ctx); err != nil {
		return chat.Ref{}, err
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	room, err := s.room(to)
	if err != nil {
		return chat.Ref{}, err
	}
	if id, ok := s.keys[room+" "+key]; ok && key != "" {
		return ref(room, id), nil
	}
	e := entry{Kind: entryPosted, Room: room, Key: key, Message: fitting(m)}
	if to.Thread != "" {
		root := s.posts[to.Thread]
		if root == nil || root.Room != room {
			return chat.Ref{}, fmt.Errorf("playground: thread %s in %s: %w", to.Thread, room, chat.ErrGone)
		}
		e.Thread = root.root()
	}
	id := s.name(s.seq + 1)
	return ref(room, id), unavailable(s.do(e))
}

// Posted implements chat.Poster.
func (c *Chat) Posted(ctx context.Context, to chat.Place, key string) (chat.Ref, bool, error) {
	if err := c.reach(ctx); err != nil {
		return chat.Ref{}, false, err
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	room, err := s.room(to)
	if err != nil {
		return chat.Ref{}, false, err
	}
	id, ok := s.keys[room+" "+key]
	if !ok {
		return chat.Ref{}, false, nil
	}
	return ref(room, id), true, nil
}

// Edit implements chat.Poster. An answer that one person alone sees cannot be edited, as on the big platforms.
func (c *Chat) Edit(ctx context.Context, at chat.Ref, m chat.Message) error {
	if err := c.reach(ctx); err != nil {
		return err
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.own(at)
	if err != nil {
		return err
	}
	e := entry{Kind: entryEdited, ID: p.ID, Room: p.Room, Message: fitting(m)}
	if reflect.DeepEqual(*e.Message, p.Message) {
		return nil
	}
	return unavailable(s.do(e))
}

// Reactions implements chat.Poster.
func (c *Chat) Reactions(ctx context.Context, at chat.Ref) ([]chat.Reaction, error) {
	if err := c.reach(ctx); err != nil {
		return nil, err
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.posts[at.ID]
	if p == nil {
		return nil, fmt.Errorf("playground: %s: %w", at.ID, chat.ErrGone)
	}
	var out []chat.Reaction
	for _, r := range p.Reactions {
		for _, person := range r.People {
			out = append(out, chat.Reaction{Account: person, Emoji: r.Emoji})
		}
	}
	return out, nil
}

// Reply implements chat.Replier. What answers something done in a channel is shown there, to its author alone.
func (c *Chat) Reply(ctx context.Context, to chat.Handle, a chat.Answer) error {
	if err := c.reach(ctx); err != nil {
		return err
	}
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.heard[to]
	if !ok || (!h.expires.IsZero() && s.now().After(h.expires)) {
		return fmt.Errorf("playground: %s: %w", to, chat.ErrStale)
	}
	if a.Errors != nil {
		if f := s.forms[h.person]; !h.form || f == nil || !f.Sent {
			return fmt.Errorf("playground: errors for a form that is not open: %w", chat.ErrStale)
		}
		return unavailable(s.do(entry{Kind: entryRefused, Room: h.room, Only: h.person, Errors: a.Errors}))
	}
	if f := s.forms[h.person]; h.form && f != nil && f.Sent && a.Form == nil {
		if err := s.do(entry{Kind: entrySettled, Room: h.room, Only: h.person}); err != nil {
			return unavailable(err)
		}
	}
	switch {
	case a.Form != nil:
		return unavailable(s.do(entry{Kind: entryOpened, Room: h.room, Only: h.person, Form: a.Form}))
	case a.Message != nil:
		e := entry{Kind: entryPosted, Room: h.room, Thread: h.thread, Message: fitting(*a.Message)}
		if strings.HasPrefix(h.room, "#") {
			e.Only = h.person
		}
		return unavailable(s.do(e))
	}
	return nil
}

// Profile implements chat.Directory.
func (c *Chat) Profile(ctx context.Context, account string) (chat.Profile, error) {
	if err := c.reach(ctx); err != nil {
		return chat.Profile{}, err
	}
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	p, err := c.server.person(account)
	if err != nil {
		return chat.Profile{}, fmt.Errorf("playground: %q: %w", account, chat.ErrUnknown)
	}
	return chat.Profile{Account: p.Handle, Handle: p.Handle, Name: p.Name, Email: p.Email}, nil
}

// Account implements chat.Directory.
func (c *Chat) Account(ctx context.Context, handle, email string) (string, error) {
	if err := c.reach(ctx); err != nil {
		return "", err
	}
	people := c.server.People()
	i := slices.IndexFunc(people, func(p Person) bool { return email != "" && strings.EqualFold(p.Email, email) })
	if i < 0 {
		i = slices.IndexFunc(people, func(p Person) bool { return handle != "" && strings.EqualFold(p.Handle, handle) })
	}
	if i < 0 {
		return "", fmt.Errorf("playground: %q %q: %w", handle, email, chat.ErrUnknown)
	}
	return people[i].Handle, nil
}

// room turns the bot's place into a room; s.mu is held.
func (s *Server) room(to chat.Place) (string, error) {
	if to.Account != "" {
		if _, err := s.person(to.Account); err != nil {
			return "", fmt.Errorf("playground: %q: %w", to.Account, chat.ErrUnknown)
		}
		return privateRoom(to.Account), nil
	}
	if !slices.Contains(s.setting.Channels, to.Channel) {
		return "", fmt.Errorf("playground: no channel %q: %w", to.Channel, chat.ErrRefused)
	}
	return channelRoom(to.Channel), nil
}

// own finds a message that the bot may edit; s.mu is held.
func (s *Server) own(at chat.Ref) (*Post, error) {
	p := s.posts[at.ID]
	switch {
	case p == nil || p.Only != "":
		return nil, fmt.Errorf("playground: %s: %w", at.ID, chat.ErrGone)
	case !p.FromBot():
		return nil, fmt.Errorf("playground: %s is a message of %s: %w", at.ID, p.From, chat.ErrRefused)
	}
	return p, nil
}

// unavailable makes a fault of the file one that the bot retries: a full disk passes.
func unavailable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", chat.ErrUnavailable, err)
}

// fitting cuts a message to the limits. What is cut ends in an ellipsis; lines go first, the fields and the footer say more in less.
func fitting(m chat.Message) *chat.Message {
	if len(m.Buttons) > limits.Buttons {
		m.Buttons = m.Buttons[:limits.Buttons]
	}
	over := utf8.RuneCountInString(Words(m)) - limits.MessageRunes
	if over <= 0 {
		return &m
	}
	m.Lines, m.Fields = slices.Clone(m.Lines), slices.Clone(m.Fields)
	cut := func(text *string) {
		length := utf8.RuneCountInString(*text)
		if over <= 0 || length < 2 {
			return
		}
		keep := max(0, length-over-1)
		*text = string([]rune(*text)[:keep]) + "…"
		over -= length - keep - 1
	}
	for i := len(m.Lines) - 1; i >= 0; i-- {
		cut(&m.Lines[i])
	}
	for i := len(m.Fields) - 1; i >= 0; i-- {
		cut(&m.Fields[i].Value)
		cut(&m.Fields[i].Label)
	}
	cut(&m.Footer)
	cut(&m.Title)
	return &m
}
