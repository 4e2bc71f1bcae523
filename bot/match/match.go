// Package match says whether two organisations should be brought together on two things that they said, with a score and
// the reasons, and from which day. The rule is that of a sensible committee secretary: they buy the same kind of thing, at
// least one of them has something to buy, and their dates lie within a year of each other. What he would only wonder about is a
// maybe: shown to who looks for it, told to nobody.
//
// The rule stands once, in judge.go. finding.go puts it to two sides, index.go to a newcomer and a hundred thousand others at once; reading.go
// makes sides of what bot/intake read, and explain.go and json.go say a judgement to people and programs.
//
// It stops there: it judges values and decides nothing. Which pair was refused before, who is told, when and how often
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
	Second   family.Code // the family that it may be of instead, where the reading hesitates; empty where it does not, or where a person chose
	Guessed  bool        // nothing but a hint says the family: alone it brings nobody together
	Object   string
	Supplier string
	Date     calendar.Day // current term of a contract, wanted date of a need; zero: not known
}

// Verdict is the judgement on a pair: Match, Maybe or neither, how near (0–1), and the reasons for or against, each a sentence. There is
// always a reason, and the first is the one to say when there is room for one; that of a maybe is what holds it back.
type Verdict struct {
	Match   bool // the two should be told; its score is at least a half
	Maybe   bool // one thing alone is in doubt: for who looks, without a ping; its score is between MaybeFrom and a half
	Score   float64
	Reasons []locale.Text
}

// MaybeFrom is the least score of a maybe.
const MaybeFrom = 0.3

// Between judges a pair. It does not matter which side is a: verdict, score and reasons are the same.
func Between(a, b Side) Verdict { return find(a, b).verdict(a, b) }

func (f finding) verdict(a, b Side) Verdict {
	a, b = ordered(a, b)
	return Verdict{Match: f.match(), Maybe: f.maybe(), Score: f.score(), Reasons: f.reasons(a, b)}
}
