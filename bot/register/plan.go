package register

import (
	"cmp"
	"slices"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Existing is a contract of the organisation that is recorded already. Its Contract.Keys are those that the last import left.
type Existing struct {
	Contract
	Corrected Set  // fields that a person set by hand: no table overwrites them
	Withdrawn bool // taken back by a person: no table brings it back by itself
}

// Known is what a table is compared with.
type Known struct {
	On       calendar.Day
	Existing []Existing // of the organisation that imports, and of no other
	// Person finds somebody of the organisation by handle, address or name; nil takes what is written for a handle.
	Person func(written string) (handle string, ok bool)
	// Sirets are the organisation's numbers, SIRET or SIREN: rows of other buyers are then left. None: rows of all buyers are taken, and named.
	Sirets []string
	// Choices are what a person decided about a doubtful row: the contract that it is, or the empty reference for a new one.
	Choices map[int]proposal.Ref
}

// Plan is the dry run of an import: what the button would do, row by row.
type Plan struct {
	Mapping  Mapping
	Verdicts []Verdict     // one a row, in their order
	Warnings []locale.Text // about the table as a whole
}

// NewPlan says what the import of a table would do. The fault is for a table of which nothing can be imported.
func NewPlan(t Table, m Mapping, k Known) (Plan, locale.Text) {
	p := Plan{Mapping: m}
	if fault := t.Fault(); !fault.IsZero() {
		return p, fault
	}
	if fault := m.Fault(); !fault.IsZero() {
		return p, fault
	}
	reads := make([]Read, len(t.Rows))
	for i, row := range t.Rows {
		reads[i] = ReadRow(m, row, k.On, k.Person)
	}
	j := newJoin(reads, k)
	p.Verdicts = make([]Verdict, len(reads))
	for i := range reads {
		p.Verdicts[i] = j.verdict(i)
	}
	p.Warnings = append(m.Missing(), foreign(reads, k.Sirets)...)
	return p, locale.Text{}
}

// foreign warns of a table of several buyers when it is not known which of them imports.
func foreign(reads []Read, sirets []string) []locale.Text {
	const most = 100 // more are not told apart: nobody reads them
	named := map[string]string{}
	var buyers []string
	for _, r := range reads {
		key := cmp.Or(r.Buyer, r.BuyerName)
		if key == "" {
			continue
		}
		if _, seen := named[key]; !seen && len(buyers) < most {
			buyers = append(buyers, key)
		}
		named[key] = cmp.Or(named[key], r.BuyerName)
	}
	if len(sirets) > 0 || len(buyers) < 2 {
		return nil
	}
	for i, key := range buyers {
		buyers[i] = cmp.Or(named[key], key)
	}
	return []locale.Text{locale.T("register.warning.buyers", "count", len(buyers), "buyers", headingList(buyers))}
}

func buyerOf(r Read) string {
	return cmp.Or(r.BuyerName, r.Buyer)
}

// nearDays is how far two ends may lie apart for two lines to be one contract written twice.
const nearDays = 45

// join finds for each row the contract that it is about.
type join struct {
	known  Known
	reads  []Read
	match  []int  // index of the existing contract, or none
	taken  []bool // existing contracts that a row is about
	first  []int  // the first row that is about each
	byKey  map[string][]int
	byRef  map[proposal.Ref]int
	bySupp map[string][]int // by the first word of the supplier
	number map[string]int   // how many rows bear each number
	words  map[string][]int // rows by what they are and with whom
}

const none = -1

func newJoin(reads []Read, k Known) *join {
	j := &join{
		known: k, reads: reads, match: make([]int, len(reads)), taken: make([]bool, len(k.Existing)),
		byKey: map[string][]int{}, byRef: map[proposal.Ref]int{}, bySupp: map[string][]int{}, number: map[string]int{}, words: map[string][]int{},
	}
	for i, e := range k.Existing {
		j.byRef[e.Ref] = i
		for _, key := range mergeKeys(e.Contract, e.Contract) {
			j.byKey[key] = append(j.byKey[key], i)
		}
		if head := firstWord(e.Supplier); head != "" {
			j.bySupp[head] = append(j.bySupp[head], i)
		}
	}
	for i, r := range reads {
		j.match[i] = none
		if n := fold(r.Contract.Number); n != "" {
			j.number[n]++
		}
		if key := wordsKey(r.Contract); key != "" {
			j.words[key] = append(j.words[key], i)
		}
	}
	j.bySign()
	j.byContent(func(a, b Contract) bool { return firmEnd(a.Terms) == firmEnd(b.Terms) })
	j.byContent(func(Contract, Contract) bool { return true })
	j.first = slices.Repeat([]int{len(reads)}, len(k.Existing))
	for i, at := range j.match {
		if at != none {
			j.first[at] = min(j.first[at], i)
		}
	}
	return j
}

// bySign matches rows by what names a contract surely: a person's choice, our reference, a tool's key, the number in the books.
func (j *join) bySign() {
	for i, r := range j.reads {
		if ref, chosen := j.known.Choices[r.Number]; chosen || r.fresh {
			if at, there := j.byRef[ref]; chosen && there {
				j.take(i, at)
			}
			continue
		}
		if at, there := j.byRef[r.Contract.Ref]; r.Contract.Ref != "" && there {
			j.take(i, at)
			continue
		}
		for _, key := range r.Contract.Keys {
			if strings.HasPrefix(key, byWords) || key == byNumber+fold(r.Contract.Number) && j.number[fold(r.Contract.Number)] > 1 {
				continue
			}
			if at := j.byKey[key]; len(at) == 1 && !contradict(r.Contract, j.known.Existing[at[0]].Contract) {
				j.take(i, at[0])
				break
			}
		}
	}
}

// byContent matches the other rows with the other contracts that say the same of what it is and with whom.
func (j *join) byContent(agree func(a, b Contract) bool) {
	for i, r := range j.reads {
		if j.match[i] != none || j.isNew(i) {
			continue
		}
		key := wordsKey(r.Contract)
		for _, at := range j.byKey[key] {
			if e := j.known.Existing[at].Contract; key != "" && !j.taken[at] && !contradict(r.Contract, e) && agree(r.Contract, e) {
				j.take(i, at)
				break
			}
		}
	}
}

func (j *join) take(row, at int) { j.match[row], j.taken[at] = at, true }

// isNew says whether a person decided that the row is a contract of its own.
func (j *join) isNew(i int) bool {
	ref, chosen := j.known.Choices[j.reads[i].Number]
	return j.reads[i].fresh || chosen && ref == ""
}

func wordsKey(c Contract) string {
	if c.Object == "" && c.Supplier == "" {
		return ""
	}
	return byWords + fold(c.Object) + "|" + fold(c.Supplier)
}

func firstWord(s string) string {
	head, _, _ := strings.Cut(fold(s), " ")
	return head
}

// verdict judges row i.
func (j *join) verdict(i int) Verdict {
	r := j.reads[i]
	v := Verdict{Number: r.Number, Contract: r.Contract, Remarks: r.Remarks}
	if buyer := buyerOf(r); buyer != "" && len(j.known.Sirets) == 0 {
		v.Remarks = append(v.Remarks, locale.T("register.remark.buyer", "buyer", buyer))
	}
	switch at := j.match[i]; {
	case len(r.Faults) > 0:
		return v.because(Refuse, r.Faults...)
	case r.Buyer != "" && len(j.known.Sirets) > 0 && !bought(r.Buyer, j.known.Sirets):
		return v.because(Aside, locale.T("register.aside.buyer", "buyer", buyerOf(r)))
	case at != none:
		return j.judged(v, i, j.known.Existing[at])
	}
	return j.added(v, i)
}

// bought says whether a buyer is the organisation: establishments of one share the nine digits of its SIREN.
func bought(buyer string, sirets []string) bool {
	const siren = 9
	digits := func(s string) string {
		s = strings.ReplaceAll(s, " ", "")
		return s[:min(len(s), siren)]
	}
	return slices.ContainsFunc(sirets, func(s string) bool { return digits(s) == digits(buyer) })
}

// judged compares a row with the contract that it is about.
func (j *join) judged(v Verdict, i int, known Existing) Verdict {
	v.Ref = known.Ref
	if first := j.first[j.match[i]]; first < i {
		return v.because(Refuse, locale.T("register.fault.repeated", "row", rowNumber(j.reads[first].Number)))
	}
	if known.Withdrawn {
		return v.because(Aside, locale.T("register.aside.withdrawn", "ref", string(known.Ref)))
	}
	if r := j.reads[i]; r.Contract.Ref == known.Ref && !r.marked && strangers(j.reads[i].Contract, known.Contract) {
		return v.because(Doubt, locale.T("register.doubt.reference", "ref", string(known.Ref), "name", nameText(known.Contract)))
	}
	v.Contract, v.Changes, v.Kept = compare(known, j.reads[i])
	v.Decision = Same
	if len(v.Changes) > 0 {
		v.Decision = Alter
	}
	v.Adopted = len(v.Contract.Keys) > len(mergeKeys(known.Contract, Contract{}))
	return v
}

// strangers says whether two contracts have nothing in common, although one bears the reference of the other: "C-12" is a number in many books.
func strangers(row, known Contract) bool {
	if row.Object == "" && row.Supplier == "" {
		return false
	}
	for _, f := range []Field{Number, Family, Supplier, Object, Date} {
		if row.cell(f, codes) != "" && equal(row, known, f) {
			return false
		}
	}
	return true
}

// added judges a row that is about no known contract.
func (j *join) added(v Verdict, i int) Verdict {
	r := j.reads[i]
	if v.Contract.Ref != "" {
		if !r.marked && v.Contract.Number == "" {
			v.Contract.Number = string(v.Contract.Ref) // theirs, which only looks like ours
		}
		v.Contract.Ref = ""
	}
	v.Contract.Keys = mergeKeys(v.Contract, r.Contract)
	chosen := j.isNew(i)
	if at := j.like(r.Contract); at != none && !chosen {
		v.Ref = j.known.Existing[at].Ref
		return v.because(Doubt, locale.T("register.doubt.existing", "ref", string(v.Ref), "name", nameText(j.known.Existing[at].Contract)))
	}
	for _, other := range j.words[wordsKey(r.Contract)] {
		if other >= i || j.match[other] != none || len(j.reads[other].Faults) > 0 || !near(r.Contract, j.reads[other].Contract) {
			continue
		}
		row := rowNumber(j.reads[other].Number)
		switch {
		case contradict(r.Contract, j.reads[other].Contract):
			v.Remarks = append(v.Remarks, locale.T("register.remark.like-row", "row", row))
		case chosen:
		case identical(r.Contract, j.reads[other].Contract):
			return v.because(Refuse, locale.T("register.fault.repeated", "row", row))
		default:
			return v.because(Doubt, locale.T("register.doubt.row", "row", row))
		}
		break
	}
	if j.ended(r.Contract.Terms) && !chosen {
		return v.because(Aside, locale.T("register.aside.ended", "day", contract.At(r.Contract.Terms, j.known.On).Term))
	}
	if r.fromDECP() && (v.Contract.Family == "" || v.Contract.Family == "not-it") && !chosen {
		return v.because(Aside, locale.T("register.aside.not-it"))
	}
	v.Decision = Add
	return v
}

// fromDECP says whether the row comes from open data, which hold all that an organisation buys.
func (r Read) fromDECP() bool { return keyOf(r.Contract, "decp:") != "" }

// ended says whether a contract is over, whatever renewals it may have had.
func (j *join) ended(t contract.Terms) bool {
	return contract.At(t, j.known.On).State == contract.Expired
}

// like finds a known contract that no row is about and that may be the same, written otherwise: the same supplier, about the same end, and the same
// family or half of the words.
func (j *join) like(c Contract) int {
	for _, at := range j.bySupp[firstWord(c.Supplier)] {
		e := j.known.Existing[at].Contract
		if j.taken[at] || contradict(c, e) || !near(c, e) || firmEnd(c.Terms).IsZero() || firmEnd(e.Terms).IsZero() {
			continue
		}
		if mine, theirs := fold(c.Supplier), fold(e.Supplier); mine != theirs && !strings.HasPrefix(mine, theirs+" ") && !strings.HasPrefix(theirs, mine+" ") {
			continue
		}
		if c.Family != "" && c.Family == e.Family || halfShared(c.Object, e.Object) {
			return at
		}
	}
	return none
}

// near says whether two ends, or two gaps where an end should be, allow that two lines are one contract.
func near(a, b Contract) bool {
	x, y := firmEnd(a.Terms), firmEnd(b.Terms)
	if x.IsZero() || y.IsZero() {
		return x == y
	}
	days := x.DaysUntil(y)
	return max(days, -days) <= nearDays
}

// halfShared says whether the shorter of two objects has half of its words in the other.
func halfShared(a, b string) bool {
	mine, theirs := strings.Fields(fold(a)), strings.Fields(fold(b))
	if len(mine) > len(theirs) {
		mine, theirs = theirs, mine
	}
	shared := 0
	for _, w := range mine {
		if len(w) > 3 && slices.Contains(theirs, w) {
			shared++
		}
	}
	return shared > 0 && 2*shared >= len(mine)
}

// identical says whether two rows say the same in every field.
func identical(a, b Contract) bool {
	return !slices.ContainsFunc(Fields, func(f Field) bool { return !equal(a, b, f) })
}
