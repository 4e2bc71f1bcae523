package purchase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
)

// exit is a day on which a contract can still be made to end, and what has to be done for it.
type exit struct {
	End      calendar.Day
	Renewals int          // that are still to come before it
	Express  bool         // they have to be decided, the first of them by DecideBy
	DecideBy calendar.Day // a working day; zero where nothing is to be decided
	LastDay  calendar.Day // last day on which notice for this end may arrive; zero: it ends by itself
	ActBy    calendar.Day // the working day for it
	Last     bool         // no renewal is known to be possible after it
}

// exits lists the ends that a contract can still have, seen from the day on, in order, up to the first one past the horizon. A contract whose
// end is not known, or that has ended, has none.
func exits(t contract.Terms, on, horizon calendar.Day) []exit {
	now := contract.At(t, on)
	var out []exit
	var decideBy calendar.Day
	for s := now; s.State != contract.Unknown && s.State != contract.Expired; {
		next := contract.At(t, s.Term.AddDays(1))
		e := exit{End: s.Term, Renewals: s.RenewalsDone - now.RenewalsDone, DecideBy: decideBy}
		e.Express = !decideBy.IsZero()
		reachable := true
		switch s.State {
		case contract.DecideOpen, contract.DecideMissed:
			e.Last = on.After(s.LastDay) // nobody decided in time: it cannot go on
			if decideBy.IsZero() {
				decideBy = s.ActBy
			}
		case contract.NoticeOpen, contract.NoticeMissed:
			if next.State == contract.Expired {
				e.Last = true // nobody spoke of renewals: it ends by itself, as far as is known
				break
			}
			e.LastDay, e.ActBy = s.LastDay, s.ActBy
			reachable = !on.After(s.LastDay)
		default:
			e.Last = true
		}
		if reachable {
			out = append(out, e)
		}
		if e.Last || s.Term.After(horizon) {
			break
		}
		s = next
	}
	return out
}
