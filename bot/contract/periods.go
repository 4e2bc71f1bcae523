package contract

import (
	"sdcbot/bot/calendar"
)

// Assumed marks what was not said and had to be assumed for the answer. The zero Assumed means that all of it was said.
type Assumed struct {
	Renewal       bool // taken as tacit where something else speaks of renewals, else no renewal is projected
	RenewalMonths bool // taken as twelve
	MaxRenewals   bool // taken as without limit
	Notice        bool // taken as none: the last day to give notice is the term itself
}

// usualRenewal is the length of a renewal that nobody gave: nearly all contracts renew by the year.
const usualRenewal = 12

// unlimited stands for a number of renewals that nobody gave.
const unlimited = -1

// No length is believed above a hundred years, in months or in days: somebody mistyped, and dates must stay dates.
const (
	longestMonths  = 1200
	longestPosting = 60
	longestDays    = 36525
)

// periods are Terms with every gap filled: period 0 is the firm one, then comes one for each renewal.
type periods struct {
	start   calendar.Day // zero: not said
	months  int          // length of the firm period; counts only without firmEnd
	firmEnd calendar.Day // zero: the firm period is counted from start
	renewal Renewal      // empty: nothing at all was said of renewals
	every   int          // months of one renewal
	most    int          // renewals at most, or unlimited
	notice  Notice
	assumed Assumed
	office  Office

	amendments []Amendment
}

// periodsOf fills the gaps of t. It is not ok when t does not say when the firm period ends.
func (o Office) periodsOf(t Terms) (p periods, ok bool) {
	counted := !t.Start.IsZero() && (t.Complete || t.Months > 0)
	if t.End.IsZero() && !counted {
		return periods{}, false
	}
	p = periods{
		start:   t.Start,
		months:  within(t.Months, longestMonths),
		firmEnd: t.End,
		renewal: t.Renewal,
		office:  o,

		amendments: t.Amendments,

		every: within(t.RenewalMonths, longestMonths),
		notice: Notice{
			Months: within(t.Notice.Months, longestMonths),
			Weeks:  within(t.Notice.Weeks, longestDays/7),
			Days:   within(t.Notice.Days, longestDays),
			Known:  t.Notice.Known,
			Sent:   t.Notice.Sent,
		},
	}
	p.fillRenewals(t)
	if p.most != 0 || p.renewal == "" {
		p.assumed.Notice = p.notice == Notice{} && !t.Complete
	}
	return p, true
}

// fillRenewals decides on the kind, number and length of the renewals.
func (p *periods) fillRenewals(t Terms) {
	if t.Renewal == None || t.MaxRenewals != nil && *t.MaxRenewals <= 0 || t.MaxRenewals == nil && t.Complete {
		p.renewal, p.most = None, 0
		return
	}
	if p.renewal == "" {
		p.assumed.Renewal = true
		if t.MaxRenewals == nil && p.every == 0 && p.notice.length() == 0 {
			return // nobody spoke of renewals: none is projected
		}
		// A number or a length of renewals, or a notice, makes sense only where there are renewals; they are tacit unless
		// the contract says otherwise (R2112-4), and tacit is what costs a year if it is overlooked.
		p.renewal = Tacit
	}
	p.most = unlimited
	if t.MaxRenewals != nil {
		p.most = within(*t.MaxRenewals, longestMonths)
	} else {
		p.assumed.MaxRenewals = true
	}
	if p.every == 0 && !t.Complete {
		p.every, p.assumed.RenewalMonths = usualRenewal, true
	}
}

func within(n, longest int) int { return min(max(n, 0), longest) }

// length is zero for no notice; its unit is of no use to anybody else.
func (n Notice) length() int { return n.Months + n.Weeks + n.Days }

// end returns the last day of period k. It is counted in one go from the firm period, so that a day lost in a short month comes
// back in the next long one: counting from the period before would drift from the 31st to the 28th for good.
func (p periods) end(k int) calendar.Day {
	if !p.firmEnd.IsZero() {
		end := p.firmEnd.AddMonths(k * p.every)
		if p.firmEnd.IsEndOfMonth() {
			return end.EndOfMonth()
		}
		return end
	}
	anniversary := p.start.AddMonths(p.months + k*p.every)
	if anniversary.Day < p.start.Day {
		return anniversary // the month has no such day, and ends the period itself
	}
	return anniversary.AddDays(-1)
}

// lastDay returns the last day on which notice, or an express decision, for period k may reach the other party.
func (p periods) lastDay(k int) calendar.Day {
	after := p.end(k).AddDays(1)
	return after.AddMonths(-p.notice.Months).AddDays(-7*p.notice.Weeks - p.notice.Days - 1)
}

// actBy returns the working day by which to act so that lastDay is met: what must arrive by then is posted some days before.
func (p periods) actBy(k int) calendar.Day { return p.postedBy(p.lastDay(k)) }

func (p periods) postedBy(lastDay calendar.Day) calendar.Day {
	return p.office.Calendar.WorkingOnOrBefore(lastDay.AddDays(-p.posting()))
}

// posting is how many days a notice travels; none where the day of sending is what counts.
func (p periods) posting() int {
	if p.notice.Sent {
		return 0
	}
	return within(p.office.PostingDays, longestPosting)
}

// current returns the first period that is not over on the day; past the last one, the last.
func (p periods) current(on calendar.Day) int {
	k := 0
	if p.every > 0 {
		first := p.end(0)
		months := (on.Year-first.Year)*12 + int(on.Month) - int(first.Month)
		// Ends move by whole months, so the period before this one ended in an earlier month than on's.
		k = max(0, months/p.every)
	}
	if p.limited() {
		k = min(k, p.most)
	}
	for p.end(k).Before(on) && !p.isLast(k) {
		k++
	}
	return k
}

func (p periods) limited() bool     { return p.most != unlimited }
func (p periods) isLast(k int) bool { return k == p.most }
