package purchase_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

func of(p proposal.Proposal, code family.Code, supplier string) proposal.Proposal {
	p.Family, p.Supplier = code, supplier
	return p
}

// TestWindows is seen on 23 November 2026.
func TestWindows(t *testing.T) {
	none := money.Amount{}
	printing := func(org, ref string, terms contract.Terms) proposal.Proposal {
		return of(holds(org, ref, terms, none), "printing", "")
	}
	for _, row := range []struct {
		why  string
		held []proposal.Proposal
		want string
	}{
		{
			"the issue's own: three printing contracts, the first notice on 28 February 2027",
			[]proposal.Proposal{
				printing("A", "C-1", tacit("2027-05-31", 2, months(3))), printing("B", "C-2", tacit("2027-09-30", 2, months(3))), printing("C", "C-3", ends("2028-03-31")),
			},
			"printing 3 2027-02-28",
		},
		{"one organisation alone has no window", []proposal.Proposal{printing("A", "C-1", ends("2027-05-31")), printing("A", "C-2", ends("2027-06-30"))}, ""},
		{"more than a year apart", []proposal.Proposal{printing("A", "C-1", ends("2027-05-31")), printing("B", "C-2", ends("2028-06-30"))}, ""},
		{"a year apart to the day", []proposal.Proposal{printing("A", "C-1", ends("2027-02-28")), printing("B", "C-2", ends("2028-02-29"))}, "printing 2 2027-02-28"},
		{
			"a notice that was missed moves its contract to the next term",
			[]proposal.Proposal{printing("A", "C-1", tacit("2027-01-31", 2, months(3))), printing("B", "C-2", ends("2027-12-31"))},
			"printing 2 2027-10-31",
		},
		{
			"who has decided to renew has nothing left to decide",
			[]proposal.Proposal{decided(printing("A", "C-1", tacit("2027-05-31", 2, months(3))), contract.Renew, "2027-05-31"), printing("B", "C-2", ends("2027-06-30"))},
			"",
		},
		{
			"the wider family is brought together with the narrower one, once",
			[]proposal.Proposal{of(holds("A", "C-1", ends("2027-05-31"), none), "telephony", ""), of(holds("B", "C-2", ends("2027-06-30"), none), "telephony-mobile", ""), of(holds("C", "C-3", ends("2027-06-30"), none), "telephony", "")},
			"telephony-mobile 3 2027-05-31",
		},
		{
			"of two years with as many organisations the first one",
			[]proposal.Proposal{printing("A", "C-1", ends("2027-05-31")), printing("B", "C-2", ends("2027-06-30")), printing("A", "C-3", ends("2029-05-31")), printing("B", "C-4", ends("2029-06-30"))},
			"printing 2 2027-05-31",
		},
		{"fixed and mobile are bought apart", []proposal.Proposal{of(holds("A", "C-1", ends("2027-05-31"), none), "telephony-fixed", ""), of(holds("B", "C-2", ends("2027-06-30"), none), "telephony-mobile", "")}, ""},
		{"contracts that ended, and those of which nobody knows the end", []proposal.Proposal{printing("A", "C-1", ends("2026-05-31")), printing("B", "C-2", contract.Terms{}), printing("C", "C-3", ends("2027-05-31"))}, ""},
	} {
		var got []string
		for _, w := range purchase.Windows(row.held, day("2026-11-23")) {
			got = append(got, fmt.Sprintf("%s %d %s", w.Family, len(w.Contracts), w.Until))
		}
		if strings.Join(got, ", ") != row.want {
			t.Errorf("%s: %v, want %s", row.why, got, row.want)
		}
	}
	w := purchase.Windows([]proposal.Proposal{printing("A", "C-1", ends("2027-05-31")), printing("B", "C-2", ends("2027-06-30"))}, day("2026-11-23"))
	if got := typed(w[0].Text().In(locale.French)); got != "2 contrats Copieurs et impression, 2 organismes : fenêtre ouverte jusqu’au 31/05/2027" {
		t.Errorf("%q", got)
	}
}

func TestWindowsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := day("2026-11-23").AddDays(rapid.IntRange(0, 900).Draw(t, "on"))
		for _, w := range purchase.Windows(anyHeld(t), on) {
			if w.Until.Before(on) || len(w.Orgs) < 2 || w.Last.After(w.First.AddMonths(12).EndOfMonth()) {
				t.Fatalf("%+v on %s", w, on)
			}
		}
	})
}

// TestFront: who is with one publisher, until when, and how much together, in bands.
func TestFront(t *testing.T) {
	none := money.Amount{}
	all := []proposal.Proposal{
		of(holds("A", "C-1", tacit("2027-12-31", 3, months(6)), yearly(30_000)), "housing-erp", "Aareon"),
		of(holds("B", "C-2", ends("2027-06-30"), yearly(80_000)), "housing-erp", "AAREON France"),
		of(holds("C", "C-3", contract.Terms{}, none), "tenant-portal", "aareon"),
		of(holds("D", "C-4", ends("2026-01-31"), yearly(9_000)), "housing-erp", "Aareon"),
		of(holds("D", "C-5", ends("2028-01-31"), yearly(9_000)), "printing", "Konica"),
	}
	on := day("2026-11-23")
	f := purchase.FrontOf("Aareon", all, on, family.Known())
	var refs []string
	for _, row := range f.Rows {
		refs = append(refs, string(row.Contract.Ref))
	}
	if got := strings.Join(refs, " "); got != "C-2 C-1 C-3" || f.Silent != 1 || len(f.Orgs) != 3 {
		t.Errorf("by term, the unknown last, the ended not at all: %s, %d silent", got, f.Silent)
	}
	if f.Weight != (money.Band{From: 90_000, Below: 200_000}) {
		t.Errorf("110 k€ a year together: %+v", f.Weight)
	}
	for _, line := range f.Lines(office) {
		for _, lang := range locale.Languages {
			if said := line.In(lang); strings.Contains(said, "⟨") || strings.Contains(said, "80") && strings.Contains(said, "000 €") && !strings.Contains(said, "entre") {
				t.Errorf("%s", said)
			}
		}
	}
	if got := typed(f.Lines(office)[2].In(locale.French)); got != "Office A (C-1, Progiciel de gestion locative (ERP bailleur)) : jusqu’au 31/12/2027, agir au plus tard le 30/06/2027" {
		t.Errorf("%q", got)
	}
	if got := purchase.FrontOf("Sopra", all, on, family.Known()).Headline().Key; got != "purchase.front.none" {
		t.Errorf("nobody: %s", got)
	}
	if got := purchase.FrontOf("", all, on, family.Known()); len(got.Rows) != 0 {
		t.Errorf("no name is no supplier: %d rows", len(got.Rows))
	}
	if fronts := purchase.Suppliers(all, on, family.Known()); len(fronts) != 1 || len(fronts[0].Orgs) != 3 {
		t.Errorf("suppliers of several: %+v", fronts)
	}
}

// TestCoherence: whoever is about to sign beyond the date that was agreed is warned; whoever can be out by then is not. The common date is 1 June 2028.
func TestCoherence(t *testing.T) {
	p := collecting(t)
	over := p
	over.State = purchase.Execution
	dateless := p
	dateless.Target = calendar.Day{}
	for _, row := range []struct {
		why   string
		p     purchase.Purchase
		sign  proposal.Proposal
		alarm bool
	}{
		{"bound three years from now", p, holds("B", "C-9", contract.Terms{Start: day("2027-01-01"), Months: 36, Renewal: contract.None}, money.Amount{}), true},
		{"ends the day before the common date", p, holds("B", "C-9", ends("2028-05-31"), money.Amount{}), false},
		{"ends a day too late", p, holds("B", "C-9", ends("2028-06-01"), money.Amount{}), true},
		{"a year that can be renewed, and left before", p, holds("B", "C-9", tacit("2027-12-31", 3, months(3)), money.Amount{}), false},
		{"another family", p, of(holds("B", "C-9", ends("2030-05-31"), money.Amount{}), "printing", ""), false},
		{"not a member", p, holds("Z", "C-9", ends("2030-05-31"), money.Amount{}), false},
		{"no date was agreed on", dateless, holds("B", "C-9", ends("2030-05-31"), money.Amount{}), false},
		{"the purchase is done: this may be its own contract", over, holds("B", "C-9", ends("2032-05-31"), money.Amount{}), false},
		{"terms that nobody gave", p, holds("B", "C-9", contract.Terms{}, money.Amount{}), false},
	} {
		alarm, raised := row.p.Incoherent(row.sign, day("2026-12-10"))
		if raised != row.alarm {
			t.Errorf("%s: alarm %v", row.why, raised)
		}
		if raised && (len(alarm.Instead) == 0 || !alarm.FreeOn.After(alarm.Target)) {
			t.Errorf("%s: %+v", row.why, alarm)
		}
	}
}

// TestSilences: an open purchase answers its members' reminders, all but the last.
func TestSilences(t *testing.T) {
	p := collecting(t)
	mine := holds("A", "C-1", tacit("2028-05-31", 2, months(3)), money.Amount{})
	other := holds("A", "C-8", tacit("2028-05-31", 2, months(3)), money.Amount{})
	of := func(p proposal.Proposal, months int) contract.Reminder {
		for _, r := range contract.Reminders(p.Terms, day("2026-12-10")) {
			if r.Months == months {
				return r
			}
		}
		return contract.Reminder{}
	}
	early := holds("A", "C-1", tacit("2027-02-28", 0, months(3)), money.Amount{})
	dropped := p
	dropped.State = purchase.Dropped
	for _, row := range []struct {
		why      string
		p        purchase.Purchase
		held     proposal.Proposal
		months   int
		silenced bool
	}{
		{"six months before", p, mine, 6, true},
		{"a month before it is said all the same: no purchase gives notice", p, mine, 1, false},
		{"another contract of the family, which the purchase is not about", p, other, 6, false},
		{"B named none: the family decides", p, holds("B", "C-2", mine.Terms, money.Amount{}), 6, true},
		{"not a member", p, holds("C", "C-3", mine.Terms, money.Amount{}), 6, false},
		{"a term fifteen months before the common date is not answered", p, early, 3, false},
		{"what was dropped answers nothing", dropped, mine, 6, false},
	} {
		why, silenced := row.p.Silences(row.held, of(row.held, row.months))
		if silenced != row.silenced || silenced == why.IsZero() {
			t.Errorf("%s: %v %q", row.why, silenced, why.In(locale.French))
		}
	}
}

// TestSplit: 16 k€ a year is 64 k€ over four years, 10 k€ is 40 k€; the threshold is 60 k€.
func TestSplit(t *testing.T) {
	for _, row := range []struct {
		why  string
		held []proposal.Proposal
		want bool
	}{
		{"two of 40 k€ make 80", []proposal.Proposal{holds("A", "C-1", ends("2027-05-31"), yearly(10_000)), holds("B", "C-2", ends("2027-06-30"), yearly(10_000))}, true},
		{"two of 20 k€ make 40", []proposal.Proposal{holds("A", "C-1", ends("2027-05-31"), yearly(5_000)), holds("B", "C-2", ends("2027-06-30"), yearly(5_000))}, false},
		{"one that is above is not small", []proposal.Proposal{holds("A", "C-1", ends("2027-05-31"), yearly(16_000)), holds("B", "C-2", ends("2027-06-30"), yearly(10_000))}, false},
		{"an amount that nobody gave says nothing", []proposal.Proposal{holds("A", "C-1", ends("2027-05-31"), money.Amount{}), holds("B", "C-2", ends("2027-06-30"), yearly(14_000))}, false},
	} {
		hint, got := purchase.Default().Split(row.held, "telephony", day("2026-11-23"))
		if got != row.want || got && strings.Contains(hint.Why.In(locale.French), "⟨") {
			t.Errorf("%s: %v %s", row.why, got, hint.Why.In(locale.French))
		}
	}
}

// TestPicture draws what was found: one row a contract.
func TestPicture(t *testing.T) {
	held := []proposal.Proposal{
		holds("A", "C-1", tacit("2027-05-31", 2, months(3)), money.Amount{}), holds("B", "C-2", ends("2028-04-30"), money.Amount{}),
		holds("C", "C-3", ends("2031-06-30"), money.Amount{}), needs("D", "B-1", "2028-06-01", money.Amount{}),
	}
	c := purchase.Converge(held, purchase.Default(), day("2026-11-23"), day("2028-01-01"))
	picture := c.Picture("telephony", office)
	if len(picture.Rows) != 3 || picture.Target != c.Target {
		t.Fatalf("%+v", picture)
	}
	alt := picture.Alt(locale.French)
	for _, want := range []string{"Date commune", "Office A, C-1", "avenant jusqu’au", "ne peut pas se joindre"} {
		if !strings.Contains(alt, want) {
			t.Errorf("lacks %q: %s", want, alt)
		}
	}
}

// typed writes a sentence with the plain spaces of a keyboard.
func typed(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
