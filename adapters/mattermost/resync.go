package mattermost

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
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
)

// mark is the instant, in milliseconds by the server's clock, up to which everything was heard, and what was heard shortly
// before it.
type mark struct {
	At     int64    `json:"at"`
	Recent []recent `json:"recent"` // oldest first

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
	*m = mark{At: now.UnixMilli(), dirty: true}
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
	value, err := json.Marshal(m)
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

// resync reads back what happened since the mark in all channels that the bot is in: one call for their list and one each.
// Reactions that were taken away leave no trace; whoever counts them asks Reactions. The server gives at most its
// thousand latest changes of a channel.
func (c *Chat) resync(ctx context.Context, hear chat.Hear, me *model.User, m *mark) error {
	channels, response, err := c.api.GetChannelsForUserWithLastDeleteAt(ctx, me.Id, 0)
	if err != nil {
		return c.fault("list channels", response, err, reading)
	}
	since := m.since() // the mark moves only when all channels are read
	var heard []chat.Event
	for _, channel := range channels {
		c.remember(channel)
		list, response, err := c.api.GetPostsSince(ctx, channel.Id, since, false)
		if notFound(response) || forbidden(response) {
			continue // left or archived meanwhile
		}
		if err != nil {
			return c.fault("read back a channel", response, err, reading)
		}
		events, err := c.missed(ctx, list.ToSlice(), channel, since, me)
		if err != nil {
			return err
		}
		for _, e := range events {
			if m.knows(e.ID) {
				continue
			}
			if err := hear(ctx, e); err != nil {
				return fmt.Errorf("mattermost %s: store an event: %w", c.config.Name, err)
			}
			heard = append(heard, e)
		}
	}
	for _, e := range heard {
		m.heard(e.ID, e.At.UnixMilli())
	}
	c.keep(ctx, m, me)
	return nil
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
