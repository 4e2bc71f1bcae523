package usecase

import (
	"strconv"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// leadOf is who carries a purchase, else who opened it.
func leadOf(p purchase.Purchase) string {
	if p.Coordinator.Person != "" {
		return p.Coordinator.Person
	}
	return p.By
}

// beginStep tells whoever leads a purchase with an agreed date that a step of its backward plan begins now, and whether the purchase has come that far. A step
// that was done early is not announced.
func (t *Turn) beginStep(p purchase.Purchase, last, morning calendar.Day) error {
	if p.Target.IsZero() || !p.State.Running() {
		return nil
	}
	f, err := t.feasible(p)
	if err != nil {
		return err
	}
	step, ok := f.Plan.Begins(last, morning)
	if !ok || step.State().Before(p.State) {
		return nil
	}
	d := chat.Draft{
		Title:  locale.T("purchase.begins.title", "name", purchaseName(p), "step", step.Name.Text()),
		Lines:  []locale.Text{locale.T("purchase.begins.line", "until", step.Until, "target", p.Target)},
		Footer: locale.T("purchase.more", "ref", string(p.Ref)),
	}
	if p.State.Before(step.State()) {
		d.Lines = append(d.Lines, locale.T("purchase.begins.behind", "state", p.State.Text()))
		d.Tone = chat.Warn
	}
	key := "step " + string(p.Ref) + " " + string(step.Name) + " " + step.From.String()
	return t.tell(leadOf(p), key, purchaseToldSubject(p.Ref), d)
}

// sayClosing says under the card of a purchase that its collection closes soon: whoever is not in by then cannot join. Nothing where everybody is in.
func (t *Turn) sayClosing(p purchase.Purchase, last, morning calendar.Day) error {
	due, ok := p.ClosingNear(last, morning)
	if !ok {
		return nil
	}
	var outside []string
	for _, o := range t.Circle.Organisations {
		if _, in := p.Member(o.Code); !in {
			outside = append(outside, o.Code)
		}
	}
	if len(outside) == 0 {
		return nil
	}
	d := chat.Draft{
		Title: locale.T("purchase.closing-near.title", "day", p.Closing, "distance", distance(t.today().DaysUntil(p.Closing))), Tone: chat.Warn,
		Lines:   []locale.Text{locale.T("purchase.closing-near.line", "name", purchaseName(p), "organisations", t.named(outside))},
		Buttons: purchaseButtons(p)[:1],
	}
	key := "closing " + string(p.Ref) + " " + p.Closing.String() + " " + strconv.Itoa(due.Before)
	return t.thread(key, purchaseSubject(p.Ref), purchaseToldSubject(p.Ref), d)
}
