package match

import (
	"cmp"
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
)

// Hit is one of the others that a newcomer matches.
type Hit struct {
	Index   int // in the others
	Verdict Verdict
	finding finding
	sides   sides
}

// Due says from which day the two are to be spoken of, as the function Due does, without judging them again.
func (h *Hit) Due(on calendar.Day) (day calendar.Day, ok bool) { return h.finding.due(h.sides, on) }

// Against judges a newcomer against all others and returns the matches, best first; among equals the order of the others stands.
// Words are made for the matches alone. For more than some hundreds of others, or for the maybes, there is Index.
func Against(newcomer Side, others []Side) []Hit {
	var hits []Hit
	for i, other := range others {
		if f := find(newcomer, other); f.match() {
			hits = append(hits, Hit{i, f.verdict(newcomer, other), f, sides{newcomer, other}})
		}
	}
	slices.SortStableFunc(hits, func(h, i Hit) int { return cmp.Compare(i.Verdict.Score, h.Verdict.Score) })
	return hits
}

// Families are those that others must be of to match what is of this one: itself, its parent, its children. What has no family matches nothing.
func Families(code family.Code) []family.Code {
	if code == "" {
		return nil
	}
	related := []family.Code{code}
	for _, f := range family.All() {
		if f.Code != code && family.Related(code, f.Code) {
			related = append(related, f.Code)
		}
	}
	return related
}
