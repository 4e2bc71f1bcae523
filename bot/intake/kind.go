package intake

import (
	"slices"

	"sdcbot/bot/contract"
	"sdcbot/bot/family"
)

type noticeOf = contract.Notice

// What speaks for a kind besides its phrases. A contract shows by its terms, whatever the sentence says.
const (
	noticeSays     = 1.2
	renewalSays    = 1.2
	yearlySumSays  = 0.7
	dateSays       = 0.4
	familySays     = 0.4
	shortListSays  = 1.0 // "copieurs Ricoh 31/12/2027"
	noSubjectTakes = 0.35
	// enough is what a proposal must reach; below it the text is ordinary chat.
	enough = 1.3
)

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
			r.said[kind] = append(r.said[kind], v.at)
		}
	}
	r.weighFacts()
	r.kind = Nothing
	best := max(enough, r.scores[Nothing])
	for _, kind := range []Kind{Offer, Contract, Need} {
		if r.scores[kind] > best {
			best, r.kind = r.scores[kind], kind
		}
	}
}

// weighFacts adds what dates, amounts and families say of the kind.
func (r *reading) weighFacts() {
	subject := slices.ContainsFunc(r.hits, func(h family.Hit) bool { return !h.Hint })
	if r.notice.Known {
		r.scores[Contract] += noticeSays
	}
	if r.renewed.Renewal != "" {
		r.scores[Contract] += renewalSays
	}
	if r.sum.Period == "year" || r.sum.Period == "month" {
		r.scores[Contract] += yearlySumSays
	}
	if r.dated {
		r.scores[Contract] += dateSays
		if subject && len(r.words) <= 8 {
			r.scores[Contract] += shortListSays
		}
	}
	for _, kind := range []Kind{Contract, Need, Offer} {
		switch {
		case subject:
			r.scores[kind] += familySays
		case len(r.hits) == 0:
			r.scores[kind] *= noSubjectTakes
		}
	}
}

// confidence says how sure the reading is: of the kind by its lead over the others, of the family by its share.
func (r *reading) confidence(st Statement) float64 {
	best, second := 0.0, 0.0
	for kind, score := range r.scores {
		if kind == st.Kind {
			best = score
		} else if score > second {
			second = score
		}
	}
	sure := (best + enough/2) / (best + second + enough)
	if st.Kind != Nothing {
		share := 0.2
		if len(st.Families) > 0 {
			share = st.Families[0].Score
		}
		sure *= 0.6 + 0.4*share
	}
	return float64(int(min(sure, 1)*100)) / 100
}
