package intake

import (
	"cmp"
	"slices"

	"sdcbot/bot/family"
	"sdcbot/bot/money"
)

// What speaks for a kind besides its phrases. A contract shows by its terms, whatever the sentence says.
const (
	noticeSays    = 1.2
	renewalSays   = 1.2
	yearlySumSays = 0.7
	totalSumSays  = 0.5
	dateSays      = 0.3
	subjectSays   = 0.4
	// Something with a date to come is a need unless words say more; with a product's name, rather a contract.
	datedSubjectSays  = 0.7
	datedProductSays  = 0.8
	datePrefixSays    = 0.8
	toDoSays          = 0.9
	hourSays          = 2.5
	ableSays          = 1.5
	forYouSays        = 0.8
	asksSays          = 1.2
	tellsSays         = 0.9
	deniedSays        = 2.5
	refusesSays       = 2.5
	surelyRefusesSays = 4.5
	progressSays      = 1.6
	// noSubjectTakes is what is left of all that where nothing is named that could be bought.
	noSubjectTakes = 0.35
)

// soon is in how many days a date is one of daily business: meetings are held next week, purchases are not.
const soon = 14

// sayable is what a phrase must weigh to be named as a reason.
const sayable = 0.8

// Further phrases of one kind count less and less: a long text is not surer than a short one.
var diminishing = []float64{1, 0.6, 0.4, 0.25}

// vote is a phrase that speaks for a kind.
type vote struct {
	at     span
	weight float64
}

// weighRules finds what speaks for each kind by the rules, and the phrases that do.
func (r *reading) weighRules() {
	var votes [len(kinds)][]vote
	last := 0
	cues := &known().cues
	for i := range r.words {
		toward, n := cues.Longest(r.words[i:])
		if n == 0 || i+n <= last {
			continue // inside the phrase before
		}
		last = i + n
		for k, says := range toward {
			switch {
			case says == 0,
				k == toNothing && r.insideSubject(i, i+n), // "salles de réunion" are bought, no meeting is held
				k == toNothing && r.supposed(i):           // "si on ne veut pas repartir" refuses nothing
			case (k == toNeed || k == toOffer) && r.denied(i, i+n):
				votes[toNothing] = append(votes[toNothing], vote{span{i, i + n}, deniedSays})
			default:
				votes[k] = append(votes[k], vote{span{i, i + n}, says})
			}
		}
	}
	votes[toNothing] = r.notTakenBack(votes)
	for k, all := range votes {
		slices.SortStableFunc(all, func(a, b vote) int { return cmp.Compare(b.weight, a.weight) })
		if len(all) > 0 {
			r.strongest = max(r.strongest, all[0].weight)
		}
		for i, v := range all[:min(len(all), len(diminishing))] {
			r.rules[k] += v.weight * diminishing[i]
			if v.weight >= sayable {
				r.said[k] = append(r.said[k], v.at)
			}
		}
	}
	r.weighFacts()
	r.temper()
}

// notTakenBack returns the votes for Nothing without those that a "mais" takes back: "rien de prévu, mais il nous faudrait un EDR".
func (r *reading) notTakenBack(votes [len(kinds)][]vote) []vote {
	but := -1
	for i, w := range r.words {
		if w.Folded == "mais" || w.Folded == "but" {
			but = i
		}
	}
	wanted := func(v vote) bool { return v.at.from > but && v.weight >= weights["strong"] }
	if but < 0 || !slices.ContainsFunc(votes[toNeed], wanted) && !slices.ContainsFunc(votes[toOffer], wanted) {
		return votes[toNothing]
	}
	return slices.DeleteFunc(votes[toNothing], func(v vote) bool { return v.at.to <= but })
}

// weighFacts adds what terms, dates, sums and the sentence's form say of the kind.
func (r *reading) weighFacts() {
	if r.notice.Known {
		r.rules[toContract] += noticeSays
	}
	if r.renewed.Renewal != "" {
		r.rules[toContract] += renewalSays
	}
	switch r.sum.Period {
	case money.Yearly, money.Monthly:
		r.rules[toContract] += yearlySumSays
	case money.Total:
		r.rules[toNeed] += totalSumSays
	}
	if r.dated {
		r.weighDate()
	}
	r.rules[toNeed] += r.thingsToDo()
	r.rules[toOffer] += r.ableToHelp()
	r.rules[toNothing] += r.asks() + r.tells() + r.hours() + r.refuses() + r.progresses()
	for k := range r.rules[:toNothing] {
		switch {
		case r.subject():
			r.rules[k] += subjectSays
		case len(r.hits) == 0:
			r.rules[k] *= noSubjectTakes
		}
	}
}

func (r *reading) weighDate() {
	r.rules[toContract] += dateSays
	r.rules[toNeed] += dateSays
	switch r.dateLeans() {
	case Contract:
		r.rules[toContract] += datePrefixSays
	case Need:
		r.rules[toNeed] += datePrefixSays
	}
	if r.subject() && r.on.DaysUntil(r.date.day) >= soon {
		r.rules[toNeed] += datedSubjectSays
		if r.named() {
			r.rules[toContract] += datedProductSays
		}
	}
}

// Where a contract surely ends, the wish to buy together that follows is what the contract is told for; and the date in a sure offer is the
// offer's limit.
const (
	surely      = 2.5
	surelyOffer = 3.2
	tempered    = 0.7
)

func (r *reading) temper() {
	switch {
	case r.rules[toOffer] >= surelyOffer && !r.notice.Known && r.renewed.Renewal == "":
		r.rules[toContract] *= tempered
	case r.rules[toContract] >= surely && r.dated:
		r.rules[toNeed] *= tempered
	}
}

// insideSubject says whether the words are part of a phrase that names what is bought.
func (r *reading) insideSubject(from, to int) bool {
	return slices.ContainsFunc(r.hits, func(h family.Hit) bool { return h.From <= from && to <= h.To && !h.Hint && h.Term })
}

// subject says whether something that is bought was named outright, named whether by a product's or a provider's name.
func (r *reading) subject() bool {
	return slices.ContainsFunc(r.hits, func(h family.Hit) bool { return !h.Hint })
}

func (r *reading) named() bool {
	return slices.ContainsFunc(r.hits, func(h family.Hit) bool { return h.Product != "" })
}
