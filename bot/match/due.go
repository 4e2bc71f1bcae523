package match

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/intake"
)

// monthsAhead is how early two contracts are spoken of: a joint purchase takes a year and a half from the first word to the
// signature, and before that nobody can decide.
const monthsAhead = 24

// Due says from which day a pair is to be spoken of, seen from the day on: at once if one side is a need or an offer, or if the
// first of two terms lies within 24 months; else on the day when it comes within 24 months. It is not ok when the pair does not
// match, or when a contract has ended. A need stays open after its wanted date: whoever still wants it has not withdrawn it.
//
// The day is a civil day, perhaps not a working one: hour and working day are decided above.
func Due(a, b Side, on calendar.Day) (day calendar.Day, ok bool) {
	if ended(a, on) || ended(b, on) || !find(a, b).match() {
		return calendar.Day{}, false
	}
	if a.Kind != intake.Contract || b.Kind != intake.Contract {
		return on, true
	}
	first, last := inOrder(a.Date, b.Date)
	if first.IsZero() {
		first = last // only one of the terms is known
	}
	if opens := first.AddMonths(-monthsAhead); opens.After(on) {
		return opens, true
	}
	return on, true
}

func ended(s Side, on calendar.Day) bool {
	return s.Kind == intake.Contract && !s.Date.IsZero() && s.Date.Before(on)
}
