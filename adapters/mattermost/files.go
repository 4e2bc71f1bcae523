package mattermost

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// mostTries is how often a file is asked for before the event goes on without it: one file that the server cannot find any more
// must not hold up what everybody else says.
const mostTries = 3

// sent makes an event of the files of a private message. Files in a channel are talk among people.
func (c *Chat) sent(ctx context.Context, e chat.Event, post *model.Post) (chat.Event, error) {
	if !e.Private || len(post.FileIds) == 0 {
		return e, nil
	}
	e.Kind = chat.Sent
	for _, id := range post.FileIds {
		file, err := c.download(ctx, id)
		if err != nil && !c.givenUp(id) {
			return chat.Event{}, err
		}
		if err != nil {
			c.log.Warn("a file is heard of without its content", "post", post.Id, "err", err)
			file.Missing = chat.Unreachable
		}
		e.Files = append(e.Files, file)
	}
	return e, nil
}

// givenUp counts the attempts at a file that failed.
func (c *Chat) givenUp(file string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tries[file]++
	if c.tries[file] < mostTries {
		return false
	}
	delete(c.tries, file)
	return true
}

// download fetches a file, unless it is too big. What the server refuses to give is no error: it would refuse again.
func (c *Chat) download(ctx context.Context, id string) (chat.File, error) {
	info, response, err := c.api.GetFileInfo(ctx, id)
	if err != nil {
		return c.withheld(chat.File{Name: id}, c.fault("read about a file", response, err, reading))
	}
	file := chat.File{Name: info.Name}
	if info.Size > chat.MostFile {
		file.Missing = chat.TooBig
		return file, nil
	}
	answer, err := c.api.DoAPIGet(ctx, "/files/"+id, "")
	if err != nil {
		return c.withheld(file, c.fault("fetch a file", model.BuildResponse(answer), err, reading))
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return file, fmt.Errorf("mattermost %s: fetch a file: %w: status %d", c.config.Name, chat.ErrUnavailable, answer.StatusCode)
	}
	file.Content, err = io.ReadAll(io.LimitReader(answer.Body, chat.MostFile+1))
	switch {
	case err != nil:
		return chat.File{Name: file.Name}, c.fault("fetch a file", nil, err, reading)
	case len(file.Content) > chat.MostFile:
		file.Content, file.Missing = nil, chat.TooBig
	case int64(len(file.Content)) != info.Size:
		return chat.File{Name: file.Name}, fmt.Errorf("mattermost %s: fetch a file: %w: it came cut", c.config.Name, chat.ErrUnavailable)
	}
	return file, nil
}

// withheld tells a refusal, which is final, from a failure that may pass.
func (c *Chat) withheld(file chat.File, err error) (chat.File, error) {
	if errors.Is(err, chat.ErrRefused) && !errors.Is(err, errToken) {
		c.log.Warn("a file is not given to the bot", "err", err)
		file.Missing = chat.Unreachable
		return file, nil
	}
	return file, err
}
