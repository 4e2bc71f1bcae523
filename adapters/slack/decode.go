package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"sdcbot/bot/chat"
)

// envelope is one message on their socket.
type envelope struct {
	Type    string          `json:"type"` // hello, disconnect, events_api, slash_commands, interactive, and what may come
	ID      string          `json:"envelope_id"`
	Payload json.RawMessage `json:"payload"`
	Reason  string          `json:"reason"` // of a disconnect
}

// act is what somebody did, as Slack tells it and before anything is looked up. Kind is empty for what does not concern us.
type act struct {
	Kind chat.Kind
	ID   string
	At   int64 // microseconds since 1970, by Slack's clock; 0 where it says none

	From        string
	Channel     string // id
	ChannelName string // as told with a command; not always its name
	Text        string // with Slack's escapes
	Thread      string // ts of the message that the thread hangs on
	On          string // ts of the message that was reacted to, or pressed on
	OnAuthor    string // whose message was reacted to
	Emoji       string
	Button      string
	Values      map[string]string
	Files       []file

	Respond string // where an answer may be sent, without a token
	Trigger string // with which a form may be opened
	View    string // the form that was sent
	Sheet   sheet
}

// file is a file of theirs, to be fetched.
type file struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	URL  string `json:"url_private_download"`
	Size int    `json:"size"`
	Mode string `json:"mode"` // "tombstone", "hidden_by_limit": no longer to be had
}

var errUnreadable = errors.New("unreadable")

func read(raw []byte, into any, what string) error {
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%w %s: %w", errUnreadable, what, err)
	}
	return nil
}

// decode reads the payload of an envelope of that type. It decides nothing and asks nothing. What it does not know is no error and no act.
func decode(kind string, payload []byte) (act, error) {
	switch kind {
	case "events_api":
		return decodeEvent(payload)
	case "slash_commands":
		var c map[string]any
		if err := read(payload, &c, "command"); err != nil {
			return act{}, err
		}
		return commanded(func(name string) string { s, _ := c[name].(string); return s }), nil
	case "interactive":
		return decodeInteraction(payload)
	}
	return act{}, nil
}

// message is one of theirs, in an event or read back from a channel.
type message struct {
	Type      string     `json:"type"`
	Subtype   string     `json:"subtype"`
	Channel   string     `json:"channel"`
	User      string     `json:"user"`
	BotID     string     `json:"bot_id"`
	Text      string     `json:"text"`
	TS        string     `json:"ts"`
	ThreadTS  string     `json:"thread_ts"`
	Hidden    bool       `json:"hidden"`
	Files     []file     `json:"files"`
	Reactions []reaction `json:"reactions"`

	LatestReply string `json:"latest_reply"`
}

type reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

func decodeEvent(payload []byte) (act, error) {
	var outer struct {
		Type  string          `json:"type"`
		Event json.RawMessage `json:"event"`
	}
	if err := read(payload, &outer, "event"); err != nil {
		return act{}, err
	}
	if len(outer.Event) == 0 {
		return act{}, fmt.Errorf("%w event: it is empty", errUnreadable)
	}
	var inner struct {
		Type string `json:"type"`
	}
	if err := read(outer.Event, &inner, "event"); err != nil {
		return act{}, err
	}
	switch inner.Type {
	case "message", "app_mention": // a mention comes as both, and is one: they have one id
		var m message
		if err := read(outer.Event, &m, inner.Type); err != nil {
			return act{}, err
		}
		return m.said(), nil
	case "reaction_added", "reaction_removed":
		return decodeReaction(outer.Event, inner.Type == "reaction_added")
	}
	return act{}, nil
}

// renamed says whether an event tells that what is known of channels is no longer true.
func renamed(payload []byte) bool {
	var outer struct {
		Event struct {
			Type string `json:"type"`
		} `json:"event"`
	}
	if json.Unmarshal(payload, &outer) != nil {
		return false
	}
	switch outer.Event.Type {
	case "channel_rename", "group_rename", "channel_archive", "group_archive", "channel_unarchive", "group_unarchive", "channel_deleted", "channel_left", "group_left", "member_joined_channel":
		return true
	}
	return false
}

// said is a message written by a person's hand: not a robot's, not the system's, not the news that one was changed.
func (m message) said() act {
	switch {
	case m.User == "" || m.TS == "" || m.Channel == "" || m.BotID != "" || m.Hidden:
		return act{}
	case m.Subtype != "" && m.Subtype != "file_share" && m.Subtype != "me_message" && m.Subtype != "thread_broadcast":
		return act{}
	}
	at, ok := instant(m.TS)
	if !ok {
		return act{}
	}
	a := act{Kind: chat.Said, ID: m.Channel + ":" + m.TS, At: at, From: m.User, Channel: m.Channel, Text: m.Text, Files: m.Files}
	if m.ThreadTS != m.TS {
		a.Thread = m.ThreadTS
	}
	return a
}

func decodeReaction(raw []byte, added bool) (act, error) {
	var r struct {
		User     string `json:"user"`
		Reaction string `json:"reaction"`
		ItemUser string `json:"item_user"`
		EventTS  string `json:"event_ts"`
		Item     struct {
			Type    string `json:"type"`
			Channel string `json:"channel"`
			TS      string `json:"ts"`
		} `json:"item"`
	}
	if err := read(raw, &r, "reaction"); err != nil {
		return act{}, err
	}
	at, ok := instant(r.EventTS)
	if r.Item.Type != "message" || r.User == "" || r.Reaction == "" || r.Item.Channel == "" || r.Item.TS == "" || !ok {
		return act{}, nil
	}
	a := act{Kind: chat.Reacted, At: at, From: r.User, Channel: r.Item.Channel, On: r.Item.TS, OnAuthor: r.ItemUser, Emoji: r.Reaction}
	if !added {
		a.Kind = chat.Unreacted
	}
	a.ID = reactionID(a, r.EventTS)
	return a, nil
}

// reactionID names one change of a reaction: the same emoji, put again, is another.
func reactionID(a act, when string) string {
	return strings.Join([]string{string(a.Kind), a.Channel, a.On, a.From, a.Emoji, when}, ":")
}

// commanded is a slash command. Its trigger is unique and the same when it is sent again; it is also a secret, so only its sum is an id.
func commanded(field func(name string) string) act {
	a := act{
		Kind: chat.Commanded, From: field("user_id"), Channel: field("channel_id"), ChannelName: field("channel_name"), Text: field("text"),
		Respond: field("response_url"), Trigger: field("trigger_id"),
	}
	if a.From == "" || a.Channel == "" || a.Trigger == "" {
		return act{}
	}
	a.ID = digest("command", a.Trigger)
	return a
}

func digest(what, secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return what + ":" + hex.EncodeToString(sum[:12])
}

type element struct {
	ActionID string  `json:"action_id"`
	Value    string  `json:"value"`
	Selected *choice `json:"selected_option"`
}

type choice struct {
	Value string `json:"value"`
}

func decodeInteraction(payload []byte) (act, error) {
	var p struct {
		Type string `json:"type"`
		User struct {
			ID string `json:"id"`
		} `json:"user"`
		Channel struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"channel"`
		Container struct {
			Message string `json:"message_ts"`
			Channel string `json:"channel_id"`
			Thread  string `json:"thread_ts"`
		} `json:"container"`
		Respond string    `json:"response_url"`
		Trigger string    `json:"trigger_id"`
		Actions []element `json:"actions"`
		View    struct {
			ID       string `json:"id"`
			Callback string `json:"callback_id"`
			Metadata string `json:"private_metadata"`
			State    struct {
				Values map[string]map[string]element `json:"values"`
			} `json:"state"`
		} `json:"view"`
	}
	if err := read(payload, &p, "interaction"); err != nil {
		return act{}, err
	}
	if p.User.ID == "" || p.Trigger == "" {
		return act{}, nil
	}
	a := act{From: p.User.ID, Trigger: p.Trigger, Respond: p.Respond}
	switch p.Type {
	case "block_actions":
		if len(p.Actions) != 1 || p.Container.Message == "" {
			return act{}, nil
		}
		a.Kind, a.ID, a.Button, a.On, a.Thread = chat.Pressed, digest("pressed", p.Trigger), p.Actions[0].Value, p.Container.Message, p.Container.Thread
		if a.Channel, a.ChannelName = p.Container.Channel, p.Channel.Name; a.Channel == "" {
			a.Channel = p.Channel.ID
		}
		if a.Channel == "" || a.Button == "" {
			return act{}, nil
		}
	case "view_submission":
		if p.View.Callback != formCallback || p.View.ID == "" {
			return act{}, nil
		}
		if err := read([]byte(p.View.Metadata), &a.Sheet, "form"); err != nil {
			return act{}, err
		}
		a.Kind, a.ID, a.View, a.Values = chat.Submitted, digest("form", p.Trigger), p.View.ID, map[string]string{}
		for key, elements := range p.View.State.Values {
			value := elements[inputAction]
			if a.Values[key] = value.Value; value.Selected != nil {
				a.Values[key] = value.Selected.Value
			}
		}
	default:
		return act{}, nil
	}
	return a, nil
}

// decodeForm reads what comes over HTTP instead of the socket: a form with a command's fields, or with an interaction as JSON in one of them.
func decodeForm(form url.Values) (act, error) {
	if payload := form.Get("payload"); payload != "" {
		return decodeInteraction([]byte(payload))
	}
	return commanded(form.Get), nil
}

// instant reads one of their timestamps, seconds with six decimals, as microseconds.
func instant(ts string) (int64, bool) {
	whole, part, _ := strings.Cut(ts, ".")
	if len(part) > 6 || len(whole) > 12 || whole == "" || strings.ContainsAny(whole+part, "+-_") {
		return 0, false
	}
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return 0, false
	}
	micros, err := strconv.ParseInt((part + "000000")[:6], 10, 64)
	return seconds*1_000_000 + micros, err == nil
}

// timestamp writes microseconds as they write instants.
func timestamp(micros int64) string {
	return fmt.Sprintf("%d.%06d", micros/1_000_000, micros%1_000_000)
}
