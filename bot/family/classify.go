package family

import (
	"math"
	"slices"

	"sdcbot/bot/text"
)

// Hit is a phrase of a text that speaks of families.
type Hit struct {
	From, To int    // the words that it takes, To excluded
	Product  string // the publisher, product or provider that it names, as it is usually written
	Term     bool   // it says what is bought, not only by whose name
	Lead     bool   // it decides over what follows: "formation" in "formation Excel"
	Hint     bool   // it says little by itself
	capital  bool   // it counts only with a capital
	scores   []Score
}

// Likely returns the family that the phrase alone speaks of, empty for a name that says none.
func (h Hit) Likely() Code {
	if len(h.scores) == 0 {
		return ""
	}
	return h.scores[0].Code
}

// Says returns how much the phrase speaks for the family, joined telephony included.
func (h Hit) Says(code Code) float64 {
	for _, s := range h.scores {
		if s.Code == code || Parent(s.Code) == code {
			return s.Score
		}
	}
	return 0
}

// Find returns the phrases of s that the dictionary knows, in order, the longest at each place. words are those of s, with typing
// errors mended if the caller wants them to be.
func Find(s string, words []text.Word) []Hit { return known().Find(s, words) }

// Find is the package's Find with this dictionary.
func (d *Dictionary) Find(s string, words []text.Word) []Hit {
	var hits []Hit
	for i := 0; i < len(words); {
		m, n := d.longest(words[i:])
		if n == 0 {
			i++
			continue
		}
		if m.capital && !words[i].Upper(s) && !expected(hits, i, m) {
			i++
			continue
		}
		if len(m.scores) > 0 || m.product != "" {
			hits = append(hits, Hit{From: i, To: i + n, Product: m.product, Term: m.term, Lead: m.lead, Hint: m.hint, capital: m.capital, scores: m.scores})
		}
		i += n
	}
	return hits
}

// expected says whether the name that begins at word i follows at once the thing that it is bought for, so that it is one without its capital too:
// "compta sage".
func expected(hits []Hit, i int, m *meaning) bool {
	if len(hits) == 0 || hits[len(hits)-1].To != i || !hits[len(hits)-1].Term {
		return false
	}
	likely := hits[len(hits)-1].Likely()
	return slices.ContainsFunc(m.scores, func(s Score) bool { return s.Code == likely })
}

// Most families that Weigh returns.
const mostFamilies = 5

// firstBonus is what the first phrase that says a family by itself weighs more: French and English name the thing bought before
// what it is for ("sauvegarde de nos serveurs").
const firstBonus = 1.3

// repeatFactor is what each further phrase of the same family adds, of its weight.
const repeatFactor = 0.5

// Weigh returns the families that the hits speak of, best first, at most five. Fixed and mobile telephony together are telephony.
// Scores add up to at most one; a text of hints alone stays below a half.
func Weigh(hits []Hit) []Score {
	var scores []Score
	first := true
	for _, h := range hits {
		factor := 1.0
		if first && !h.Hint && len(h.scores) > 0 {
			factor, first = firstBonus, false
		}
		for _, s := range h.scores {
			i := slices.IndexFunc(scores, func(o Score) bool { return o.Code == s.Code })
			if i < 0 {
				scores = append(scores, Score{s.Code, s.Score * factor})
				continue
			}
			scores[i].Score = max(scores[i].Score, s.Score*factor) + repeatFactor*min(scores[i].Score, s.Score*factor)
		}
	}
	scores = joinTelephony(scores, hits)
	slices.SortStableFunc(scores, func(a, b Score) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	var sum float64
	for _, s := range scores {
		sum += s.Score
	}
	if len(scores) > mostFamilies {
		scores = scores[:mostFamilies]
	}
	for i := range scores {
		share := scores[i].Score / max(sum, 1)
		scores[i].Score = math.Round(share*100) / 100
	}
	return scores
}

// joinTelephony makes telephony of fixed and mobile where both were said outright, and lets the narrower family have what the bare
// word "téléphonie" said where only one was. An operator's name says neither outright.
func joinTelephony(scores []Score, hits []Hit) []Score {
	at := func(code Code) int {
		return slices.IndexFunc(scores, func(s Score) bool { return s.Code == code })
	}
	fixed, mobile, both := at(TelephonyFixed), at(TelephonyMobile), at(Telephony)
	said := func(code Code) bool {
		return slices.ContainsFunc(hits, func(h Hit) bool { return h.Likely() == code && !h.Hint })
	}
	switch saidFixed, saidMobile := said(TelephonyFixed), said(TelephonyMobile); {
	case saidFixed && saidMobile && scores[fixed].Score < 2.5*scores[mobile].Score && scores[mobile].Score < 2.5*scores[fixed].Score:
		sum := scores[fixed].Score + scores[mobile].Score
		if both < 0 {
			return append(scores, Score{Telephony, sum})
		}
		scores[both].Score += sum
	case both >= 0 && saidFixed && !saidMobile && scores[fixed].Score < scores[both].Score:
		scores[fixed].Score += scores[both].Score * repeatFactor
	case both >= 0 && saidMobile && !saidFixed && scores[mobile].Score < scores[both].Score:
		scores[mobile].Score += scores[both].Score * repeatFactor
	}
	return scores
}

// mend returns words with those that the dictionary does not know replaced by the word that they most likely stand for.
func (d *Dictionary) mend(words []text.Word) []text.Word {
	near := spelling()
	mended := slices.Clone(words)
	for i, w := range mended {
		if d.has(w.Folded) || d.has(w.Stem) {
			continue
		}
		if correct, ok := near.Find(w.Folded); ok {
			mended[i].Folded, mended[i].Stem = correct, text.Stem(correct)
		}
	}
	return mended
}

// Classify returns the families that a text speaks of, best first, and the phrases that said so.
func Classify(s string) ([]Score, []Hit) { return known().Classify(s) }

// Classify is the package's Classify with this dictionary.
func (d *Dictionary) Classify(s string) ([]Score, []Hit) {
	hits := d.Find(s, d.mend(text.Words(s)))
	return Weigh(hits), hits
}
