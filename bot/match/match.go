// Package match says whether two organisations should be brought together on two things that they said, with a score and
// the reasons, and from which day. The rule is that of a sensible committee secretary: they buy the same kind of thing, at
// least one of them has something to buy, and their dates lie within a year of each other.
//
// It stops there: it judges pairs of values and remembers none. Which pair was refused before, who is told, when and how often
// is decided above; what a sentence means is decided below, in bot/intake.
package match

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
)

// Side is what one organisation said, reduced to what counts.
type Side struct {
	Org      string
	Kind     intake.Kind
	Family   family.Code
	Object   string
	Supplier string
	Date     calendar.Day // current term of a contract, wanted date of a need; zero: not known
}

// Verdict is the judgement on a pair: Match, how near (0–1), and the reasons for or against, each a sentence. There is always
// a reason, and the first is the one to say when there is room for one.
type Verdict struct {
	Match   bool
	Score   float64
	Reasons []locale.Text
}

// Between judges a pair. It does not matter which side is a: verdict, score and reasons are the same.
func Between(a, b Side) Verdict { return find(a, b).verdict(a, b) }

func (f finding) verdict(a, b Side) Verdict {
	a, b = ordered(a, b)
	return Verdict{Match: f.ground == together, Score: f.score(), Reasons: f.reasons(a, b)}
}
