package play

import "time"

// Script is one conversation, as its file says.
type Script struct {
	File   string // path, for reports and for what stands beside it
	Circle string // the circle's file, relative to File
	Now    Clock  // when it begins, in the circle's zone
	Steps  []Step
}

// Step is one line of a script after the first two.
type Step struct {
	Line   int    // counted from 1
	Source string // as it stands in the file
	Do     Deed
}

// Deed is what a step does or expects: one of the types below.
type Deed interface{ deed() }

// Where people speak: a channel, or in private when Channel is empty; there in a thread when Thread is set, namely that of the
// bot's latest message or, with words, of the latest one that holds them.
type Where struct {
	Channel string
	Thread  bool
	On      Words
}

// Actor is somebody who does something, and in which chat: empty where the person has only one.
type Actor struct{ Person, Chat string }

func (a Actor) actor() Actor { return a }

// Says: somebody types something.
type Says struct {
	Actor
	Where Where
	Text  string
}

// Reacts: somebody puts an emoji on a message of the bot, or takes it off.
type Reacts struct {
	Actor
	Emoji string // as chat.Normalise returns it
	Off   bool
	On    Words
}

// Presses: somebody presses the button, or chooses the menu entry, of that label.
type Presses struct {
	Actor
	Label string
	On    Words
}

// Fills: somebody fills a form and sends it.
type Fills struct {
	Actor
	Entries []Entry
}

// Entry is what is put into one field of a form; Field is its label or key.
type Entry struct{ Field, Value string }

// Sends: somebody sends the bot a file in private.
type Sends struct {
	Actor
	File string
}

// Moves the clock on: by calendar days at the same local hour, then by a length of time; or To a point in time.
type Moves struct {
	Days int
	By   time.Duration
	To   Clock
}

// Clock is a date and an hour without a zone: the circle's file gives that.
type Clock struct {
	Year              int
	Month             time.Month
	Day, Hour, Minute int
}

// In returns the instant in the zone. An hour that a change of clocks leaves out becomes the one that follows.
func (c Clock) In(zone *time.Location) time.Time {
	return time.Date(c.Year, c.Month, c.Day, c.Hour, c.Minute, 0, 0, zone)
}

// The bot's life: down from here, up again, killed without warning and started on the same database.
type (
	Stops   struct{}
	Starts  struct{}
	Crashes struct{}
)

// Reaches: from here on the chat of that name can be reached, or not.
type Reaches struct {
	Chat string
	Up   bool
}

// Sort is what kind of thing is expected.
type Sort string

// The sorts of expectations.
const (
	Posted  Sort = "bot"     // a message at top level, or what one person alone is shown
	Replied Sort = "thread"  // a reply in a thread
	Edited  Sort = "edit"    // a message that stood before and was changed
	Nothing Sort = "nothing" // none of these three
	Given   Sort = "file"
	Mailed  Sort = "mail"
)

// Expects: since the last action this was seen. Channel or Person says by whom (Person is the beginning of an address for Mailed).
type Expects struct {
	Sort            Sort
	Channel, Person string
	Chat            string // where there are several: in which; empty: in any
	File            string // Given: its name
	Words           Words
}

func (Says) deed()    {}
func (Reacts) deed()  {}
func (Presses) deed() {}
func (Fills) deed()   {}
func (Sends) deed()   {}
func (Moves) deed()   {}
func (Stops) deed()   {}
func (Starts) deed()  {}
func (Crashes) deed() {}
func (Reaches) deed() {}
func (Expects) deed() {}
