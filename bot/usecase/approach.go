package usecase

import (
	"slices"

	"sdcbot/bot/chat"
	"sdcbot/bot/family"
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
// together before are left out, since they are said once; and those that a joint purchase replaces, since there is nothing left to ask.
func (t *Turn) nearby(p proposal.Proposal, others []proposal.Proposal) ([]near, error) {
	known, err := t.metBefore(p.Ref)
	if err != nil {
		return nil, err
	}
	var peers []proposal.Proposal
	var sides []match.Side
	for _, o := range others {
		if o.Org != p.Org && o.State == proposal.Live && !known[o.Ref] {
			peers, sides = append(peers, o), append(sides, t.side(o))
		}
	}
	hits := match.Against(t.side(p), sides)
	if len(hits) == 0 {
		return nil, nil
	}
	purchases, err := t.Tx.Purchases().All()
	if err != nil {
		return nil, err
	}
	var out []near
	for _, hit := range hits {
		if day, ok := hit.Due(t.today()); ok && !day.After(t.today()) && !boughtJointly(purchases, p, peers[hit.Index]) {
			out = append(out, near{peers[hit.Index], hit.Verdict.Reasons})
		}
	}
	return out, nil
}

// related are the live proposals that those of a family may match. One act asks for them twice, and they are many where a circle is large, so they are kept
// until a proposal is written.
func (t *Turn) related(code family.Code) ([]proposal.Proposal, error) {
	if t.lately.read && t.lately.code == code {
		return t.lately.related, nil
	}
	related, err := t.Tx.Proposals().LiveOf(match.Families(code)...)
	if err != nil {
		return nil, err
	}
	t.lately = lately{read: true, code: code, related: related}
	return related, nil
}

// lately is what a turn read last of a family and what may match it.
type lately struct {
	read    bool
	code    family.Code
	related []proposal.Proposal
}

// metBefore are the proposals with which one was put together.
func (t *Turn) metBefore(ref proposal.Ref) (map[proposal.Ref]bool, error) {
	pairs, err := t.Tx.Pairs().Of(ref)
	if err != nil {
		return nil, err
	}
	known := make(map[proposal.Ref]bool, len(pairs))
	for _, pair := range pairs {
		known[pair.Other(ref)] = true
	}
	return known, nil
}

// approached is what came of looking for peers whom a proposal concerns.
type approached struct {
	near     []near
	asked    []locale.Text  // names of the organisations before which the question stands, in alphabetical order
	answered []proposal.Ask // what the others had answered already
	honest   locale.Text    // whether there is time for a joint purchase with them
	alarms   []locale.Text  // what a common date that was agreed on forbids
	split    locale.Text    // several small contracts that are a large one together
}

// approach puts p to the organisations whose proposals come close: one private question an organisation, with the reasons, and the
// pair remembered. An organisation that was asked about p before is not asked again: it reads the new reason on the
// question that stands. Nor is one that answered, asked or unasked; its no goes for the new pair too.
func (t *Turn) approach(p proposal.Proposal) (approached, error) {
	others, err := t.related(p.Family)
	if err != nil {
		return approached{}, err
	}
	found, err := t.nearby(p, others)
	if err != nil {
		return approached{}, err
	}
	out := approached{near: found}
	byOrg := map[string][]near{}
	var orgs, asked []string
	var pairs []proposal.Pair
	for _, n := range found {
		if byOrg[n.peer.Org] == nil {
			orgs = append(orgs, n.peer.Org)
		}
		byOrg[n.peer.Org] = append(byOrg[n.peer.Org], n)
	}
	for _, org := range orgs {
		a, err := t.askOrganisation(p, org, byOrg[org])
		if err != nil {
			return approached{}, err
		}
		for _, n := range byOrg[org] {
			first, second := proposal.Order(p.Ref, n.peer.Ref)
			pairs = append(pairs, proposal.Pair{A: first, B: second, At: t.Now, Refused: a.Answer == proposal.No})
		}
		switch {
		case a.Answer != proposal.Silent:
			out.answered = append(out.answered, a)
		case a.Person != "":
			asked = append(asked, t.organisation(org))
		}
	}
	if err := t.Tx.Pairs().Put(pairs...); err != nil {
		return approached{}, err
	}
	if out.honest, err = t.honest(p, out.near); err != nil {
		return approached{}, err
	}
	if p.Kind == proposal.Contract && len(out.near) > 0 {
		live := slices.DeleteFunc(slices.Clone(others), func(o proposal.Proposal) bool { return o.State != proposal.Live })
		if out.split, err = t.split(p.Org, p.Family, live); err != nil {
			return approached{}, err
		}
	}
	slices.Sort(asked)
	for _, name := range asked {
		out.asked = append(out.asked, locale.Plain(name))
	}
	return out, nil
}

// askOrganisation puts the question about p to whoever speaks for the organisation, and returns how it stands. Where nobody speaks for it the
// card in the channel must do.
func (t *Turn) askOrganisation(p proposal.Proposal, org string, found []near) (proposal.Ask, error) {
	away, err := t.awayOn(t.today())
	if err != nil {
		return proposal.Ask{}, err
	}
	before, err := t.ask(p.Ref, org)
	if err != nil {
		return proposal.Ask{}, err
	}
	a := proposal.Ask{Proposal: p.Ref, Org: org}
	if before != nil {
		a = *before
		a.With = slices.Clone(before.With)
	}
	for _, n := range found {
		a.With = append(a.With, n.peer.Ref)
	}
	fresh := a.Person == "" && a.Answer == proposal.Silent
	if fresh {
		speaker, ok := t.Circle.Speaker(org, t.today(), away)
		if !ok {
			return a, nil
		}
		a.Person, a.At = speaker.Handle, t.Now
	}
	if err := t.putAsk(before, a); err != nil {
		return a, err
	}
	if !fresh {
		return a, t.refreshAsk(p, a)
	}
	d, err := t.question(p, a)
	if err != nil {
		return a, err
	}
	return a, t.putQuestion(p, a, askSubject(p.Ref, org), d)
}

// putQuestion promises the question to whom it is put now. What they were asked of the same before points to it from then on, so that
// there is one message to answer.
func (t *Turn) putQuestion(p proposal.Proposal, a proposal.Ask, key string, d chat.Draft) error {
	subject := askSubject(p.Ref, a.Org)
	posts, err := t.Tx.Promises().About(subject)
	if err != nil {
		return err
	}
	older := chat.Draft{Title: t.askTitle(p), Lines: []locale.Text{locale.T("ask.asked-again", "day", t.today())}, Tone: chat.Muted}
	for _, post := range posts {
		if post.Key == key {
			key += " " + t.Act // put, taken back and put again
		}
		if post.Person != a.Person {
			continue
		}
		if err := t.editPost(post, older); err != nil {
			return err
		}
	}
	return t.tell(a.Person, key, subject, d)
}

// said tells what came of it to the owner of the proposal.
func (found approached) said(t *Turn) []locale.Text {
	var lines []locale.Text
	for _, n := range found.near[:min(len(found.near), mostReasons)] {
		lines = append(lines, locale.T("propose.near", "name", t.name(n.peer), "reasons", joined(n.reasons)))
	}
	if more := len(found.near) - mostReasons; more > 0 {
		lines = append(lines, locale.T("propose.near.more", "count", more))
	}
	if len(found.asked) > 0 {
		lines = append(lines, locale.T("propose.asked", "organisations", found.asked))
	}
	if !found.honest.IsZero() {
		lines = append(lines, found.honest)
	}
	if !found.split.IsZero() {
		lines = append(lines, found.split)
	}
	lines = append(lines, found.alarms...)
	for _, a := range found.answered {
		lines = append(lines, locale.T("propose.answered", "organisation", t.organisation(a.Org), "answer", answerSaid(a.Answer)))
	}
	return lines
}

// joined puts reasons into one sentence. Some hold an "and" of their own, so they are not joined by another.
func joined(reasons []locale.Text) (all locale.Text) {
	for _, reason := range reasons {
		if all.IsZero() {
			all = reason
			continue
		}
		all = locale.T("reason.next", "before", all, "reason", reason)
	}
	return all
}
