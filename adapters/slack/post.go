package slack

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// keyEvent is the type of the metadata by which a message is ours: metadata is seen by apps alone.
const keyEvent = "sdcbot_promise"

// carried is what a message carries of us, so that it can be found again and completed.
type carried struct {
	Key   string   `json:"key"`
	Seeds []string `json:"seeds,omitempty"` // names of the emoji that belong under it
	Files []string `json:"files,omitempty"` // ids of files that belong with it
}

func (k carried) metadata() slack.SlackMetadata {
	payload := map[string]any{"key": k.Key}
	if len(k.Seeds) > 0 {
		payload["seeds"] = k.Seeds
	}
	if len(k.Files) > 0 {
		payload["files"] = k.Files
	}
	return slack.SlackMetadata{EventType: keyEvent, EventPayload: payload}
}

// carriedBy reads it back. What does not fit, since somebody else wrote it, is as good as absent.
func carriedBy(m slack.Message) (k carried, ours bool) {
	raw, err := json.Marshal(m.Metadata.EventPayload)
	if err != nil || m.Metadata.EventType != keyEvent || json.Unmarshal(raw, &k) != nil {
		return carried{}, false
	}
	return k, k.Key != ""
}

// options are what every message of ours bears: blocks, the same as text, no preview of links, no format.
func (r rendered) options() []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(r.Text, false), slack.MsgOptionBlocks(r.Blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionDisableMarkdown(), slack.MsgOptionParse(false),
	}
}

// Post says m at the place. The key goes into the message's metadata, where Posted finds it: Slack itself drops no repetition. Files are brought
// to Slack first, where nobody sees them yet, and shown below the message.
func (c *Chat) Post(ctx context.Context, to chat.Place, m chat.Message, key string) (chat.Ref, error) {
	channelID, err := c.place(ctx, to)
	if err != nil {
		return chat.Ref{}, err
	}
	return c.say(ctx, channelID, to.Thread, render(m), key)
}

func (c *Chat) say(ctx context.Context, channelID, thread string, r rendered, key string) (chat.Ref, error) {
	files, err := c.upload(ctx, r.Files)
	if err != nil {
		return chat.Ref{}, err
	}
	options := r.options()
	if key != "" {
		options = append(options, slack.MsgOptionMetadata(carried{Key: key, Seeds: r.Seeds, Files: files}.metadata()))
	}
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	var ts string
	err = c.call("chat.postMessage", channelID, writing, func() (err error) {
		_, ts, err = c.api.PostMessageContext(ctx, channelID, options...)
		return err
	})
	if err != nil {
		return chat.Ref{}, err
	}
	if ts == "" {
		return chat.Ref{}, c.wrap("chat.postMessage", chat.ErrAmbiguous, "an answer that does not say where the message stands")
	}
	ref := c.ref(channelID, ts)
	c.seed(ctx, ref, r.Seeds)
	if err := c.share(ctx, channelID, thread, files); err != nil {
		return chat.Ref{}, c.wrap("show files", chat.ErrAmbiguous, err.Error()) // the message stands: Posted completes it
	}
	return ref, nil
}

// Posted looks this far back.
const (
	lookBackPages = 3
	lookBackPage  = 100
)

// Posted looks for the key among the recent messages of the channel, or of the thread. What it finds may lack some of its reactions or files, if
// that is where the first attempt broke off: they are put there.
func (c *Chat) Posted(ctx context.Context, to chat.Place, key string) (chat.Ref, bool, error) {
	me, err := c.self(ctx)
	if err != nil {
		return chat.Ref{}, false, err
	}
	channelID, err := c.place(ctx, to)
	if err != nil {
		return chat.Ref{}, false, err
	}
	cursor := ""
	for range lookBackPages {
		var page []slack.Message
		if page, cursor, err = c.lookBack(ctx, channelID, to.Thread, cursor); err != nil {
			return chat.Ref{}, false, err
		}
		for _, m := range page {
			k, ours := carriedBy(m)
			if !ours || k.Key != key || m.User != me.User {
				continue
			}
			ref := c.ref(channelID, m.Timestamp)
			if slices.ContainsFunc(k.Seeds, func(emoji string) bool { return !stands(m.Reactions, me.User, emoji) }) {
				c.seed(ctx, ref, k.Seeds)
			}
			return ref, true, c.complete(ctx, channelID, to.Thread, k.Files)
		}
		if cursor == "" {
			break
		}
	}
	return chat.Ref{}, false, nil
}

// lookBack reads a page of a channel, or of a thread.
func (c *Chat) lookBack(ctx context.Context, channelID, thread, cursor string) (page []slack.Message, next string, err error) {
	if thread != "" {
		err = c.call("conversations.replies", "", reading, func() (err error) {
			page, _, next, err = c.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: channelID, Timestamp: thread, Cursor: cursor, Limit: lookBackPage, IncludeAllMetadata: true,
			})
			return err
		})
		return page, next, err
	}
	err = c.call("conversations.history", "", reading, func() error {
		said, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channelID, Cursor: cursor, Limit: lookBackPage, IncludeAllMetadata: true,
		})
		if err == nil {
			page, next = said.Messages, said.ResponseMetaData.NextCursor
		}
		return err
	})
	return page, next, err
}

// Edit replaces a message and brings its reactions into line. Its metadata stays as long as an edit names none, and with it its key.
func (c *Chat) Edit(ctx context.Context, ref chat.Ref, m chat.Message) error {
	r := render(m)
	err := c.call("chat.update", ref.Channel, reading, func() error { // repeating it does no harm
		_, _, _, err := c.api.UpdateMessageContext(ctx, ref.Channel, ref.ID, r.options()...)
		return err
	})
	if err != nil {
		return err
	}
	c.mu.Lock()
	stand, known := c.seeds[ref]
	c.mu.Unlock()
	if !known {
		if stand, err = c.ownReactions(ctx, ref); err != nil {
			c.log.Warn("the reactions under a message are not known", "at", ref.ID, "err", err)
			return nil
		}
	}
	if slices.Equal(stand, r.Seeds) {
		return nil
	}
	for _, emoji := range stand {
		if !slices.Contains(r.Seeds, emoji) {
			c.unseed(ctx, ref, emoji)
		}
	}
	c.seed(ctx, ref, r.Seeds)
	return nil
}

// Reactions lists what people have put on the message, all of it: with full=false Slack names some only.
func (c *Chat) Reactions(ctx context.Context, ref chat.Ref) (out []chat.Reaction, err error) {
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	all, err := c.reactionsOn(ctx, ref)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		for _, user := range r.Users {
			if user != me.User {
				out = append(out, chat.Reaction{Account: user, Emoji: chat.Normalise(r.Name)})
			}
		}
	}
	return out, nil
}

func (c *Chat) reactionsOn(ctx context.Context, ref chat.Ref) (all []reaction, err error) {
	var item slack.ReactedItem
	err = c.call("reactions.get", "", reading, func() (err error) {
		item, err = c.api.GetReactionsContext(ctx, slack.NewRefToMessage(ref.Channel, ref.ID), slack.GetReactionsParameters{Full: true})
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, r := range item.Reactions {
		all = append(all, reaction{Name: r.Name, Users: r.Users, Count: r.Count})
	}
	return all, nil
}

// ownReactions are the bot's own under a message.
func (c *Chat) ownReactions(ctx context.Context, ref chat.Ref) (names []string, err error) {
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	all, err := c.reactionsOn(ctx, ref)
	for _, r := range all {
		if slices.Contains(r.Users, me.User) {
			names = append(names, r.Name)
		}
	}
	return names, err
}

func stands(all []slack.ItemReaction, user, emoji string) bool {
	return slices.ContainsFunc(all, func(r slack.ItemReaction) bool { return r.Name == emoji && slices.Contains(r.Users, user) })
}

// mostSeeds is of how many messages we remember which reactions we put there, to spare a call at each edit.
const mostSeeds = 1000

// seed puts the bot's reactions under its message, in order; those that stand there stay. The message stands whether that works or
// not, so a failure is for the log alone.
func (c *Chat) seed(ctx context.Context, ref chat.Ref, emojis []string) {
	whole := true
	for _, emoji := range emojis {
		err := c.call("reactions.add", "", reading, func() error {
			return c.api.AddReactionContext(ctx, emoji, slack.NewRefToMessage(ref.Channel, ref.ID))
		})
		if err != nil && !saidNo(err, "already_reacted") {
			whole = false
			c.log.Warn("a reaction is missing under a message", "emoji", emoji, "at", ref.ID, "err", err)
			if errors.As(err, new(chat.TooFast)) {
				break
			}
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.seeds) >= mostSeeds {
		clear(c.seeds)
	}
	if delete(c.seeds, ref); whole {
		c.seeds[ref] = slices.Clone(emojis)
	}
}

// unseed takes one of the bot's reactions away.
func (c *Chat) unseed(ctx context.Context, ref chat.Ref, emoji string) {
	err := c.call("reactions.remove", "", reading, func() error {
		return c.api.RemoveReactionContext(ctx, emoji, slack.NewRefToMessage(ref.Channel, ref.ID))
	})
	if err != nil && !saidNo(err, "no_reaction") {
		c.log.Warn("a reaction is left under a message", "emoji", emoji, "at", ref.ID, "err", err)
	}
}
