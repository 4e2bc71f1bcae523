package slack

import (
	"bytes"
	"context"
	"errors"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// errLarge ends a download that has become too long.
var errLarge = errors.New("the file is too large")

// capped is a buffer that refuses to grow beyond chat.MostFile: what Slack says of a file's size need not be so.
type capped struct{ bytes.Buffer }

func (b *capped) Write(p []byte) (int, error) {
	if b.Len()+len(p) > chat.MostFile {
		return 0, errLarge
	}
	return b.Buffer.Write(p)
}

// fetch brings the files that somebody sent. One that is too large, or not to be had, comes without content and says why.
func (c *Chat) fetch(ctx context.Context, files []file) (out []chat.File, err error) {
	for _, f := range files {
		got := chat.File{Name: f.Name}
		switch {
		case f.Size > chat.MostFile:
			got.Missing = chat.TooBig
		case f.URL == "":
			got.Missing = chat.Unreachable
		default:
			if got.Content, got.Missing, err = c.download(ctx, f.URL); err != nil {
				return nil, err
			}
		}
		if got.Missing != "" {
			c.log.Warn("a file comes without its content", "why", got.Missing, "size", f.Size, "mode", f.Mode)
		}
		out = append(out, got)
	}
	return out, nil
}

// download fetches one file with the token. What may be had later is an error, what may not is missing.
func (c *Chat) download(ctx context.Context, address string) (content []byte, missing chat.Missing, err error) {
	var body capped
	large := false
	err = c.call("download", "", reading, func() error {
		body.Reset()
		err := c.api.GetFileContext(ctx, address, &body)
		large = errors.Is(err, errLarge)
		return err
	})
	var status slack.StatusCodeError
	switch {
	case err == nil:
		return body.Bytes(), "", nil
	case large:
		return nil, chat.TooBig, nil
	case errors.As(err, new(chat.TooFast)), errors.As(err, &status), errors.Is(err, errToken), ctx.Err() != nil:
		return nil, "", err
	}
	// A page to sign in at, an address that is not Slack's, a file that is gone: another attempt changes nothing. Nor does it lose more than
	// the file when the line broke, which is said to its sender.
	return nil, chat.Unreachable, nil
}

// upload brings files to Slack, where nobody sees them until they are shared, and returns their ids.
func (c *Chat) upload(ctx context.Context, files []chat.File) (ids []string, err error) {
	for _, f := range files {
		if len(f.Content) == 0 {
			c.log.Warn("an empty file is not given: Slack takes none", "name", f.Name)
			continue
		}
		var place *slack.GetUploadURLExternalResponse
		err := c.call("files.getUploadURLExternal", "", reading, func() (err error) {
			place, err = c.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{FileName: f.Name, FileSize: len(f.Content), AltTxt: f.Alt})
			return err
		})
		if err != nil {
			return nil, err
		}
		err = c.call("upload", "", reading, func() error {
			return c.api.UploadToURL(ctx, slack.UploadToURLParameters{UploadURL: place.UploadURL, Reader: bytes.NewReader(f.Content), Filename: f.Name})
		})
		if err != nil {
			return nil, err
		}
		ids = append(ids, place.FileID)
	}
	return ids, nil
}

// share shows uploaded files in a channel, or in a thread.
func (c *Chat) share(ctx context.Context, channelID, thread string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	summaries := make([]slack.FileSummary, len(ids))
	for i, id := range ids {
		summaries[i].ID = id
	}
	return c.call("files.completeUploadExternal", channelID, writing, func() error {
		_, err := c.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{Files: summaries, Channel: channelID, ThreadTimestamp: thread})
		return err
	})
}

// complete shares those of a message's files that were not: the first attempt broke off before.
func (c *Chat) complete(ctx context.Context, channelID, thread string, ids []string) error {
	var missing []string
	for _, id := range ids {
		var f *slack.File
		err := c.call("files.info", "", reading, func() (err error) {
			f, _, _, err = c.api.GetFileInfoContext(ctx, id, 0, 0)
			return err
		})
		switch {
		case saidNo(err, "file_not_found"):
			missing = append(missing, id) // not seen by anybody yet
		case err != nil:
			return err
		case len(f.Channels)+len(f.Groups)+len(f.IMs) == 0:
			missing = append(missing, id)
		}
	}
	return c.share(ctx, channelID, thread, missing)
}
