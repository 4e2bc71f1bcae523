package contract

import "sdcbot/bot/calendar"

// State says what can still be done about a contract's current period. It follows LastDay: between ActBy and LastDay it is still open.
type State string

// The states. Unknown is that of a contract whose end nobody gave.
const (
	Unknown      State = ""
	NoticeOpen   State = "notice_open"   // it will renew unless notice is given by LastDay
	NoticeMissed State = "notice_missed" // it will renew: LastDay has passed
	DecideOpen   State = "decide_open"   // it will end unless its holder decides to renew by LastDay
	DecideMissed State = "decide_missed" // it will end: nobody decided by LastDay
	Ends         State = "ends"          // it will end: no renewal is left, and there is nothing to give notice of
	Expired      State = "expired"       // it has ended
)

// Situation is where a contract stands on a day. A zero day does not apply, or is not known.
type Situation struct {
	State        State
	Term         calendar.Day // last day of the current period; of the last one when Expired
	RenewalsDone int          // 0 in the firm period, and before it
	LastDay      calendar.Day // last day on which notice or the decision may arrive; zero when Ends or Expired
	ActBy        calendar.Day // LastDay, or the working day before it
	UltimateEnd  calendar.Day // the end if every renewal is used; zero: no limit is known
	NextTerm     calendar.Day // only in NoticeMissed: the end of the renewal that can no longer be avoided
	NextLastDay  calendar.Day // the last day to give notice in that renewal; zero when it is the last one
	NextActBy    calendar.Day
	Assumed      Assumed
}

// At says where a contract of these terms stands on the day.
//
// The current period is the first that is not over; before the start it is the firm one, and a renewal that has begun counts as
// done. What the terms leave out is filled as follows, and marked in Assumed:
//   - no end (neither End, nor Start with Months): State is Unknown and no day is known;
//   - no Renewal, but a number or a length of renewals, or a notice: they are taken as tacit (R2112-4);
//   - no Renewal and nothing that speaks of one: the firm period alone is known; it is open until its term, then expired;
//   - no RenewalMonths: twelve;
//   - no MaxRenewals: it goes on renewing, UltimateEnd is zero and it never expires;
//   - no Notice: LastDay is the term itself.
func (o Office) At(t Terms, on calendar.Day) Situation {
	p, ok := o.periodsOf(t)
	if !ok {
		return Situation{}
	}
	return p.at(on)
}

func (p periods) at(on calendar.Day) Situation {
	k := p.current(on)
	s := Situation{Term: p.end(k), RenewalsDone: k, Assumed: p.assumed}
	if p.limited() && p.renewal != "" {
		s.UltimateEnd = p.end(p.most)
	}
	switch {
	case s.Term.Before(on):
		s.State = Expired
		return s
	case p.isLast(k) && p.renewal != "":
		s.State = Ends
		return s
	}
	s.LastDay, s.ActBy = p.lastDay(k), p.actBy(k)
	missed := on.After(s.LastDay)
	switch {
	case p.renewal == Express && missed:
		s.State = DecideMissed
	case p.renewal == Express:
		s.State = DecideOpen
	case missed:
		s.State = NoticeMissed
		s.NextTerm = p.end(k + 1)
		if !p.isLast(k + 1) {
			s.NextLastDay, s.NextActBy = p.lastDay(k+1), p.actBy(k+1)
		}
	default:
		s.State = NoticeOpen
	}
	return s
}
