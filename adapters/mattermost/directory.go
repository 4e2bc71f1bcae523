package mattermost

import (
	"context"
	"fmt"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// Profile returns what the server says of an account.
func (c *Chat) Profile(ctx context.Context, account string) (chat.Profile, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	user, response, err := c.api.GetUser(ctx, account, "")
	if err != nil {
		return chat.Profile{}, c.unknown("read an account", response, err)
	}
	return chat.Profile{
		Account: user.Id, Handle: user.Username, Name: user.GetDisplayName(model.ShowNicknameFullName),
		Email: user.Email, Bot: user.IsBot,
	}, nil
}

// Account finds somebody by e-mail address, else by username: a server may hide addresses from the bot, and people are
// not always known by the same one. Accounts that were deactivated are not found.
func (c *Chat) Account(ctx context.Context, handle, email string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if email = strings.ToLower(strings.TrimSpace(email)); email != "" {
		user, response, err := c.api.GetUserByEmail(ctx, email, "")
		switch {
		case err == nil && user.DeleteAt == 0:
			return user.Id, nil
		case err != nil && !notFound(response) && !forbidden(response):
			return "", c.fault("find an account by e-mail", response, err, reading)
		}
	}
	if handle = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(handle), "@")); handle != "" {
		user, response, err := c.api.GetUserByUsername(ctx, handle, "")
		switch {
		case err == nil && user.DeleteAt == 0:
			return user.Id, nil
		case err != nil:
			return "", c.unknown("find an account by name", response, err)
		}
	}
	return "", fmt.Errorf("mattermost %s: %w", c.config.Name, chat.ErrUnknown)
}

func (c *Chat) unknown(call string, response *model.Response, err error) error {
	if notFound(response) {
		return fmt.Errorf("mattermost %s: %s: %w", c.config.Name, call, chat.ErrUnknown)
	}
	return c.fault(call, response, err, reading)
}
