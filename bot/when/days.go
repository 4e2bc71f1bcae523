package when

// dayAndMonth reads "31 décembre 2027", "1er avril", "the 31st of March, 2028", "le 10 du mois prochain".
func (r *reader) dayAndMonth(i int) (period, int) {
	day, j, _ := r.dayNumber(i)
	if j == i || day < 0 {
		return period{}, i
	}
	k := r.skip(r.hyphen(j), of|the)
	if r.at(k).unit() == months && k > j {
		if p, next := r.dayOfMonth(day, k); next > k {
			return p, next
		}
		k = r.skip(k+1, of)
	}
	month := r.at(k).month()
	if month == 0 {
		return period{}, i
	}
	next := r.dot(k + 1)
	year, next := r.yearAfter(next)
	p := r.day(year, int(month), day)
	if year == 0 {
		next = r.leaning(next, &p)
	}
	return p, next
}

// dayOfMonth reads the month of "le 30 du mois" and "le 10 du mois prochain"; not that of "le 10 du mois de mars".
func (r *reader) dayOfMonth(day, i int) (period, int) {
	p, next := r.current(i)
	if next == i || p.grain != ToTheMonth || p.n != 0 {
		return period{}, i
	}
	p.grain, p.day = ToTheDay, day
	return p, next
}

// loneDay reads "le 15", "le 1er" and "the 15th", where nothing follows that the number could count: not "le 3e étage" or "le 24 pouces".
func (r *reader) loneDay(i int) (period, int) {
	t := r.at(i + 1)
	day, next, ranked := r.dayNumber(i + 1)
	if !r.at(i).is(lone) || t.digits == 0 || t.glued || day < 1 || day > 31 || ranked && day != 1 && !r.english {
		return period{}, i
	}
	switch after := r.at(next); after.sign {
	case 0:
		if next < len(r.tokens) && !after.is(closes|ongoing) {
			return period{}, i
		}
	case '$', '%', '/', '*', '+':
		return period{}, i
	case '-', '.':
		if after.glued && r.at(next+1).glued {
			return period{}, i
		}
	}
	if r.at(next).is(ongoing) { // "le 28 courant"
		next++
	}
	return period{grain: ToTheDay, day: day}, next
}

// near reads the days around today: "demain", "après-demain", "hier", "vendredi", "mardi en huit", "ce week-end".
func (r *reader) near(i int) (period, int) {
	t := r.at(i)
	switch {
	case t.is(today):
		if r.at(i + 1).quoted { // aujourd'hui
			return exactly(r.on), i + 2
		}
		return exactly(r.on), i + 1
	case t.is(this) && r.at(i+1).is(partOfDay):
		return exactly(r.on), i + 2
	case t.is(tomorrow):
		return exactly(r.on.AddDays(1)), i + 1
	case t.is(after) && r.at(r.hyphen(i+1)).is(tomorrow):
		return exactly(r.on.AddDays(2)), r.hyphen(i+1) + 1
	case t.is(yesterday):
		return gone(exactly(r.on.AddDays(-1))), i + 1
	case t.is(before) && r.at(r.hyphen(i+1)).is(yesterday):
		return gone(exactly(r.on.AddDays(-2))), r.hyphen(i+1) + 1
	}
	if lean, j := r.adjective(i); r.at(j).weekday() != 0 {
		return r.weekday(j, lean)
	}
	return r.weekend(i)
}

// weekend reads "ce week-end" and "next weekend": its Sunday.
func (r *reader) weekend(i int) (period, int) {
	lean, j := r.adjective(i)
	switch t := r.at(j); {
	case !t.is(weekend):
		return period{}, i
	case t.unit() == weeks: // in two words
		if j = r.hyphen(j + 1); r.at(j).part() != atEnd {
			return period{}, i
		}
	}
	if lean == 0 {
		lean, j = r.adjectiveAfter(j)
	}
	return period{grain: ToTheWeek, part: atEnd, steps: lean, fixed: true}, j + 1
}

// gone marks a day as one of the past, which is never the date meant.
func gone(p period) period {
	p.lean = -1
	return p
}

// weekday reads "vendredi", "mardi prochain", "lundi en huit", "jeudi de la semaine prochaine", "vendredi 12 mars 2027".
func (r *reader) weekday(i, lean int) (period, int) {
	j := i + 1
	if r.at(j).sign == ',' {
		j++
	}
	j = r.skip(j, the)
	if p, next := r.dayAndMonth(j); next > j {
		return p, next
	}
	if p, next := r.first(j, (*reader).figures, (*reader).monthFirst); next > j && p.grain != ToTheMonth {
		return p, next
	}
	j = i + 1
	if t, after := r.at(j), r.at(j+1); t.number >= 1 && t.number <= 31 && r.free(j) && (after.is(closes) || !after.letters() && after.digits == 0 && after.sign != ':') {
		return period{grain: ToTheDay, day: t.number}, j + 1 // "vendredi 12"
	}
	if lean == 0 {
		if after, next := r.adjectiveAfter(i); next > i {
			lean, j = after, next+1
		}
	}
	p := period{grain: ToTheDay, weekday: r.at(i).weekday(), lean: 1} // never today
	if lean < 0 {
		return gone(p), j
	}
	if r.at(j).is(inside) && (r.at(j+1).cardinal() == 8 || r.at(j+1).cardinal() == 15) {
		s, _ := p.resolve(r.on, false)
		return exactly(s.last.AddDays(r.at(j+1).cardinal() / 7 * 7)), j + 2
	}
	if k := r.skip(j, of|the); k > j {
		if p, next := r.season(k); next > k && r.at(i).weekday() == 1 { // "lundi de Pâques"
			feast, _ := p.resolve(r.on, false)
			return exactly(feast.last.AddDays(1)), next
		}
		if p, next := r.relative(k); next > k && p.grain == ToTheWeek && p.fixed {
			return exactly(mondayOf(r.on).AddDays(7*p.steps + r.at(i).weekday() - 1)), next
		}
	}
	return p, j
}
