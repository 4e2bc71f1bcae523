package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/outbox"
	"sdcbot/bot/purchase"
	"sdcbot/bot/register"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
)

// Options is all that a bot is made of.
type Options struct {
	Store  storage.Store
	Circle func() circle.Circle // as its file says now
	Chats  []chat.Chat
	Now    func() time.Time
	NewID  func() string // never the same twice
	Log    *slog.Logger
	Sheets register.Sheets // reads and writes files of contracts

	Handbook func() purchase.Handbook // by which purchases are judged, as its files say now; nil: the shipped one
}

// Bot is one circle's running bot. Hear, Wake and Health may be called concurrently, Step and Run by one goroutine.
type Bot struct {
	o      Options
	outbox *outbox.Outbox
	wake   chan struct{}

	lastMorning calendar.Day // done by this process: spares a transaction at each step
	outsiders   bool         // had access to the channel at the last step
	lastTurn    time.Time    // the instant of the latest turn

	mu       sync.Mutex
	health   Health
	tries    map[string]int    // of events that failed to be worked, by chat and id
	accounts map[string]string // "chat account" → e-mail address, as found in the chat's directory
}

// New returns a bot that has heard and done nothing yet.
func New(o Options) *Bot {
	b := &Bot{
		o:        o,
		outbox:   &outbox.Outbox{Store: o.Store, Circle: o.Circle, Chats: o.Chats, Log: o.Log},
		wake:     make(chan struct{}, 1),
		health:   Health{Chats: map[string]string{}},
		tries:    map[string]int{},
		accounts: map[string]string{},
	}
	for _, c := range o.Chats {
		b.outbox.Hurry(c.Name()) // what the process before had put off is tried at once
	}
	return b
}

// Health is what the bot knows of itself.
type Health struct {
	Heard     int64 // events stored since the start
	Worked    int64 // of those, worked
	Repeated  int64 // delivered again and recognised
	Steps     int64 // in which all that was due was done
	LastHeard time.Time
	LastStep  time.Time
	Chats     map[string]string // connection → why it does not listen; empty while it does
}

// Health returns what the bot knows of itself now.
func (b *Bot) Health() Health {
	b.mu.Lock()
	defer b.mu.Unlock()
	h := b.health
	h.Chats = maps.Clone(h.Chats)
	return h
}

// Hear stores an event, once however often it is delivered, and returns: it is a chat.Hear. Step does the work.
func (b *Bot) Hear(ctx context.Context, e chat.Event) error {
	if e.Kind == chat.Back {
		b.outbox.Hurry(e.Chat)
		b.Wake()
		return nil
	}
	var fresh bool
	err := b.o.Store.Update(ctx, b.o.Circle().ID, func(tx storage.Tx) (err error) {
		fresh, err = tx.Inbox().Put(e)
		return err
	})
	if err != nil {
		return fmt.Errorf("store event %s of %s: %w", e.ID, e.Chat, err)
	}
	b.mu.Lock()
	if fresh {
		b.health.Heard++
	} else {
		b.health.Repeated++
	}
	b.health.LastHeard = b.o.Now()
	b.mu.Unlock()
	b.Wake()
	return nil
}

// Wake makes Run look at once whether something is due: an event came, or the clock was moved.
func (b *Bot) Wake() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Step does all that is to be done at now: works what was heard, does what has fallen due, delivers what was promised. It returns
// when something falls due next. Nothing in it waits.
func (b *Bot) Step(ctx context.Context, now time.Time) (next time.Time, err error) {
	for {
		worked, err := b.workInbox(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		// What was promised is delivered even on a morning that fails: nobody waits for what was settled before because of it.
		morning, fault := b.morning(ctx, now)
		next, err = b.outbox.Deliver(ctx, now)
		if err = errors.Join(fault, err); err != nil {
			return time.Time{}, err
		}
		if !worked && !morning {
			break
		}
	}
	b.mu.Lock()
	b.health.LastStep, b.health.Steps = now, b.health.Steps+1
	b.mu.Unlock()
	if morning := usecase.NextMorning(b.o.Circle(), now); next.IsZero() || morning.Before(next) {
		next = morning
	}
	return next, nil
}

// morning does what has fallen due by itself.
func (b *Bot) morning(ctx context.Context, now time.Time) (done bool, err error) {
	defer caught(&err)
	c := b.o.Circle()
	today, outsiders := usecase.LastMorning(c, now), usecase.Outsiders(c, c.Today(now))
	if today == b.lastMorning && outsiders == b.outsiders {
		return false, nil
	}
	err = b.o.Store.Update(ctx, c.ID, func(tx storage.Tx) (err error) {
		t := b.turn(tx, c, now)
		t.Verb = "morning"
		if err := usecase.FollowOutsiders(t); err != nil {
			return err
		}
		done, err = usecase.Morning(t)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("do what is due: %w", err)
	}
	b.lastMorning, b.outsiders = today, outsiders
	return done, nil
}

// turn is what a use case gets. Its instant is one that the store gives back as it is, so that what is read equals what was written; and
// it comes after that of the turn before even where the clock stands still, so that "since" has one meaning.
func (b *Bot) turn(tx storage.Tx, c circle.Circle, now time.Time) *usecase.Turn {
	at := now.UTC().Truncate(time.Microsecond)
	if behind := b.lastTurn.Sub(at); behind >= 0 && behind < time.Second { // further back, the clock was set right
		at = b.lastTurn.Add(time.Microsecond)
	}
	b.lastTurn = at
	t := &usecase.Turn{Tx: tx, Circle: c, Now: at, Act: b.o.NewID(), Sheets: b.o.Sheets}
	if b.o.Handbook != nil {
		handbook := b.o.Handbook()
		t.Handbook = &handbook
	}
	for _, to := range b.o.Chats {
		t.Chats = append(t.Chats, to.Name())
	}
	return t
}

// retryPause is how long Run waits after the store failed; glancePause how long it leaves unseen what another program has written into the
// same database, such as an import on the command line.
const (
	retryPause  = time.Second
	glancePause = time.Minute
)

// Run listens on all chats and steps whenever something was heard or is due, until ctx ends. Then it returns nil: what was begun is
// finished or undone whole, and what was heard and not worked is worked at the next start.
func (b *Bot) Run(ctx context.Context) error {
	var listening sync.WaitGroup
	for _, c := range b.o.Chats {
		listening.Go(func() {
			err := c.Listen(ctx, b.Hear)
			if ctx.Err() != nil {
				return
			}
			b.o.Log.Error("chat no longer listens", "chat", c.Name(), "fault", err)
			b.mu.Lock()
			b.health.Chats[c.Name()] = fmt.Sprint(err)
			b.mu.Unlock()
		})
	}
	defer listening.Wait()
	for {
		next, err := b.Step(ctx, b.o.Now())
		if err != nil && ctx.Err() == nil {
			b.o.Log.Error("step failed; trying again", "fault", err)
			next = b.o.Now().Add(retryPause)
		}
		timer := time.NewTimer(min(max(next.Sub(b.o.Now()), 0), glancePause))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-b.wake:
			timer.Stop()
		case <-timer.C:
		}
	}
}

var errUnknownChat = errors.New("no such connection")

func (b *Bot) chat(name string) (chat.Chat, error) {
	for _, c := range b.o.Chats {
		if c.Name() == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("%w: %s", errUnknownChat, name)
}
