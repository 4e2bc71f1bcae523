package match_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/match"
)

// anySide draws from few families, suppliers and days, so that pairs meet often.
func anySide(t *rapid.T, label string) match.Side {
	s := match.Side{
		Org:      rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, label+" organisation"),
		Kind:     rapid.SampledFrom([]intake.Kind{intake.Contract, intake.Contract, intake.Need, intake.Offer, intake.Nothing, ""}).Draw(t, label+" kind"),
		Family:   rapid.SampledFrom([]family.Code{"telephony", "telephony-fixed", "telephony-mobile", "internet-links", "printing", "other-it", "not-it", "nowhere", ""}).Draw(t, label+" family"),
		Object:   rapid.SampledFrom([]string{"", "standard", "remplacer Orange", "copieurs", "maintenance des copieurs", "Knox", "la poste", "sortir de SFR Business"}).Draw(t, label+" object"),
		Supplier: rapid.SampledFrom([]string{"", "Orange", "orange business", "SFR", "Samsung Knox", "La Poste", "."}).Draw(t, label+" supplier"),
	}
	if rapid.IntRange(0, 3).Draw(t, label+" in doubt") == 0 {
		s.Second = rapid.SampledFrom([]family.Code{"", "telephony-mobile", "printing"}).Draw(t, label+" second")
		s.Guessed = rapid.Bool().Draw(t, label+" guessed")
	}
	if rapid.Bool().Draw(t, label+" dated") {
		s.Date = calendar.On(2026, 1, 1).AddDays(rapid.IntRange(0, 1500).Draw(t, label+" day"))
	}
	return s
}

func TestBetweenHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anySide(t, "a"), anySide(t, "b")
		on := calendar.On(2026, 1, 1).AddDays(rapid.IntRange(0, 1500).Draw(t, "on"))
		holds(t, a, b, on)
	})
}

// holds checks what is true of every pair.
func holds(t interface {
	Helper()
	Fatalf(string, ...any)
}, a, b match.Side, on calendar.Day,
) {
	t.Helper()
	v := match.Between(a, b)
	if diff := cmp.Diff(v, match.Between(b, a)); diff != "" {
		t.Fatalf("the order of the sides counts:\n%s", diff)
	}
	switch {
	case len(v.Reasons) == 0:
		t.Fatalf("no reason for %+v and %+v", a, b)
	case v.Score < 0 || v.Score > 1:
		t.Fatalf("a score of %f", v.Score)
	case v.Match && a.Org == b.Org:
		t.Fatalf("one organisation is brought together with itself")
	case v.Match != (v.Score >= 0.5):
		t.Fatalf("match %v with a score of %f: who sorts by score must find the matches first", v.Match, v.Score)
	case v.Maybe && v.Match || v.Maybe != (v.Score >= match.MaybeFrom && v.Score < 0.5):
		t.Fatalf("match %v, maybe %v with a score of %f", v.Match, v.Maybe, v.Score)
	case v.Match && !family.Related(a.Family, b.Family):
		t.Fatalf("%q and %q are together", a.Family, b.Family)
	}
	day, ok := match.Due(a, b, on)
	switch {
	case ok && !v.Match:
		t.Fatalf("due without a match")
	case ok && day.Before(on):
		t.Fatalf("due on %s, before %s", day, on)
	case ok != day.After(calendar.Day{}):
		t.Fatalf("due %v on %q", ok, day)
	}
	if again, still := match.Due(a, b, day); ok && (!still || again != day) {
		t.Fatalf("on the day %s itself it is due on %s, %v", day, again, still)
	}
	// What is known later can only forbid: a date that is filled in never brings together two that stood apart, but for a
	// contract, which becomes something to replace.
	undated := a
	undated.Date = calendar.Day{}
	if (v.Match || v.Maybe) && a.Org == b.Org {
		t.Fatalf("an organisation and itself")
	}
	if v.Match && a.Kind != intake.Contract && !match.Between(undated, b).Match {
		t.Fatalf("a date brought them together: %+v and %+v", a, b)
	}
}
