package purchase

import "sdcbot/bot/locale"

// Turn is whose turn it is to coordinate, and why.
type Turn struct {
	Org string
	Why locale.Text
}

// Proposed proposes who carries the purchase, in turn: the member that carries fewest purchases now, then that has carried fewest before, then that joined
// first. Coordinating takes much work, and it is always the same who offer. A purchase that has a coordinator needs none. It proposes; members decide.
func (p Purchase) Proposed(all []Purchase) (Turn, bool) {
	if p.Coordinator.Org != "" || len(p.Members) < leastOrgs || !p.State.Running() {
		return Turn{}, false
	}
	now, ever := map[string]int{}, map[string]int{}
	for _, other := range all {
		if other.Ref == p.Ref || other.Coordinator.Org == "" || other.State == Dropped {
			continue
		}
		ever[other.Coordinator.Org]++
		if other.State.Running() {
			now[other.Coordinator.Org]++
		}
	}
	best := p.Members[0].Org
	for _, m := range p.Members[1:] {
		if now[m.Org] < now[best] || now[m.Org] == now[best] && ever[m.Org] < ever[best] {
			best = m.Org
		}
	}
	if ever[best] == 0 {
		return Turn{best, locale.T("purchase.turn.never")}, true
	}
	return Turn{best, locale.T("purchase.turn.why", "count", ever[best], "now", now[best])}, true
}
