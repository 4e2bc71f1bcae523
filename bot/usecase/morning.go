package usecase

import (
	"strconv"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
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

// Morning does what has fallen due since the last working morning on which it ran: questions recalled, contracts announced, needs collected, terms
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
	t.morning = newCeiling()
	live, err := t.live() // once: a morning writes no proposal
	if err != nil {
		return false, err
	}
	for _, step := range []func() error{
		func() error { return t.meet(live, last) },
		func() error { return t.recall(last, morning) },
		func() error { return t.remind(live, last, morning) },
		func() error { return t.collect(last, morning) },
		func() error { return t.digest(live, last, morning) },
		t.dropImports,
	} {
		if err := step(); err != nil {
			return false, err
		}
	}
	return true, t.tellRest(morning)
}

// tellMet tells the owner of a contract that peers' terms have come close and that they were asked.
func (t *Turn) tellMet(p proposal.Proposal, found approached) error {
	reader, err := t.ownerOf(p, circle.Propose)
	if err != nil || reader == "" {
		return err
	}
	d := chat.Draft{Title: locale.T("met.title", "ref", string(p.Ref), "subject", subject(p)), Lines: found.said(t)}
	key := "met " + string(p.Ref)
	for _, n := range found.near {
		key += " " + string(n.peer.Ref)
	}
	return t.tell(reader, key, "told "+string(p.Ref), d)
}
