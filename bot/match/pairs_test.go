package match_test

import (
	"maps"
	"slices"
	"testing"

	"sdcbot/bot/intake"
	"sdcbot/bot/match"
	"sdcbot/bot/match/matchtest"
)

// TestPairs holds the level that was reached on the labelled pairs, so that no change loses it unseen. Read for the first time, the
// first 183 gave a precision of 0.976 and a recall of 0.920, the 63 that mislead most 0.861 and 0.886. What was then put right here is the guess of a
// family; the faults that remain are those of reading one statement, and most of what is missed is at least a maybe or a family that was not found.
func TestPairs(t *testing.T) {
	type count struct{ right, wrong, missed, maybe int }
	byKind := map[string]*count{}
	var all count
	for _, p := range matchtest.Pairs() {
		if byKind[p.Kind] == nil {
			byKind[p.Kind] = &count{}
		}
		v := match.Between(match.SideOf(p.A.Org, intake.Read(p.A.Text, p.A.On)), match.SideOf(p.B.Org, intake.Read(p.B.Text, p.B.On)))
		for _, c := range []*count{byKind[p.Kind], &all} {
			switch {
			case v.Match && p.Match:
				c.right++
			case v.Match:
				c.wrong++
			case p.Match:
				c.missed++
				if v.Maybe {
					c.maybe++
				}
			}
		}
		if v.Match != p.Match && testing.Verbose() {
			t.Logf("%s (%s): match %v, maybe %v\n   %s\n   %s", p.Kind, p.Why, v.Match, v.Maybe, p.A.Text, p.B.Text)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		t.Logf("%s: %+v", kind, *byKind[kind])
	}
	precision := float64(all.right) / float64(all.right+all.wrong)
	recall := float64(all.right) / float64(all.right+all.missed)
	t.Logf("precision %.3f, recall %.3f; of %d missed %d are a maybe", precision, recall, all.missed, all.maybe)
	if precision < 0.98 || recall < 0.97 {
		t.Errorf("precision %.3f and recall %.3f; they were 0.992 and 0.984", precision, recall)
	}
}
