package register

import (
	"cmp"
	"slices"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
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
	// Words are those by which families are known: a circle has words of its own. nil takes everyone's.
	Words *family.Dictionary
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
		reads[i] = ReadRow(m, row, k.On, k.Person, k.Words)
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

// verdict judges row i.
func (j *join) verdict(i int) Verdict {
	r := j.reads[i]
	v := Verdict{Number: r.Number, Contract: r.Contract, Remarks: r.Remarks}
	if buyer := buyerOf(r); buyer != "" && len(j.known.Sirets) == 0 {
		v.Remarks = append(v.Remarks, locale.T("register.remark.buyer", "buyer", buyer))
	}
	switch at := j.match[i]; {
	case r.sum:
		return v.because(Aside, locale.T("register.aside.total"))
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
	if at := j.like(i); at != none && !chosen {
		v.Ref = j.known.Existing[at].Ref
		return v.because(Doubt, locale.T("register.doubt.existing", "ref", string(v.Ref), "name", nameText(j.known.Existing[at].Contract)))
	}
	for _, other := range j.alike[j.rows[i].words] {
		if other >= i {
			break
		}
		if j.match[other] != none || !near(j.rows[i], j.rows[other]) || len(j.reads[other].Faults) > 0 {
			continue
		}
		row := rowNumber(j.reads[other].Number)
		switch {
		case contradict(j.rows[i], j.rows[other]):
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
	if r.elsewhere && !chosen {
		return v.because(Aside, locale.T("register.aside.not-it"))
	}
	v.Decision = Add
	return v
}

// ended says whether a contract is over, whatever renewals it may have had.
func (j *join) ended(t contract.Terms) bool {
	return contract.At(t, j.known.On).State == contract.Expired
}

// identical says whether two rows say the same in every field.
func identical(a, b Contract) bool {
	return !slices.ContainsFunc(Fields, func(f Field) bool { return !equal(a, b, f) })
}
