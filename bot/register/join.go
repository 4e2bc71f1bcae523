package register

import (
	"slices"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/proposal"
)

// nearDays is how far two ends may lie apart for two lines to be one contract written twice.
const nearDays = 45

// traits are what a contract is known again by, made once: a table of ten thousand lines of one supplier has to stay quick.
type traits struct {
	words    string // what it is and with whom
	number   string
	supplier string
	end      int // day of the firm end, counted; 0: not known
	glpi     string
	decp     string
}

func traitsOf(c Contract) traits {
	t := traits{number: fold(c.Number), supplier: fold(c.Supplier), glpi: keyOf(c, "glpi:"), decp: keyOf(c, "decp:")}
	if c.Object != "" || c.Supplier != "" {
		t.words = byWords + fold(c.Object) + "|" + t.supplier
	}
	if end := firmEnd(c.Terms); !end.IsZero() {
		t.end = calendar.On(firstYear, 1, 1).AddDays(-1).DaysUntil(end)
	}
	return t
}

// contradict says whether two contracts are certainly two, though they look alike: one tool, or the organisation's books, number them apart.
func contradict(a, b traits) bool {
	apart := func(x, y string) bool { return x != "" && y != "" && x != y }
	return apart(a.number, b.number) || apart(a.glpi, b.glpi) || apart(a.decp, b.decp)
}

// near says whether two ends, or two gaps where an end should be, allow that two lines are one contract.
func near(a, b traits) bool {
	if a.end == 0 || b.end == 0 {
		return a.end == b.end
	}
	return max(a.end-b.end, b.end-a.end) <= nearDays
}

// join finds for each row the contract that it is about.
type join struct {
	known  Known
	reads  []Read
	rows   []traits // of reads
	olds   []traits // of known.Existing
	match  []int    // index of the existing contract, or none
	taken  []bool   // existing contracts that a row is about
	first  []int    // the first row that is about each
	byKey  map[string][]int
	byRef  map[proposal.Ref]int
	bySupp map[string][]int // live ones, by the first word of the supplier
	number map[string]int   // how many rows bear each number
	alike  map[string][]int // rows by what they are and with whom
}

const none = -1

func newJoin(reads []Read, k Known) *join {
	j := &join{
		known: k, reads: reads, rows: make([]traits, len(reads)), olds: make([]traits, len(k.Existing)), match: make([]int, len(reads)), taken: make([]bool, len(k.Existing)),
		byKey: map[string][]int{}, byRef: map[proposal.Ref]int{}, bySupp: map[string][]int{}, number: map[string]int{}, alike: map[string][]int{},
	}
	for _, withdrawn := range []bool{false, true} { // what is live comes first wherever one is looked for
		for i, e := range k.Existing {
			if e.Withdrawn == withdrawn {
				j.index(i, e)
			}
		}
	}
	for i, r := range reads {
		j.match[i], j.rows[i] = none, traitsOf(r.Contract)
		if n := j.rows[i].number; n != "" {
			j.number[n]++
		}
		if words := j.rows[i].words; words != "" {
			j.alike[words] = append(j.alike[words], i)
		}
	}
	j.bySign()
	j.byContent(func(a, b traits) bool { return a.end == b.end })
	j.byContent(func(traits, traits) bool { return true })
	j.first = slices.Repeat([]int{len(reads)}, len(k.Existing))
	for i, at := range j.match {
		if at != none {
			j.first[at] = min(j.first[at], i)
		}
	}
	return j
}

func (j *join) index(i int, e Existing) {
	j.olds[i] = traitsOf(e.Contract)
	j.byRef[e.Ref] = i
	for _, key := range mergeKeys(e.Contract, e.Contract) {
		j.byKey[key] = append(j.byKey[key], i)
	}
	if head := firstWord(j.olds[i].supplier); head != "" && !e.Withdrawn {
		j.bySupp[head] = append(j.bySupp[head], i)
	}
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
		number := j.rows[i].number
		for _, key := range r.Contract.Keys {
			if strings.HasPrefix(key, byWords) || key == byNumber+number && j.number[number] > 1 {
				continue
			}
			if at := j.only(j.byKey[key]); at != none && !contradict(j.rows[i], j.olds[at]) {
				j.take(i, at)
				break
			}
		}
	}
}

// only returns the one contract of several that a key can mean: the only live one, or the only one.
func (j *join) only(at []int) int {
	live := slices.IndexFunc(at, func(i int) bool { return j.known.Existing[i].Withdrawn }) // how many stand before the withdrawn ones
	if live < 0 {
		live = len(at)
	}
	if live == 1 || live == 0 && len(at) == 1 {
		return at[0]
	}
	return none
}

// byContent matches the other rows with the other contracts that say the same of what it is and with whom.
func (j *join) byContent(agree func(row, old traits) bool) {
	for i := range j.reads {
		words := j.rows[i].words
		if j.match[i] != none || words == "" || j.isNew(i) {
			continue
		}
		for _, at := range j.byKey[words] {
			if !j.taken[at] && agree(j.rows[i], j.olds[at]) && !contradict(j.rows[i], j.olds[at]) {
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

func firstWord(folded string) string {
	head, _, _ := strings.Cut(folded, " ")
	return head
}

// like finds a known contract that no row is about and that may be row i, written otherwise: the same supplier, about the same end, and the same
// family or half of the words.
func (j *join) like(i int) int {
	mine, c := j.rows[i], j.reads[i].Contract
	if mine.end == 0 {
		return none
	}
	for _, at := range j.bySupp[firstWord(mine.supplier)] {
		old := j.olds[at]
		if j.taken[at] || old.end == 0 || !near(mine, old) || contradict(mine, old) {
			continue
		}
		if mine.supplier != old.supplier && !strings.HasPrefix(mine.supplier, old.supplier+" ") && !strings.HasPrefix(old.supplier, mine.supplier+" ") {
			continue
		}
		if e := j.known.Existing[at]; c.Family != "" && c.Family == e.Family || halfShared(c.Object, e.Object) {
			return at
		}
	}
	return none
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
