package purchase

import (
	"sdcbot/bot/chart"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Picture shows the convergence on one line of time, the contracts in the order in which something has to be done.
func (c Convergence) Picture(code family.Code, name func(org string) string) chart.Terms {
	t := chart.Terms{Title: locale.T("purchase.picture.title", "family", code), On: c.On, Target: c.Target}
	for _, m := range c.Moves {
		if m.Ref.Kind() != proposal.Contract {
			continue // a need has no term
		}
		row := chart.Row{Label: name(m.Org), Ref: string(m.Ref), Term: m.Term, LastDay: m.LastDay, End: m.End, Out: m.Kind == CannotMove}
		if m.Bridged > 0 {
			row.Bridge = c.Target.AddDays(-1)
		}
		if row.LastDay.IsZero() && row.Out {
			row.LastDay = m.nextLastDay
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
