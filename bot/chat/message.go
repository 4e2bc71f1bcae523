package chat

import "sdcbot/bot/locale"

// Content is what a message says, in parts that each platform lays out its own way. T is locale.Text while it is still to
// be said (Draft) and string once it is (Message).
type Content[T any] struct {
	Title     T           `json:"title,omitempty"`
	Lines     []T         `json:"lines,omitempty"` // paragraphs
	Fields    []Field[T]  `json:"fields,omitempty"`
	Footer    T           `json:"footer,omitempty"` // small print: what to do, who sees it
	Buttons   []Button[T] `json:"buttons,omitempty"`
	Reactions []string    `json:"reactions,omitempty"` // emoji that answer this message, seeded by the bot in this order
	Tone      Tone        `json:"tone,omitempty"`
	Files     []File      `json:"files,omitempty"` // given with the message: a table, a picture
}

// Draft is a message that is still to be said, in whatever language its reader has then.
type Draft = Content[locale.Text]

// Message is a message in its reader's language, ready for an adapter. Every string in it is plain text.
type Message = Content[string]

// Field is a labelled value.
type Field[T any] struct {
	Label T `json:"label"`
	Value T `json:"value"`
}

// Button is something to press. ID comes back as Event.Button; it holds up to 1,900 bytes and no secret.
type Button[T any] struct {
	ID    string `json:"id"`
	Label T      `json:"label"`
	Tone  Tone   `json:"tone,omitempty"`
}

// Tone is the colour of a message or a button.
type Tone string

// The tones; the empty one is neutral.
const (
	Good   Tone = "good"
	Warn   Tone = "warn"
	Danger Tone = "danger"
	Muted  Tone = "muted" // withdrawn, closed
)

// Say puts a draft into the language.
func Say(d Draft, lang locale.Lang) Message {
	m := Message{Title: d.Title.In(lang), Footer: d.Footer.In(lang), Reactions: d.Reactions, Tone: d.Tone, Files: d.Files}
	for _, line := range d.Lines {
		m.Lines = append(m.Lines, line.In(lang))
	}
	for _, f := range d.Fields {
		m.Fields = append(m.Fields, Field[string]{f.Label.In(lang), f.Value.In(lang)})
	}
	for _, b := range d.Buttons {
		m.Buttons = append(m.Buttons, Button[string]{b.ID, b.Label.In(lang), b.Tone})
	}
	return m
}

// Answer is a reply to an event: exactly one of its fields is set, or none to say nothing.
type Answer struct {
	Message *Message
	Form    *Form[string]
	Errors  map[string]string // of the form just sent, by field key; it stays open
}
