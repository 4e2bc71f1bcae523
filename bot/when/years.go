package when

// The years in which a contract may lie. A year that is later, and no later than farthest, was mistyped: 2207 for 2027.
const (
	firstYear = 1950
	lastYear  = LastYear
	farthest  = 2999
)

// LastYear is the last one that is taken for the year of a contract.
const LastYear = 2100

// farYear reads a year that is too far, where a year is expected and the number counts nothing.
func (r *reader) farYear(i int) (year, next int) {
	t := r.at(i)
	if t.digits != 4 || t.number <= lastYear || t.number > farthest || !r.free(i) || r.counts(i+1) {
		return 0, i
	}
	return t.number, i + 1
}

// year reads a year of four figures or in letters.
func (r *reader) year(i int) (year, next int) {
	t := r.at(i)
	if t.digits == 4 && r.free(i) && t.number >= firstYear && t.number <= lastYear && r.at(i+1).sign != '$' {
		return t.number, i + 1
	}
	if t.digits == 0 && t.cardinal() != 0 {
		if n, next := r.spelled(i); n >= 1990 && n <= 2099 {
			return n, next
		}
	}
	return 0, i
}

// shortYear reads "27" and "'27" where a year is expected. Followed by several things it counts them.
func (r *reader) shortYear(i int) (year, next int) {
	t := r.at(i)
	if t.digits != 2 || !t.quoted && (t.number < 15 || t.number > 60) || !r.free(i) || r.counts(i+1) {
		return 0, i
	}
	return 2000 + t.number, i + 1
}

// counts says whether a token makes a quantity of the number before it: "27 postes", "27 €", "27 mois".
func (r *reader) counts(i int) bool {
	t := r.at(i)
	return t.plural || t.unit() != noUnit || t.sign == '$' || t.sign == '%' || t.sign == '/' || t.month() != 0
}

// yearAfter reads the year that follows a part of it: "2027", "27", ", 2028", "-27", "de l'année prochaine", "of next year", "N+1".
func (r *reader) yearAfter(i int) (year, next int) {
	if year, next = r.year(i); next > i {
		return year, next
	}
	if year, next = r.farYear(i); next > i {
		return year, next
	}
	if year, next = r.shortYear(i); next > i {
		return year, next
	}
	j := i
	switch r.at(i).sign {
	case '/', '-', ',':
		j = i + 1
		if year, next = r.year(j); next > j {
			return year, next
		}
		if r.at(j).glued && r.at(i).glued {
			if year, next = r.shortYear(j); next > j {
				return year, next
			}
		}
		return 0, i
	}
	j = r.skip(j, of|the)
	if year, next = r.year(j); next > j && j > i {
		return year, next
	}
	if r.at(j).unit() == years {
		if year, next = r.year(j + 1); next > j+1 {
			return year, next
		}
	}
	if year, next = r.saidYear(j); next > j {
		return year, next
	}
	return 0, i
}

// saidYear reads a year that is named from today: "l'an prochain", "cette année", "next year", "N+1".
func (r *reader) saidYear(i int) (year, next int) {
	if p, next := r.relative(i); next > i && p.grain == ToTheYear && p.fixed {
		return r.on.Year + p.steps, next
	}
	return 0, i
}

// bareYear reads a year that stands alone, unless it counts something: "en 2028", "2028", but not "2028 postes".
func (r *reader) bareYear(i int) (period, int) {
	t := r.at(i)
	year, next := r.year(i)
	if far, beyond := r.farYear(i); beyond > i && r.called(i) {
		return period{grain: ToTheYear, year: far}, beyond
	}
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
