package when

// monthFirst reads what begins with a month: "mars", "sept. 27", "juin prochain", "mars-avril 2027", "March 31st 2028", "next May".
func (r *reader) monthFirst(i int) (period, int) {
	lean, at := r.adjective(i)
	t := r.at(at)
	if t.month() == 0 {
		return period{}, i
	}
	p := period{grain: ToTheMonth, n: int(t.month()), lean: lean}
	next := r.dot(at + 1)
	if day, k := r.dayAfterMonth(at, next); k > next {
		year, after := r.yearAfter(k)
		return r.day(year, p.n, day), after
	}
	if s := r.at(next); s.sign == '-' || s.sign == '/' || s.is(orElse) {
		if second := r.at(next + 1).month(); second != 0 { // the later of two
			p.n, next = int(second), r.dot(next+2)
		}
	}
	year, after := r.yearAfter(next)
	if after == next {
		after = r.leaning(next, &p)
	}
	p.year = year
	// A short word is a month only in company: "may", "mai", "dec", "mar".
	if t.is(shy) && year == 0 && p.lean == 0 && !r.called(at) && r.at(at+1).sign != '.' {
		return period{}, i
	}
	if t.is(shy) && at == 0 && year == 0 && p.lean == 0 && r.at(1).letters() { // "May we …", "sept postes"
		return period{}, i
	}
	if t.cardinal() != 0 && year == 0 && (r.counts(at+1) || r.at(at+1).cardinal() != 0) { // "sept mois"
		return period{}, i
	}
	return p, after
}

// dayAfterMonth reads the day of "June 30", "Mar 31st" and "June 30, 2028", not the year of "juin 27".
func (r *reader) dayAfterMonth(month, i int) (day, next int) {
	day, next, sure := r.dayNumber(i)
	if next == i || r.at(i).digits == 0 || r.at(i).quoted || day < 0 {
		return 0, i
	}
	if _, after := r.year(r.comma(next)); after > r.comma(next) {
		sure = true
	}
	switch t := r.at(month); {
	case sure, t.is(english):
		return day, next
	case t.is(shy) && !r.counts(next): // "Dec 31" and "déc 27"
		if near := 2000 + day - r.on.Year; r.english || near < 0 || near > 3 {
			return day, next
		}
	}
	return 0, i
}

func (r *reader) comma(i int) int {
	if r.at(i).sign == ',' {
		return i + 1
	}
	return i
}

// adjective reads what leans a period towards past or future, before it: "prochain", "next", "dernier"; "ce" and "this" change nothing.
func (r *reader) adjective(i int) (lean, next int) {
	switch t := r.at(i); {
	case t.is(coming):
		return 1, i + 1
	case t.is(previous):
		return -1, i + 1
	case t.is(this | ongoing):
		return 0, i + 1
	}
	return 0, i
}

// adjectiveAfter reads the same behind the token at i, and "qui vient", "à venir", "en cours". Its index is that of the last word read.
func (r *reader) adjectiveAfter(i int) (lean, last int) {
	switch t := r.at(i + 1); {
	case t.is(coming):
		return 1, i + 1
	case t.is(previous):
		return -1, i + 1
	case r.at(i + 2).is(comes):
		return 1, i + 2
	case t.is(of) && r.at(i+2).is(after): // "la semaine d'après"
		return 1, i + 2
	case t.is(ongoing):
		return 0, i + 1
	case t.is(inside) && r.at(i+2).is(ongoing):
		return 0, i + 2
	}
	return 0, i
}

// leaning applies an adjective that follows a period.
func (r *reader) leaning(i int, p *period) int {
	lean, last := r.adjectiveAfter(i - 1)
	if last > i-1 {
		p.lean = lean
	}
	return last + 1
}
