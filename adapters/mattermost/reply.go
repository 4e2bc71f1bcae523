package mattermost

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// Reply answers where its reader alone sees it. In private that is a message there. In a channel it is an ephemeral one: by the
// response address of a slash command, else if the server lets the bot (an administrator must grant it create_post_ephemeral); but not if
// it wants reactions, which nobody can put on an ephemeral message, nor if it carries a file: then it is a private message.
//
// A form opens where there is a trigger that has not expired. Else it becomes a message that is answered in words, with a button that brings
// the form where the server can call us.
func (c *Chat) Reply(ctx context.Context, to chat.Handle, a chat.Answer) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var h handle
	if err := json.Unmarshal([]byte(to), &h); err != nil || h.Channel == "" || h.Account == "" {
		return fmt.Errorf("mattermost %s: reply: %w", c.config.Name, chat.ErrStale)
	}
	if done, err := c.settleForm(ctx, h, a); done || err != nil {
		return err
	}
	switch {
	case a.Message != nil:
		return c.tell(ctx, h, render(*a.Message, c.hook()))
	case a.Form == nil:
		return nil
	case h.Trigger != "" && c.callable():
		err := c.openDialog(ctx, h, *a.Form)
		if !errors.Is(err, chat.ErrRefused) {
			return err
		}
		c.log.Info("a form could not be opened on the spot: it is offered by a button", "err", err)
	case h.Dialog != "":
		// It comes in place of the one that was sent, with what was typed in it. To open it anew would lose that.
		return c.tell(ctx, h, sheet(*a.Form, nil))
	}
	return c.tell(ctx, h, sheet(*a.Form, c.hook()))
}

// settleForm closes the form that the event sent, or shows its faults in it; then nothing more is to be said.
func (c *Chat) settleForm(ctx context.Context, h handle, a chat.Answer) (done bool, err error) {
	switch {
	case h.Sheet:
		return len(a.Errors) > 0, c.settleSheet(ctx, h, a.Errors)
	case h.Dialog != "":
		if waited := c.settleDialog(h.Dialog, a.Errors); !waited && len(a.Errors) > 0 {
			return true, fmt.Errorf("mattermost %s: the form has closed: %w", c.config.Name, chat.ErrStale)
		}
	case len(a.Errors) > 0:
		return true, c.tell(ctx, h, refused(chat.Form[string]{}, a.Errors))
	}
	return len(a.Errors) > 0, nil
}

// tell says something to one person.
func (c *Chat) tell(ctx context.Context, h handle, r rendered) error {
	if !h.Private && len(r.Seeds) == 0 && len(r.Files) == 0 && r.Form == nil {
		if h.Response != "" && c.respond(ctx, h, r) {
			return nil
		}
		if !c.noEphemeral.Load() {
			done, err := c.whisper(ctx, h, r)
			if done || err != nil {
				return err
			}
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
	if r.Form != nil || h.Sheet {
		root = "" // a form needs a thread of its own, and its thread ends when it closes
	}
	post, err := c.create(ctx, channelID, root, r, "")
	if err != nil {
		return err
	}
	c.seed(ctx, post)
	return nil
}

// respond answers a slash command by its response address: five times, for half an hour, and for who typed it alone. It needs no right. When it
// fails there are other ways.
func (c *Chat) respond(ctx context.Context, h handle, r rendered) bool {
	answer := model.CommandResponse{
		ResponseType: model.CommandResponseTypeEphemeral, Text: r.Message, Attachments: r.Attachments, Props: r.props(""), SkipSlackParsing: true,
	}
	delete(answer.Props, model.PostPropsAttachments)
	raw, err := json.Marshal(answer)
	if err != nil {
		panic(err) // their own type, made of words
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.api.URL+"/hooks/commands/"+h.Response, bytes.NewReader(raw))
	if err != nil {
		return false
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := c.api.HTTPClient.Do(request)
	if err != nil {
		c.log.Info("a command's response address does not answer", "err", c.fault("respond", nil, err, reading))
		return false
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		c.log.Info("a command's response address is used up", "status", response.StatusCode)
	}
	return response.StatusCode == http.StatusOK
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
