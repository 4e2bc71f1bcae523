package purchase

import (
	_ "embed"
	"slices"
	"sync"

	"sdcbot/bot/family"
	"sdcbot/bot/locale"
)

//go:embed collection.yaml
var collectionFile []byte

// FieldKind is what a field of the collection holds.
type FieldKind string

// The kinds.
const (
	Quantity FieldKind = "number"
	Cost     FieldKind = "amount"
	Words    FieldKind = "text"
)

var fieldKinds = []string{string(Quantity), string(Cost), string(Words)}

// Field is one question of the collection of needs.
type Field struct {
	Key      string
	Kind     FieldKind
	Required bool
	family   family.Code
	label    string
	line     int
}

// Fields is the table of what is asked in each family.
type Fields struct{ all []Field }

// DefaultFields returns the table that is shipped with the program.
var DefaultFields = sync.OnceValue(func() Fields {
	f, err := ParseFields(collectionFile)
	if err != nil {
		panic(err) // a fault of the build
	}
	return f
})

// DefaultFieldsFile returns the shipped collection.yaml, for a circle to begin its own with.
func DefaultFieldsFile() []byte { return slices.Clone(collectionFile) }

// wordedFields are the keys for which the catalogue has words.
var wordedFields = []string{
	"sites", "cost", "constraints", "lines", "numbers", "handsets", "links", "throughput", "access_points", "switches", "agents", "rooms",
	"devices", "pages", "servers", "terabytes", "users", "tickets", "housing_units", "letters", "signatures", "days",
}

// ParseFields reads a file like collection.yaml. Its error is Faults: everything that is wrong, each with its line.
func ParseFields(raw []byte) (Fields, error) {
	s := openSheet(raw, "fields")
	var f Fields
	for _, r := range s.rows("fields", "family", "key", "kind", "required", "label") {
		field := Field{
			Key: s.word(r, "key", true), Kind: FieldKind(s.one(r, "kind", fieldKinds...)),
			family: family.Code(s.word(r, "family", false)), label: s.word(r, "label", false), line: r.line,
		}
		switch required := s.word(r, "required", false); required {
		case "yes", "true":
			field.Required = true
		case "", "no", "false":
		default:
			s.fault(r.line, "purchase.file.not-known", "key", "required", "typed", required, "known", "yes, no")
		}
		if _, ok := family.Of(field.family); field.family != "" && !ok {
			s.fault(r.line, "purchase.file.family", "typed", string(field.family))
		}
		if field.Key != "" && field.label == "" && !slices.Contains(wordedFields, field.Key) {
			s.fault(r.line, "purchase.file.label", "key", field.Key)
		}
		for _, before := range f.all {
			if before.Key == field.Key && (before.family == field.family || before.family == "" || field.family == "") {
				s.fault(r.line, "purchase.file.overlap", "other", before.line)
			}
			if before.Key == field.Key && before.Kind != field.Kind {
				s.fault(r.line, "purchase.file.kinds", "key", field.Key, "other", before.line)
			}
		}
		f.all = append(f.all, field)
	}
	if err := s.err(); err != nil {
		return Fields{}, err
	}
	return f, nil
}

// Of returns the fields that are asked in a family, what is its own first and what everybody is asked after it. A family of which its parent is asked
// something inherits it.
func (f Fields) Of(code family.Code) []Field {
	var own, all []Field
	for _, field := range f.all {
		switch field.family {
		case "":
			all = append(all, field)
		case code, family.Parent(code):
			own = append(own, field)
		}
	}
	return append(own, all...)
}

// Label names the field: Nombre de lignes.
func (f Field) Label() locale.Text {
	if f.label != "" {
		return locale.Plain(f.label)
	}
	return locale.T("collection.field." + f.Key)
}
