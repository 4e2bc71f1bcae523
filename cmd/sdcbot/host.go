package main

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/bot"
)

// host runs the bot beside the playground's chat server: it stops and starts it while the server lives on, and moves their clock, doing
// what falls due on the way in its order. It is the page's playground.Controls.
type host struct {
	ctx    context.Context // of the program
	server *playground.Server
	chat   *playground.Chat
	open   func() *bot.Bot
	log    *slog.Logger

	running atomic.Pointer[bot.Bot] // nil while the bot is stopped

	mu   sync.Mutex // one control at a time; guards what follows
	halt context.CancelFunc
	done chan struct{} // closed when the bot's loop has ended
}

var _ playground.Controls = (*host)(nil)

// Now implements playground.Controls.
func (h *host) Now() time.Time { return h.server.Now() }

// Running implements playground.Controls.
func (h *host) Running() bool { return h.running.Load() != nil }

// Bot returns the bot, or nil while it is stopped.
func (h *host) Bot() *bot.Bot { return h.running.Load() }

// worked counts what the bot has done since it was started; 0 while it is stopped.
func (h *host) worked() int64 {
	if b := h.running.Load(); b != nil {
		return done(b)
	}
	return 0
}

// Start implements playground.Controls: a new bot on the old database, as after a restart of the program.
func (h *host) Start() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Running() {
		return nil
	}
	b := h.open()
	h.running.Store(b)
	h.loop(b)
	return nil
}

// Stop implements playground.Controls.
func (h *host) Stop() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Running() {
		h.pause()
		h.running.Store(nil)
	}
	return nil
}

// loop lets the bot work by itself. h.mu is held.
func (h *host) loop(b *bot.Bot) {
	ctx, halt := context.WithCancel(h.ctx)
	done := make(chan struct{})
	h.halt, h.done = halt, done
	go func() {
		defer close(done)
		if err := b.Run(ctx); err != nil && ctx.Err() == nil {
			h.log.Error("bot ended", "fault", err)
		}
	}()
}

// pause ends the loop and waits for it. h.mu is held.
func (h *host) pause() {
	h.halt()
	<-h.done
}

// Advance implements playground.Controls. While the bot is stopped the clock alone moves, and what fell due is caught up at its start.
func (h *host) Advance(d time.Duration) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.running.Load()
	if b == nil {
		return h.server.Move(d)
	}
	h.pause()
	defer h.loop(b)
	to := h.server.Now().Add(d)
	for {
		next, err := h.settle(b)
		if err != nil {
			return err
		}
		now := h.server.Now()
		if next.IsZero() || !next.After(now) || next.After(to) {
			break
		}
		if err := h.server.Move(next.Sub(now)); err != nil {
			return err
		}
	}
	if err := h.server.Move(to.Sub(h.server.Now())); err != nil {
		return err
	}
	_, err := h.settle(b)
	return err
}

// farthest is how far ToNext looks. A circle of which nothing is heard for a quarter has nothing to wait for.
const farthest = 92 * 24 * time.Hour

// ToNext implements playground.Controls: it goes from one due time to the next until the bot says something. Most mornings it has nothing
// to say, and to stop at each would tire whoever rehearses a year.
func (h *host) ToNext() (found bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.running.Load()
	if b == nil {
		return false, nil
	}
	h.pause()
	defer h.loop(b)
	next, err := h.settle(b)
	said := h.said(0)
	for end := h.server.Now().Add(farthest); err == nil && !next.IsZero() && next.Before(end); {
		now := h.server.Now()
		if !next.After(now) {
			return false, nil
		}
		if err := h.server.Move(next.Sub(now)); err != nil {
			return false, err
		}
		if next, err = h.settle(b); err != nil {
			return false, err
		}
		if h.said(said) > said {
			return true, nil
		}
	}
	return false, err
}

// said returns the number of the latest change after seq that is the bot's; seq itself when there is none.
func (h *host) said(seq int) int {
	for _, change := range h.server.Feed(seq) {
		if change.FromBot() {
			seq = change.Seq
		}
	}
	return seq
}

// settle lets the bot hear and do all that there is now, and returns when something falls due next.
func (h *host) settle(b *bot.Bot) (next time.Time, err error) {
	for {
		heard, err := h.chat.Drain(h.ctx, b.Hear)
		if err != nil {
			return time.Time{}, err
		}
		next, err = b.Step(h.ctx, h.server.Now())
		if err != nil || heard == 0 {
			return next, err
		}
	}
}
