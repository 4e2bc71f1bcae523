package when

// Ranks of what may be the date meant, the highest first. An expression without a rank never is.
const (
	rankEnd     = 60 // "se termine le …"
	rankLength  = 50 // a start and a length
	rankAim     = 40 // "pour …", "d'ici …"
	rankRange   = 35
	rankPlain   = 30 // nothing says what it is
	rankPast    = 20
	rankRenewal = 10
)

// renewed marks the day on which something is renewed: an end if it is to come, else a new beginning.
const renewed = renews | ends

// longest is the longest contract that is believed, in months.
const longest = 99 * 12

// judge gives each expression its days and its role.
func (r *reader) judge() {
	for k := range r.found {
		e := &r.found[k]
		if e.ranged {
			resolveRange(&r.found[k-1], e, r.on)
			e.mark = r.found[k-1].mark
			r.rankRange(&r.found[k-1], e)
			continue
		}
		e.mark = r.marked(k)
		if e.lasting {
			r.judgeLength(e)
			continue
		}
		e.span, _ = e.period.resolve(r.on, e.mark == began)
		r.rankDate(e)
	}
	r.addLength()
	best := -1
	for k := range r.found {
		if e := &r.found[k]; e.rank > 0 && (best < 0 || e.rank > r.found[best].rank) {
			best = k
		}
	}
	if best >= 0 {
		r.found[best].role = Meant
	} else {
		r.sole()
	}
}

func (r *reader) rankDate(e *expression) {
	past := e.span.last.Before(r.on)
	e.role = Mention
	switch {
	case e.period.none, e.span.last.IsZero(), e.period.year > lastYear && e.length == Length{}:
		e.role = NoSuchDay
		e.span = span{}
	case e.span.last.Year > lastYear: // "dans 900 ans" is said in jest
	case e.mark == warns:
		e.role = Notice
	case e.mark == renews:
		e.role, e.rank = Renewal, rankRenewal
	case e.mark == began, past && (e.mark == starts || e.mark == renewed):
		e.role = Beginning
	case e.mark == renewed:
		e.rank = rankEnd - 1
	case e.mark == starts:
		e.role, e.rank = Beginning, rankAim-1
	case e.mark == documents, e.mark == meets, e.period.lean < 0:
	case e.mark == ends:
		e.rank = rankEnd
	case past && e.period.grain != ToTheDay && e.period.part != atEnd: // "on a passé un marché en 2025"
	case past:
		e.rank = rankPast
	case e.mark == aims:
		e.rank = rankAim
	default:
		e.rank = rankPlain
	}
}

func (r *reader) rankRange(a, b *expression) {
	if a.period.none || b.period.none || a.span.first.IsZero() || b.span.last.IsZero() {
		a.role, b.role, a.rank, b.rank = NoSuchDay, NoSuchDay, 0, 0
		return
	}
	a.role, a.rank = Beginning, 0
	if b.between {
		a.role = Mention
	}
	b.role, b.rank = Mention, rankRange
	if b.mark == ends {
		b.rank = rankEnd
	}
}

func (r *reader) judgeLength(e *expression) {
	switch e.mark {
	case warns:
		e.role = Notice
	case renews:
		e.role = Renewal
	case began: // "depuis 2 ans", "il y a 3 ans"
		e.role = Beginning
		day := e.length.gone(r.on)
		e.span = span{day, day}
	case ends: // "échéance : 6 mois"
		if e.role = Lasting; e.length.Months > longest {
			return
		}
		e.rank = rankEnd
		day := e.length.After(r.on)
		e.span = span{day, day}
	default:
		e.role = Lasting
	}
}

// addLength makes of a start and a length the end, where no end was said: "48 mois à compter du 01/06/2025". A date that is past is taken
// for the start if nothing says what it is.
func (r *reader) addLength() {
	var start, length *expression
	for k := range r.found {
		e := &r.found[k]
		switch {
		case e.rank >= rankEnd-1 || e.ranged:
			return
		case e.lasting && e.role == Lasting && length == nil && (e.length.Months > 0 || r.beside(k)):
			length = e
		case e.role == Beginning && (start == nil || start.role != Beginning):
			start = e
		case start == nil && e.role == Mention && e.mark == 0 && e.period.lean == 0 && e.span.last.Before(r.on) && e.period.grain <= ToTheMonth:
			start = e
		}
	}
	if start == nil || length == nil || start.span.first.IsZero() || length.length.Months > longest {
		return
	}
	start.role, start.rank = Beginning, 0
	length.span = span{start.span.first, length.length.Last(start.span.first)}
	length.rank = rankLength
}

// beside says whether a start follows at once: "90 jours à compter du 1er mars".
func (r *reader) beside(k int) bool {
	return k+1 < len(r.found) && r.found[k+1].role == Beginning && r.found[k+1].from-r.found[k].to <= 3
}

// sole looks at a text that says nothing but one expression: a length is then the distance of a date ("2 à 3 mois"), and what is past
// is meant all the same ("le mois dernier").
func (r *reader) sole() {
	if len(r.found) != 1 {
		return
	}
	e := &r.found[0]
	for i := range r.tokens {
		if t := r.at(i); (i < e.from || i >= e.to) && t.letters() && !t.is(filler|size|at|opens|amid|the) {
			return
		}
	}
	switch {
	case e.role == Lasting && e.length != Length{Days: 1} && e.length.Months <= longest: // "un jour" is some day
		day := e.length.After(r.on)
		e.role, e.span = Meant, span{day, day}
	case e.role == Mention && e.span.last.Year <= lastYear:
		e.role = Meant
	}
}

// marked finds the word that says what an expression is to its sentence: the nearest one before it, in its clause and
// after the expression before it; for a notice also behind it.
func (r *reader) marked(k int) mark {
	e := &r.found[k]
	if e.lasting {
		return r.lengthMarked(k)
	}
	floor := r.floor(k)
	led := r.at(e.from)
	limited := led.says(aims) || e.period.by || e.period.before
	upTo := led.says(until)
	mark := mark(0)
	for i := e.from - 1; i >= floor && mark == 0; i-- {
		t := r.at(i)
		switch {
		case r.breaks(i):
			i = floor
		case t.says(warns), t.says(tells) && (r.at(i-1).is(the) || r.at(i+1).is(inside)):
			mark = warns
		case t.says(leaves):
			if mark = ends; limited || upTo {
				mark = warns
			}
		case t.says(renews):
			if mark = renewed; upTo {
				mark = renews
			}
		case t.says(until):
			upTo = true
		case upTo: // "signé en 2024, court jusqu'au …": only a notice or a renewal changes what an end is
		case t.says(began), t.says(starts) && (t.past || r.at(i-1).says(has) && !t.says(onward)):
			mark = began
		case t.says(documents) && !limited:
			mark = documents
		case t.says(meets) && !limited && e.period.grain == ToTheDay && e.from-i <= 3 && !r.at(i-1).is(of): // not "salles de réunion"
			mark = meets
		case t.says(ends):
			mark = ends
		case t.says(aims):
			limited = true
			if t.says(starts) {
				mark = starts
			}
		case t.says(starts):
			mark = starts
		}
	}
	if (limited || upTo) && r.warnedAfter(e.to) {
		return warns
	}
	switch {
	case mark != 0:
		return mark
	case upTo:
		return ends
	case limited:
		return aims
	}
	return 0
}

// lengthMarked does the same for a length.
func (r *reader) lengthMarked(k int) mark {
	e := &r.found[k]
	after := r.at(e.to)
	if after.is(before) || r.at(r.skip(e.to, of)).says(warns) || after.is(inside) && r.at(e.to+1).is(before) {
		return warns
	}
	if k := r.back(e.from-1, filler); after.is(ago) || r.at(k).is(at) && r.at(k-1).is(ago) { // "il y a environ 3 ans"
		return began
	}
	floor := r.floor(k)
	for i := e.from - 1; i >= floor && !r.breaks(i); i-- {
		t := r.at(i)
		switch {
		case t.says(warns | leaves):
			return warns
		case t.says(renews):
			return renews
		case t.says(began) && e.from-i <= 2:
			return began
		case t.says(ends) && (i+1 == e.from || r.skip(i+1, at|of|within|filler) == e.from || r.at(i+1).sign == ':' && i+2 == e.from):
			return ends
		}
	}
	return 0
}

// back passes over words of those senses backwards.
func (r *reader) back(i int, s sense) int {
	for r.at(i).is(s) {
		i--
	}
	return i
}

// floor is the first token that may mark the kth expression.
func (r *reader) floor(k int) int {
	floor := max(0, r.found[k].from-12)
	if k > 0 {
		floor = max(floor, r.found[k-1].to)
	}
	return floor
}

// breaks says whether a token ends a clause.
func (r *reader) breaks(i int) bool {
	switch t := r.at(i); t.sign {
	case ',', ';', '!', '?', '\n':
		return true
	case '.':
		previous := r.at(i - 1)
		return !(t.glued && previous.letters() && previous.end-previous.start <= 4) // not that of "ech."
	}
	return false
}

// warnedAfter says whether what follows makes a limit one of notice: "avant fin juin si on arrête", "30/09 pour dénoncer".
func (r *reader) warnedAfter(i int) bool {
	if !r.at(i).says(whether) {
		return false
	}
	for j := i + 1; j <= i+4 && !r.breaks(j); j++ {
		if r.at(j).says(warns | leaves | ends) {
			return true
		}
	}
	return false
}

// tell makes an expression public.
func (r *reader) tell(e *expression) Found {
	f := Found{
		Day: e.span.last, From: e.span.first, Length: e.length, Grain: e.period.grain,
		Start: r.at(e.from).start, End: r.at(e.to - 1).end, Role: e.role,
	}
	if !e.length.IsZero() {
		f.Grain = e.length.grain()
	}
	return f
}
