package usecase

import (
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/storage"
)

// Me says all that awaits the person, what is theirs, and what they were told lately and may have missed.
func Me(t *Turn) (Reply, error) {
	d := chat.Draft{Title: locale.T("me.title", "person", t.person(t.Who.Handle))}
	waiting, err := t.awaited()
	if err != nil {
		return Reply{}, err
	}
	if len(waiting) == 0 {
		d.Lines = append(d.Lines, locale.T("me.nothing-waits"))
	} else {
		d.Lines = append(d.Lines, locale.T("me.waits", "count", len(waiting)))
		d.Lines = append(d.Lines, waiting...)
	}
	mine, err := t.mine()
	if err != nil {
		return Reply{}, err
	}
	d.Lines = append(d.Lines, mine...)
	live, err := t.live()
	if err != nil {
		return Reply{}, err
	}
	d.Lines = append(d.Lines, t.completeness(live)...)
	told, err := t.Tx.Promises().ToldTo(t.Who.Handle, toldBack)
	if err != nil {
		return Reply{}, err
	}
	if len(told) > 0 {
		d.Lines = append(d.Lines, locale.T("me.told"))
	}
	for _, p := range told {
		gist, err := t.gist(p)
		if err != nil {
			return Reply{}, err
		}
		d.Lines = append(d.Lines, locale.T("me.told.line", "day", t.Circle.Today(p.KeptAt), "gist", gist))
	}
	own, err := t.absencesOf(t.Who.Handle)
	if err != nil {
		return Reply{}, err
	}
	if len(own) > 0 {
		d.Lines = append(d.Lines, own.stand())
	}
	return Reply{Draft: &d}, nil
}

// gist is what a message says in one line. A question about what was withdrawn says that instead; news, on which there is
// nothing to press, are said whole.
func (t *Turn) gist(m storage.Promise) (locale.Text, error) {
	what, rest, _ := strings.Cut(m.Subject, " ")
	if what == "ask" || what == "remind" {
		ref, org, _ := strings.Cut(rest, " ")
		p, err := t.proposal(proposal.Ref(ref))
		if err != nil {
			return locale.Text{}, err
		}
		if p.State != proposal.Live {
			return locale.T("card.withdrawn", "title", t.cardTitle(p)), nil
		}
		if what == "ask" {
			if a, err := t.ask(p.Ref, org); err != nil || a == nil {
				return locale.T("ask.retracted", "name", t.name(p)), err
			}
		}
	}
	said := m.Draft.Lines
	if !m.Draft.Title.IsZero() {
		said = append([]locale.Text{m.Draft.Title}, said...)
	}
	if len(said) > 1 && len(m.Draft.Buttons) == 0 {
		return locale.T("me.told.whole", "gist", said[0], "details", said[1:]), nil
	}
	if len(said) == 0 {
		return locale.Text{}, nil
	}
	return said[0], nil
}

// awaited lists the questions that the person's organisation has not answered and the contracts on which it must decide.
func (t *Turn) awaited() ([]locale.Text, error) {
	if !circle.May(t.Who, circle.Answer, t.today()) {
		return nil, nil
	}
	live, err := t.live()
	if err != nil {
		return nil, err
	}
	byRef := map[proposal.Ref]proposal.Proposal{}
	for _, p := range live {
		byRef[p.Ref] = p
	}
	asks, err := t.Tx.Asks().All()
	if err != nil {
		return nil, err
	}
	var out []locale.Text
	drafts, err := t.drafts()
	if err != nil {
		return nil, err
	}
	for _, p := range drafts {
		out = append(out, locale.T("me.confirm", "ref", string(p.Ref), "kind", kindSaid(p.Kind), "subject", subject(p)))
	}
	purchases, err := t.Tx.Purchases().All()
	if err != nil {
		return nil, err
	}
	for _, a := range asks {
		if p, ok := byRef[a.Proposal]; ok && a.Org == t.Who.Organisation && a.Person != "" && a.Answer == proposal.Silent && !together(purchases, p, a.Org) {
			out = append(out, locale.T("me.answer", "name", t.name(p), "day", t.Circle.Today(a.At)))
		}
	}
	for _, p := range purchases {
		if m, in := p.Member(t.Who.Organisation); in && p.State == purchase.Collection && m.Answered.IsZero() {
			out = append(out, locale.T("me.needs", "name", purchaseName(p), "day", p.Closing))
		}
	}
	for _, p := range live {
		if p.Org != t.Who.Organisation || p.Kind != proposal.Contract {
			continue
		}
		if at := t.office(p.Org).At(p.Standing(), t.today()); at.State == contract.Expired && p.Decision.Kind == "" {
			out = append(out, locale.T("me.expired", "ref", string(p.Ref), "subject", subject(p), "day", at.Term))
		}
		r, ok, err := t.openReminder(p, live)
		if err != nil {
			return nil, err
		}
		if ok {
			if why := silenced(purchases, p, r); !why.IsZero() {
				out = append(out, locale.T("me.pooled", "ref", string(p.Ref), "subject", subject(p), "why", why))
				continue
			}
			key := "me.decide"
			if t.noticeUnknown(p) {
				key = "me.decide.unknown"
			}
			out = append(out, locale.T(key, "ref", string(p.Ref), "subject", subject(p), "day", r.LastDay))
		}
	}
	return out, nil
}

// closeBy is how many months before the last day a decision awaits its holder even if no reminder was sent.
const closeBy = 3

// openReminder returns the latest reminder of a contract on which nobody has decided: one that was sent, since its day came after the
// contract was recorded, or any within the last three months. What was put off stays in sight here, though it is said no more.
func (t *Turn) openReminder(p proposal.Proposal, live []proposal.Proposal) (contract.Reminder, bool, error) {
	l, err := t.led(p, p.Standing(), t.today(), live)
	if err != nil {
		return contract.Reminder{}, false, err
	}
	r, ok := contract.Latest(t.office(p.Org).Reminders(l.terms, t.today()), t.today())
	sent := r.Day.After(t.Circle.Today(p.At))
	decided := p.Decision.Silences(r) && p.Decision.Kind != contract.Later
	return r, ok && !decided && (sent || r.Months <= closeBy), nil
}

// mine lists the live proposals that the person recorded.
func (t *Turn) mine() ([]locale.Text, error) {
	live, err := t.live()
	if err != nil {
		return nil, err
	}
	var out []locale.Text
	for i := len(live) - 1; i >= 0 && len(out) < toldBack; i-- {
		if live[i].Author != t.Who.Handle {
			continue
		}
		line, err := t.line(live[i])
		if err != nil {
			return nil, err
		}
		out = append(out, locale.T("me.mine.line", "line", line))
	}
	if len(out) > 0 {
		out = append([]locale.Text{locale.T("me.mine")}, out...)
	}
	return out, nil
}
