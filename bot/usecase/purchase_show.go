package usecase

import (
	"slices"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// Purchases lists the joint purchases, those still to come first.
func Purchases(t *Turn) (Reply, error) {
	all, err := t.Tx.Purchases().All()
	if err != nil {
		return Reply{}, err
	}
	all = slices.DeleteFunc(all, func(p purchase.Purchase) bool { return p.State == purchase.Dropped })
	if len(all) == 0 {
		return say(locale.T("purchase.list.none")), nil
	}
	slices.SortStableFunc(all, func(p, q purchase.Purchase) int {
		switch {
		case p.State.Running() == q.State.Running():
			return 0
		case p.State.Running():
			return -1
		}
		return 1
	})
	d := chat.Draft{Title: locale.T("purchase.list.title", "count", len(all))}
	for _, p := range all[:min(len(all), listed)] {
		f, err := t.feasible(p)
		if err != nil {
			return Reply{}, err
		}
		_, next := p.NextDate(f.Plan)
		var orgs []locale.Text
		for _, org := range p.Organisations() {
			orgs = append(orgs, locale.Plain(t.organisation(org)))
		}
		d.Lines = append(d.Lines, locale.T("purchase.list.line", "name", purchaseName(p), "state", p.State.Text(), "organisations", orgs, "next", next))
	}
	d.Footer = locale.T("purchase.more", "ref", string(all[0].Ref))
	return Reply{Draft: &d}, nil
}

// ShowPurchase says all that the person may know of a purchase: how far it is, whether there is time, counted back step by step, and what else can
// be done.
func ShowPurchase(t *Turn, ref purchase.Ref) (Reply, error) {
	p, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	f, err := t.feasible(p)
	if err != nil {
		return Reply{}, err
	}
	s, err := t.sightOf(p.Organisations())
	if err != nil {
		return Reply{}, err
	}
	d := chat.Draft{Title: purchaseTitle(p), Lines: t.standOf(p, f)}
	if p.State == purchase.Dropped {
		d.Lines, d.Tone = []locale.Text{locale.T("purchase.dropped")}, chat.Muted
		return Reply{Draft: &d}, nil
	}
	turn, err := t.turnLine(p)
	if err != nil {
		return Reply{}, err
	}
	d.Lines = append(d.Lines, turn...)
	if p.State.Running() {
		d.Lines = append(d.Lines, feasibilityLines(f, s)...)
	}
	d.Lines = append(d.Lines, gainLines(p, s == everyCent)...)
	if circle.May(t.Who, circle.Join, t.today()) && p.State.Running() {
		d.Buttons = purchaseButtons(p)
		if _, in := p.Member(t.Who.Organisation); in {
			d.Buttons = d.Buttons[1:]
		} else {
			d.Buttons = d.Buttons[:1]
		}
	}
	return Reply{Draft: &d}, nil
}

// feasibilityLines is the whole answer, with the plan counted back; what it is worth stands last.
func feasibilityLines(f purchase.Feasibility, s sight) []locale.Text {
	if s == noSum {
		return []locale.Text{f.Delay(), f.Caveat()}
	}
	lines := f.Lines(s == everyCent)
	caveat := lines[len(lines)-1]
	lines = slices.Clone(lines[:len(lines)-1])
	if !f.Plan.IsZero() {
		lines = append(append(lines, locale.T("purchase.plan.title", "day", f.Wanted)), f.Plan.Lines()...)
	}
	return append(lines, caveat)
}
