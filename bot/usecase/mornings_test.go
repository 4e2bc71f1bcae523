package usecase_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/circle"
	"sdcbot/bot/usecase"
)

func zone(t *testing.T, name string) circle.Circle {
	t.Helper()
	in, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return circle.Circle{Zone: in}
}

func TestNextMorning(t *testing.T) {
	for _, test := range []struct{ zone, now, want, why string }{
		{"Europe/Paris", "2026-11-23T08:29:59+01:00", "2026-11-23T08:30:00+01:00", "a Monday, just before"},
		{"Europe/Paris", "2026-11-23T08:30:00+01:00", "2026-11-24T08:30:00+01:00", "at the very moment the next one is tomorrow's"},
		{"Europe/Paris", "2026-11-20T08:31:00+01:00", "2026-11-23T08:30:00+01:00", "a Friday: over the weekend"},
		{"Europe/Paris", "2026-11-22T12:00:00+01:00", "2026-11-23T08:30:00+01:00", "a Sunday"},
		{"Europe/Paris", "2026-12-24T12:00:00+01:00", "2026-12-28T08:30:00+01:00", "Christmas is a Friday"},
		{"Europe/Paris", "2027-03-26T12:00:00+01:00", "2027-03-30T08:30:00+02:00", "Easter, and summer time begins on its Sunday"},
		{"Europe/Paris", "2026-10-23T12:00:00+02:00", "2026-10-26T08:30:00+01:00", "summer time ends over the weekend"},
		{"Europe/Paris", "2028-04-28T12:00:00+02:00", "2028-05-02T08:30:00+02:00", "1 May is a Monday"},
		{"Europe/Paris", "2026-11-22T23:30:00Z", "2026-11-23T08:30:00+01:00", "it is Monday already in the circle's zone"},
		{"America/Martinique", "2026-11-23T12:00:00Z", "2026-11-23T08:30:00-04:00", "eight o'clock there"},
		{"Pacific/Noumea", "2026-11-20T20:00:00Z", "2026-11-23T08:30:00+11:00", "Saturday already there"},
	} {
		now, want := instant(t, test.now), instant(t, test.want)
		if got := usecase.NextMorning(zone(t, test.zone), now); !got.Equal(want) {
			t.Errorf("after %s in %s (%s): %s, want %s", test.now, test.zone, test.why, got.Format(time.RFC3339), test.want)
		}
	}
}

func TestLastMorning(t *testing.T) {
	for _, test := range []struct{ now, want, why string }{
		{"2026-11-23T08:29:59+01:00", "2026-11-20", "Monday's has not begun"},
		{"2026-11-23T08:30:00+01:00", "2026-11-23", "now it has"},
		{"2026-11-23T23:59:59+01:00", "2026-11-23", "until midnight"},
		{"2026-11-24T00:00:00+01:00", "2026-11-23", "and beyond"},
		{"2026-11-22T12:00:00+01:00", "2026-11-20", "a Sunday"},
		{"2026-12-25T12:00:00+01:00", "2026-12-24", "Christmas"},
		{"2027-03-29T12:00:00+02:00", "2027-03-26", "Easter Monday: Good Friday is worked"},
		{"2026-11-22T23:15:00Z", "2026-11-20", "Monday in the circle's zone, before the hour"},
	} {
		if got := usecase.LastMorning(zone(t, "Europe/Paris"), instant(t, test.now)); got.String() != test.want {
			t.Errorf("at %s (%s): %s, want %s", test.now, test.why, got, test.want)
		}
	}
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestDigestDue(t *testing.T) {
	for _, test := range []struct{ last, morning, monday, why string }{
		{"2026-11-20", "2026-11-23", "2026-11-23", "on Monday"},
		{"2026-11-23", "2026-11-24", "", "not on Tuesday"},
		{"2026-11-23", "2026-11-23", "", "not twice on a Monday"},
		{"2026-11-19", "2026-11-20", "", "not on an ordinary Friday"},
		{"2026-11-20", "2026-11-25", "2026-11-23", "the bot was down on Monday"},
		{"2026-11-23", "2026-12-16", "2026-12-14", "weeks missed together make one"},
		{"2027-03-25", "2027-03-26", "2027-03-29", "Easter Monday: on the Friday before"},
		{"2027-03-26", "2027-03-30", "", "and not again after Easter"},
		{"2027-03-25", "2027-03-30", "2027-03-29", "the bot was down on that Friday"},
		{"2028-04-27", "2028-04-28", "2028-05-01", "1 May on a Monday"},
		{"2028-12-21", "2028-12-22", "2028-12-25", "Christmas on a Monday"},
		{"2026-12-24", "2026-12-28", "2026-12-28", "Christmas on a Friday leaves Monday alone"},
		{"2027-05-13", "2027-05-14", "2027-05-17", "Whit Monday"},
		{"2026-10-23", "2026-10-26", "2026-10-26", "the Monday after the clock was put back"},
	} {
		monday, due := usecase.DigestDue(day(t, test.last), day(t, test.morning))
		if monday.String() != test.monday || due != (test.monday != "") {
			t.Errorf("from %s to %s (%s): %s (%v), want %s", test.last, test.morning, test.why, monday, due, test.monday)
		}
	}
}

// Whatever mornings a bot sees, each digest that it makes is of a later week than the one before, it is made on a working day, and
// never more than four days before its Monday.
func TestDigestsOfAnyMornings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := calendar.Metropole.WorkingOnOrBefore(calendar.On(2026, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "start")))
		var before calendar.Day
		made, first := 0, last
		for range rapid.IntRange(1, 20).Draw(t, "mornings") {
			morning := calendar.Metropole.WorkingOnOrAfter(last.AddDays(rapid.IntRange(1, 12).Draw(t, "days")))
			if monday, due := usecase.DigestDue(last, morning); due {
				made++
				if monday.Weekday() != time.Monday || !before.Before(monday) || morning.DaysUntil(monday) > 4 {
					t.Fatalf("on %s a digest of %s, after that of %s", morning, monday, before)
				}
				before = monday
			}
			last = morning
		}
		if whole := (first.DaysUntil(last) - 7) / 7 / 2; made < whole { // at most one in two is lost to the steps of twelve days
			t.Fatalf("%d digests from %s to %s", made, first, last)
		}
	})
}

func day(t *testing.T, s string) calendar.Day {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
