package intake

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/when"
)

// dating is the date that a text aims at, where it stands in bytes, and the start that it names.
type dating struct {
	day      calendar.Day
	start    calendar.Day
	from, to int
}

// readDate returns the date that the text aims at. ok is false when there is none; the start may be known all the same.
func readDate(s string, on calendar.Day) (d dating, ok bool) {
	for _, f := range when.Find(s, on) {
		switch {
		case f.Role == when.Meant && !ok:
			d.day, d.from, d.to, ok = f.Day, f.Start, f.End, true
		case f.Role == when.Beginning && d.start.IsZero():
			d.start = f.Day
		}
	}
	return d, ok
}
