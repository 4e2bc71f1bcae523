package usecase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
	"sdcbot/bot/when"
)

// MovePurchase takes a purchase to another state and tells its members.
func MovePurchase(t *Turn, ref purchase.Ref, to purchase.State) (Reply, error) {
	before, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	var warnings []locale.Text
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (after purchase.Purchase, err error) {
		after, warnings, err = p.Move(to, t.today())
		return after, err
	})
	if err != nil {
		return Reply{}, err
	}
	if p.State == purchase.Dropped {
		for _, org := range p.Organisations() {
			if err := t.sayWhatWasSilenced(before, org); err != nil {
				return Reply{}, err
			}
		}
	}
	if err := t.tellMembers(p, locale.T("purchase.told.moved", "person", t.person(t.Who.Handle), "state", p.State.Text())); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, warnings...)
}

// ClosePurchase sets the last day of the collection of needs, after which nobody joins.
func ClosePurchase(t *Turn, ref purchase.Ref, words string) (Reply, error) {
	day, err := t.dayIn(ref, words)
	if err != nil {
		return Reply{}, err
	}
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.SetClosing(day, t.today()) })
	if err != nil {
		return Reply{}, err
	}
	closing := locale.T("purchase.closing", "day", p.Closing)
	if err := t.tellMembers(p, closing); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, closing)
}

// AimPurchase agrees on the common date.
func AimPurchase(t *Turn, ref purchase.Ref, words string) (Reply, error) {
	day, err := t.dayIn(ref, words)
	if err != nil {
		return Reply{}, err
	}
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.SetTarget(day, t.today()) })
	if err != nil {
		return Reply{}, err
	}
	target := locale.T("purchase.target", "day", p.Target)
	if err := t.tellMembers(p, target); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, target)
}

// SignPurchase records that the person's organisation has signed the agreement.
func SignPurchase(t *Turn, ref purchase.Ref) (Reply, error) {
	p, err := t.alter(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.Sign(t.Who.Organisation, t.today()) })
	if err != nil {
		return Reply{}, err
	}
	line := locale.T("purchase.signed", "organisation", t.organisation(t.Who.Organisation), "count", len(p.Unsigned()))
	if err := t.tellLead(p, line); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, line)
}

// dayIn reads the day that somebody sets.
func (t *Turn) dayIn(ref purchase.Ref, words string) (calendar.Day, error) {
	words = clean(words)
	if words == "" {
		return calendar.Day{}, refuse("purchase.day.which", "ref", string(ref))
	}
	if fault, bad := dateFault(words); bad {
		return calendar.Day{}, Refusal{fault}
	}
	found, ok := when.Target(words, t.today())
	if !ok {
		return calendar.Day{}, refuse("fault.date", "value", words)
	}
	return found.Day, nil
}
