package when

import (
	"time"

	"sdcbot/bot/calendar"
)

// period is a stretch of the calendar as it was said, the year perhaps left open: "mi-juin", "T2 2027", "le 31", "la semaine prochaine".
type period struct {
	grain Grain
	year  int // 0 when it was not said
	// n is which one of its year: the month, quarter, half-year, ISO week or season. Of a day it is the month. 0 means the
	// one under way when it is said ("fin du trimestre"), or for a day any month ("le 15").
	n   int
	day int
	// steps, when fixed is set, says how many away from the one under way: "le mois prochain" is 1, whatever else would fit.
	steps   int
	fixed   bool
	part    part
	week    int // "première semaine de mars": which seven days of the month, or lastOne
	weekday int // "vendredi"; with week, that day of it: "premier lundi de mars"
	// before asks for what comes before it: "avant mars" ends with February. by is the weaker "d'ici".
	before, by bool
	// lean is +1 for "mars prochain", not the one under way, and -1 for "mars dernier".
	lean int
	none bool // no such day
}

// part says which part of a period is meant.
type part int

const (
	whole part = iota
	atBeginning
	atMiddle
	atEnd
	throughout
	firstHalf
	secondHalf
)

// exactly is the period of one day.
func exactly(d calendar.Day) period {
	return period{grain: ToTheDay, year: d.Year, n: int(d.Month), day: d.Day}
}

// span is a first and a last day.
type span struct{ first, last calendar.Day }

// resolve finds the days that are meant by somebody who speaks on that day: the next ones to come, those under way included, or the
// last ones gone.
func (p period) resolve(on calendar.Day, gone bool) (span, bool) {
	if p.none {
		return span{}, false
	}
	if p.year != 0 {
		return p.in(p.year)
	}
	if p.fixed {
		return p.stepped(on, p.steps)
	}
	if gone || p.lean < 0 {
		for step := 1; step >= -9; step-- {
			if s, ok := p.stepped(on, step); ok && !s.first.After(on) && (p.lean == 0 || s.last.Before(on)) {
				return s, true
			}
		}
		return span{}, false
	}
	for step := -1; step <= 9; step++ {
		if s, ok := p.stepped(on, step); ok && !s.last.Before(on) && (p.lean == 0 || s.first.After(on)) {
			return s, true
		}
	}
	return span{}, false
}

// stepped is the period some steps away from the one under way: months for "le 15" or "fin du mois", years for "fin mars".
func (p period) stepped(on calendar.Day, steps int) (span, bool) {
	if p.n != 0 {
		return p.in(on.Year + steps)
	}
	switch {
	case p.weekday != 0 && p.week == 0:
		d := mondayOf(on).AddDays(7*steps + p.weekday - 1)
		return span{d, d}, true
	case p.grain == ToTheDay || p.grain == ToTheMonth:
		month := calendar.On(on.Year, on.Month+time.Month(steps), 1)
		p.n = int(month.Month)
		return p.in(month.Year)
	case p.grain == ToTheWeek:
		monday := mondayOf(on).AddDays(7 * steps)
		return p.partOf(span{monday, monday.AddDays(6)}), true
	case p.grain == ToTheQuarter:
		return p.nth(on.Year*4+(int(on.Month)-1)/3+steps, 4)
	case p.grain == ToTheHalf:
		return p.nth(on.Year*2+(int(on.Month)-1)/6+steps, 2)
	default:
		return p.in(on.Year + steps)
	}
}

// nth takes quarters or half-years counted from year 0.
func (p period) nth(count, perYear int) (span, bool) {
	p.n = count%perYear + 1
	return p.in(count / perYear)
}

// in is the period in that year, false where the year has none.
func (p period) in(year int) (span, bool) {
	var s span
	switch p.grain {
	case ToTheDay:
		if !calendar.Exists(year, time.Month(p.n), p.day) {
			return span{}, false
		}
		s.first = calendar.On(year, time.Month(p.n), p.day)
		s.last = s.first
	case ToTheWeek:
		if p.n > weeksIn(year) {
			return span{}, false
		}
		s.first = mondayOf(calendar.On(year, time.January, 4)).AddDays(7 * (p.n - 1))
		s.last = s.first.AddDays(6)
	case ToTheMonth:
		s = monthsOf(year, p.n, 1)
	case ToTheQuarter:
		s = monthsOf(year, 3*p.n-2, 3)
	case ToTheHalf:
		s = monthsOf(year, 6*p.n-5, 6)
	case ToTheYear:
		s = monthsOf(year, 1, 12)
	case ToTheSeason:
		s = seasons[p.n-1].in(year)
	}
	return p.partOf(s), true
}

// partOf narrows a span to the part that was said. The days are those of the conventions: the beginning of a month is its 10th, the
// middle its 15th, the beginning of a year its first quarter. The end of a part is always known best.
func (p period) partOf(s span) span {
	switch {
	case p.week > 0:
		s.first, s.last = s.first.AddDays(7*p.week-7), s.first.AddDays(7*p.week-1)
	case p.week == lastOne:
		s.first = s.last.AddDays(-6)
	}
	if p.weekday != 0 {
		s.first = mondayOf(s.last).AddDays(p.weekday - 1)
		if s.first.After(s.last) {
			s.first = s.first.AddDays(-7)
		}
		s.last = s.first
	}
	switch p.part {
	case atBeginning:
		s.last = beginning(p.grain, s)
	case atMiddle:
		s.last = middle(p.grain, s)
	case firstHalf:
		s.last = s.first.AddDays(14)
	case secondHalf:
		s.first = s.first.AddDays(15)
	case atEnd:
		s.first = s.last
	}
	switch before := p.before && p.part == whole && p.week == 0; {
	case p.grain == ToTheSeason && (before || p.by) && s.first != s.last:
		s.last = s.first // what must be done before the summer, or by the summer, is done when it begins
	case before && p.grain > ToTheDay && p.grain < ToTheSeason:
		s.last = s.first.AddDays(-1)
		s.first = s.last
	}
	return s
}

// beginning is the last day of what is called the beginning of a span.
func beginning(grain Grain, s span) calendar.Day {
	switch grain {
	case ToTheWeek:
		return s.first.AddDays(1)
	case ToTheMonth:
		return s.first.AddDays(9)
	case ToTheQuarter:
		return s.first.AddDays(14)
	case ToTheHalf:
		return s.first.EndOfMonth()
	case ToTheYear:
		return s.first.AddMonths(2).EndOfMonth()
	}
	return s.first.AddDays(min(20, s.first.DaysUntil(s.last)))
}

// middle is the same for its middle.
func middle(grain Grain, s span) calendar.Day {
	switch grain {
	case ToTheWeek:
		return s.first.AddDays(2)
	case ToTheMonth:
		return s.first.AddDays(14)
	case ToTheQuarter:
		return s.first.AddMonths(1).AddDays(14)
	case ToTheHalf:
		return s.first.AddMonths(2).EndOfMonth()
	case ToTheYear:
		return s.first.AddMonths(5).EndOfMonth()
	}
	return s.first.AddDays(s.first.DaysUntil(s.last) / 2)
}

func monthsOf(year, month, count int) span {
	return span{calendar.On(year, time.Month(month), 1), calendar.On(year, time.Month(month+count), 0)}
}

func mondayOf(d calendar.Day) calendar.Day { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// weeksIn counts the ISO weeks of a year: its last is the one that 28 December lies in.
func weeksIn(year int) int {
	_, week := calendar.On(year, time.December, 28).ISOWeek()
	return week
}
