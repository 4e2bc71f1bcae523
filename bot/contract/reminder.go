package contract

import "sdcbot/bot/calendar"

// reminderMonths are the months before the last day to give notice at which the holder is reminded, unless the contract has its own.
var reminderMonths = []int{12, 9, 6, 3, 1}

// MostAlert is how many months before the last day one may be reminded: a joint procedure takes no longer to prepare.
const MostAlert = 36

// Reminder is one announcement of a decision to come.
type Reminder struct {
	Months  int          // before LastDay: 12, 9, 6, 3 or 1, or the contract's own
	Day     calendar.Day // the working day on which to say it
	LastDay calendar.Day // the last day to give notice or to decide; the term itself where the contract just ends
	ActBy   calendar.Day // the working day by which to act so that it is met
	Term    calendar.Day // end of the period that the decision is about
}

// alerts are the months before the last day at which the holder is reminded, most first.
func (t Terms) alerts() []int {
	if len(t.Alerts) > 0 {
		return t.Alerts
	}
	return reminderMonths
}

// Earlier returns the terms with one more reminder, that many months before the last day, where none comes as early: what follows the contract takes
// longer to prepare than its reminders give.
func (t Terms) Earlier(months int) Terms {
	if at := t.alerts(); months > at[0] {
		t.Alerts = append([]int{months}, at...)
	}
	return t
}

// Reminders lists the announcements, earliest first, of the next decision that can still be taken on the day: that of the
// current period, or of the first one to come whose last day has not passed. Where no decision is left, they announce the
// end of the contract. Some of their days may be past: see Latest. An expired contract and one whose end is not known have none.
func (o Office) Reminders(t Terms, on calendar.Day) []Reminder {
	p, ok := o.periodsOf(t)
	if !ok {
		return nil
	}
	lastDay, term := p.nextDecision(on)
	if lastDay.Before(on) {
		return nil
	}
	actBy := o.Calendar.WorkingOnOrBefore(lastDay)
	if lastDay != term {
		actBy = p.postedBy(lastDay)
	}
	at := t.alerts()
	reminders := make([]Reminder, len(at))
	for i, months := range at {
		reminders[i] = Reminder{
			Months:  months,
			Day:     o.Calendar.WorkingOnOrBefore(lastDay.AddMonths(-months)),
			LastDay: lastDay,
			ActBy:   actBy,
			Term:    term,
		}
	}
	return reminders
}

// Latest returns the last of the reminders whose day has come. It alone is worth saying: a contract that is recorded four months
// before its last day, or a bot that was down for a year, has nothing to gain from the earlier ones.
func Latest(reminders []Reminder, on calendar.Day) (latest Reminder, ok bool) {
	for _, r := range reminders {
		if r.Day.After(on) {
			break
		}
		latest, ok = r, true
	}
	return latest, ok
}

// nextDecision returns the last day of the next decision and the term that it is about. Where none is left it returns the day on
// which the contract ends, twice.
func (p periods) nextDecision(on calendar.Day) (lastDay, term calendar.Day) {
	k := p.current(on)
	for ; !p.isLast(k); k++ {
		if lastDay := p.lastDay(k); !lastDay.Before(on) {
			return lastDay, p.end(k)
		}
		if p.renewal == Express {
			break // nobody decided in time: it ends with this period
		}
	}
	if p.renewal == "" {
		return p.lastDay(k), p.end(k)
	}
	return p.end(k), p.end(k)
}
