package when

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
