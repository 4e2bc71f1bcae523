package slack

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

const (
	// budget is how many conversations are read back at once, whatever the size of the workspace; the others follow at the pace that their
	// rates allow. With who we are, the socket, the list and what is looked up, a start stays below twenty calls.
	budget = 12
	pace   = 1500 * time.Millisecond
	// historyPage is how many of a conversation's latest messages are looked at for reactions. What was put on older ones while nobody
	// listened comes out of Reactions alone.
	historyPage = 200
	// mostHistory is how many pages are read of what was said meanwhile.
	mostHistory = 5
	// mostThreads is how many threads of one conversation are read back.
	mostThreads = 3
)

// resync reads back what happened since the mark, and hands it in once. Channels come first, then private conversations, those in which
// something was lately said before the others.
func (c *Chat) resync(ctx context.Context, e *ear) error {
	e.mu.Lock()
	since := e.mark.since()
	latest := map[string]int64{}
	for _, r := range e.mark.Recent {
		latest[r.Channel] = max(latest[r.Channel], r.At)
	}
	e.mu.Unlock()
	all, err := c.list(ctx)
	if err != nil {
		return err
	}
	order(all, func(id string) int64 { return latest[id] })
	for i, ch := range all {
		if i >= budget {
			c.follow(ctx, e, all[i:], since)
			break
		}
		if err := c.catchUp(ctx, e, ch, since); err != nil {
			return err
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	c.keep(ctx, e)
	return nil
}

// follow reads the conversations beyond the budget back, one after the other, while others are heard.
func (c *Chat) follow(ctx context.Context, e *ear, rest []channel, since int64) {
	e.leaving.Go(func() {
		for _, ch := range rest {
			select {
			case <-ctx.Done():
				return
			case <-time.After(pace):
			}
			if err := c.catchUp(ctx, e, ch, since); err != nil && ctx.Err() == nil {
				c.log.Warn("a conversation was not read back", "channel", ch.ID, "err", err)
			}
		}
	})
}

// catchUp reads one conversation: what was said, and how reactions on our messages differ from what was heard. It is heard in the order
// in which it happened, while nothing else is.
func (c *Chat) catchUp(ctx context.Context, e *ear, ch channel, since int64) error {
	messages, err := c.history(ctx, ch.ID, since)
	if errors.Is(err, chat.ErrRefused) && !errors.Is(err, errToken) {
		return nil // left or archived meanwhile
	}
	if err != nil {
		return err
	}
	replies, err := c.replies(ctx, ch.ID, messages, since)
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	var acts []act
	for _, m := range slices.Concat(messages, replies) {
		m.Channel = ch.ID
		if at, ok := instant(m.TS); ok && at > since {
			if a := m.said(); a.Kind != "" {
				acts = append(acts, a)
			}
		}
	}
	slices.SortStableFunc(acts, func(a, b act) int { return cmp.Compare(a.At, b.At) })
	for _, m := range messages {
		if m.User != e.me.User {
			continue
		}
		m.Channel = ch.ID
		changes, err := c.changes(ctx, e, m)
		if err != nil {
			return err
		}
		acts = append(acts, changes...)
	}
	for _, a := range acts {
		if _, err := c.take(ctx, e, a); err != nil {
			return err
		}
	}
	return nil
}

// changes are the reactions that came or went on a message of ours since we last heard. When that was Slack does not say: they bear the
// present instant, and an id that is the same if they are read back again before the mark has moved.
func (c *Chat) changes(ctx context.Context, e *ear, m message) (acts []act, err error) {
	known := e.mark.Reactions[m.Channel+":"+m.TS]
	stand := map[string]bool{}
	now, tag := c.now().UnixMicro(), "since-"+strconv.FormatInt(e.mark.At, 10)
	change := func(kind chat.Kind, user, emoji string) {
		at := max(now, known[user+" "+emoji].At+1) // the hour comes in whole seconds
		a := act{Kind: kind, At: at, From: user, Channel: m.Channel, On: m.TS, OnAuthor: m.User, Emoji: emoji}
		a.ID = reactionID(a, tag)
		acts = append(acts, a)
	}
	reactions := m.Reactions
	if slices.ContainsFunc(reactions, func(r reaction) bool { return len(r.Users) < r.Count }) {
		if reactions, err = c.reactionsOn(ctx, c.ref(m.Channel, m.TS)); err != nil {
			return nil, err
		}
	}
	for _, r := range reactions {
		for _, user := range r.Users {
			stand[user+" "+r.Name] = true
			if user != e.me.User && !known[user+" "+r.Name].On {
				change(chat.Reacted, user, r.Name)
			}
		}
	}
	for who, was := range known {
		if was.On && !stand[who] {
			if user, emoji, ok := strings.Cut(who, " "); ok {
				change(chat.Unreacted, user, emoji)
			}
		}
	}
	slices.SortStableFunc(acts, func(a, b act) int {
		return cmp.Or(cmp.Compare(b.Kind, a.Kind), cmp.Compare(a.From, b.From), 0) // taken off before put on
	})
	return acts, nil
}

// history reads a conversation's latest messages, as far back as since and at least one page.
func (c *Chat) history(ctx context.Context, id string, since int64) (all []message, err error) {
	cursor := ""
	for range mostHistory {
		var page *slack.GetConversationHistoryResponse
		err := c.call("conversations.history", "", reading, func() (err error) {
			page, err = c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: id, Cursor: cursor, Limit: historyPage})
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, m := range page.Messages {
			all = append(all, readBack(m))
		}
		if cursor = page.ResponseMetaData.NextCursor; cursor == "" || len(page.Messages) == 0 {
			break
		}
		if oldest, ok := instant(page.Messages[len(page.Messages)-1].Timestamp); ok && oldest <= since {
			break
		}
	}
	return all, nil
}

// replies reads the threads in which something was said since.
func (c *Chat) replies(ctx context.Context, id string, messages []message, since int64) (all []message, err error) {
	threads := 0
	for _, m := range messages {
		if at, ok := instant(m.LatestReply); !ok || at <= since {
			continue
		}
		if threads++; threads > mostThreads {
			c.log.Warn("not all threads are read back", "channel", id)
			break
		}
		var page []slack.Message
		err := c.call("conversations.replies", "", reading, func() (err error) {
			page, _, _, err = c.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: id, Timestamp: m.TS, Oldest: timestamp(since), Limit: historyPage,
			})
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, reply := range page {
			if reply.Timestamp != m.TS {
				all = append(all, readBack(reply))
			}
		}
	}
	return all, nil
}

// readBack makes of their client's message what decode makes of an event's.
func readBack(m slack.Message) message {
	out := message{
		Type: m.Type, Subtype: m.SubType, User: m.User, BotID: m.BotID, Text: m.Text, TS: m.Timestamp, ThreadTS: m.ThreadTimestamp,
		Hidden: m.Hidden, LatestReply: m.LatestReply,
	}
	for _, f := range m.Files {
		out.Files = append(out.Files, file{ID: f.ID, Name: f.Name, URL: f.URLPrivateDownload, Size: f.Size, Mode: f.Mode})
	}
	for _, r := range m.Reactions {
		out.Reactions = append(out.Reactions, reaction{Name: r.Name, Users: r.Users, Count: r.Count})
	}
	return out
}
