package family_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/family"
)

// ownTitle is a line of testdata/titles.tsv.
type ownTitle struct {
	title string
	wants []family.Code // the best one, then those that are right too
}

func ownTitles(t testing.TB) (all []ownTitle) {
	t.Helper()
	raw, err := os.ReadFile("testdata/titles.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "title" {
			continue
		}
		own := ownTitle{title: cells[0], wants: []family.Code{family.Code(cells[1])}}
		if len(cells) > 2 {
			for code := range strings.SplitSeq(cells[2], ",") {
				own.wants = append(own.wants, family.Code(code))
			}
		}
		for _, code := range own.wants {
			if _, ok := family.Of(code); !ok {
				t.Fatalf("%s: %q is no family", own.title, code)
			}
		}
		all = append(all, own)
	}
	return all
}

func TestOfTitle(t *testing.T) {
	first, three := 0, 0
	all := ownTitles(t)
	for _, own := range all {
		r := family.OfTitle(own.title)
		right := func(f family.Score) bool { return slices.Contains(own.wants, f.Code) }
		if right(r.Families[0]) {
			first++
		} else {
			t.Logf("%s: %v for %v", own.title, r.Families[:3], own.wants)
		}
		if slices.ContainsFunc(r.Families[:3], right) {
			three++
		}
	}
	t.Logf("%d titles: %d right at the first answer, %d among three", len(all), first, three)
	if 100*first < 90*len(all) || 100*three < 97*len(all) {
		t.Error("want 0.90 and 0.97")
	}
}

// How titles are written does not change what they say.
func TestOfTitleHoweverWritten(t *testing.T) {
	for _, row := range []struct{ title, why string }{
		{"Location et maintenance de photocopieurs", "as it should be"},
		{"LOCATION ET MAINTENANCE DE PHOTOCOPIEURS", "in capitals"},
		{"LOCATION-MAINT PHOTOCOP", "shortened"},
		{"Numéro de la consultation : 2018-FCS-0042 LOT N°2 : Location et maintenance de photocopieurs", "after codes"},
		{"Location et maintenance de photocopieurs pour les services de la Communauté d'agglomération et de son CCAS", "with the buyer"},
		{"Location et maint\uFFFDnance de photoc\uFFFDpieurs", "in a wrong encoding"},
		{"Location et maintenance de photocopiers multifonctoins", "with typing errors"},
	} {
		if r := family.OfTitle(row.title); r.Families[0].Code != "printing" {
			t.Errorf("%s: %v, want printing: %s", row.title, r.Families, row.why)
		}
	}
}

func TestOfTitleSaysWhy(t *testing.T) {
	for _, row := range []struct {
		title, words string
		why          string
	}{
		{"LOCATION DE PHOTOCOPIEURS POUR LA VILLE", "PHOTOCOPIEURS", "as it is written there"},
		{"Maintenance du progiciel IKOS", "IKOS", "a product"},
		{"Éditique des quittances", "Éditique", "with its accent"},
	} {
		if r := family.OfTitle(row.title); !slices.ContainsFunc(r.Words, func(said string) bool { return strings.Contains(said, row.words) }) {
			t.Errorf("%s: %q, want %q: %s", row.title, r.Words, row.words, row.why)
		}
	}
}

// Product names that are also plain words count only with a capital, which says nothing where all is in capitals.
func TestOfTitleInCapitals(t *testing.T) {
	if r := family.OfTitle("TRAVAUX DE VOIRIE - RUE DE LA VIGIE - FREE PARKING"); r.Families[0].Code != "not-it" {
		t.Errorf("%v, want not-it", r.Families)
	}
	if r := family.OfTitle("MAINTENANCE DU LOGICIEL SAGE"); r.Families[0].Code != "finance-accounting" {
		t.Errorf("%v, want finance-accounting: a name after what introduces it", r.Families)
	}
}

func TestOfTitleProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.String().Draw(t, "title")
		r := family.OfTitle(title)
		sum := 0.0
		for i, f := range r.Families {
			sum += f.Score
			if i > 0 && f.Score > r.Families[i-1].Score {
				t.Fatalf("%v is not best first", r.Families)
			}
		}
		if len(r.Families) > 5 || sum > 1.01 {
			t.Fatalf("%d families that add up to %.2f", len(r.Families), sum)
		}
		for _, words := range r.Words {
			if words == "" {
				t.Fatal("an empty reason")
			}
		}
	})
	if r := family.OfTitle("  - / n° "); len(r.Families) > 1 && r.Families[0].Score > 0.9 {
		t.Errorf("nothing but signs is %v", r.Families[0])
	}
	if r := family.OfTitle(""); r.Families != nil || r.Words != nil {
		t.Errorf("an empty title says %v", r)
	}
}

// BenchmarkOfTitle reads the titles of the test one after the other: an operation is one title.
func BenchmarkOfTitle(b *testing.B) {
	all := ownTitles(b)
	family.OfTitle(all[0].title) // the dictionary and the weights are read once
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		family.OfTitle(all[i%len(all)].title)
		i++
	}
}
