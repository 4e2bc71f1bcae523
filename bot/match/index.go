package match

import (
	"iter"
	"math"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/text"
)

// Index holds the live items of a circle so that a newcomer is judged against all of them in the time that those of its families within reach
// of its date take. It says what Between says of each pair, without a database, a network or a model.
//
// The items stand by family and date; names and words are kept once for all, as numbers. Of an item the index keeps a hundred bytes and its key, which
// lives with the row that it came from. Items are forgotten, names and words never.
//
// Put, Remove and NewIndex belong to one goroutine at a time, Against may be called by many between them: who shares an Index holds a
// sync.RWMutex over it.
type Index struct {
	slots     table    // by key
	items     []item   // by slot, in the order in which they came
	said      []uint32 // the words and products of the items' objects, one after the other
	buckets   []bucket // by family
	families  names[family.Code]
	kin       [][]bond // how each two families stand to each other
	orgs      names[string]
	suppliers suppliers
	products  names[string]
	words     vocabulary
	gone      int // items removed since the last tidying
	unsaid    int // numbers in said that no item uses any more
}

// item is what is kept of a side beside its record.
type item struct {
	key     string
	at      uint32 // where its words begin in said
	day     int32  // since 1970; noDay when not known
	family  uint16
	second  uint16
	words   uint8 // of the object
	product uint8 // products
	flags   flags
}

const noDay = math.MinInt32

// flags say the kind of an item and what else is yes or no.
type flags uint8

const (
	isContract flags = 1 << iota
	isNeed
	isOffer
	isGuessed
	isSecond // a record of the item under its second family
	isLive
)

func (f flags) kind() intake.Kind {
	switch {
	case f&isContract != 0:
		return intake.Contract
	case f&isNeed != 0:
		return intake.Need
	case f&isOffer != 0:
		return intake.Offer
	}
	return intake.Nothing
}

func flagsOf(s Side) flags {
	f := isLive
	switch s.Kind {
	case intake.Contract:
		f |= isContract
	case intake.Need:
		f |= isNeed
	case intake.Offer:
		f |= isOffer
	}
	if s.Guessed {
		f |= isGuessed
	}
	return f
}

// mostWords is how many words of a supplier and of an object are compared; what people type has far fewer.
const mostWords = math.MaxUint8

// NewIndex returns an index of the sides, each under its key; of two with one key the later counts. Many at once are quicker so than by Put.
func NewIndex(sides iter.Seq2[string, Side]) *Index {
	x := &Index{}
	x.family("") // the first bucket is that of no family
	for key, side := range sides {
		x.put(key, side, (*bucket).append)
	}
	x.clip()
	return x
}

// Len says how many items there are.
func (x *Index) Len() int { return len(x.items) - x.gone }

// Put adds a side under a key, or replaces the one that has it.
func (x *Index) Put(key string, s Side) { x.put(key, s, (*bucket).insert) }

func (x *Index) put(key string, s Side, into func(*bucket, record)) {
	slot, known := x.slot(key)
	if known {
		x.drop(slot)
	} else {
		slot = uint32(len(x.items))
		x.items = append(x.items, item{})
		x.items[slot].key = key
		x.slots.add(hashOf(key), slot, x.hashAt)
	}
	it, r := x.keep(s)
	it.key, r.slot = key, slot
	x.items[slot] = it
	if speaks(s.Kind) {
		into(x.bucket(it.family), r)
		if s.Second != "" {
			r.other, r.flags = it.family, r.flags|isSecond
			into(x.bucket(it.second), r)
		}
	}
	x.tidy()
}

// Remove forgets the item of the key, if there is one.
func (x *Index) Remove(key string) {
	slot, known := x.slot(key)
	if !known {
		return
	}
	x.drop(slot)
	x.slots.remove(hashOf(key), slot, x.hashAt)
	x.items[slot] = item{}
	x.gone++
	x.tidy()
}

// slot finds the slot of a key.
func (x *Index) slot(key string) (slot uint32, known bool) {
	return x.slots.find(hashOf(key), func(slot uint32) bool { return x.items[slot].key == key })
}

func (x *Index) hashAt(slot uint32) uint64 { return hashOf(x.items[slot].key) }

// clip puts the buckets in order and gives back what was kept for more items.
func (x *Index) clip() {
	for i := range x.buckets {
		x.buckets[i].settle()
		x.buckets[i].records = clipped(x.buckets[i].records)
	}
	for i := range x.kin {
		x.kin[i] = clipped(x.kin[i])
	}
	x.items, x.said = clipped(x.items), clipped(x.said)
	x.orgs.all = clipped(x.orgs.all)
	x.suppliers.names.all, x.suppliers.said, x.suppliers.ends = clipped(x.suppliers.names.all), clipped(x.suppliers.said), clipped(x.suppliers.ends)
	x.words.clip()
}

// drop takes the records of an item out of their buckets.
func (x *Index) drop(slot uint32) {
	it := x.items[slot]
	x.unsaid += it.saidLen()
	if !speaks(it.flags.kind()) {
		return
	}
	x.bucket(it.family).remove(it.day, slot, 0)
	if x.families.all[it.second] != "" {
		x.bucket(it.second).remove(it.day, slot, isSecond)
	}
}

// keep makes of a side what is kept of it, and appends its words to said.
func (x *Index) keep(s Side) (item, record) {
	it := item{
		at: uint32(len(x.said)), day: dayNumber(s.Date), flags: flagsOf(s),
		family: x.family(s.Family), second: x.family(s.Second),
	}
	r := record{day: it.day, org: x.orgs.add(s.Org), supplier: x.suppliers.add(s.Supplier, &x.words), other: it.second, flags: it.flags}
	words := text.Words(s.Object)
	for _, w := range words[:min(len(words), mostWords)] {
		x.said = append(x.said, x.words.add(w))
		it.words++
	}
	known := products(s)
	for _, name := range known[:min(len(known), mostWords)] {
		x.said = append(x.said, x.products.add(name))
		it.product++
	}
	object, products := x.object(it)
	r.words = signature(x.words.stemsOf(x.suppliers.words(r.supplier)), x.words.stemsOf(object), products, itemsBit)
	return it, r
}

func (it item) saidLen() int { return int(it.words) + int(it.product) }

// object returns the words of an item's object, and the products that its object and its supplier name.
func (x *Index) object(it item) (words, products []uint32) {
	end := it.at + uint32(it.words)
	return x.said[it.at:end], x.said[end : end+uint32(it.product)]
}

// side returns what an item was made of, its object left out.
func (x *Index) side(r record) Side {
	it := x.items[r.slot]
	return Side{
		Org: x.orgs.all[r.org], Kind: it.flags.kind(), Family: x.families.all[it.family], Second: x.families.all[it.second],
		Guessed: it.flags&isGuessed != 0, Supplier: x.suppliers.names.all[r.supplier], Date: dayOf(r.day),
	}
}

// family returns the number of a family, and settles once how it stands to the others.
func (x *Index) family(code family.Code) uint16 {
	number := x.families.add(code)
	if int(number) == len(x.kin) {
		x.kin = append(x.kin, x.kinOf(code))
		for other := range x.kin[:number] {
			x.kin[other] = append(x.kin[other], x.kin[number][other])
		}
	}
	return uint16(number)
}

// kinOf says how each family of the index stands to that one.
func (x *Index) kinOf(code family.Code) []bond {
	if number := x.families.find(code); int(number) < len(x.kin) {
		return x.kin[number]
	}
	kin := make([]bond, len(x.families.all))
	for i, other := range x.families.all {
		kin[i] = bondOf(code, "", other, "")
	}
	return kin
}

func (x *Index) bucket(code uint16) *bucket {
	for int(code) >= len(x.buckets) {
		x.buckets = append(x.buckets, bucket{})
	}
	return &x.buckets[code]
}

// tidyFrom is how much has to be gone before it is worth tidying up.
const tidyFrom = 1024

// tidy closes the gaps that removed and replaced items left once they take as much as what lives. The order of the items stands.
func (x *Index) tidy() {
	if (x.gone < tidyFrom || x.gone < x.Len()) && (x.unsaid < 8*tidyFrom || 2*x.unsaid < len(x.said)) {
		return
	}
	moved := make([]uint32, len(x.items))
	items := make([]item, 0, x.Len())
	said := make([]uint32, 0, len(x.said)-x.unsaid)
	x.slots = table{}
	for slot, it := range x.items {
		if it.flags&isLive == 0 {
			continue
		}
		moved[slot] = uint32(len(items))
		words := x.said[it.at : int(it.at)+it.saidLen()]
		it.at = uint32(len(said))
		said = append(said, words...)
		items = append(items, it)
	}
	for i := range x.buckets {
		x.buckets[i].renumber(moved)
	}
	x.items, x.said, x.gone, x.unsaid = items, said, 0, 0
	for slot, it := range x.items {
		x.slots.add(hashOf(it.key), uint32(slot), x.hashAt)
	}
}

const secondsADay = 24 * 60 * 60

func dayNumber(d calendar.Day) int32 {
	if d.IsZero() {
		return noDay
	}
	return int32(d.At(0, 0, time.UTC).Unix() / secondsADay)
}

func dayOf(number int32) calendar.Day {
	if number == noDay {
		return calendar.Day{}
	}
	return calendar.Of(time.Unix(int64(number)*secondsADay, 0).UTC())
}
