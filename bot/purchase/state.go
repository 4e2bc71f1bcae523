package purchase

import (
	"maps"
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// State is how far a joint purchase has come.
type State string

// The states, in order. Dropped is the one that none leads out of.
const (
	Idea       State = "idea"       // idée
	Interest   State = "interest"   // intérêt
	Collection State = "collection" // recensement
	Agreement  State = "agreement"  // convention
	Tender     State = "tender"     // consultation
	Award      State = "award"      // attribution
	Execution  State = "execution"  // exécution
	Review     State = "review"     // bilan
	Dropped    State = "dropped"    // abandon
)

// States lists the way of a purchase that comes to its end.
var States = []State{Idea, Interest, Collection, Agreement, Tender, Award, Execution, Review}

// rank is the state's place on the way; that of Dropped is beyond the end.
func (s State) rank() int {
	if i := slices.Index(States, s); i >= 0 {
		return i
	}
	return len(States)
}

// Text names the state: recensement.
func (s State) Text() locale.Text { return locale.T("purchase.state." + string(s)) }

// Running says whether the purchase is still to come: its members are waiting for it, and for nothing else.
func (s State) Running() bool { return s.rank() < Execution.rank() }

// Moves lists the states to which the purchase may go now: the next one; the one before, which mends a slip, until the tender is out; and
// Dropped until the award binds a supplier.
func (p Purchase) Moves() []State {
	var to []State
	at := p.State.rank()
	if at+1 < len(States) {
		to = append(to, States[at+1])
	}
	if at > 0 && at < Tender.rank() {
		to = append(to, States[at-1])
	}
	if at < Award.rank() {
		to = append(to, Dropped)
	}
	return to
}

// Move takes the purchase to another state on the day. What is missing for it and can be had by asking is a refusal; what the members have to
// look after themselves is a warning.
func (p Purchase) Move(to State, on calendar.Day) (Purchase, []locale.Text, error) {
	switch {
	case to == p.State:
		return p, nil, refuse("purchase.refuse.same-state", "state", to.Text())
	case p.State == Dropped:
		return p, nil, refuse("purchase.refuse.dropped").instead("open")
	case !slices.Contains(p.Moves(), to):
		return p, nil, &Refusal{Why: locale.T("purchase.refuse.move", "from", p.State.Text(), "to", to.Text()), Instead: names(p.Moves())}
	}
	if to.rank() > p.State.rank() && to != Dropped {
		if why := p.lacks(to, on); why != nil {
			return p, nil, why
		}
	}
	warnings := p.warnings(to)
	p.State = to
	return p, warnings, nil
}

func names(states []State) []locale.Text {
	out := make([]locale.Text, len(states))
	for i, s := range states {
		out[i] = s.Text()
	}
	return out
}

// lacks says what forbids the step forward.
func (p Purchase) lacks(to State, on calendar.Day) *Refusal {
	switch to {
	case Collection:
		switch {
		case len(p.Members) < 2:
			return refuse("purchase.refuse.alone")
		case p.Coordinator.Org == "":
			return refuse("purchase.refuse.no-coordinator")
		case p.Closing.IsZero():
			return refuse("purchase.refuse.no-closing")
		case on.After(p.Closing):
			return refuse("purchase.refuse.closing-past", "day", p.Closing)
		}
	case Agreement:
		if missing := p.Missing(); len(missing) > 0 && !on.After(p.Closing) {
			return refuse("purchase.refuse.still-collecting", "day", p.Closing, "count", len(missing))
		}
	case Tender:
		if unsigned := p.Unsigned(); len(unsigned) > 0 {
			return refuse("purchase.refuse.unsigned", "count", len(unsigned)).instead("sign", "sign-for", "leave-unsigned")
		}
	}
	return nil
}

// warnings says what the members look after themselves.
func (p Purchase) warnings(to State) []locale.Text {
	var said []locale.Text
	if missing := p.Missing(); to == Agreement && len(missing) > 0 {
		said = append(said, locale.T("purchase.warn.missing", "count", len(missing)))
	}
	return said
}

// SetDeadline gives a state another next date than the computed one; no day takes it back. The collection's is its closing, which is set by SetClosing.
func (p Purchase) SetDeadline(of State, day, on calendar.Day) (Purchase, error) {
	switch {
	case of.rank() == len(States):
		return p, refuse("purchase.refuse.no-state")
	case p.State == Dropped:
		return p, refuse("purchase.refuse.dropped")
	case of.rank() < p.State.rank():
		return p, refuse("purchase.refuse.state-behind", "state", of.Text(), "now", p.State.Text())
	case !day.IsZero() && day.Before(on):
		return p, refuse("purchase.refuse.closing-in-the-past", "day", day)
	}
	p.Deadlines = maps.Clone(p.Deadlines)
	if p.Deadlines == nil {
		p.Deadlines = map[State]calendar.Day{}
	}
	if day.IsZero() {
		delete(p.Deadlines, of)
	} else {
		p.Deadlines[of] = day
	}
	return p, nil
}

// daysOfIdea is how long an idea may stand before somebody asks what becomes of it.
const daysOfIdea = 30

// NextDate returns by when the purchase should leave its state, and what that date is. It is the one that was set, else the end of the state in the
// backward plan. Zero: none is known.
func (p Purchase) NextDate(plan Plan) (calendar.Day, locale.Text) {
	day := p.Deadlines[p.State]
	if day.IsZero() {
		day = p.computedDate(plan)
	}
	if day.IsZero() {
		return day, locale.T("purchase.next.none")
	}
	return day, locale.T("purchase.next."+string(p.State), "day", day)
}

func (p Purchase) computedDate(plan Plan) calendar.Day {
	switch p.State {
	case Idea:
		return workdays.WorkingOnOrBefore(calendar.Of(p.Opened).AddDays(daysOfIdea))
	case Interest:
		return plan.Begin
	case Collection:
		return p.Closing
	case Execution:
		if !p.Target.IsZero() {
			return p.Target.AddMonths(12)
		}
	case Review:
		if !p.Target.IsZero() && p.Months > 0 {
			return p.Target.AddMonths(p.Months).AddDays(-1)
		}
	default:
		return plan.Until(p.State)
	}
	return calendar.Day{}
}
