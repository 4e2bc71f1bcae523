package purchase

import (
	_ "embed"
	"slices"
	"sync"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
)

//go:embed procedures.yaml
var proceduresFile []byte

// Procedure is a way of buying.
type Procedure string

// The procedures, lightest first; the framework of a purchasing body is none of those that a sum decides on.
const (
	Small     Procedure = "small"     // neither publicity nor competition are imposed
	Adapted   Procedure = "adapted"   // procédure adaptée (MAPA)
	Formal    Procedure = "formal"    // procédure formalisée
	Framework Procedure = "framework" // the framework agreement of a purchasing body
)

var procedures = []string{string(Small), string(Adapted), string(Formal), string(Framework)}

// Text names the procedure: procédure formalisée.
func (p Procedure) Text() locale.Text { return locale.T("purchase.procedure." + string(p)) }

// The names of the dated values. Sums are in euros.
const (
	smallBelow      = "small"
	publicityFrom   = "publicity"
	formalFrom      = "formal"
	amendmentAtMost = "amendment" // percent
	usualDuration   = "duration"  // months
)

var figureNames = []string{smallBelow, publicityFrom, formalFrom, amendmentAtMost, usualDuration}

// practice is the source of what no text fixes.
const practice = "practice"

// Figure is one dated value with its source.
type Figure struct {
	Name        string
	From, Until calendar.Day // Until zero: still in force as far as the file knows
	Value       int
	Source      string
	Stale       bool // asked for a day that the file does not know: the nearest value stands in
	line        int
}

// Rules are the thresholds, minimum delays and usual durations by which purchases are judged.
type Rules struct {
	Checked calendar.Day // the day on which somebody last compared them with the texts
	figures []Figure
	stages  []stage
}

// stage is one step of a procedure as the file says it.
type stage struct {
	procedure       Procedure
	name            StageName
	family          family.Code // empty: every family without its own
	from, until     calendar.Day
	usual, shortest int
	source          string
	line            int
}

// Default returns the rules that are shipped with the program.
var Default = sync.OnceValue(func() Rules {
	r, err := Parse(proceduresFile)
	if err != nil {
		panic(err) // a fault of the build
	}
	return r
})

// DefaultFile returns the shipped procedures.yaml, for a circle to begin its own with.
func DefaultFile() []byte { return slices.Clone(proceduresFile) }

const (
	mostEuros = 1_000_000_000
	mostDays  = 3650
)

// Parse reads a file like procedures.yaml. Its error is Faults: everything that is wrong, each with its line.
func Parse(raw []byte) (Rules, error) {
	s := openSheet(raw, "checked", "values", "steps")
	r := Rules{Checked: s.topDay("checked")}
	for _, e := range s.rows("values", "name", "from", "until", "value", "source") {
		f := Figure{
			Name: s.one(e, "name", figureNames...), From: s.day(e, "from", true), Until: s.day(e, "until", false),
			Value: s.number(e, "value", 1, mostEuros), Source: s.word(e, "source", true), line: e.line,
		}
		s.period(e, f.From, f.Until)
		r.figures = append(r.figures, f)
	}
	for _, e := range s.rows("steps", "procedure", "step", "family", "from", "until", "usual", "shortest", "source") {
		st := stage{
			procedure: Procedure(s.one(e, "procedure", procedures...)), name: StageName(s.one(e, "step", stageNames...)),
			family: family.Code(s.word(e, "family", false)), from: s.day(e, "from", true), until: s.day(e, "until", false),
			usual: s.number(e, "usual", 0, mostDays), shortest: s.number(e, "shortest", 0, mostDays), source: s.word(e, "source", true), line: e.line,
		}
		s.period(e, st.from, st.until)
		if st.shortest > st.usual {
			s.fault(e.line, "purchase.file.shortest", "usual", st.usual, "shortest", st.shortest)
		}
		if _, ok := family.Of(st.family); st.family != "" && !ok {
			s.fault(e.line, "purchase.file.family", "typed", string(st.family))
		}
		r.stages = append(r.stages, st)
	}
	r.check(s)
	if err := s.err(); err != nil {
		return Rules{}, err
	}
	return r, nil
}

func (s *sheet) period(e row, from, until calendar.Day) {
	if !until.IsZero() && until.Before(from) {
		s.fault(e.line, "purchase.file.period", "from", from, "until", until)
	}
}

// check looks at the entries together: none missing, none that contradict each other.
func (r Rules) check(s *sheet) {
	for _, name := range figureNames {
		if !slices.ContainsFunc(r.figures, func(f Figure) bool { return f.Name == name }) {
			s.fault(max(1, s.lines["values"]), "purchase.file.no-value", "name", name)
		}
	}
	for i, f := range r.figures {
		for _, g := range r.figures[:i] {
			if f.Name != "" && f.Name == g.Name && overlap(f.From, f.Until, g.From, g.Until) {
				s.fault(f.line, "purchase.file.overlap", "other", g.line)
			}
		}
	}
	for i, a := range r.stages {
		for _, b := range r.stages[:i] {
			if a.procedure == b.procedure && a.name == b.name && a.name != "" && a.family == b.family && overlap(a.from, a.until, b.from, b.until) {
				s.fault(a.line, "purchase.file.overlap", "other", b.line)
			}
		}
	}
	for _, p := range procedures {
		if !slices.ContainsFunc(r.stages, func(st stage) bool { return st.procedure == Procedure(p) && st.family == "" }) {
			s.fault(max(1, s.lines["steps"]), "purchase.file.no-steps", "procedure", p)
		}
	}
	if len(s.faults) > 0 {
		return // a value that could not be read would only add to the faults
	}
	// Each time that a threshold changes they must still stand in order.
	for _, f := range r.figures {
		small, formal := r.at(smallBelow, f.From), r.at(formalFrom, f.From)
		if (f.Name == smallBelow || f.Name == formalFrom) && small.Name != "" && formal.Name != "" && small.Value >= formal.Value {
			s.fault(f.line, "purchase.file.order", "small", small.Value, "formal", formal.Value, "day", f.From)
		}
	}
}

func overlap(from, until, otherFrom, otherUntil calendar.Day) bool {
	return (until.IsZero() || !otherFrom.After(until)) && (otherUntil.IsZero() || !from.After(otherUntil))
}

// at returns the value in force on the day; else, marked as stale, the last one before it, or the first one of all.
func (r Rules) at(name string, on calendar.Day) Figure {
	var nearest Figure
	for _, f := range r.figures {
		if f.Name != name {
			continue
		}
		if !f.From.After(on) && (f.Until.IsZero() || !on.After(f.Until)) {
			return f
		}
		earlier := !f.From.After(on) && (nearest.From.After(on) || f.From.After(nearest.From))
		if nearest.Name == "" || earlier || nearest.From.After(on) && f.From.Before(nearest.From) {
			nearest = f
		}
	}
	nearest.Stale = nearest.Name != ""
	return nearest
}

// Duration is how many months a joint contract lasts where its members say nothing.
func (r Rules) Duration(on calendar.Day) int { return r.at(usualDuration, on).Value }

// sourceText says where a value comes from: an article, or usage.
func sourceText(source string) locale.Text {
	if source == practice {
		return locale.T("purchase.source.practice")
	}
	return locale.Plain(source)
}

// procedure returns what a sum in cents calls for, by the thresholds of the day.
func (r Rules) procedure(cents int64, on calendar.Day) Procedure {
	switch euros := cents / 100; {
	case euros >= int64(r.at(formalFrom, on).Value):
		return Formal
	case euros >= int64(r.at(smallBelow, on).Value):
		return Adapted
	}
	return Small
}
