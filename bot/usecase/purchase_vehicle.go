package usecase

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// vehicles are the ways of buying together, the lightest first.
var vehicles = []string{"once", "standing", "body", "company", "alone"}

// Vehicles says in which ways a joint purchase can be made, and what each is for: a group for one contract, a standing one, a purchasing body, the company
// that buys for its members, or each its own contract.
func Vehicles(t *Turn, ref purchase.Ref) (Reply, error) {
	p, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	f, err := t.feasible(p)
	if err != nil {
		return Reply{}, err
	}
	d := chat.Draft{Title: locale.T("purchase.vehicle.title", "name", purchaseName(p))}
	for _, v := range vehicles {
		d.Lines = append(d.Lines, locale.T("purchase.vehicle."+v))
	}
	d.Lines = append(d.Lines, f.Caveat())
	d.Footer = locale.T("purchase.more", "ref", string(ref))
	return Reply{Draft: &d}, nil
}
