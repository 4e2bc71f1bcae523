package contract_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
)

// anyTerms draws terms as people record them, complete or not, and mostly of sensible lengths.
func anyTerms(t *rapid.T) contract.Terms {
	terms := contract.Terms{
		Renewal:       rapid.SampledFrom([]contract.Renewal{"", contract.Tacit, contract.Express, contract.None}).Draw(t, "renewal"),
		RenewalMonths: rapid.IntRange(0, 36).Draw(t, "renewal months"),
		Complete:      rapid.Bool().Draw(t, "complete"),
	}
	if rapid.Bool().Draw(t, "end written") {
		terms.End = anyDay(t, "end")
	} else {
		terms.Start = anyDay(t, "start")
		terms.Months = rapid.IntRange(0, 72).Draw(t, "months")
	}
	if rapid.Bool().Draw(t, "maximum said") {
		terms.MaxRenewals = new(rapid.IntRange(0, 12).Draw(t, "maximum"))
	}
	switch rapid.IntRange(0, 3).Draw(t, "notice unit") {
	case 1:
		terms.Notice = contract.Notice{Months: rapid.IntRange(0, 24).Draw(t, "notice"), Known: true}
	case 2:
		terms.Notice = contract.Notice{Weeks: rapid.IntRange(0, 60).Draw(t, "notice"), Known: true}
	case 3:
		terms.Notice = contract.Notice{Days: rapid.IntRange(0, 400).Draw(t, "notice"), Known: true}
	}
	return terms
}

// anyDay leans to the ends of months, where the rules differ.
func anyDay(t *rapid.T, label string) calendar.Day {
	d := calendar.On(2020, 1, 1).AddDays(rapid.IntRange(0, 365*16).Draw(t, label))
	if rapid.Bool().Draw(t, label+" at the end of its month") {
		return d.EndOfMonth()
	}
	return d
}

func TestAtHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { holds(t, anyTerms(t), anyDay(t, "on")) })
}

// holds checks what is true of every contract on every day.
func holds(t interface {
	Helper()
	Fatalf(string, ...any)
}, terms contract.Terms, on calendar.Day,
) {
	t.Helper()
	s := contract.At(terms, on)
	if s.State == contract.Unknown {
		if s != (contract.Situation{}) || contract.Reminders(terms, on) != nil {
			t.Fatalf("an unknown end gives no day: %+v", s)
		}
		return
	}
	if s.Term.Before(on) != (s.State == contract.Expired) {
		t.Fatalf("expired means past its term, and nothing else: %+v", s)
	}
	if !s.UltimateEnd.IsZero() && s.UltimateEnd.Before(s.Term) {
		t.Fatalf("no period ends after the ultimate end: %+v", s)
	}
	if s.State == contract.Expired {
		return
	}
	if !s.LastDay.IsZero() {
		open := s.State == contract.NoticeOpen || s.State == contract.DecideOpen
		switch {
		case s.LastDay.After(s.Term):
			t.Fatalf("the last day comes after the term: %+v", s)
		case s.ActBy != calendar.Metropole.WorkingOnOrBefore(s.LastDay):
			t.Fatalf("the day to act is the working day on or before the last day: %+v", s)
		case open == on.After(s.LastDay):
			t.Fatalf("it is open until the last day and no longer: %+v", s)
		}
	}
	if posted := (contract.Office{PostingDays: 3}).At(terms, on); posted.ActBy.After(s.ActBy) || posted.LastDay != s.LastDay || posted.State != s.State {
		t.Fatalf("the post makes one act earlier and changes nothing else: %+v, %+v", s, posted)
	}
	if end := contract.At(terms, s.Term); end.Term != s.Term || end.RenewalsDone != s.RenewalsDone {
		t.Fatalf("the last day of the period belongs to it: %+v, %+v", s, end)
	}
	tomorrow := contract.At(terms, on.AddDays(1))
	if tomorrow.Term.Before(s.Term) || tomorrow.RenewalsDone < s.RenewalsDone {
		t.Fatalf("time went back: %+v, tomorrow %+v", s, tomorrow)
	}
	if after := contract.At(terms, s.Term.AddDays(1)); s.State == contract.NoticeMissed && s.NextTerm.After(s.Term) &&
		(after.Term != s.NextTerm || after.LastDay != s.NextLastDay || after.ActBy != s.NextActBy) {
		t.Fatalf("the next period is not the one announced: %+v, then %+v", s, after)
	}
}

// TestNoDrift says that a period reached by renewals ends where one firm period of the whole length would.
func TestNoDrift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := anyTerms(t)
		terms.Start, terms.End, terms.Complete = anyDay(t, "first day"), calendar.Day{}, true
		s := contract.At(terms, anyDay(t, "on"))
		whole := contract.Terms{
			Start: terms.Start, Months: terms.Months + s.RenewalsDone*terms.RenewalMonths, Renewal: contract.None, Complete: true,
		}
		if once := contract.At(whole, terms.Start); once.Term != s.Term {
			t.Fatalf("%d renewals end on %s, in one go on %s", s.RenewalsDone, s.Term, once.Term)
		}
		if after := s.Term.AddDays(1); after.Day != terms.Start.Day && !s.Term.IsEndOfMonth() {
			t.Fatalf("started on the %d, ends on %s", terms.Start.Day, s.Term)
		}
	})
}

// TestNoLimitIsAHighLimit says that what nobody said of the number of renewals changes nothing before they run out.
func TestNoLimitIsAHighLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms, on := anyTerms(t), anyDay(t, "on")
		terms.Complete, terms.MaxRenewals = false, nil
		terms.Renewal = rapid.SampledFrom([]contract.Renewal{contract.Tacit, contract.Express}).Draw(t, "renewing")
		without := contract.At(terms, on)
		terms.MaxRenewals = new(1000)
		with := contract.At(terms, on)
		with.UltimateEnd, with.Assumed.MaxRenewals = without.UltimateEnd, without.Assumed.MaxRenewals
		if with != without {
			t.Fatalf("without a limit %+v\nwith one %+v", without, with)
		}
	})
}

func TestRemindersHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms, on := anyTerms(t), anyDay(t, "on")
		s := contract.At(terms, on)
		reminders := contract.Reminders(terms, on)
		if silent := s.State == contract.Expired || s.State == contract.Unknown; silent != (reminders == nil) {
			t.Fatalf("in state %q: %v", s.State, reminders)
		}
		for i, r := range reminders {
			switch {
			case !calendar.Metropole.Working(r.Day):
				t.Fatalf("%s is no working day", r.Day)
			case !r.Day.Before(r.LastDay):
				t.Fatalf("reminded on %s of %s", r.Day, r.LastDay)
			case r.LastDay.Before(on) || r.LastDay.After(r.Term) || r.Term.Before(s.Term):
				t.Fatalf("on %s, reminded of what is past: %+v", on, r)
			case i > 0 && r.Day.Before(reminders[i-1].Day):
				t.Fatalf("out of order: %v", reminders)
			}
		}
		if open := s.State == contract.NoticeOpen || s.State == contract.DecideOpen; open && reminders[0].LastDay != s.LastDay {
			t.Fatalf("open until %s, reminded of %s", s.LastDay, reminders[0].LastDay)
		}
	})
}

// TestExplainSaysEveryLine says that no line lacks its sentence or its data, in any language.
func TestExplainSaysEveryLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms, on := anyTerms(t), anyDay(t, "on")
		lines := contract.Explain(terms, on)
		if len(lines) == 0 {
			t.Fatal("nothing explained")
		}
		s := contract.At(terms, on)
		for _, lang := range locale.Languages {
			var page strings.Builder
			for _, line := range lines {
				page.WriteString(line.In(lang) + "\n")
			}
			if strings.ContainsAny(page.String(), "⟨<") {
				t.Fatalf("%s: a sentence or a datum is missing:\n%s", lang, page.String())
			}
			for _, d := range []calendar.Day{s.Term, s.LastDay, s.ActBy, s.NextTerm, s.NextLastDay, s.NextActBy} {
				if !d.IsZero() && !strings.Contains(page.String(), locale.Date(d, lang)) {
					t.Fatalf("%s: %s of %+v is not explained:\n%s", lang, d, s, page.String())
				}
			}
		}
	})
}
