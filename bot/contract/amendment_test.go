package contract_test

import (
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
)

func TestAmend(t *testing.T) {
	d := func(s string) calendar.Day { return day(t, s) }
	worked := contract.Terms{Start: d("2023-06-01"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)}
	for _, row := range []struct {
		terms                   contract.Terms
		on, end                 string
		term, lastDay, ultimate string
		ok                      bool
		why                     string
	}{
		{worked, "2026-11-23", "2027-12-31", "2027-12-31", "2027-09-30", "2028-12-31", true, "one renewal was used, one is left: counted from the new end"},
		{worked, "2027-06-01", "2028-12-31", "2028-12-31", "", "2028-12-31", true, "both were used: it just ends later"},
		{worked, "2026-11-23", "2027-02-28", "2027-02-28", "2026-11-30", "2028-02-29", true, "an amendment may shorten too"},
		{worked, "2026-11-23", "2026-11-22", "2027-05-31", "2027-02-28", "2028-05-31", false, "nobody amends into the past"},
		{contract.Terms{Renewal: contract.Tacit}, "2026-11-23", "2027-12-31", "", "", "", false, "there is no end to move"},
	} {
		amended, ok := contract.Amend(row.terms, d(row.on), d(row.end))
		s := contract.At(amended, d(row.on))
		if ok != row.ok || s.Term.String() != row.term || s.LastDay.String() != row.lastDay || s.UltimateEnd.String() != row.ultimate {
			t.Errorf("%s: %v %+v", row.why, ok, s)
		}
		if ok && (len(amended.Amendments) != 1 || len(row.terms.Amendments) != 0) {
			t.Errorf("%s: the amendment is kept in the new terms alone: %+v", row.why, amended.Amendments)
		}
	}
}
