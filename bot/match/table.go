package match

import (
	"hash/maphash"
	"math/bits"
)

// table finds numbers by the hash of what they stand for, which stands elsewhere: four bytes and a quarter of air each, where a map would keep the
// string as well. Who asks compares.
type table struct {
	places []uint32 // number and one; 0 for none
	used   int
}

// seed is one for all tables: what is hashed comes from the circle's own people.
var seed = maphash.MakeSeed()

func hashOf[S ~string](s S) uint64 { return maphash.String(seed, string(s)) }

// home is where what has that hash stands if nothing stood there before it.
func (t *table) home(hash uint64) int {
	high, _ := bits.Mul64(hash, uint64(len(t.places)))
	return int(high)
}

func (t *table) after(place int) int {
	if place++; place < len(t.places) {
		return place
	}
	return 0
}

// place returns where the number stands that has that hash and is the one sought, or the free place where it would.
func (t *table) place(hash uint64, is func(number uint32) bool) (place int, found bool) {
	for place = t.home(hash); t.places[place] != 0; place = t.after(place) {
		if is(t.places[place] - 1) {
			return place, true
		}
	}
	return place, false
}

func (t *table) find(hash uint64, is func(number uint32) bool) (number uint32, found bool) {
	if t.used == 0 {
		return 0, false
	}
	place, found := t.place(hash, is)
	if !found {
		return 0, false
	}
	return t.places[place] - 1, true
}

// add takes up a number that is not there. hashOf is asked again for those that are when the table grows.
func (t *table) add(hash uint64, number uint32, hashOf func(number uint32) uint64) {
	if 5*(t.used+1) > 4*len(t.places) {
		t.grow(hashOf)
	}
	t.settle(hash, number)
	t.used++
}

func (t *table) settle(hash uint64, number uint32) {
	place, _ := t.place(hash, func(uint32) bool { return false })
	t.places[place] = number + 1
}

func (t *table) grow(hashOf func(number uint32) uint64) {
	before := t.places
	t.places = make([]uint32, max(8, len(before)*3/2))
	for _, entry := range before {
		if entry != 0 {
			t.settle(hashOf(entry-1), entry-1)
		}
	}
}

// remove forgets a number that is there, and moves up those that had to go past its place.
func (t *table) remove(hash uint64, number uint32, hashOf func(number uint32) uint64) {
	gap, _ := t.place(hash, func(n uint32) bool { return n == number })
	for at := t.after(gap); t.places[at] != 0; at = t.after(at) {
		home := t.home(hashOf(t.places[at] - 1))
		if t.steps(home, at) >= t.steps(gap, at) {
			t.places[gap], gap = t.places[at], at
		}
	}
	t.places[gap] = 0
	t.used--
}

// steps is how far it is from one place on to another.
func (t *table) steps(from, to int) int {
	if to < from {
		return to + len(t.places) - from
	}
	return to - from
}
