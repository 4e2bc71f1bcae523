package usecase

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// purchaseCard is the message that stands for a purchase in the circle's channel, as it is now.
func (t *Turn) purchaseCard(p purchase.Purchase) (chat.Draft, error) {
	f, err := t.feasible(p)
	if err != nil {
		return chat.Draft{}, err
	}
	d := chat.Draft{Title: purchaseTitle(p), Lines: t.standOf(p, f), Tone: chat.Good}
	if p.State == purchase.Dropped {
		d.Lines, d.Tone = []locale.Text{locale.T("purchase.dropped")}, chat.Muted
		return d, nil
	}
	if p.State.Running() {
		d.Lines = append(d.Lines, locale.T("purchase.outlook", "outlook", outlook(f, t.sightOfAll())))
		d.Footer = locale.T("purchase.card.footer", "ref", string(p.Ref))
		if !p.Closing.IsZero() && t.today().After(p.Closing) {
			d.Footer = locale.T("purchase.card.footer.closed", "ref", string(p.Ref), "day", p.Closing)
		}
		d.Buttons = purchaseButtons(p)
	}
	d.Lines = append(d.Lines, gainLines(p, false)...)
	return d, nil
}

func purchaseTitle(p purchase.Purchase) locale.Text {
	return locale.T("purchase.title", "ref", string(p.Ref), "subject", purchaseAbout(p))
}

// stageOf says the state and its next date. One that has passed is no date to keep: the plan came too late, and the alternatives stand.
func (t *Turn) stageOf(p purchase.Purchase, f purchase.Feasibility) locale.Text {
	day, next := p.NextDate(f.Plan)
	key := "purchase.stand"
	if !day.IsZero() && day.Before(t.today()) {
		key = "purchase.stand.late"
	}
	return locale.T(key, "state", p.State.Text(), "next", next)
}

// standOf says how far a purchase is, who is in and what is agreed: what the whole circle may know.
func (t *Turn) standOf(p purchase.Purchase, f purchase.Feasibility) []locale.Text {
	lines := []locale.Text{t.stageOf(p, f)}
	for _, m := range p.Members {
		line := locale.T("purchase.member", "organisation", t.organisation(m.Org), "lots", p.LotsText(m))
		if len(m.Contracts) > 0 {
			var refs []locale.Text
			for _, ref := range m.Contracts {
				refs = append(refs, locale.Plain(string(ref)))
			}
			line = locale.T("purchase.member.with", "organisation", t.organisation(m.Org), "lots", p.LotsText(m), "refs", refs)
		}
		lines = append(lines, line)
	}
	for _, l := range p.Lots {
		lines = append(lines, locale.T("purchase.lot", "number", l.Number, "object", l.Object))
	}
	if c := p.Coordinator; c.Org != "" {
		lines = append(lines, locale.T("purchase.coordinator", "organisation", t.organisation(c.Org), "person", t.person(c.Person)))
	}
	if p.Months > 0 {
		lines = append(lines, p.DurationText(t.rules(), t.today()))
	}
	if !p.Target.IsZero() {
		lines = append(lines, locale.T("purchase.target", "day", p.Target))
	}
	if !p.Closing.IsZero() && p.State != purchase.Collection {
		lines = append(lines, locale.T("purchase.closing", "day", p.Closing))
	}
	if p.State == purchase.Agreement {
		for _, m := range p.Members {
			lines = append(lines, locale.T("purchase.agreement.line", "organisation", t.organisation(m.Org), "what", m.AgreementText(t.today())))
		}
	}
	return lines
}

// turnLine proposes who coordinates a purchase that nobody carries yet, to those who may decide it.
func (t *Turn) turnLine(p purchase.Purchase) ([]locale.Text, error) {
	if !circle.May(t.Who, circle.Join, t.today()) {
		return nil, nil
	}
	all, err := t.Tx.Purchases().All()
	if err != nil {
		return nil, err
	}
	next, ok := p.Proposed(all)
	if !ok {
		return nil, nil
	}
	return []locale.Text{locale.T("purchase.turn", "organisation", t.organisation(next.Org), "why", next.Why, "ref", string(p.Ref))}, nil
}

// purchaseButtons are what an organisation may do with a purchase. Whoever comes too late may press as well, and learns why.
func purchaseButtons(p purchase.Purchase) []chat.Button[locale.Text] {
	ref := string(p.Ref)
	return []chat.Button[locale.Text]{
		{ID: "join " + ref, Label: locale.T("button.join"), Tone: chat.Good},
		{ID: "leave " + ref, Label: locale.T("button.leave")},
		{ID: "needs " + ref, Label: locale.T("button.fill")},
	}
}

// refreshPurchase promises that the card shows the present state.
func (t *Turn) refreshPurchase(p purchase.Purchase) error {
	card, err := t.purchaseCard(p)
	if err != nil {
		return err
	}
	return t.edit(purchaseSubject(p.Ref), card)
}

// tellMembers tells whoever speaks for each member but the person's own organisation, with what of the sum that member may see.
func (t *Turn) tellMembers(p purchase.Purchase, lines ...locale.Text) error {
	f, err := t.feasible(p)
	if err != nil {
		return err
	}
	for _, m := range p.Members {
		if m.Org == t.Who.Organisation {
			continue
		}
		reader, err := t.speakerOf(m.Org)
		if err != nil {
			return err
		}
		if reader == "" {
			continue
		}
		s, err := t.sightFor(m.Org, p.Organisations())
		if err != nil {
			return err
		}
		d := chat.Draft{Title: purchaseTitle(p), Lines: append([]locale.Text{}, lines...)}
		if p.State.Running() {
			d.Lines = append(d.Lines, locale.T("purchase.outlook", "outlook", outlook(f, s)))
			d.Footer, d.Buttons = locale.T("purchase.told.footer", "ref", string(p.Ref)), purchaseButtons(p)[1:]
		}
		if err := t.tell(reader, purchaseToldSubject(p.Ref)+" "+m.Org+" "+t.Act, purchaseToldSubject(p.Ref), d); err != nil {
			return err
		}
	}
	return nil
}

// tellLead tells whoever carries the purchase, else who opened it, what another organisation did.
func (t *Turn) tellLead(p purchase.Purchase, line locale.Text) error {
	lead := leadOf(p)
	person, ok := t.Circle.Person(lead)
	if !ok || person.Organisation == t.Who.Organisation {
		return nil
	}
	return t.tell(lead, purchaseToldSubject(p.Ref)+" "+t.Act, purchaseToldSubject(p.Ref), chat.Draft{Lines: []locale.Text{line}})
}
