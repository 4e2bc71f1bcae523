// Package match says whether two organisations should be brought together on two things that they said, with a score and
// the reasons. It judges pairs of values: who is told, when and how often is decided above.
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

// Verdict is the judgement on a pair: Match, how near (0–1), and the reasons for or against, each a sentence.
type Verdict struct {
	Match   bool
	Score   float64
	Reasons []locale.Text
}
