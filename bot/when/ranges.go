package when

import (
	"time"

	"sdcbot/bot/calendar"
)

// daysOfOneMonth reads the two days of "du 12 au 26 juillet", "entre le 1er et le 15 mars 2027" and "12-16 July": the first has no month of its own.
func (r *reader) daysOfOneMonth(i int) int {
	j := r.skip(i, opens)
	opened := j > i
	j = r.skip(j, the)
	if r.at(j).weekday() != 0 {
		j++
	}
	first, k, _ := r.dayNumber(j)
	joint := r.at(k)
	if k == j || first < 1 || first > 31 || !joint.is(at|and) && joint.sign != '-' || joint.is(and) && !opened {
		return i
	}
	second := r.skip(k+1, the|at)
	if r.at(second).weekday() != 0 {
		second++
	}
	p, next := r.first(second, (*reader).dayAndMonth, (*reader).figures)
	if next == second || p.grain != ToTheDay || p.n == 0 {
		return i
	}
	opening := p
	opening.day = first
	if first > p.day { // "du 28 au 3 mars"
		before := calendar.On(max(p.year, 1), time.Month(p.n-1), 1)
		opening.n = int(before.Month)
		if p.year != 0 {
			opening.year = before.Year
		}
	}
	r.found = append(r.found,
		expression{from: i, to: k, period: opening},
		expression{from: second, to: next, period: p, ranged: true, between: joint.is(and)})
	return next
}

// endsRange says whether b ends a range that a opens: "du 1/8 au 20/8", "entre mars et mai", "2024-2027", "from March to June". In
// between, either may be the date.
func (r *reader) endsRange(a, b *expression) (ranged, between bool) {
	if a.period.before || a.period.by || a.period.none || a.ranged || b.from-a.to > 3 {
		return false, false
	}
	to, or := r.at(b.from).is(at), false
	for j := a.to; j < b.from; j++ {
		switch t := r.at(j); {
		case t.is(at) || t.sign == '-' || t.sign == '/' && a.period.grain == b.period.grain:
			to = true
		case t.is(and):
			or = true
		case !t.is(the | inside):
			return false, false
		}
	}
	k := a.from
	for !r.at(k).is(opens) && k > 0 && r.at(k-1).is(the|opens|lone|inside) {
		k--
	}
	opened := r.at(k).is(opens)
	switch {
	case to:
		return opened || a.period.grain == b.period.grain && a.period.grain >= ToTheMonth || a.to+1 == b.from && r.at(a.to).sign == '-', false
	case or:
		return opened && !r.at(k).is(of), true
	}
	return false, false
}

// resolveRange finds the days of a range's two ends together: the second is the first one to come after the first.
func resolveRange(a, b *expression, on calendar.Day) {
	switch {
	case a.period.year != 0:
		a.span, _ = a.period.resolve(on, false)
		b.span, _ = b.period.resolve(a.span.first, false)
	case b.period.year != 0:
		b.span, _ = b.period.resolve(on, false)
		a.span, _ = a.period.resolve(b.span.last, true)
	case a.period.n <= b.period.n && a.period.grain == b.period.grain && b.period.weekday == 0: // in one year, or under way
		b.span, _ = b.period.resolve(on, false)
		a.span, _ = a.period.resolve(b.span.last, true)
	default:
		a.span, _ = a.period.resolve(on, false)
		b.span, _ = b.period.resolve(a.span.first, false)
	}
}

// Range reads the days of an absence: "du 12 au 26 juillet", "jusqu'au 20/8", "demain", "cette semaine", "2 semaines à partir du
// 1/8", "from 1 Aug to 20 Aug". to is no day where none was said ("à partir du 1/8").
func Range(text string, on calendar.Day) (from, to calendar.Day, ok bool) {
	r := read(text, on)
	var dates []*expression
	var length Length
	for i := range r.found {
		switch e := &r.found[i]; {
		case e.period.none:
			return from, to, false
		case e.lasting:
			length = e.length
		case !e.span.last.IsZero():
			dates = append(dates, e)
		}
	}
	switch {
	case len(dates) == 0 && length.IsZero():
		return from, to, false
	case len(dates) == 0: // "pendant 2 semaines"
		return on, length.Last(on), true
	case !length.IsZero() && len(dates) == 1:
		return dates[0].span.first, length.Last(dates[0].span.first), true
	}
	first, last := dates[0], dates[len(dates)-1]
	from, to = first.span.first, last.span.last
	if to.Before(from) { // "lundi et mardi"
		later, _ := last.period.resolve(from, false)
		to = later.last
	}
	if first.period.year == 0 && last.period.year == 0 && len(dates) > 1 {
		// "du 20/12 au 10/1" said on 23 December is under way, though its first day has passed.
		if begun, over := from.AddMonths(-12), to.AddMonths(-12); !begun.After(on) && !over.Before(on) {
			from, to = begun, over
		}
	}
	if len(dates) == 1 {
		switch {
		case first.mark == starts || first.mark == began:
			return from, calendar.Day{}, true
		case first.mark == ends || first.period.by || !first.length.IsZero(): // "jusqu'au 20/8", "d'ici vendredi", "encore 3 jours"
			from = on
		}
	}
	return from, to, !to.Before(from)
}

// StartAndLength returns the start and the length of a contract where a text says both, whether or not it says the end as well.
func StartAndLength(text string, on calendar.Day) (start calendar.Day, length Length, ok bool) {
	for _, f := range Find(text, on) {
		switch {
		case f.Role == Beginning && start.IsZero():
			start = f.From
		case !f.Length.IsZero() && (f.Role == Lasting || f.Role == Meant && !f.From.IsZero()) && length.IsZero():
			length = f.Length
			if f.Role == Meant {
				start = f.From
			}
		}
	}
	return start, length, !start.IsZero() && !length.IsZero()
}
