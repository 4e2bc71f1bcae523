package usecase

import (
	"slices"
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// OpenPurchase opens a joint purchase of a family that is named in words. The person's organisation is its first member.
func OpenPurchase(t *Turn, words string) (Reply, error) {
	words = clean(words)
	if words == "" {
		return Reply{}, refuse("purchase.open.what")
	}
	code, ok := t.familyNamed(words)
	if !ok {
		return Reply{}, refuse("purchase.open.which", "words", words)
	}
	object := ""
	if len(strings.Fields(words)) > wordsOfFamily {
		if fault := setWords(&object, words); !fault.IsZero() {
			return Reply{}, Refusal{fault}
		}
	}
	if len(object) > longestField {
		return Reply{}, refuse("fault.too-long", "limit", longestField)
	}
	return t.open(code, object, []purchase.Member{{Org: t.Who.Organisation}})
}

// wordsOfFamily is how many words merely name a family; more of them say what is bought.
const wordsOfFamily = 2

// OpenPurchaseFor opens one for contracts and needs. Their organisations are its members; each of them is told, and may leave at a press.
func OpenPurchaseFor(t *Turn, refs []proposal.Ref) (Reply, error) {
	members := []purchase.Member{{Org: t.Who.Organisation}}
	var code family.Code
	var named []proposal.Proposal
	for _, ref := range refs {
		p, err := t.proposal(ref)
		if err != nil {
			return Reply{}, err // before anything is said of the others
		}
		named = append(named, p)
	}
	for i, p := range named {
		ref := refs[i]
		switch {
		case p.State != proposal.Live:
			return Reply{}, refuse("refusal.withdrawn", "ref", string(ref))
		case p.Kind == proposal.Offer:
			return Reply{}, refuse("purchase.open.offer", "ref", string(ref))
		case code != "" && p.Family != "" && !family.Related(code, p.Family):
			return Reply{}, refuse("purchase.open.families", "ref", string(ref), "first", code, "second", p.Family)
		}
		if code == "" {
			code = p.Family
		}
		if running, ok, err := t.purchaseCovering(p); err != nil || ok {
			return t.instead(running, p), err
		}
		at := slices.IndexFunc(members, func(m purchase.Member) bool { return m.Org == p.Org })
		if at < 0 {
			at, members = len(members), append(members, purchase.Member{Org: p.Org})
		}
		members[at].Contracts = append(members[at].Contracts, ref)
	}
	if code == "" {
		return Reply{}, refuse("purchase.open.no-family", "ref", string(refs[0]))
	}
	for _, m := range members[1:] {
		for _, ref := range refs {
			a, err := t.ask(ref, m.Org)
			if err != nil {
				return Reply{}, err
			}
			if a != nil && a.Answer == proposal.No {
				return Reply{}, refuse("purchase.open.refused", "organisation", t.organisation(m.Org), "ref", string(ref), "family", code)
			}
		}
	}
	return t.open(code, "", members)
}

// OpenPurchaseWith opens one from a match, in one press: for a proposal and what another organisation holds near it.
func OpenPurchaseWith(t *Turn, ref proposal.Ref, org string) (Reply, error) {
	p, err := t.proposal(ref)
	if err != nil {
		return Reply{}, err
	}
	if t.Who.Organisation != p.Org && t.Who.Organisation != org {
		return Reply{}, refuse("refusal.not-yours", "ref", string(ref), "organisation", t.organisation(p.Org))
	}
	a, err := t.ask(ref, org)
	if err != nil {
		return Reply{}, err
	}
	refs := []proposal.Ref{ref}
	if a != nil {
		for _, mine := range a.With {
			if held, err := t.proposal(mine); err != nil || held.State != proposal.Live || held.Kind == proposal.Offer || !family.Related(held.Family, p.Family) {
				continue
			}
			refs = append(refs, mine)
		}
	}
	if running, ok, err := t.purchaseCovering(p); err != nil || ok {
		if _, in := running.Member(t.Who.Organisation); err == nil && !in {
			return JoinPurchase(t, running.Ref, nil, refs[1:])
		}
		return t.instead(running, p), err
	}
	return OpenPurchaseFor(t, refs)
}

// instead points to the purchase that answers a proposal already.
func (t *Turn) instead(running purchase.Purchase, p proposal.Proposal) Reply {
	d := chat.Draft{Lines: []locale.Text{locale.T("purchase.open.already", "name", purchaseName(running), "ref", string(p.Ref), "purchase", string(running.Ref))}}
	if _, in := running.Member(t.Who.Organisation); !in {
		d.Buttons = purchaseButtons(running)[:1] // join
	}
	return Reply{Draft: &d}
}

// open writes a new purchase, posts its card and tells the other members.
func (t *Turn) open(code family.Code, object string, members []purchase.Member) (Reply, error) {
	n, err := t.Tx.Purchases().Next()
	if err != nil {
		return Reply{}, fault("number a purchase", err)
	}
	members[0].By, members[0].Since = t.Who.Handle, t.today()
	p := purchase.Open(n, members[0], code, object, t.Now)
	for _, m := range members[1:] {
		m.By = t.Who.Handle
		if p, err = p.Join(m, t.today()); err != nil {
			return Reply{}, mendable(err)
		}
	}
	if p, err = t.putPurchase(nil, p); err != nil {
		return Reply{}, err
	}
	card, err := t.purchaseCard(p)
	if err != nil {
		return Reply{}, err
	}
	if err := t.post(purchaseSubject(p.Ref), purchaseSubject(p.Ref), card); err != nil {
		return Reply{}, err
	}
	if err := t.tellMembers(p, locale.T("purchase.told.opened", "organisation", t.organisation(t.Who.Organisation), "person", t.person(t.Who.Handle))); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, locale.T("purchase.opened", "channel", t.Circle.Channel, "ref", string(p.Ref)))
}

// purchaseReply answers whoever has changed a purchase: what was done, where it stands, and the way back.
func (t *Turn) purchaseReply(p purchase.Purchase, lines ...locale.Text) (Reply, error) {
	f, err := t.feasible(p)
	if err != nil {
		return Reply{}, err
	}
	s, err := t.sightOf(p.Organisations())
	if err != nil {
		return Reply{}, err
	}
	stand := locale.T("purchase.dropped")
	if p.State != purchase.Dropped {
		stand = t.stageOf(p, f)
	}
	d := chat.Draft{Title: purchaseTitle(p), Tone: chat.Good, Lines: append(lines, stand)}
	if p.State.Running() {
		d.Lines = append(d.Lines, locale.T("purchase.outlook", "outlook", outlook(f, s)))
	}
	d.Footer = locale.T("purchase.more", "ref", string(p.Ref))
	d.Buttons = []chat.Button[locale.Text]{{ID: "undo " + t.Act, Label: locale.T("button.undo"), Tone: chat.Danger}}
	return Reply{Draft: &d}, nil
}

// poolButton offers to open a joint purchase of a match in one press; none for what nobody buys.
func poolButton(p proposal.Proposal, org string) []chat.Button[locale.Text] {
	if p.Kind == proposal.Offer || p.Family == "" {
		return nil
	}
	return []chat.Button[locale.Text]{{ID: "pool " + string(p.Ref) + " " + org, Label: locale.T("button.open-purchase")}}
}
