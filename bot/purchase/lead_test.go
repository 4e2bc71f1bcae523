package purchase_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// erp makes a contract one of the family whose replacement takes longest.
func erp(p proposal.Proposal) proposal.Proposal {
	p.Family = "housing-erp"
	return p
}

func TestLead(t *testing.T) {
	at := tacit("2029-12-31", 2, months(3)) // the last day to give notice: 30/09/2029
	for _, c := range []struct {
		why    string
		needs  []proposal.Proposal
		months int // 0: no reminder is asked for
		says   string
	}{
		{
			"alone and small: quotes are enough, and no peer is waited for",
			[]proposal.Proposal{holds("A", "C-1", at, yearly(9_000))},
			0, "Votre besoin : achat sans publicité",
		},
		{
			"the peer's need makes it a formal procedure: ten months before the term, of which three are the notice's",
			[]proposal.Proposal{holds("A", "C-1", at, yearly(9_000)), holds("B", "C-2", at, yearly(80_000))},
			8, "Ensemble (2 organismes) : procédure formalisée, comptez 10 mois",
		},
		{
			"the longest one while the peer says no amount",
			[]proposal.Proposal{holds("A", "C-1", at, yearly(9_000)), holds("B", "C-2", at, amount(0, ""))},
			8, "Ensemble (2 organismes) : au plus, procédure formalisée",
		},
		{
			"an ERP takes eighteen months to put into service",
			[]proposal.Proposal{erp(holds("A", "C-1", at, yearly(9_000))), erp(holds("B", "C-2", at, yearly(80_000)))},
			23, "procédure formalisée, comptez 26 mois",
		},
		{
			"alone and large: nobody's needs to collect and no agreement to sign",
			[]proposal.Proposal{erp(holds("A", "C-1", at, yearly(80_000)))},
			20, "Votre besoin : procédure formalisée, comptez 22 mois",
		},
	} {
		lead, ok := purchase.Default().Lead(c.needs, day("2029-12-31"), day("2026-11-23"))
		if !ok {
			t.Errorf("%s: nothing to say", c.why)
			continue
		}
		says := lead.Text(day("2026-11-23")).In(locale.French)
		if got := lead.Months(day("2029-09-30")); got != c.months || !strings.Contains(strings.ReplaceAll(says, "\u00a0", " "), c.says) {
			t.Errorf("%s: %d months, %q; want %d, %q", c.why, got, says, c.months, c.says)
		}
	}
	if _, ok := purchase.Default().Lead([]proposal.Proposal{holds("A", "C-1", at, amount(0, ""))}, day("2029-12-31"), day("2026-11-23")); ok {
		t.Error("one organisation that says no amount has a procedure")
	}
}

// TestLeadHolds: the first reminder comes before the work has to begin, the contract's own ones stay, and what is said tells no amount.
func TestLeadHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		held := append([]proposal.Proposal{holds("A", "C-9", tacit("2027-06-30", 4, months(rapid.IntRange(0, 6).Draw(t, "own notice"))), yearly(20_000))}, anyHeld(t)...)
		if rapid.Bool().Draw(t, "of the slow family") {
			held[0] = erp(held[0])
		}
		on := day("2026-11-23").AddDays(rapid.IntRange(0, 900).Draw(t, "on"))
		terms := held[0].Terms
		if rapid.Bool().Draw(t, "own rhythm") {
			terms.Alerts = []int{rapid.IntRange(1, 6).Draw(t, "alert")}
		}
		before := contract.Reminders(terms, on)
		if len(before) == 0 {
			return
		}
		lead, ok := purchase.Default().Lead(held, before[0].Term, on)
		if !ok {
			return
		}
		asked := lead.Months(before[0].LastDay)
		after := contract.Reminders(terms.Earlier(asked), on)
		if first := after[0]; first.Day.After(lead.Plan.Begin) && asked < contract.MostAlert {
			t.Fatalf("first reminder on %v, the work begins on %v", first.Day, lead.Plan.Begin)
		}
		if kept := after[len(after)-len(before):]; kept[0] != before[0] || kept[len(kept)-1] != before[len(before)-1] {
			t.Fatalf("reminders %v became %v", before, after)
		}
		// A rhythm of one's own may be shorter than even a quick procedure takes: it is lengthened too.
		if terms.Alerts == nil && !purchase.Default().Slow(held[0], before[0].Term, before[0].Day) && len(after) > len(before) {
			t.Fatalf("no procedure is slow, and yet a reminder %d months before is added", asked)
		}
		for _, lang := range locale.Languages {
			if says := lead.Text(on).In(lang); strings.Contains(says, "€") {
				t.Fatalf("an amount is told: %s", says)
			}
		}
	})
}
