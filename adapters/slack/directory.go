package slack

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// The workspace's people are listed at most this often, and so many of them: only who has no address in the circle's file is looked for in it.
const (
	listPeopleEvery = time.Hour
	peoplePage      = 200
	mostPeoplePages = 50
)

// Profile returns what Slack says of an account.
func (c *Chat) Profile(ctx context.Context, account string) (chat.Profile, error) {
	var user *slack.User
	err := c.call("users.info", "", reading, func() (err error) {
		user, err = c.api.GetUserInfoContext(ctx, account)
		return err
	})
	if err != nil {
		return chat.Profile{}, err
	}
	return c.meet(*user), nil
}

func (c *Chat) meet(user slack.User) chat.Profile {
	name := user.Profile.RealName
	if name == "" {
		name = user.RealName
	}
	p := chat.Profile{Account: user.ID, Handle: user.Name, Name: name, Email: user.Profile.Email, Bot: user.IsBot}
	c.mu.Lock()
	c.people[p.Account] = p
	c.mu.Unlock()
	return p
}

// handle returns the name of an account as people write it. One that cannot be read is written as it came.
func (c *Chat) handle(ctx context.Context, account string) string {
	c.mu.Lock()
	p, known := c.people[account]
	c.mu.Unlock()
	if !known {
		var err error
		if p, err = c.Profile(ctx, account); err != nil {
			return account
		}
	}
	return p.Handle
}

// Account finds somebody by e-mail address, else by handle, for which Slack has no call: the workspace's people are listed, seldom.
func (c *Chat) Account(ctx context.Context, handle, email string) (string, error) {
	if email = strings.ToLower(strings.TrimSpace(email)); email != "" {
		var user *slack.User
		err := c.call("users.lookupByEmail", "", reading, func() (err error) {
			user, err = c.api.GetUserByEmailContext(ctx, email)
			return err
		})
		switch {
		case err == nil:
			return c.meet(*user).Account, nil
		case !errors.Is(err, chat.ErrUnknown) && !errors.Is(err, chat.ErrRefused), errors.Is(err, errToken):
			return "", err
		}
	}
	if handle = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(handle), "@")); handle != "" {
		if err := c.listPeople(ctx); err != nil {
			return "", err
		}
		c.mu.Lock()
		account := c.handles[handle]
		c.mu.Unlock()
		if account != "" {
			return account, nil
		}
	}
	return "", c.wrap("find an account", chat.ErrUnknown, "")
}

// listPeople reads who is in the workspace, if that was not done lately.
func (c *Chat) listPeople(ctx context.Context) error {
	c.mu.Lock()
	fresh := c.handles != nil && time.Since(c.listedAt) < listPeopleEvery
	c.mu.Unlock()
	if fresh {
		return nil
	}
	handles := map[string]string{}
	pages := c.api.GetUsersPaginated(slack.GetUsersOptionLimit(peoplePage))
	for range mostPeoplePages {
		done := false
		err := c.call("users.list", "", reading, func() (err error) {
			pages, err = pages.Next(ctx)
			if done = pages.Done(err); done {
				return nil
			}
			return err
		})
		if err != nil {
			return err
		}
		if done {
			break
		}
		for _, user := range pages.Users {
			if !user.Deleted {
				handles[strings.ToLower(user.Name)] = user.ID
			}
		}
	}
	c.mu.Lock()
	c.handles, c.listedAt = handles, time.Now()
	c.mu.Unlock()
	return nil
}
