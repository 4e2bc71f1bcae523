package contract_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
)

var update = flag.Bool("update", false, "write the golden files anew")

func day(t testing.TB, s string) calendar.Day {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestExplain writes the calculation of each case in both languages, to be read in testdata/explain.golden.
func TestExplain(t *testing.T) {
	d := func(s string) calendar.Day { return day(t, s) }
	var page strings.Builder
	for _, c := range []struct {
		why    string
		terms  contract.Terms
		on     string
		office contract.Office
	}{
		{
			"the worked example: one renewal done, the last day is a Sunday",
			contract.Terms{Start: d("2023-06-01"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)},
			"2026-11-23",
			contract.Office{},
		},
		{
			"the same, the day after: too late, and one renewal to come",
			contract.Terms{Start: d("2023-06-01"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)},
			"2027-03-01",
			contract.Office{},
		},
		{
			"missed in the firm period: the next last day counts, a Sunday too",
			contract.Terms{Start: d("2023-06-01"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)},
			"2026-05-31",
			contract.Office{},
		},
		{
			"a notice longer than a renewal: the next deadline has passed too, and the first open one is told",
			contract.Terms{End: d("2027-05-31"), Renewal: contract.Tacit, RenewalMonths: 12, Notice: months(40)},
			"2026-11-23",
			contract.Office{},
		},
		{
			"no renewal left",
			contract.Terms{Start: d("2023-06-01"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)},
			"2027-06-01",
			contract.Office{},
		},
		{
			"over",
			contract.Terms{Start: d("2023-06-01"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)},
			"2028-06-01",
			contract.Office{},
		},
		{
			"all that people often say: an end",
			contract.Terms{End: d("2027-05-23")},
			"2026-11-23",
			contract.Office{},
		},
		{
			"an end and a notice: renewals are implied",
			contract.Terms{End: d("2027-05-23"), Notice: months(3)},
			"2026-11-23",
			contract.Office{},
		},
		{
			"tacit, and nothing else: it goes on by the year",
			contract.Terms{End: d("2024-12-31"), Renewal: contract.Tacit},
			"2026-11-23",
			contract.Office{},
		},
		{
			"not renewable",
			contract.Terms{End: d("2027-05-31"), Renewal: contract.None, Notice: months(3)},
			"2026-11-23",
			contract.Office{},
		},
		{
			"express, still to be decided, by a day that is a holiday",
			contract.Terms{Start: d("2024-10-15"), Months: 36, Renewal: contract.Express, RenewalMonths: 12, MaxRenewals: new(1), Notice: months(3)},
			"2026-11-23",
			contract.Office{},
		},
		{
			"express, nobody decided",
			contract.Terms{Start: d("2024-10-15"), Months: 36, Renewal: contract.Express, RenewalMonths: 12, MaxRenewals: new(1), Notice: months(3)},
			"2027-07-15",
			contract.Office{},
		},
		{
			"express without a word on the delay",
			contract.Terms{End: d("2027-05-31"), Renewal: contract.Express, RenewalMonths: 24},
			"2026-11-23",
			contract.Office{},
		},
		{
			"a Saturday behind Christmas: two reasons to act on the Thursday",
			contract.Terms{Start: d("2024-02-27"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(1), Notice: months(2)},
			"2026-11-23",
			contract.Office{},
		},
		{
			"the eve of the term's anniversary falls in a short month",
			contract.Terms{Start: d("2024-05-31"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)},
			"2026-11-23",
			contract.Office{},
		},
		{
			"by the month from the 31st, in days, nine renewals done",
			contract.Terms{Start: d("2026-01-31"), Months: 1, Renewal: contract.Tacit, RenewalMonths: 1, MaxRenewals: new(11), Notice: contract.Notice{Days: 1, Known: true}},
			"2026-11-23",
			contract.Office{},
		},
		{
			"the first month from the 31st: February has none",
			contract.Terms{Start: d("2026-01-31"), Months: 1, Renewal: contract.Tacit, RenewalMonths: 1, MaxRenewals: new(11), Notice: contract.Notice{Weeks: 1, Known: true}},
			"2026-02-10",
			contract.Office{},
		},
		{
			"the end of February stays the end of February",
			contract.Terms{Start: d("2023-03-01"), End: d("2026-02-28"), Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(4), Notice: contract.Notice{Known: true}},
			"2028-01-10",
			contract.Office{},
		},
		{
			"a firm period of no length",
			contract.Terms{Start: d("2026-09-01"), Renewal: contract.Tacit, RenewalMonths: 6, MaxRenewals: new(2), Notice: contract.Notice{Weeks: 6, Known: true}, Complete: true},
			"2026-11-23",
			contract.Office{},
		},
		{
			"only a start",
			contract.Terms{Start: d("2026-09-01")},
			"2026-11-23",
			contract.Office{},
		},
		{
			"two days for the post, which lead into Good Friday where it is a holiday",
			contract.Terms{End: d("2027-06-28"), Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)},
			"2026-11-23",
			contract.Office{Calendar: calendar.Calendar{Zone: calendar.AlsaceMoselle}, PostingDays: 2},
		},
		{
			"the day of sending counts: the post takes nothing",
			contract.Terms{End: d("2027-06-28"), Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: contract.Notice{Months: 3, Known: true, Sent: true}},
			"2026-11-23",
			contract.Office{PostingDays: 2},
		},
	} {
		fmt.Fprintf(&page, "# %s\n", c.why)
		for _, lang := range locale.Languages {
			fmt.Fprintf(&page, "[%s, on %s]\n", lang, c.on)
			for _, line := range c.office.Explain(c.terms, day(t, c.on)) {
				fmt.Fprintln(&page, line.In(lang))
			}
		}
		page.WriteString("\n")
	}
	const golden = "testdata/explain.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), page.String()); diff != "" {
		t.Errorf("run with -update and read what changed (-want +got):\n%s", diff)
	}
}

func months(n int) contract.Notice { return contract.Notice{Months: n, Known: true} }
