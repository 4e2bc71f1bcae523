package locale

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/money"
)

// TestLanguagesAreWhole holds every language to the same keys, the same data in each sentence and both forms where one counts.
func TestLanguagesAreWhole(t *testing.T) {
	french, err := read(French)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages[1:] {
		other, err := read(lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, s := range french {
			o, ok := other[key]
			if !ok {
				t.Errorf("%s lacks %q", lang, key)
				continue
			}
			if got, want := data(o), data(s); !slices.Equal(got, want) {
				t.Errorf("%s %q takes %v, French takes %v", lang, key, got, want)
			}
			if (s.One == "") != (o.One == "") {
				t.Errorf("%q counts in one language only", key)
			}
		}
		for key := range other {
			if _, ok := french[key]; !ok {
				t.Errorf("French lacks %q", key)
			}
		}
	}
}

func TestFrenchLinesBreakWhereTheyMay(t *testing.T) {
	for _, row := range []struct{ why, words, want string }{
		{"a question", "Êtes-vous intéressé ?", "Êtes-vous intéressé~?"},
		{"a quotation inside", "dites « moi » : tout y est ; allez !", "dites «~moi~»~: tout y est~; allez~!"},
		{"data beside a mark", "« {.word} » : {.meaning} ?", "«~{.word}~»~: {.meaning}~?"},
		{"a time, an address and a form are left alone", "à 08:30, http://127.0.0.1:8383, listen: x", "à 08:30, http://127.0.0.1:8383, listen: x"},
		{"what is right stays", "Usage\u00a0: x", "Usage~: x"},
	} {
		if got, want := typeset(row.words), strings.ReplaceAll(row.want, "~", "\u00a0"); got != want {
			t.Errorf("%s: %q, want %q", row.why, got, want)
		}
	}
	if said := T("ask.title.need", "organisation", "Office A", "subject", "x", "ref", "B-1").In(French); !strings.HasSuffix(said, "\u00a0?") {
		t.Errorf("the catalogue is not typeset: %q", said)
	}
	if said := T("ask.title.need", "organisation", "Office A", "subject", "x", "ref", "B-1").In(English); strings.Contains(said, "\u00a0") {
		t.Errorf("English is typeset as French: %q", said)
	}
}

var datum = regexp.MustCompile(`\{\.([a-z_]+)\}`)

// data returns the names of the data that a sentence takes, "count" apart: English may say "once" for 1.
func data(s sentence) []string {
	var names []string
	for _, found := range datum.FindAllStringSubmatch(s.One+s.Other, -1) {
		if found[1] != "count" {
			names = append(names, found[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// called finds the keys that the code names whole, and the beginnings of those that it completes ("kind." + …).
var called = regexp.MustCompile(`(?:locale\.T|refuse|head)\("([a-z][a-z0-9_.-]*[a-z0-9_.])"`)

// TestEveryKeyIsWritten walks the code: nobody ever reads ⟨key⟩.
func TestEveryKeyIsWritten(t *testing.T) {
	keys, err := read(French)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, root := range []string{"..", "../../cmd", "../../config", "../../adapters"} {
		for _, file := range goFiles(t, root) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, call := range called.FindAllStringSubmatch(string(raw), -1) {
				found++
				key := call[1]
				if strings.HasSuffix(key, ".") {
					if !slices.ContainsFunc(keysOf(keys), func(k string) bool { return strings.HasPrefix(k, key) }) {
						t.Errorf("%s: no key begins with %q", file, key)
					}
				} else if _, ok := keys[key]; !ok && strings.Contains(string(raw), "locale.") {
					t.Errorf("%s: no sentence for %q", file, key)
				}
			}
		}
	}
	if found < 100 {
		t.Fatalf("only %d keys found in the code: this test looks in the wrong place", found)
	}
}

// ending finds what the code puts behind a key: key+"-instead".
var ending = regexp.MustCompile(`\+"(-[a-z]+)"`)

var literal = regexp.MustCompile(`"([a-z][a-z0-9_.-]*)"`)

// TestNoKeyIsIdle finds sentences that no code says any more.
func TestNoKeyIsIdle(t *testing.T) {
	keys, err := read(French)
	if err != nil {
		t.Fatal(err)
	}
	whole, beginnings, ends := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, root := range []string{"..", "../../cmd", "../../config", "../../adapters"} {
		for _, file := range goFiles(t, root) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range ending.FindAllStringSubmatch(string(raw), -1) {
				ends[found[1]] = true
			}
			for _, found := range literal.FindAllStringSubmatch(string(raw), -1) {
				whole[found[1]] = true
				if strings.HasSuffix(found[1], ".") || strings.HasSuffix(found[1], "-") {
					beginnings[found[1]] = true
				}
			}
		}
	}
	for key := range keys {
		begun := slices.ContainsFunc(keysOf(beginnings), func(b string) bool { return strings.HasPrefix(key, b) })
		ended := slices.ContainsFunc(keysOf(ends), func(e string) bool { return whole[strings.TrimSuffix(key, e)] })
		if !whole[key] && !begun && !ended {
			t.Errorf("no code says %q", key)
		}
	}
}

func keysOf[T any](m map[string]T) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

func goFiles(t *testing.T, root string) (files []string) {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "storagetest" || d.Name() == "chattest") { // their words are made up
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestVocabulary holds the source document's word: coopération, never collaboration.
func TestVocabulary(t *testing.T) {
	for _, lang := range Languages {
		all, err := read(lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, s := range all {
			if strings.Contains(strings.ToLower(s.One+s.Other), "collaboration") {
				t.Errorf("%s %q says collaboration", lang, key)
			}
		}
	}
}

func TestIn(t *testing.T) {
	day := calendar.On(2027, 5, 23)
	for _, tt := range []struct {
		why  string
		text Text
		lang Lang
		want string
	}{
		{"a day is French in French", T("value", "value", day), French, "23/05/2027"},
		{"and cannot be misread in English", T("value", "value", day), English, "23 May 2027"},
		{"one counts as one", T("distance.ahead", "count", 1), French, "dans 1 jour"},
		{"zero is singular in French", T("notice.days", "count", 0), French, "0 jour"},
		{"and plural in English", T("notice.days", "count", 0), English, "0 days"},
		{"a thousand is set apart", T("distance.ahead", "count", 1204), French, "dans 1\u202f204 jours"},
		{"an amount with its period", T("value", "value", money.Amount{Cents: 2_400_050, Period: money.Yearly}), French, "24\u202f000,50 € par an"},
		{"and in English", T("value", "value", money.Amount{Cents: 2_400_050, Period: money.Yearly}), English, "€24,000.50 a year"},
		{"a band between", T("value", "value", money.Band{From: 15_000, Below: 40_000}), French, "entre 15\u202f000 et 40\u202f000 € par an"},
		{"a list ends with et", T("value", "value", []Text{Plain("a"), Plain("b"), Plain("c")}), French, "a, b et c"},
		{"a sentence that does not count says the same of one", T("answer.no", "count", 1), French, "non"},
		{"what people type is no template", Plain("{.ref} {{.x}}"), French, "{.ref} {{.x}}"},
		{"nor inside a sentence", T("value", "value", "{.value}"), French, "{.value}"},
		{"nothing says nothing", Text{}, French, ""},
		{"an unknown language reads French", T("answer.no"), "xx", "non"},
	} {
		if got := tt.text.In(tt.lang); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.why, got, tt.want)
		}
	}
}
