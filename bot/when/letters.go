package when

// letterAfter reads "4T 2026" and "1S27": without a year they are quantities.
func (r *reader) letterAfter(i int) (period, int) {
	t := r.at(i)
	if t.digits != 1 || !r.at(i+1).glued || r.at(i+1).letter() == noUnit {
		return period{}, i
	}
	year, next := r.yearAfter(i + 2)
	if year == 0 {
		return period{}, i
	}
	return r.letterPeriod(year, i+1, t.number), next
}

// lettered reads "T2 2027", "Q3'28", "S1 2027", "S12 2027", "au T4".
func (r *reader) lettered(i int) (period, int) {
	year, next := r.yearAfter(i + 2)
	n := r.at(i + 1).number
	p := r.letterPeriod(year, i, n)
	if year != 0 {
		return p, next
	}
	// Flats are T3, storage is S3 and Windows W11: a letter without a year must be announced.
	announced := r.called(i) || r.at(i-1).is(lone)
	if !announced || p.none || r.at(i).letter() == weeks && r.at(i).is(english) {
		return period{}, i
	}
	next = r.leaning(i+2, &p)
	return p, next
}

// letterOf reads the same where the year came first.
func (r *reader) letterOf(year, i int) (period, int) {
	return r.letterPeriod(year, i, r.at(i+1).number), i + 2
}

// letterPeriod is the nth period of that letter. S1 and S2 are half-years; from S3 on, S is a week.
func (r *reader) letterPeriod(year, letter, n int) period {
	p := period{grain: grainOf(r.at(letter).letter()), year: year, n: n}
	if p.grain == ToTheWeek && n <= 2 && !r.at(letter).is(english) {
		p.grain = ToTheHalf
	}
	return p.checked()
}

// checked turns a quarter, half-year or week that its year does not have into no such day.
func (p period) checked() period {
	most := 53
	switch {
	case p.grain == ToTheQuarter:
		most = 4
	case p.grain == ToTheHalf:
		most = 2
	case p.grain == ToTheWeek && p.year != 0:
		most = weeksIn(p.year)
	}
	if p.n < 1 || p.n > most {
		return period{none: true}
	}
	return p
}
