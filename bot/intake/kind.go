package intake

import (
	"math"
	"slices"

	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
)

type noticeOf = contract.Notice

// What speaks for a kind besides its phrases. A contract shows by its terms, whatever the sentence says.
const (
	noticeSays     = 1.2
	renewalSays    = 1.2
	yearlySumSays  = 0.7
	totalSumSays   = 0.5
	dateSays       = 0.3
	familySays     = 0.4
	noSubjectTakes = 0.35
	// Something with a date to come is a need unless words say more; with a product's name, rather a contract.
	datedSubjectSays    = 0.7
	datedProductSays    = 0.8
	datePrepositionSays = 0.8
	toDoSays            = 0.9
	hourSays            = 2.5
	ableSays            = 1.5
	forYouSays          = 0.8
	asksSays            = 1.2
	tellsSays           = 0.9
	negatedSays         = 2.5
)

// sayable is what a phrase must weigh to be named as a reason.
const sayable = 0.8

// soon is in how many days a date is one of daily business: meetings are held next week, purchases are not.
const soon = 14

// enough is what a proposal must reach by the rules; below it they take the text for ordinary chat.
const enough = 1.15

// Further phrases of one kind count less and less: a long text is not surer than a short one.
var diminishing = []float64{1, 0.6, 0.4, 0.25}

// weighKinds finds the phrases of each kind in the words and decides.
func (r *reading) weighKinds() {
	type vote struct {
		at     span
		weight float64
	}
	votes := map[Kind][]vote{}
	last := 0
	k := known()
	for i := range r.words {
		c, n := k.cues.Longest(r.words[i:])
		if n == 0 || i+n <= last {
			continue // inside the phrase before
		}
		last = i + n
		for kind, weight := range c.toward {
			if kind == Nothing && r.insideSubject(i, i+n) {
				continue // "salles de réunion" are bought, no meeting is held
			}
			if kind == Nothing && r.supposed(i) {
				continue // "si on ne veut pas repartir" refuses nothing
			}
			if (kind == Need || kind == Offer) && r.negated(i, i+n) {
				votes[Nothing] = append(votes[Nothing], vote{span{i, i + n}, negatedSays})
				continue
			}
			votes[kind] = append(votes[kind], vote{span{i, i + n}, weight})
		}
	}
	r.scores, r.said = map[Kind]float64{}, map[Kind][]span{}
	for kind, all := range votes {
		slices.SortStableFunc(all, func(a, b vote) int {
			switch {
			case a.weight > b.weight:
				return -1
			case a.weight < b.weight:
				return 1
			}
			return 0
		})
		for i, v := range all {
			if i == len(diminishing) {
				break
			}
			r.scores[kind] += v.weight * diminishing[i]
			if v.weight >= sayable {
				r.said[kind] = append(r.said[kind], v.at)
			}
		}
	}
	r.weighFacts()
	r.temper()
}

// ruleShare is what the rules count beside what was learnt.
const ruleShare = 0.8

// modesty makes a confidence of what rules and learnt weights say together: both hear the same words, so they are less sure than their sum.
const modesty = 0.5

// fewWords is up to how many words the rules decide alone: "copieurs" says no more than it says.
const fewWords = 2

// ruled returns what the rules say for each kind. Ordinary chat has the benefit of doubt.
func (r *reading) ruled() (scores weight) {
	for i, kind := range kinds {
		scores[i] = r.scores[kind]
		if kind == Nothing {
			scores[i] = max(scores[i], enough)
		}
	}
	return scores
}

// decide takes the kind for which the rules and what was learnt speak most. Where nothing is named that could be bought, the rules have to be sure.
func (r *reading) decide() {
	shares := weight{}
	if len(r.words) > fewWords {
		shares = r.likelihood()
	}
	for i, score := range r.ruled() {
		shares[i] += ruleShare * score
		if kinds[i] != Nothing && len(r.hits) == 0 && score < enough {
			shares[i] = math.Inf(-1)
		}
	}
	best := len(shares) - 1
	for i, share := range shares {
		if share > shares[best] {
			best = i
		}
	}
	for i := range shares {
		shares[i] *= modesty
	}
	r.kind, r.sure = kinds[best], math.Exp(logShares(shares)[best])
}

// insideSubject says whether the words are part of a phrase that names what is bought.
func (r *reading) insideSubject(from, to int) bool {
	for _, h := range r.hits {
		if h.From <= from && to <= h.To && !h.Hint && h.Term {
			return true
		}
	}
	return false
}

// weighFacts adds what dates, amounts and families say of the kind.
func (r *reading) weighFacts() {
	subject := r.subject()
	if r.notice.Known {
		r.scores[Contract] += noticeSays
	}
	if r.renewed.Renewal != "" {
		r.scores[Contract] += renewalSays
	}
	switch r.sum.Period {
	case money.Yearly, money.Monthly:
		r.scores[Contract] += yearlySumSays
	case money.Total:
		r.scores[Need] += totalSumSays
	}
	if r.dated {
		r.scores[r.dateLeans()] += datePrepositionSays
		r.scores[Contract] += dateSays
		r.scores[Need] += dateSays
		if subject && r.on.DaysUntil(r.date.day) >= soon {
			r.scores[Need] += datedSubjectSays
			if r.named() {
				r.scores[Contract] += datedProductSays
			}
		}
	}
	r.scores[Need] += r.thingsToDo()
	r.scores[Offer] += r.ableToHelp()
	r.scores[Nothing] += r.asks() + r.tells()
	r.scores[Nothing] += r.hours()
	for _, kind := range []Kind{Contract, Need, Offer} {
		switch {
		case subject:
			r.scores[kind] += familySays
		case len(r.hits) == 0:
			r.scores[kind] *= noSubjectTakes
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
	case r.scores[Offer] >= surelyOffer && !r.notice.Known && r.renewed.Renewal == "":
		r.scores[Contract] *= tempered
	case r.scores[Contract] >= surely && r.dated:
		r.scores[Need] *= tempered
	}
}

// subject says whether something that is bought was named outright, named whether by a product's or a provider's name.
func (r *reading) subject() bool {
	return slices.ContainsFunc(r.hits, func(h family.Hit) bool { return !h.Hint })
}

func (r *reading) named() bool {
	return slices.ContainsFunc(r.hits, func(h family.Hit) bool { return h.Product != "" })
}

// confidence says how sure the reading is: of the kind, and of the family by its share.
func (r *reading) confidence(st Statement) float64 {
	sure := r.sure
	if st.Kind != Nothing {
		share := 0.2
		if len(st.Families) > 0 {
			share = st.Families[0].Score
		}
		sure *= 0.6 + 0.4*share
	}
	return math.Round(100*sure) / 100
}
