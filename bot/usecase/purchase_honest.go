package usecase

import (
	"slices"

	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// honest answers in one line, for the organisation that holds p, whether there is time for a joint purchase with those whose proposals come close:
// « dans 6 mois » is often too late, and better known now. Nothing where p is no contract or no other buys.
func (t *Turn) honest(p proposal.Proposal, peers []near) (locale.Text, error) {
	if p.Kind != proposal.Contract || p.Family == "" || p.Date(t.today()).IsZero() {
		return locale.Text{}, nil
	}
	needs, orgs := []proposal.Proposal{p}, []string{p.Org}
	for _, n := range peers {
		if n.peer.Kind != proposal.Offer && n.peer.State == proposal.Live {
			needs, orgs = append(needs, n.peer), append(orgs, n.peer.Org)
		}
	}
	if len(needs) == 1 {
		return locale.Text{}, nil
	}
	s, err := t.sightFor(p.Org, orgs)
	if err != nil {
		return locale.Text{}, err
	}
	f := t.rules().Feasible(purchase.Question{On: t.today(), Family: p.Family, Needs: needs, Name: t.organisation})
	return locale.T("purchase.outlook", "outlook", outlook(f, s)), nil
}

// incoherent says of a contract, new or changed, what keeps its organisation from the common date of a purchase in which it takes part.
func (t *Turn) incoherent(some ...proposal.Proposal) (alarms []locale.Text, err error) {
	all, err := t.Tx.Purchases().All()
	for _, running := range all {
		for _, p := range some {
			if p.Kind != proposal.Contract {
				continue
			}
			if alarm, ok := running.Incoherent(p, t.today()); ok {
				alarms = append(alarms, locale.T("purchase.alarmed", "ref", string(p.Ref), "why", alarm.Why, "instead", alarm.Instead))
			}
		}
	}
	return alarms, err
}

// split warns whoever reads in the name of an organisation of several small contracts of one family that together reach the threshold from which a purchase has
// to be published. That each of them is small is told by no one but those who let their amounts be seen.
func (t *Turn) split(reader string, code family.Code, live []proposal.Proposal) (locale.Text, error) {
	hint, ok := t.rules().Split(live, code, t.today())
	if !ok {
		return locale.Text{}, nil
	}
	var orgs []string
	for _, p := range hint.Contracts {
		orgs = append(orgs, p.Org)
	}
	if s, err := t.sightFor(reader, orgs); err != nil || s != everyCent || !slices.Contains(orgs, reader) {
		return locale.Text{}, err
	}
	return locale.T("purchase.split.hint", "why", hint.Why, "family", code), nil
}
