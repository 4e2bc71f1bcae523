package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
)

func day(t testing.TB, s string) calendar.Day {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestHoliday(t *testing.T) {
	for _, row := range []struct{ on, want, why string }{
		{"2027-01-01", "new-year", "fixed"},
		{"2027-03-29", "easter-monday", "Easter is on 28 March 2027"},
		{"2027-05-01", "labour-day", "a holiday even on a Saturday"},
		{"2027-05-08", "victory-day", "a holiday again since 1981, in our list for all years"},
		{"1979-05-08", "victory-day", "the same list every year, whatever the law said then"},
		{"2027-05-06", "ascension", "39 days after Easter, a Thursday"},
		{"2027-05-17", "whit-monday", "50 days after Easter"},
		{"2027-07-14", "national-day", "fixed"},
		{"2027-08-15", "assumption", "fixed"},
		{"2027-11-01", "all-saints", "fixed"},
		{"2027-11-11", "armistice", "fixed"},
		{"2027-12-25", "christmas", "fixed"},
		{"2008-05-01", "labour-day", "Ascension fell on 1 May: the first in the law is named"},
		{"2008-03-24", "easter-monday", "nearly the earliest Easter there is"},
		{"2038-04-26", "easter-monday", "the latest Easter there is"},
		{"2027-03-26", "", "Good Friday is worked outside Alsace-Moselle"},
		{"2027-12-26", "", "so is 26 December"},
		{"2027-05-07", "", "the bridge after Ascension is no holiday"},
		{"2027-03-28", "", "Easter Sunday itself is a Sunday, not a public holiday"},
	} {
		name, ok := calendar.Metropole.Holiday(day(t, row.on))
		if name != row.want || ok != (row.want != "") {
			t.Errorf("%s: %q, want %q: %s", row.on, name, row.want, row.why)
		}
	}
}

func TestHolidaysOfZones(t *testing.T) {
	for _, row := range []struct {
		zone          calendar.Zone
		on, want, why string
	}{
		{calendar.AlsaceMoselle, "2027-03-26", "good-friday", "two days before Easter, by local law"},
		{calendar.AlsaceMoselle, "2027-12-26", "saint-stephen", "the day after Christmas, by local law"},
		{calendar.AlsaceMoselle, "2027-05-27", "", "overseas only"},
		{calendar.Mayotte, "2027-04-27", "abolition", "each department has its day"},
		{calendar.Martinique, "2027-05-22", "abolition", "each department has its day"},
		{calendar.Guadeloupe, "2027-05-27", "abolition", "each department has its day"},
		{calendar.Guyane, "2027-06-10", "abolition", "each department has its day"},
		{calendar.Reunion, "2027-12-20", "abolition", "each department has its day"},
		{calendar.Reunion, "2027-05-27", "", "another department's day"},
		{calendar.Reunion, "2027-07-14", "national-day", "the common list counts everywhere"},
		{"nowhere", "2027-03-26", "", "an unknown zone has the common list"},
	} {
		if name, _ := (calendar.Calendar{Zone: row.zone}).Holiday(day(t, row.on)); name != row.want {
			t.Errorf("%s %s: %q, want %q: %s", row.zone, row.on, name, row.want, row.why)
		}
	}
}

func TestWorking(t *testing.T) {
	for _, row := range []struct{ on, before, after, why string }{
		{"2027-02-26", "2027-02-26", "2027-02-26", "a plain Friday is its own answer"},
		{"2027-02-28", "2027-02-26", "2027-03-01", "a Sunday"},
		{"2027-05-06", "2027-05-05", "2027-05-07", "Ascension: the bridge Friday is worked"},
		{"2027-05-17", "2027-05-14", "2027-05-18", "Whit Monday, after a week-end"},
		{"2027-05-01", "2027-04-30", "2027-05-03", "1 May on a Saturday is not made up for"},
		{"2028-12-25", "2028-12-22", "2028-12-26", "Christmas on a Monday; 26 December is worked"},
		{"2027-01-01", "2026-12-31", "2027-01-04", "across the year's end"},
	} {
		d := day(t, row.on)
		if got := calendar.Metropole.WorkingOnOrBefore(d).String(); got != row.before {
			t.Errorf("%s: worked on or before: %s, want %s: %s", row.on, got, row.before, row.why)
		}
		if got := calendar.Metropole.WorkingOnOrAfter(d).String(); got != row.after {
			t.Errorf("%s: worked on or after: %s, want %s: %s", row.on, got, row.after, row.why)
		}
	}
}

// TestEasterAgainstTheMoon compares with the Church's own way, by golden number and epact, for every year a contract could name.
func TestEasterAgainstTheMoon(t *testing.T) {
	for year := 1950; year <= 2150; year++ {
		golden, century := year%19+1, year/100+1
		gregorian := 3*century/4 - 12
		lunar := (8*century+5)/25 - 5
		sunday := 5*year/4 - gregorian - 10
		epact := ((11*golden+20+lunar-gregorian)%30 + 30) % 30
		if epact == 24 || epact == 25 && golden > 11 {
			epact++
		}
		full := 44 - epact
		if full < 21 {
			full += 30
		}
		want := calendar.On(year, time.March, full+7-(sunday+full)%7)
		if got := calendar.Easter(year); got != want || got.Weekday() != time.Sunday {
			t.Errorf("Easter %d: %s, want %s", year, got, want)
		}
	}
}

func TestWorkingProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.On(rapid.IntRange(1950, 2150).Draw(t, "year"), time.January, rapid.IntRange(1, 366).Draw(t, "day of the year"))
		before, after := calendar.Metropole.WorkingOnOrBefore(d), calendar.Metropole.WorkingOnOrAfter(d)
		if !calendar.Metropole.Working(before) || !calendar.Metropole.Working(after) {
			t.Fatalf("%s: %s or %s is not worked", d, before, after)
		}
		if before.After(d) || after.Before(d) || (before == d) != calendar.Metropole.Working(d) || (before == d) != (after == d) {
			t.Fatalf("%s lies between %s and %s", d, before, after)
		}
		if before.DaysUntil(after) > 5 {
			t.Fatalf("no office in France closes for more than four days running: %s to %s", before, after)
		}
	})
}

// TestElevenHolidays counts them, so that one moved onto another by a wrong rule cannot hide.
func TestElevenHolidays(t *testing.T) {
	for year := 1950; year <= 2150; year++ {
		names := map[string]bool{}
		for d := calendar.On(year, time.January, 1); d.Year == year; d = d.AddDays(1) {
			if name, ok := calendar.Metropole.Holiday(d); ok {
				names[name] = true
			}
		}
		easter := calendar.Easter(year)
		together := easter.AddDays(39) == calendar.On(year, time.May, 1) || easter.AddDays(39) == calendar.On(year, time.May, 8)
		if want := 11; len(names) != want && !(together && len(names) == want-1) {
			t.Errorf("%d has %d holidays", year, len(names))
		}
	}
}
