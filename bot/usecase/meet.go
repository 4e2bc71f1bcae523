package usecase

import (
	"maps"
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/match"
	"sdcbot/bot/proposal"
)

// meet asks about the pairs that have come within reach by themselves: terms now within 24 months, or moved by a renewal. The newer of two asks
// the older.
//
// Which pairs match changes with the dates of a side alone, or with what was written of it; so only those that stirred since the last morning are
// looked at, each against all.
func (t *Turn) meet(live []proposal.Proposal, last calendar.Day) error {
	askers, err := t.askers(live, last)
	if err != nil {
		return err
	}
	for _, i := range slices.Backward(slices.Sorted(maps.Keys(askers))) {
		p := live[i]
		found, err := t.approach(p)
		if err != nil {
			return err
		}
		if err := t.tellMet(p, found); err != nil {
			return err
		}
		if err := t.shownMet(p, t.stirred(p, last)); err != nil {
			return err
		}
	}
	return nil
}

// shownMet promises that the card says who was asked, and that what names a proposal which changed by itself shows it as it is.
func (t *Turn) shownMet(p proposal.Proposal, stirred bool) error {
	if stirred {
		return t.refresh(p)
	}
	card, err := t.card(p)
	if err != nil {
		return err
	}
	return t.edit(cardSubject(p.Ref), card)
}

// askers are the dated contracts that match an older proposal with which they were never put together, by their place in the list.
func (t *Turn) askers(live []proposal.Proposal, last calendar.Day) (map[int]bool, error) {
	at := make(map[string]int, len(live))
	index := match.NewIndex(func(yield func(string, match.Side) bool) {
		for i, p := range live {
			at[string(p.Ref)] = i
			if !yield(string(p.Ref), t.side(p)) {
				return
			}
		}
	})
	purchases, err := t.Tx.Purchases().All()
	if err != nil {
		return nil, err
	}
	askers := map[int]bool{}
	for i, p := range live {
		if !t.stirred(p, last) {
			continue
		}
		due := index.Due(t.side(p), t.today())
		if len(due) == 0 {
			continue
		}
		known, err := t.metBefore(p.Ref)
		if err != nil {
			return nil, err
		}
		for _, key := range due {
			newer := max(i, at[key])
			if asker := live[newer]; !known[proposal.Ref(key)] && !boughtJointly(purchases, p, live[at[key]]) && asker.Kind == proposal.Contract && !asker.Date(t.today()).IsZero() {
				askers[newer] = true
			}
		}
	}
	return askers, nil
}

// stirred says whether a proposal may match another since that morning without having matched it before: it was written, a renewal moved its term, or its
// term came within reach.
func (t *Turn) stirred(p proposal.Proposal, last calendar.Day) bool {
	if !t.Circle.Today(p.Changed).Before(last) {
		return true
	}
	if p.Kind != proposal.Contract {
		return false
	}
	term := p.Date(t.today())
	return term != p.Date(last) || match.Opened(term, last, t.today())
}
