package mattermost

import (
	"context"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// place returns the channel of a place. A channel's name is looked up in the team; a person's private channel is made if
// the two have never spoken.
func (c *Chat) place(ctx context.Context, to chat.Place) (channelID string, err error) {
	if to.Account != "" {
		return c.direct(ctx, to.Account)
	}
	channel, err := c.named(ctx, to.Channel)
	if err != nil {
		return "", err
	}
	return channel.Id, nil
}

func (c *Chat) named(ctx context.Context, name string) (*model.Channel, error) {
	c.mu.Lock()
	known := c.byName[name]
	c.mu.Unlock()
	if known != nil {
		return known, nil
	}
	if name == "" {
		return nil, fmt.Errorf("mattermost %s: %w: neither a channel nor a person is named", c.config.Name, chat.ErrRefused)
	}
	team, err := c.team(ctx)
	if err != nil {
		return nil, err
	}
	channel, response, err := c.api.GetChannelByName(ctx, name, team, "")
	if err != nil {
		return nil, c.fault("find channel "+name, response, err, reading)
	}
	c.remember(channel)
	return channel, nil
}

// channel returns what is known of a channel by its id.
func (c *Chat) channel(ctx context.Context, id string) (*model.Channel, error) {
	c.mu.Lock()
	known := c.byID[id]
	c.mu.Unlock()
	if known != nil {
		return known, nil
	}
	channel, response, err := c.api.GetChannel(ctx, id)
	if err != nil {
		return nil, c.fault("read a channel", response, err, reading)
	}
	c.remember(channel)
	return channel, nil
}

func (c *Chat) remember(channel *model.Channel) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[channel.Id] = channel
	if channel.Type == model.ChannelTypeOpen || channel.Type == model.ChannelTypePrivate {
		c.byName[channel.Name] = channel
	}
}

// forget drops the names, since channels get renamed: each new connection asks again.
func (c *Chat) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.byName)
	clear(c.byID)
}

func (c *Chat) team(ctx context.Context) (string, error) {
	c.mu.Lock()
	id := c.teamID
	c.mu.Unlock()
	if id != "" {
		return id, nil
	}
	team, response, err := c.api.GetTeamByName(ctx, c.config.Team, "")
	if err != nil {
		return "", c.fault("find team "+c.config.Team, response, err, reading)
	}
	c.mu.Lock()
	c.teamID = team.Id
	c.mu.Unlock()
	return team.Id, nil
}

// direct returns the private channel with the account. The server returns the one that stands, or makes it.
func (c *Chat) direct(ctx context.Context, account string) (string, error) {
	c.mu.Lock()
	id := c.directly[account]
	c.mu.Unlock()
	if id != "" {
		return id, nil
	}
	me, err := c.self(ctx)
	if err != nil {
		return "", err
	}
	channel, response, err := c.api.CreateDirectChannel(ctx, me.Id, account)
	if err != nil {
		return "", c.fault("open a private channel", response, err, reading)
	}
	c.remember(channel)
	c.mu.Lock()
	c.directly[account] = channel.Id
	c.mu.Unlock()
	return channel.Id, nil
}

// join makes the bot a member of a public channel. Into a private one it must be invited.
func (c *Chat) join(ctx context.Context, channel *model.Channel) error {
	me, err := c.self(ctx)
	if err != nil {
		return err
	}
	_, response, err := c.api.AddChannelMember(ctx, channel.Id, me.Id)
	if err != nil {
		return c.fault("join channel "+channel.Name, response, err, reading)
	}
	return nil
}
