package when

// numbered reads a unit and its number: "trimestre 2 2027", "semaine 38 de 2027", "week 12", "l'année 2028", "semaine du 7 juin".
func (r *reader) numbered(i int) (period, int) {
	t := r.at(i)
	grain := grainOf(t.unit())
	if grain == NoGrain || grain == ToTheMonth || t.is(several) {
		return period{}, i
	}
	j := r.dot(i + 1)
	if grain == ToTheYear {
		if year, next := r.year(r.skip(j, of)); year != 0 {
			return period{grain: ToTheYear, year: year}, next
		}
		return period{}, i
	}
	if grain == ToTheWeek {
		if p, next := r.weekOf(i); next > i {
			return p, next
		}
	}
	if r.at(j).is(numbering) { // "semaine n° 38"
		for j++; r.at(j).sign == '*' || r.at(j).sign == '.'; j++ {
		}
	}
	if n := r.at(j); n.digits == 0 || n.digits > 2 || !r.free(j) || r.counts(j+1) && r.at(j+1).sign == 0 && !r.at(j+1).is(of) {
		return period{}, i
	}
	year, next := r.yearAfter(j + 1)
	p := period{grain: grain, year: year, n: r.at(j).number}
	return p.checked(), next
}

// weekOf reads "la semaine du 7 juin 2027".
func (r *reader) weekOf(i int) (period, int) {
	j := r.skip(i+1, of|the)
	if j == i+1 {
		return period{}, i
	}
	p, next := r.first(j, (*reader).dayAndMonth, (*reader).figures, (*reader).monthFirst)
	if next == j || p.grain != ToTheDay {
		return period{}, i
	}
	s, ok := p.resolve(r.on, false)
	if !ok {
		return p, next
	}
	year, week := s.first.ISOWeek()
	return period{grain: ToTheWeek, year: year, n: week}, next
}

// relative reads units counted from today: "le mois prochain", "prochain trimestre", "cette année", "next week", "last year".
func (r *reader) relative(i int) (period, int) {
	j := i
	if r.at(j).is(the) {
		j++
	}
	steps, at := r.adjective(j)
	said := at > j
	t := r.at(at)
	grain := grainOf(t.unit())
	if grain == NoGrain || t.is(several) {
		return period{}, i
	}
	next := at + 1
	if after, last := r.adjectiveAfter(at); last > at {
		if !said || after != 0 {
			steps = after
		}
		said, next = true, last+1
	}
	if !said {
		return period{}, i
	}
	p := period{grain: grain, steps: steps, fixed: true}
	if steps < 0 {
		p.lean = -1
	}
	if r.at(next).sign == '-' && r.at(next+1).is(here) { // "ce mois-ci"
		next += 2
	}
	return p, next
}

// current reads a unit that stands for the one under way, where something before it says so: fin "du mois", dans "l'année".
func (r *reader) current(i int) (period, int) {
	if p, next := r.relative(i); next > i {
		return p, next
	}
	j := r.skip(i, of|the)
	t := r.at(j)
	grain := grainOf(t.unit())
	if grain == NoGrain || t.is(several) || r.at(j+1).digits > 0 {
		return period{}, i
	}
	if t.is(weekend) && r.at(r.hyphen(j+1)).part() == atEnd {
		return period{grain: ToTheWeek, part: atEnd}, r.hyphen(j+1) + 1
	}
	return period{grain: grain}, j + 1
}

func grainOf(u unit) Grain {
	switch u {
	case weeks:
		return ToTheWeek
	case months:
		return ToTheMonth
	case quarters:
		return ToTheQuarter
	case halves:
		return ToTheHalf
	case years:
		return ToTheYear
	}
	return NoGrain
}
