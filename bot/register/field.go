package register

import (
	"slices"

	"sdcbot/bot/locale"
)

// Field is one thing that a row may say of a contract. Its value is the key under which a program reads it in JSON; the keys of the forms are
// the same.
type Field string

// The fields that are written and read.
const (
	Reference     Field = "reference" // ours, C-12
	Number        Field = "number"    // theirs: in their accounts, in GLPI
	Kind          Field = "kind"
	Family        Field = "family"
	Supplier      Field = "supplier"
	Object        Field = "object"
	Start         Field = "start"
	Months        Field = "months" // length of the firm period
	Date          Field = "date"   // last day of the firm period
	Renewal       Field = "renewal"
	RenewalMonths Field = "renewal_months"
	MaxRenewals   Field = "max_renewals"
	Notice        Field = "notice"
	Amount        Field = "amount"
	AmountPeriod  Field = "amount_period"
	Owner         Field = "owner"
	Deputy        Field = "deputy"
	Note          Field = "note"
	Guessed       Field = "guessed" // which fields nobody has confirmed
	Origin        Field = "origin"  // the keys under which other tools know it
)

// The fields that are read only.
const (
	identifier Field = "id"    // in the tool that the table comes from
	hint       Field = "type"  // the tool's own sort of contract: helps to guess the family
	buyer      Field = "buyer" // SIRET of the organisation whose contract it is
	buyerName  Field = "buyer_name"
	holder     Field = "holder" // number of the supplier, where its name is not given
	cpv        Field = "cpv"    // what is bought, in the common procurement vocabulary
	leftAlone  Field = "-"      // a person said that the column is to be left
)

// Fields lists those that are written, in the order of the columns of an export.
var Fields = []Field{
	Reference, Number, Kind, Family, Supplier, Object, Start, Months, Date, Renewal, RenewalMonths, MaxRenewals, Notice, Amount, AmountPeriod,
	Owner, Deputy, Note, Guessed, Origin,
}

// Shape is what the cells of a field are made of, so that a sheet can hold a day as a day.
type Shape int

// The shapes.
const (
	Words      Shape = iota
	DayShape         // written 2027-05-31
	CountShape       // a whole number
	EurosShape       // euros with a decimal point, 24000.50
)

// Shape returns what the cells of the field are made of in a table of this package.
func (f Field) Shape() Shape {
	switch f {
	case Start, Date:
		return DayShape
	case Months, RenewalMonths, MaxRenewals:
		return CountShape
	case Amount:
		return EurosShape
	}
	return Words
}

// Label is the field's name for people, and the heading of its column in an export.
func (f Field) Label() locale.Text {
	switch f {
	case Kind, Family, Supplier, Object, Date, Renewal, MaxRenewals, Notice, Amount:
		return locale.T("field." + string(f)) // as in the forms
	}
	return locale.T("register.field." + string(f))
}

// labels are the labels of the fields, for a list in a sentence.
func labels(fields []Field) []locale.Text {
	out := make([]locale.Text, len(fields))
	for i, f := range fields {
		out[i] = f.Label()
	}
	return out
}

// Set is a set of fields, in the order of Fields.
type Set []Field

// Has says whether the field is in the set.
func (s Set) Has(f Field) bool { return slices.Contains(s, f) }

// With returns the set with the fields added.
func (s Set) With(more ...Field) Set {
	var out Set
	for _, f := range Fields {
		if s.Has(f) || slices.Contains(more, f) {
			out = append(out, f)
		}
	}
	return out
}

// Without returns the set without the fields.
func (s Set) Without(fewer ...Field) Set {
	var out Set
	for _, f := range s {
		if !slices.Contains(fewer, f) {
			out = append(out, f)
		}
	}
	return out
}
