package purchase

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
)

// Spending is what a saving was made on.
type Spending string

// The two kinds of spending; the source document tells them apart.
const (
	Investment Spending = "investment" // once
	Running    Spending = "running"    // by year
)

// Saving is what one organisation declares that the purchase changed for it. Nothing is ever guessed from contracts.
type Saving struct {
	Org    string       `json:"org"`
	Kind   Spending     `json:"kind"`
	Before money.Amount `json:"before"`
	After  money.Amount `json:"after"`
	By     string       `json:"by"` // handle
	On     calendar.Day `json:"on"`
}

// Declare records a member's saving; what it declared before of the same kind is replaced. Amounts that cost more after than before are declared too: the
// ledger is worth something only if it is honest.
func (p Purchase) Declare(s Saving) (Purchase, error) {
	switch {
	case p.index(s.Org) < 0:
		return p, refuse("purchase.refuse.not-member")
	case p.State.rank() < Award.rank() || p.State == Dropped:
		return p, refuse("purchase.refuse.no-saving-yet", "state", p.State.Text())
	case s.Before.IsZero() || s.After.IsZero():
		return p, refuse("purchase.refuse.saving-both")
	}
	s.Before, s.After = s.Kind.amount(s.Before), s.Kind.amount(s.After)
	p.Savings = slices.DeleteFunc(slices.Clone(p.Savings), func(o Saving) bool { return o.Org == s.Org && o.Kind == s.Kind })
	p.Savings = append(p.Savings, s)
	return p, nil
}

// amount brings an amount to the period in which the kind is counted.
func (k Spending) amount(a money.Amount) money.Amount {
	if k == Running {
		return money.Amount{Cents: yearly(a), Period: money.Yearly}
	}
	return money.Amount{Cents: a.Cents, Period: money.Total}
}

// Gain is what was saved in a kind of spending, all declarations together.
type Gain struct {
	Kind          Spending
	Before, After money.Amount
	Percent       int // saved, of what was spent before; negative where it became dearer
	Orgs          int // that declared
}

// Gains sums the declarations, running costs before investment. Organisations that declared nothing count for nothing.
func (p Purchase) Gains() []Gain {
	var out []Gain
	for _, kind := range []Spending{Running, Investment} {
		g := Gain{Kind: kind, Before: kind.amount(money.Amount{}), After: kind.amount(money.Amount{})}
		for _, s := range p.Savings {
			if s.Kind == kind {
				g.Before.Cents += s.Before.Cents
				g.After.Cents += s.After.Cents
				g.Orgs++
			}
		}
		if g.Orgs == 0 {
			continue
		}
		if g.Before.Cents > 0 {
			g.Percent = int((g.Before.Cents - g.After.Cents) * 100 / g.Before.Cents)
		}
		out = append(out, g)
	}
	return out
}

// Text says a gain; exact where the reader may see every declaration in it.
func (g Gain) Text(exact bool) locale.Text {
	key := "purchase.gain." + string(g.Kind)
	if !exact {
		return locale.T(key+"-share", "percent", g.Percent, "count", g.Orgs)
	}
	return locale.T(key, "before", g.Before, "after", g.After, "percent", g.Percent, "count", g.Orgs)
}
