package purchase

import (
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/proposal"
)

// TestNoDayIsCheaper weighs every day of five years: without amendments none may cost less than the one that was found among a few dozen.
func TestNoDayIsCheaper(t *testing.T) {
	on := calendar.On(2026, 11, 23)
	rules := Default()
	rapid.Check(t, func(t *rapid.T) {
		var held []proposal.Proposal
		for i := range rapid.IntRange(2, 4).Draw(t, "contracts") {
			p := proposal.Proposal{Kind: proposal.Contract, Org: string(rune('A' + i))}
			end := on.AddDays(rapid.IntRange(-400, 1500).Draw(t, "end"))
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				p.Kind, p.Wanted = proposal.Need, end
			case 1:
				p.Terms = contract.Terms{Start: end.AddMonths(-36), End: end, Renewal: contract.None}
			default:
				p.Terms = contract.Terms{
					Start: end.AddMonths(-36), End: end, Renewal: contract.Tacit, RenewalMonths: rapid.SampledFrom([]int{6, 12, 24}).Draw(t, "every"),
					MaxRenewals: new(rapid.IntRange(0, 3).Draw(t, "renewals")), Notice: contract.Notice{Months: 3, Known: true},
				}
			}
			held = append(held, p)
		}
		notBefore := on.AddDays(rapid.IntRange(1, 400).Draw(t, "not before"))
		var paths []path
		for _, p := range held {
			way := rules.pathOf(p, on)
			way.bridge = 0
			paths = append(paths, way)
		}
		c := converge(paths, on, notBefore)
		for d := notBefore; !d.After(on.AddMonths(reachMonths)); d = d.AddDays(1) {
			other, ok := weigh(paths, d)
			switch {
			case ok && c.Target.IsZero():
				t.Fatalf("%s would do, none was found", d)
			case ok && other.cost < c.Dates[0].cost:
				t.Fatalf("%s costs %d, %s was found for %d", d, other.cost, c.Target, c.Dates[0].cost)
			}
		}
	})
}
