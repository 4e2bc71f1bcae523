package slack

import (
	"bytes"
	"context"
	"errors"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// largestFile is how many bytes of a file are fetched: a register of contracts has a few hundred thousand.
const largestFile = 20 << 20

// errLarge ends a download that has become too long.
var errLarge = errors.New("the file is too large")

// capped is a buffer that refuses to grow beyond largestFile: what Slack says of a file's size need not be so.
type capped struct{ bytes.Buffer }

func (b *capped) Write(p []byte) (int, error) {
	if b.Len()+len(p) > largestFile {
		return 0, errLarge
	}
	return b.Buffer.Write(p)
}

// fetch brings the files that somebody sent. One that is too large, or no longer to be had, comes without content: that it was sent is still told.
func (c *Chat) fetch(ctx context.Context, files []file) (out []chat.File, err error) {
	for _, f := range files {
		got := chat.File{Name: f.Name}
		if f.URL == "" || f.Size > largestFile {
			c.log.Warn("a file is passed over", "name", f.Name, "size", f.Size, "mode", f.Mode)
			out = append(out, got)
			continue
		}
		var content capped
		err := c.call("download", "", reading, func() error {
			content.Reset()
			return c.api.GetFileContext(ctx, f.URL, &content)
		})
		switch {
		case err == nil:
			got.Content = content.Bytes()
		case errors.Is(err, chat.ErrRefused), errors.Is(err, chat.ErrStale), content.Len() > 0 && saidNo(err, errLarge.Error()):
			c.log.Warn("a file is passed over", "name", f.Name, "err", err)
		default:
			return nil, err
		}
		out = append(out, got)
	}
	return out, nil
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
