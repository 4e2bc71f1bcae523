package purchase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Lead is when the work on what follows a contract has to begin, so that the procedure which the summed need calls for is through by the term. It names
// the procedure and its days, and no sum.
type Lead struct {
	Plan    Plan // counted back from the day after the term
	Certain bool // whether the amounts decide on the procedure; otherwise it is the longest one that is possible
	Orgs    int  // whose need it is; one alone collects no needs and signs no agreement
}

// Lead counts back from the term of a contract. needs are that contract first, then what the others would put in. Not ok: one organisation alone of which no
// amount is known has no need that would call for anything.
func (r Rules) Lead(needs []proposal.Proposal, term, on calendar.Day) (Lead, bool) {
	if len(needs) == 0 || term.IsZero() {
		return Lead{}, false
	}
	code := needs[0].Family
	f := r.counted(Question{On: on, Family: code, Wanted: term.AddDays(1), Needs: needs})
	l := Lead{Plan: f.Plan, Certain: f.Certain, Orgs: len(f.Need.Orgs)}
	if l.Orgs == 1 {
		l.Plan = r.Plan(f.Procedure, code, term.AddDays(1), true)
		return l, f.Need.Certain()
	}
	return l, true
}

// Slow says whether any procedure would have to begin before the day first to be through by the term. It asks for no amounts, and so spares looking for peers
// wherever the usual reminders come early enough for every procedure.
func (r Rules) Slow(p proposal.Proposal, term, first calendar.Day) bool {
	for _, procedure := range []Procedure{Small, Adapted, Formal} {
		if plan := r.Plan(procedure, p.Family, term.AddDays(1), false); plan.Begin.Before(first) {
			return true
		}
	}
	return false
}

// Months is how many months before the last day to give notice the first reminder has to come, so that the plan fits; contract.MostAlert at most.
func (l Lead) Months(lastDay calendar.Day) int {
	months := 0
	for months < contract.MostAlert && l.Plan.Begin.Before(lastDay.AddMonths(-months)) {
		months++
	}
	return months
}

// Text says it in words: Besoin de 3 organismes : procédure formalisée, comptez 10 mois, donc à commencer le 12/03/2027.
func (l Lead) Text(on calendar.Day) locale.Text {
	procedure := l.Plan.Procedure.Text()
	if !l.Certain {
		procedure = locale.T("purchase.feasibility.procedure-perhaps", "procedure", procedure)
	}
	return locale.T("purchase.lead."+string(l.Plan.On(on)), "procedure", procedure, "length", monthsText(l.Plan.UsualDays),
		"begin", l.Plan.Begin, "latest", l.Plan.LatestBegin, "start", l.Plan.Start, "count", l.Orgs)
}
