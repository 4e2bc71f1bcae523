package match

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/intake"
)

// Said is a statement of one organisation as it was typed, and the day when it was.
type Said struct {
	Org  string
	Text string
	On   calendar.Day
}

// hesitates is from which share of the first family on a second one is thought of as well.
const hesitates = 0.8

// hintShare is what a family has at most that hints alone say.
const hintShare = 0.3

// SideOf reduces what was read of a sentence to what counts. Further proposals of the same message are sides of their own.
func SideOf(org string, st intake.Statement) Side {
	s := Side{Org: org, Kind: st.Kind, Object: st.Object, Supplier: st.Supplier, Date: st.Date}
	if len(st.Families) > 0 {
		s.Family = st.Families[0].Code
	}
	if len(st.Families) > 1 && st.Families[1].Score >= hesitates*st.Families[0].Score {
		s.Second = st.Families[1].Code
		s.Guessed = st.Families[0].Score <= hintShare
	}
	return s
}

// judged is a pair of what two organisations said, and the judgement on it.
type judged struct {
	a, b    intake.Statement
	verdict Verdict
}

// judgeSaid reads two statements and judges them. Where a message proposes several things, the pair that comes closest counts.
func judgeSaid(a, b Said) judged {
	var best judged
	first, second := intake.Read(a.Text, a.On), intake.Read(b.Text, b.On)
	for i, x := range proposals(first) {
		for j, y := range proposals(second) {
			v := Between(SideOf(a.Org, x), SideOf(b.Org, y))
			if i+j == 0 || v.Score > best.verdict.Score {
				best = judged{x, y, v}
			}
		}
	}
	return best
}

// proposals returns everything that a message proposes.
func proposals(st intake.Statement) []intake.Statement {
	all := append([]intake.Statement{st}, st.Also...)
	all[0].Also = nil
	return all
}
