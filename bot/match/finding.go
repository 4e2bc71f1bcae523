package match

import (
	"slices"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/text"
)

// ground is what settles a pair: the first rule that forbids it, or together.
type ground int

const (
	together         ground = iota
	sameOrganisation        // an organisation does not need to be told what it said itself
	nothingSaid             // one side is ordinary chat, or says that nothing is planned
	nothingToBuy            // two offers, or contracts that nobody knows the term of
	familyUnknown
	familiesApart
	nothingInCommon // both are of a family of leftovers, which says too little alone
	farApart        // more than twelve months between the dates
)

// finding is what was found about a pair, without words: cheap enough to make for a hundred thousand pairs.
type finding struct {
	ground       ground
	sameFamily   bool // else one family is the other's parent
	sameSupplier bool
	days         int // between the dates; counts only where datesKnown
	datesKnown   bool
}

// monthsApart is the most that may lie between two dates: beyond a year neither side can wait for the other.
const monthsApart = 12

// find judges a pair, cheapest rule first. What it finds is the same from both sides.
func find(a, b Side) finding {
	f := finding{sameFamily: a.Family == b.Family}
	switch {
	case a.Org == b.Org:
		f.ground = sameOrganisation
	case !speaks(a) || !speaks(b):
		f.ground = nothingSaid
	case !buys(a) && !buys(b):
		f.ground = nothingToBuy
	case a.Family == "" || b.Family == "":
		f.ground = familyUnknown
	case !f.sameFamily && !family.Related(a.Family, b.Family):
		f.ground = familiesApart
	}
	if f.ground != together {
		return f
	}
	if !a.Date.IsZero() && !b.Date.IsZero() {
		f.datesKnown = true
		first, last := inOrder(a.Date, b.Date)
		if last.After(yearAfter(first)) {
			f.ground = farApart
			return f
		}
		f.days = first.DaysUntil(last)
	}
	f.sameSupplier = suppliersMeet(a, b)
	if leftovers(a.Family) && !f.sameSupplier && !productsMeet(a, b) {
		f.ground = nothingInCommon
	}
	return f
}

// speaks says whether a side is anything that another could join.
func speaks(s Side) bool {
	return s.Kind == intake.Contract || s.Kind == intake.Need || s.Kind == intake.Offer
}

// buys says whether a side has something to buy: a need, or a contract that will have to be replaced on a known day.
func buys(s Side) bool {
	return s.Kind == intake.Need || s.Kind == intake.Contract && !s.Date.IsZero()
}

// leftovers says whether the family is one of those that hold what fits nowhere: two of them may be car parks and lifts.
func leftovers(code family.Code) bool { return code == "other-it" || code == "not-it" }

// yearAfter returns the last day that is still within twelve months, the end of the month for the end of a month: from 28
// February 2027 to 29 February 2028 is a year to anybody who signs contracts.
func yearAfter(d calendar.Day) calendar.Day {
	limit := d.AddMonths(monthsApart)
	if d.IsEndOfMonth() {
		return limit.EndOfMonth()
	}
	return limit
}

func inOrder(d, e calendar.Day) (first, last calendar.Day) {
	if e.Before(d) {
		return e, d
	}
	return d, e
}

// suppliersMeet says whether both name one supplier, or one names in its object what the other names as its supplier.
func suppliersMeet(a, b Side) bool {
	return named(a.Supplier, b.Supplier) || named(a.Supplier, b.Object) || named(b.Supplier, a.Supplier) || named(b.Supplier, a.Object)
}

// productsMeet says whether both name one product or publisher that the dictionary knows, under whatever spelling.
func productsMeet(a, b Side) bool {
	ours := products(a)
	return slices.ContainsFunc(products(b), func(name string) bool { return slices.Contains(ours, name) })
}

func products(s Side) []string {
	said := s.Supplier + ", " + s.Object
	var names []string
	for _, hit := range family.Find(said, text.Words(said)) {
		if hit.Product != "" {
			names = append(names, hit.Product)
		}
	}
	return names
}

// named says whether all words of the supplier stand in the text, side by side. "Orange" is named in "Orange Business"; no
// supplier is named nowhere.
func named(supplier, in string) bool {
	if supplier == "" || in == "" {
		return false
	}
	sought := spaced(supplier)
	return sought != "" && strings.Contains(spaced(in), sought)
}

// spaced returns the folded words of s, each with a space on either side, so that whole words are compared.
func spaced(s string) string {
	words := text.Words(s)
	if len(words) == 0 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(' ')
		b.WriteString(w.Folded)
	}
	b.WriteByte(' ')
	return b.String()
}

// score weighs a finding: the family counts most, then how near the dates are, then the supplier. A pair that was ruled out
// keeps a little of it where it was ruled out late, so that the near misses come first in a list of refusals.
func (f finding) score() float64 {
	const (
		same, related      = 0.7, 0.55
		dates, datesUnsaid = 0.2, 0.1
		supplier           = 0.1
		ruledOut           = 0.3
	)
	switch f.ground {
	case together:
	case farApart, nothingInCommon:
		return ruledOut
	default:
		return 0
	}
	score := related
	if f.sameFamily {
		score = same
	}
	if f.datesKnown {
		score += dates * (1 - float64(f.days)/367)
	} else {
		score += datesUnsaid
	}
	if f.sameSupplier {
		score += supplier
	}
	return score
}
