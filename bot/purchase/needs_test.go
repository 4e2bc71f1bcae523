package purchase_test

import (
	"fmt"
	"strings"
	"testing"

	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// TestNeedsOfMembers: A named C-1 when it opened the purchase, B and C named nothing.
func TestNeedsOfMembers(t *testing.T) {
	p, err := collecting(t).Join(purchase.Member{Org: "C", By: "dsi-c"}, day("2026-12-03"))
	if err != nil {
		t.Fatal(err)
	}
	live := []proposal.Proposal{
		holds("A", "C-1", ends("2027-05-31"), yearly(24_000)),
		holds("A", "C-4", ends("2027-05-31"), yearly(99_000)),
		holds("B", "C-2", ends("2027-05-31"), yearly(10_000)),
		holds("B", "C-5", ends("2027-09-30"), yearly(5_000)),
		of(holds("B", "C-6", ends("2027-09-30"), yearly(5_000)), "printing", ""),
		{Ref: "O-1", Kind: proposal.Offer, Org: "B", Family: "telephony"},
		holds("D", "C-7", ends("2027-09-30"), yearly(5_000)),
	}
	if got, want := shown(p.Needs(live)), "A C-1 24000, B C-2 10000, B C-5 5000, C  0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	said, err := p.Answer("B", map[string]purchase.Value{"cost": {Amount: amount(2_000, money.Monthly)}}, day("2026-12-10"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shown(said.Needs(live)), "A C-1 24000, B C-2 2000, B C-5 0, C  0"; got != want {
		t.Errorf("having said its cost: %s, want %s", got, want)
	}
	f := purchase.Default().Feasible(said.Question(live, office, day("2026-12-10")))
	// 24 k€ and 24 k€ a year over four years; C has said nothing.
	if f.Wanted != p.Target || f.Need.Cents != 192_000_00 || len(f.Need.Silent) != 1 || f.Certain {
		t.Errorf("%+v", f.Need)
	}
	for _, line := range f.Convergence.Lines(office) {
		if said := line.In(locale.French); strings.Contains(said, "()") {
			t.Errorf("%s", said)
		}
	}
}

func shown(needs []proposal.Proposal) string {
	var out []string
	for _, n := range needs {
		out = append(out, fmt.Sprintf("%s %s %d", n.Org, n.Ref, n.Amount.Cents/100))
	}
	return strings.Join(out, ", ")
}
