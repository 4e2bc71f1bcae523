// Package chattest holds what tests of chats share: Run, the suite that every adapter must pass, and Recorder, a chat that
// only remembers, for tests of what stands above the port. Run judges an adapter by what people and the bot see of each other; how
// an adapter speaks to its platform, and what it sends there byte for byte, its own tests judge.
package chattest

import (
	"testing"

	"sdcbot/bot/chat"
)

// The suite's people and their channel. A stage's platform holds these two people and the bot, all three members of the channel.
const (
	A       = "dsi-a" // handle, with the address dsi-a@a.example
	B       = "dsi-b" // handle, with the address dsi-b@b.example
	Bot     = "sdc"   // the bot's handle: "@sdc …" mentions it
	Channel = "commun"
)

// Stage is a fresh platform, the adapter under test connected to it, and the people on its other side.
type Stage struct {
	Chat   chat.Chat
	People People

	// Reconnect returns another adapter on the same platform, as after the bot was killed. Nil where that makes no difference.
	Reconnect func() chat.Chat

	// Keeps says that what people do while nobody listens is heard when somebody does.
	Keeps bool
	// Deduplicates says that a second Post under one key, moments after the first, posts nothing.
	Deduplicates bool
}

// People acts as people do in their own client, and sees what they see. Persons are handles; a place without a channel is the person's
// private conversation with the bot; Place.Thread is the Ref.ID of a message. Every method fails the test when it cannot do what it is asked.
type People interface {
	// Say writes a message exactly as typed.
	Say(t testing.TB, person string, at chat.Place, text string)

	// React puts one of the emoji of chat.Names on a message; Unreact takes it back.
	React(t testing.TB, person string, on chat.Ref, emoji string)
	Unreact(t testing.TB, person string, on chat.Ref, emoji string)

	// See lists the messages that the person sees at the place, oldest first: those of the thread when the place has one (without
	// its root), else all that stand outside threads.
	See(t testing.TB, person string, at chat.Place) []Message

	// Remove deletes a message, as an administrator may.
	Remove(t testing.TB, at chat.Ref)

	// Break makes the platform unreachable for the bot, or reachable again.
	Break(t testing.TB, down bool)
}

// Presser is what People can do besides where Limits().Callbacks is true. The suite demands it there.
type Presser interface {
	// Command sends the slash command; text is what follows "/sdc ".
	Command(t testing.TB, person string, at chat.Place, text string)
	// Press presses the button of that label.
	Press(t testing.TB, person string, on chat.Ref, label string)
	// Form returns the form that stands open before the person, if any.
	Form(t testing.TB, person string) (Form, bool)
	// Submit fills fields of the open form, by key, and sends it.
	Submit(t testing.TB, person string, values map[string]string)
}

// Sender is what People can do besides where the adapter hears of files.
type Sender interface {
	// Send sends a file to the bot in private.
	Send(t testing.TB, person, name string, content []byte)
}

// Message is a message as its reader sees it.
type Message struct {
	Ref chat.Ref
	// Text is all its words as they meet the eye: the platform's markup resolved ("*x*" shown in bold is "x" here), escapes
	// undone, and invisible characters that the adapter put in to break a mention left out.
	Text    string
	Buttons []string // labels
	Files   []chat.File
	Pings   []string // whom it notifies by what stands in its text: handles, "channel", "all", …; not that it was sent to somebody
}

// Form is an open form as the person sees it.
type Form struct {
	Title  string
	Labels []string
	Values map[string]string // by key
	Errors map[string]string // by key, shown in place
}
