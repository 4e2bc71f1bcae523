package purchase_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

func amount(euros int64, period money.Period) money.Amount {
	return money.Amount{Cents: euros * 100, Period: period}
}

func express(end string, renewals int, notice contract.Notice) contract.Terms {
	t := tacit(end, renewals, notice)
	t.Renewal = contract.Express
	return t
}

func decided(p proposal.Proposal, kind contract.DecisionKind, term string) proposal.Proposal {
	p.Decision = contract.Decision{Kind: kind, Term: day(term)}
	return p
}

// TestConvergeByHand: each row can be worked on paper; on is 23 November 2026.
func TestConvergeByHand(t *testing.T) {
	none := money.Amount{}
	for _, row := range []struct {
		why       string
		notBefore string
		held      []proposal.Proposal
		target    string
		moves     string // organisation:kind:by, in order
	}{
		{
			"the same day: nothing to find", "",
			[]proposal.Proposal{holds("A", "C-1", ends("2027-12-31"), none), holds("B", "C-2", ends("2027-12-31"), none)},
			"2028-01-01", "A:let-end: B:let-end:",
		},
		{
			"a renewal of one leads to the end of the other", "",
			[]proposal.Proposal{holds("A", "C-1", tacit("2027-05-31", 2, months(3)), none), holds("B", "C-2", ends("2028-05-31"), none)},
			"2028-06-01", "A:give-notice:2028-02-29 B:let-end:",
		},
		{
			"both could leave in May: whoever ends in March signs an amendment of two months", "",
			[]proposal.Proposal{holds("A", "C-1", ends("2027-03-31"), none), holds("B", "C-2", tacit("2027-05-31", 2, months(3)), none)},
			"2027-06-01", "B:give-notice:2027-02-26 A:amend:2027-03-31",
		},
		{
			"notice of last week missed: the next end counts, a year later", "",
			[]proposal.Proposal{holds("A", "C-1", tacit("2027-02-15", 3, months(3)), none), holds("B", "C-2", tacit("2027-02-15", 3, months(2)), none)},
			"2028-02-16", "A:give-notice:2027-11-15 B:give-notice:2027-12-15",
		},
		{
			"express: somebody has to decide on the renewal, by a working day", "",
			[]proposal.Proposal{holds("A", "C-1", express("2027-05-31", 1, months(3)), none), holds("B", "C-2", ends("2028-05-31"), none)},
			"2028-06-01", "A:decide-renew:2027-02-26 B:let-end:",
		},
		{
			"nothing left to renew and too far apart: the one that is bound is no use to the other", "",
			[]proposal.Proposal{holds("A", "C-1", ends("2027-03-31"), none), holds("B", "C-2", ends("2030-03-31"), none)},
			"", "A:cannot: B:cannot:",
		},
		{
			"two of three: the one that is bound until 2031 is left out, the others do not wait four years", "",
			[]proposal.Proposal{holds("A", "C-1", tacit("2027-06-30", 9, months(3)), none), holds("B", "C-2", tacit("2027-06-30", 9, months(3)), none), holds("C", "C-3", ends("2031-06-30"), none)},
			"2027-07-01", "A:give-notice:2027-03-31 B:give-notice:2027-03-31 C:cannot:",
		},
		{
			"the first day on which a purchase is possible is respected", "2027-09-25",
			[]proposal.Proposal{holds("A", "C-1", tacit("2027-05-31", 2, months(3)), none), holds("B", "C-2", tacit("2027-05-31", 2, months(3)), none)},
			"2028-06-01", "A:give-notice:2028-02-29 B:give-notice:2028-02-29",
		},
		{
			"a need comes along; terms that nobody gave do not stand in the way", "",
			[]proposal.Proposal{holds("A", "C-1", ends("2027-05-31"), none), needs("B", "B-1", "2027-06-15", none), holds("C", "C-3", contract.Terms{}, none), holds("D", "C-4", ends("2026-05-31"), none)},
			"2027-06-01", "A:let-end: B:join-in: C:not-known: D:not-known:",
		},
		{
			"a holder who decided to give notice ends there, whatever renewals there were", "",
			[]proposal.Proposal{decided(holds("A", "C-1", tacit("2027-05-31", 5, months(3)), none), contract.Terminate, "2027-05-31"), holds("B", "C-2", ends("2028-05-31"), none)},
			"2027-06-01", "A:let-end: B:join-later:",
		},
		{
			"one organisation with two contracts is not two organisations", "",
			[]proposal.Proposal{holds("A", "C-1", ends("2027-05-31"), none), holds("A", "C-2", ends("2027-05-31"), none)},
			"", "A:cannot: A:cannot:",
		},
	} {
		c := purchase.Converge(row.held, purchase.Default(), day("2026-11-23"), day(row.notBefore))
		var moves []string
		for _, m := range c.Moves {
			moves = append(moves, m.Org+":"+string(m.Kind)+":"+m.By.String())
			if said := m.Text().In(locale.French) + m.Text().In(locale.English); strings.Contains(said, "⟨") || said == "" {
				t.Errorf("%s: %s", row.why, said)
			}
		}
		if got := strings.Join(moves, " "); c.Target.String() != row.target || got != row.moves {
			t.Errorf("%s:\n got %s  %s\nwant %s  %s", row.why, c.Target, got, row.target, row.moves)
		}
	}
}

// TestWhyNot: whoever cannot is told why.
func TestWhyNot(t *testing.T) {
	for _, row := range []struct {
		terms contract.Terms
		want  string
		why   string
	}{
		{ends("2031-06-30"), "engagé jusqu’au 30/06/2031", "bound too long"},
		{tacit("2025-01-31", 2, months(3)), "plus de reconduction après le 31/01/2027", "all renewals used, and two years of nothing is no amendment"},
		{express("2027-01-15", 3, months(3)), "pas de décision au 15/10/2026", "the day to decide has passed"},
		{contract.Terms{End: day("2027-01-31")}, "reconduction non connue", "nobody said whether it renews"},
		{contract.Terms{}, "échéance non connue", "nobody said when it ends"},
		{ends("2026-10-31"), "terminé depuis le 31/10/2026", "over"},
	} {
		held := []proposal.Proposal{
			holds("A", "C-1", ends("2029-02-28"), money.Amount{}), holds("B", "C-2", ends("2029-02-28"), money.Amount{}),
			holds("X", "C-9", row.terms, money.Amount{}),
		}
		c := purchase.Converge(held, purchase.Default(), day("2026-11-23"), day("2029-01-01"))
		last := c.Moves[len(c.Moves)-1]
		if got := last.Text().In(locale.French); last.Org != "X" || !strings.Contains(got, row.want) {
			t.Errorf("%s: %s %q lacks %q", row.why, last.Org, got, row.want)
		}
	}
}

// anyHeld draws contracts and needs as a circle has them.
func anyHeld(t *rapid.T) []proposal.Proposal {
	var all []proposal.Proposal
	for i := range rapid.IntRange(0, 5).Draw(t, "contracts") {
		org := rapid.SampledFrom([]string{"A", "B", "C", "D"}).Draw(t, "organisation")
		end := calendar.On(2026, 1, 1).AddDays(rapid.IntRange(0, 2000).Draw(t, "end"))
		ref := "C-" + string(rune('1'+i))
		var a money.Amount
		if rapid.Bool().Draw(t, "amount said") {
			a = yearly(int64(rapid.IntRange(1, 200).Draw(t, "k€")) * 1000)
		}
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			all = append(all, needs(org, "B-"+string(rune('1'+i)), end.String(), a))
		case 1:
			all = append(all, holds(org, ref, contract.Terms{}, a))
		case 2:
			all = append(all, holds(org, ref, ends(end.String()), a))
		default:
			terms := tacit(end.String(), rapid.IntRange(0, 4).Draw(t, "renewals"), months(rapid.IntRange(0, 6).Draw(t, "notice")))
			terms.Renewal = rapid.SampledFrom([]contract.Renewal{contract.Tacit, contract.Express}).Draw(t, "renewal")
			all = append(all, holds(org, ref, terms, a))
		}
	}
	return all
}

// TestConvergeHolds checks what is true of every convergence.
func TestConvergeHolds(t *testing.T) {
	rules, on := purchase.Default(), day("2026-11-23")
	rapid.Check(t, func(t *rapid.T) {
		all := anyHeld(t)
		notBefore := on.AddDays(rapid.IntRange(-10, 600).Draw(t, "not before"))
		c := purchase.Converge(all, rules, on, notBefore)
		if len(c.Moves) != len(all) {
			t.Fatalf("%d moves of %d contracts", len(c.Moves), len(all))
		}
		if !c.Target.IsZero() && (!c.Target.After(on) || c.Target.Before(notBefore)) {
			t.Fatalf("target %s, seen on %s, not before %s", c.Target, on, notBefore)
		}
		waiting, early := 0, 0
		for _, m := range c.Moves {
			waiting, early = waiting+m.Waiting, early+m.Early
			moveHolds(t, c, m, on)
		}
		if waiting != c.Waiting || early != c.Early {
			t.Fatalf("moves wait %d and owe %d, the whole %d and %d", waiting, early, c.Waiting, c.Early)
		}
		// The order in which contracts are listed changes nothing.
		turned := append([]proposal.Proposal(nil), all...)
		for i, j := 0, len(turned)-1; i < j; i, j = i+1, j-1 {
			turned[i], turned[j] = turned[j], turned[i]
		}
		ignore := cmpopts.IgnoreUnexported(purchase.Move{}, purchase.Candidate{})
		if diff := cmp.Diff(c, purchase.Converge(turned, rules, on, notBefore), ignore); diff != "" {
			t.Fatalf("the order counts:\n%s", diff)
		}
	})
}

func moveHolds(t *rapid.T, c purchase.Convergence, m purchase.Move, on calendar.Day) {
	switch {
	case !m.By.IsZero() && !calendar.Metropole.Working(m.By):
		t.Fatalf("to be done on %s, which is not worked", m.By)
	case !m.LastDay.IsZero() && m.LastDay.Before(on):
		t.Fatalf("notice until %s is past", m.LastDay)
	case m.Waiting < 0 || m.Bridged < 0 || m.Early < 0 || m.Bridged > 0 && m.Early > 0:
		t.Fatalf("%+v", m)
	case m.Kind == purchase.CannotMove || m.Kind == purchase.NotKnown || m.Kind == purchase.JoinIn:
		return
	case m.End.AddDays(m.Bridged-m.Early+1) != c.Target:
		t.Fatalf("ends on %s, %d days of amendment, %d owed: that is not %s", m.End, m.Bridged, m.Early, c.Target)
	}
}

// TestFeasibleHolds: whatever is asked, every sentence is written, the caveat is the last, and ways are shown where there is no time.
func TestFeasibleHolds(t *testing.T) {
	rules, on := purchase.Default(), day("2026-11-23")
	rapid.Check(t, func(t *rapid.T) {
		f := rules.Feasible(purchase.Question{On: on, Family: anyFamily.Draw(t, "family"), Needs: anyHeld(t)})
		for _, exact := range []bool{true, false} {
			lines := f.Lines(exact)
			if lines[len(lines)-1].Key != "purchase.feasibility.caveat" {
				t.Fatalf("no caveat")
			}
			for _, line := range append(lines, f.Summary(exact)) {
				for _, lang := range locale.Languages {
					if said := line.In(lang); strings.Contains(said, "⟨") || strings.Contains(said, "<no value>") {
						t.Fatalf("%s", said)
					}
				}
			}
		}
		if short := f.Time == purchase.Tight || f.Time == purchase.TooShort; short != (len(f.Alternatives) == 4) {
			t.Fatalf("%q with %d ways", f.Time, len(f.Alternatives))
		}
	})
}

// TestNoSumForPartners: what may be posted in the channel holds no amount of anybody's, and no side of a threshold on which one of them alone stands.
func TestNoSumForPartners(t *testing.T) {
	f := purchase.Default().Feasible(purchase.Question{On: day("2026-11-23"), Family: "telephony", Needs: []proposal.Proposal{
		holds("A", "C-1", ends("2027-03-31"), yearly(24_321)), holds("B", "C-2", ends("2027-03-31"), yearly(56_789)),
	}})
	var said strings.Builder
	for _, line := range append(f.Lines(false), f.Summary(false)) {
		said.WriteString(line.In(locale.English) + "\n")
	}
	for _, secret := range []string{"24,321", "56,789", "81,110", "324,440", "A: adapted", "B: formalised"} {
		if strings.Contains(said.String(), secret) {
			t.Errorf("says %q:\n%s", secret, said.String())
		}
	}
	// 15,000–40,000 and 40,000–90,000: what partners see of each already.
	if !strings.Contains(said.String(), "between €55,000 and €130,000") {
		t.Errorf("no band:\n%s", said.String())
	}
}
