package usecase

import (
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// JoinPurchase makes the person's organisation a member, for all lots or some, with the contracts and needs that it puts in: those named, or else
// all of its family.
func JoinPurchase(t *Turn, ref purchase.Ref, lots []int, contracts []proposal.Ref) (Reply, error) {
	for _, held := range contracts {
		if _, err := t.own(held); err != nil {
			return Reply{}, err
		}
	}
	was, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	before, in := was.Member(t.Who.Organisation)
	if in && len(lots) == 0 && len(contracts) == 0 {
		return say(locale.T("purchase.joined.already", "lots", was.LotsText(before), "ref", string(ref))), nil
	}
	p, err := t.alter(ref, func(p purchase.Purchase) (purchase.Purchase, error) {
		return p.Join(purchase.Member{Org: t.Who.Organisation, By: t.Who.Handle, Lots: lots, Contracts: contracts}, t.today())
	})
	if err != nil {
		return Reply{}, err
	}
	m, _ := p.Member(t.Who.Organisation)
	key := "purchase.joined"
	if in {
		key = "purchase.joined.again"
	}
	if !in || len(before.Lots) != len(m.Lots) {
		line := locale.T("purchase.told.joined", "organisation", t.organisation(m.Org), "name", purchaseName(p), "lots", p.LotsText(m))
		if err := t.tellLead(p, line); err != nil {
			return Reply{}, err
		}
	}
	turn, err := t.turnLine(p)
	if err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, append([]locale.Text{locale.T(key, "organisation", t.organisation(m.Org), "lots", p.LotsText(m))}, turn...)...)
}

// LeavePurchase takes the person's organisation out.
func LeavePurchase(t *Turn, ref purchase.Ref) (Reply, error) {
	before, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	p, err := t.alter(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.Leave(t.Who.Organisation) })
	if err != nil {
		return Reply{}, err
	}
	if err := t.sayWhatWasSilenced(before, t.Who.Organisation); err != nil {
		return Reply{}, err
	}
	org := t.organisation(t.Who.Organisation)
	if err := t.tellLead(p, locale.T("purchase.told.left", "organisation", org, "name", purchaseName(p))); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, locale.T("purchase.left", "organisation", org))
}

// AddLot adds a part of the purchase that can be joined alone.
func AddLot(t *Turn, ref purchase.Ref, object string) (Reply, error) {
	object = clean(object)
	if object == "" {
		return Reply{}, refuse("purchase.lot.which", "ref", string(ref))
	}
	if len(object) > longestField {
		return Reply{}, refuse("fault.too-long", "limit", longestField)
	}
	if fault := setWords(&object, object); !fault.IsZero() {
		return Reply{}, Refusal{fault}
	}
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.AddLot(object) })
	if err != nil {
		return Reply{}, err
	}
	lot := p.Lots[len(p.Lots)-1]
	return t.purchaseReply(p, locale.T("purchase.lot", "number", lot.Number, "object", lot.Object))
}

// CoordinatePurchase makes the person the one who carries the purchase.
func CoordinatePurchase(t *Turn, ref purchase.Ref) (Reply, error) {
	p, err := t.alter(ref, func(p purchase.Purchase) (purchase.Purchase, error) {
		return p.Coordinate(purchase.Coordinator{Org: t.Who.Organisation, Person: t.Who.Handle})
	})
	if err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, locale.T("purchase.coordinator", "organisation", t.organisation(t.Who.Organisation), "person", t.person(t.Who.Handle)))
}

// alterOwn changes a purchase in which the person's organisation takes part.
func (t *Turn) alterOwn(ref purchase.Ref, change func(purchase.Purchase) (purchase.Purchase, error)) (purchase.Purchase, error) {
	return t.alter(ref, func(p purchase.Purchase) (purchase.Purchase, error) {
		if _, in := p.Member(t.Who.Organisation); !in {
			return p, refuse("purchase.refuse.not-member")
		}
		return change(p)
	})
}
