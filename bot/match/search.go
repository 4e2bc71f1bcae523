package match

import (
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/text"
)

// Near is one of an index's items that comes close to a newcomer.
type Near struct {
	Key     string
	Score   float64
	finding finding
	sides   sides // the newcomer and the item, whose object is left out
}

// Verdict returns what Between says of the two. Words are made here, so that they cost nothing where nobody reads them.
func (n *Near) Verdict() Verdict { return n.finding.verdict(n.sides.a, n.sides.b) }

// Found is what an index holds close to a newcomer: the best matches and the best maybes, best first, among equals in the order in which the items came,
// and how many there are of each.
type Found struct {
	Matches, Maybes        []Near
	MatchCount, MaybeCount int
}

// Against judges a newcomer against every item as Between does, and returns the best of the matches and of the maybes, at most so many
// of each. Items whose key leaveOut holds back (refused before, its own earlier version) are neither returned nor counted; nil holds back none.
func (x *Index) Against(newcomer Side, most int, leaveOut func(key string) bool) Found {
	q := x.ask(newcomer, most, leaveOut)
	q.visitAll()
	return Found{q.told(q.matches), q.told(q.maybes), q.matches.count, q.maybes.count}
}

// query is a newcomer on its way through an index.
type query struct {
	x        *Index
	newcomer Side
	org      uint32
	flags    flags
	day      int32
	leaveOut func(string) bool

	supplier, object, products []uint32 // words, as an item's
	stems                      []uint32 // of the object's words that tell
	words, supplierWords       uint64   // signatures, of all and of the supplier alone
	suppliers                  []answer // whether the two suppliers meet, or the object names theirs, by their supplier; asked once of each

	first, second []bond // how the families of the index stand to the newcomer's, and to its second reading

	within, maybe [2]int32               // first and last day within reach, and within that of a maybe
	each          func(*record, finding) // takes what is found, where nothing is to be put in order

	matches best
	maybes  best
	met     meeting
}

func (x *Index) ask(newcomer Side, most int, leaveOut func(string) bool) *query {
	q := &query{
		x: x, newcomer: newcomer, org: x.orgs.find(newcomer.Org), flags: flagsOf(newcomer), day: dayNumber(newcomer.Date), leaveOut: leaveOut,
		matches: best{most: most}, maybes: best{most: most},
	}
	q.met.q = q
	var supplierStems, objectStems []uint32
	q.supplier, supplierStems = x.numbers(newcomer.Supplier)
	q.object, objectStems = x.numbers(newcomer.Object)
	for _, stem := range objectStems {
		if stem != absent {
			q.stems = append(q.stems, stem)
		}
	}
	for _, name := range products(newcomer) {
		q.products = append(q.products, x.products.find(name))
	}
	q.supplierWords = signature(supplierStems, nil, nil, 0)
	q.suppliers = make([]answer, len(x.suppliers.ends))
	q.words = signature(supplierStems, objectStems, q.products, newcomersBit)
	q.first, q.second = x.kinOf(newcomer.Family), x.kinOf(newcomer.Second)
	if !newcomer.Date.IsZero() {
		q.within, q.maybe = daysWithin(newcomer.Date, monthsApart), daysWithin(newcomer.Date, monthsMaybeApart)
	}
	return q
}

// numbers returns the words of a newcomer's text as the index numbers them, and their stems.
func (x *Index) numbers(typed string) (words, stems []uint32) {
	all := text.Words(typed)
	for _, w := range all[:min(len(all), mostWords)] {
		stem := uint32(absent)
		if tells(w) {
			stem = x.words.all.find(w.Stem)
		}
		words, stems = append(words, x.words.all.find(w.Folded)), append(stems, stem)
	}
	return words, stems
}

// daysWithin returns the first and the last day that are within so many months of d.
func daysWithin(d calendar.Day, months int) [2]int32 {
	first := d.AddMonths(-months).AddDays(-5)
	for monthsAfter(first, months).Before(d) {
		first = first.AddDays(1)
	}
	return [2]int32{dayNumber(first), dayNumber(monthsAfter(d, months))}
}

func (q *query) visitAll() {
	if !speaks(q.newcomer.Kind) {
		return
	}
	for code := range q.x.buckets {
		q.visit(uint16(code))
	}
}

// visit looks at the items of a family. Those whose second family counts are looked at under that one, unless their first brings them up itself.
func (q *query) visit(code uint16) {
	bond, b := q.bond(code), &q.x.buckets[code]
	if bond == bondNone {
		return
	}
	if q.day == noDay {
		q.look(b.records, bond)
		return
	}
	q.look(b.between(noDay, noDay), bond)
	q.look(b.between(q.maybe[0], q.maybe[1]), bond)
}

// bond says how a family stands to the newcomer's two, as bondOf does for items without a second one.
func (q *query) bond(code uint16) bond {
	first := q.first[code]
	if first < bondParent && first != bondUnknown && q.second[code] >= bondParent {
		return bondSecond
	}
	return first
}

func (q *query) look(records []record, bucketBond bond) {
	for i := range records {
		r := &records[i]
		bond := bucketBond
		switch {
		case r.flags&isSecond != 0:
			if bond < bondParent || q.bond(r.other) != bondNone {
				continue
			}
			bond = bondSecond
		case bond == bondNear && q.first[r.other] >= bondParent:
			bond = bondSecond
		}
		if (bond == bondNear || bond == bondUnknown) && r.words&q.words == 0 {
			continue // nothing in common, which they would need
		}
		q.weigh(r, bond)
	}
}

func (q *query) weigh(r *record, bond bond) {
	dated := r.day != noDay
	p := pair{
		sameOrg: r.org == q.org,
		speak:   true,
		buys:    q.flags&isNeed != 0 || r.flags&isNeed != 0 || q.flags&isContract != 0 && q.day != noDay || r.flags&isContract != 0 && dated,
		bond:    bond,
		guessed: (q.flags|r.flags)&isGuessed != 0,
	}
	p.leftover = bond == bondSame && leftovers(q.newcomer.Family)
	if dated && q.day != noDay {
		p.reach, p.days = reachJustPast, max(r.day-q.day, q.day-r.day)
		if r.day >= q.within[0] && r.day <= q.within[1] {
			p.reach = reachWithin
		}
	}
	q.met.r = r
	f := judge(&p, &q.met)
	if f.ground != together || q.leaveOut != nil && q.leaveOut(q.x.items[r.slot].key) {
		return
	}
	if q.each != nil {
		q.each(r, f)
		return
	}
	found := &q.matches
	if f.maybe() {
		found = &q.maybes
	}
	found.count++
	f.sameSupplier = true // at best
	if !found.wants(f.score(), r.slot) {
		return
	}
	f.sameSupplier = q.met.supplier()
	found.take(candidate{f, f.score(), *r})
}

// told returns what was found, best first.
func (q *query) told(b best) []Near {
	if len(b.candidates) == 0 {
		return nil
	}
	out := make([]Near, 0, len(b.candidates))
	for _, c := range b.candidates {
		out = append(out, Near{q.x.items[c.record.slot].key, c.score, c.finding, sides{q.newcomer, q.x.side(c.record)}})
	}
	return out
}

// answer is a question that is asked once.
type answer uint8

const (
	notAsked answer = iota
	yes
	no
)

// meeting compares the words of a newcomer and an item by their numbers.
type meeting struct {
	q *query
	r *record
}

func (m *meeting) supplier() bool {
	q := m.q
	said := &q.suppliers[m.r.supplier]
	if *said == notAsked {
		*said = no
		if theirs := q.x.suppliers.words(m.r.supplier); contains(theirs, q.supplier) || contains(q.supplier, theirs) || contains(q.object, theirs) {
			*said = yes
		}
	}
	if *said == yes {
		return true
	}
	if len(q.supplier) == 0 || q.supplierWords != everyBit && m.r.words&q.supplierWords != q.supplierWords {
		return false // the item's object does not have all the words of the supplier
	}
	object, _ := q.x.object(q.x.items[m.r.slot])
	return contains(object, q.supplier)
}

func (m *meeting) product() bool {
	if len(m.q.products) == 0 || m.r.words&m.q.words == 0 {
		return false
	}
	_, products := m.q.x.object(m.q.x.items[m.r.slot])
	return slices.ContainsFunc(products, func(p uint32) bool { return slices.Contains(m.q.products, p) })
}

func (m *meeting) word() bool {
	if len(m.q.stems) == 0 || m.r.words&m.q.words == 0 {
		return false
	}
	object, _ := m.q.x.object(m.q.x.items[m.r.slot])
	return slices.ContainsFunc(object, func(w uint32) bool { return slices.Contains(m.q.stems, m.q.x.words.stem[w]) })
}

// candidate is an item that was found, without words.
type candidate struct {
	finding finding
	score   float64
	record  record
}

// before says whether c is to be said before what has that score and slot.
func (c *candidate) before(score float64, slot uint32) bool {
	if c.score != score {
		return c.score > score
	}
	return c.record.slot < slot
}

// best keeps the best candidates in order, and counts all.
type best struct {
	candidates []candidate
	most       int
	count      int
}

// wants says whether what has that score and slot would be among the best.
func (b *best) wants(score float64, slot uint32) bool {
	return len(b.candidates) < b.most || b.most > 0 && !b.candidates[b.most-1].before(score, slot)
}

func (b *best) take(c candidate) {
	if !b.wants(c.score, c.record.slot) {
		return
	}
	if len(b.candidates) == b.most {
		b.candidates = b.candidates[:b.most-1]
	}
	at, _ := slices.BinarySearchFunc(b.candidates, c, func(other, c candidate) int {
		if other.before(c.score, c.record.slot) {
			return -1
		}
		return 1
	})
	if b.candidates == nil {
		b.candidates = make([]candidate, 0, min(b.most, 64))
	}
	b.candidates = slices.Insert(b.candidates, at, c)
}
