package intake

import "sdcbot/bot/calendar"

// dating is the date that a text aims at, and where it stands in bytes.
type dating struct {
	day      calendar.Day
	start    calendar.Day
	from, to int
}

var targetOf = func(s string, on calendar.Day) (dating, bool) { return dating{}, false }
