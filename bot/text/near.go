package text

import "github.com/agnivade/levenshtein"

// Near finds words that differ from a known one by a typing error: one letter left out, added, changed or swapped with its neighbour;
// two such errors in words of ten letters and more. Words below six letters are never near another: too many short words are.
// The zero Near is empty and ready to use; it may be read by many at once once filled.
type Near struct {
	known map[string]bool
	cut   map[string][]string // a known word less one letter, or two → the known words
}

// The lengths from which one and two errors are forgiven.
const (
	forgiveOne = 6
	forgiveTwo = 10
)

// Add makes a folded word known.
func (n *Near) Add(word string) {
	if n.known == nil {
		n.known, n.cut = map[string]bool{}, map[string][]string{}
	}
	if n.known[word] {
		return
	}
	n.known[word] = true
	if len(word) < forgiveOne-1 {
		return
	}
	add := func(key []byte) bool {
		if list := n.cut[string(key)]; len(list) == 0 || list[len(list)-1] != word {
			n.cut[string(key)] = append(list, word)
		}
		return true
	}
	add([]byte(word))
	shorten([]byte(word), errorsIn(word), nil, add)
}

// Knows says whether the folded word was added.
func (n *Near) Knows(folded string) bool { return n.known[folded] }

// Find returns the known word that folded most likely stands for. A known word stands for itself.
func (n *Near) Find(folded string) (known string, ok bool) {
	if n.known[folded] {
		return folded, true
	}
	if len(folded) < forgiveOne {
		return "", false
	}
	// A wrong first letter is rare, and most chance likenesses have one.
	best := errorsIn(folded) + 1
	try := func(key []byte) bool {
		for _, candidate := range n.cut[string(key)] {
			if candidate[0] != folded[0] || len(candidate) < forgiveOne-1 || inflected(folded, candidate) {
				continue
			}
			if d := distance(folded, candidate); d < best && d <= errorsIn(candidate) {
				best, known = d, candidate
			}
		}
		return best > 1
	}
	var buffer [64]byte
	word := append(buffer[:0], folded...)
	if try(word) {
		shorten(word, errorsIn(folded), nil, try)
	}
	return known, known != ""
}

// inflected says whether a typed word differs from a known one in the last two letters only, other than by leaving some out: then it is
// another form of it ("racheter", "racheté") or another word ("commune", "commun"), rather than the same one mistyped.
func inflected(typed, known string) bool {
	i := 0
	for i < len(typed) && i < len(known) && typed[i] == known[i] {
		i++
	}
	return i >= len(typed)-2 && i >= len(known)-2 && i < len(typed)
}

func errorsIn(word string) int {
	switch {
	case len(word) >= forgiveTwo:
		return 2
	case len(word) >= forgiveOne-1:
		return 1
	}
	return 0
}

// shorten calls use with word less one letter, then less two where errors is 2, until use says false.
func shorten(word []byte, errors int, buffer []byte, use func([]byte) bool) bool {
	if buffer == nil {
		buffer = make([]byte, 0, 2*len(word))
	}
	for i := range word {
		short := append(append(buffer[:0], word[:i]...), word[i+1:]...)
		if !use(short) || errors > 1 && !shorten(short, errors-1, short[len(short):], use) {
			return false
		}
	}
	return true
}

// distance counts the errors between two words; two neighbours swapped are one error.
func distance(a, b string) int {
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
