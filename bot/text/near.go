package text

import (
	"math/bits"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Near finds words that differ from a known one by a typing error: one letter left out, added, changed or swapped with its neighbour;
// two such errors in words of twelve letters and more. Words below six letters are never near another: too many short words are.
// The zero Near is empty and ready to use; it may be read by many at once once filled.
type Near struct {
	known  map[string]bool
	byHead [256][]candidate // by first letter: a wrong first letter is rare, and most chance likenesses have one
}

// candidate is a known word long enough to be mistyped, with the set of its letters.
type candidate struct {
	word    string
	letters uint32
}

// The lengths from which one and two errors are forgiven. A known word may be one letter shorter than what was typed for it.
const (
	forgiveOne = 6
	forgiveTwo = 12
)

// Add makes a folded word known.
func (n *Near) Add(word string) {
	if n.known == nil {
		n.known = map[string]bool{}
	}
	if n.known[word] {
		return
	}
	n.known[word] = true
	if len(word) >= forgiveOne-1 {
		n.byHead[word[0]] = append(n.byHead[word[0]], candidate{word, letters(word)})
	}
}

// Knows says whether the folded word was added.
func (n *Near) Knows(folded string) bool { return n.known[folded] }

// Find returns the known word that folded most likely stands for: of several as near the first by the alphabet. A known word
// stands for itself.
func (n *Near) Find(folded string) (known string, ok bool) {
	if n.known[folded] {
		return folded, true
	}
	if len(folded) < forgiveOne {
		return "", false
	}
	forgiven := 1
	if len(folded) >= forgiveTwo {
		forgiven = 2
	}
	best, mine := forgiven, letters(folded)
	for _, c := range n.byHead[folded[0]] {
		apart := len(c.word) - len(folded)
		// Each error changes the set of letters by two at most, which spares most of the comparisons.
		if max(apart, -apart) > best || bits.OnesCount32(mine^c.letters) > 2*forgiven || inflected(folded, c.word) {
			continue
		}
		if d := Distance(folded, c.word); (d < best || d == best && (known == "" || c.word < known)) && (d == 1 || len(c.word) >= forgiveTwo-1) {
			best, known = d, c.word
		}
	}
	return known, known != ""
}

// letters is the set of the letters of a word; what is no plain letter counts as one of them all.
func letters(word string) (set uint32) {
	for i := range len(word) {
		if c := word[i]; c >= 'a' && c <= 'z' {
			set |= 1 << (c - 'a')
		} else {
			set |= 1 << 26
		}
	}
	return set
}

// inflected says whether a typed word differs from a known one by its ending only: then it is another form of it ("racheter", "racheté") or
// another word ("commune", "commun"), rather than the same one mistyped. An ending that is left out is an error like others.
func inflected(typed, known string) bool {
	i := 0
	for i < len(typed) && i < len(known) && typed[i] == known[i] {
		i++
	}
	return i < len(typed) && len(typed)-i <= 2 && len(known)-i <= 2 && strings.Trim(typed[i:], endings) == "" && strings.Trim(known[i:], endings) == ""
}

// endings are the letters that inflect French and English words.
const endings = "denrstxz"

// Distance counts the typing errors between two words: letters left out, added or changed. Where swapping two neighbours is all, that is one.
func Distance(a, b string) int {
	if len(a) == len(b) {
		i := 0
		for i < len(a) && a[i] == b[i] {
			i++
		}
		if i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:] {
			return 1
		}
	}
	return levenshtein.ComputeDistance(a, b)
}
