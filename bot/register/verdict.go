package register

import (
	"strconv"

	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Decision says what the import does with a row.
type Decision string

// The decisions.
const (
	Add    Decision = "add"    // a contract that was not known
	Alter  Decision = "change" // a known contract of which something changes
	Same   Decision = "same"   // a known contract that is so already
	Aside  Decision = "aside"  // understood, and left: over, another buyer's, not IT, withdrawn by a person
	Doubt  Decision = "doubt"  // perhaps a known contract, written otherwise: left until a person decides
	Refuse Decision = "refuse" // not understood
)

// Decisions lists them in the order in which they are told.
var Decisions = []Decision{Add, Alter, Same, Doubt, Aside, Refuse}

// Verdict is what the import does with one row, and why.
type Verdict struct {
	Number   int // of the row, as its reader sees it in the file
	Decision Decision
	Ref      proposal.Ref  // of the known contract that it is, or may be
	Contract Contract      // as it would be recorded, for Add, Alter and Same
	Adopted  bool          // Alter and Same: Contract.Keys holds keys that are not kept yet, and that let the next import find it
	Changes  []Change      // for Alter
	Kept     []Change      // what the row says otherwise, and a person has corrected: it stays as the person said
	Reasons  []locale.Text // for Aside, Doubt and Refuse: why, and what to do about it
	Remarks  []locale.Text // what was done to the row to understand it
}

func (v Verdict) because(d Decision, reasons ...locale.Text) Verdict {
	v.Decision, v.Reasons = d, reasons
	return v
}

// Writes says whether the import writes anything for the row.
func (v Verdict) Writes() bool { return v.Decision == Add || v.Decision == Alter }

// Line says the verdict in one line: the row, the contract, what happens, why, and what to do.
func (v Verdict) Line() locale.Text {
	row, name := rowNumber(v.Number), nameText(v.Contract)
	var line locale.Text
	switch v.Decision {
	case Add:
		line = locale.T("register.line.add", "row", row, "name", name)
	case Alter:
		line = locale.T("register.line.change", "row", row, "ref", string(v.Ref), "name", name, "changes", changeLines(v.Changes))
	case Same:
		line = locale.T("register.line.same", "row", row, "ref", string(v.Ref), "name", name)
	case Aside:
		line = locale.T("register.line.aside", "row", row, "name", name)
	case Doubt:
		line = locale.T("register.line.doubt", "row", row, "name", name)
	default:
		line = locale.T("register.line.refuse", "row", row)
	}
	parts := append([]locale.Text{line}, v.Reasons...)
	if v.Writes() && len(v.Contract.Guessed) > 0 {
		parts = append(parts, locale.T("register.line.guessed", "fields", labels(v.Contract.Guessed)))
	}
	if len(v.Kept) > 0 {
		parts = append(parts, locale.T("register.line.kept", "changes", changeLines(v.Kept)))
	}
	if v.Decision != Refuse {
		parts = append(parts, v.Remarks...)
	}
	return sentences(parts)
}

func changeLines(changes []Change) []locale.Text {
	out := make([]locale.Text, len(changes))
	for i, c := range changes {
		out[i] = c.Line()
	}
	return out
}

// sentences puts one sentence after the other.
func sentences(parts []locale.Text) locale.Text {
	said := parts[len(parts)-1]
	for i := len(parts) - 2; i >= 0; i-- {
		said = locale.T("register.sentences", "first", parts[i], "then", said)
	}
	return said
}

// rowNumber writes the number of a row without parting its thousands: it is a name.
func rowNumber(n int) string { return strconv.Itoa(n) }

// nameText calls a contract by what it is about and with whom.
func nameText(c Contract) locale.Text {
	switch {
	case c.Object != "" && c.Supplier != "" && !same(c.Object, c.Supplier):
		return locale.T("register.name", "object", cut(c.Object, 80), "supplier", cut(c.Supplier, 40))
	case c.Object != "":
		return locale.Plain(cut(c.Object, 80))
	case c.Supplier != "":
		return locale.Plain(cut(c.Supplier, 80))
	case c.Number != "":
		return locale.Plain(cut(c.Number, 80))
	}
	return locale.T("register.nameless")
}

// Count says how many rows have the decision.
func (p Plan) Count(d Decision) (n int) {
	for _, v := range p.Verdicts {
		if v.Decision == d {
			n++
		}
	}
	return n
}

// Kept says how many rows would have undone a person's correction.
func (p Plan) Kept() (n int) {
	for _, v := range p.Verdicts {
		if len(v.Kept) > 0 {
			n++
		}
	}
	return n
}

// Guessed says how many rows would be recorded with something guessed.
func (p Plan) Guessed() (n int) {
	for _, v := range p.Verdicts {
		if v.Writes() && len(v.Contract.Guessed) > 0 {
			n++
		}
	}
	return n
}

// Writes says whether the import would write anything: without, there is no button to press.
func (p Plan) Writes() bool { return p.Count(Add)+p.Count(Alter) > 0 }

// Of returns the verdicts of one decision, in the order of the rows.
func (p Plan) Of(d Decision) (some []Verdict) {
	for _, v := range p.Verdicts {
		if v.Decision == d {
			some = append(some, v)
		}
	}
	return some
}

// Summary says what the import would do: how many rows of each decision there are, what was guessed, what of a person's was kept, which columns
// are left, and the warnings.
func (p Plan) Summary() []locale.Text {
	var lines []locale.Text
	for _, d := range Decisions {
		if n := p.Count(d); n > 0 {
			lines = append(lines, locale.T("register.count."+string(d), "count", n))
		}
	}
	if n := p.Guessed(); n > 0 {
		lines = append(lines, locale.T("register.count.guessed", "count", n))
	}
	if n := p.Kept(); n > 0 {
		lines = append(lines, locale.T("register.count.kept", "count", n))
	}
	if left := p.Mapping.Unknown(); len(left) > 0 {
		lines = append(lines, locale.T("register.columns.left", "count", len(left), "columns", headingList(left)))
	}
	return append(lines, p.Warnings...)
}

// Lines says which column was taken for which field, so that a person can correct it.
func (m Mapping) Lines() []locale.Text {
	var lines []locale.Text
	for _, c := range m.Columns {
		if c.Field != "" && c.Field != leftAlone {
			lines = append(lines, locale.T("register.columns.taken", "column", cut(c.Heading, 40), "field", c.Field.Label()))
		}
	}
	return lines
}
