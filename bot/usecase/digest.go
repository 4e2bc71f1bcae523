package usecase

import (
	"fmt"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/digest"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
)

const digestSubject = "digest"

// digest posts the weekly digest when its day has come since the last morning: Monday, or the working day before a Monday that is
// a holiday. Weeks missed together make one digest.
func (t *Turn) digest(live []proposal.Proposal, last, morning calendar.Day) error {
	week, due := digestDue(last, morning)
	if !due {
		return nil
	}
	since, err := t.lastDigest()
	if err != nil {
		return err
	}
	asks, err := t.Tx.Asks().All()
	if err != nil {
		return err
	}
	content, ok := digest.Of(live, asks, since, morning)
	if !ok {
		return nil
	}
	d, err := t.digestDraft(content, week)
	if err != nil {
		return err
	}
	year, number := week.ISOWeek()
	return t.post(fmt.Sprintf("digest %d-W%02d", year, number), digestSubject, d)
}

// lastDigest is the instant up to which the circle was told by the latest digest that was really sent: that of its making. A
// chat may have taken it much later, and what was recorded meanwhile is still news. What a circle held before it met the bot is not.
func (t *Turn) lastDigest() (made time.Time, err error) {
	if err := t.Tx.Settings().Get(adoptedKey, &made); err != nil {
		return made, err
	}
	digests, err := t.Tx.Promises().About(digestSubject)
	for _, p := range digests {
		if p.State == storage.Kept && p.Made.After(made) {
			made = p.Made
		}
	}
	return made, err
}

// digestDue returns the latest Monday whose digest falls due after last and by morning.
func digestDue(last, morning calendar.Day) (monday calendar.Day, due bool) {
	at := last.At(0, 0, utc)
	for {
		at = mondays.Next(at)
		day := calendar.Of(at)
		posted := workdays.WorkingOnOrBefore(day)
		if posted.After(morning) {
			return monday, due
		}
		if posted.After(last) {
			monday, due = day, true
		}
	}
}

func (t *Turn) digestDraft(content digest.Digest, week calendar.Day) (chat.Draft, error) {
	d := chat.Draft{Title: locale.T("digest.title", "day", week), Footer: locale.T("digest.footer")}
	head := func(key string, n int) { d.Lines = append(d.Lines, locale.T(key, "count", n)) }
	more := func(n int) {
		if n > 0 {
			d.Lines = append(d.Lines, locale.T("digest.more", "count", n))
		}
	}
	if n := len(content.New.Items); n > 0 {
		head("digest.new", n+content.New.More)
		for _, p := range content.New.Items {
			line := locale.T("digest.new.line", "name", t.name(p), "kind", kindSaid(p.Kind))
			if day := p.Date(t.today()); !day.IsZero() {
				line = locale.T("digest.new.dated", "name", t.name(p), "kind", kindSaid(p.Kind), "date", day)
			}
			d.Lines = append(d.Lines, line)
		}
		more(content.New.More)
	}
	if n := len(content.Answered.Items); n > 0 {
		head("digest.answered", n+content.Answered.More)
		for _, a := range content.Answered.Items {
			p, err := t.proposal(a.Proposal)
			if err != nil {
				return d, err
			}
			d.Lines = append(d.Lines, locale.T("digest.answered.line", "name", t.name(p), "stand", t.stance("stance.", a)))
		}
		more(content.Answered.More)
	}
	if n := len(content.Soon.Items); n > 0 {
		head("digest.soon", n+content.Soon.More)
		for _, s := range content.Soon.Items {
			key := "digest.soon.line"
			if t.noticeUnknown(s.Proposal) {
				key = "digest.soon.unknown"
			}
			d.Lines = append(d.Lines, locale.T(key, "name", t.name(s.Proposal), "day", s.LastDay, "distance", distance(t.today().DaysUntil(s.LastDay))))
		}
		more(content.Soon.More)
	}
	return d, nil
}

// utc is enough where only days are counted.
var utc = time.UTC
