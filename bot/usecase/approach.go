package usecase

import (
	"slices"
	"strings"

	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
	"sdcbot/bot/proposal"
)

// near is a peer's proposal that comes close to one's own, and why.
type near struct {
	peer    proposal.Proposal
	reasons []locale.Text
}

// side reduces a proposal to what matching judges.
func (t *Turn) side(p proposal.Proposal) match.Side {
	return match.Side{
		Org: p.Org, Kind: intake.Kind(p.Kind), Family: p.Family, Object: p.Object, Supplier: p.Supplier, Date: p.Date(t.today()),
	}
}

// nearby finds the peers' proposals that come close to p and are due to be put together, best first. Pairs that were put
// together before are left out: they are said once.
func (t *Turn) nearby(p proposal.Proposal, others []proposal.Proposal) ([]near, error) {
	pairs, err := t.Tx.Pairs().Of(p.Ref)
	if err != nil {
		return nil, err
	}
	known := map[proposal.Ref]bool{}
	for _, pair := range pairs {
		known[pair.A], known[pair.B] = true, true
	}
	var peers []proposal.Proposal
	var sides []match.Side
	for _, o := range others {
		if o.Org != p.Org && o.State == proposal.Live && !known[o.Ref] {
			peers, sides = append(peers, o), append(sides, t.side(o))
		}
	}
	mine := t.side(p)
	var out []near
	for _, hit := range match.Against(mine, sides) {
		if day, ok := match.Due(mine, sides[hit.Index], t.today()); ok && !day.After(t.today()) {
			out = append(out, near{peers[hit.Index], hit.Verdict.Reasons})
		}
	}
	return out, nil
}

// approach puts p to the organisations whose proposals come close: one private question an organisation, with the reasons, and the
// pair remembered. An organisation that was asked about p before is not asked again; it reads the new reason on the
// question that stands. It returns what was found.
func (t *Turn) approach(p proposal.Proposal) ([]near, error) {
	others, err := t.Tx.Proposals().All()
	if err != nil {
		return nil, err
	}
	found, err := t.nearby(p, others)
	if err != nil {
		return nil, err
	}
	byOrg := map[string][]near{}
	var orgs []string
	for _, n := range found {
		a, b := proposal.Order(p.Ref, n.peer.Ref)
		if err := t.Tx.Pairs().Put(proposal.Pair{A: a, B: b, At: t.Now}); err != nil {
			return nil, err
		}
		if byOrg[n.peer.Org] == nil {
			orgs = append(orgs, n.peer.Org)
		}
		byOrg[n.peer.Org] = append(byOrg[n.peer.Org], n)
	}
	for _, org := range orgs {
		if err := t.askOrganisation(p, org, byOrg[org]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// askOrganisation puts the question about p to whoever speaks for the organisation.
func (t *Turn) askOrganisation(p proposal.Proposal, org string, found []near) error {
	away, err := t.awayOn(t.today())
	if err != nil {
		return err
	}
	before, err := t.ask(p.Ref, org)
	if err != nil {
		return err
	}
	a := proposal.Ask{Proposal: p.Ref, Org: org}
	if before != nil {
		a = *before
		a.With = slices.Clone(before.With)
	}
	for _, n := range found {
		a.With = append(a.With, n.peer.Ref)
	}
	asked := a.Person != ""
	if !asked {
		speaker, ok := t.Circle.Speaker(org, t.today(), away)
		if !ok {
			return nil // nobody speaks for it: the card in the channel must do
		}
		a.Person, a.At = speaker.Handle, t.Now
	}
	if err := t.putAsk(before, a); err != nil {
		return err
	}
	if asked {
		return t.refreshAsk(p, a)
	}
	d, err := t.question(p, a)
	if err != nil {
		return err
	}
	return t.tell(a.Person, askSubject(p.Ref, org), askSubject(p.Ref, org), d)
}

// names lists the organisations of what was found, each once, in alphabetical order.
func (t *Turn) names(found []near) string {
	var names []string
	for _, n := range found {
		names = append(names, t.organisation(n.peer.Org))
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}
