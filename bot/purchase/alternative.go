package purchase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Way is what can be done when there is no time for the joint purchase.
type Way string

// The ways, in the order in which to think of them: what costs nobody anything first, what gives up the joint purchase last.
const (
	RenewOnce     Way = "renew"     // reconduire tacitement une fois et viser la date commune
	AmendTerm     Way = "amend"     // avenant de prolongation
	UseFramework  Way = "framework" // accord-cadre d'une centrale d'achat
	BuySeparately Way = "separate"  // petit achat séparé
)

// Answer says whether a way leads there, as far as is known.
type Answer string

// The answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Alternative is one way with its answer and the reasons for it.
type Alternative struct {
	Way      Way
	Possible Answer
	Target   calendar.Day // the common date that it aims at; zero where it aims at none
	By       calendar.Day // by when to begin; zero: nothing is to be begun
	Why      []locale.Text
	large    bool // some organisation's own need calls for a formalised procedure
}

// alternatives judges every way, in order.
func (r Rules) alternatives(f Feasibility, q Question) []Alternative {
	short := r.endingBefore(q.Needs, q.On, f.Earliest)
	return []Alternative{
		r.renewing(f, q, short),
		r.amending(f, q, short),
		r.framework(f, q),
		r.separate(f, q),
	}
}

// renewing asks whether each contract that ends too early can go on by its renewals until a common date for which there is time. A need has nothing
// to renew: it waits.
func (r Rules) renewing(f Feasibility, q Question, short []path) Alternative {
	a := Alternative{Way: RenewOnce, Possible: Yes}
	var paths []path
	for _, n := range q.Needs {
		p := r.pathOf(n, q.On)
		p.bridge = 0 // amendments are the next way
		paths = append(paths, p)
	}
	a.Target = converge(paths, q.On, f.Earliest).Target
	if len(short) == 0 {
		a.Why = append(a.Why, locale.T("purchase.why.nothing-to-renew"))
		return a
	}
	for _, p := range short {
		p.bridge = 0
		w := way{out: true}
		if !a.Target.IsZero() {
			w = p.to(a.Target)
		}
		org := q.name(p.held.Org)
		switch {
		case p.now.Assumed.Renewal && p.exits[len(p.exits)-1].Last:
			a.worse(Unknown)
			a.Why = append(a.Why, locale.T("purchase.way.renew.unknown", "org", org, "ref", string(p.held.Ref), "day", p.now.Term))
		case w.out || w.exit.Renewals == 0:
			a.worse(No)
			a.Why = append(a.Why, locale.T("purchase.way.renew.no", "org", org, "ref", string(p.held.Ref), "day", p.exits[len(p.exits)-1].End))
		default:
			a.Why = append(a.Why, locale.T("purchase.way.renew.yes", "org", org, "ref", string(p.held.Ref), "count", w.exit.Renewals, "until", w.exit.End))
			if w.early > 0 {
				a.Why = append(a.Why, locale.T("purchase.way.renew.after", "length", monthsText(w.early)))
			}
			if by := w.exit.DecideBy; !by.IsZero() && (a.By.IsZero() || by.Before(a.By)) {
				a.By = by
			}
		}
	}
	return a
}

// worse keeps the worst of the answers.
func (a *Alternative) worse(answer Answer) {
	if a.Possible == Yes || answer == No {
		a.Possible = answer
	}
}

// amending asks whether amendments can bridge the time from each end that comes too early to the first possible day.
func (r Rules) amending(f Feasibility, q Question, short []path) Alternative {
	a := Alternative{Way: AmendTerm, Possible: Yes, Target: f.Earliest}
	if len(short) == 0 {
		a.Possible = No
		a.Why = append(a.Why, locale.T("purchase.why.nothing-to-amend"))
		return a
	}
	limit := r.at(amendmentAtMost, q.On)
	eve := f.Earliest.AddDays(-1)
	for _, p := range short {
		days := p.now.Term.DaysUntil(eve)
		answer := Yes
		switch cents, known := over(p.held, max(1, monthsOf(days))); {
		case days > p.bridge && p.sure, known && cents/100 >= int64(r.at(formalFrom, q.On).Value):
			answer = No
		case days > p.bridge, !p.sure, !known:
			answer = Unknown
		}
		if by := workdays.WorkingOnOrBefore(p.now.Term); a.By.IsZero() || by.Before(a.By) {
			a.By = by
		}
		a.worse(answer)
		a.Why = append(a.Why, locale.T("purchase.way.amend."+string(answer), "org", q.name(p.held.Org), "ref", string(p.held.Ref), "length", daysText(days), "limit", daysText(p.bridge)))
	}
	a.Why = append(a.Why, locale.T("purchase.why.amendment", "percent", limit.Value, "source", sourceText(limit.Source)))
	return a
}

// framework asks whether there is time to use the framework agreement of a purchasing body. Whether one exists for the family, nobody told the bot.
func (r Rules) framework(f Feasibility, q Question) Alternative {
	plan := r.Plan(Framework, q.Family, f.Wanted, true)
	a := Alternative{Way: UseFramework, Possible: Unknown, By: plan.Begin}
	key := "purchase.way.framework.time"
	switch plan.On(q.On) {
	case Tight:
		a.By = plan.LatestBegin
	case TooShort:
		a.Possible, a.By = No, calendar.Day{}
		key = "purchase.way.framework.late"
	}
	a.Why = append(a.Why, locale.T(key, "count", plan.ShortestDays, "day", f.Wanted))
	return a
}

// separate asks whether each organisation, alone, could still replace what ends first. Parts of one need must not be split to stay below a threshold,
// so the line says it.
func (r Rules) separate(f Feasibility, q Question) Alternative {
	a := Alternative{Way: BuySeparately, Possible: Yes}
	for _, org := range organisationsOf(q.Needs) {
		var own []proposal.Proposal
		first := calendar.Day{}
		for _, n := range q.Needs {
			if n.Org != org {
				continue
			}
			own = append(own, n)
			if d := due(n, q.On); !d.IsZero() && (first.IsZero() || d.Before(first)) {
				first = d
			}
		}
		if first.IsZero() || !first.Before(f.Earliest) {
			continue // it has the time to wait for the others
		}
		need := estimate(own, f.Need.Months)
		procedure := r.procedure(need.Cents, q.On)
		if !need.Certain() && procedure != Formal {
			a.worse(Unknown)
			a.Why = append(a.Why, locale.T("purchase.way.separate.unknown", "org", q.name(org)))
			continue
		}
		a.large = a.large || procedure == Formal
		plan := r.Plan(procedure, q.Family, first, true)
		begin, key := plan.Begin, "purchase.way.separate.time"
		switch plan.On(q.On) {
		case Tight:
			begin, key = plan.LatestBegin, "purchase.way.separate.tight"
		case TooShort:
			a.worse(No)
			key = "purchase.way.separate.late"
		}
		a.Why = append(a.Why, locale.T(key, "org", q.name(org), "procedure", procedure.Text(), "count", plan.ShortestDays, "begin", begin))
		if key != "purchase.way.separate.late" && (a.By.IsZero() || begin.Before(a.By)) {
			a.By = begin
		}
	}
	a.Why = append(a.Why, locale.T("purchase.way.separate.split"))
	return a
}

// due is the day for which the organisation needs something new.
func due(n proposal.Proposal, on calendar.Day) calendar.Day {
	if n.Kind != proposal.Contract {
		return n.Wanted
	}
	if s := contract.At(n.Standing(), on); s.State != contract.Unknown && s.State != contract.Expired {
		return s.Term.AddDays(1)
	}
	return calendar.Day{}
}

// Text says the way, whether it leads there, and why. What each would have to do alone shows on which side of a threshold its own need lies: only
// who may see the amounts reads it.
func (a Alternative) Text(exact bool) locale.Text {
	why := a.Why
	if a.Way == BuySeparately && !exact {
		why = why[len(why)-1:]
	}
	return locale.T("purchase.way.line", "way", a.short(), "answer", locale.T("purchase.answer."+string(a.Possible)), "why", along(why))
}

// short names the way with the date that it aims at.
func (a Alternative) short() locale.Text {
	if a.Way == RenewOnce && !a.Target.IsZero() {
		return locale.T("purchase.way.renew.target", "target", a.Target)
	}
	if a.large {
		return locale.T("purchase.way.separate-large")
	}
	return locale.T("purchase.way." + string(a.Way))
}
