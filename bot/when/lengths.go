package when

import "sdcbot/bot/calendar"

// Length is a length of time, in the units in which it was said, years being twelve months and halves of units made whole
// where they can be: "un an et demi" is 18 months, "un mois et demi" a month and 15 days.
type Length struct{ Months, Weeks, Days int }

// IsZero says whether nothing was said.
func (l Length) IsZero() bool { return l == Length{} }

// After returns the day that long after d.
func (l Length) After(d calendar.Day) calendar.Day {
	return d.AddMonths(l.Months).AddDays(7*l.Weeks + l.Days)
}

// Last returns the last day of what begins on a day and lasts that long: the day before the anniversary, or the month's last
// day where the anniversary's month is too short.
func (l Length) Last(start calendar.Day) calendar.Day {
	anniversary := start.AddMonths(l.Months)
	if l.Weeks == 0 && l.Days == 0 && anniversary.Day < start.Day {
		return anniversary
	}
	return l.After(start).AddDays(-1)
}

// gone returns the day that long before d.
func (l Length) gone(d calendar.Day) calendar.Day {
	return d.AddMonths(-l.Months).AddDays(-7*l.Weeks - l.Days)
}

// grain says how finely a date was said by its distance.
func (l Length) grain() Grain {
	switch {
	case l.Months > 0:
		return ToTheMonth
	case l.Weeks > 0:
		return ToTheWeek
	}
	return ToTheDay
}

// of makes the length of so many units, and a half if there was one.
func (u unit) of(n int, andHalf bool) Length {
	half := 0
	if andHalf {
		half = 1
	}
	switch u {
	case hours:
		return Length{Days: (n + 12) / 24}
	case days:
		return Length{Days: n}
	case weeks:
		return Length{Weeks: n, Days: 3 * half}
	case months:
		return Length{Months: n, Days: 15 * half}
	case quarters:
		return Length{Months: 3 * n}
	case halves:
		return Length{Months: 6*n + 3*half}
	}
	return Length{Months: 12*n + 6*half}
}

// length reads "6 mois", "dix-huit mois", "2 à 3 mois" (the longer), "un an et demi", "1,5 an", "1 an et 3 mois", "a year and a half",
// "une quinzaine de jours". unit is the longest one said.
func (r *reader) length(i int) (l Length, unit unit, next int) {
	n, j, andHalf := r.count(i)
	if j == i {
		return Length{}, noUnit, i
	}
	lots := r.at(j - 1).is(lot)
	k := r.skip(j, size|comingFew|still)
	if lots {
		k = r.skip(k, of)
	} else if r.at(r.hyphen(k)).unit() != noUnit { // "three-year"
		k = r.hyphen(k)
	}
	unit = r.at(k).unit()
	switch {
	case unit == noUnit && lots && r.at(j-1).is(fortnightly) || unit == noUnit && lots && (n == 8 || n == 14):
		return Length{Days: n}, days, j // "sous quinzaine"
	case unit == noUnit, r.at(i).is(single) && !r.at(k).is(english) && !lots:
		return Length{}, noUnit, i
	}
	next = r.skip(k+1, size|comingFew)
	if r.at(r.hyphen(next)).is(man) {
		return Length{}, noUnit, i // a workload
	}
	if halved, after := r.andHalf(next); halved {
		andHalf, next = true, after
	}
	l = unit.of(n, andHalf)
	if more, smaller, after := r.rest(next, unit); smaller != noUnit {
		l.Months, l.Weeks, l.Days, next = l.Months+more.Months, l.Weeks+more.Weeks, l.Days+more.Days, after
	}
	return l, unit, next
}

// count reads how many units there are, the larger of two, and a half that belongs to the number.
func (r *reader) count(i int) (n, next int, andHalf bool) {
	read := func(i int) (int, int) {
		if r.at(i).is(single) {
			return 1, i + 1
		}
		return r.cardinal(i)
	}
	if r.at(i).is(half) && r.at(i+1).is(single) { // "half a year"
		return 0, i + 2, true
	}
	n, next = read(i)
	if next == i {
		if n = r.at(i).cardinal(); n == 0 { // a lot without "une"
			return 0, i, false
		}
		next = i + 1
	}
	indefinite := r.at(i).is(single)
	if t := r.at(next); t.is(lot) && (indefinite || n == 1) || t.cardinal() == 2 && indefinite { // "une dizaine", "a couple of"
		return t.cardinal(), r.skip(next+1, of), false
	}
	if s := r.at(next); s.is(at|orElse) || s.sign == '-' || s.sign == '/' || s.is(and) && r.at(i-1).is(opens) {
		if more, after := read(next + 1); after > next+1 && more > n {
			return more, after, false
		}
	} else if more, after := r.cardinal(next); after > next && more > n && s.digits == 0 { // "deux trois mois"
		return more, after, false
	}
	if s := r.at(next); (s.sign == ',' || s.sign == '.') && s.glued && r.at(next+1).number == 5 && r.at(next+1).digits == 1 {
		return n, next + 2, true
	}
	if halved, after := r.andHalf(next); halved {
		return n, after, true
	}
	return n, next, false
}

// one says whether the English article counts: "in a year", "in a couple of months", where French has "à".
func (r *reader) one(i int) bool {
	after := r.at(i + 1)
	return r.at(i).is(single) && (after.unit() != noUnit && after.is(english) || after.is(lot) || after.cardinal() == 2)
}

// andHalf reads "et demi", "and a half" and "1/2".
func (r *reader) andHalf(i int) (bool, int) {
	j := r.skip(i, and)
	if r.at(j).number == 1 && r.at(j+1).sign == '/' && r.at(j+2).number == 2 { // "1 an 1/2"
		return true, j + 3
	}
	if j == i {
		return false, i
	}
	j = r.skip(j, single)
	if r.at(j).is(half) {
		return true, j + 1
	}
	return false, i
}

// rest reads the months of "1 an et 6 mois", but not the notice of "1 an, 3 mois de préavis".
func (r *reader) rest(i int, than unit) (Length, unit, int) {
	j := r.skip(i, and)
	n, next := r.cardinal(j)
	unit := r.at(next).unit()
	if next == j || unit == noUnit || unit >= than || than < months || unit < days || r.at(r.skip(next+1, of)).says(warns) {
		return Length{}, noUnit, i
	}
	return unit.of(n, false), unit, next + 1
}

// ahead reads a length that leads from today to a date: "dans 6 mois", "d'ici un an et demi", "sous quinzaine", "il reste 10 mois",
// "six months from now", "dans les deux prochaines années".
func (r *reader) ahead(i int) (Length, int) {
	j := i + 1
	switch t := r.at(i); {
	case t.is(within), t.is(still), t.is(before), t.is(filler) && r.at(j).is(that):
	case t.is(of) && r.at(j).is(here):
		j++
	case t.is(comingFew) && r.at(j).digits+r.at(j).cardinal() > 0: // "the next 12 months"
	default:
		return r.fromNow(i)
	}
	for most := j + 8; j < most && (r.at(j).is(the|of|at|opens|filler|frame|size|comingFew|that|by) && !r.one(j) ||
		r.at(j).sign == '~' || r.at(j).cardinal() == 1 && r.at(j+1).is(filler|frame)); {
		j++
	}
	l, _, next := r.length(j)
	if next == j || r.rate(next) {
		return Length{}, i
	}
	return l, next
}

// fromNow reads lengths that lead to a date by what follows them.
func (r *reader) fromNow(i int) (Length, int) {
	l, unit, next := r.length(i)
	if next == i || unit == hours || r.rate(next) {
		return Length{}, i
	}
	for k := i; k < next; k++ {
		if r.at(k).is(comingFew) && !r.at(k).is(size) {
			return l, next // "les 6 prochains mois"
		}
	}
	switch after := r.at(next); {
	case after.is(remaining):
		return l, next + 1
	case after.is(at|opens) && r.at(next+1).is(remaining): // "to go", "from now"
		return l, next + 2
	case after.is(of) && r.at(next+1).is(here): // "à six mois d'ici"
		return l, next + 2
	case r.at(i-1).is(at) && after.is(of) && r.at(r.skip(next, of|the)).says(ends): // "à 6 mois de l'échéance"
		return l, next
	}
	return Length{}, i
}

// lasting reads a length that leads nowhere and notes it: "48 mois", "préavis de 60 j". Rates and recurrences are passed over.
func (r *reader) lasting(i int) int {
	l, unit, next := r.length(i)
	if next == i {
		return i
	}
	if unit == hours || r.rate(next) || r.at(i-1).is(each) || r.at(i-1).is(the) && r.at(i-2).is(each) {
		return next
	}
	if r.at(next).part() == atEnd && r.at(r.skip(next+1, of|the)).unit() == months && unit == days { // "30 jours fin de mois", to pay
		return r.skip(next+1, of|the) + 1
	}
	return r.note(expression{from: i, to: next, length: l, lasting: true})
}

// rate says whether what follows makes a rate of a length: "2 jours par mois", "10 jours/mois".
func (r *reader) rate(i int) bool { return r.at(i).is(each) || r.at(i).sign == '/' }
