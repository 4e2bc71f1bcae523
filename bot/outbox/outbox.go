// Package outbox keeps promises: what a use case has bound the bot to say is delivered here, in order per channel and person, within
// each chat's pace, with growing pauses after failures, looked for before it is repeated, and given up loudly. It decides
// nothing about what is said; it only puts it into its reader's language at the last moment.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/storage"
)

// Tries is after how many failed attempts a promise is given up: with pauses that double from 2 seconds to 10 minutes, about
// a day and a half. Only an ErrRefused gives up at once.
const Tries = 200

// Pauses between attempts: the first, and the longest.
const (
	firstPause   = 2 * time.Second
	longestPause = 10 * time.Minute
)

// Outbox delivers the promises of one circle. Deliver is used by one goroutine at a time, Hurry by any.
type Outbox struct {
	Store  storage.Store
	Circle func() circle.Circle
	Chats  []chat.Chat
	Log    *slog.Logger

	mu    sync.Mutex
	hurry map[string]bool // chats that answer again: what failed there is tried at once

	spoke    map[lane]time.Time // when each lane last spoke, for the chat's pace
	accounts map[string]string  // "chat handle" → account, as found in the chat's directory
}

// lane is a stream of messages that keep their order: one channel or one person in one chat.
type lane struct{ chat, channel, person string }

// Deliver keeps every promise that is due, and returns when the next one is; the zero time when none waits. A chat that fails
// holds back only its own lanes. The error returned is the store's: delivery faults are recorded with the promise.
func (o *Outbox) Deliver(ctx context.Context, now time.Time) (next time.Time, err error) {
	if o.spoke == nil {
		o.spoke, o.accounts = map[lane]time.Time{}, map[string]string{}
	}
	o.mu.Lock()
	hurry := o.hurry
	o.hurry = nil
	o.mu.Unlock()
	c := o.Circle()
	var open []storage.Promise
	err = o.Store.View(ctx, c.ID, func(tx storage.Tx) (err error) {
		open, err = tx.Promises().Open()
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("read the open promises: %w", err)
	}
	held := map[lane]bool{}
	for _, p := range open {
		in := lane{p.Chat, p.Channel, p.Person}
		if hurry[p.Chat] && p.Attempts > 0 {
			p.NotUntil = time.Time{}
		}
		if held[in] {
			continue
		}
		if due := o.due(p, in); due.After(now) {
			held[in], next = true, earlier(next, due)
			continue
		}
		p, err = o.keep(ctx, c, p, now)
		if err != nil {
			return time.Time{}, fmt.Errorf("promise %q: %w", p.Key, err)
		}
		o.spoke[in] = now
		if p.State == storage.Waiting || p.State == storage.Trying {
			held[in], next = true, earlier(next, p.NotUntil)
		}
	}
	return next, nil
}

// Hurry ends the pauses that failures of the named chat have brought: it answers again. The next Deliver tries all that waits for it.
func (o *Outbox) Hurry(chatName string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.hurry == nil {
		o.hurry = map[string]bool{}
	}
	o.hurry[chatName] = true
}

// due is when the promise may be kept: not before its time, nor before the chat's pace allows.
func (o *Outbox) due(p storage.Promise, in lane) time.Time {
	due := p.NotUntil
	if to := o.chat(p.Chat); to != nil && !o.spoke[in].IsZero() {
		if paced := o.spoke[in].Add(to.Limits().Interval); paced.After(due) {
			due = paced
		}
	}
	return due
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

func (o *Outbox) chat(name string) chat.Chat {
	for _, c := range o.Chats {
		if c.Name() == name {
			return c
		}
	}
	return nil
}

// keep makes one attempt and records how it went. The returned error is the store's.
func (o *Outbox) keep(ctx context.Context, c circle.Circle, p storage.Promise, now time.Time) (storage.Promise, error) {
	begun := p.State == storage.Trying
	p.State, p.Attempts = storage.Trying, p.Attempts+1
	if err := o.save(ctx, c, p); err != nil {
		return p, err
	}
	ref, fault := o.attempt(ctx, c, p, begun)
	switch {
	case fault == nil:
		p.State, p.Ref, p.KeptAt, p.Fault = storage.Kept, ref, now, ""
	case errors.Is(fault, chat.ErrGone):
		p.State, p.Fault = storage.Superseded, fault.Error()
	case errors.Is(fault, chat.ErrRefused), errors.Is(fault, chat.ErrUnknown), p.Attempts >= Tries:
		p.State, p.Fault = storage.GivenUp, fault.Error()
		o.Log.Error("promise given up", "key", p.Key, "chat", p.Chat, "attempts", p.Attempts, "fault", p.Fault)
	default:
		p.Fault, p.NotUntil = fault.Error(), now.Add(pause(p.Attempts, fault))
		// Nothing was sent when the chat could not be reached: no need to look before the next attempt.
		if errors.Is(fault, chat.ErrUnavailable) || errors.As(fault, new(chat.TooFast)) {
			p.State = storage.Waiting
		}
		o.Log.Warn("promise not kept yet", "key", p.Key, "chat", p.Chat, "attempt", p.Attempts, "again_at", p.NotUntil, "fault", p.Fault)
	}
	// What was sent must be recorded even while the program is being stopped.
	return p, o.save(context.WithoutCancel(ctx), c, p)
}

// pause doubles with each attempt, unless the chat named one.
func pause(attempts int, fault error) time.Duration {
	var fast chat.TooFast
	if errors.As(fault, &fast) && fast.Pause > 0 {
		return fast.Pause
	}
	wait := firstPause
	for range attempts - 1 {
		if wait *= 2; wait >= longestPause {
			return longestPause
		}
	}
	return wait
}

func (o *Outbox) save(ctx context.Context, c circle.Circle, p storage.Promise) error {
	return o.Store.Update(ctx, c.ID, func(tx storage.Tx) error { return tx.Promises().Save(p) })
}

// attempt says the promise once. begun tells that an earlier attempt may have succeeded without our knowing.
func (o *Outbox) attempt(ctx context.Context, c circle.Circle, p storage.Promise, begun bool) (chat.Ref, error) {
	to := o.chat(p.Chat)
	if to == nil {
		return chat.Ref{}, fmt.Errorf("%w: no connection is named %q any more", chat.ErrRefused, p.Chat)
	}
	lang := c.Language
	if p.Person != "" {
		lang = c.LanguageOf(p.Person)
	}
	said := chat.Say(p.Draft, lang)
	if p.Kind == storage.Edit {
		ref, err := o.where(ctx, c, p.Target)
		if err != nil {
			return chat.Ref{}, err
		}
		return ref, to.Edit(ctx, ref, said)
	}
	place, err := o.place(ctx, c, to, p)
	if err != nil {
		return chat.Ref{}, err
	}
	if begun {
		if ref, found, err := to.Posted(ctx, place, p.Key); err != nil || found {
			return ref, err
		}
	}
	return to.Post(ctx, place, said, p.Key)
}

// where returns where the promise of that key was kept. ErrGone when it never will be; ErrUnavailable while it is not yet.
func (o *Outbox) where(ctx context.Context, c circle.Circle, key string) (chat.Ref, error) {
	var target storage.Promise
	err := o.Store.View(ctx, c.ID, func(tx storage.Tx) (err error) {
		target, err = tx.Promises().Get(key)
		return err
	})
	switch {
	case errors.Is(err, storage.ErrNotFound), target.State == storage.GivenUp, target.State == storage.Superseded:
		return chat.Ref{}, fmt.Errorf("%w: %q was never said", chat.ErrGone, key)
	case err != nil:
		return chat.Ref{}, err
	case target.State != storage.Kept:
		return chat.Ref{}, fmt.Errorf("%w: %q is not said yet", chat.ErrUnavailable, key)
	}
	return target.Ref, nil
}

func (o *Outbox) place(ctx context.Context, c circle.Circle, to chat.Chat, p storage.Promise) (chat.Place, error) {
	place := chat.Place{Channel: p.Channel}
	if p.Person != "" {
		account, err := o.account(ctx, c, to, p.Person)
		if err != nil {
			return place, err
		}
		place.Account = account
	}
	if p.Thread != "" {
		root, err := o.where(ctx, c, p.Thread)
		if err != nil {
			return place, err
		}
		place.Thread = root.ID
	}
	return place, nil
}

// account finds the person's account in the chat: the file's word, else the chat's directory.
func (o *Outbox) account(ctx context.Context, c circle.Circle, to chat.Chat, handle string) (string, error) {
	person, ok := c.Person(handle)
	if !ok {
		return "", fmt.Errorf("%w: %s is not in the circle any more", chat.ErrUnknown, handle)
	}
	if account := person.Accounts[to.Name()]; account != "" {
		return account, nil
	}
	key := to.Name() + " " + handle + " " + person.Email
	if account, ok := o.accounts[key]; ok {
		return account, nil
	}
	account, err := to.Account(ctx, handle, person.Email)
	if err == nil {
		o.accounts[key] = account
	}
	return account, err
}
