package purchase

import (
	"cmp"
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Convergence is the common date that costs least, and what each contract has to do for it.
//
// The cost of a date is counted in days, the same for all amounts, since amounts are not shared:
//   - a day between the first end that a contract can still have and the common date counts one: its holder waits, through renewals
//     or an amendment;
//   - a day between the common date and the later one for which something is wanted counts one too: who has a need only is not ready;
//   - a day under an amendment counts one more: it needs the supplier's consent, and may be too much (R2194-8);
//   - a day still owed after the common date counts five: its holder pays for two contracts, or is not there. Joint purchases are said to save
//     about a fifth, so a day of waiting loses a fifth of what a day paid twice does;
//   - an organisation that would be bound a year longer, or could bridge the time by no amendment, is left out, which counts as a year owed besides its
//     waiting: nobody is cheaper left out than taken in.
//
// Of several dates of the same cost the earliest is taken. A date at which fewer than two organisations are together is none.
type Convergence struct {
	On      calendar.Day
	Target  calendar.Day // first day of the joint contract; zero: no common date was found
	Waiting int          // days, all contracts together
	Early   int          // days still owed after the target, all contracts together
	Moves   []Move       // one a contract or need, by the day on which something has to be done
	Dates   []Candidate  // the dates that were compared, best first
}

// Candidate is a date that was considered.
type Candidate struct {
	Day     calendar.Day
	Waiting int // days
	Bridged int // days of the waiting that only an amendment covers
	Early   int // days
	Out     int // contracts that cannot
	cost    int
}

const (
	reachMonths = 60  // no common date is sought further away
	earlyWeight = 5   // a day owed after the common date, in days of waiting
	mostEarly   = 366 // whoever is bound longer than that after the common date is left out
	leastOrgs   = 2
)

// Converge looks for the common date of contracts and needs of one family, not before the day from which a purchase is possible (zero: tomorrow).
func Converge(needs []proposal.Proposal, rules Rules, on, notBefore calendar.Day) Convergence {
	paths := make([]path, len(needs))
	for i, n := range needs {
		paths[i] = rules.pathOf(n, on)
	}
	return converge(paths, on, notBefore)
}

func converge(paths []path, on, notBefore calendar.Day) Convergence {
	c := Convergence{On: on}
	for _, day := range candidates(paths, on, notBefore) {
		if candidate, ok := weigh(paths, day); ok {
			c.Dates = append(c.Dates, candidate)
		}
	}
	slices.SortStableFunc(c.Dates, func(a, b Candidate) int { return cmp.Or(cmp.Compare(a.cost, b.cost), a.Day.Compare(b.Day)) })
	if len(c.Dates) > 0 {
		best := c.Dates[0]
		c.Target, c.Waiting, c.Early = best.Day, best.Waiting, best.Early
	}
	for _, p := range paths {
		c.Moves = append(c.Moves, p.move(c.Target))
	}
	slices.SortStableFunc(c.Moves, func(a, b Move) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), a.By.Compare(b.By), cmp.Compare(a.Org, b.Org), cmp.Compare(a.Ref, b.Ref))
	})
	return c
}

// candidates are the days after each end that a contract can have, the days for which something is wanted, and the first day that is possible. A day
// that is cheaper only because an amendment is stretched to its limit is none: an amendment is a bridge to somebody's end, not a date.
func candidates(paths []path, on, notBefore calendar.Day) []calendar.Day {
	var days []calendar.Day
	add := func(d calendar.Day) {
		if d.After(on) && !d.Before(notBefore) && !d.After(on.AddMonths(reachMonths)) {
			days = append(days, d)
		}
	}
	for _, p := range paths {
		for _, e := range p.exits {
			add(e.End.AddDays(1))
		}
		add(p.wanted)
	}
	add(notBefore)
	slices.SortFunc(days, calendar.Day.Compare)
	return slices.Compact(days)
}

// weigh adds up what a date costs; not ok when fewer than two organisations would be together.
func weigh(paths []path, day calendar.Day) (Candidate, bool) {
	c := Candidate{Day: day}
	var together []string
	ahead, apart := 0, 0
	for _, p := range paths {
		if !p.known() {
			continue
		}
		way := p.to(day)
		if way.out {
			c.Out++
			apart += way.waiting
			continue
		}
		if !slices.Contains(together, p.held.Org) {
			together = append(together, p.held.Org)
		}
		c.Waiting += way.waiting
		c.Bridged += way.bridged
		c.Early += way.early
		ahead += way.ahead
	}
	c.cost = c.Waiting + apart + ahead + c.Bridged + earlyWeight*(c.Early+c.Out*mostEarly)
	return c, len(together) >= leastOrgs
}

// path is what a contract or a need can do.
type path struct {
	held   proposal.Proposal
	exits  []exit // of a contract
	wanted calendar.Day
	bridge int // days that an amendment may cover; for a contract
	sure   bool
	now    contract.Situation
	rules  Rules
	on     calendar.Day
}

func (r Rules) pathOf(p proposal.Proposal, on calendar.Day) path {
	out := path{held: p, rules: r, on: on}
	if p.Kind != proposal.Contract {
		out.wanted = p.Wanted
		return out
	}
	terms := p.Standing()
	out.now = contract.At(terms, on)
	out.exits = exits(terms, on, on.AddMonths(reachMonths))
	months := firmMonths(p.Terms)
	out.sure = months > 0
	if !out.sure {
		months = r.Duration(on)
	}
	out.bridge = months * 365 / 12 * r.at(amendmentAtMost, on).Value / 100
	return out
}

// known says whether the path leads anywhere: its dates are known and not all past.
func (p path) known() bool { return len(p.exits) > 0 || !p.wanted.IsZero() }

// way is how one contract gets to a common date.
type way struct {
	exit    exit
	waiting int // days from its first possible end to the date
	bridged int // days that an amendment covers
	early   int // days still owed after the date
	ahead   int // days by which the date comes before a need is wanted
	out     bool
}

// to finds the cheapest way to a date: the contract ends just before it, or earlier with an amendment in between, or later.
func (p path) to(day calendar.Day) way {
	if len(p.exits) == 0 {
		return way{waiting: max(0, p.wanted.DaysUntil(day)), ahead: max(0, day.DaysUntil(p.wanted))}
	}
	eve := day.AddDays(-1)
	waiting := max(0, p.exits[0].End.DaysUntil(eve))
	best := way{out: true, waiting: waiting}
	for _, e := range p.exits {
		w := way{exit: e, waiting: waiting}
		switch gap := e.End.DaysUntil(eve); {
		case gap > p.bridge || -gap > mostEarly:
			continue
		case gap >= 0:
			w.bridged = gap
		default:
			w.early = -gap
		}
		if best.out || w.bridged+earlyWeight*w.early < best.bridged+earlyWeight*best.early {
			best = w
		}
	}
	return best
}

// Lines says the common date and what each has to do, in the order in which it has to be done. name gives an organisation's name by its code.
func (c Convergence) Lines(name func(org string) string) []locale.Text {
	lines := []locale.Text{c.Headline()}
	for _, m := range c.Moves {
		if m.Ref == "" {
			lines = append(lines, locale.T("purchase.move.line-bare", "organisation", name(m.Org), "what", m.Text()))
			continue
		}
		lines = append(lines, locale.T("purchase.move.line", "organisation", name(m.Org), "ref", string(m.Ref), "what", m.Text()))
	}
	return lines
}

// Headline says the common date and what it costs.
func (c Convergence) Headline() locale.Text {
	if c.Target.IsZero() {
		return locale.T("purchase.convergence.none")
	}
	return locale.T("purchase.convergence.target", "day", c.Target, "waiting", monthsText(c.Waiting), "early", monthsText(c.Early))
}

// Others lists up to most dates that were compared and not taken, each with its cost.
func (c Convergence) Others(most int) []locale.Text {
	var lines []locale.Text
	for _, d := range c.Dates[min(1, len(c.Dates)):] {
		if len(lines) == most {
			break
		}
		key := "purchase.convergence.other"
		if d.Out == 0 {
			key = "purchase.convergence.other.all"
		}
		lines = append(lines, locale.T(key, "day", d.Day, "waiting", monthsText(d.Waiting), "early", monthsText(d.Early), "count", d.Out))
	}
	return lines
}
