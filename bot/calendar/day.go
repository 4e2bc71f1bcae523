// Package calendar knows days: civil dates without hour or zone, the French working days among them and the
// arithmetic that contracts need (months clamped to the month's end). It reads no clock: who needs "today"
// passes it in. Reading dates from people's sentences is the business of bot/when.
package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Day is a civil date. The zero Day means "no day"; two Days compare with ==.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// On returns the day of that year, month and number, normalised as time.Date does (31 February is 2 or 3 March).
// Use Exists first where a person typed the numbers.
func On(year int, month time.Month, day int) Day {
	return Of(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Of returns the day of the instant in the instant's own location.
func Of(t time.Time) Day {
	year, month, day := t.Date()
	return Day{year, month, day}
}

// Exists says whether the month has that day.
func Exists(year int, month time.Month, day int) bool {
	return month >= time.January && month <= time.December && day >= 1 && day <= DaysIn(year, month)
}

// DaysIn returns how many days the month has.
func DaysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// NotADay is the error of what was to be a day and is none: what stood there.
type NotADay string

func (e NotADay) Error() string {
	return fmt.Sprintf("%q is not a day written like 2027-05-31", string(e))
}

// Parse reads "2006-01-02". Its error is a NotADay.
func Parse(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, NotADay(s)
	}
	return Of(t), nil
}

// IsZero says whether d is "no day".
func (d Day) IsZero() bool { return d == Day{} }

// At returns the instant of that hour and minute of the day, in the location.
func (d Day) At(hour, minute int, in *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, in)
}

func (d Day) utc() time.Time { return d.At(0, 0, time.UTC) }

// AddDays moves by n days, backwards when n is negative.
func (d Day) AddDays(n int) Day { return Of(d.utc().AddDate(0, 0, n)) }

// AddMonths moves by n months and keeps the number of the day, clamped to the month's last:
// 31 May minus 3 months is 28 or 29 February.
func (d Day) AddMonths(n int) Day {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return Day{first.Year(), first.Month(), min(d.Day, DaysIn(first.Year(), first.Month()))}
}

// EndOfMonth returns the last day of d's month.
func (d Day) EndOfMonth() Day { return Day{d.Year, d.Month, DaysIn(d.Year, d.Month)} }

// IsEndOfMonth says whether d is the last day of its month.
func (d Day) IsEndOfMonth() bool { return d == d.EndOfMonth() }

// DaysUntil counts the days from d to e; negative when e is earlier.
func (d Day) DaysUntil(e Day) int { return int(e.utc().Sub(d.utc()).Hours() / 24) }

// Compare orders days: -1, 0 or +1. "No day" comes first.
func (d Day) Compare(e Day) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before says whether d comes before e.
func (d Day) Before(e Day) bool { return d.Compare(e) < 0 }

// After says whether d comes after e.
func (d Day) After(e Day) bool { return d.Compare(e) > 0 }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// ISOWeek returns the ISO 8601 year and week number.
func (d Day) ISOWeek() (year, week int) { return d.utc().ISOWeek() }

// String returns "2006-01-02", or "" for no day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText writes what String writes.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}
