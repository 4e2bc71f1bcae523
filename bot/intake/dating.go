package intake

import (
	"slices"

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
	found := when.Find(s, on)
	aim := slices.IndexFunc(found, func(f when.Found) bool { return f.Role == when.Meant })
	if aim >= 0 && found[aim].Day == on {
		// What somebody lacks today is not wanted today: "pas de GED aujourd'hui, il nous en faut une en 2027".
		if later := slices.IndexFunc(found, func(f when.Found) bool { return f.Role == when.Mention && on.Before(f.Day) }); later >= 0 {
			aim = later
		}
	}
	if aim >= 0 {
		d.day, d.from, d.to = found[aim].Day, found[aim].Start, found[aim].End
	}
	if begins := slices.IndexFunc(found, func(f when.Found) bool { return f.Role == when.Beginning }); begins >= 0 {
		d.start = found[begins].Day
	}
	return d, aim >= 0
}
