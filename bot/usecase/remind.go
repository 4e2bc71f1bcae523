package usecase

import (
	"slices"
	"strconv"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// remind announces the contracts on which their holders must decide, at 12, 9, 6, 3 and 1 months from the last day to give notice. Only
// the latest announcement that fell due since the last morning is made, and none whose day had passed when the contract was recorded.
func (t *Turn) remind(live []proposal.Proposal, last, morning calendar.Day) error {
	purchases, err := t.Tx.Purchases().All()
	if err != nil {
		return err
	}
	for _, p := range live {
		if p.Kind != proposal.Contract {
			continue
		}
		due, ok, err := t.reminderDue(p, last, morning, live)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if why := silenced(purchases, p, due); !why.IsZero() {
			continue
		}
		if err := t.tellReminder(p, due, live); err != nil {
			return err
		}
	}
	return nil
}

// tellReminder promises the announcement, once.
func (t *Turn) tellReminder(p proposal.Proposal, due contract.Reminder, live []proposal.Proposal) error {
	reader, err := t.ownerOf(p, circle.Answer)
	if err != nil || reader == "" {
		return err
	}
	d, err := t.reminder(p, due, live)
	if err != nil {
		return err
	}
	key := "remind " + string(p.Ref) + " " + due.LastDay.String() + " " + strconv.Itoa(due.Months)
	return t.tell(reader, key, remindSubject(p.Ref), d)
}

// silenced says which joint purchase answers a reminder, so that it is not said; nothing when none does.
func silenced(all []purchase.Purchase, p proposal.Proposal, due contract.Reminder) locale.Text {
	for _, running := range all {
		if why, ok := running.Silences(p, due); ok {
			return why
		}
	}
	return locale.Text{}
}

// sayWhatWasSilenced announces after all what a purchase answered that answers it no more.
func (t *Turn) sayWhatWasSilenced(before purchase.Purchase, org string) error {
	live, err := t.live()
	if err != nil {
		return err
	}
	purchases, err := t.Tx.Purchases().All()
	if err != nil {
		return err
	}
	for _, p := range live {
		if p.Org != org {
			continue
		}
		due, open, err := t.openReminder(p, live)
		if err != nil {
			return err
		}
		if !open {
			continue
		}
		if _, was := before.Silences(p, due); was && silenced(purchases, p, due).IsZero() {
			if err := t.tellReminder(p, due, live); err != nil {
				return err
			}
		}
	}
	return nil
}

// reminderDue returns the reminder that has fallen due since the last morning: the latest one only. One whose day came before the
// contract was recorded is not said, since its author was told of it then.
//
// Where a contract renews by the year, the reminder at twelve months comes due while the decision before it can still be taken. It is
// said when that has passed and nobody took it. Who did was promised quiet until the term.
//
// One that the summed need asks for earlier than all others may have had its day when somebody says what makes the need larger: then it is said on the
// morning after.
func (t *Turn) reminderDue(p proposal.Proposal, last, morning calendar.Day, live []proposal.Proposal) (contract.Reminder, bool, error) {
	terms := p.Standing()
	l, err := t.led(p, terms, morning, live)
	if err != nil {
		return contract.Reminder{}, false, err
	}
	r, ok := contract.Latest(t.office(p.Org).Reminders(l.terms, morning), morning)
	fresh := ok && r.Day.After(last)
	if before := t.office(p.Org).Reminders(terms, last); ok && len(before) > 0 && before[0].Term != r.Term && before[0].Term != p.Decision.Term {
		fresh = true
	}
	fresh = fresh && r.Day.After(t.Circle.Today(p.At))
	if ok && r.Months == l.months && l.learnt.After(last.At(morningHour, morningMinute, t.Circle.Zone)) {
		fresh = true
	}
	return r, fresh && !p.Decision.Silences(r), nil
}

// reminder is the message that announces a decision to take.
func (t *Turn) reminder(p proposal.Proposal, r contract.Reminder, live []proposal.Proposal) (chat.Draft, error) {
	act := r.ActBy
	var key string
	switch {
	case t.noticeUnknown(p):
		key = "remind.line.unknown"
	case r.LastDay == r.Term:
		key = "remind.line.term"
	case act != r.LastDay:
		key = "remind.line.act-before"
	default:
		key = "remind.line.notice"
	}
	// Without the day: the line above says it, and of a reminder for the period to come it is another.
	known := slices.DeleteFunc(t.known(p, audience{standing: circle.Own}), func(f fact) bool { return f.field == circle.Date })
	d := chat.Draft{
		Title:   locale.T("remind.title", "ref", string(p.Ref), "subject", subject(p), "count", r.Months),
		Tone:    chat.Warn,
		Lines:   []locale.Text{locale.T(key, "day", r.LastDay, "act", act, "term", r.Term, "distance", distance(t.today().DaysUntil(act)))},
		Fields:  labelled(known),
		Footer:  locale.T("remind.footer", "ref", string(p.Ref)),
		Buttons: decisionButtons(p),
	}
	if at := t.office(p.Org).At(p.Standing(), t.today()); at.State == contract.NoticeMissed && at.Term != p.Decision.Term {
		d.Lines = append(d.Lines, locale.T("contract.notice-passed", "day", at.LastDay, "next", nextTerm(at)))
	}
	why, err := t.leadReason(p, r, live)
	if err != nil {
		return chat.Draft{}, err
	}
	if !why.IsZero() {
		d.Lines = append(d.Lines, why)
	}
	peers, err := t.peersOf(p)
	if err != nil {
		return chat.Draft{}, err
	}
	for _, peer := range peers {
		line := locale.T("remind.peer", "name", t.name(peer))
		if day := peer.Date(t.today()); !day.IsZero() {
			line = locale.T("remind.peer.dated", "name", t.name(peer), "date", day)
		}
		d.Lines = append(d.Lines, line)
	}
	return d, nil
}

// peersOf returns the live proposals with which p was brought together, that nobody refused and that are not over.
func (t *Turn) peersOf(p proposal.Proposal) ([]proposal.Proposal, error) {
	pairs, err := t.Tx.Pairs().Of(p.Ref)
	if err != nil {
		return nil, err
	}
	var out []proposal.Proposal
	for _, pair := range pairs {
		peer, err := t.proposal(pair.Other(p.Ref))
		if err != nil {
			return nil, err
		}
		day := peer.Date(t.today())
		if !pair.Refused && peer.State == proposal.Live && (day.IsZero() || !day.Before(t.today())) {
			out = append(out, peer)
		}
	}
	return out, nil
}

// askAgain promises that the reminders that stand ask for a decision again, and that the one which a decision kept from being said is.
func (t *Turn) askAgain(p proposal.Proposal) error {
	if err := t.sayAfterAll(remindSubject(p.Ref)); err != nil {
		return err
	}
	live, err := t.live()
	if err != nil {
		return err
	}
	r, ok, err := t.openReminder(p, live)
	if err != nil || !ok {
		return err
	}
	d, err := t.reminder(p, r, live)
	if err != nil {
		return err
	}
	return t.edit(remindSubject(p.Ref), d)
}
