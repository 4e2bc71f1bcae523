package contract_test

import (
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
)

// FuzzAt gives At numbers as a chat lets people type them.
func FuzzAt(f *testing.F) {
	f.Add("2023-06-01", 36, "", "tacit", 12, 2, true, 3, 0, 0, false, "2026-11-23")
	f.Add("", 0, "2027-05-23", "", 0, 0, false, 0, 0, 90, false, "2026-11-23")
	f.Add("2026-01-31", 1, "", "express", 1, 1<<62, true, 0, 1<<62, 0, true, "9999-12-31")
	f.Add("0001-01-01", -5, "", "tacit", 0, 0, false, 0, 0, 0, false, "9999-12-31")
	f.Fuzz(func(t *testing.T, start string, months int, end, renewal string, every, most int, mostSaid bool, noticeMonths, noticeWeeks, noticeDays int, complete bool, on string) {
		terms := contract.Terms{
			Months: months, Renewal: contract.Renewal(renewal), RenewalMonths: every, Complete: complete,
			Notice: contract.Notice{Months: noticeMonths, Weeks: noticeWeeks, Days: noticeDays},
		}
		if mostSaid {
			terms.MaxRenewals = &most
		}
		var day calendar.Day
		for _, field := range []struct {
			day  *calendar.Day
			text string
		}{{&terms.Start, start}, {&terms.End, end}, {&day, on}} {
			if err := field.day.UnmarshalText([]byte(field.text)); err != nil {
				t.Skip(err)
			}
		}
		holds(t, terms, day)
		contract.Explain(terms, day)
	})
}

// BenchmarkAt reads the published cases: what a list of 400 contracts costs is 400 of these.
func BenchmarkAt(b *testing.B) {
	cases := readNoticeCases(b, "testdata/notice.jsonl")
	for i := 0; b.Loop(); i++ {
		c := &cases[i%len(cases)]
		contract.At(c.terms(), c.Input.On)
	}
}

func BenchmarkReminders(b *testing.B) {
	cases := readNoticeCases(b, "testdata/notice.jsonl")
	for i := 0; b.Loop(); i++ {
		c := &cases[i%len(cases)]
		contract.Reminders(c.terms(), c.Input.On)
	}
}
