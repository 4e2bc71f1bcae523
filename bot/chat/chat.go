// Package chat is the port to the places where people talk: Slack, Mattermost, the playground. It declares what the bot
// needs of them and the words in which they speak to each other; each adapter translates. It holds no rule of the
// product: what is said, to whom and when is decided above, and who a person is in bot/circle.
//
// All strings in a Message or a Form are plain text, wherever they come from: an adapter escapes every one of them, and gives
// emphasis by structure (title, label) alone. So nothing that a person typed can format, link or notify.
package chat

import (
	"context"
	"errors"
	"time"
)

// Chat is one connection to one workspace or server. All its methods may be called concurrently.
type Chat interface {
	// Name is the connection's name in the circle's file, and in every Ref and Event that comes from it.
	Name() string

	// Limits says what the platform takes. It does not change while the program runs.
	Limits() Limits

	Listener
	Poster
	Replier
	Directory
}

// Listener hears what people do.
type Listener interface {
	// Listen stays connected until ctx ends, reconnecting for ever with growing pauses, and hands each event to hear: in order per
	// channel, at least once. An event is acknowledged to the platform only after hear has returned nil (it is stored then);
	// when hear fails the event is handed in again later. Listen returns ctx's error, or an ErrRefused that
	// no reconnection will mend.
	Listen(ctx context.Context, hear Hear) error
}

// Hear stores an event. It returns quickly, and nil only when the event will not be lost any more.
type Hear func(ctx context.Context, e Event) error

// Poster says things that stay.
type Poster interface {
	// Post says m at the place and returns where it stands. key is the promise's: the adapter keeps it with the message, so that Posted
	// can find it, and where the platform de-duplicates by such a key, uses that.
	Post(ctx context.Context, to Place, m Message, key string) (Ref, error)

	// Posted looks for a message that was posted at the place under the key: after a failure that leaves it open whether Post succeeded.
	Posted(ctx context.Context, to Place, key string) (ref Ref, found bool, err error)

	// Edit replaces what stands at ref; people's reactions stay. Editing to what already stands there is no error. ErrGone when the message
	// does not exist, and for an ephemeral answer, which no platform lets a bot edit by its place.
	Edit(ctx context.Context, ref Ref, m Message) error

	// Reactions lists what stands on the message now, the bot's own left out.
	Reactions(ctx context.Context, ref Ref) ([]Reaction, error)
}

// Replier answers one event, to its author alone, at once and at most once.
type Replier interface {
	// Reply answers the event whose Handle it is given: an ephemeral message where the platform has them, a private message
	// otherwise; a form opened, or the errors of the form just sent, shown in place. A handle lives for seconds to
	// minutes: ErrStale after that.
	Reply(ctx context.Context, to Handle, a Answer) error
}

// Directory knows the platform's accounts.
type Directory interface {
	// Profile returns what the platform says of an account. ErrUnknown when it has none such.
	Profile(ctx context.Context, account string) (Profile, error)

	// Account finds the account of somebody by e-mail address, or by handle where the address is empty or hidden. ErrUnknown when none.
	Account(ctx context.Context, handle, email string) (string, error)
}

// Profile is what a platform says of an account.
type Profile struct {
	Account string
	Handle  string
	Name    string
	Email   string // may be hidden from the bot
	Bot     bool
}

// Limits is what a platform takes. Zero means that no limit is known. An adapter cuts what is longer, visibly and at the end of the
// longest parts, rather than lose the message; who wants to say all of it splits it before.
type Limits struct {
	MessageRunes int           // text of one message, all its parts together
	Buttons      int           // buttons on one message; 0 with Callbacks false
	Callbacks    bool          // buttons and forms reach the bot here; if not, reactions and words must do
	Ephemeral    bool          // a reply in a channel can be seen by its reader alone
	Interval     time.Duration // least time between two messages in one channel
}

// Place is where a message goes: a channel or a person, and there a thread when Thread is set.
type Place struct {
	Channel string // by name, as in the circle's file
	Account string // a private message to this account; Channel is empty then
	Thread  string // Ref.ID of the message that the thread hangs on
}

// Ref is where a message stands.
type Ref struct {
	Chat    string `json:"chat"`
	Channel string `json:"channel"` // the platform's own id
	ID      string `json:"id"`
}

// IsZero says whether it is nowhere.
func (r Ref) IsZero() bool { return r == Ref{} }

// Reaction is an emoji that somebody put on a message. Emoji is as Normalise returns it.
type Reaction struct {
	Account string
	Emoji   string
}

// Errors that adapters return, wrapped with what was called and why.
var (
	// ErrUnavailable: the chat cannot be reached now. Try again.
	ErrUnavailable = errors.New("chat unavailable")
	// ErrAmbiguous: it may or may not have been done. Look before repeating.
	ErrAmbiguous = errors.New("outcome unknown")
	// ErrRefused: the chat will not do this, now or later (no such channel, no right, revoked token).
	ErrRefused = errors.New("refused by the chat")
	// ErrGone: the message stands no more.
	ErrGone = errors.New("message gone")
	// ErrStale: the handle has expired; only Reply returns it.
	ErrStale = errors.New("too late to reply")
	// ErrUnknown: no such account.
	ErrUnknown = errors.New("unknown account")
)

// TooFast is returned when the platform asks for a pause.
type TooFast struct{ Pause time.Duration }

func (e TooFast) Error() string { return "asked to pause for " + e.Pause.String() }
