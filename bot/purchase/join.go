package purchase

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Joinable says whether an organisation may still join on the day. Needs are known before a tender is launched, and whoever is not named in it
// can buy nothing from it: so the closing is hard.
func (p Purchase) Joinable(on calendar.Day) error {
	switch {
	case p.State == Dropped:
		return refuse("purchase.refuse.dropped").instead("open")
	case !p.Closing.IsZero() && on.After(p.Closing):
		return refuse("purchase.refuse.late", "day", p.Closing).instead("next", "permanent", "framework", "separate")
	case p.State.rank() > Collection.rank():
		return refuse("purchase.refuse.launched", "state", p.State.Text()).instead("next", "permanent", "framework", "separate")
	}
	return nil
}

// Join adds an organisation, for all lots or some, or changes the lots of one that is in. The first answer of the second organisation makes an idea
// an interest.
func (p Purchase) Join(m Member, on calendar.Day) (Purchase, error) {
	if err := p.Joinable(on); err != nil {
		return p, err
	}
	lots, err := p.chosen(m.Lots)
	if err != nil {
		return p, err
	}
	m.Lots = lots
	if i := p.index(m.Org); i >= 0 {
		before := p.Members[i]
		before.Lots = m.Lots
		before.Contracts = union(before.Contracts, m.Contracts)
		return p.withMember(i, before), nil
	}
	m.Since = on
	p.Members = append(slices.Clone(p.Members), m)
	if p.State == Idea {
		p.State = Interest
	}
	return p, nil
}

func union(a, b []proposal.Ref) []proposal.Ref {
	out := slices.Clone(a)
	for _, ref := range b {
		if !slices.Contains(out, ref) {
			out = append(out, ref)
		}
	}
	return out
}

// chosen checks the numbers of lots; all of them is the same as none named, so that a lot that is added later is joined too.
func (p Purchase) chosen(numbers []int) ([]int, error) {
	numbers = slices.Compact(slices.Sorted(slices.Values(numbers)))
	for _, n := range numbers {
		if !slices.ContainsFunc(p.Lots, func(l Lot) bool { return l.Number == n }) {
			return nil, refuse("purchase.refuse.no-lot", "lot", n, "count", len(p.Lots))
		}
	}
	if len(numbers) == len(p.Lots) {
		return nil, nil
	}
	return numbers, nil
}

// Leave takes an organisation out. Once the agreement is signed, or the tender is out, the others and the suppliers count on it.
func (p Purchase) Leave(org string) (Purchase, error) {
	i := p.index(org)
	if i < 0 {
		return p, refuse("purchase.refuse.not-member")
	}
	switch m := p.Members[i]; {
	case p.State == Dropped:
		return p, refuse("purchase.refuse.dropped")
	case p.State.rank() > Agreement.rank():
		return p, refuse("purchase.refuse.committed", "state", p.State.Text()).instead("agreement-terms", "no-order")
	case !m.Signed.IsZero():
		return p, refuse("purchase.refuse.signed", "day", m.Signed).instead("agreement-terms")
	case p.Coordinator.Org == org && len(p.Members) > 1:
		return p, refuse("purchase.refuse.coordinator-leaves").instead("hand-over")
	case len(p.Members) == 1:
		return p, refuse("purchase.refuse.last-member").instead("drop")
	}
	p.Members = slices.Delete(slices.Clone(p.Members), i, i+1)
	return p, nil
}

// Coordinate names who carries the purchase.
func (p Purchase) Coordinate(c Coordinator) (Purchase, error) {
	switch {
	case p.State == Dropped:
		return p, refuse("purchase.refuse.dropped")
	case p.index(c.Org) < 0:
		return p, refuse("purchase.refuse.coordinator-not-member")
	}
	p.Coordinator = c
	return p, nil
}

// AddLot adds a lot while needs are still being said. Members who named no lot join it, the others do not.
func (p Purchase) AddLot(object string) (Purchase, error) {
	if p.State.rank() > Collection.rank() {
		return p, refuse("purchase.refuse.lots-fixed", "state", p.State.Text())
	}
	number := 1
	for _, l := range p.Lots {
		number = max(number, l.Number+1)
	}
	p.Lots = append(slices.Clone(p.Lots), Lot{Number: number, Object: object})
	return p, nil
}

// SetClosing sets the last day of the collection of needs. It can be moved while it lies ahead: once it has passed, somebody may have been
// refused because of it.
func (p Purchase) SetClosing(day, on calendar.Day) (Purchase, error) {
	switch {
	case p.State.rank() > Collection.rank():
		return p, refuse("purchase.refuse.closing-fixed", "state", p.State.Text())
	case !p.Closing.IsZero() && on.After(p.Closing):
		return p, refuse("purchase.refuse.closing-passed", "day", p.Closing)
	case day.Before(on):
		return p, refuse("purchase.refuse.closing-in-the-past", "day", day)
	case !p.Target.IsZero() && !day.Before(p.Target):
		return p, refuse("purchase.refuse.closing-after-target", "day", day, "target", p.Target)
	}
	p.Closing = day
	return p, nil
}

// SetTarget agrees on the common date, the first day of the joint contract.
func (p Purchase) SetTarget(day, on calendar.Day) (Purchase, error) {
	switch {
	case p.State.rank() > Agreement.rank():
		return p, refuse("purchase.refuse.target-fixed", "state", p.State.Text())
	case !day.After(on):
		return p, refuse("purchase.refuse.target-past", "day", day)
	case !p.Closing.IsZero() && !p.Closing.Before(day):
		return p, refuse("purchase.refuse.closing-after-target", "day", p.Closing, "target", day)
	}
	p.Target = day
	return p, nil
}

// LotsText says what a member joins: all lots, or lots 1 and 3.
func (p Purchase) LotsText(m Member) locale.Text {
	if len(p.Lots) == 0 {
		return locale.T("purchase.lots.none")
	}
	if len(m.Lots) == 0 {
		return locale.T("purchase.lots.all")
	}
	var lots []locale.Text
	for _, l := range p.Lots {
		if m.Buys(l.Number) {
			lots = append(lots, locale.T("purchase.lots.one", "number", l.Number, "object", l.Object))
		}
	}
	return locale.T("purchase.lots.some", "lots", lots)
}
