// Package storage is the port to what is remembered: proposals, questions, purchases, absences, promises, events and the journal of every
// change. One implementation on two databases stands in store/; storagetest holds both to the same suite. It holds no rule
// of the product and knows no SQL.
//
// What is read is what was written, but for this: instants are UTC and cut to the microsecond; NUL characters are left out, and
// bytes that are no UTF-8 come back as U+FFFD; a list or map without elements may come back as nil and the other way
// round. Text is compared and ordered byte by byte. Whatever names a thing (a key, a subject, a handle, an event's id) holds at
// most 500 bytes.
package storage

import (
	"context"
	"errors"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/family"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// Store remembers, for any number of circles. All its methods may be called concurrently.
type Store interface {
	// View runs f on a state that does not change while it runs, and returns its error. f may be run more than once; what it tries to
	// write fails. It runs beside other Views and Updates or waits for them, so f begins none itself.
	View(ctx context.Context, circle string, f func(Tx) error) error

	// Update runs f in one transaction: all that it writes is there afterwards, or nothing. When f or the commit fails its error is
	// returned and nothing has happened; when f panics, nothing has happened either. f may be run more than once, so it must
	// have no effect but on the Tx. Updates of one circle run one after the other, each on what the one before has left. When the
	// database fails a method of the Tx, or ctx ends, Update fails with that even if f returns nil. f begins no other Update or View.
	Update(ctx context.Context, circle string, f func(Tx) error) error

	// Check tells whether the database answers and its schema is the program's.
	Check(ctx context.Context) error

	// Close gives everything back. No method may be called after it.
	Close() error
}

// Tx is one circle's state inside a View or an Update; it reads what it has written itself. It is used by one goroutine and not kept:
// once f has returned, its methods fail.
type Tx interface {
	Proposals() Proposals
	Asks() Asks
	Pairs() Pairs
	Purchases() Purchases
	Settings() Settings
	Promises() Promises
	Inbox() Inbox
	Journal() Journal
}

// ErrNotFound is returned by what is asked for one thing, or to change one, that is not there. It spoils nothing: an Update goes on after it.
// Settings alone have no such error.
var ErrNotFound = errors.New("not found")

// Proposals keeps contracts, needs and offers.
type Proposals interface {
	// Next returns the next number of that kind, counted from 1, and takes it.
	Next(k proposal.Kind) (int, error)
	Get(ref proposal.Ref) (proposal.Proposal, error)
	// All returns every proposal in the order in which they were recorded, withdrawn ones too.
	All() ([]proposal.Proposal, error)
	// LiveOf returns the live proposals of those families in the order in which they were recorded, without looking at any others; the empty family
	// is that of what has none.
	LiveOf(families ...family.Code) ([]proposal.Proposal, error)
	// Put writes proposals, new or changed, whole, each given once. A changed one keeps its place in the order. Thousands at once are quicker than
	// one by one.
	Put(some ...proposal.Proposal) error
}

// Asks keeps the questions put to organisations, with their answers.
type Asks interface {
	Get(ref proposal.Ref, org string) (proposal.Ask, error)
	// Of returns the questions about one proposal, by organisation.
	Of(ref proposal.Ref) ([]proposal.Ask, error)
	// All returns every question, by proposal and organisation.
	All() ([]proposal.Ask, error)
	// Put writes a question, new or changed, whole.
	Put(a proposal.Ask) error
	// Delete takes a question away; one that is not there is no error.
	Delete(ref proposal.Ref, org string) error
}

// Pairs keeps which proposals were brought together.
type Pairs interface {
	// Of returns the pairs in which the proposal stands, on either side, by A and B.
	Of(ref proposal.Ref) ([]proposal.Pair, error)
	// All returns every pair, by A and B.
	All() ([]proposal.Pair, error)
	// Put writes pairs, new or changed, each given once. The two references of a pair may come in any order: they are one pair.
	Put(some ...proposal.Pair) error
	// Delete takes a pair away, its references in any order; one that is not there is no error.
	Delete(a, b proposal.Ref) error
}

// Purchases keeps joint purchases.
type Purchases interface {
	// Next returns the next number of a purchase, counted from 1, and takes it.
	Next() (int, error)
	Get(ref purchase.Ref) (purchase.Purchase, error)
	// All returns every purchase in the order in which they were opened, dropped ones too.
	All() ([]purchase.Purchase, error)
	// Put writes a purchase, new or changed, whole. A changed one keeps its place in the order.
	Put(p purchase.Purchase) error
}

// Settings keeps small facts that people change from chat: absences, consents; and the marks of what was done until when. Values are
// JSON, read and written by their one owner in bot/usecase.
type Settings interface {
	// Get fills into with the value of the key, or leaves it as it is when there is none. It fails on a value of another shape.
	Get(key string, into any) error
	// Put writes the value of a key, new or changed. It fails on what JSON cannot hold.
	Put(key string, value any) error
	// Keys returns the keys that begin so, in order; all of them for the empty prefix.
	Keys(prefix string) ([]string, error)
}

// PromiseKind says what is promised.
type PromiseKind string

// The kinds of promises.
const (
	Post PromiseKind = "post"
	Edit PromiseKind = "edit"
)

// PromiseState is how far a promise is.
type PromiseState string

// The states of promises.
const (
	Waiting    PromiseState = "waiting"
	Trying     PromiseState = "trying" // begun: after a crash it must be looked for before it is repeated
	Kept       PromiseState = "kept"
	Superseded PromiseState = "superseded" // made useless by a later one: an edit by the next, a question by its withdrawal
	GivenUp    PromiseState = "given-up"
)

// Promise is something that the bot has bound itself to say.
type Promise struct {
	Seq      int64 // given by Put, in order
	Key      string
	Kind     PromiseKind
	Chat     string // the connection
	Channel  string // by name; empty for a private message
	Person   string // handle; empty in a channel
	Thread   string // key of the promise under whose message this one stands
	Target   string // Edit: key of the promise whose message is changed
	Subject  string // what the message is about, such as "ask C-1 B": how a press or a reaction on it is understood
	Draft    chat.Draft
	NotUntil time.Time
	State    PromiseState
	Attempts int
	Fault    string // of the last attempt, for the operator
	Ref      chat.Ref
	Made     time.Time
	KeptAt   time.Time
}

// Promises keeps what is to be said, and where it was said.
type Promises interface {
	// Put makes a promise. A key that exists already makes none: the first one stands, and made is false.
	Put(p Promise) (made bool, err error)
	// Save writes how far the promise of that key is: State, Attempts, Fault, NotUntil, Ref, KeptAt. What was promised does not change.
	Save(p Promise) error
	Get(key string) (Promise, error)
	// Open returns what is Waiting or Trying, in order of Seq.
	Open() ([]Promise, error)
	// ByRef returns the Post promise whose message stands there. Nothing stands at the zero Ref.
	ByRef(ref chat.Ref) (Promise, error)
	// About returns the Post promises of one subject, in order of Seq.
	About(subject string) ([]Promise, error)
	// Supersede marks the Waiting edits of that target as Superseded. There may be none.
	Supersede(target string) error
	// ToldTo returns the latest Post promises kept for the person in private, newest first, at most limit.
	ToldTo(person string, limit int) ([]Promise, error)
}

// Inbox keeps the events that were acknowledged, until they are worked, and their ids for as long as a chat may deliver them again.
type Inbox interface {
	// Put stores an event. Delivered again, nothing happens and fresh is false.
	Put(e chat.Event) (fresh bool, err error)
	// Open returns the events not yet worked, in the order in which they were stored.
	Open() ([]chat.Event, error)
	// Done marks an event as worked; all but its id is dropped. Marked again, nothing happens.
	Done(chatName, id string) error
	// Forget drops the ids of worked events from before that instant, by the chat's clock (Event.At).
	Forget(before time.Time) error
}

// Entry is a line of the journal: who changed what, when, from where, before and after.
type Entry struct {
	Seq     int64
	At      time.Time
	Person  string // handle; empty: the bot itself
	Chat    string
	Channel string // empty: in private
	Verb    string // what was done, such as "propose"
	Act     string // the entries of one act of one person share it; undone together
	Subject string // what was changed: "proposal C-1", "ask C-1 B", "setting absence dsi-a"
	Before  []byte // JSON; empty: it did not exist
	After   []byte // JSON; empty: it exists no more
}

// Journal keeps every change. It is only ever added to.
type Journal interface {
	// Add writes entries and gives each its Seq, in order.
	Add(some ...Entry) error
	// Acts returns the entries of the person's acts at or after that instant, newest first.
	Acts(person string, since time.Time) ([]Entry, error)
	// About returns the entries on one subject, oldest first.
	About(subject string) ([]Entry, error)
}
