package usecase

import (
	"slices"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// led is a contract's terms with a first reminder as early as the procedure for the summed need asks for.
type led struct {
	terms  contract.Terms
	lead   purchase.Lead
	months int       // of the reminder that was added; 0: the contract's own come early enough
	learnt time.Time // when somebody last said something that the need is summed of
}

// rules and askedFields are those of the circle's own files, else the shipped ones.
func (t *Turn) rules() purchase.Rules {
	if t.Handbook == nil {
		return purchase.Default()
	}
	return t.Handbook.Rules
}

func (t *Turn) askedFields(code family.Code) []purchase.Field {
	if t.Handbook == nil {
		return purchase.DefaultFields().Of(code)
	}
	return t.Handbook.Fields.Of(code)
}

// led looks for that reminder as things are on the day.
func (t *Turn) led(p proposal.Proposal, terms contract.Terms, on calendar.Day, live []proposal.Proposal) (led, error) {
	none := led{terms: terms}
	reminders := t.office(p.Org).Reminders(terms, on)
	if p.Family == "" || len(reminders) == 0 || !t.rules().Slow(p, reminders[0].Term, reminders[0].Day) {
		return none, nil
	}
	lead, needs, err := t.lead(p, reminders[0], on, live)
	if err != nil || lead.Plan.IsZero() {
		return none, err
	}
	l := led{terms: terms.Earlier(lead.Months(reminders[0].LastDay)), lead: lead}
	if len(terms.Alerts) == len(l.terms.Alerts) {
		return none, nil
	}
	l.months = l.terms.Alerts[0]
	if p.Changed.After(p.At) {
		l.learnt = p.Changed
	}
	for _, n := range needs[1:] {
		if n.Changed.After(l.learnt) {
			l.learnt = n.Changed
		}
	}
	return l, nil
}

// lead counts back from the term of which a reminder speaks, for the contract and all that comes close to it. Zero: nothing is known that would call for a procedure.
func (t *Turn) lead(p proposal.Proposal, r contract.Reminder, on calendar.Day, live []proposal.Proposal) (purchase.Lead, []proposal.Proposal, error) {
	peers, err := t.buyingWith(p, live)
	if err != nil {
		return purchase.Lead{}, nil, err
	}
	needs := append([]proposal.Proposal{p}, peers...)
	lead, ok := t.rules().Lead(needs, r.Term, on)
	if !ok {
		return purchase.Lead{}, nil, nil
	}
	return lead, needs, nil
}

// buyingWith returns the contracts and needs of others that match p, however far their terms are, without those that somebody said no to.
func (t *Turn) buyingWith(p proposal.Proposal, live []proposal.Proposal) ([]proposal.Proposal, error) {
	pairs, err := t.Tx.Pairs().Of(p.Ref)
	if err != nil {
		return nil, err
	}
	refused := map[proposal.Ref]bool{}
	for _, pair := range pairs {
		refused[pair.Other(p.Ref)] = pair.Refused
	}
	var peers []proposal.Proposal
	var sides []match.Side
	for _, o := range live {
		if o.Org != p.Org && o.Kind != proposal.Offer && !refused[o.Ref] && family.Related(o.Family, p.Family) {
			peers, sides = append(peers, o), append(sides, t.side(o))
		}
	}
	hits := match.Against(t.side(p), sides)
	slices.SortFunc(hits, func(a, b match.Hit) int { return a.Index - b.Index })
	out := make([]proposal.Proposal, len(hits))
	for i, hit := range hits {
		out[i] = peers[hit.Index]
	}
	return out, nil
}

// leadReason says with a reminder how long the procedure takes: where others buy the same, where it is why the reminder comes, and where the time is short.
// The last reminders ask for a decision alone.
func (t *Turn) leadReason(p proposal.Proposal, r contract.Reminder, live []proposal.Proposal) (locale.Text, error) {
	if p.Family == "" || r.Months <= closeBy {
		return locale.Text{}, nil
	}
	l, err := t.led(p, p.Standing(), t.today(), live)
	if err != nil {
		return locale.Text{}, err
	}
	lead, _, err := t.lead(p, r, t.today(), live)
	if err != nil || lead.Plan.IsZero() {
		return locale.Text{}, err
	}
	if lead.Orgs == 1 && r.Months != l.months && lead.Plan.On(t.today()) == purchase.InTime {
		return locale.Text{}, nil
	}
	return lead.Text(t.today()), nil
}

// leadLine says of a contract whose procedure is longer than its reminders that one more comes, and why; nothing for all others.
func (t *Turn) leadLine(p proposal.Proposal) ([]locale.Text, error) {
	live, err := t.live()
	if err != nil {
		return nil, err
	}
	l, err := t.led(p, p.Standing(), t.today(), live)
	if err != nil || l.months == 0 {
		return nil, err
	}
	why := l.lead.Text(t.today())
	if first := t.office(p.Org).Reminders(l.terms, t.today())[0]; first.Day.After(t.today()) {
		why = locale.T("purchase.lead.added", "months", l.months, "why", why)
	}
	return []locale.Text{why}, nil
}
