package usecase

import (
	"errors"

	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/storage"
)

// purchaseSubject is the subject of a purchase's card in the channel and of its lines in the journal; what its members are told in private
// stands under another.
func purchaseSubject(ref purchase.Ref) string     { return "purchase " + string(ref) }
func purchaseToldSubject(ref purchase.Ref) string { return "told " + string(ref) }

// purchase reads one joint purchase, or refuses a reference that nobody gave.
func (t *Turn) purchase(ref purchase.Ref) (purchase.Purchase, error) {
	p, err := t.Tx.Purchases().Get(ref)
	if errors.Is(err, storage.ErrNotFound) {
		return p, refuse("purchase.no-such-ref", "ref", string(ref))
	}
	return p, err
}

// putPurchase writes a new or changed purchase and its line of the journal, and returns it as it was written.
func (t *Turn) putPurchase(before *purchase.Purchase, p purchase.Purchase) (purchase.Purchase, error) {
	if before != nil {
		p.Version, p.Changed = before.Version+1, t.Now
	}
	if err := t.Tx.Purchases().Put(p); err != nil {
		return p, fault("write a purchase", err)
	}
	return p, t.journal(purchaseSubject(p.Ref), before, p)
}

// alter changes a purchase and shows it where it stands. What the rules forbid is refused with what remains possible.
func (t *Turn) alter(ref purchase.Ref, change func(purchase.Purchase) (purchase.Purchase, error)) (purchase.Purchase, error) {
	before, err := t.purchase(ref)
	if err != nil {
		return before, err
	}
	after, err := change(before)
	if err != nil {
		return before, mendable(err)
	}
	if after, err = t.putPurchase(&before, after); err != nil {
		return after, err
	}
	return after, t.refreshPurchase(after)
}

// mendable makes a sentence for the person of what the rules of purchases forbid.
func mendable(err error) error {
	var why *purchase.Refusal
	switch {
	case !errors.As(err, &why):
		return err
	case len(why.Instead) == 0:
		return Refusal{why.Why}
	}
	return refuse("purchase.refused", "why", why.Why, "instead", why.Instead)
}

// purchaseName calls a purchase in a sentence: "AC-1 (Téléphonie)".
func purchaseName(p purchase.Purchase) locale.Text {
	return locale.T("purchase.name", "ref", string(p.Ref), "subject", purchaseAbout(p))
}

func purchaseAbout(p purchase.Purchase) locale.Text {
	if p.Object != "" {
		return locale.Plain(p.Object)
	}
	return locale.T("value", "value", p.Family)
}

// feasible answers for a purchase, as things are today, whether there is still time.
func (t *Turn) feasible(p purchase.Purchase) (purchase.Feasibility, error) {
	live, err := t.live()
	if err != nil {
		return purchase.Feasibility{}, err
	}
	return t.rules().Feasible(p.Question(live, t.organisation, t.today())), nil
}

// sight is how much of a sum over several organisations somebody may see.
type sight int

const (
	noSum     sight = iota // from outside: no amount at all
	banded                 // the band of the sum
	everyCent              // every amount in it is one's own or shared
)

// sightOf says what the person may see of a sum over the organisations.
func (t *Turn) sightOf(orgs []string) (sight, error) {
	if t.Who.Handle == "" || circle.StandingOf(t.Who, t.Who.Organisation, t.today()) != circle.Own {
		return noSum, nil
	}
	return t.sightFor(t.Who.Organisation, orgs)
}

// sightFor says the same of whoever reads in the name of a member organisation.
func (t *Turn) sightFor(reader string, orgs []string) (sight, error) {
	for _, org := range orgs {
		if org == reader {
			continue
		}
		if shared, err := t.consented(org); err != nil || !shared {
			return banded, err
		}
	}
	return everyCent, nil
}

// sightOfAll says what may stand in the circle's channel.
func (t *Turn) sightOfAll() sight {
	if Outsiders(t.Circle, t.today()) {
		return noSum
	}
	return banded
}

// outlook is the feasibility in one sentence, as somebody may see it.
func outlook(f purchase.Feasibility, s sight) locale.Text {
	if s == noSum {
		return f.Delay()
	}
	return f.Summary(s == everyCent)
}

// purchaseCovering returns the purchase still to come that answers a proposal already.
func (t *Turn) purchaseCovering(held proposal.Proposal) (purchase.Purchase, bool, error) {
	all, err := t.Tx.Purchases().All()
	for _, p := range all {
		if p.State.Running() && p.Covers(held) {
			return p, true, err
		}
	}
	return purchase.Purchase{}, false, err
}

// speakerOf is who hears of a purchase for an organisation.
func (t *Turn) speakerOf(org string) (string, error) {
	away, err := t.awayOn(t.today())
	if err != nil {
		return "", err
	}
	speaker, _ := t.Circle.Speaker(org, t.today(), away)
	return speaker.Handle, nil
}
