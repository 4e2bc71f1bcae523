package match

import (
	"cmp"
	"slices"
)

// record is an item as it stands in a bucket: all that settles most pairs, side by side in memory.
type record struct {
	words    uint64 // signature
	day      int32
	slot     uint32
	org      uint32
	supplier uint32
	other    uint16 // the family that it has beside the bucket's
	flags    flags
}

func (r record) compare(s record) int {
	switch {
	case r.day != s.day:
		return int(r.day) - int(s.day)
	case r.slot != s.slot:
		return int(r.slot) - int(s.slot)
	}
	return int(r.flags&isSecond) - int(s.flags&isSecond)
}

// bucket holds the items of one family, first those without a day, then by day.
type bucket struct {
	records  []record
	unsorted bool
}

func (b *bucket) append(r record) {
	b.records = append(b.records, r)
	b.unsorted = true
}

func (b *bucket) insert(r record) {
	at, _ := slices.BinarySearchFunc(b.records, r, record.compare)
	b.records = slices.Insert(b.records, at, r)
}

func (b *bucket) remove(day int32, slot uint32, as flags) {
	b.settle()
	at, found := slices.BinarySearchFunc(b.records, record{day: day, slot: slot, flags: as}, record.compare)
	if found {
		b.records = slices.Delete(b.records, at, at+1)
	}
}

func (b *bucket) settle() {
	if b.unsorted {
		slices.SortFunc(b.records, record.compare)
		b.unsorted = false
	}
}

func (b *bucket) renumber(moved []uint32) {
	for i := range b.records {
		b.records[i].slot = moved[b.records[i].slot]
	}
}

// between returns the records from one day to another, both included.
func (b *bucket) between(first, last int32) []record {
	from, _ := slices.BinarySearchFunc(b.records, first, func(r record, day int32) int { return cmp.Compare(r.day, day) })
	to, _ := slices.BinarySearchFunc(b.records, last, func(r record, day int32) int {
		if r.day <= day {
			return -1
		}
		return 1
	})
	return b.records[from:max(from, to)]
}
