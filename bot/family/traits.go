package family

import (
	"math"

	"sdcbot/bot/text"
)

// trait is something about a title that speaks for some families and against others: a word, two words side by side, what the dictionary
// knows of a phrase.
type trait struct {
	bucket   uint32
	worth    float32
	from, to int // the words that it stands on; none for the title as a whole
}

// buckets is how many places the weights have. A trait is known by the hash of its name alone: small, and no title that taught the
// weights can be read back from them.
const buckets = 1 << 16

// bucketOf is FNV-1a, its high bits folded in.
func bucketOf(kind string, name ...string) uint32 {
	const offset, prime = 2166136261, 16777619
	h := uint32(offset)
	add := func(s string) {
		for i := range len(s) {
			h = (h ^ uint32(s[i])) * prime
		}
	}
	add(kind)
	for _, part := range name {
		add(":")
		add(part)
	}
	return (h ^ h>>16) % buckets
}

// What each kind of trait is worth among the words of a title, and what all of them are worth together: titles of five words and of
// fifty say as much.
const (
	wordWorth   = 1.0
	rootWorth   = 0.7 // the first letters of a long word, whatever its ending
	firstWorth  = 0.5 // one of the first words
	pairWorth   = 0.7
	wordsLength = 2.5
)

const (
	rootLetters = 6
	firstWords  = 3
)

// traits returns what speaks in the title, in its order.
func (t *title) traits() []trait {
	all := make([]trait, 0, 4*len(t.words)+2*len(t.hits)+10)
	add := func(bucket uint32, worth float32, from, to int) {
		all = append(all, trait{bucket, worth, from, to})
	}
	before, place := -1, 0
	for i, w := range t.words {
		if fillers[w.Folded] || coded(w) {
			continue
		}
		add(bucketOf("word", w.Stem), wordWorth, i, i+1)
		if len(w.Stem) > rootLetters {
			add(bucketOf("root", w.Stem[:rootLetters]), rootWorth, i, i+1)
		}
		if place < firstWords && !boilerplate[w.Folded] {
			place++
			add(bucketOf("first", w.Stem), firstWorth, i, i+1)
		}
		if before >= 0 {
			add(bucketOf("pair", t.words[before].Stem, w.Stem), pairWorth, before, i+1)
		}
		before = i
	}
	var length float64
	for _, tr := range all {
		length += float64(tr.worth) * float64(tr.worth)
	}
	scale := float32(wordsLength / math.Sqrt(max(length, 1)))
	for i := range all {
		all[i].worth *= scale
	}
	add(bucketOf("any"), 0.5, 0, 0)
	outright := false
	for _, h := range t.hits {
		if len(h.scores) > 0 {
			add(bucketOf(kindOf(h), string(h.Likely())), 1, h.From, h.To)
			outright = outright || !h.Hint
		}
	}
	for i, s := range t.share {
		add(bucketOf("share", string(s.Code)), 2*float32(s.Score), 0, 0)
		switch i {
		case 0:
			add(bucketOf("best", string(s.Code)), 1, 0, 0)
		case 1:
			add(bucketOf("second", string(s.Code)), 0.5, 0, 0)
		}
	}
	if !outright {
		add(bucketOf("unknown"), 1, 0, 0)
	}
	return all
}

// kindOf is the trait's name for how a phrase says its family.
func kindOf(h Hit) string {
	switch {
	case h.Lead:
		return "lead"
	case h.Hint:
		return "hint"
	case !h.Term:
		return "product"
	}
	return "term"
}

// coded says whether a word is a number or a code ("2018FCS0073"), which say nothing. "4g" and "n2" are words.
func coded(w text.Word) bool {
	if len(w.Stem) <= 2 {
		return false
	}
	for i := range len(w.Folded) {
		if c := w.Folded[i]; c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}
