package intake

import "math"

// The kinds in the order of the columns of weights.csv, and their columns.
var kinds = [...]Kind{Contract, Need, Offer, Nothing}

const (
	toContract = iota
	toNeed
	toOffer
	toNothing
)

// weight is what something says for each of the kinds.
type weight [len(kinds)]float64

// ruleShare is what the rules count beside what was learnt, and doubt what ordinary chat has ahead of proposals: a need that was missed is typed
// again, a chat taken for a need is shown to others. Both were chosen on lines that neither rules nor weights had seen; from 1 to 1.5 they make
// little difference to how many kinds are right, and halve the false alarms.
const (
	ruleShare = 1.0
	doubt     = 1.4
)

// enough is what a proposal must reach by the rules where they decide alone; below it the text is ordinary chat.
const enough = 1.15

// fewWords is up to how many words the rules decide alone: "copieurs" says no more than it says.
const fewWords = 2

// modesty makes a confidence of what rules and learnt weights say together: both hear the same words, so they are less sure than their sum.
const modesty = 0.5

// decide takes the kind for which the rules and what was learnt speak most. Where nothing is named that could be bought, the rules have to be sure.
func (r *reading) decide() {
	var shares weight
	if len(r.words) > fewWords {
		shares = r.likelihood()
		shares[toNothing] += doubt
	}
	for k, score := range r.ruled() {
		shares[k] += ruleShare * score
		if k != toNothing && len(r.hits) == 0 && score < enough {
			shares[k] = math.Inf(-1)
		}
	}
	best := toNothing
	for k, share := range shares {
		if share > shares[best] {
			best = k
		}
	}
	for k := range shares {
		shares[k] *= modesty
	}
	r.kind, r.sure = best, math.Exp(logShares(shares)[best])
}

// ruled returns what the rules say for each kind. Ordinary chat has the benefit of the doubt.
func (r *reading) ruled() weight {
	scores := r.rules
	scores[toNothing] = max(scores[toNothing], enough)
	return scores
}

// confidence says how sure the reading is: of the kind, and of the family by its share.
func (r *reading) confidence(st Statement) float64 {
	sure := r.sure
	if st.Kind != Nothing {
		share := unknownShare
		if len(st.Families) > 0 {
			share = st.Families[0].Score
		}
		sure *= 0.6 + 0.4*share
	}
	return math.Round(100*sure) / 100
}

// unknownShare stands for the share of a family that is not known.
const unknownShare = 0.2
