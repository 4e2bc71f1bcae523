package contract_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sdcbot/bot/contract"
)

func TestReminders(t *testing.T) {
	phones := contract.Terms{Start: day(t, "2023-06-01"), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: new(2), Notice: months(3)}
	express := contract.Terms{Start: day(t, "2024-10-15"), Months: 36, Renewal: contract.Express, RenewalMonths: 12, MaxRenewals: new(1), Notice: months(3)}
	short := contract.Terms{Start: day(t, "2026-01-01"), Months: 6, Renewal: contract.Tacit, RenewalMonths: 3, MaxRenewals: new(6), Notice: months(4)}
	for _, row := range []struct {
		why   string
		terms contract.Terms
		on    string
		want  string // months before: day …, then the last day and the term
	}{
		{
			"from the last day to give notice, 28/02/2027, each on the working day before: Saturday, Friday, Friday, Saturday, Thursday", phones, "2026-11-23",
			"12:2026-02-27 9:2026-05-28 6:2026-08-28 3:2026-11-27 1:2027-01-28 | 2027-02-28 of 2027-05-31",
		},
		{
			"on the last day they are still about it", phones, "2027-02-28",
			"12:2026-02-27 9:2026-05-28 6:2026-08-28 3:2026-11-27 1:2027-01-28 | 2027-02-28 of 2027-05-31",
		},
		{
			"missed, one renewal to come: what is left to announce is the end", phones, "2027-03-01",
			"12:2027-05-31 9:2027-08-31 6:2027-11-30 3:2028-02-29 1:2028-04-28 | 2028-05-31 of 2028-05-31",
		},
		{
			"the last period just ends: they count from the term", phones, "2027-06-01",
			"12:2027-05-31 9:2027-08-31 6:2027-11-30 3:2028-02-29 1:2028-04-28 | 2028-05-31 of 2028-05-31",
		},
		{"over: none", phones, "2028-06-01", ""},
		{
			"missed in the firm period: the next decision is that of the renewal that begins", phones, "2026-03-01",
			"12:2026-02-27 9:2026-05-28 6:2026-08-28 3:2026-11-27 1:2027-01-28 | 2027-02-28 of 2027-05-31",
		},
		{
			"not renewable: from the term",
			contract.Terms{End: day(t, "2027-12-31"), Renewal: contract.None},
			"2026-11-23",
			"12:2026-12-31 9:2027-03-31 6:2027-06-30 3:2027-09-30 1:2027-11-30 | 2027-12-31 of 2027-12-31",
		},
		{
			"all that is known is an end: from that end",
			contract.Terms{End: day(t, "2027-05-23")},
			"2026-11-23",
			"12:2026-05-22 9:2026-08-21 6:2026-11-23 3:2027-02-23 1:2027-04-23 | 2027-05-23 of 2027-05-23",
		},
		{
			"express: from the last day to decide", express, "2026-11-23",
			"12:2026-07-13 9:2026-10-14 6:2027-01-14 3:2027-04-14 1:2027-06-14 | 2027-07-14 of 2027-10-14",
		},
		{
			"express, nobody decided: it ends with its period", express, "2027-07-15",
			"12:2026-10-14 9:2027-01-14 6:2027-04-14 3:2027-07-13 1:2027-09-14 | 2027-10-14 of 2027-10-14",
		},
		{
			"a notice longer than a renewal: the first decision that can still be taken, two periods ahead", short, "2026-12-15",
			"12:2026-02-27 9:2026-05-28 6:2026-08-28 3:2026-11-27 1:2027-01-28 | 2027-02-28 of 2027-06-30",
		},
		{"no end known: none", contract.Terms{Start: day(t, "2026-01-01")}, "2026-11-23", ""},
	} {
		if got := shown(contract.Reminders(row.terms, day(t, row.on))); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.why, got, row.want)
		}
	}
}

func shown(reminders []contract.Reminder) string {
	var b strings.Builder
	for i, r := range reminders {
		fmt.Fprintf(&b, "%d:%s ", r.Months, r.Day)
		if i == len(reminders)-1 {
			fmt.Fprintf(&b, "| %s of %s", r.LastDay, r.Term)
		}
	}
	return b.String()
}

func TestLatest(t *testing.T) {
	reminders := contract.Reminders(contract.Terms{End: day(t, "2027-12-31"), Renewal: contract.None}, day(t, "2026-11-23"))
	for _, row := range []struct {
		on   string
		want int
		why  string
	}{
		{"2026-12-30", 0, "none yet"},
		{"2026-12-31", 12, "the first, on its day"},
		{"2027-03-30", 12, "still the first"},
		{"2027-07-14", 6, "recorded late: the third alone, not three at once"},
		{"2027-12-31", 1, "the last"},
	} {
		got, ok := contract.Latest(reminders, day(t, row.on))
		if got.Months != row.want || ok != (row.want != 0) {
			t.Errorf("%s: %d months, %v, want %d: %s", row.on, got.Months, ok, row.want, row.why)
		}
	}
}

func TestDecisionSilences(t *testing.T) {
	reminders := contract.Reminders(contract.Terms{End: day(t, "2027-12-31"), Renewal: contract.None}, day(t, "2026-11-23"))
	term := reminders[0].Term
	for _, row := range []struct {
		kind contract.DecisionKind
		left string
		why  string
	}{
		{"", "12 9 6 3 1 ", "nothing decided"},
		{contract.Handled, "", "traité"},
		{contract.Renew, "", "on reconduit"},
		{contract.Terminate, "", "on dénonce"},
		{contract.Retender, "", "on remet en concurrence"},
		{contract.Pool, "", "on mutualise"},
		{contract.Later, "", "plus tard: the series stops too; /sdc moi and the digest keep it in sight"},
	} {
		decision := contract.Decision{Kind: row.kind, Term: term, By: "dsi-a", At: time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC)}
		left := ""
		for _, r := range reminders {
			if !decision.Silences(r) {
				left += fmt.Sprint(r.Months, " ")
			}
		}
		if left != row.left {
			t.Errorf("%s: left %q, want %q", row.why, left, row.left)
		}
		if decision.StopsReminders() != (row.kind != "") {
			t.Errorf("%s: StopsReminders is %v", row.why, decision.StopsReminders())
		}
	}
	earlier := contract.Decision{Kind: contract.Renew, Term: term.AddMonths(-12)}
	if earlier.Silences(reminders[0]) {
		t.Error("what was decided for one term must not silence the next")
	}
}
