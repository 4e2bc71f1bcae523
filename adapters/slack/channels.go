package slack

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// channel is what is known of a conversation of theirs.
type channel struct {
	ID, Name string
	Private  bool   // of two: the bot and User
	User     string // whom it is with
}

// Conversations are listed by pages of the largest size that they take. Only those that the bot is in are asked for: a workspace has
// thousands, the bot is in a few.
const (
	listPage  = 999
	mostPages = 3 // at once; who is not found is asked for by id
)

// place returns the id of a place's channel. A person's private channel is made if the two have never spoken.
func (c *Chat) place(ctx context.Context, to chat.Place) (string, error) {
	if to.Account != "" {
		return c.direct(ctx, to.Account)
	}
	if to.Channel == "" {
		return "", c.wrap("find a channel", chat.ErrRefused, "neither a channel nor a person is named")
	}
	if id, ok := c.known(to.Channel); ok {
		return id, nil
	}
	if _, err := c.list(ctx); err != nil {
		return "", err
	}
	if id, ok := c.known(to.Channel); ok {
		return id, nil
	}
	return "", c.wrap("find channel "+to.Channel, chat.ErrRefused, "there is none that the app is a member of: invite it there")
}

func (c *Chat) known(name string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id, ok := c.byName[strings.TrimPrefix(name, "#")]
	return id, ok
}

// list reads the conversations that the bot is in, and remembers them.
func (c *Chat) list(ctx context.Context) ([]channel, error) {
	var all []channel
	cursor := ""
	for range mostPages {
		var page []slack.Channel
		err := c.call("users.conversations", "", reading, func() (err error) {
			page, cursor, err = c.api.GetConversationsForUserContext(ctx, &slack.GetConversationsForUserParameters{
				Types: []string{"public_channel", "private_channel", "im", "mpim"}, Limit: listPage, Cursor: cursor, ExcludeArchived: true,
			})
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, one := range page {
			all = append(all, c.remember(one))
		}
		if cursor == "" {
			break
		}
	}
	return all, nil
}

func (c *Chat) remember(one slack.Channel) channel {
	out := channel{ID: one.ID, Name: one.Name, Private: one.IsIM, User: one.User}
	if out.Name == "" && !out.Private {
		out.Name = one.ID
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.channels[out.ID] = out
	if out.Private {
		c.directly[out.User] = out.ID
	} else {
		c.byName[out.Name] = out.ID
	}
	return out
}

// forget drops the names: a channel was renamed, archived or left.
func (c *Chat) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.channels)
	clear(c.byName)
}

// channel returns what is known of a channel by its id. Of one that the bot is not in, where a command may come from, the name that came with
// the command has to do.
func (c *Chat) channel(ctx context.Context, id, name string) (channel, error) {
	if strings.HasPrefix(id, "D") {
		return channel{ID: id, Private: true}, nil
	}
	c.mu.Lock()
	known, ok := c.channels[id]
	c.mu.Unlock()
	if ok {
		return known, nil
	}
	var found *slack.Channel
	err := c.call("conversations.info", "", reading, func() (err error) {
		found, err = c.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
		return err
	})
	switch {
	case errors.Is(err, chat.ErrRefused) && name != "" && !errors.Is(err, errToken):
		return channel{ID: id, Name: name}, nil
	case err != nil:
		return channel{}, err
	}
	return c.remember(*found), nil
}

// direct returns the private channel with the account. Slack returns the one that stands, or makes it.
func (c *Chat) direct(ctx context.Context, account string) (string, error) {
	c.mu.Lock()
	id := c.directly[account]
	c.mu.Unlock()
	if id != "" {
		return id, nil
	}
	var made *slack.Channel
	err := c.call("conversations.open", "", reading, func() (err error) {
		made, _, _, err = c.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{account}, ReturnIM: true})
		return err
	})
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	c.directly[account] = made.ID
	c.channels[made.ID] = channel{ID: made.ID, Private: true, User: account}
	c.mu.Unlock()
	return made.ID, nil
}

// order puts the conversations in which something is likeliest to have happened first: channels, then private ones, those of which the
// mark knows before the others.
func order(all []channel, latest func(id string) int64) {
	rank := func(ch channel) int64 {
		if !ch.Private {
			return 1 << 62
		}
		return latest(ch.ID)
	}
	slices.SortStableFunc(all, func(a, b channel) int {
		switch ra, rb := rank(a), rank(b); {
		case ra > rb:
			return -1
		case ra < rb:
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
}
