package mattermost

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// Reply answers where its reader alone sees it. In private that is a message there. In a channel it is an ephemeral one if
// the server lets the bot (an administrator must grant it create_post_ephemeral), if it asks for nothing, since nobody can
// react to an ephemeral message, and if it carries no file; otherwise a private message. Handles do not expire here: ErrStale means that it is none.
func (c *Chat) Reply(ctx context.Context, to chat.Handle, a chat.Answer) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var h handle
	if err := json.Unmarshal([]byte(to), &h); err != nil || h.Channel == "" || h.Account == "" {
		return fmt.Errorf("mattermost %s: reply: %w", c.config.Name, chat.ErrStale)
	}
	r, something := renderAnswer(a)
	if !something {
		return nil
	}
	if !h.Private && len(r.Seeds) == 0 && len(r.Files) == 0 && !c.noEphemeral.Load() {
		done, err := c.whisper(ctx, h, r)
		if done || err != nil {
			return err
		}
	}
	channelID, root := h.Channel, h.Thread
	if !h.Private {
		var err error
		if channelID, err = c.direct(ctx, h.Account); err != nil {
			return err
		}
		root = "" // the thread is in the other channel
	}
	post, err := c.create(ctx, channelID, root, r, "")
	if err != nil {
		return err
	}
	c.seed(ctx, post)
	return nil
}

// whisper tries an ephemeral message. A refusal is remembered until the next connection.
func (c *Chat) whisper(ctx context.Context, h handle, r rendered) (done bool, err error) {
	post := &model.Post{ChannelId: h.Channel, RootId: h.Thread, Message: r.Message, Props: r.props("")}
	_, response, err := c.api.CreatePostEphemeral(ctx, &model.PostEphemeral{UserID: h.Account, Post: post})
	if err != nil && forbidden(response) {
		c.noEphemeral.Store(true)
		return false, nil
	}
	if err != nil {
		return false, c.fault("answer", response, err, writing)
	}
	return true, nil
}
