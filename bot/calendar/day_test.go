package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
)

func TestAddMonths(t *testing.T) {
	for _, row := range []struct {
		from   string
		months int
		want   string
		why    string
	}{
		{"2027-05-31", -3, "2027-02-28", "clamped to the month's last day"},
		{"2028-05-31", -3, "2028-02-29", "… of a leap year"},
		{"2027-11-30", 3, "2028-02-29", "over the year's end"},
		{"2024-02-29", 12, "2025-02-28", "a leap day's anniversary"},
		{"2027-01-31", 0, "2027-01-31", "nothing"},
		{"2026-11-23", 6, "2027-05-23", "plain"},
	} {
		if got := day(t, row.from).AddMonths(row.months).String(); got != row.want {
			t.Errorf("%s and %d months: %s, want %s: %s", row.from, row.months, got, row.want, row.why)
		}
	}
}

func TestDayAsText(t *testing.T) {
	for _, s := range []string{"2027-05-31", "2028-02-29", ""} {
		var d calendar.Day
		if err := json.Unmarshal([]byte(`"`+s+`"`), &d); err != nil || d.String() != s || d.IsZero() != (s == "") {
			t.Errorf("%q is read as %q, %v", s, d, err)
		}
	}
	for _, s := range []string{"31/05/2027", "2027-02-29", "2027-5-31", "demain"} {
		if d, err := calendar.Parse(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
}

func TestDayArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.On(rapid.IntRange(1950, 2150).Draw(t, "year"), time.January, rapid.IntRange(1, 366).Draw(t, "day of the year"))
		days, months := rapid.IntRange(-40000, 40000).Draw(t, "days"), rapid.IntRange(-600, 600).Draw(t, "months")
		e := d.AddDays(days)
		if d.DaysUntil(e) != days || e.AddDays(-days) != d || d.Before(e) != (days > 0) || d.After(e) != (days < 0) {
			t.Fatalf("%s and %d days is %s", d, days, e)
		}
		if m := d.AddMonths(months); m.Day > d.Day || !calendar.Exists(m.Year, m.Month, m.Day) || m.Day < d.Day && !m.IsEndOfMonth() {
			t.Fatalf("%s and %d months is %s", d, months, m)
		}
	})
}
