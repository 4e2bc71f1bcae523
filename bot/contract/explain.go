package contract

import (
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// Explain shows the calculation behind At, a line a step: the firm period, the renewals, what was assumed, the notice, the weekend or
// holiday that moved the day, and what follows. Whoever holds the contract can check it on paper.
func (o Office) Explain(t Terms, on calendar.Day) []locale.Text {
	p, ok := o.periodsOf(t)
	if !ok {
		return []locale.Text{locale.T("contract.explain.unknown")}
	}
	s := p.at(on)
	lines := p.firmLines()
	lines = append(lines, p.renewalLines(s)...)
	lines = append(lines, p.assumedLines(s)...)
	lines = append(lines, p.lastDayLines(s)...)
	return append(lines, p.outcomeLines(s, on)...)
}

func (p periods) firmLines() []locale.Text {
	end := p.end(0)
	switch {
	case len(p.amendments) > 0:
		return p.amendmentLines()
	case p.firmEnd.IsZero() && p.months == 0:
		return []locale.Text{locale.T("contract.explain.firm.zero", "to", end)}
	case p.firmEnd.IsZero():
		line := locale.T("contract.explain.firm.counted", "from", p.start, "to", end, "count", p.months)
		return append([]locale.Text{line}, p.shortMonthLines(0)...)
	case !p.start.IsZero():
		return []locale.Text{locale.T("contract.explain.firm.written", "from", p.start, "to", end)}
	}
	return []locale.Text{locale.T("contract.explain.firm.until", "to", end)}
}

// shortMonthLines says why a period that began on the 31st ends on the 28th.
func (p periods) shortMonthLines(k int) []locale.Text {
	counted := p.firmEnd.IsZero() && p.start.AddMonths(p.months+k*p.every).Day < p.start.Day
	written := !p.firmEnd.IsZero() && !p.firmEnd.IsEndOfMonth() && p.end(k).Day < p.firmEnd.Day
	switch {
	case counted:
		return []locale.Text{locale.T("contract.explain.short_month", "number", p.start.Day)}
	case written:
		return []locale.Text{locale.T("contract.explain.short_month", "number", p.firmEnd.Day)}
	}
	return nil
}

func (p periods) renewalLines(s Situation) []locale.Text {
	k := s.RenewalsDone
	if k == 0 {
		return nil
	}
	lines := []locale.Text{locale.T("contract.explain.renewal."+string(p.renewal), "count", k, "to", s.Term,
		"length", locale.T("contract.months", "count", p.every))}
	lines = append(lines, p.shortMonthLines(k)...)
	if p.firmEnd.IsEndOfMonth() && s.Term.Day != p.firmEnd.Day {
		lines = append(lines, locale.T("contract.explain.month_end"))
	}
	return lines
}

// assumedLines says what was taken for granted; an unknown notice has its own line where the last day is given.
func (p periods) assumedLines(s Situation) []locale.Text {
	var lines []locale.Text
	if s.Assumed.Renewal {
		if p.renewal == "" {
			lines = append(lines, locale.T("contract.explain.assumed.no_renewal"))
		} else {
			lines = append(lines, locale.T("contract.explain.assumed.tacit"))
		}
	}
	if s.Assumed.RenewalMonths {
		lines = append(lines, locale.T("contract.explain.assumed.renewal_months", "count", p.every))
	}
	if s.Assumed.MaxRenewals {
		lines = append(lines, locale.T("contract.explain.assumed.max_renewals"))
	}
	return lines
}

// lastDayLines says how the last day was found and why one must act earlier.
func (p periods) lastDayLines(s Situation) []locale.Text {
	if s.LastDay.IsZero() {
		return nil
	}
	kind := "notice"
	if p.renewal == Express {
		kind = "decision"
	}
	var lines []locale.Text
	switch {
	case s.Assumed.Notice:
		lines = append(lines, locale.T("contract.explain."+kind+".unknown", "day", s.LastDay))
	case p.notice.length() == 0:
		lines = append(lines, locale.T("contract.explain."+kind+".none", "day", s.LastDay))
	case p.notice.Sent:
		lines = append(lines, locale.T("contract.explain.notice.sent", "length", p.notice.text(), "day", s.LastDay))
	default:
		lines = append(lines, locale.T("contract.explain."+kind, "length", p.notice.text(), "day", s.LastDay))
	}
	after := s.Term.AddDays(1)
	if from := after.AddMonths(-p.notice.Months); from.Day < after.Day {
		lines = append(lines, locale.T("contract.explain.notice.short_month", "number", after.Day, "day", from))
	}
	return append(lines, p.movedLines(s.LastDay, s.ActBy)...)
}

func (n Notice) text() locale.Text {
	switch {
	case n.Months > 0:
		return locale.T("contract.months", "count", n.Months)
	case n.Weeks > 0:
		return locale.T("contract.weeks", "count", n.Weeks)
	}
	return locale.T("contract.days", "count", n.Days)
}

// movedLines says why the last day is no day to act on: how long the post takes, what that day is, and every holiday on the way back.
func (p periods) movedLines(lastDay, actBy calendar.Day) []locale.Text {
	var lines []locale.Text
	if days := p.posting(); days > 0 {
		lastDay = lastDay.AddDays(-days)
		lines = append(lines, locale.T("contract.explain.posting", "count", days, "day", lastDay))
	}
	if lastDay == actBy {
		return lines
	}
	because := []locale.Text{p.closed(lastDay)}
	for d := lastDay.AddDays(-1); d.After(actBy); d = d.AddDays(-1) {
		if name, holiday := p.office.Calendar.Holiday(d); holiday {
			because = append(because, locale.T("contract.closed.day", "day", d, "holiday", holidayText(name)))
		}
	}
	day := locale.T("contract.day", "weekday", weekdayText(actBy.Weekday()), "day", actBy)
	return append(lines, locale.T("contract.explain.moved", "because", because, "day", day))
}

// closed says what keeps offices shut on d: the weekend first, since a holiday on a Sunday changes nothing.
func (p periods) closed(d calendar.Day) locale.Text {
	weekday := d.Weekday()
	if name, holiday := p.office.Calendar.Holiday(d); holiday && weekday != time.Saturday && weekday != time.Sunday {
		return locale.T("contract.closed.holiday", "holiday", holidayText(name))
	}
	return locale.T("contract.closed.weekend", "weekday", weekdayText(weekday))
}

func holidayText(name string) locale.Text { return locale.T("contract.holiday." + name) }

func weekdayText(w time.Weekday) locale.Text {
	return locale.T("contract.weekday." + strings.ToLower(w.String()))
}

// outcomeLines says what follows, and when it ends for good.
func (p periods) outcomeLines(s Situation, on calendar.Day) []locale.Text {
	var lines []locale.Text
	say := func(key string, pairs ...any) { lines = append(lines, locale.T("contract.explain."+key, pairs...)) }
	switch s.State {
	case NoticeOpen:
		if p.renewal != "" {
			say("notice_open", "next", p.end(s.RenewalsDone+1))
		}
	case NoticeMissed:
		say("notice_missed", "next", s.NextTerm)
		switch {
		case s.NextLastDay.IsZero():
			say("last_renewal")
		case s.NextLastDay.Before(on):
			if s.NextActBy == s.NextLastDay {
				say("next_passed", "day", s.NextLastDay)
			} else {
				say("next_passed.act", "day", s.NextLastDay, "act", s.NextActBy)
			}
			if lastDay, term := p.nextDecision(on); lastDay != term {
				say("first_open", "day", lastDay, "term", term)
				lines = append(lines, p.movedLines(lastDay, p.postedBy(lastDay))...)
			}
		default:
			say("next_last_day", "day", s.NextLastDay)
			lines = append(lines, p.movedLines(s.NextLastDay, s.NextActBy)...)
		}
	case DecideOpen, DecideMissed:
		say(string(s.State), "term", s.Term)
	case Ends:
		if s.RenewalsDone == 0 {
			say("ends.never_renews", "term", s.Term)
		} else {
			say("ends.renewals_done", "term", s.Term)
		}
	case Expired:
		say("expired", "term", s.Term)
	}
	if p.limited() && s.RenewalsDone < p.most && s.State != DecideMissed {
		say("ultimate", "count", p.most, "day", s.UltimateEnd)
	}
	return lines
}
