package match

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
)

// ground is what settles a pair: the first rule that forbids it, or together.
type ground uint8

const (
	together         ground = iota
	sameOrganisation        // an organisation does not need to be told what it said itself
	nothingSaid             // one side is ordinary chat, or says that nothing is planned
	nothingToBuy            // two offers, or contracts that nobody knows the term of
	familyUnknown
	familiesApart
	nothingInCommon // both are of a family of leftovers, which says too little alone
	farApart        // too long between the dates
)

// doubt is what makes a maybe of a pair that no rule forbids.
type doubt uint8

const (
	certain       doubt = iota
	nearFamilies        // two families that are often bought together, and something in common
	secondFamily        // one side is of the other's family if its second reading is the right one
	guessedFamily       // a hint alone says the family of one side
	unknownFamily       // one side has no family yet, and both name one supplier
	leftoverWords       // two of a family of leftovers that share words, but neither product nor supplier
	justTooFar          // a little more than twelve months between the dates
	severalDoubts       // which are one too many
)

// The most that may lie between two dates, in months: beyond a year neither side can wait for the other, unless one of them extends its
// contract by a quarter.
const (
	monthsApart      = 12
	monthsMaybeApart = 15
)

// bond is how the families of two sides stand to each other.
type bond uint8

const (
	bondNone bond = iota
	bondUnknown
	bondSecond
	bondNear
	bondParent
	bondSame
)

// reach is how the dates of two sides stand to each other.
type reach uint8

const (
	reachUnknown reach = iota // at least one is not known, and dates do not forbid
	reachWithin
	reachJustPast
	reachFar
)

// pair is all that the rule asks about two sides.
type pair struct {
	sameOrg  bool
	speak    bool // each side is something that another could join
	buys     bool // at least one has something to buy
	bond     bond
	leftover bool // both are of one family of leftovers
	guessed  bool
	reach    reach
	days     int32 // between the dates, where both are known
}

// shared says what two sides have in common beyond family and dates. It is asked last, and only where the answer counts: words cost more
// to compare than codes and days.
type shared interface {
	supplier() bool // one supplier, or one names in its object what the other names as its supplier
	product() bool  // one product or publisher that the dictionary knows, under whatever spelling
	word() bool     // a word of their objects that says what is bought
}

// finding is what was found about a pair, without words: cheap enough to make for a hundred thousand pairs.
type finding struct {
	ground       ground
	doubt        doubt
	bond         bond
	sameSupplier bool  // meaningful for matches and maybes only
	days         int32 // between the dates; counts only where datesKnown
	datesKnown   bool
}

func (f finding) match() bool { return f.ground == together && f.doubt == certain }
func (f finding) maybe() bool { return f.ground == together && f.doubt != certain }

// judge is the rule. It leaves sameSupplier open.
func judge(p *pair, common shared) finding {
	f := finding{bond: p.bond}
	switch {
	case p.sameOrg:
		f.ground = sameOrganisation
	case !p.speak:
		f.ground = nothingSaid
	case !p.buys:
		f.ground = nothingToBuy
	case p.bond == bondNone:
		f.ground = familiesApart
	case p.reach == reachFar:
		f.ground = farApart
	}
	if f.ground == together {
		f.weigh(p, common)
	}
	// Families that stay apart are the first thing to say, before dates that are.
	if f.ground == farApart && p.bond < bondParent {
		f.ground = familiesApart
		if p.bond == bondUnknown {
			f.ground = familyUnknown
		}
	}
	return f
}

// weigh looks for doubts. One makes a maybe, two are too many.
func (f *finding) weigh(p *pair, common shared) {
	f.days, f.datesKnown = p.days, p.reach != reachUnknown
	if p.reach == reachJustPast {
		f.doubtful(justTooFar, farApart)
	}
	if p.guessed && p.bond != bondSecond { // there the guess is the doubt itself
		f.doubtful(guessedFamily, familyUnknown)
	}
	switch {
	case f.ground != together:
	case p.bond == bondUnknown:
		f.requires(common.supplier(), unknownFamily, familyUnknown)
	case p.bond == bondSecond:
		// Where one supplier stands on both sides it is what made the reading hesitate, and says nothing about what is bought.
		f.requires(!common.supplier() && !common.product(), secondFamily, familiesApart)
	case p.bond == bondNear:
		f.requires(common.supplier() || common.product() || common.word(), nearFamilies, familiesApart)
	case p.leftover && !common.supplier() && !common.product():
		f.requires(common.word(), leftoverWords, nothingInCommon)
	}
}

// requires makes the pair doubtful if what speaks for it holds, and forbids it otherwise.
func (f *finding) requires(holds bool, why doubt, otherwise ground) {
	if !holds {
		f.ground = otherwise
		return
	}
	f.doubtful(why, otherwise)
}

func (f *finding) doubtful(why doubt, otherwise ground) {
	if f.doubt != certain {
		f.ground = otherwise
		why = severalDoubts
	}
	f.doubt = why
}

// speaks says whether a side is anything that another could join.
func speaks(k intake.Kind) bool { return k == intake.Contract || k == intake.Need || k == intake.Offer }

// buys says whether a side has something to buy: a need, or a contract that will have to be replaced on a known day.
func buys(k intake.Kind, dated bool) bool { return k == intake.Need || k == intake.Contract && dated }

// leftovers says whether the family is one of those that hold what fits nowhere: two of them may be car parks and lifts.
func leftovers(code family.Code) bool { return code == family.OtherIT || code == "not-it" }

// bondOf says how two families stand to each other, second readings included.
func bondOf(a, aSecond, b, bSecond family.Code) bond {
	switch {
	case a == "" || b == "":
		return bondUnknown
	case a == b:
		return bondSame
	case family.Related(a, b):
		return bondParent
	case family.Related(a, bSecond) || family.Related(aSecond, b):
		return bondSecond
	case near(a, b):
		return bondNear
	}
	return bondNone
}

// reachOf says how two dates stand to each other, and how many days lie between them.
func reachOf(a, b calendar.Day) (reach, int32) {
	if a.IsZero() || b.IsZero() {
		return reachUnknown, 0
	}
	first, last := inOrder(a, b)
	switch {
	case !last.After(monthsAfter(first, monthsApart)):
		return reachWithin, int32(first.DaysUntil(last))
	case !last.After(monthsAfter(first, monthsMaybeApart)):
		return reachJustPast, int32(first.DaysUntil(last))
	}
	return reachFar, 0
}

// monthsAfter returns the last day that is still within so many months, the end of the month for the end of a month: from 28
// February 2027 to 29 February 2028 is a year to anybody who signs contracts.
func monthsAfter(d calendar.Day, months int) calendar.Day {
	limit := d.AddMonths(months)
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

// What a finding weighs: the family counts most, then how near the dates are, then the supplier.
const (
	familySame, familyOther   = 0.7, 0.55
	datesNear, datesUnsaid    = 0.2, 0.1
	supplierShared            = 0.1
	daysInTwelveMonths        = 367 // at most, ends of months included
	ruledOutLate, maybeWeight = 0.2, 0.19
)

// score weighs a finding. A maybe stays below every match, in the order in which it would have stood among them. A pair that was ruled out keeps
// a little where it was ruled out late, so that the near misses come first in a list of refusals.
func (f finding) score() float64 {
	switch f.ground {
	case together:
	case farApart, nothingInCommon:
		return ruledOutLate
	default:
		return 0
	}
	score := familyOther
	if f.bond == bondSame {
		score = familySame
	}
	if f.datesKnown {
		score += datesNear * max(0, 1-float64(f.days)/daysInTwelveMonths)
	} else {
		score += datesUnsaid
	}
	if f.sameSupplier {
		score += supplierShared
	}
	if f.doubt != certain {
		return MaybeFrom + maybeWeight*score
	}
	return score
}
