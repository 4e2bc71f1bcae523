package purchase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// mostMonths is how long a joint contract may be said to last; beyond it somebody typed another number.
const mostMonths = 180

// SetMonths says how long the joint contract lasts with its renewals; zero brings the usual duration back. The sum of the need, and so the procedure, follows it,
// which is why it no longer changes once the tender is out.
func (p Purchase) SetMonths(months int) (Purchase, error) {
	switch {
	case p.State.rank() > Agreement.rank():
		return p, refuse("purchase.refuse.duration-fixed", "state", p.State.Text())
	case months < 0 || months > mostMonths:
		return p, refuse("purchase.refuse.duration", "most", mostMonths/12)
	}
	p.Months = months
	return p, nil
}

// DurationText says how long the joint contract lasts, and warns of one that is longer than a framework agreement may be.
func (p Purchase) DurationText(r Rules, on calendar.Day) locale.Text {
	most := r.at(usualDuration, on)
	switch {
	case p.Months == 0:
		return locale.T("purchase.duration.usual", "length", lengthText(most.Value))
	case p.Months > most.Value:
		return locale.T("purchase.duration.long", "length", lengthText(p.Months), "most", lengthText(most.Value), "source", sourceText(most.Source))
	}
	return locale.T("purchase.duration", "length", lengthText(p.Months))
}
