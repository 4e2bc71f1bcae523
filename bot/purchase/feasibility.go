package purchase

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Question is what the honest answer to "dans 6 mois" is asked of.
type Question struct {
	On     calendar.Day
	Family family.Code
	Wanted calendar.Day        // first day of the joint contract; zero: the day after the first of the terms
	Months int                 // duration with renewals; zero: the usual one
	Needs  []proposal.Proposal // the contracts and needs of those who would buy together

	Name func(org string) string // an organisation's name by its code; nil: the code itself
}

func (q Question) name(org string) string {
	if q.Name == nil {
		return org
	}
	return q.Name(org)
}

// Feasibility is the answer: what the summed need calls for, whether there is still time, and what else can be done. All of it is
// information to be checked, as its last line says.
type Feasibility struct {
	On           calendar.Day
	Wanted       calendar.Day
	Term         calendar.Day // the first of the terms; zero: none is known
	Need         Estimate
	Procedure    Procedure // the heaviest one possible where not every amount is known
	Certain      bool
	Threshold    Figure // the one that decided: reached, or not reached by Small
	Publicity    bool   // the need reaches the sum from which a notice has to be published in a journal
	Plan         Plan   // counted back from Wanted
	Time         Time
	Earliest     calendar.Day // first day on which a joint contract could begin, with usual durations
	Alternatives []Alternative
	Convergence  Convergence // from Earliest on
	Checked      calendar.Day
	publicity    Figure
}

// Feasible answers the question.
func (r Rules) Feasible(q Question) Feasibility {
	f := r.counted(q)
	f.Earliest = r.Earliest(f.Procedure, q.Family, q.On, false, false)
	f.Time = f.Plan.On(q.On)
	f.Convergence = Converge(q.Needs, r, q.On, f.Earliest)
	if f.Time == Tight || f.Time == TooShort {
		f.Alternatives = r.alternatives(f, q)
	}
	return f
}

// counted sums the need, takes its procedure and counts it back.
func (r Rules) counted(q Question) Feasibility {
	months := q.Months
	if months == 0 {
		months = r.Duration(q.On)
	}
	f := Feasibility{On: q.On, Wanted: q.Wanted, Checked: r.Checked, Need: estimate(q.Needs, months)}
	f.Term = firstTerm(q.Needs, q.On)
	if f.Wanted.IsZero() {
		f.Wanted = firstWanted(q.Needs, q.On)
	}
	r.choose(&f, q, q.On)
	// The thresholds are those of the day on which the consultation is launched, which is known only once there is a plan.
	if launch := f.launch(); launch.After(q.On) {
		r.choose(&f, q, launch)
	}
	return f
}

// choose takes the procedure by the thresholds of the day and counts it back.
func (r Rules) choose(f *Feasibility, q Question, on calendar.Day) {
	f.Procedure, f.Certain = r.procedure(f.Need.Cents, on), f.Need.Certain()
	if f.Procedure == Formal {
		f.Certain = true // more would call for nothing else
	}
	if !f.Certain {
		f.Procedure = Formal
	}
	f.Threshold = r.at(formalFrom, on)
	if f.Procedure == Small || f.Procedure == Adapted {
		f.Threshold = r.at(smallBelow, on)
	}
	f.publicity = r.at(publicityFrom, on)
	f.Publicity = f.Procedure == Adapted && f.Need.Cents/100 >= int64(f.publicity.Value)
	f.Plan = r.Plan(f.Procedure, q.Family, f.Wanted, false)
}

// launch is the day on which the plan sends out the consultation.
func (f Feasibility) launch() calendar.Day {
	for _, s := range f.Plan.Steps {
		if s.Name == Publish || s.Name == AskQuotes {
			return s.From
		}
	}
	return calendar.Day{}
}

// firstTerm is the first end of the present contracts that lies ahead.
func firstTerm(needs []proposal.Proposal, on calendar.Day) calendar.Day {
	var first calendar.Day
	for _, n := range needs {
		if n.Kind != proposal.Contract {
			continue
		}
		if d := n.Date(on); !d.IsZero() && !d.Before(on) && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	return first
}

// firstWanted is the first day for which something has to be there: the day after a term, or a wanted one.
func firstWanted(needs []proposal.Proposal, on calendar.Day) calendar.Day {
	var first calendar.Day
	if term := firstTerm(needs, on); !term.IsZero() {
		first = term.AddDays(1)
	}
	for _, n := range needs {
		if n.Kind == proposal.Need && n.Wanted.After(on) && (first.IsZero() || n.Wanted.Before(first)) {
			first = n.Wanted
		}
	}
	return first
}

// Summary is the answer in one sentence, for a card.
func (f Feasibility) Summary(exact bool) locale.Text {
	parts := []locale.Text{
		f.dateText(),
		locale.T("purchase.feasibility.needs", "need", f.Need.Text(exact), "procedure", f.procedureShort()),
		f.timeText(),
	}
	if ways := f.ways(); len(ways) > 0 {
		parts = append(parts, locale.T("purchase.feasibility.ways", "ways", ways))
	}
	return along(parts)
}

// Delay is the answer without what it would take to see amounts: the date, and whether there is still time.
func (f Feasibility) Delay() locale.Text { return along([]locale.Text{f.dateText(), f.timeText()}) }

func (f Feasibility) procedureShort() locale.Text {
	if f.Certain {
		return f.Procedure.Text()
	}
	return locale.T("purchase.feasibility.procedure-perhaps", "procedure", f.Procedure.Text())
}

// ways names what can still be done, without what cannot.
func (f Feasibility) ways() []locale.Text {
	var out []locale.Text
	for _, a := range f.Alternatives {
		if a.Possible != No {
			out = append(out, a.short())
		}
	}
	return out
}

// Lines is the answer, a line a thought. exact says whether the reader may see the sum itself.
func (f Feasibility) Lines(exact bool) []locale.Text {
	lines := []locale.Text{
		locale.T("purchase.feasibility.line.date", "what", f.dateText()),
		locale.T("purchase.feasibility.line.need", "what", f.Need.Text(exact)),
		f.procedureText(exact),
	}
	if f.Threshold.Stale {
		lines = append(lines, locale.T("purchase.feasibility.stale", "day", f.Threshold.Until))
	}
	if f.Publicity {
		lines = append(lines, locale.T("purchase.feasibility.publicity", "euros", f.publicity.Value, "source", sourceText(f.publicity.Source)))
	}
	if !f.Plan.IsZero() {
		lines = append(lines, locale.T("purchase.feasibility.days", "usual", f.Plan.UsualDays, "shortest", f.Plan.ShortestDays, "begin", f.Plan.Begin, "latest", f.Plan.LatestBegin))
	}
	lines = append(lines, locale.T("purchase.feasibility.line.time", "what", f.timeText()))
	for i, a := range f.Alternatives {
		lines = append(lines, locale.T("purchase.feasibility.way", "number", i+1, "way", a.Text(exact)))
	}
	return append(lines, f.Caveat())
}

// Caveat says what all of this is worth.
func (f Feasibility) Caveat() locale.Text {
	return locale.T("purchase.feasibility.caveat", "day", f.Checked)
}

func (f Feasibility) dateText() locale.Text {
	switch {
	case !f.Term.IsZero() && f.Term.AddDays(1) == f.Wanted:
		return locale.T("purchase.feasibility.term", "day", f.Term, "count", f.On.DaysUntil(f.Term))
	case !f.Wanted.IsZero():
		return locale.T("purchase.feasibility.wanted", "day", f.Wanted, "count", f.On.DaysUntil(f.Wanted))
	}
	return locale.T("purchase.feasibility.no-date")
}

// procedureText says which procedure, and the threshold that decided. Whoever may not see the sum may still see which side it is on.
func (f Feasibility) procedureText(exact bool) locale.Text {
	key := "purchase.feasibility.procedure.reached"
	switch {
	case !f.Certain && exact && f.Need.Cents > 0:
		return locale.T("purchase.feasibility.procedure.unsure", "procedure", f.Procedure.Text(), "count", len(f.Need.Silent))
	case !f.Certain:
		return locale.T("purchase.feasibility.procedure.unknown", "procedure", f.Procedure.Text())
	case f.Procedure == Small:
		key = "purchase.feasibility.procedure.below"
	}
	return locale.T(key, "procedure", f.Procedure.Text(), "euros", f.Threshold.Value, "source", sourceText(f.Threshold.Source))
}

func (f Feasibility) timeText() locale.Text {
	if f.Time == NoDate {
		return locale.T("purchase.time.no-date", "earliest", f.Earliest)
	}
	return locale.T("purchase.time."+string(f.Time), "earliest", f.Earliest)
}

// endingBefore lists the contracts that end before the day, with the paths that they have.
func (r Rules) endingBefore(needs []proposal.Proposal, on, day calendar.Day) []path {
	var out []path
	for _, n := range needs {
		p := r.pathOf(n, on)
		if len(p.exits) > 0 && p.now.Term.Before(day.AddDays(-1)) {
			out = append(out, p)
		}
	}
	return out
}

func organisationsOf(needs []proposal.Proposal) []string {
	var codes []string
	for _, n := range needs {
		if !slices.Contains(codes, n.Org) {
			codes = append(codes, n.Org)
		}
	}
	return codes
}
