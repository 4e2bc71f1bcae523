package purchase

import (
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
)

// Whoever knows all amounts of a sum but one learns no more of that one than its own bracket says.
func TestTheBracketOfASumGivesNobodyAway(t *testing.T) {
	yearly := func(euros int64) proposal.Proposal {
		return proposal.Proposal{Kind: proposal.Contract, Org: "B", Amount: money.Amount{Cents: euros * 100, Period: money.Yearly}}
	}
	rapid.Check(t, func(t *rapid.T) {
		mine := rapid.Int64Range(1, 600_000).Draw(t, "mine")
		theirs := rapid.Int64Range(1, 600_000).Draw(t, "theirs")
		other := rapid.Int64Range(1, 600_000).Draw(t, "another that looks the same")
		if money.BandOf(yearly(theirs).Amount) != money.BandOf(yearly(other).Amount) {
			return
		}
		own := yearly(mine)
		own.Org = "A"
		if a, b := estimate([]proposal.Proposal{own, yearly(theirs)}, 48).Band, estimate([]proposal.Proposal{own, yearly(other)}, 48).Band; a != b {
			t.Fatalf("beside %d, %d shows %v and %d shows %v", mine, theirs, a, other, b)
		}
	})
}
