package purchase

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// MoveKind is what one contract mainly has to do for the common date.
type MoveKind string

// The kinds.
const (
	LetEnd      MoveKind = "let-end"      // rien: il se termine de lui-même
	LetRenew    MoveKind = "let-renew"    // laisser reconduire, and it then ends by itself
	GiveNotice  MoveKind = "give-notice"  // dénoncer avant le…, now or after renewals
	DecideRenew MoveKind = "decide-renew" // décider la reconduction avant le…
	Amend       MoveKind = "amend"        // avenant
	JoinLater   MoveKind = "join-later"   // bound for some months after the common date
	JoinIn      MoveKind = "join-in"      // a need: nothing binds it
	CannotMove  MoveKind = "cannot"
	NotKnown    MoveKind = "not-known" // its dates were never said, or have passed
)

// Move is what one contract or need has to do for the common date, and by when.
type Move struct {
	Org     string
	Ref     proposal.Ref
	Kind    MoveKind
	By      calendar.Day // working day by which to act first; zero: nothing is to be done
	LastDay calendar.Day // last day on which notice may arrive, where it is to be given
	Term    calendar.Day // end of the present period; zero: not known, or a need
	End     calendar.Day // when the present contract ends then, without the amendment
	Waiting int          // days between its first possible end and the common date
	Bridged int          // days that an amendment has to cover
	Early   int          // days still owed after the common date
	Steps   []locale.Text
	Why     []locale.Text // what binds it; of CannotMove and NotKnown, the reason

	nextLastDay calendar.Day // of its next decision, whatever the common date
}

// rank puts first what has to be done, then what need not, then what cannot.
func (m Move) rank() int {
	switch {
	case m.Kind == CannotMove:
		return 2
	case m.Kind == NotKnown:
		return 3
	case m.By.IsZero():
		return 1
	}
	return 0
}

// Text says the steps, or why there are none, and what binds the contract.
func (m Move) Text() locale.Text {
	said := then(m.Steps)
	if len(m.Steps) == 0 {
		said = locale.T("purchase.move." + string(m.Kind))
	}
	if len(m.Why) == 0 {
		return said
	}
	return locale.T("purchase.move.because", "what", said, "why", along(m.Why))
}

// move says how the path leads to the date; without a date, only what is known of it.
func (p path) move(day calendar.Day) Move {
	m := Move{Org: p.held.Org, Ref: p.held.Ref, Term: p.now.Term}
	if p.now.State == contract.Expired {
		m.Term = calendar.Day{}
	}
	if d, ok := nextDecision(p.held, p.on); ok && d.lastDay != d.term {
		m.nextLastDay = d.lastDay
	}
	switch {
	case !p.known():
		m.Kind = NotKnown
		m.Why = []locale.Text{locale.T("purchase.why.no-dates")}
		if p.now.State == contract.Expired {
			m.Why = []locale.Text{locale.T("purchase.why.expired", "day", p.now.Term)}
		}
		return m
	case day.IsZero():
		m.Kind = CannotMove
		m.Why = []locale.Text{locale.T("purchase.why.no-common-date")}
		return m
	}
	w := p.to(day)
	if w.out {
		m.Kind = CannotMove
		m.Why = p.whyOut(day)
		return m
	}
	m.Waiting, m.Bridged, m.Early = w.waiting, w.bridged, w.early
	if len(p.exits) == 0 {
		m.Kind = JoinIn
		if w.waiting > 0 {
			m.Why = []locale.Text{locale.T("purchase.why.waits", "day", p.wanted, "length", monthsText(w.waiting))}
		}
		return m
	}
	p.steps(&m, w, day)
	return m
}

// steps lists what is to be done in order: let it renew, or decide on it; give notice; sign an amendment.
func (p path) steps(m *Move, w way, day calendar.Day) {
	e := w.exit
	m.Kind, m.End, m.LastDay = LetEnd, e.End, e.LastDay
	say := func(key string, pairs ...any) {
		m.Steps = append(m.Steps, locale.T("purchase.move.step."+key, pairs...))
	}
	switch {
	case e.Renewals > 0 && e.Express:
		m.Kind, m.By = DecideRenew, e.DecideBy
		say("decide", "count", e.Renewals, "day", e.DecideBy)
	case e.Renewals > 0:
		m.Kind = LetRenew
		say("renew", "count", e.Renewals)
	}
	if e.LastDay.IsZero() {
		say("ends", "day", e.End)
	} else {
		m.Kind = GiveNotice
		if m.By.IsZero() {
			m.By = e.ActBy
		}
		say("notice", "day", e.ActBy, "end", e.End)
	}
	if w.bridged > 0 {
		m.Kind = Amend
		if m.By.IsZero() {
			m.By = workdays.WorkingOnOrBefore(e.End)
		}
		say("amend", "length", monthsText(w.bridged), "until", day.AddDays(-1))
		m.Why = append(m.Why, p.bridgeText())
	}
	if w.early > 0 {
		m.Kind = JoinLater
		say("later", "length", monthsText(w.early))
	}
	if p.now.State == contract.NoticeMissed {
		m.Why = append(m.Why, locale.T("purchase.why.missed", "day", p.now.LastDay, "term", p.now.NextTerm))
	}
	if p.now.Assumed.Renewal && e.Last {
		m.Why = append(m.Why, locale.T("purchase.why.renewal-unknown"))
	}
}

// bridgeText says what limits the amendment, and whether the limit had to be guessed.
func (p path) bridgeText() locale.Text {
	limit := p.rules.at(amendmentAtMost, p.on)
	key := "purchase.why.amendment"
	if !p.sure {
		key = "purchase.why.amendment-guessed"
	}
	return locale.T(key, "percent", limit.Value, "source", sourceText(limit.Source))
}

// whyOut says what keeps a contract from the date.
func (p path) whyOut(day calendar.Day) []locale.Text {
	eve := day.AddDays(-1)
	after := slices.IndexFunc(p.exits, func(e exit) bool { return e.End.After(eve) })
	if after >= 0 {
		why := []locale.Text{locale.T("purchase.why.bound", "day", p.exits[after].End)}
		if p.now.State == contract.NoticeMissed {
			why = append(why, locale.T("purchase.why.missed", "day", p.now.LastDay, "term", p.now.NextTerm))
		}
		return why
	}
	last := p.exits[len(p.exits)-1]
	gap := monthsText(last.End.DaysUntil(eve))
	switch {
	case p.now.State == contract.DecideMissed:
		return []locale.Text{locale.T("purchase.why.undecided", "day", p.now.LastDay, "end", last.End, "length", gap)}
	case p.now.Assumed.Renewal:
		return []locale.Text{locale.T("purchase.why.ends-unknown", "day", last.End, "length", gap)}
	}
	return []locale.Text{locale.T("purchase.why.exhausted", "day", last.End, "length", gap), p.bridgeText()}
}
