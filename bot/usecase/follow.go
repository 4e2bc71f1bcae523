package usecase

import (
	"slices"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Follow says where the circle's proposals stand: who answered what, who has not yet, and what was brought together.
func Follow(t *Turn) (Reply, error) {
	live, err := t.live()
	if err != nil {
		return Reply{}, err
	}
	asks, err := t.Tx.Asks().All()
	if err != nil {
		return Reply{}, err
	}
	byRef := map[proposal.Ref][]proposal.Ask{}
	for _, a := range asks {
		byRef[a.Proposal] = append(byRef[a.Proposal], a)
	}
	live = slices.DeleteFunc(live, func(p proposal.Proposal) bool { return len(byRef[p.Ref]) == 0 })
	if len(live) == 0 {
		return say(locale.T("follow.nothing")), nil
	}
	slices.SortStableFunc(live, func(p, q proposal.Proposal) int { return soonest(p.Date(t.today()), q.Date(t.today())) })
	d := chat.Draft{Title: locale.T("follow.title", "count", len(live))}
	for _, p := range live[:min(len(live), listed)] {
		var stands []locale.Text
		for _, a := range byRef[p.Ref] {
			if line := t.standing(a); !line.IsZero() {
				stands = append(stands, line)
			}
		}
		if len(stands) == 0 {
			continue
		}
		d.Lines = append(d.Lines, locale.T("follow.line", "name", t.name(p), "stands", stands))
	}
	if more := len(live) - listed; more > 0 {
		d.Footer = locale.T("list.more", "count", more)
	}
	return Reply{Draft: &d}, nil
}
