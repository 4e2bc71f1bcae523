package play

import (
	"context"
	"slices"
	"strings"
	"time"

	"sdcbot/bot/chat"
)

// Stage is one or several chats as people see them: what they do there, and what the bot shows them. What people do stays on the
// stage until the bot has heard it, so a stage outlives the bots that come and go behind it.
type Stage interface {
	// Has returns an error that says why when the stage has no chat of that name.
	Has(chat string) error

	// Say types text in a channel, or in private when channel is empty; in the thread of a message when that is named.
	Say(who Actor, channel, thread, text string) error
	// React puts an emoji on a message, or takes it off.
	React(who Actor, message, emoji string, off bool) error
	Press(who Actor, message, button string) error
	// Submit sends the form that this person was shown last.
	Submit(who Actor, form chat.Form[string], values map[string]string) error
	Send(who Actor, file chat.File) error

	// Deliver hands what people did and the bot has not acknowledged to hear, in order, as far as the chats can be reached, and
	// returns how much that was.
	Deliver(ctx context.Context, hear chat.Hear) (int, error)

	// Shown returns what the bot has shown from the n-th on, oldest first. What was returned once does not change.
	Shown(n int) []Shown

	// Reach lets the chat of that name be reached from now on, or not.
	Reach(chat string, up bool) error
}

// Act is what the bot did to show something.
type Act string

// The acts.
const (
	Post   Act = "post"
	Edit   Act = "edit"   // Message is that of the post
	Answer Act = "answer" // a message that its reader alone sees, and that goes away
	Open   Act = "form"
	Refuse Act = "errors" // of the form just sent
	Give   Act = "file"
	Mail   Act = "mail"
)

// Shown is one thing that the bot showed, at the moment when it did.
type Shown struct {
	Act     Act
	Message string // id on the stage
	Channel string // empty: Person alone sees it
	Person  string
	Chat    string // where there are several: the one that shows it
	Thread  string // id of the message that the thread hangs on
	Content chat.Message
	Form    chat.Form[string] // Open; Refuse: as it was sent, since it stays open
	Errors  map[string]string // Refuse, by field key
	File    chat.File         // Give
}

// texts returns what a reader reads, laid out as chats lay it out. Fields are read with and without the colon that some chats put
// between label and value, hence two readings of the same.
func (s Shown) texts() []string {
	switch s.Act {
	case Open:
		return formTexts(s.Form)
	case Refuse:
		lines := []string{s.Form.Title}
		for _, field := range s.Form.Fields {
			if fault, ok := s.Errors[field.Key]; ok {
				lines = append(lines, field.Label, fault)
			}
		}
		for key, fault := range s.Errors {
			if !slices.ContainsFunc(s.Form.Fields, func(f chat.Input[string]) bool { return f.Key == key }) {
				lines = append(lines, fault)
			}
		}
		return []string{strings.Join(lines, "\n")}
	case Give:
		return []string{fileText(s.File)}
	}
	return messageTexts(s.Content)
}

// messageTexts lays out title, paragraphs, fields, buttons and small print, in the order in which all chats show them.
func messageTexts(m chat.Message) []string {
	var readings []string
	for _, between := range []string{" ", " : "} {
		lines := append([]string{m.Title}, m.Lines...)
		for _, f := range m.Fields {
			lines = append(lines, f.Label+between+f.Value)
		}
		var labels []string
		for _, b := range m.Buttons {
			labels = append(labels, b.Label)
		}
		lines = append(lines, strings.Join(labels, "  "), m.Footer)
		readings = append(readings, joined(lines))
		if len(m.Fields) == 0 {
			break
		}
	}
	return readings
}

// formTexts lays out a form with what stands in it. The choices of a field are left out: they are seen only when it is opened.
func formTexts(f chat.Form[string]) []string {
	var readings []string
	for _, between := range []string{" ", " : "} {
		lines := []string{f.Title, f.Intro}
		for _, in := range f.Fields {
			value := in.Value
			for _, o := range in.Options {
				if o.Value == in.Value {
					value = o.Label
				}
			}
			lines = append(lines, in.Label+between+value, in.Hint)
		}
		readings = append(readings, joined(append(lines, f.Submit)))
	}
	return readings
}

func joined(lines []string) string {
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n")
}

// hold says whether any of the readings holds the words.
func (s Shown) holds(w Words) bool {
	return slices.ContainsFunc(s.texts(), w.In)
}

// message is a post or an answer as it stands now.
type message struct {
	Shown      // the post; Content is as of the latest edit
	posted int // index of the post in the record
}

// record is what the stage has shown, as far as the player has taken it in: all of it in order, and how it stands now.
type record struct {
	taken    int // how much of what the stage has shown is in here
	shown    []Shown
	at       []time.Time                  // of each of shown, by the player's clock
	messages []*message                   // in order of posting
	forms    map[string]chat.Form[string] // open in front of each person
	sees     func(Actor, Shown) bool      // where there are several chats: whether somebody looks there; nil: always
}

// take adds what was shown at that moment. An edit that changes nothing is left out: nobody can see it.
func (r *record) take(shown []Shown, now time.Time) {
	r.taken += len(shown)
	for _, s := range shown {
		switch s.Act {
		case Post, Answer:
			r.messages = append(r.messages, &message{Shown: s, posted: len(r.shown)})
		case Edit:
			m := r.find(s.Message)
			if m == nil || sameContent(m.Content, s.Content) {
				continue
			}
			m.Content = s.Content
			s.Channel, s.Person, s.Chat, s.Thread = m.Channel, m.Person, m.Chat, m.Thread
		case Open, Refuse:
			r.forms[s.Person] = s.Form
		}
		r.shown, r.at = append(r.shown, s), append(r.at, now)
	}
}

// sameContent says whether nobody could see a difference.
func sameContent(a, b chat.Message) bool {
	return slices.Equal(messageTexts(a), messageTexts(b)) && slices.Equal(a.Reactions, b.Reactions) && a.Tone == b.Tone && slices.Equal(a.Buttons, b.Buttons)
}

func (r *record) find(id string) *message {
	i := slices.IndexFunc(r.messages, func(m *message) bool { return m.Message == id })
	if i < 0 {
		return nil
	}
	return r.messages[i]
}

// latest yields the messages that the person can see where they act, newest first.
func (r *record) latest(who Actor) func(yield func(*message) bool) {
	return func(yield func(*message) bool) {
		for _, m := range slices.Backward(r.messages) {
			if (m.Channel != "" || m.Person == who.Person) && (r.sees == nil || r.sees(who, m.Shown)) && !yield(m) {
				return
			}
		}
	}
}

// postedAt returns the index at which the message of an edit was posted.
func (r *record) postedAt(id string) int {
	if m := r.find(id); m != nil {
		return m.posted
	}
	return 0
}
