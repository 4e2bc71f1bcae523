package slacktest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrFailed is what a person sees when the app does not answer: a command, a press or a form that reached nobody.
var ErrFailed = errors.New("the app did not respond")

// AddPerson adds somebody and returns their account.
func (s *Server) AddPerson(name, email string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := &User{ID: s.id("U"), Name: name, Email: email}
	s.users = append(s.users, u)
	return u.ID
}

// Deactivate takes an account out of use.
func (s *Server) Deactivate(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user(user).Deleted = true
}

// AddChannel adds a public or a private channel with its members, and returns its id.
func (s *Server) AddChannel(name string, public bool, members ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := &Channel{ID: s.id("C"), Name: name, Private: !public, Members: members}
	s.channels = append(s.channels, ch)
	return ch.ID
}

// Rename renames a channel.
func (s *Server) Rename(channel, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channel(channel).Name = name
	s.tell(channel, object{"type": "channel_rename", "channel": object{"id": channel, "name": name}})
}

// Archive archives a channel.
func (s *Server) Archive(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tell(channel, object{"type": "channel_archive", "channel": channel})
	s.channel(channel).Archived = true
}

// RemoveMember puts somebody out of a channel.
func (s *Server) RemoveMember(channel, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channel(channel)
	ch.Members = slices.DeleteFunc(ch.Members, func(m string) bool { return m == user })
}

// Channel returns the id of a channel by name.
func (s *Server) Channel(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := find(s.channels, func(ch *Channel) bool { return ch.Name == name && ch.Direct == "" })
	if ch == nil {
		return ""
	}
	return ch.ID
}

// Name returns the name of a channel by id, empty for a private conversation.
func (s *Server) Name(channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch := s.channel(channel); ch != nil {
		return ch.Name
	}
	return ""
}

// With returns whom the app speaks with in a private conversation; empty for a channel.
func (s *Server) With(channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch := s.channel(channel); ch != nil {
		return ch.Direct
	}
	return ""
}

// Direct returns the id of somebody's private conversation with the app.
func (s *Server) Direct(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.direct(user).ID
}

func (s *Server) direct(user string) *Channel {
	ch := find(s.channels, func(ch *Channel) bool { return ch.Direct == user })
	if ch == nil {
		ch = &Channel{ID: s.id("D"), Direct: user, Members: []string{user, s.bot.ID}}
		s.channels = append(s.channels, ch)
	}
	return ch
}

// Say writes a message as typed, in a thread if that is a message's ts, and returns its ts.
func (s *Server) Say(user, channel, thread, typed string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write(&Message{User: user, Channel: channel, Thread: thread, Text: s.wire(typed)})
}

// Write writes exactly this message for its author: with text as it goes over the wire, a subtype, files.
func (s *Server) Write(m *Message) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write(m)
}

func (s *Server) write(m *Message) (string, error) {
	if err := s.within(m.Channel, m.User); err != nil {
		return "", err
	}
	if m.Thread != "" && s.message(m.Channel, m.Thread) == nil {
		return "", fmt.Errorf("no message %s for a thread to hang on", m.Thread)
	}
	s.add(m)
	return m.TS, nil
}

// SendFile sends a file into a channel.
func (s *Server) SendFile(user, channel, name string, content []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &File{ID: s.id("F"), Name: name, Content: content, Channel: channel, uploaded: true}
	s.files[f.ID] = f
	_, err := s.write(&Message{User: user, Channel: channel, Subtype: "file_share", Files: []*File{f}})
	return err
}

// React puts an emoji, by name, on a message; Unreact takes it back.
func (s *Server) React(user, channel, ts, emoji string) error {
	return s.onMessage(channel, ts, func(m *Message) error { return s.react(m, user, emoji) })
}

// Unreact takes an emoji back.
func (s *Server) Unreact(user, channel, ts, emoji string) error {
	return s.onMessage(channel, ts, func(m *Message) error { return s.unreact(m, user, emoji) })
}

func (s *Server) onMessage(channel, ts string, do func(*Message) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.message(channel, ts)
	if m == nil || m.Only != "" {
		return fmt.Errorf("no message %s in %s that takes reactions", ts, channel)
	}
	return do(m)
}

// Delete deletes a message, as an administrator may.
func (s *Server) Delete(channel, ts string) error {
	return s.onMessage(channel, ts, func(m *Message) error {
		m.deleted = true
		s.tell(channel, object{"type": "message", "subtype": "message_deleted", "hidden": true, "channel": channel, "ts": s.ts(), "deleted_ts": ts})
		return nil
	})
}

// reachable says whether the app can be told something at once. s.mu is held.
func (s *Server) reachable() bool {
	return !s.down && (s.callback != nil || slices.ContainsFunc(s.sockets, func(k *socket) bool { return !k.leaving }))
}

// respondTo makes a response address. s.mu is held.
func (s *Server) respondTo(channel, user string) string {
	secret := s.id("secret")
	s.answers[secret] = &answer{channel: channel, user: user, uses: answerUses, till: s.now().Add(answerTime)}
	return s.base + "/respond/" + secret
}

// Command gives the slash command. Slack does not keep it for an app that is away.
func (s *Server) Command(user, channel, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.within(channel, user); err != nil {
		return err
	}
	if !s.reachable() {
		return ErrFailed
	}
	ch := s.channel(channel)
	name := ch.Name
	switch {
	case ch.Direct != "":
		name = "directmessage"
	case ch.Private:
		name = "privategroup"
	}
	s.post(&envelope{kind: "slash_commands", payload: object{
		"token": "legacy", "team_id": "T1", "channel_id": channel, "channel_name": name, "user_id": user, "user_name": s.user(user).Name, "command": "/sdc",
		"text": s.wire(text), "response_url": s.respondTo(channel, user), "trigger_id": s.trigger(user), "api_app_id": "A1",
	}})
	return nil
}

// Press presses a button, by its action's id.
func (s *Server) Press(user, channel, ts, action string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.message(channel, ts)
	if m == nil || m.Only != "" && m.Only != user {
		return fmt.Errorf("no message %s in %s", ts, channel)
	}
	if err := s.within(channel, user); err != nil {
		return err
	}
	i := slices.IndexFunc(m.Buttons(), func(b Button) bool { return b.Action == action })
	if i < 0 {
		return fmt.Errorf("no button %q", action)
	}
	if !s.reachable() {
		return ErrFailed
	}
	container := object{"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": m.Only != ""}
	if m.Thread != "" {
		container["thread_ts"] = m.Thread
	}
	payload := object{
		"type": "block_actions", "user": object{"id": user, "username": s.user(user).Name, "team_id": "T1"}, "api_app_id": "A1", "token": "legacy", "container": container,
		"trigger_id": s.trigger(user), "team": object{"id": "T1"}, "channel": object{"id": channel, "name": "directmessage"},
		"response_url": s.respondTo(channel, user),
		"actions":      []object{{"type": "button", "action_id": action, "block_id": "buttons", "value": m.Buttons()[i].Value, "action_ts": s.ts()}},
	}
	if m.Only == "" {
		payload["message"] = s.json(m, false)
	}
	s.post(&envelope{kind: "interactive", payload: payload})
	return nil
}

// Fill changes fields of the form that stands open and sends it. A choice is named by its value.
func (s *Server) Fill(user string, values map[string]string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.views[user]
	if v == nil || v.pending {
		return errors.New("no form stands open")
	}
	if !s.reachable() {
		return ErrFailed
	}
	state := object{}
	for key, value := range values {
		if _, known := v.Values[key]; !known {
			return fmt.Errorf("no field %q", key)
		}
		v.Values[key] = value
	}
	for _, b := range v.Blocks {
		if b.Type != "input" {
			continue
		}
		value := v.Values[b.ID]
		if value == "" && !b.Optional {
			v.Errors = map[string]string{b.ID: "required"}
			return fmt.Errorf("the field %q must be filled", b.ID)
		}
		one := object{"type": b.Element.Type}
		if b.Element.Type == "static_select" {
			one["selected_option"] = nil
			if i := slices.IndexFunc(b.Element.All(), func(o Option) bool { return o.Value == value }); i >= 0 {
				one["selected_option"] = object{"value": value, "text": b.Element.All()[i].Text}
			} else if value != "" {
				return fmt.Errorf("the field %q has no choice %q", b.ID, value)
			}
		} else if one["value"] = any(value); value == "" {
			one["value"] = nil
		}
		state[b.ID] = object{b.Element.Action: one}
	}
	v.pending, v.Errors = true, nil
	s.post(&envelope{kind: "interactive", view: v, payload: object{
		"type": "view_submission", "team": object{"id": "T1"}, "user": object{"id": user}, "api_app_id": "A1", "trigger_id": s.trigger(user),
		"view": object{
			"id": v.ID, "type": "modal", "callback_id": v.Callback, "private_metadata": v.Metadata, "state": object{"values": state},
		},
	}})
	return nil
}

// Messages lists what this user sees in a channel, oldest first: what stands in the thread if one is named, else outside threads.
func (s *Server) Messages(user, channel, thread string) (all []Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.within(channel, user) != nil {
		return nil
	}
	for _, m := range s.messages {
		if m.Channel == channel && !m.deleted && (m.Only == "" || m.Only == user) && m.Thread == thread {
			all = append(all, m.copy())
		}
	}
	return all
}

// Message returns one message.
func (s *Server) Message(channel, ts string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.message(channel, ts)
	if m == nil {
		return Message{}, false
	}
	return m.copy(), true
}

// Inputs are the labels of a form's fields, in order.
func (v View) Inputs() (labels []string) {
	for _, b := range v.Blocks {
		if b.Type == "input" {
			labels = append(labels, Shown(b.Label))
		}
	}
	return labels
}

// Intro is what a form says above its fields.
func (v View) Intro() string {
	var parts []string
	for _, b := range v.Blocks {
		if b.Type == "section" && b.Text != nil {
			parts = append(parts, Shown(b.Text))
		}
	}
	return strings.Join(parts, "\n")
}
