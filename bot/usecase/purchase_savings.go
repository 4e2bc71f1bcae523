package usecase

import (
	"strings"

	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/purchase"
)

// DeclareSaving records what a purchase changed for the person's organisation: what it spent before, what it spends now. Nothing is guessed.
func DeclareSaving(t *Turn, ref purchase.Ref, kind purchase.Spending, before, after string) (Reply, error) {
	amounts := [2]money.Amount{}
	for i, words := range []string{before, after} {
		amount, err := money.ParseAmount(clean(words))
		if err != nil {
			return Reply{}, refuse("purchase.gain.how", "ref", string(ref), "words", strings.TrimSpace(words))
		}
		amounts[i] = amount
	}
	p, err := t.alter(ref, func(p purchase.Purchase) (purchase.Purchase, error) {
		return p.Declare(purchase.Saving{
			Org: t.Who.Organisation, Kind: kind, Before: amounts[0], After: amounts[1], By: t.Who.Handle, On: t.today(),
		})
	})
	if err != nil {
		return Reply{}, err
	}
	s, err := t.sightOf(p.Organisations())
	if err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, gainLines(p, s == everyCent)...)
}

// gainLines say what was declared, all together; without the sums the share alone.
func gainLines(p purchase.Purchase, exact bool) []locale.Text {
	var lines []locale.Text
	for _, g := range p.Gains() {
		lines = append(lines, g.Text(exact))
	}
	return lines
}
