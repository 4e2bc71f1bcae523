package usecase

import (
	"strconv"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// collect says which step of a purchase begins and that a collection closes soon, calls those who have not said their needs as the closing of a collection comes near, and tells whoever leads a purchase that it has passed.
func (t *Turn) collect(last, morning calendar.Day) error {
	all, err := t.Tx.Purchases().All()
	if err != nil {
		return err
	}
	for _, p := range all {
		if err := t.beginStep(p, last, morning); err != nil {
			return err
		}
		if err := t.sayClosing(p, last, morning); err != nil {
			return err
		}
		if due, ok := p.RecallDue(t.askedFields(p.Family), last, morning); ok {
			if err := t.callForNeeds(p, due); err != nil {
				return err
			}
		}
		if p.State == purchase.Collection && !p.Closing.IsZero() && p.Closing.Before(morning) && !p.Closing.Before(last) {
			if err := t.closed(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// callForNeeds asks whoever speaks for each organisation that has not answered.
func (t *Turn) callForNeeds(p purchase.Purchase, due purchase.Recall) error {
	for _, org := range due.Orgs {
		reader, err := t.speakerOf(org)
		if err != nil {
			return err
		}
		if reader == "" {
			continue
		}
		d := chat.Draft{
			Title: locale.T("purchase.call.title", "name", purchaseName(p)), Tone: chat.Warn,
			Lines:   []locale.Text{locale.T("purchase.call.line", "organisation", t.organisation(org), "day", p.Closing, "distance", distance(t.today().DaysUntil(p.Closing)))},
			Footer:  locale.T("purchase.call.footer"),
			Buttons: []chat.Button[locale.Text]{{ID: "needs " + string(p.Ref), Label: locale.T("button.fill"), Tone: chat.Good}},
		}
		key := "needs " + string(p.Ref) + " " + p.Closing.String() + " " + strconv.Itoa(due.Before) + " " + org
		if err := t.tell(reader, key, purchaseToldSubject(p.Ref), d); err != nil {
			return err
		}
	}
	return nil
}

// closed tells whoever leads a purchase that its collection has closed, with who did not answer and what comes next.
func (t *Turn) closed(p purchase.Purchase) error {
	d := chat.Draft{
		Title: locale.T("purchase.closed.title", "name", purchaseName(p), "day", p.Closing),
		Lines: []locale.Text{locale.T("purchase.needs.complete", "ref", string(p.Ref))},
		Buttons: []chat.Button[locale.Text]{
			{ID: "run achat " + string(p.Ref) + " etape " + purchase.Agreement.Text().In(locale.French), Label: locale.T("button.agreement"), Tone: chat.Good},
		},
	}
	if missing := p.Missing(); len(missing) > 0 {
		d.Lines = []locale.Text{locale.T("purchase.closed.missing", "organisations", t.named(missing), "ref", string(p.Ref))}
	}
	if err := t.tell(leadOf(p), "closed "+string(p.Ref)+" "+p.Closing.String(), purchaseToldSubject(p.Ref), d); err != nil {
		return err
	}
	return t.refreshPurchase(p)
}
