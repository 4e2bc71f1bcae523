package family

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
)

//go:embed families.csv terms.yaml products.csv near.csv abbreviations.csv
var files embed.FS

// Family is a family of purchase.
type Family struct {
	Code    Code
	Domain  string // telecom, equipment, hosting, security, software, housing, business, services, other
	French  string
	English string
	Covers  string // what it covers, in French, for whoever chooses one
	Parent  Code   // the wider family, empty for most
}

// families is the table of families.csv, in its order, and where each code stands in it.
var families = sync.OnceValue(func() (table struct {
	all []Family
	at  map[Code]int
},
) {
	table.at = map[Code]int{}
	for i, row := range rows("families.csv") {
		table.all = append(table.all, Family{Code: Code(row[0]), Domain: row[1], French: row[2], English: row[3], Covers: row[5], Parent: Code(row[6])})
		table.at[Code(row[0])] = i
	}
	return table
})

// rows reads an embedded table without its heading. One that cannot be read is a fault of the build, so it panics.
func rows(name string) [][]string {
	raw, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	r := csv.NewReader(strings.NewReader(string(raw)))
	r.Comment = '#'
	all, err := r.ReadAll()
	if err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return all[1:]
}

// All returns the families in the order in which a form lists them.
func All() []Family { return append([]Family(nil), families().all...) }

// Of returns the family of that code.
func Of(code Code) (Family, bool) {
	table := families()
	i, ok := table.at[code]
	if !ok {
		return Family{}, false
	}
	return table.all[i], true
}

// Label returns the family's name in the language ("fr" or "en"), the code itself when it is not known.
func Label(code Code, lang string) string {
	f, ok := Of(code)
	switch {
	case !ok:
		return string(code)
	case lang == "en":
		return f.English
	}
	return f.French
}

// Parent returns the wider family to which code belongs, empty when there is none.
func Parent(code Code) Code {
	f, _ := Of(code)
	return f.Parent
}

// Related says whether needs of the two families may be met together: they are the same, or one is the parent of the other. Two
// children of one parent are not related: fixed and mobile telephony are bought apart.
func Related(a, b Code) bool {
	if a == "" || b == "" {
		return false
	}
	return a == b || Parent(a) == b || Parent(b) == a
}
