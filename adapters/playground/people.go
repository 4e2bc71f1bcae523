package playground

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
)

// Say lets a person write in a channel or, when the place names none, to the bot in private; in a thread when the place has one. "/sdc …" is the
// slash command, which its author alone sees; "@sdc …" in a channel speaks to the bot. It returns the message's id.
func (s *Server) Say(person string, at chat.Place, text string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	room, thread, err := s.where(person, at)
	if err != nil {
		return "", err
	}
	e := entry{Kind: entrySaid, Person: person, Room: room, Thread: thread, Text: text}
	if _, _, ok := cutCommand(text); ok {
		e.Kind = entryCommanded
		if strings.HasPrefix(room, "#") {
			e.Only = person
		}
	}
	return s.name(s.seq + 1), s.do(e)
}

// SendFile lets a person send a file to the bot in private.
func (s *Server) SendFile(person, name string, content []byte) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.person(person); err != nil {
		return "", err
	}
	return s.name(s.seq + 1), s.do(entry{Kind: entrySent, Person: person, Room: privateRoom(person), Files: []chat.File{{Name: name, Content: content}}})
}

// React puts a person's emoji on a message, by the emoji itself or by its name. It is no error when it stands there already.
func (s *Server) React(person, message, emoji string) error {
	return s.setReaction(person, message, emoji, true)
}

// Unreact takes it back.
func (s *Server) Unreact(person, message, emoji string) error {
	return s.setReaction(person, message, emoji, false)
}

func (s *Server) setReaction(person, message, emoji string, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.seen(person, message)
	if err != nil {
		return err
	}
	emoji = chat.Normalise(emoji)
	if emoji == "" || p.Only != "" { // nobody could see it on an ephemeral answer
		return fmt.Errorf("%w: no reaction can stand there", ErrNowhere)
	}
	if p.reacted(person, emoji) == on {
		return nil
	}
	kind := entryReacted
	if !on {
		kind = entryUnreacted
	}
	return s.do(entry{Kind: kind, Person: person, Room: p.Room, ID: p.ID, Emoji: emoji})
}

// Press lets a person press a button of a message, by the button's id.
func (s *Server) Press(person, message, button string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.seen(person, message)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(p.Message.Buttons, func(b chat.Button[string]) bool { return b.ID == button }) {
		return fmt.Errorf("%w: no such button", ErrNowhere)
	}
	return s.do(entry{Kind: entryPressed, Person: person, Room: p.Room, Thread: p.Thread, ID: p.ID, Button: button})
}

// OpenForm returns the form that stands before a person.
func (s *Server) OpenForm(person string) (OpenForm, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.forms[person]
	if f == nil || f.Sent {
		return OpenForm{}, false
	}
	out := *f
	out.Values, out.Errors = maps.Clone(f.Values), maps.Clone(f.Errors)
	return out, true
}

// Submit fills the form that stands before a person and sends it. Fields that values does not name keep what stands in them.
func (s *Server) Submit(person string, values map[string]string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.forms[person]
	if f == nil || f.Sent {
		return ErrNoForm
	}
	all := maps.Clone(f.Values)
	for key, value := range values {
		if _, ok := all[key]; ok {
			all[key] = value
		}
	}
	return s.do(entry{Kind: entrySubmitted, Person: person, Room: f.Room, Form: &chat.Form[string]{ID: f.Form.ID}, Values: all})
}

// Dismiss closes the form that stands before a person, unsent. The bot does not hear of it.
func (s *Server) Dismiss(person string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forms[person] == nil {
		return nil
	}
	return s.do(entry{Kind: entryDismissed, Person: person, Only: person})
}

// Remove deletes a message, as an administrator of a real chat may.
func (s *Server) Remove(message string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.posts[message] == nil {
		return ErrNowhere
	}
	return s.do(entry{Kind: entryRemoved, ID: message})
}

// MarkRead remembers that a person has read a room up to the change of that seq.
func (s *Server) MarkRead(person, room string, seq int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.person(person); err != nil {
		return err
	}
	if seq > s.seq || seq <= s.read[person+" "+room] {
		return nil
	}
	return s.do(entry{Kind: entryRead, Person: person, Room: room, Upto: seq})
}

// Read makes a language the one in which a person reads: the page, and what the bot tells them alone.
func (s *Server) Read(person string, lang locale.Lang) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.person(person); err != nil || s.language(person) == lang {
		return err
	}
	return s.do(entry{Kind: entryLanguage, Person: person, Text: string(lang)})
}

// Language is the one in which a person reads: as they chose it here, or else as the circle's file says.
func (s *Server) Language(person string) locale.Lang {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.language(person)
}

func (s *Server) language(person string) locale.Lang {
	p, _ := s.person(person)
	return cmp.Or(s.languages[person], p.Language, locale.French)
}

// where turns a person's place into a room and the root of a thread; s.mu is held.
func (s *Server) where(person string, at chat.Place) (room, thread string, err error) {
	if _, err := s.person(person); err != nil {
		return "", "", err
	}
	room = privateRoom(person)
	if at.Channel != "" {
		if !slices.Contains(s.setting.Channels, at.Channel) {
			return "", "", fmt.Errorf("%w: #%s", ErrNowhere, at.Channel)
		}
		room = channelRoom(at.Channel)
	}
	if at.Thread == "" {
		return room, "", nil
	}
	root, err := s.seen(person, at.Thread)
	if err != nil || root.Room != room {
		return "", "", fmt.Errorf("%w: thread %s", ErrNowhere, at.Thread)
	}
	return room, root.root(), nil
}

// seen finds a message that the person sees; s.mu is held.
func (s *Server) seen(person, message string) (*Post, error) {
	if _, err := s.person(person); err != nil {
		return nil, err
	}
	p := s.posts[message]
	if p == nil || !p.SeenBy(person) {
		return nil, fmt.Errorf("%w: message %s", ErrNowhere, message)
	}
	return p, nil
}

// root is the message on which a thread with this one in it hangs: threads do not nest.
func (p *Post) root() string {
	if p.Thread != "" {
		return p.Thread
	}
	return p.ID
}
