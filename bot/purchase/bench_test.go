package purchase_test

import (
	"fmt"
	"testing"

	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// BenchmarkFeasible answers for a circle of ten with four contracts of the family each: what one card costs.
func BenchmarkFeasible(b *testing.B) {
	var held []proposal.Proposal
	for i := range 40 {
		held = append(held, holds(string(rune('A'+i%10)), fmt.Sprintf("C-%d", i+1), tacit(day("2027-01-31").AddMonths(i).String(), 3, months(3)), yearly(10_000)))
	}
	rules := purchase.Default()
	b.ReportAllocs()
	for b.Loop() {
		rules.Feasible(purchase.Question{On: day("2026-11-23"), Family: "telephony", Needs: held})
	}
}
