package mattermost

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// Posted looks this far back: the latest posts of a channel, by pages of the largest size that their API takes.
const (
	lookBackPages = 3
	pageSize      = 200
)

// Post says m at the place. The key goes into the post's props, where Posted finds it, and into its pending id, by which the
// server itself drops a repetition for about half a minute. Where the bot is no member of a public channel, it joins first.
func (c *Chat) Post(ctx context.Context, to chat.Place, m chat.Message, key string) (chat.Ref, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	channelID, err := c.place(ctx, to)
	if err != nil {
		return chat.Ref{}, err
	}
	root, err := c.root(ctx, to.Thread)
	if err != nil {
		return chat.Ref{}, err
	}
	post, err := c.create(ctx, channelID, root, render(m, c.hook()), key)
	if err != nil {
		return chat.Ref{}, err
	}
	c.seed(ctx, post)
	return c.ref(post), nil
}

// create posts, joining the channel if that was what was missing.
func (c *Chat) create(ctx context.Context, channelID, root string, r rendered, key string) (*model.Post, error) {
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	post := &model.Post{ChannelId: channelID, RootId: root, Message: r.Message, Props: r.props(key)}
	if post.FileIds, err = c.upload(ctx, channelID, r.Files); err != nil {
		return nil, err
	}
	if key != "" {
		sum := sha256.Sum256([]byte(channelID + "\x00" + key))
		post.PendingPostId = me.Id + ":" + hex.EncodeToString(sum[:12])
	}
	made, response, err := c.api.CreatePost(ctx, post)
	if err != nil && forbidden(response) {
		if channel, lookup := c.channel(ctx, channelID); lookup == nil && channel.Type == model.ChannelTypeOpen && c.join(ctx, channel) == nil {
			made, response, err = c.api.CreatePost(ctx, post)
		}
	}
	if err != nil {
		return nil, c.fault("post", response, err, writing)
	}
	return made, nil
}

// upload puts files where a post of that channel may carry them. What a failure leaves there unposted the server keeps to itself.
func (c *Chat) upload(ctx context.Context, channelID string, files []chat.File) (ids model.StringArray, err error) {
	for _, f := range files {
		up, response, err := c.api.UploadFile(ctx, f.Content, channelID, f.Name)
		if err != nil {
			return nil, c.fault("upload "+f.Name, response, err, reading) // nothing was said yet: it may be tried again
		}
		for _, info := range up.FileInfos {
			ids = append(ids, info.Id)
		}
	}
	return ids, nil
}

// root returns the post that a thread hangs on. Threads have one level there, and a message that itself stands in a
// thread cannot carry another.
func (c *Chat) root(ctx context.Context, thread string) (string, error) {
	if thread == "" {
		return "", nil
	}
	post, response, err := c.api.GetPost(ctx, thread, "")
	if err != nil {
		return "", c.gone("read the start of a thread", response, err)
	}
	if post.RootId != "" {
		return post.RootId, nil
	}
	return post.Id, nil
}

// Posted looks for the key among the channel's recent posts. What it finds may lack some of its reactions, if that is
// where the first attempt broke off: they are put there.
func (c *Chat) Posted(ctx context.Context, to chat.Place, key string) (chat.Ref, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, err := c.self(ctx)
	if err != nil {
		return chat.Ref{}, false, err
	}
	channelID, err := c.place(ctx, to)
	if err != nil {
		return chat.Ref{}, false, err
	}
	for page := range lookBackPages {
		list, response, err := c.api.GetPostsForChannel(ctx, channelID, page, pageSize, "", false, false)
		if err != nil {
			return chat.Ref{}, false, c.fault("look for a message", response, err, reading)
		}
		for _, post := range list.ToSlice() {
			if post != nil && post.UserId == me.Id && post.DeleteAt == 0 && keyOf(post) == key {
				c.seed(ctx, post)
				return c.ref(post), true, nil
			}
		}
		if len(list.Order) < pageSize {
			break
		}
	}
	return chat.Ref{}, false, nil
}

// Edit replaces a message, keeping its key, and brings its reactions into line.
func (c *Chat) Edit(ctx context.Context, ref chat.Ref, m chat.Message) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	post, response, err := c.api.GetPost(ctx, ref.ID, "")
	if err != nil {
		return c.gone("read a message", response, err)
	}
	if post.DeleteAt != 0 {
		return fmt.Errorf("mattermost %s: edit: %w", c.config.Name, chat.ErrGone)
	}
	r := render(m, c.hook())
	props := r.props(keyOf(post))
	if post.Message != r.Message || !sameJSON(ours(post.GetProps()), withoutSecrets(r, props)) {
		// The patch replaces all props; those that the server or a plugin added are carried over.
		for name, value := range post.GetProps() {
			if _, is := ours(post.GetProps())[name]; !is {
				props[name] = value
			}
		}
		reactions := post.Metadata
		if post, response, err = c.api.PatchPost(ctx, ref.ID, &model.PostPatch{Message: &r.Message, Props: &props}); err != nil {
			return c.fault("edit a message", response, err, reading) // repeating it does no harm
		}
		post.Metadata = reactions
	}
	c.unseed(ctx, post, r.Seeds)
	c.seed(ctx, post)
	return nil
}

// withoutSecrets are our props as the server shows them: the integrations of buttons it keeps to itself.
func withoutSecrets(r rendered, props model.StringInterface) model.StringInterface {
	out := maps.Clone(props)
	var cards []*model.MessageAttachment
	for _, a := range r.Attachments {
		card := *a
		card.Actions = nil
		for _, b := range a.Actions {
			bare := *b
			bare.Integration = nil
			card.Actions = append(card.Actions, &bare)
		}
		cards = append(cards, &card)
	}
	if len(cards) > 0 {
		out[model.PostPropsAttachments] = cards
	}
	return out
}

// ours picks the props that render writes.
func ours(props model.StringInterface) model.StringInterface {
	out := model.StringInterface{}
	for _, name := range []string{model.PostPropsAttachments, propKey, propMenu, propSeeds, propForm} {
		if value, is := props[name]; is {
			out[name] = value
		}
	}
	return out
}

// sameJSON compares what was sent with what came back, where types differ but not what they say.
func sameJSON(a, b any) bool {
	var plain [2][]byte
	for i, v := range []any{a, b} {
		raw, err := json.Marshal(v)
		if err != nil {
			return false
		}
		var value any
		if json.Unmarshal(raw, &value) != nil {
			return false
		}
		if plain[i], err = json.Marshal(value); err != nil {
			return false
		}
	}
	return bytes.Equal(plain[0], plain[1])
}

// Reactions lists what people have put on the message. Numbers of a menu are presses of buttons, so they are left out.
func (c *Chat) Reactions(ctx context.Context, ref chat.Ref) ([]chat.Reaction, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, err := c.self(ctx)
	if err != nil {
		return nil, err
	}
	post, response, err := c.api.GetPost(ctx, ref.ID, "")
	if err != nil {
		return nil, c.gone("read a message", response, err)
	}
	menu := menuOf(post)
	var out []chat.Reaction
	for _, r := range reactionsOn(post) {
		pressed := isNumber(r.EmojiName) && slices.ContainsFunc(menu, func(ch choice) bool { return ch.Emoji == r.EmojiName })
		if r.UserId != me.Id && !pressed {
			out = append(out, chat.Reaction{Account: r.UserId, Emoji: chat.Normalise(r.EmojiName)})
		}
	}
	return out, nil
}

// seed puts the bot's reactions under its message, in order, leaving those that stand there. The message stands whether that
// works or not, so a failure is for the log alone.
func (c *Chat) seed(ctx context.Context, post *model.Post) {
	for _, emoji := range seedsOf(post) {
		if stands(post, post.UserId, emoji) {
			continue
		}
		_, response, err := c.api.SaveReaction(ctx, &model.Reaction{UserId: post.UserId, PostId: post.Id, EmojiName: emoji})
		if err != nil {
			c.log.Warn("a reaction is missing under a message", "emoji", emoji, "post", post.Id, "err", c.fault("react", response, err, reading))
		}
	}
}

// unseed takes the bot's reactions away that the message asks for no more.
func (c *Chat) unseed(ctx context.Context, post *model.Post, wanted []string) {
	for _, r := range reactionsOn(post) {
		if r.UserId != post.UserId || slices.Contains(wanted, r.EmojiName) {
			continue
		}
		if response, err := c.api.DeleteReaction(ctx, r); err != nil {
			c.log.Warn("a reaction is left under a message", "emoji", r.EmojiName, "post", post.Id, "err", c.fault("take a reaction back", response, err, reading))
		}
	}
}

func reactionsOn(post *model.Post) []*model.Reaction {
	if post.Metadata == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(post.Metadata.Reactions), func(r *model.Reaction) bool { return r == nil || r.DeleteAt != 0 })
}

func stands(post *model.Post, account, emoji string) bool {
	return slices.ContainsFunc(reactionsOn(post), func(r *model.Reaction) bool { return r.UserId == account && r.EmojiName == emoji })
}

func (c *Chat) ref(post *model.Post) chat.Ref {
	return chat.Ref{Chat: c.config.Name, Channel: post.ChannelId, ID: post.Id}
}
