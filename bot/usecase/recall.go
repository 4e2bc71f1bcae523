package usecase

import (
	"slices"
	"strconv"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/storage"
)

// recall repeats questions that were met with silence, and sums up at the end.
func (t *Turn) recall(_, morning calendar.Day) error {
	asks, err := t.Tx.Asks().All()
	if err != nil {
		return err
	}
	away, err := t.awayOn(t.today())
	if err != nil {
		return err
	}
	purchases, err := t.Tx.Purchases().All()
	if err != nil {
		return err
	}
	summed := map[proposal.Ref]bool{}
	for _, a := range asks {
		days, due := a.RecallDue(t.Circle.Today(a.At), morning)
		if !due {
			continue
		}
		p, err := t.proposal(a.Proposal)
		if err != nil {
			return err
		}
		if p.State != proposal.Live || together(purchases, p, a.Org) {
			continue
		}
		before := a
		a.Recalls = days
		last := days == proposal.RecallDays[len(proposal.RecallDays)-1]
		if !last {
			if speaker, ok := t.Circle.Speaker(a.Org, t.today(), away); ok {
				a.Person = speaker.Handle
			}
		}
		if err := t.putAsk(&before, a); err != nil {
			return err
		}
		if last {
			if !summed[p.Ref] {
				summed[p.Ref] = true
				if err := t.sumUp(p, morning); err != nil {
					return err
				}
			}
			continue
		}
		if err := t.recalled(p, a, days); err != nil {
			return err
		}
	}
	return nil
}

// together says whether the organisation that was asked about a proposal buys it jointly already: the question needs no answer any more.
func together(purchases []purchase.Purchase, p proposal.Proposal, org string) bool {
	return slices.ContainsFunc(purchases, func(running purchase.Purchase) bool {
		_, in := running.Member(org)
		return in && running.State.Running() && running.Covers(p)
	})
}

// boughtJointly says whether one purchase replaces both: there is nothing left to ask.
func boughtJointly(purchases []purchase.Purchase, a, b proposal.Proposal) bool {
	return slices.ContainsFunc(purchases, func(running purchase.Purchase) bool {
		return running.State.Running() && running.Covers(a) && running.Covers(b)
	})
}

// recalled repeats one question. One that still waits for its chat is not repeated: it has not been read.
func (t *Turn) recalled(p proposal.Proposal, a proposal.Ask, days int) error {
	posts, err := t.Tx.Promises().About(askSubject(p.Ref, a.Org))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(posts, func(post storage.Promise) bool { return post.Person == a.Person && post.State == storage.Waiting }) {
		return nil
	}
	d, err := t.question(p, a)
	if err != nil {
		return err
	}
	d.Title = locale.T("recall.title", "count", days, "title", d.Title)
	return t.putQuestion(p, a, "recall "+askSubject(p.Ref, a.Org)+" "+strconv.Itoa(days), d)
}

// sumUp tells the author, and the circle in the card's thread, what became of a proposal after three weeks.
func (t *Turn) sumUp(p proposal.Proposal, morning calendar.Day) error {
	asks, err := t.Tx.Asks().Of(p.Ref)
	if err != nil {
		return err
	}
	d := chat.Draft{Title: locale.T("summary.title", "ref", string(p.Ref), "subject", subject(p), "count", proposal.RecallDays[len(proposal.RecallDays)-1])}
	for _, a := range asks {
		line := t.standing(a)
		if a.Answer == proposal.Silent {
			line = locale.T("stand.silent", "organisation", t.organisation(a.Org))
		}
		d.Lines = append(d.Lines, line)
	}
	key := "summary " + string(p.Ref) + " " + morning.String()
	if err := t.thread(key+" thread", cardSubject(p.Ref), "summary "+string(p.Ref), d); err != nil {
		return err
	}
	reader, err := t.ownerOf(p, circle.Propose)
	if err != nil || reader == "" {
		return err
	}
	d.Footer = locale.T("summary.footer", "ref", string(p.Ref))
	return t.tell(reader, key, "told "+string(p.Ref), d)
}
