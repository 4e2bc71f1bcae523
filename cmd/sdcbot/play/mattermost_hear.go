package play

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// mattermostPatience is how long the stage waits for what must come: the server in memory needs milliseconds, a real one less than a second.
const mattermostPatience = 20 * time.Second

// awaited is something that the bot must still hear: by whom, and the message that was written, or what was done to one.
type awaited struct{ account, message string }

// back is awaited when a connection was cut or is new.
const back = "back"

// await notes what the bot must hear. s.mu is held.
func (s *Mattermost) await(account, message string) {
	if message == back && slices.Contains(s.awaited, awaited{account, back}) {
		return // one connection is enough
	}
	s.awaited = append(s.awaited, awaited{account, message})
}

// put and taken are what is awaited of a reaction: by the id that the adapter gives it. What an earlier one left to be read back must not pass
// for it, so the instant counts; that of a reaction taken off nobody is told, and it is never read back.
func put(r *model.Reaction) string {
	return fmt.Sprintf("%s:%s:%s:%s:%d", chat.Reacted, r.UserId, r.EmojiName, r.PostId, max(r.CreateAt, r.UpdateAt))
}

func taken(r *model.Reaction) string {
	return fmt.Sprintf("%s:%s:%s:%s:", chat.Unreacted, r.UserId, r.EmojiName, r.PostId)
}

// withoutInstant cuts the instant off the id of a reaction that was taken off.
func withoutInstant(id string) string {
	if strings.HasPrefix(id, string(chat.Unreacted)+":") {
		return id[:strings.LastIndex(id, ":")+1]
	}
	return id
}

// call is something that people do for which the server calls the bot: it is done while the bot can hear it.
type call struct {
	by     *mattermostPerson
	do     func(context.Context) error
	heard  bool
	done   bool
	err    error
	dialog bool // it ends when the bot has said what it thinks of the form

	errors, values map[string]string // of a form that was sent
}

// later notes a call, to be made when the bot is there.
func (s *Mattermost) later(p *mattermostPerson, do func(context.Context) error) *call {
	c := &call{by: p, do: do}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	return c
}

// reply is what an event's handle answers.
type reply struct {
	to   *mattermostPerson
	call *call // the form that waits for it
}

// take hands an event on while a Deliver goes on, and holds it back otherwise. It is the adapter's hear.
func (s *Mattermost) take(ctx context.Context, e chat.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.changed.Broadcast()
	})()
	for s.to == nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.changed.Wait()
	}
	defer s.changed.Broadcast()
	if s.ground.real {
		e.At = s.now()
	}
	if err := s.to(ctx, e); err != nil {
		s.fault = err
		return err
	}
	if e.Kind == chat.Back {
		s.hold(awaited{"", back})
		return nil
	}
	s.heard++
	r := &reply{to: s.owner(e.From)}
	s.handles[e.Handle] = r
	if i := slices.IndexFunc(s.calls, func(c *call) bool { return !c.heard && c.by == r.to }); i >= 0 && called(e) {
		s.calls[i].heard = true
		r.call = s.calls[i]
		return nil
	}
	s.hold(awaited{e.From, withoutInstant(e.ID)})
	return nil
}

// called says whether an event came by a call of the server.
func called(e chat.Event) bool {
	return e.Kind == chat.Commanded || e.Kind == chat.Pressed || e.Kind == chat.Submitted
}

// hold takes something off the list of what is awaited.
func (s *Mattermost) hold(what awaited) bool {
	i := slices.Index(s.awaited, what)
	if i < 0 {
		return false
	}
	s.awaited = slices.Delete(s.awaited, i, i+1)
	return true
}

func (s *Mattermost) owner(account string) *mattermostPerson {
	for _, p := range s.people {
		if p.account == account {
			return p
		}
	}
	return nil
}

// Deliver implements Stage: the bot hears what is awaited, then people make the calls that wait.
func (s *Mattermost) Deliver(ctx context.Context, hear chat.Hear) (int, error) {
	if s.dial.isBroken() {
		return 0, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to, s.heard, s.fault = hear, 0, nil
	s.changed.Broadcast()
	defer func() { s.to = nil }()
	if err := s.waitFor(ctx, func() bool { return len(s.awaited) == 0 }); err != nil {
		return s.heard, fmt.Errorf("%w: %d things done, first %+v", err, len(s.awaited), s.awaited)
	}
	for len(s.calls) > 0 {
		c := s.calls[0]
		go func() {
			err := c.do(context.WithoutCancel(ctx))
			s.mu.Lock()
			defer s.mu.Unlock()
			c.done, c.err = true, err
			s.changed.Broadcast()
		}()
		if err := s.waitFor(ctx, func() bool { return c.done || c.heard && c.dialog }); err != nil {
			return s.heard, err
		}
		s.calls = s.calls[1:]
		if c.done && c.err != nil {
			return s.heard, fmt.Errorf("@%s was refused: %w", c.by.handle, c.err)
		}
	}
	return s.heard, nil
}

// waitFor waits until it is so. s.mu is held.
func (s *Mattermost) waitFor(ctx context.Context, so func() bool) error {
	late := false
	wake := func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.changed.Broadcast()
	}
	defer context.AfterFunc(ctx, wake)()
	defer time.AfterFunc(mattermostPatience, func() {
		s.mu.Lock()
		late = true
		s.mu.Unlock()
		wake()
	}).Stop()
	for !so() {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case s.fault != nil:
			return s.fault
		case s.ended != nil:
			return s.ended
		case late:
			return errors.New("the server does not tell what was done there")
		}
		s.changed.Wait()
	}
	return nil
}
