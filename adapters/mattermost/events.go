package mattermost

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// frame is what one message on their socket says, as far as it concerns us: at most one of post and reaction is set.
type frame struct {
	Event      model.WebsocketEventType // empty for answers to requests, which we make none of
	Sequence   int64
	Connection string // hello: the name of this connection, to resume it by

	Post        *model.Post
	ChannelName string
	ChannelType model.ChannelType

	Reaction  *model.Reaction
	ChannelID string // of the reaction
}

// decode reads a message of their socket. It decides nothing and asks nothing.
func decode(message []byte) (frame, error) {
	event, err := model.WebSocketEventFromJSON(bytes.NewReader(message))
	if err != nil {
		return frame{}, fmt.Errorf("unreadable event: %w", err)
	}
	f := frame{Event: event.EventType(), Sequence: event.GetSequence()}
	data := event.GetData()
	word := func(key string) string {
		s, _ := data[key].(string)
		return s
	}
	// Posts and reactions are JSON in a string in JSON.
	switch f.Event {
	case model.WebsocketEventHello:
		f.Connection = word("connection_id")
	case model.WebsocketEventPosted:
		f.Post = new(model.Post)
		if err := json.Unmarshal([]byte(word("post")), f.Post); err != nil {
			return frame{Event: f.Event, Sequence: f.Sequence}, fmt.Errorf("unreadable post: %w", err)
		}
		f.ChannelName, f.ChannelType = word("channel_name"), model.ChannelType(word("channel_type"))
	case model.WebsocketEventReactionAdded, model.WebsocketEventReactionRemoved:
		f.Reaction = new(model.Reaction)
		if err := json.Unmarshal([]byte(word("reaction")), f.Reaction); err != nil {
			return frame{Event: f.Event, Sequence: f.Sequence}, fmt.Errorf("unreadable reaction: %w", err)
		}
		if broadcast := event.GetBroadcast(); broadcast != nil {
			f.ChannelID = broadcast.ChannelId
		}
	}
	return f, nil
}

// handle is what Reply needs to know of the event that it answers. A late answer still arrives: what expires in it is only the shorter way.
type handle struct {
	Channel string `json:"c"`
	Account string `json:"a"`
	Thread  string `json:"t,omitempty"`
	Private bool   `json:"p,omitempty"` // Channel is the account's conversation with the bot

	Trigger  string `json:"g,omitempty"` // opens a form, for 30 s
	Response string `json:"r,omitempty"` // id of a slash command's response address, for half an hour
	Dialog   string `json:"d,omitempty"` // the form that was sent, which waits for its answer

	Sheet  bool              `json:"s,omitempty"` // Thread is of a form that was answered in words
	Values map[string]string `json:"v,omitempty"` // with these
}

func (h handle) seal() chat.Handle {
	raw, err := json.Marshal(h)
	if err != nil {
		panic(err) // plain fields
	}
	return chat.Handle(raw)
}

// posted turns a post into an event of words, of files or of a form answered in words, or says that it is none.
func (c *Chat) posted(ctx context.Context, post *model.Post, channelName string, kind model.ChannelType, me *model.User) (chat.Event, bool, error) {
	e, happened := c.said(post, channelName, kind, me)
	if !happened {
		return e, false, nil
	}
	e, err := c.sent(ctx, e, post)
	if err == nil {
		e, err = c.answered(ctx, e, post, me)
	}
	return e, err == nil, err
}

// said turns a post into an event, or says that it is none: our own, the system's, or not written by a person's hand. What
// a webhook posts bears its maker's account, who need not have seen it: it is never taken for the maker's word.
func (c *Chat) said(post *model.Post, channelName string, kind model.ChannelType, me *model.User) (chat.Event, bool) {
	switch {
	case post.Id == "", post.UserId == "", post.UserId == me.Id, post.DeleteAt != 0:
		return chat.Event{}, false
	case post.Type != model.PostTypeDefault && post.Type != model.PostTypeMe:
		return chat.Event{}, false
	case marked(post, model.PostPropsFromWebhook), marked(post, model.PostPropsFromBot), marked(post, model.PostPropsFromPlugin):
		return chat.Event{}, false
	}
	e := chat.Event{
		ID: post.Id, Chat: c.config.Name, At: time.UnixMilli(post.CreateAt).UTC(), Kind: chat.Said, From: post.UserId, Text: post.Message,
	}
	if kind == model.ChannelTypeDirect {
		e.Private = true
	} else {
		e.Channel = channelName
	}
	e.Text, e.ToBot = mentioned(post.Message, me.Username)
	if post.RootId != "" {
		e.Message = chat.Ref{Chat: c.config.Name, Channel: post.ChannelId, ID: post.RootId}
	}
	e.Handle = handle{Channel: post.ChannelId, Account: post.UserId, Thread: post.RootId, Private: e.Private}.seal()
	return e, true
}

// marked says whether a post bears one of their "from_…" marks, which are the string "true".
func marked(post *model.Post, prop string) bool {
	switch v := post.GetProp(prop).(type) {
	case string:
		return v != "" && v != "false"
	case bool:
		return v
	}
	return false
}

// mentioned says whether the bot is addressed by name, and takes the name out of the text. @all and @channel address
// everybody, hence not the bot; their server's own list of who was mentioned does not tell the two apart. A name copied from a
// message of the bot's, where inert broke it, is a mention too.
func mentioned(text, username string) (rest string, yes bool) {
	name := regexp.MustCompile(`(?i)(^|[^\pL\pN_@.-])@\x{200b}?` + regexp.QuoteMeta(username) + `([.:,_-]*)($|[^\pL\pN_.-])`)
	at := name.FindStringSubmatchIndex(text)
	if at == nil {
		return text, false
	}
	before, after := strings.TrimRight(text[:at[3]], " "), strings.TrimLeft(text[at[6]:], " ")
	if before != "" && after != "" && !strings.HasSuffix(before, "\n") && !strings.HasPrefix(after, "\n") {
		before += " "
	}
	return strings.TrimSpace(before + after), true
}

// reacted turns a reaction into an event. A reaction by number on a message with a menu presses the button of that
// number; such a press cannot be taken back. In private, an emoji that stands for a button presses it too, since who is asked alone
// has the same answer due as by a button; in a channel it stays a reaction, and makes no noise. Ours are no events.
func (c *Chat) reacted(ctx context.Context, r *model.Reaction, channelID string, removed bool, me *model.User) (chat.Event, bool, error) {
	if r.UserId == "" || r.PostId == "" || r.EmojiName == "" || r.UserId == me.Id {
		return chat.Event{}, false, nil
	}
	if channelID == "" {
		channelID = r.ChannelId
	}
	channel, err := c.channel(ctx, channelID)
	if err != nil {
		return chat.Event{}, false, err
	}
	at := instant(r)
	e := chat.Event{
		Chat: c.config.Name, Kind: chat.Reacted, From: r.UserId, Emoji: chat.Normalise(r.EmojiName),
		Message: chat.Ref{Chat: c.config.Name, Channel: channelID, ID: r.PostId},
	}
	if removed {
		e.Kind = chat.Unreacted
	}
	if channel.Type == model.ChannelTypeDirect {
		e.Private = true
	} else {
		e.Channel = channel.Name
	}
	e.Handle = handle{Channel: channelID, Account: r.UserId, Private: e.Private}.seal()
	e.ID = fmt.Sprintf("%s:%s:%s:%s:%d", e.Kind, r.UserId, r.EmojiName, r.PostId, at)
	e.At = time.UnixMilli(at).UTC()
	if !isNumber(r.EmojiName) && (!e.Private || removed) {
		return e, true, nil
	}
	if button, pressed, err := c.pressed(ctx, r, me); err != nil {
		return chat.Event{}, false, err
	} else if pressed {
		e.Kind, e.Button, e.Emoji = chat.Pressed, button, ""
		return e, !removed, nil
	}
	return e, true, nil
}

// instant is when a reaction was put there or taken away. One that is put again keeps the time of its creation in their
// database, though not in their event; only the time of its latest change is the same in both.
func instant(r *model.Reaction) int64 { return max(r.CreateAt, r.UpdateAt) }

// pressed looks whether the reaction stands for a button of the message it is on.
func (c *Chat) pressed(ctx context.Context, r *model.Reaction, me *model.User) (button string, yes bool, err error) {
	post, response, err := c.api.GetPost(ctx, r.PostId, "")
	switch {
	case notFound(response), forbidden(response):
		return "", false, nil
	case err != nil:
		return "", false, c.fault("read the message of a reaction", response, err, reading)
	case post.UserId != me.Id:
		return "", false, nil
	}
	for _, choice := range menuOf(post) {
		if choice.Emoji == r.EmojiName {
			return choice.Button, true, nil
		}
	}
	return "", false, nil
}
