package when

import (
	"time"

	"sdcbot/bot/calendar"
)

// figures reads dates written in numbers: "31/12/2027", "31.12.27", "2027-12-31", "30 09 2027", "03/2027", "20/3", "2027-T2".
// The day comes before the month, as in France; only an English text may turn them round, where nothing else is possible.
func (r *reader) figures(i int) (period, int) {
	a, b, c := r.at(i), r.at(i+2), r.at(i+4)
	if r.at(i+1).digits == 2 && r.at(i+2).digits == 4 && a.digits == 2 && !r.at(i+1).glued && !b.glued {
		if p := r.day(b.number, r.at(i+1).number, a.number); !p.none {
			return p, i + 3
		}
		return period{}, i
	}
	sep := r.at(i + 1).sign
	if sep != '/' && sep != '-' && sep != '.' || b.digits == 0 || sep == '.' && !(r.at(i+1).glued && b.glued) {
		if a.digits == 4 {
			return r.yearFirst(i)
		}
		return r.eightFigures(i)
	}
	three := r.at(i+3).sign == sep && c.digits > 0 && (sep != '.' || c.glued)
	switch {
	case a.digits == 4 && three && b.digits <= 2 && c.digits <= 2:
		return r.day(a.number, b.number, c.number), i + 5
	case a.digits <= 2 && b.digits <= 2 && three && (c.digits == 4 || c.digits == 2 && (c.glued || c.quoted)):
		return r.day(fullYear(c), b.number, a.number), i + 5
	case a.digits == 4 && !three && b.glued:
		return r.yearFirst(i)
	case a.digits <= 2 && b.digits == 4 && b.number >= firstYear && b.number <= farthest:
		if a.number < 1 || a.number > 12 {
			return period{none: true}, i + 3
		}
		return period{grain: ToTheMonth, year: b.number, n: a.number}, i + 3
	case a.digits <= 2 && b.digits <= 2 && !three && b.glued:
		return r.dayOverMonth(i, sep)
	}
	return period{}, i
}

// dayOverMonth reads "20/3", "le 30.06" and "06/27", month and year.
func (r *reader) dayOverMonth(i int, sep byte) (period, int) {
	a, b := r.at(i), r.at(i+2)
	announced := r.called(i) || r.at(i-1).is(lone)
	switch {
	case r.at(i+3).unit() != noUnit, a.number == 0, b.number == 0: // "2/3 mois"
	case sep != '/':
		if a.digits == 2 && b.digits == 2 && r.at(i-1).is(lone) {
			return r.day(0, b.number, a.number), i + 3
		}
	case b.number > 12 && a.number <= 12 && b.number >= 20 && b.number <= 60:
		return period{grain: ToTheMonth, year: 2000 + b.number, n: a.number}, i + 3
	case b.number <= 12 && a.number <= 31 && announced && !r.at(i+3).is(of|many):
		return r.day(0, b.number, a.number), i + 3
	}
	return period{}, i
}

// yearFirst reads what may follow a year: "2027-12", "2027-T2", "2027 W12", "2024-27".
func (r *reader) yearFirst(i int) (period, int) {
	year, next := r.year(i)
	if next == i {
		return period{}, i
	}
	if j := r.hyphen(next); r.at(j).letter() != noUnit && r.at(j+1).digits > 0 && r.at(j+1).glued {
		if p, next := r.letterOf(year, j); next > j {
			return p, next
		}
	}
	b := r.at(i + 2)
	if s := r.at(next).sign; s != '/' && s != '-' || b.digits != 2 || !b.glued {
		return period{}, i
	}
	switch {
	case b.number >= 1 && b.number <= 12:
		return period{grain: ToTheMonth, year: year, n: b.number}, i + 3
	case 2000+b.number > year && 2000+b.number <= year+12:
		return period{grain: ToTheYear, year: 2000 + b.number}, i + 3
	}
	return period{}, i
}

// eightFigures reads "20271231" and "31122027", as files are named.
func (r *reader) eightFigures(i int) (period, int) {
	n := r.at(i).number
	if r.at(i).digits != 8 {
		return period{}, i
	}
	for _, p := range []period{r.day(n/10000, n/100%100, n%100), r.day(n%10000, n/10000%100, n/1000000)} {
		if !p.none && p.year >= 2000 && p.year <= 2060 {
			return p, i + 1
		}
	}
	return period{}, i
}

// day is the day of those numbers, year 0 for any, or no such day.
func (r *reader) day(year, month, day int) period {
	if month > 12 && day <= 12 && r.english {
		month, day = day, month
	}
	leap := year
	if year == 0 {
		leap = 2000 // a year that has all days
	}
	if !calendar.Exists(leap, time.Month(month), day) || year != 0 && (year < firstYear || year > lastYear) {
		return period{grain: ToTheDay, none: true}
	}
	return period{grain: ToTheDay, year: year, n: month, day: day}
}

func fullYear(t *token) int {
	if t.digits == 2 {
		return 2000 + t.number
	}
	return t.number
}
