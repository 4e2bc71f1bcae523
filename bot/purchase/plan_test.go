package purchase_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/purchase"
)

// TestPlanByHand counts a formal procedure back from 1 June 2027 on paper.
func TestPlanByHand(t *testing.T) {
	p := purchase.Default().Plan(purchase.Formal, "telephony", day("2027-06-01"), false)
	for i, want := range []struct{ name, from, until, why string }{
		{"collection", "2026-07-27", "2026-09-10", "45 days"},
		{"agreement", "2026-09-10", "2026-11-09", "60 days"},
		{"documents", "2026-11-09", "2026-12-24", "45 days"},
		{"publication", "2026-12-24", "2027-01-29", "35 days before 29 January are Friday 25 December, Christmas: the day before"},
		{"analysis", "2027-01-29", "2027-03-02", "30 days before 2 March are Sunday 31 January: the Friday before"},
		{"committee", "2027-03-02", "2027-03-12", "10 days"},
		{"standstill", "2027-03-12", "2027-03-25", "11 days before 25 March are Sunday the 14th: the Friday before"},
		{"notification", "2027-03-25", "2027-04-01", "7 days"},
		{"implementation", "2027-04-01", "2027-05-31", "60 days before 31 May are Thursday 1 April"},
	} {
		s := p.Steps[i]
		if string(s.Name) != want.name || s.From != day(want.from) || s.Until != day(want.until) {
			t.Errorf("%s %s to %s, want %s %s to %s: %s", s.Name, s.From, s.Until, want.name, want.from, want.until, want.why)
		}
	}
	for _, row := range []struct {
		on   string
		want purchase.Time
		why  string
	}{
		{"2026-07-27", purchase.InTime, "the day on which to begin"},
		{"2026-07-28", purchase.Tight, "a day late: only by hurrying"},
		{"2026-11-13", purchase.Tight, "the last day"},
		{"2026-11-16", purchase.TooShort, "the working day after"},
		{"2026-11-23", purchase.TooShort, "189 days before the term, where a joint tender takes 200 at the least"},
	} {
		if got := p.On(day(row.on)); got != row.want {
			t.Errorf("on %s %q, want %q: %s", row.on, got, row.want, row.why)
		}
	}
	if got := (purchase.Plan{}).On(day("2026-11-23")); got != purchase.NoDate {
		t.Errorf("no plan: %q", got)
	}
}

// TestStepsOfAFamily: an ERP takes a year and a half to bring into use, and what holds for a family holds for its children.
func TestStepsOfAFamily(t *testing.T) {
	own, err := purchase.Parse([]byte(strings.ReplaceAll(string(purchase.DefaultFile()), "family: housing-erp", "family: telephony")))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		rules  purchase.Rules
		family family.Code
		usual  int
		why    string
	}{
		{purchase.Default(), "housing-erp", 540, "its own"},
		{purchase.Default(), "telephony", 60, "the general one"},
		{own, "telephony", 540, "its own"},
		{own, "telephony-mobile", 540, "its parent's"},
		{own, "housing-erp", 60, "no longer its own"},
	} {
		steps := row.rules.Plan(purchase.Formal, row.family, day("2029-01-01"), false).Steps
		if last := steps[len(steps)-1]; last.Name != purchase.Implement || last.Usual != row.usual || len(steps) != 9 {
			t.Errorf("%s: %s takes %d days, the last of %d: %s", row.family, last.Name, last.Usual, len(steps), row.why)
		}
	}
}

var anyProcedure = rapid.SampledFrom([]purchase.Procedure{purchase.Small, purchase.Adapted, purchase.Formal, purchase.Framework})

var anyFamily = rapid.SampledFrom([]family.Code{"telephony", "telephony-fixed", "housing-erp", "printing", ""})

// TestPlanHolds checks what is true of every plan: working days, no gap, each step long enough, and a later start never means an earlier
// beginning.
func TestPlanHolds(t *testing.T) {
	rules := purchase.Default()
	rapid.Check(t, func(t *rapid.T) {
		procedure, code, alone := anyProcedure.Draw(t, "procedure"), anyFamily.Draw(t, "family"), rapid.Bool().Draw(t, "alone")
		start := calendar.On(2025, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "start"))
		p := rules.Plan(procedure, code, start, alone)
		if len(p.Steps) == 0 {
			t.Fatalf("no steps")
		}
		for i, s := range p.Steps {
			switch {
			case !calendar.Metropole.Working(s.From) || !calendar.Metropole.Working(s.Until):
				t.Fatalf("%s from %s to %s: not both are worked", s.Name, s.From, s.Until)
			case s.From.DaysUntil(s.Until) < s.Usual:
				t.Fatalf("%s takes %d days, has %d", s.Name, s.Usual, s.From.DaysUntil(s.Until))
			case i > 0 && p.Steps[i-1].Until != s.From:
				t.Fatalf("a gap before %s", s.Name)
			case s.Source == "":
				t.Fatalf("%s without a source", s.Name)
			case alone && (s.Name == purchase.CollectNeeds || s.Name == purchase.SignAgreement):
				t.Fatalf("%s of nobody else's", s.Name)
			}
		}
		if last := p.Steps[len(p.Steps)-1].Until; !last.Before(start) || p.Begin != p.Steps[0].From || p.LatestBegin.Before(p.Begin) {
			t.Fatalf("done on %s for %s, begun on %s, at the latest on %s", last, start, p.Begin, p.LatestBegin)
		}
		later := rules.Plan(procedure, code, start.AddDays(rapid.IntRange(1, 60).Draw(t, "later")), alone)
		if later.Begin.Before(p.Begin) || later.LatestBegin.Before(p.LatestBegin) {
			t.Fatalf("a later start begins earlier: %s and %s", p.Begin, later.Begin)
		}
	})
}

// TestEarliestIsFirst: it is possible on that day, and was not the day before.
func TestEarliestIsFirst(t *testing.T) {
	rules := purchase.Default()
	rapid.Check(t, func(t *rapid.T) {
		procedure, code := anyProcedure.Draw(t, "procedure"), anyFamily.Draw(t, "family")
		on := calendar.On(2025, 1, 1).AddDays(rapid.IntRange(0, 1500).Draw(t, "on"))
		first := rules.Earliest(procedure, code, on, false, false)
		if got := rules.Plan(procedure, code, first, false).On(on); got != purchase.InTime {
			t.Fatalf("%s: %q", first, got)
		}
		if got := rules.Plan(procedure, code, first.AddDays(-1), false).On(on); got == purchase.InTime {
			t.Fatalf("%s was not the first", first)
		}
		if hurried := rules.Earliest(procedure, code, on, false, true); hurried.After(first) {
			t.Fatalf("by hurrying on %s, else on %s", hurried, first)
		}
	})
}
