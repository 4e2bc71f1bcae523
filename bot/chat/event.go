package chat

import "time"

// Kind says what somebody did.
type Kind string

// The kinds of events.
const (
	Said      Kind = "said"      // words in a channel or in private; a mention when ToBot
	Commanded Kind = "commanded" // the slash command; Text is what follows it
	Reacted   Kind = "reacted"
	Unreacted Kind = "unreacted"
	Pressed   Kind = "pressed" // a button; Button is its id
	Submitted Kind = "submitted"
	Sent      Kind = "sent" // files, in private

	// Back is not something that somebody did: the chat was out of reach and answers again, so that what waits for it need not
	// wait longer. It is not stored, and may come too often.
	Back Kind = "back"
)

// Event is something that somebody did in a chat. It is stored as it came, so everything in it survives JSON.
type Event struct {
	ID      string            `json:"id"`   // unique in its chat, the same when it is delivered again
	Chat    string            `json:"chat"` // Chat.Name
	At      time.Time         `json:"at"`   // when it was done, by the platform's clock
	Kind    Kind              `json:"kind"`
	From    string            `json:"from"`              // the account that did it
	Channel string            `json:"channel,omitempty"` // by name where it has one; empty in private
	Private bool              `json:"private,omitempty"` // said to the bot alone
	ToBot   bool              `json:"to_bot,omitempty"`  // Said: the bot was mentioned; the mention is not in Text
	Text    string            `json:"text,omitempty"`    // plain text as typed, the platform's escapes undone
	Message Ref               `json:"message,omitzero"`  // the message concerned: reacted to, pressed on, answered in thread
	Emoji   string            `json:"emoji,omitempty"`   // as Normalise returns it
	Button  string            `json:"button,omitempty"`
	Form    string            `json:"form,omitempty"` // Form.ID
	Values  map[string]string `json:"values,omitempty"`
	Files   []File            `json:"files,omitempty"`
	Handle  Handle            `json:"handle,omitempty"`
}

// Handle is what an adapter needs to answer an event (a trigger, a response address): opaque, short-lived, secret.
type Handle string

// File is a file that somebody sent, or that the bot gives.
type File struct {
	Name    string `json:"name"`
	Content []byte `json:"content"`
	Alt     string `json:"alt,omitempty"` // what a picture shows, in words

	Missing Missing `json:"missing,omitempty"` // why a file that somebody sent comes without its content
}

// MostFile is how many bytes of a file that somebody sends are taken: what is larger comes without its content.
const MostFile = 20 << 20

// Missing says why a file comes without its content. Who sent it must be told.
type Missing string

// What may be missing of a file.
const (
	TooBig      Missing = "too big"     // more than MostFile
	Unreachable Missing = "unreachable" // the chat did not hand it out
)
