package slack

import (
	"context"
	"errors"
	"sync"
	"time"

	"sdcbot/bot/chat"
)

// ear is what hears while Listen runs: one after the other, whether it came over the socket, over HTTP or was read back.
type ear struct {
	hear chat.Hear
	me   *self

	leaving sync.WaitGroup // lines that Slack has asked us to leave

	mu   sync.Mutex // held while one act is heard, so that they keep their order
	mark mark
}

// outcome is what the acknowledgement of a form says: nothing closes it.
type outcome struct {
	payload any
}

// listening returns the ear while there is one.
func (c *Chat) listening() *ear {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ear
}

// receive hears an act: it returns once that is stored, was known, or does not concern us. Then it may be acknowledged. A form that was sent
// has its answer come out of wait, which is nil for everything else. What cannot be looked up or stored for the moment is tried
// again with growing pauses, here: of a command or a press Slack would not tell again.
func (c *Chat) receive(ctx context.Context, e *ear, a act) (wait func(context.Context) any, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return c.take(ctx, e, a)
}

// take is receive while e.mu is held.
func (c *Chat) take(ctx context.Context, e *ear, a act) (wait func(context.Context) any, err error) {
	reaction := a.Emoji != ""
	if a.Kind == "" || e.mark.knows(a.ID) || reaction && e.mark.stale(a) {
		return nil, nil
	}
	var event chat.Event
	happened := false
	err = c.persist(ctx, "look up what an event tells", func() (err error) {
		event, happened, err = c.event(ctx, a, e.me)
		if errors.Is(err, chat.ErrRefused) || errors.Is(err, chat.ErrUnknown) || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrStale) {
			c.log.Warn("an event was passed over", "kind", a.Kind, "err", err)
			happened, err = false, nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if happened {
		if a.Kind == chat.Submitted {
			wait = c.await(a.ID)
		}
		if err := c.persist(ctx, "store an event", func() error { return e.hear(ctx, event) }); err != nil {
			return nil, err
		}
	}
	e.mark.heard(a)
	if reaction || time.Since(e.mark.keptAt) >= keepEvery {
		c.keep(ctx, e)
	}
	return wait, nil
}

// persist does something until it succeeds or ctx ends.
func (c *Chat) persist(ctx context.Context, what string, do func() error) error {
	pauses := c.pausesFrom(c.config.Pause / 10)
	for {
		err := do()
		if err == nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		pause := pauses.NextBackOff()
		c.log.Warn("trying again", "what", what, "err", err, "pause", pause)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// await prepares for the answer to a form. The function that it returns waits for it, as long as Slack waits for an acknowledgement, and
// says what that is to hold.
func (c *Chat) await(id string) func(context.Context) any {
	answer := make(chan *outcome, 1)
	c.mu.Lock()
	c.waiting[id] = answer
	c.mu.Unlock()
	patience := time.NewTimer(c.config.Patience)
	return func(ctx context.Context) any {
		defer patience.Stop()
		var said *outcome
		select {
		case said = <-answer:
		case <-patience.C:
		case <-ctx.Done():
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.waiting, id)
		select { // at the very last moment
		case said = <-answer:
		default:
		}
		if said == nil {
			return nil
		}
		return said.payload
	}
}

// settle gives the acknowledgement of a form its answer, if it still waits.
func (c *Chat) settle(id string, payload any) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	answer, ok := c.waiting[id]
	if !ok {
		return false
	}
	delete(c.waiting, id)
	answer <- &outcome{payload}
	return true
}

// recall loads the mark. A bot that comes for the first time begins now.
func (c *Chat) recall(ctx context.Context, e *ear) error {
	if e.mark.At != 0 {
		return nil
	}
	if c.config.Load != nil {
		raw, err := c.config.Load(ctx)
		if err != nil {
			return c.wrap("read how far was heard", chat.ErrUnavailable, err.Error())
		}
		e.mark = loadMark(raw)
	}
	if e.mark.At == 0 {
		e.mark = mark{At: c.now().UnixMicro(), dirty: true}
		c.keep(ctx, e)
	}
	e.mark.keptAt = time.Now()
	return nil
}

// keep has the mark kept. A failure costs no more than hearing things twice.
func (c *Chat) keep(ctx context.Context, e *ear) {
	e.mark.keptAt = time.Now()
	if c.config.Keep == nil || !e.mark.dirty {
		return
	}
	if err := c.config.Keep(ctx, e.mark.write()); err != nil {
		c.log.Warn("how far was heard is not noted", "err", err)
		return
	}
	e.mark.dirty = false
}
