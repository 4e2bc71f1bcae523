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

// counted reads parts with a rank: "2e trimestre 2028", "first half of 2028", "2e quinzaine de mai", "dernière semaine de juin", "4T 2026",
// "premier lundi de mars", "dernier jour du mois".
func (r *reader) counted(i int) (period, int) {
	rank, j := r.ordinal(i)
	if j == i {
		return r.letterAfter(i)
	}
	t := r.at(j)
	k := r.skip(j+1, of|the)
	switch {
	case t.is(fortnightly) && (rank == 1 || rank == 2 || rank == lastOne):
		return r.halfOf(i, j, rank)
	case t.unit() == quarters && (rank == lastOne || rank >= 1 && rank <= 4):
		return r.ranked(i, j, ToTheQuarter, rank, 4)
	case (t.unit() == halves || t.unit() == weeks && !t.is(english)) && (rank == 1 || rank == 2 || rank == lastOne):
		if p, next := r.ranked(i, j, ToTheHalf, rank, 2); next > i && (t.unit() == halves || p.year != 0) {
			return p, next
		}
	case t.unit() == quarters || t.unit() == halves:
		_, next := r.yearAfter(j + 1)
		return period{none: true}, next
	case t.unit() == months:
		if year, next := r.yearAfter(j + 1); year != 0 && rank <= 12 {
			return period{grain: ToTheMonth, year: year, n: rankOf(rank, 12)}, next
		}
	}
	if year, next := r.yearAfter(j + 1); t.unit() == weeks && rank > 0 && year != 0 {
		return period{grain: ToTheWeek, year: year, n: rank}.checked(), next
	}
	month, next := r.monthFirst(k)
	if next == k && k > j+1 {
		month, next = r.current(k)
	}
	if next == k || month.grain != ToTheMonth && t.unit() != days {
		return period{}, i
	}
	switch {
	case t.unit() == weeks && rank <= 4:
		month.week = rank
	case t.weekday() != 0 && rank <= 4:
		month.week, month.weekday = rank, t.weekday()
	case t.unit() == days && rank == lastOne:
		month.part = atEnd
	case t.unit() == days && rank == 1:
		month.day, month.grain = 1, ToTheDay
	default:
		return period{}, i
	}
	return month, next
}

// ranked reads the year of a quarter or half-year with a rank. English "last quarter" without a year is one that is over.
func (r *reader) ranked(i, at int, grain Grain, rank, perYear int) (period, int) {
	year, next := r.yearAfter(at + 1)
	p := period{grain: grain, year: year, n: rankOf(rank, perYear)}
	if rank == lastOne && year == 0 && r.at(at).is(english) {
		p.n, p.steps, p.fixed, p.lean = 0, -1, true, -1
	}
	if year == 0 {
		next = r.leaning(next, &p)
	}
	return p, next
}

func rankOf(rank, most int) int {
	if rank == lastOne {
		return most
	}
	return rank
}

// halfOf reads "première quinzaine de mai", "second half of June" and "first half of 2028".
func (r *reader) halfOf(i, at, rank int) (period, int) {
	which := firstHalf
	if rank != 1 {
		which = secondHalf
	}
	k := r.skip(at+1, of|the)
	p, next := r.monthFirst(k)
	if next == k && r.at(k).unit() == months && k > at+1 {
		p, next = r.current(k)
	}
	if next > k {
		p.part = which
		return p, next
	}
	if r.at(at).is(lot) { // a quinzaine is half of a month
		return period{}, i
	}
	p = period{grain: ToTheHalf, n: int(which-firstHalf) + 1}
	if _, next = r.current(k); next > k && r.at(next-1).unit() == years {
		return p, next
	}
	if p.year, next = r.yearAfter(at + 1); p.year == 0 && !r.at(at).is(english) {
		return period{}, i
	}
	return p, next
}

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
	if year == 0 {
		// Flats are T3 and storage is S3: a letter without a year must be announced.
		t := r.at(i)
		if !r.called(i) && !r.at(i-1).is(lone) || t.letter() == weeks && t.is(english) || n == 0 || t.letter() == quarters && n > 4 || t.letter() == halves && n > 2 || n > 53 {
			return period{}, i
		}
		next = i + 2
	}
	p := r.letterPeriod(year, i, n)
	if year == 0 {
		next = r.leaning(next, &p)
	}
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

// bareYear reads a year that stands alone, unless it counts something: "en 2028", "2028", but not "2028 postes".
func (r *reader) bareYear(i int) (period, int) {
	t := r.at(i)
	year, next := r.year(i)
	if next == i || t.digits == 0 {
		return period{}, i
	}
	after := r.at(next)
	switch {
	case after.unit() != noUnit || after.sign == '$' || after.sign == '%' || after.digits > 0 && !after.quoted:
		return period{}, i
	case after.plural && !r.at(i-1).is(amid) && r.at(i-1).part() == whole:
		return period{}, i
	case !r.called(i) && (year < r.on.Year-5 || year > r.on.Year+15):
		return period{}, i
	}
	return period{grain: ToTheYear, year: year}, next
}
