package match

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/text"
)

// Said is a statement of one organisation as it was typed, and the day when it was.
type Said struct {
	Org  string
	Text string
	On   calendar.Day
}

// hesitates is from which share of the first family on a second one is thought of as well, and sure from which share on the first one stands all
// the same: below it the reading is a guess.
const (
	hesitates = 0.75
	sure      = 0.5
)

// SideOf reduces what was read of a sentence to what counts. Further proposals of the same message are sides of their own.
func SideOf(org string, st intake.Statement) Side {
	s := Side{Org: org, Kind: st.Kind, Object: st.Object, Supplier: st.Supplier, Date: st.Date}
	if len(st.Families) > 0 {
		s.Family = st.Families[0].Code
	}
	if len(st.Families) > 1 {
		first, rival := st.Families[0], st.Families[1]
		// What a supplier sells beside is no other reading: Orange in "liens MPLS Orange" does not make it telephony.
		if rival.Score >= hesitates*first.Score && !family.Related(first.Code, rival.Code) && !sells(st.Supplier, rival.Code) {
			s.Second, s.Guessed = rival.Code, first.Score < sure
		}
	}
	return s
}

// sells says whether the dictionary has the supplier or product for the family.
func sells(supplier string, code family.Code) bool {
	return slices.ContainsFunc(family.Find(supplier, text.Words(supplier)), func(h family.Hit) bool { return h.Product != "" && h.Says(code) > 0 })
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
