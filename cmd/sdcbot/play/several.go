package play

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/config"
)

// Several is a stage of several chats at once: one for each connection that the circle's file names, under its name. Everybody is in those
// in which the file gives them an account, or in all where it gives none.
type Several struct {
	members []*member
	home    string // the kind of chat that is meant where nothing is said; empty: the first of the file
	shown   []Shown
	forms   map[string]*member // where the form stands that was opened last, by handle
}

// member is one of the chats.
type member struct {
	platform
	name, kind string
	people     []string // handles
	read       int      // of what it has shown
}

// NewSeveral opens a chat of its kind for each of the file's connections. on is the kind that is meant where nothing is said.
func NewSeveral(loaded *config.Config, setting playground.Setting, on string, calls bool) (*Several, error) {
	s := &Several{home: on, forms: map[string]*member{}}
	for _, c := range loaded.Slack {
		there := present(loaded.Circle, setting, c.Name)
		one := NewSlack(there)
		one.name = c.Name
		s.add(c.Name, slackName, one, there)
	}
	for _, c := range loaded.Mattermost {
		there := present(loaded.Circle, setting, c.Name)
		one, err := NewMattermost(there, calls)
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		one.name = c.Name
		s.add(c.Name, mattermostName, one, there)
	}
	return s, nil
}

// present is the setting with those people alone who are in the chat of that name.
func present(c circle.Circle, setting playground.Setting, name string) playground.Setting {
	setting.People = slices.DeleteFunc(slices.Clone(setting.People), func(p playground.Person) bool {
		known, ok := c.Person(p.Handle)
		return ok && len(known.Accounts) > 0 && known.Accounts[name] == ""
	})
	return setting
}

func (s *Several) add(name, kind string, p platform, there playground.Setting) {
	m := &member{platform: p, name: name, kind: kind}
	for _, person := range there.People {
		m.people = append(m.people, person.Handle)
	}
	s.members = append(s.members, m)
}

// Close implements io.Closer.
func (s *Several) Close() error {
	var faults []error
	for _, m := range s.members {
		faults = append(faults, m.Close())
	}
	return errors.Join(faults...)
}

// In returns the circle with everybody's accounts in all the chats that they are in.
func (s *Several) In(c circle.Circle) circle.Circle {
	all := slices.Clone(c.People)
	for i := range all {
		all[i].Accounts = map[string]string{}
	}
	for _, m := range s.members {
		for i, p := range m.In(c).People {
			if slices.Contains(m.people, p.Handle) {
				all[i].Accounts[m.name] = p.Accounts[m.name]
			}
		}
	}
	c.People = all
	return c
}

// Chats connects a new bot to all of them, in the order of the file.
func (s *Several) Chats() ([]chat.Chat, error) {
	var all []chat.Chat
	for _, m := range s.members {
		some, err := m.Chats()
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// Away tells that the bot's process has ended.
func (s *Several) Away() {
	for _, m := range s.members {
		if one, ok := m.platform.(interface{ Away() }); ok {
			one.Away()
		}
	}
}

// named finds a chat by its name, or the first of that kind.
func (s *Several) named(name string) (*member, error) {
	for _, is := range []func(*member) bool{
		func(m *member) bool { return m.name == name },
		func(m *member) bool { return m.kind == name },
	} {
		if i := slices.IndexFunc(s.members, is); i >= 0 {
			return s.members[i], nil
		}
	}
	return nil, fmt.Errorf("the circle's file names no chat %s", name)
}

// Has implements Stage.
func (s *Several) Has(name string) error {
	_, err := s.named(name)
	return err
}

// of is where somebody acts: in the chat that is named, else in the one that is meant, else in the first that they are in.
func (s *Several) of(who Actor) (*member, error) {
	if who.Chat != "" {
		m, err := s.named(who.Chat)
		if err == nil && !slices.Contains(m.people, who.Person) {
			err = fmt.Errorf("@%s has no account in %s", who.Person, m.name)
		}
		return m, err
	}
	in := func(m *member) bool { return slices.Contains(m.people, who.Person) }
	if i := slices.IndexFunc(s.members, func(m *member) bool { return m.kind == s.home && in(m) }); i >= 0 {
		return s.members[i], nil
	}
	if i := slices.IndexFunc(s.members, in); i >= 0 {
		return s.members[i], nil
	}
	return nil, fmt.Errorf("@%s has no account in any of the chats", who.Person)
}

// Sees says whether somebody looks at what was shown in that chat: what is theirs alone they find wherever it is.
func (s *Several) Sees(who Actor, one Shown) bool {
	if who.Chat == "" && one.Channel == "" {
		return true
	}
	m, err := s.of(who)
	return err == nil && m.name == one.Chat
}

// at splits the id of a message on this stage into its chat and its id there.
func (s *Several) at(message string) (*member, string, error) {
	name, id, _ := strings.Cut(message, separator)
	m, err := s.named(name)
	return m, id, err
}

// separator stands between a chat's name and what is its own; no name of a connection holds it.
const separator = "|"

// Say implements Stage.
func (s *Several) Say(who Actor, channel, thread, text string) error {
	m, err := s.of(who)
	if err != nil {
		return err
	}
	_, thread, _ = strings.Cut(thread, separator)
	return m.Say(Actor{Person: who.Person}, channel, thread, text)
}

// React implements Stage.
func (s *Several) React(who Actor, message, emoji string, off bool) error {
	m, id, err := s.at(message)
	if err != nil {
		return err
	}
	return m.React(Actor{Person: who.Person}, id, emoji, off)
}

// Press implements Stage.
func (s *Several) Press(who Actor, message, button string) error {
	m, id, err := s.at(message)
	if err != nil {
		return err
	}
	return m.Press(Actor{Person: who.Person}, id, button)
}

// Submit implements Stage: a form is sent where it stands.
func (s *Several) Submit(who Actor, form chat.Form[string], values map[string]string) error {
	m := s.forms[who.Person]
	if m == nil {
		return fmt.Errorf("no form is open in front of @%s", who.Person)
	}
	return m.Submit(Actor{Person: who.Person}, form, values)
}

// Send implements Stage.
func (s *Several) Send(who Actor, file chat.File) error {
	m, err := s.of(who)
	if err != nil {
		return err
	}
	return m.Send(Actor{Person: who.Person}, file)
}

// Deliver implements Stage.
func (s *Several) Deliver(ctx context.Context, hear chat.Hear) (n int, err error) {
	for _, m := range s.members {
		heard, err := m.Deliver(ctx, hear)
		if n += heard; err != nil {
			return n, fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return n, nil
}

// Reach implements Stage.
func (s *Several) Reach(name string, up bool) error {
	m, err := s.named(name)
	if err != nil {
		return err
	}
	return m.Reach(m.name, up)
}

// Shown implements Stage.
func (s *Several) Shown(n int) []Shown {
	for _, m := range s.members {
		for _, one := range m.Shown(m.read) {
			m.read++
			one.Chat = m.name
			if one.Message != "" {
				one.Message = m.name + separator + one.Message
			}
			if one.Thread != "" {
				one.Thread = m.name + separator + one.Thread
			}
			if one.Act == Open || one.Act == Refuse {
				s.forms[one.Person] = m
			}
			s.shown = append(s.shown, one)
		}
	}
	return s.shown[n:]
}
