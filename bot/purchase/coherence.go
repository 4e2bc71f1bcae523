package purchase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Alarm is raised when a member is about to bind itself beyond the date that the purchase has agreed on.
type Alarm struct {
	Purchase Ref
	Org      string
	Target   calendar.Day
	FreeOn   calendar.Day // first day on which the new contract can have ended
	Why      locale.Text
	Instead  []locale.Text
}

// Incoherent says whether that contract, new or changed, keeps its organisation from the common date. The purchase must have a date, the organisation
// must be a member, the families must be related; whatever can end before the date is in order.
func (p Purchase) Incoherent(signed proposal.Proposal, on calendar.Day) (Alarm, bool) {
	_, member := p.Member(signed.Org)
	if !member || p.Target.IsZero() || !p.State.Running() || signed.Kind != proposal.Contract || !family.Related(p.Family, signed.Family) || !p.Target.After(on) {
		return Alarm{}, false
	}
	ends := exits(signed.Standing(), on, p.Target)
	if len(ends) == 0 || ends[0].End.Before(p.Target) {
		return Alarm{}, false
	}
	free := ends[0].End.AddDays(1)
	return Alarm{
		Purchase: p.Ref, Org: signed.Org, Target: p.Target, FreeOn: free,
		Why:     locale.T("purchase.alarm", "ref", string(p.Ref), "target", p.Target, "end", ends[0].End),
		Instead: []locale.Text{locale.T("purchase.alarm.shorter", "day", p.Target.AddDays(-1)), locale.T("purchase.alarm.clause", "day", p.Target.AddDays(-1)), locale.T("purchase.alarm.tell")},
	}, true
}

// Silences says whether the purchase answers a reminder, so that it need not be said: the purchase is to come, its organisation is a member, it covers the
// contract, and its date lies within a year of the term. The last reminder, a month before, is always said: no purchase gives notice in its holder's place.
// The reason is for /sdc moi and for whoever asks why nothing came.
func (p Purchase) Silences(covered proposal.Proposal, r contract.Reminder) (locale.Text, bool) {
	if !p.State.Running() || !p.Covers(covered) || r.Months <= lastReminder {
		return locale.Text{}, false
	}
	if !p.Target.IsZero() && !within(r.Term, p.Target) {
		return locale.Text{}, false
	}
	return locale.T("purchase.silenced", "ref", string(p.Ref), "term", r.Term), true
}

// lastReminder is the reminder, in months before the last day, that nothing silences.
const lastReminder = 1

// within says whether at most a year lies between two days.
func within(d, e calendar.Day) bool {
	if e.Before(d) {
		d, e = e, d
	}
	return !e.After(d.AddMonths(monthsTogether).AddDays(1))
}

// Splitting is a hint that several small contracts of one family come to more together than the threshold below which nothing is imposed. It
// judges nobody: buyers that stay independent may each have a small need.
type Splitting struct {
	Family    family.Code
	Contracts []proposal.Proposal
	Threshold Figure
	Why       locale.Text
}

// Split looks for it among contracts of one family whose terms lie within a year, each below the threshold over the usual duration.
func (r Rules) Split(all []proposal.Proposal, code family.Code, on calendar.Day) (Splitting, bool) {
	threshold := r.at(smallBelow, on)
	var small []dated
	for _, p := range all {
		d, ok := nextDecision(p, on)
		if !ok || p.Family != code {
			continue
		}
		if cents, known := over(p, r.Duration(on)); known && cents/100 < int64(threshold.Value) {
			small = append(small, d)
		}
	}
	w, ok := widest(code, small)
	if !ok {
		return Splitting{}, false
	}
	var cents int64
	for _, p := range w.Contracts {
		own, _ := over(p, r.Duration(on))
		cents += own
	}
	if cents/100 < int64(threshold.Value) {
		return Splitting{}, false
	}
	return Splitting{
		Family: code, Contracts: w.Contracts, Threshold: threshold,
		Why: locale.T("purchase.split", "count", len(w.Contracts), "family", code, "euros", threshold.Value, "source", sourceText(threshold.Source)),
	}, true
}
