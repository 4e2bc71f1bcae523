package when

import "sdcbot/bot/calendar"

// reader reads one text. Each of its readers takes the index of a token and returns what it read and the index after it, which is
// the index it was given when there was nothing to read.
type reader struct {
	on      calendar.Day
	tokens  []token
	found   []expression
	english bool // it has a word that only English has
}

// expression is a date or a length that was read, and what becomes of it.
type expression struct {
	from, to int // tokens
	period   period
	length   Length // of a length, and of a date so long from now
	lasting  bool   // a length and no date
	ranged   bool   // it ends the range that the expression before it opens
	between  bool   // … and the range is a choice: "entre mars et mai"
	mark     mark
	role     Role
	rank     int
	span     span
}

func read(text string, on calendar.Day) *reader {
	r := &reader{on: on, tokens: tokens(text)}
	for i := range r.tokens {
		r.english = r.english || r.tokens[i].is(english)
	}
	for i := 0; i < len(r.tokens); {
		i = max(i+1, r.expression(i))
	}
	r.judge()
	return r
}

// expression reads what begins at a token, notes it and returns the index after it. What only looks like a date is passed over.
func (r *reader) expression(i int) int {
	if t := r.at(i); t.word == nil && t.digits == 0 {
		return i
	}
	if next := r.never(i); next > i {
		return next
	}
	if next := r.daysOfOneMonth(i); next > i {
		return next
	}
	if length, next := r.ahead(i); next > i {
		return r.note(expression{from: i, to: next, period: exactly(length.After(r.on)), length: length})
	}
	if p, next := r.first(i, (*reader).limit, (*reader).during, (*reader).dated); next > i {
		return r.note(expression{from: i, to: next, period: p})
	}
	return r.lasting(i)
}

// dated reads a period with all that may narrow it: "fin mars 2027", "T2", "le 15".
func (r *reader) dated(i int) (period, int) {
	return r.first(i, (*reader).parted, (*reader).period, (*reader).loneDay)
}

// period reads a period by itself: "31/12/2027", "mars 2027", "2e trimestre", "vendredi", "2028".
func (r *reader) period(i int) (period, int) {
	t := r.at(i)
	switch {
	case t.digits > 0:
		return r.first(i, (*reader).figures, (*reader).dayAndMonth, (*reader).counted, (*reader).bareYear)
	case t.word == nil:
		return period{}, i
	case t.word.letter != noUnit && r.at(i+1).digits > 0 && r.at(i+1).glued:
		return r.lettered(i)
	}
	return r.first(i, (*reader).counted, (*reader).near, (*reader).dayAndMonth, (*reader).monthFirst, (*reader).numbered,
		(*reader).season, (*reader).relative)
}

// first tries readers in turn.
func (r *reader) first(i int, readers ...func(*reader, int) (period, int)) (period, int) {
	for _, read := range readers {
		if p, next := read(r, i); next > i {
			return p, next
		}
	}
	return period{}, i
}

// limit reads what bounds a date: "avant le 15 mars", "before Christmas", "d'ici fin juin".
func (r *reader) limit(i int) (period, int) {
	var bound period
	j := i + 1
	switch t := r.at(i); {
	case t.is(before):
		bound.before = !r.at(i - 1).is(not) // "pas avant 2028" wishes for 2028
	case t.is(by):
		bound.by = true
	case t.is(of) && r.at(j).is(here):
		bound.by, j = true, j+1
	default:
		return period{}, i
	}
	j = r.skip(j, at)
	p, next := r.dated(j)
	if next == j {
		j = r.skip(j, the|of|at)
		if p, next = r.dated(j); next == j {
			if p, next = r.current(j); next == j {
				return period{}, i
			}
		}
	}
	p.before, p.by = bound.before, bound.by
	return p, next
}

// during reads a time within which: "dans l'année", "dans la première quinzaine de mai", "dans le mois qui vient".
func (r *reader) during(i int) (period, int) {
	j := i + 1
	if !r.at(i).is(within) || !r.at(j).is(the) {
		return period{}, i
	}
	j = r.skip(j, the)
	p, next := r.first(j, (*reader).dated, (*reader).current)
	switch {
	case next == j:
		return period{}, i
	case r.at(next-1).is(comes) && r.at(j).unit() != noUnit:
		return exactly(r.at(j).unit().of(1, false).After(r.on)), next
	}
	return p, next
}

// note records an expression and finds out whether it ends a range that the one before it opened.
func (r *reader) note(e expression) int {
	if n := len(r.found); n > 0 && !e.lasting && !r.found[n-1].lasting {
		e.ranged, e.between = r.endsRange(&r.found[n-1], &e)
	}
	r.found = append(r.found, e)
	return e.to
}

var nothing token

func (r *reader) at(i int) *token {
	if i < 0 || i >= len(r.tokens) {
		return &nothing
	}
	return &r.tokens[i]
}

// skip passes over words of those senses, and over hyphens that join them; six, as nobody says more in earnest.
func (r *reader) skip(i int, s sense) int {
	for most := i + 6; i < most && (r.at(i).is(s) || r.at(i).sign == '-' && r.at(i).glued && r.at(i-1).is(s)); {
		i++
	}
	return i
}

// dot passes over the full stop of an abbreviation.
func (r *reader) dot(i int) int {
	if t := r.at(i); t.sign == '.' && t.glued && i+1 < len(r.tokens) && !r.at(i+1).letters() {
		return i + 1
	}
	return i
}

// called says whether what stands before a token announces a date: "en mars", "au T3", "(T3". The beginning of the text does.
func (r *reader) called(i int) bool {
	switch t := r.at(i - 1); {
	case i == 0, t.part() != whole:
		return true
	case t.sign != 0:
		return t.sign != '*'
	default:
		return (t.is(inside|of|at|before|by|opens|this|coming) || t.says(ends|until|began|starts|aims)) && !t.is(many)
	}
}
