package slacktest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// where returns the channel of a call, if the app may speak there.
func (s *Server) where(c *call) (*Channel, error) {
	ch := s.channel(c.text("channel"))
	switch {
	case ch == nil || ch.Private && !slices.Contains(ch.Members, s.bot.ID) || ch.Direct != "" && !slices.Contains(ch.Members, s.bot.ID):
		return nil, failure("channel_not_found")
	case !slices.Contains(ch.Members, s.bot.ID):
		return nil, failure("not_in_channel")
	case ch.Archived:
		return nil, failure("is_archived")
	}
	return ch, nil
}

// compose makes a message of a call's text and blocks, if they are within the limits.
func (s *Server) compose(c *call, ch *Channel) (*Message, error) {
	m := &Message{Channel: ch.ID, User: s.bot.ID, Text: c.text("text"), Thread: c.text("thread_ts")}
	if raw := c.text("blocks"); raw != "" {
		var err error
		if m.Blocks, err = readBlocks([]byte(raw)); err != nil {
			return nil, err
		}
		m.Raw = json.RawMessage(raw)
		if err := checkMessage(m.Blocks); err != nil {
			return nil, err
		}
	}
	if len([]rune(m.Text)) > longestText {
		return nil, failure("msg_too_long")
	}
	if m.Text == "" && len(m.Blocks) == 0 {
		return nil, failure("no_text")
	}
	if raw := c.text("metadata"); raw != "" {
		m.Metadata = json.RawMessage(raw)
	}
	if m.Thread != "" {
		root := s.message(ch.ID, m.Thread)
		if root == nil {
			return nil, failure("thread_not_found")
		}
		if root.Thread != "" {
			return nil, failure("cannot_reply_to_message")
		}
	}
	return m, nil
}

func (s *Server) postMessage(c *call) (object, error) {
	ch, err := s.where(c)
	if err != nil {
		return nil, err
	}
	m, err := s.compose(c, ch)
	if err != nil {
		return nil, err
	}
	s.add(m)
	return object{"channel": ch.ID, "ts": m.TS, "message": s.json(m, true)}, nil
}

// add puts a message into its channel and tells of it.
func (s *Server) add(m *Message) {
	m.TS = s.ts()
	s.messages = append(s.messages, m)
	s.show(Posted, m)
	event := s.json(m, false)
	event["channel"], event["event_ts"], event["channel_type"] = m.Channel, m.TS, kindOf(s.channel(m.Channel))
	s.tell(m.Channel, event)
	if m.User != s.bot.ID && strings.Contains(m.Text, "<@"+s.bot.ID+">") && s.channel(m.Channel).Direct == "" {
		mention := s.json(m, false)
		mention["type"], mention["channel"], mention["event_ts"] = "app_mention", m.Channel, m.TS
		s.tell(m.Channel, mention)
	}
}

func kindOf(ch *Channel) string {
	switch {
	case ch.Direct != "":
		return "im"
	case ch.Private:
		return "group"
	}
	return "channel"
}

// show notes that people saw something, as it stood then.
func (s *Server) show(kind ChangeKind, m *Message) {
	s.feed = append(s.feed, Change{Kind: kind, Message: m.copy()})
}

func (m *Message) copy() Message {
	out := *m
	out.Reactions = slices.Clone(m.Reactions)
	for i, r := range out.Reactions {
		out.Reactions[i].Users = slices.Clone(r.Users)
	}
	return out
}

func (s *Server) postEphemeral(c *call) (object, error) {
	ch, err := s.where(c)
	if err != nil {
		return nil, err
	}
	user := s.user(c.text("user"))
	if user == nil || !slices.Contains(ch.Members, user.ID) {
		return nil, failure("user_not_in_channel")
	}
	m, err := s.compose(c, ch)
	if err != nil {
		return nil, err
	}
	s.whisper(m, user.ID)
	return object{"message_ts": m.TS}, nil
}

func (s *Server) whisper(m *Message, only string) {
	m.TS, m.Only, m.Metadata = s.ts(), only, nil
	s.messages = append(s.messages, m)
	s.show(Whispered, m)
}

func (s *Server) update(c *call) (object, error) {
	ch, err := s.where(c)
	if err != nil {
		return nil, err
	}
	m := s.message(ch.ID, c.text("ts"))
	if m == nil || m.Only != "" {
		return nil, failure("message_not_found")
	}
	if m.User != s.bot.ID {
		return nil, failure("cant_update_message")
	}
	changed, err := s.compose(c, ch)
	if err != nil {
		return nil, err
	}
	m.Text, m.Blocks, m.Raw, m.Edited = changed.Text, changed.Blocks, changed.Raw, true
	if changed.Metadata != nil {
		m.Metadata = changed.Metadata
	}
	s.show(Edited, m)
	inner := s.json(m, false)
	s.tell(ch.ID, object{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": ch.ID, "ts": s.ts(), "message": inner, "channel_type": kindOf(ch),
	})
	return object{"channel": ch.ID, "ts": m.TS, "text": m.Text}, nil
}

// json is a message as clients get it.
func (s *Server) json(m *Message, metadata bool) object {
	out := object{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text, "team": "T1"}
	if m.Subtype != "" {
		out["subtype"] = m.Subtype
	}
	if m.User == s.bot.ID {
		out["bot_id"], out["app_id"] = "B1", "A1"
	}
	if m.Raw != nil {
		out["blocks"] = m.Raw
	}
	if metadata && m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	if m.Thread != "" {
		out["thread_ts"], out["parent_user_id"] = m.Thread, s.message(m.Channel, m.Thread).User
	}
	replies, latest := s.thread(m)
	if replies > 0 {
		out["thread_ts"], out["reply_count"], out["latest_reply"] = m.TS, replies, latest
	}
	var reactions []object
	for _, r := range m.Reactions {
		reactions = append(reactions, object{"name": r.Name, "users": r.Users, "count": len(r.Users)})
	}
	if reactions != nil {
		out["reactions"] = reactions
	}
	var files []object
	for _, f := range m.Files {
		files = append(files, s.fileJSON(f))
	}
	if files != nil {
		out["files"] = files
	}
	return out
}

// thread counts the replies to a message.
func (s *Server) thread(m *Message) (replies int, latest string) {
	for _, other := range s.messages {
		if other.Channel == m.Channel && other.Thread == m.TS && m.TS != "" && other.Only == "" && !other.deleted {
			replies++
			latest = other.TS
		}
	}
	return replies, latest
}

func (s *Server) target(c *call) (*Message, error) {
	m := s.message(c.text("channel"), c.text("timestamp"))
	if m == nil || m.Only != "" {
		return nil, failure("message_not_found")
	}
	return m, nil
}

func (s *Server) reactionsAdd(c *call) (object, error) {
	m, err := s.target(c)
	if err != nil {
		return nil, err
	}
	return nil, s.react(m, s.bot.ID, c.text("name"))
}

func (s *Server) reactionsRemove(c *call) (object, error) {
	m, err := s.target(c)
	if err != nil {
		return nil, err
	}
	return nil, s.unreact(m, s.bot.ID, c.text("name"))
}

func (s *Server) react(m *Message, user, emoji string) error {
	name, _, _ := strings.Cut(emoji, "::")
	if !slices.Contains(emojis, name) {
		return failure("invalid_name")
	}
	i := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Name == emoji })
	if i < 0 {
		m.Reactions = append(m.Reactions, Reaction{Name: emoji})
		i = len(m.Reactions) - 1
	}
	if slices.Contains(m.Reactions[i].Users, user) {
		return failure("already_reacted")
	}
	m.Reactions[i].Users = append(m.Reactions[i].Users, user)
	s.reacted("reaction_added", m, user, emoji)
	return nil
}

func (s *Server) unreact(m *Message, user, emoji string) error {
	i := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Name == emoji && slices.Contains(r.Users, user) })
	if i < 0 {
		return failure("no_reaction")
	}
	m.Reactions[i].Users = slices.DeleteFunc(m.Reactions[i].Users, func(u string) bool { return u == user })
	if len(m.Reactions[i].Users) == 0 {
		m.Reactions = slices.Delete(m.Reactions, i, i+1)
	}
	s.reacted("reaction_removed", m, user, emoji)
	return nil
}

func (s *Server) reacted(kind string, m *Message, user, emoji string) {
	s.tell(m.Channel, object{
		"type": kind, "user": user, "reaction": emoji, "item_user": m.User, "event_ts": s.ts(),
		"item": object{"type": "message", "channel": m.Channel, "ts": m.TS},
	})
}

// listed is how many names come with an emoji unless all are asked for.
const listed = 50

func (s *Server) reactionsGet(c *call) (object, error) {
	m, err := s.target(c)
	if err != nil {
		return nil, err
	}
	out := s.json(m, false)
	if !c.yes("full") {
		out["reactions"] = brief(m)
	}
	return object{"type": "message", "channel": m.Channel, "message": out}, nil
}

// brief is how reactions come in lists: with some of their names.
func brief(m *Message) (out []object) {
	for _, r := range m.Reactions {
		out = append(out, object{"name": r.Name, "users": r.Users[:min(len(r.Users), listed)], "count": len(r.Users)})
	}
	return out
}

// answer is a response address: five answers within half an hour.
type answer struct {
	channel, user string
	uses          int
	till          time.Time
}

const (
	answerUses = 5
	answerTime = 30 * time.Minute
)

// respond takes an answer at a response address. It needs no token.
func (s *Server) respond(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, "response_url")
	if fault := s.fault("response_url"); fault != nil && !fault.Done {
		fault.answer(w)
		return
	}
	a := s.answers[r.PathValue("secret")]
	if a == nil || a.uses == 0 || s.now().After(a.till) {
		http.Error(w, `{"ok":false,"error":"expired_url"}`, http.StatusNotFound)
		return
	}
	a.uses--
	c, _ := readCall(r)
	m, err := s.compose(c, s.channel(a.channel))
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		_ = json.NewEncoder(w).Encode(object{"ok": false, "error": err.Error()})
		return
	}
	if c.text("response_type") == "in_channel" {
		s.add(m)
	} else {
		s.whisper(m, a.user)
	}
	_ = json.NewEncoder(w).Encode(object{"ok": true})
}
