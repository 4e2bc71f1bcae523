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
	return find(a, b).due(sides{a, b}, on)
}

// Due says the same of what an index found, without judging it again.
func (n *Near) Due(on calendar.Day) (day calendar.Day, ok bool) { return n.finding.due(n.sides, on) }

func (f finding) due(s sides, on calendar.Day) (day calendar.Day, ok bool) {
	if !f.match() || ended(s.a, on) || ended(s.b, on) {
		return calendar.Day{}, false
	}
	return opens(s.a, s.b, on), true
}

// Due returns the keys of the items that match a newcomer and are to be spoken of on the day on, in no order, without weighing which comes closest.
func (x *Index) Due(newcomer Side, on calendar.Day) (keys []string) {
	q := x.ask(newcomer, 0, nil)
	q.each = func(r *record, f finding) {
		if day, ok := f.due(sides{newcomer, x.side(*r)}, on); ok && !day.After(on) {
			keys = append(keys, x.items[r.slot].key)
		}
	}
	q.visitAll()
	return keys
}

// Opened says whether a term came within reach after one day and by another: a pair whose terms did not move is due on the second and was not on the first
// only if one of its terms did.
func Opened(term, after, by calendar.Day) bool {
	opens := term.AddMonths(-monthsAhead)
	return !term.IsZero() && opens.After(after) && !opens.After(by)
}

// opens is the day from which two sides that match are spoken of, the day on at the earliest.
func opens(a, b Side, on calendar.Day) calendar.Day {
	if a.Kind != intake.Contract || b.Kind != intake.Contract {
		return on
	}
	first, last := inOrder(a.Date, b.Date)
	if first.IsZero() {
		first = last // only one of the terms is known
	}
	if opens := first.AddMonths(-monthsAhead); opens.After(on) {
		return opens
	}
	return on
}

func ended(s Side, on calendar.Day) bool {
	return s.Kind == intake.Contract && !s.Date.IsZero() && s.Date.Before(on)
}
