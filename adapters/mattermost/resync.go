package mattermost

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// What was said while the bot was away longer than the server's memory is read back from the channels. Up to where all was
// heard is kept with the server itself, as a preference of the bot's account, so that a bot that starts again on any
// machine knows it.

const (
	markCategory = "sdcbot"
	markName     = "heard"

	// overlap allows for posts whose times are not in the order in which they became visible (several server nodes, slow
	// transactions). What was heard in it is kept by id, as far as fits.
	overlap    = 10 * time.Second
	mostRecent = 100

	// keepEvery is how often the mark is written at most: what is between is heard twice after a crash.
	keepEvery = 15 * time.Second

	// readAtOnce is how many channels are read back before anything else is heard: those where something was said most recently. The others
	// follow one by one while the bot is at work, so that it costs the server the same to start in a thousand channels as in ten:
	// those where something was said at the pace of speech, the silent ones, where only reactions can have been missed, at that of rest.
	readAtOnce   = 8
	paceOfSpeech = 250 * time.Millisecond
	paceOfRest   = 2 * time.Second
)

// mark is the instant, in milliseconds by the server's clock, up to which everything was heard, and what was heard shortly
// before it.
type mark struct {
	At     int64    `json:"at"`
	Recent []recent `json:"recent"` // oldest first

	unread map[string]int64 // channels that are still to be read back, and from when on
	later  []*model.Channel // the same, in the order in which they are read
	more   chan struct{}    // rings when there are some

	dirty  bool
	keptAt time.Time
}

type recent struct {
	ID string `json:"id"`
	At int64  `json:"at"`
}

// heard moves the mark over an event that is stored, or over something that is no event, without id.
func (m *mark) heard(id string, at int64) {
	m.At = max(m.At, at)
	m.dirty = true
	if id != "" {
		m.Recent = append(m.Recent, recent{id, at})
	}
	m.Recent = slices.DeleteFunc(m.Recent, func(r recent) bool { return r.At < m.since() })
	if extra := len(m.Recent) - mostRecent; extra > 0 {
		m.Recent = slices.Delete(m.Recent, 0, extra)
	}
}

func (m *mark) knows(id string) bool {
	return slices.ContainsFunc(m.Recent, func(r recent) bool { return r.ID == id })
}

// since is from when on there may be something that was not heard.
func (m *mark) since() int64 { return m.At - overlap.Milliseconds() }

// recall asks the server for the mark, once. A bot that comes for the first time begins now.
func (c *Chat) recall(ctx context.Context, m *mark, me *model.User, now time.Time) error {
	if m.At != 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	kept, response, err := c.api.GetPreferenceByCategoryAndName(ctx, me.Id, markCategory, markName)
	switch {
	case err == nil:
		if err := json.Unmarshal([]byte(kept.Value), m); err == nil && m.At > 0 {
			m.keptAt = time.Now()
			return nil
		}
	case !notFound(response):
		return c.fault("read how far was heard", response, err, reading)
	}
	m.At, m.Recent, m.dirty = now.UnixMilli(), nil, true
	c.keep(ctx, m, me)
	return nil
}

// keep writes the mark. A failure costs no more than hearing things twice.
func (c *Chat) keep(ctx context.Context, m *mark, me *model.User) {
	if !m.dirty || me == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	m.keptAt = time.Now()
	kept := mark{At: m.At, Recent: m.Recent}
	for _, since := range m.unread {
		kept.At = min(kept.At, since+overlap.Milliseconds())
	}
	value, err := json.Marshal(kept)
	if err != nil {
		panic(err) // numbers and strings
	}
	preference := model.Preference{UserId: me.Id, Category: markCategory, Name: markName, Value: string(value)}
	if response, err := c.api.UpdatePreferences(ctx, me.Id, model.Preferences{preference}); err != nil {
		c.log.Warn("how far was heard is not noted", "err", c.fault("write a preference", response, err, reading))
		return
	}
	m.dirty = false
}

// resync reads back what happened since the mark in the channels that the bot is in: one call for their list and one each, and leaves
// most of them for later where they are many. Reactions that were taken away leave no trace; whoever counts them asks Reactions. The
// server gives at most its thousand latest changes of a channel.
func (c *Chat) resync(ctx context.Context, hear chat.Hear, me *model.User, m *mark) error {
	channels, response, err := c.api.GetChannelsForUserWithLastDeleteAt(ctx, me.Id, 0)
	if err != nil {
		return c.fault("list channels", response, err, reading)
	}
	slices.SortStableFunc(channels, func(a, b *model.Channel) int { return cmp.Compare(b.LastPostAt, a.LastPostAt) })
	since, before := m.since(), m.unread // the mark moves only when all of these are read
	m.unread, m.later = map[string]int64{}, nil
	for _, channel := range channels {
		c.remember(channel)
		m.unread[channel.Id] = since
		if older, is := before[channel.Id]; is {
			m.unread[channel.Id] = min(since, older)
		}
	}
	var heard []chat.Event
	for i, channel := range channels {
		if i >= readAtOnce {
			m.later = channels[i:]
			select {
			case m.more <- struct{}{}:
			default: // it rings already
			}
			break
		}
		events, err := c.readBack(ctx, hear, me, m, channel)
		if err != nil {
			return err
		}
		heard = append(heard, events...)
	}
	for _, e := range heard {
		m.heard(e.ID, e.At.UnixMilli())
	}
	c.keep(ctx, m, me)
	return nil
}

// readBack reads back one channel, hands on what was not heard, and returns it.
func (c *Chat) readBack(ctx context.Context, hear chat.Hear, me *model.User, m *mark, channel *model.Channel) (heard []chat.Event, err error) {
	since := m.unread[channel.Id]
	list, response, err := c.api.GetPostsSince(ctx, channel.Id, since, false)
	if notFound(response) || forbidden(response) {
		delete(m.unread, channel.Id)
		return nil, nil // left or archived meanwhile
	}
	if err != nil {
		return nil, c.fault("read back a channel", response, err, reading)
	}
	events, err := c.missed(ctx, list.ToSlice(), channel, since, me)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if m.knows(e.ID) {
			continue
		}
		if err := hear(ctx, e); err != nil {
			return heard, fmt.Errorf("mattermost %s: store an event: %w", c.config.Name, err)
		}
		heard = append(heard, e)
	}
	delete(m.unread, channel.Id)
	return heard, nil
}

// catchUp reads back the channels that resync left for later, until ctx ends. turn keeps it and what comes live apart: what it reads of a
// channel is not older than what was heard of it.
func (c *Chat) catchUp(ctx context.Context, hear chat.Hear, me *model.User, m *mark, turn *sync.Mutex) {
	for {
		turn.Lock()
		var next *model.Channel
		pause := paceOfRest
		if len(m.later) > 0 {
			next = m.later[0]
			if next.LastPostAt > m.unread[next.Id] {
				pause = paceOfSpeech
			}
		}
		turn.Unlock()
		if next == nil {
			select {
			case <-ctx.Done():
				return
			case <-m.more:
			}
			continue
		}
		if !wait(ctx, pause) {
			return
		}
		turn.Lock()
		if len(m.later) > 0 && m.later[0] == next {
			heard, err := c.readBack(ctx, hear, me, m, next)
			for _, e := range heard {
				m.heard(e.ID, e.At.UnixMilli())
			}
			if err == nil {
				m.later = m.later[1:]
			} else if ctx.Err() == nil {
				c.log.Warn("a channel is not read back yet", "err", err)
			}
			m.dirty = true
			if len(m.later) == 0 {
				c.keep(ctx, m, me)
			}
		}
		turn.Unlock()
	}
}

// missed returns the events that posts tell of, in the order in which they happened: that they were written, and what was put
// since on the bot's own.
func (c *Chat) missed(ctx context.Context, posts []*model.Post, channel *model.Channel, since int64, me *model.User) ([]chat.Event, error) {
	var events []chat.Event
	for _, post := range posts {
		if post == nil {
			continue
		}
		if post.CreateAt > since {
			e, happened, err := c.posted(ctx, post, channel.Name, channel.Type, me)
			if err != nil {
				return nil, err
			}
			if happened {
				events = append(events, e)
			}
		}
		if post.UserId != me.Id {
			continue
		}
		for _, r := range reactionsOn(post) {
			if instant(r) <= since {
				continue
			}
			e, happened, err := c.reacted(ctx, r, channel.Id, false, me)
			if err != nil {
				return nil, err
			}
			if happened {
				events = append(events, e)
			}
		}
	}
	slices.SortStableFunc(events, func(a, b chat.Event) int { return cmp.Compare(a.At.UnixMilli(), b.At.UnixMilli()) })
	return events, nil
}
