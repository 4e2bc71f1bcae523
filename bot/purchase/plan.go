package purchase

import (
	"cmp"
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
)

// workdays are those of metropolitan France; the zone of a circle will come in here.
var workdays = calendar.Metropole

// StageName is a step of a procedure.
type StageName string

// The steps.
const (
	CollectNeeds   StageName = "collection"
	SignAgreement  StageName = "agreement"
	WriteDocuments StageName = "documents"
	Publish        StageName = "publication"
	AskQuotes      StageName = "quotes"
	Analyse        StageName = "analysis"
	Decide         StageName = "committee"
	Standstill     StageName = "standstill"
	Notify         StageName = "notification"
	Enrol          StageName = "enrolment"
	Order          StageName = "order"
	Implement      StageName = "implementation"
)

// stateOf says in which state of a purchase each step is worked.
var stateOf = map[StageName]State{
	CollectNeeds: Collection, SignAgreement: Agreement,
	WriteDocuments: Tender, Publish: Tender, AskQuotes: Tender, Analyse: Tender,
	Decide: Award, Standstill: Award, Notify: Award, Enrol: Tender, Order: Award,
	Implement: Execution,
}

var stageNames = func() []string {
	var names []string
	for name := range stateOf {
		names = append(names, string(name))
	}
	slices.Sort(names)
	return names
}()

// joint are the steps that an organisation which buys alone does without.
var joint = []StageName{CollectNeeds, SignAgreement}

// Step is one step of a plan. It begins on From and is done on Until, both of them working days; the next one begins on the day on which this one is done.
type Step struct {
	Name            StageName
	From, Until     calendar.Day
	Usual, Shortest int    // days of the calendar
	Source          string // article or text; "practice": no text fixes it
}

// Plan is a procedure counted back from the day on which its contract is to begin.
type Plan struct {
	Procedure    Procedure
	Start        calendar.Day // first day of the contract
	Steps        []Step       // in working order, as they usually take
	Begin        calendar.Day // the day on which to begin if every step takes what it usually takes
	LatestBegin  calendar.Day // the day on which to begin at the latest, every step at its shortest
	UsualDays    int          // from Begin to Start
	ShortestDays int
}

// IsZero says whether there is no plan.
func (p Plan) IsZero() bool { return len(p.Steps) == 0 }

// Until returns when the last step of that state is done, zero when the procedure has none: that of Collection is the closing to propose.
func (p Plan) Until(s State) calendar.Day {
	var day calendar.Day
	for _, step := range p.Steps {
		if stateOf[step.Name] == s {
			day = step.Until
		}
	}
	return day
}

// Begins returns the step that begins after the last morning and until this one; of several, the last.
func (p Plan) Begins(last, morning calendar.Day) (due Step, ok bool) {
	for _, step := range p.Steps {
		if step.From.After(last) && !step.From.After(morning) {
			due, ok = step, true
		}
	}
	return due, ok
}

// State is in which state of a purchase the step is worked.
func (s Step) State() State { return stateOf[s.Name] }

// Before says whether the state stands earlier on the way than another.
func (s State) Before(other State) bool { return s.rank() < other.rank() }

// Time says whether there is still time.
type Time string

// The answers. NoDate is that to a purchase which nobody wants for a day.
const (
	NoDate   Time = ""
	InTime   Time = "in-time"
	Tight    Time = "tight" // only if every step takes the shortest time
	TooShort Time = "too-short"
)

// On says whether there is still time on the day.
func (p Plan) On(on calendar.Day) Time {
	switch {
	case p.IsZero():
		return NoDate
	case !p.Begin.Before(on):
		return InTime
	case !p.LatestBegin.Before(on):
		return Tight
	}
	return TooShort
}

// Plan counts the procedure back from the first day of its contract. An organisation that buys alone collects no needs of others and signs no
// agreement. Steps are those in force on that first day.
func (r Rules) Plan(procedure Procedure, code family.Code, start calendar.Day, alone bool) Plan {
	p := Plan{Procedure: procedure, Start: start}
	if start.IsZero() {
		return p
	}
	stages := r.stagesOf(procedure, code, start)
	if alone {
		stages = slices.DeleteFunc(stages, func(s stage) bool { return slices.Contains(joint, s.name) })
	}
	until := workdays.WorkingOnOrBefore(start.AddDays(-1))
	shortest := until
	for _, s := range slices.Backward(stages) {
		from := workdays.WorkingOnOrBefore(until.AddDays(-s.usual))
		p.Steps = append(p.Steps, Step{Name: s.name, From: from, Until: until, Usual: s.usual, Shortest: s.shortest, Source: s.source})
		until = from
		shortest = workdays.WorkingOnOrBefore(shortest.AddDays(-s.shortest))
	}
	slices.Reverse(p.Steps)
	p.Begin, p.LatestBegin = until, shortest
	p.UsualDays, p.ShortestDays = until.DaysUntil(start), shortest.DaysUntil(start)
	return p
}

// stagesOf returns a procedure's steps in the order of the file. A step that the family, or its parent, has for itself stands where the
// general one does.
func (r Rules) stagesOf(procedure Procedure, code family.Code, on calendar.Day) []stage {
	var out []stage
	for _, s := range r.stages {
		known := slices.ContainsFunc(out, func(o stage) bool { return o.name == s.name })
		if s.procedure != procedure || known {
			continue
		}
		best := s
		for _, other := range r.stages {
			if other.procedure == procedure && other.name == s.name && cmp.Compare(other.fit(code, on), best.fit(code, on)) > 0 {
				best = other
			}
		}
		if best.fit(code, on) > 0 {
			out = append(out, best)
		}
	}
	return out
}

// fit ranks how well an entry fits a family on a day: its own family before its parent's before all; in force before not yet or no more. Zero: not at all.
func (s stage) fit(code family.Code, on calendar.Day) int {
	var score int
	switch {
	case s.family != "" && s.family == code:
		score = 6
	case s.family != "" && s.family == family.Parent(code):
		score = 4
	case s.family == "":
		score = 2
	default:
		return 0
	}
	if !s.from.After(on) && (s.until.IsZero() || !on.After(s.until)) {
		score++
	}
	return score
}

// Earliest returns the first day on which a contract could begin if the work began on the day on: with usual durations, or with the shortest ones.
func (r Rules) Earliest(procedure Procedure, code family.Code, on calendar.Day, alone, shortest bool) calendar.Day {
	enough := func(p Plan) bool { return p.On(on) == InTime || shortest && p.On(on) == Tight }
	start := on.AddDays(1)
	for range 2 * mostDays {
		p := r.Plan(procedure, code, start, alone)
		if enough(p) {
			break
		}
		// Jump by nearly all that is missing: what weekends and holidays add differs from day to day, the rest does not.
		begin := p.Begin
		if shortest {
			begin = p.LatestBegin
		}
		start = start.AddDays(max(1, begin.DaysUntil(on)-weekendsInPlan))
	}
	return start
}

// weekendsInPlan is more than all moves to working days in one plan can add up to, in days.
const weekendsInPlan = 45

// Lines shows the plan, a line a step in working order.
func (p Plan) Lines() []locale.Text {
	lines := make([]locale.Text, len(p.Steps))
	for i, s := range p.Steps {
		lines[i] = locale.T("purchase.plan.line", "step", s.Name.Text(), "from", s.From, "until", s.Until, "count", s.Usual, "source", sourceText(s.Source))
	}
	return lines
}

// Text names the step: recensement des besoins.
func (s StageName) Text() locale.Text { return locale.T("purchase.step." + string(s)) }
