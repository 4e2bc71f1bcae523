package purchase

import (
	"cmp"
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Window is a time in which several organisations can still decide together what becomes of their contracts of a family.
type Window struct {
	Family    family.Code
	Until     calendar.Day // the first of the last days to give notice: after it one of them is bound again
	First     calendar.Day // the first and the last of the terms
	Last      calendar.Day
	Contracts []proposal.Proposal // by term
	Orgs      []string
}

// monthsTogether is the most that may lie between the terms of a window, as between those of a match.
const monthsTogether = 12

// Windows lists the open windows, the one that closes first before the others: at least two organisations of which the last day to give
// notice lies ahead and whose terms lie within twelve months. A contract that just ends counts with its term. Of overlapping windows of one family only
// the one that brings most organisations together is listed.
func Windows(all []proposal.Proposal, on calendar.Day) []Window {
	byFamily := map[family.Code][]dated{}
	for _, p := range all {
		if d, ok := nextDecision(p, on); ok {
			byFamily[p.Family] = append(byFamily[p.Family], d)
		}
	}
	var windows []Window
	for code, own := range byFamily {
		// A contract of the wider family may hold what this one is about: telephony and mobile telephony.
		if parent := family.Parent(code); parent != "" {
			own = slices.Concat(own, byFamily[parent])
		}
		if w, ok := widest(code, own); ok {
			windows = append(windows, w)
		}
	}
	slices.SortFunc(windows, func(a, b Window) int { return cmp.Or(a.Until.Compare(b.Until), cmp.Compare(a.Family, b.Family)) })
	var open []Window
	for _, w := range windows {
		if !slices.ContainsFunc(windows, func(o Window) bool { return family.Parent(o.Family) == w.Family && o.holds(w) }) {
			open = append(open, w)
		}
	}
	return open
}

// dated is a contract with the next decision on it.
type dated struct {
	proposal proposal.Proposal
	lastDay  calendar.Day
	term     calendar.Day
}

// nextDecision is the next one that can still be taken. One that was taken for that term leaves nothing to decide, unless it was to buy jointly.
func nextDecision(p proposal.Proposal, on calendar.Day) (dated, bool) {
	if p.Kind != proposal.Contract || p.Family == "" {
		return dated{}, false
	}
	reminders := contract.Reminders(p.Standing(), on)
	if len(reminders) == 0 {
		return dated{}, false
	}
	r := reminders[0]
	if p.Decision.Term == r.Term && p.Decision.Kind == contract.Renew {
		return dated{}, false
	}
	return dated{p, r.LastDay, r.Term}, true
}

// widest finds the year with most organisations in it, the earliest of several.
func widest(code family.Code, all []dated) (Window, bool) {
	slices.SortFunc(all, func(a, b dated) int {
		return cmp.Or(a.term.Compare(b.term), cmp.Compare(a.proposal.Org, b.proposal.Org), cmp.Compare(a.proposal.Ref, b.proposal.Ref))
	})
	var best Window
	for i, first := range all {
		limit := first.term.AddMonths(monthsTogether)
		if first.term.IsEndOfMonth() {
			limit = limit.EndOfMonth()
		}
		w := Window{Family: code, First: first.term}
		for _, d := range all[i:] {
			if d.term.After(limit) {
				break
			}
			w.Contracts = append(w.Contracts, d.proposal)
			w.Last = d.term
			if w.Until.IsZero() || d.lastDay.Before(w.Until) {
				w.Until = d.lastDay
			}
		}
		w.Orgs = organisationsOf(w.Contracts)
		if len(w.Orgs) > len(best.Orgs) {
			best = w
		}
	}
	return best, len(best.Orgs) >= leastOrgs
}

func (w Window) holds(other Window) bool {
	return !slices.ContainsFunc(other.Contracts, func(p proposal.Proposal) bool {
		return !slices.ContainsFunc(w.Contracts, func(q proposal.Proposal) bool { return q.Ref == p.Ref })
	})
}

// Text says the window: 3 contrats Copieurs et impression : fenêtre ouverte jusqu'au 28/02/2027.
func (w Window) Text() locale.Text {
	return locale.T("purchase.window", "count", len(w.Contracts), "family", w.Family, "day", w.Until, "orgs", len(w.Orgs))
}
