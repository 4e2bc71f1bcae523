package contract_test

import (
	"testing"

	"sdcbot/bot/contract"
)

// TestAtPartlyKnown shows what is assumed where people left something out, and that it is marked.
func TestAtPartlyKnown(t *testing.T) {
	for _, row := range []struct {
		why     string
		terms   contract.Terms
		on      string
		state   contract.State
		term    string
		lastDay string
		end     string // ultimate
		assumed contract.Assumed
	}{
		{
			"nothing said: nothing known",
			contract.Terms{},
			"2026-11-23",
			contract.Unknown, "", "", "",
			contract.Assumed{},
		},
		{
			"a start alone does not say when it ends",
			contract.Terms{Start: day(t, "2024-01-01"), Renewal: contract.Tacit},
			"2026-11-23",
			contract.Unknown, "", "", "",
			contract.Assumed{},
		},
		{
			"a length without a start does not either",
			contract.Terms{Months: 36},
			"2026-11-23",
			contract.Unknown, "", "", "",
			contract.Assumed{},
		},
		{
			"the sentence that most people write: an end",
			contract.Terms{End: day(t, "2027-05-23")},
			"2026-11-23",
			contract.NoticeOpen, "2027-05-23", "2027-05-23", "",
			contract.Assumed{Renewal: true, Notice: true},
		},
		{
			"the same, on its last day",
			contract.Terms{End: day(t, "2027-05-23")},
			"2027-05-23",
			contract.NoticeOpen, "2027-05-23", "2027-05-23", "",
			contract.Assumed{Renewal: true, Notice: true},
		},
		{
			"the same, a day later: no renewal is made up",
			contract.Terms{End: day(t, "2027-05-23")},
			"2027-05-24",
			contract.Expired, "2027-05-23", "", "",
			contract.Assumed{Renewal: true, Notice: true},
		},
		{
			"an end without notice, said so",
			contract.Terms{End: day(t, "2027-05-23"), Notice: contract.Notice{Known: true}},
			"2026-11-23",
			contract.NoticeOpen, "2027-05-23", "2027-05-23", "",
			contract.Assumed{Renewal: true},
		},
		{
			"an end and a notice: nobody gives notice of what does not renew",
			contract.Terms{End: day(t, "2027-05-23"), Notice: months(3)},
			"2026-11-23",
			contract.NoticeOpen, "2027-05-23", "2027-02-23", "",
			contract.Assumed{Renewal: true, RenewalMonths: true, MaxRenewals: true},
		},
		{
			"a notice whose Known was left out counts as said",
			contract.Terms{End: day(t, "2027-05-23"), Notice: contract.Notice{Months: 3}},
			"2026-11-23",
			contract.NoticeOpen, "2027-05-23", "2027-02-23", "",
			contract.Assumed{Renewal: true, RenewalMonths: true, MaxRenewals: true},
		},
		{
			"renewable twice, kind not said: tacit (R2112-4)",
			contract.Terms{End: day(t, "2026-05-31"), MaxRenewals: new(2)},
			"2026-11-23",
			contract.NoticeOpen, "2027-05-31", "2027-05-31", "2028-05-31",
			contract.Assumed{Renewal: true, RenewalMonths: true, Notice: true},
		},
		{
			"renewable by 24 months, kind and number not said",
			contract.Terms{End: day(t, "2026-05-31"), RenewalMonths: 24},
			"2026-11-23",
			contract.NoticeOpen, "2028-05-31", "2028-05-31", "",
			contract.Assumed{Renewal: true, MaxRenewals: true, Notice: true},
		},
		{
			"no renewal possible, kind not said: that says it all",
			contract.Terms{End: day(t, "2027-05-31"), MaxRenewals: new(0)},
			"2026-11-23",
			contract.Ends, "2027-05-31", "", "2027-05-31",
			contract.Assumed{},
		},
		{
			"not renewable: the notice does not matter",
			contract.Terms{End: day(t, "2027-05-31"), Renewal: contract.None},
			"2026-11-23",
			contract.Ends, "2027-05-31", "", "2027-05-31",
			contract.Assumed{},
		},
		{
			"tacit and nothing else: it goes on by the year",
			contract.Terms{End: day(t, "2020-12-31"), Renewal: contract.Tacit},
			"2026-11-23",
			contract.NoticeOpen, "2026-12-31", "2026-12-31", "",
			contract.Assumed{RenewalMonths: true, MaxRenewals: true, Notice: true},
		},
		{
			"tacit by the month without limit, twenty years on",
			contract.Terms{Start: day(t, "2006-11-24"), Months: 1, Renewal: contract.Tacit, RenewalMonths: 1, Notice: contract.Notice{Days: 10, Known: true}},
			"2026-11-23",
			contract.NoticeMissed, "2026-11-23", "2026-11-13", "",
			contract.Assumed{MaxRenewals: true},
		},
		{
			"express and nothing else: a period that has begun was decided",
			contract.Terms{End: day(t, "2025-12-31"), Renewal: contract.Express, Notice: months(2)},
			"2026-11-23",
			contract.DecideMissed, "2026-12-31", "2026-10-31", "",
			contract.Assumed{RenewalMonths: true, MaxRenewals: true},
		},
		{
			"the written end wins over start and length",
			contract.Terms{Start: day(t, "2023-01-01"), Months: 48, End: day(t, "2027-06-30"), Renewal: contract.None},
			"2026-11-23",
			contract.Ends, "2027-06-30", "", "2027-06-30",
			contract.Assumed{},
		},
		{
			"a complete record without renewals has none",
			contract.Terms{End: day(t, "2027-06-30"), Renewal: contract.Tacit, Complete: true},
			"2026-11-23",
			contract.Ends, "2027-06-30", "", "2027-06-30",
			contract.Assumed{},
		},
		{
			"a complete record without notice has none, and nothing is assumed",
			contract.Terms{End: day(t, "2027-06-30"), Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(1), Complete: true},
			"2026-11-23",
			contract.NoticeOpen, "2027-06-30", "2027-06-30", "2028-06-30",
			contract.Assumed{},
		},
		{
			"lengths that nobody means: as if they were zero",
			contract.Terms{End: day(t, "2027-06-30"), Renewal: contract.Tacit, RenewalMonths: -12, MaxRenewals: new(1), Notice: contract.Notice{Months: -3}},
			"2026-11-23",
			contract.NoticeOpen, "2027-06-30", "2027-06-30", "2028-06-30",
			contract.Assumed{RenewalMonths: true, Notice: true},
		},
	} {
		got := contract.At(row.terms, day(t, row.on))
		if got.State != row.state || got.Term.String() != row.term || got.LastDay.String() != row.lastDay ||
			got.UltimateEnd.String() != row.end || got.Assumed != row.assumed {
			t.Errorf("%s:\n got %+v\nwant %s, term %s, last day %s, ultimately %s, %+v",
				row.why, got, row.state, row.term, row.lastDay, row.end, row.assumed)
		}
	}
}

// TestMistypedLengths keeps a slip of the finger from making a date that is no date.
func TestMistypedLengths(t *testing.T) {
	most := 1 << 62
	for _, terms := range []contract.Terms{
		{Start: day(t, "2026-01-01"), Months: 1 << 62, Renewal: contract.Tacit, RenewalMonths: 1 << 62, MaxRenewals: &most, Notice: months(1 << 62)},
		{End: day(t, "2026-12-31"), Renewal: contract.Tacit, RenewalMonths: 1, MaxRenewals: &most, Notice: contract.Notice{Days: 1 << 62}},
		{End: day(t, "2026-12-31"), Renewal: contract.Express, Notice: contract.Notice{Weeks: 1 << 62}},
	} {
		got := contract.At(terms, day(t, "2026-11-23"))
		if got.Term.Before(day(t, "2026-11-23")) || !got.LastDay.Before(got.Term) {
			t.Errorf("%+v: %+v", terms, got)
		}
	}
}
