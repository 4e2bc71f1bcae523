package usecase

import (
	"slices"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
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
	maybes, err := t.maybes(live)
	if err != nil {
		return Reply{}, err
	}
	windows, all := purchase.Windows(live, t.today()), slices.Clone(live)
	live = slices.DeleteFunc(live, func(p proposal.Proposal) bool { return len(byRef[p.Ref]) == 0 })
	if len(live) == 0 && len(maybes) == 0 && len(windows) == 0 {
		return say(locale.T("follow.nothing")), nil
	}
	slices.SortStableFunc(live, func(p, q proposal.Proposal) int { return soonest(p.Date(t.today()), q.Date(t.today())) })
	var d chat.Draft
	if len(live) > 0 {
		d.Title = locale.T("follow.title", "count", len(live))
	}
	for _, p := range live[:min(len(live), listed)] {
		var stands []locale.Text
		for _, a := range byRef[p.Ref] {
			if line := t.stance("stance.", a); !line.IsZero() {
				stands = append(stands, line)
			}
		}
		if len(stands) == 0 {
			continue
		}
		d.Lines = append(d.Lines, locale.T("follow.line", "name", t.name(p), "stands", stands))
	}
	if len(maybes) > 0 {
		d.Lines = append(append(d.Lines, locale.T("follow.maybe")), maybes...)
	}
	if len(windows) > 0 {
		d.Lines = append(d.Lines, locale.T("follow.windows"))
		for _, w := range windows[:min(len(windows), mostMaybes)] {
			d.Lines = append(d.Lines, locale.T("follow.window", "window", w.Text()))
			hint, err := t.split(t.Who.Organisation, w.Family, all)
			if err != nil {
				return Reply{}, err
			}
			if !hint.IsZero() {
				d.Lines = append(d.Lines, hint)
			}
		}
	}
	if more := len(live) - listed; more > 0 {
		d.Footer = locale.T("follow.more", "count", more)
	}
	return Reply{Draft: &d}, nil
}

// mostMaybes is how many doubtful pairs one look shows.
const mostMaybes = 8

// maybes lists what of the peers' comes close to the person's own proposals but for one doubt: it is worth a look and no ping.
func (t *Turn) maybes(live []proposal.Proposal) ([]locale.Text, error) {
	pairs, err := t.Tx.Pairs().All()
	if err != nil {
		return nil, err
	}
	together := map[[2]proposal.Ref]bool{}
	for _, pair := range pairs {
		together[[2]proposal.Ref{pair.A, pair.B}] = true
	}
	byKey := map[string]proposal.Proposal{}
	index := match.NewIndex(func(yield func(string, match.Side) bool) {
		for _, p := range live {
			byKey[string(p.Ref)] = p
			if p.Org != t.Who.Organisation && !yield(string(p.Ref), t.side(p)) {
				return
			}
		}
	})
	var lines []locale.Text
	for _, mine := range live {
		if mine.Org != t.Who.Organisation {
			continue
		}
		for _, found := range index.Against(t.side(mine), mostMaybes, nil).Maybes {
			peer := byKey[found.Key]
			first, second := proposal.Order(mine.Ref, peer.Ref)
			if together[[2]proposal.Ref{first, second}] || len(lines) == mostMaybes {
				continue
			}
			lines = append(lines, locale.T("follow.maybe.line", "mine", t.name(mine), "peer", t.name(peer), "reasons", found.Verdict().Reasons[:1]))
		}
	}
	return lines, nil
}
