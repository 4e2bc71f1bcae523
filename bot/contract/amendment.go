package contract

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// Amendment is an agreement that moved the end of a period (the public procurement code allows some, R2194-1 and following; whether this one is
// allowed is not judged here).
type Amendment struct {
	On  calendar.Day `json:"on"`  // the day on which it was recorded
	Was calendar.Day `json:"was"` // the end of the period before it
	End calendar.Day `json:"end"` // and after it
}

// Amend moves the end of the period that runs on the day to end. The renewals that were used stay used: those that are left are counted from the
// new end. ok is false when there is no end to move, or when the new one is past.
func Amend(t Terms, on, end calendar.Day) (amended Terms, ok bool) {
	s := At(t, on)
	if s.Term.IsZero() || end.Before(on) {
		return t, false
	}
	amended = t
	amended.End = end
	if t.MaxRenewals != nil {
		left := max(0, *t.MaxRenewals-s.RenewalsDone)
		amended.MaxRenewals = &left
	}
	amended.Amendments = slices.Concat(t.Amendments, []Amendment{{On: on, Was: s.Term, End: end}})
	return amended, true
}

func (p periods) amendmentLines() (lines []locale.Text) {
	for _, a := range p.amendments {
		lines = append(lines, locale.T("contract.explain.amendment", "day", a.On, "was", a.Was, "end", a.End))
	}
	return lines
}
