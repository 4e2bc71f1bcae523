package family

import (
	"strings"
	"testing"

	"sdcbot/bot/text"
)

// The dictionary is kept by hand: each of its phrases has to be reachable, and to say one thing.
func TestDictionary(t *testing.T) {
	said := map[string]*meaning{}
	addTerms(said)
	for phrase, m := range said {
		outright := 0
		for _, s := range m.scores {
			if s.Score >= termWeight {
				outright++
			}
		}
		if outright > 1 {
			t.Errorf("%q says %d families outright: %v", phrase, outright, m.scores)
		}
		if phrase == "" {
			t.Error("an empty phrase")
		}
	}
	terms := len(said)
	addProducts(said)
	if terms < 1500 || len(said)-terms < 1000 {
		t.Errorf("%d terms and %d names: some were lost", terms, len(said)-terms)
	}
	for _, row := range rows("products.csv") {
		for code := range strings.FieldsSeq(row[1]) {
			if _, ok := Of(Code(code)); !ok {
				t.Errorf("%s is bought for %q, which is no family", row[0], code)
			}
		}
		if row[3] != "" && row[3] != "capital" {
			t.Errorf("%s is written %q", row[0], row[3])
		}
		if text.Key(row[0]) == "" {
			t.Errorf("%q has no word", row[0])
		}
	}
}
