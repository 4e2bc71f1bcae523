package proposal

import (
	"time"

	"sdcbot/bot/calendar"
)

// Answer is what an organisation says of a peer's proposal. The empty Answer is silence.
type Answer string

// The answers.
const (
	Silent     Answer = ""
	Interested Answer = "interested"
	Maybe      Answer = "maybe"
	No         Answer = "no"
	Done       Answer = "done" // it has done that already
)

// Answers lists those that can be given, in the order in which they are offered.
var Answers = []Answer{Interested, Maybe, No, Done}

// Emoji are the reactions that give the answers.
var Emoji = map[Answer]string{Interested: "🙋", Maybe: "🤔", No: "🚫", Done: "✅"}

// AnswerOf returns the answer that an emoji gives.
func AnswerOf(emoji string) (Answer, bool) {
	for answer, e := range Emoji {
		if e == emoji {
			return answer, true
		}
	}
	return Silent, false
}

// Ask is the question whether one organisation joins in on a peer's proposal, with its answer. There is one at most for a
// proposal and an organisation: it exists once the organisation was asked, or answered on the card unasked.
type Ask struct {
	Proposal Ref
	Org      string    // who is asked
	Person   string    // handle of who was asked in private; empty: nobody was
	At       time.Time // asked in private; zero: never
	With     []Ref     // what of its own came close
	Answer   Answer
	Before   Answer // the answer that this one replaced
	By       string // handle of who answered
	Answered time.Time
	Comment  string // the reason of a no; how and with whom of a done, with consent to be called
	Recalls  int    // the highest recall said so far: 7, 14 or 21 days
}

// Voice records an answer. Saying the same again changes nothing.
func (a Ask) Voice(answer Answer, by string, at time.Time) Ask {
	if answer == a.Answer {
		return a
	}
	switch {
	case a.Answer != Silent:
		a.Before = a.Answer
	case a.Before == answer:
		a.Before = Silent // taken back and given again: nobody changed their mind
	}
	a.Answer, a.By, a.Answered, a.Comment = answer, by, at, ""
	return a
}

// RecallDays are the days of silence after which a question is recalled; at the last one the author gets the summary instead.
var RecallDays = []int{7, 14, 21}

// RecallDue returns the recall that a silence has reached on that morning, if it was not said yet: the latest one only, since
// recalls missed together are said once.
func (a Ask) RecallDue(asked, morning calendar.Day) (days int, due bool) {
	if a.At.IsZero() || a.Answer != Silent {
		return 0, false
	}
	for _, d := range RecallDays {
		if !asked.AddDays(d).After(morning) {
			days = d
		}
	}
	return days, days > a.Recalls
}

// Pair is two proposals of two organisations that were brought together. A pair is put to people once; refused, never again.
type Pair struct {
	A, B    Ref // in the order of Order
	At      time.Time
	Refused bool
}

// Order returns the two references in the order in which a pair names them.
func Order(a, b Ref) (Ref, Ref) {
	if b < a {
		return b, a
	}
	return a, b
}

// Other returns the reference that stands in the pair beside ref.
func (p Pair) Other(ref Ref) Ref {
	if p.A == ref {
		return p.B
	}
	return p.A
}
