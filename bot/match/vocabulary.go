package match

import (
	"hash/maphash"
	"math"

	"sdcbot/bot/text"
)

// absent is the number of what no item says: equal to none of theirs.
const absent = math.MaxUint32

// names gives each different string a number, so that many items share one copy and are compared by number. The strings live with the rows that they
// came from.
type names[S ~string] struct {
	numbers table
	all     []S
}

func (n *names[S]) add(s S) uint32 {
	if number := n.find(s); number != absent {
		return number
	}
	number := uint32(len(n.all))
	n.all = append(n.all, s)
	n.numbers.add(hashOf(s), number, func(number uint32) uint64 { return hashOf(n.all[number]) })
	return number
}

func (n *names[S]) find(s S) uint32 {
	if number, known := n.numbers.find(hashOf(s), func(number uint32) bool { return n.all[number] == s }); known {
		return number
	}
	return absent
}

// lexicon gives words numbers as names does, and keeps their letters itself, one after the other: a word cut out of a sentence would keep the sentence.
type lexicon struct {
	numbers table
	letters []byte
	ends    []uint32 // by word, where it ends in letters
}

func (l *lexicon) word(number uint32) []byte {
	var from uint32
	if number > 0 {
		from = l.ends[number-1]
	}
	return l.letters[from:l.ends[number]]
}

func (l *lexicon) add(word string) uint32 {
	if number := l.find(word); number != absent {
		return number
	}
	number := uint32(len(l.ends))
	l.letters = append(l.letters, word...)
	l.ends = append(l.ends, uint32(len(l.letters)))
	l.numbers.add(hashOf(word), number, func(n uint32) uint64 { return maphash.Bytes(seed, l.word(n)) })
	return number
}

func (l *lexicon) find(word string) uint32 {
	if number, known := l.numbers.find(hashOf(word), func(number uint32) bool { return string(l.word(number)) == word }); known {
		return number
	}
	return absent
}

// vocabulary numbers the words of the items and their stems, most of which are words themselves, and knows of each word its stem.
type vocabulary struct {
	all  lexicon
	stem []uint32 // by word; absent for a word that does not tell what is bought
}

// unread is the stem of what was met as a stem alone so far.
const unread = absent - 1

func (v *vocabulary) add(w text.Word) uint32 {
	number := v.number(w.Folded)
	if v.stem[number] == unread {
		stem := uint32(absent)
		if tells(w) {
			stem = v.number(w.Stem)
		}
		v.stem[number] = stem
	}
	return number
}

func (v *vocabulary) number(word string) uint32 {
	number := v.all.add(word)
	if int(number) == len(v.stem) {
		v.stem = append(v.stem, unread)
	}
	return number
}

// stemsOf returns the stem of each word.
func (v *vocabulary) stemsOf(words []uint32) []uint32 {
	stems := make([]uint32, len(words))
	for i, w := range words {
		stems[i] = v.stem[w]
	}
	return stems
}

// clip gives back what was kept for more words.
func (v *vocabulary) clip() {
	v.all.letters, v.all.ends, v.stem = clipped(v.all.letters), clipped(v.all.ends), clipped(v.stem)
}

// clipped is s in as little room as it needs.
func clipped[T any](s []T) []T {
	if cap(s) == len(s) {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}

// suppliers numbers the suppliers as they were typed, and knows the words of each.
type suppliers struct {
	names names[string]
	said  []uint32
	ends  []uint32 // by supplier, where its words end in said
}

func (s *suppliers) add(name string, v *vocabulary) uint32 {
	number := s.names.add(name)
	if int(number) == len(s.ends) {
		for _, w := range text.Words(name) {
			s.said = append(s.said, v.add(w))
		}
		s.ends = append(s.ends, uint32(len(s.said)))
	}
	return number
}

func (s *suppliers) words(number uint32) []uint32 {
	var from uint32
	if number > 0 {
		from = s.ends[number-1]
	}
	return s.said[from:s.ends[number]]
}

// The signature of a wording has a bit for each telling stem and product, so that two wordings without a bit in common have nothing in common and
// need not be compared. A supplier of everyday words alone ("La Poste") may be named by any words at all: its wording has every bit, and
// every wording has one that only such a one shares, another for an item than for a newcomer.
const (
	itemsBit     = 1 << 0
	newcomersBit = 1 << 1
	firstBit     = 2
	everyBit     = math.MaxUint64
)

func bit(number uint32) uint64 {
	return 1 << (firstBit + uint64(number*2654435761>>8)%(64-firstBit)) // Knuth's multiplier scatters neighbours
}

// signature of a supplier's and an object's stems, with absent for the words that do not tell, and of products. own is itemsBit or newcomersBit.
func signature(supplier, object, products []uint32, own uint64) uint64 {
	if len(supplier)+len(object) == 0 {
		return 0
	}
	s := own
	for _, stem := range supplier {
		if stem != absent {
			s |= bit(stem)
		}
	}
	if len(supplier) > 0 && s == own {
		return everyBit
	}
	for _, stem := range object {
		if stem != absent {
			s |= bit(stem)
		}
	}
	for _, p := range products {
		s |= bit(^p)
	}
	return s
}

// contains says whether the words sought stand in the others, side by side. No words are contained nowhere.
func contains(in, sought []uint32) bool {
	if len(sought) == 0 {
		return false
	}
	for from := 0; from+len(sought) <= len(in); from++ {
		at := 0
		for at < len(sought) && in[from+at] == sought[at] {
			at++
		}
		if at == len(sought) {
			return true
		}
	}
	return false
}
