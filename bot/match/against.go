package match

import (
	"cmp"
	"slices"
)

// Hit is one of the others that a newcomer matches.
type Hit struct {
	Index   int // in the others
	Verdict Verdict
}

// Against judges a newcomer against all others and returns the matches, best first; among equals the order of the others stands.
// Words are made for the matches alone. For more than some hundreds of others, or for the maybes, there is Index.
func Against(newcomer Side, others []Side) []Hit {
	var hits []Hit
	for i, other := range others {
		if f := find(newcomer, other); f.match() {
			hits = append(hits, Hit{Index: i, Verdict: f.verdict(newcomer, other)})
		}
	}
	slices.SortStableFunc(hits, func(h, i Hit) int { return cmp.Compare(i.Verdict.Score, h.Verdict.Score) })
	return hits
}
