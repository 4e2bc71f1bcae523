package intake_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
)

// TestExplainTitleJSONGolden reads the lines of testdata/titles.in.jsonl and compares what is written with titles.out.jsonl.
func TestExplainTitleJSONGolden(t *testing.T) {
	in, err := os.ReadFile("testdata/titles.in.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(string(in), "\n"), "\n") {
		out.Write(intake.ExplainTitleJSON([]byte(line)))
		out.WriteByte('\n')
	}
	compareGolden(t, "testdata/titles.out.jsonl", out.String())
}

// TestExplainTitleGolden holds what people read.
func TestExplainTitleGolden(t *testing.T) {
	var out strings.Builder
	for _, row := range []struct {
		title string
		lang  locale.Lang
	}{
		{"LOCATION & MAINT. PHOTOCOP. MULTIFONCTIONS - LOT 2", locale.French},
		{"Hébergement et infogérance du système d'information", locale.English},
		{"Projet ZORVAL", locale.French},
		{"", locale.French},
	} {
		out.WriteString("> " + row.title + "\n" + intake.ExplainTitle(row.title, row.lang) + "\n\n")
	}
	compareGolden(t, "testdata/titles.txt", out.String())
}

// The form is fixed: every key is there, five families at most, and a line that cannot be read says why.
func TestExplainTitleJSONForm(t *testing.T) {
	for _, row := range []struct{ line, why string }{
		{`{"id":"T1","title":"Téléphonie mobile"}`, "a title"},
		{`{"id":7,"title":"Téléphonie mobile"}`, "a number for an id"},
		{`{"title":"Téléphonie mobile"}`, "no id"},
		{`{"id":"T1","title":""}`, "no word"},
	} {
		var got map[string]json.RawMessage
		if err := json.Unmarshal(intake.ExplainTitleJSON([]byte(row.line)), &got); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"id", "family", "families", "because"} {
			if _, ok := got[key]; !ok || len(got) != 4 {
				t.Errorf("%s: %s: no %q, or more keys: %v", row.why, row.line, key, got)
			}
		}
		var families []any
		if err := json.Unmarshal(got["families"], &families); err != nil || families == nil || len(families) > 5 {
			t.Errorf("%s: families are %s", row.why, got["families"])
		}
	}
	for _, row := range []struct{ line, why string }{
		{``, "nothing"},
		{`{"id":"T1"}`, "no title"},
		{`{"title":3}`, "a number for a title"},
		{`{"title":"x","lang":"de"}`, "a language that it does not speak"},
	} {
		var got map[string]string
		if err := json.Unmarshal(intake.ExplainTitleJSON([]byte(row.line)), &got); err != nil || got["error"] == "" || len(got) != 1 {
			t.Errorf("%s: %q gives %v, %v; want an error alone", row.why, row.line, got, err)
		}
	}
}
