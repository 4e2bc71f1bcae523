package match

import (
	"hash/maphash"
	"math"

	"sdcbot/bot/text"
)

// names gives each different string a number, so that many items share one copy and are compared by number.
type names[S ~string] struct {
	numbers map[S]uint32
	all     []S
}

func (n *names[S]) add(s S) uint32 {
	if number, known := n.numbers[s]; known {
		return number
	}
	if n.numbers == nil {
		n.numbers = map[S]uint32{}
	}
	number := uint32(len(n.all))
	n.numbers[s] = number
	n.all = append(n.all, s)
	return number
}

// absent is the number of what no item says: equal to none of theirs.
const absent = math.MaxUint32

func (n *names[S]) find(s S) uint32 {
	if number, known := n.numbers[s]; known {
		return number
	}
	return absent
}

// vocabulary numbers the words of the items, and knows of each its stem and whether it tells what is bought.
type vocabulary struct {
	words names[string]
	stems names[string]
	stem  []uint32 // by word; absent for a word that does not tell
}

func (v *vocabulary) add(w text.Word) uint32 {
	number := v.words.add(w.Folded)
	if int(number) == len(v.stem) {
		stem := uint32(absent)
		if tells(w) {
			stem = v.stems.add(w.Stem)
		}
		v.stem = append(v.stem, stem)
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

// slots finds the slot of a key. It keeps four bytes of hash instead of the key, which stands in the item; the few keys that share a hash with
// another are kept whole.
type slots struct {
	seed   maphash.Seed
	byHash map[uint32]uint32
	clash  map[string]uint32
}

func newSlots() slots {
	return slots{seed: maphash.MakeSeed(), byHash: map[uint32]uint32{}, clash: map[string]uint32{}}
}

func (s *slots) hash(key string) uint32 { return uint32(maphash.String(s.seed, key)) }

func (s *slots) find(key string, items []item) (slot uint32, known bool) {
	if slot, known = s.clash[key]; known {
		return slot, true
	}
	slot, known = s.byHash[s.hash(key)]
	return slot, known && items[slot].key == key
}

// add makes a key known that is not.
func (s *slots) add(key string, slot uint32) {
	if _, taken := s.byHash[s.hash(key)]; taken {
		s.clash[key] = slot
		return
	}
	s.byHash[s.hash(key)] = slot
}

// remove forgets a key that is known.
func (s *slots) remove(key string) {
	if _, clashed := s.clash[key]; clashed {
		delete(s.clash, key)
		return
	}
	delete(s.byHash, s.hash(key))
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
