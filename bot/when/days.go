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

// loneDay reads "le 15" and "the 15th", where nothing follows that the number could count.
func (r *reader) loneDay(i int) (period, int) {
	j := i
	if !r.at(j).is(lone) {
		return period{}, i
	}
	day, next, sure := r.dayNumber(j + 1)
	t := r.at(j + 1)
	if next == j+1 || t.digits == 0 || t.glued || day < 1 || day > 31 || sure && t.word == nil && r.at(j+2).is(suffix) && day != 1 && !r.english {
		return period{}, i
	}
	switch after := r.at(next); {
	case after.sign == 0 && next < len(r.tokens) && !after.is(closes|ongoing):
		return period{}, i
	case after.sign == '$' || after.sign == '%' || after.sign == '/' || after.sign == '*' || after.sign == '+' || after.sign == '-' && after.glued:
		return period{}, i
	case after.sign == '.' && r.at(next+1).digits > 0 && r.at(next+1).glued:
		return period{}, i
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
	lean, j := r.adjective(i)
	if r.at(j).is(weekend) && r.at(j).unit() == weeks && r.at(r.hyphen(j+1)).part() == atEnd {
		j = r.hyphen(j + 1)
	} else if r.at(j).weekday() == 0 && !r.at(j).is(weekend) || r.at(j).unit() == weeks {
		return period{}, i
	}
	if r.at(j).weekday() == 0 {
		p := period{grain: ToTheWeek, part: atEnd, fixed: true}
		if lean == 0 {
			lean, j = r.adjectiveAfter(j)
		}
		p.steps = lean
		return p, j + 1
	}
	return r.weekday(j, lean)
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
	if t := r.at(j); t.digits > 0 && t.number >= 1 && t.number <= 31 && r.free(j) && (j+1 == len(r.tokens) || r.at(j+1).is(closes) || r.at(j+1).sign != 0 && r.at(j+1).sign != ':') {
		return period{grain: ToTheDay, day: t.number}, j + 1
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
