package usecase

import (
	"strconv"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"

	"github.com/robfig/cron/v3"
)

// The bot speaks of its own accord on working mornings only, at this hour in the circle's zone.
const (
	morningHour   = 8
	morningMinute = 30
)

// mornings is when the bot looks at what has fallen due; of its times, those on working days count. The digest's own schedule is
// that of Mondays. cron says only when a schedule is due next: what was done is remembered in the store.
var (
	mornings = mustParse(strconv.Itoa(morningMinute) + " " + strconv.Itoa(morningHour) + " * * *")
	mondays  = mustParse(strconv.Itoa(morningMinute) + " " + strconv.Itoa(morningHour) + " * * MON")
)

func mustParse(spec string) cron.Schedule {
	s, err := cron.ParseStandard(spec)
	if err != nil {
		panic(err)
	}
	return s
}

// workdays is the calendar by which mornings are counted.
var workdays = calendar.Metropole

// NextMorning is the next instant at which something may fall due after now.
func NextMorning(c circle.Circle, now time.Time) time.Time {
	next := mornings.Next(now.In(c.Zone))
	for !workdays.Working(calendar.Of(next)) {
		next = mornings.Next(next)
	}
	return next
}

// LastMorning is the latest working morning that has begun at now.
func LastMorning(c circle.Circle, now time.Time) calendar.Day {
	day := c.Today(now)
	if now.Before(day.At(morningHour, morningMinute, c.Zone)) {
		day = day.AddDays(-1)
	}
	return workdays.WorkingOnOrBefore(day)
}

const morningKey = "morning"

// Morning does what has fallen due since the last working morning on which it ran: questions recalled, contracts announced, terms
// that have come within reach, the weekly digest. Everything is computed from the present state, so that what was missed while
// the bot was down is said once and what was changed meanwhile is not said. done is false when there was no new morning.
func Morning(t *Turn) (done bool, err error) {
	morning := LastMorning(t.Circle, t.Now)
	var last calendar.Day
	if err := t.Tx.Settings().Get(morningKey, &last); err != nil {
		return false, err
	}
	if last == morning || morning.Before(last) {
		return false, nil
	}
	if err := t.Tx.Settings().Put(morningKey, morning); err != nil {
		return false, err
	}
	if last.IsZero() {
		return true, nil // the first start: nothing was promised before
	}
	for _, step := range []func(calendar.Day, calendar.Day) error{t.meet, t.recall, t.remind, t.digest} {
		if err := step(last, morning); err != nil {
			return false, err
		}
	}
	return true, nil
}

// meet asks about the pairs that have come within reach by themselves: terms now within 24 months, or moved by a renewal.
func (t *Turn) meet(_, _ calendar.Day) error {
	live, err := t.live()
	if err != nil {
		return err
	}
	for i := len(live) - 1; i >= 0; i-- { // the newer of two asks the older
		p := live[i]
		if p.Kind != proposal.Contract || p.Date(t.today()).IsZero() {
			continue
		}
		found, err := t.nearby(p, live[:i])
		if err != nil {
			return err
		}
		if len(found) == 0 {
			continue
		}
		if _, err := t.approach(p); err != nil {
			return err
		}
		if err := t.tellMet(p, found); err != nil {
			return err
		}
		if err := t.refresh(p); err != nil {
			return err
		}
	}
	return nil
}

// tellMet tells the owner of a contract that peers' terms have come close and that they were asked.
func (t *Turn) tellMet(p proposal.Proposal, found []near) error {
	reader, err := t.ownerOf(p)
	if err != nil || reader == "" {
		return err
	}
	d := chat.Draft{Title: locale.T("met.title", "ref", string(p.Ref), "subject", subject(p))}
	key := "met " + string(p.Ref)
	for _, n := range found {
		d.Lines = append(d.Lines, locale.T("propose.near", "name", t.name(n.peer), "reasons", n.reasons))
		key += " " + string(n.peer.Ref)
	}
	d.Lines = append(d.Lines, locale.T("propose.asked", "organisations", t.names(found)))
	return t.tell(reader, key, "told "+string(p.Ref), d)
}

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
		if p.State != proposal.Live {
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
		d, err := t.question(p, a)
		if err != nil {
			return err
		}
		d.Title = locale.T("recall.title", "count", days, "title", d.Title)
		if err := t.tell(a.Person, "recall "+askSubject(p.Ref, a.Org)+" "+strconv.Itoa(days), askSubject(p.Ref, a.Org), d); err != nil {
			return err
		}
	}
	return nil
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
	reader, err := t.ownerOf(p)
	if err != nil || reader == "" {
		return err
	}
	d.Footer = locale.T("summary.footer", "ref", string(p.Ref))
	return t.tell(reader, key, "told "+string(p.Ref), d)
}

// remind announces the contracts on which their holders must decide, at 12, 9, 6, 3 and 1 months from the last day to give notice. Only
// the latest announcement that fell due since the last morning is made, and none whose day had passed when the contract was recorded.
func (t *Turn) remind(last, morning calendar.Day) error {
	live, err := t.live()
	if err != nil {
		return err
	}
	for _, p := range live {
		if p.Kind != proposal.Contract {
			continue
		}
		due, ok := t.reminderDue(p, last, morning)
		if !ok {
			continue
		}
		reader, err := t.ownerOf(p)
		if err != nil {
			return err
		}
		if reader == "" {
			continue
		}
		d, err := t.reminder(p, due)
		if err != nil {
			return err
		}
		key := "remind " + string(p.Ref) + " " + due.LastDay.String() + " " + strconv.Itoa(due.Months)
		if err := t.tell(reader, key, remindSubject(p.Ref), d); err != nil {
			return err
		}
	}
	return nil
}

// reminderDue returns the reminder that has fallen due since the last morning: the latest one only. One whose day came before the
// contract was recorded is not said, since its author was told of it then.
func (t *Turn) reminderDue(p proposal.Proposal, last, morning calendar.Day) (contract.Reminder, bool) {
	r, ok := contract.Latest(contract.Reminders(p.Standing(), morning), morning)
	return r, ok && r.Day.After(last) && r.Day.After(t.Circle.Today(p.At)) && !p.Decision.Silences(r)
}

// reminder is the message that announces a decision to take.
func (t *Turn) reminder(p proposal.Proposal, r contract.Reminder) (chat.Draft, error) {
	act := workdays.WorkingOnOrBefore(r.LastDay)
	var key string
	switch {
	case contract.At(p.Terms, t.today()).Assumed.Notice:
		key = "remind.line.unknown"
	case r.LastDay == r.Term:
		key = "remind.line.term"
	case act != r.LastDay:
		key = "remind.line.act-before"
	default:
		key = "remind.line.notice"
	}
	d := chat.Draft{
		Title:   locale.T("remind.title", "ref", string(p.Ref), "subject", subject(p), "count", r.Months),
		Tone:    chat.Warn,
		Lines:   []locale.Text{locale.T(key, "day", r.LastDay, "act", act, "term", r.Term, "distance", distance(t.today().DaysUntil(act)))},
		Fields:  t.facts(p, audience{standing: circle.Own}),
		Footer:  locale.T("remind.footer", "ref", string(p.Ref)),
		Buttons: decisionButtons(p),
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

// askAgain promises that the reminders that stand ask for a decision again.
func (t *Turn) askAgain(p proposal.Proposal) error {
	r, ok := t.openReminder(p)
	if !ok {
		return nil
	}
	d, err := t.reminder(p, r)
	if err != nil {
		return err
	}
	return t.edit(remindSubject(p.Ref), d)
}
