package when

// parted reads a part of a period: "fin mars 2027", "à la mi-juin", "courant T3", "fin 27", "end of next quarter", "year-end".
func (r *reader) parted(i int) (period, int) {
	which := r.at(i).part()
	if which == whole {
		return r.unitEnd(i)
	}
	if r.at(i).says(starts) && r.at(i).is(english) && !r.at(i+1).is(of) { // "start March" is no date, "start of March" is
		return period{}, i
	}
	j := r.skip(r.hyphen(i+1), of|the)
	if r.at(j).part() != whole { // "mi-fin mars"
		which, j = r.at(j).part(), r.skip(r.hyphen(j+1), of|the)
	}
	if r.at(j).unit() == months && r.at(j+1).is(of) { // "du mois de mars"
		if k := r.skip(j, of) + 2; r.at(k).month() != 0 {
			j = k
		}
	}
	p, next := r.period(j)
	if next == j {
		p, next = r.current(j)
	}
	if next == j {
		var year int
		if year, next = r.shortYear(j); next > j {
			p = period{grain: ToTheYear, year: year}
		}
	}
	// "fin le 31/12/2027" is the end of something else, and the 31st of December has no parts.
	if next == j || p.grain == ToTheDay {
		return period{}, i
	}
	if p.part == whole {
		p.part = which
	}
	return p, next
}

// unitEnd reads "year-end", "month end" and "EOY".
func (r *reader) unitEnd(i int) (period, int) {
	t := r.at(i)
	grain := grainOf(t.unit())
	switch next := r.hyphen(i + 1); {
	case grain == NoGrain:
		return period{}, i
	case t.is(endOf):
		return period{grain: grain, part: atEnd}, i + 1
	case t.is(english) && r.at(next).part() == atEnd && r.at(next).is(english):
		return period{grain: grain, part: atEnd}, next + 1
	}
	return period{}, i
}
