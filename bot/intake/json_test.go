package intake_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
)

var update = flag.Bool("update", false, "write the golden files")

// TestExplainJSONGolden reads the lines of testdata/explain.in.jsonl and compares what is written with explain.out.jsonl.
func TestExplainJSONGolden(t *testing.T) {
	in, err := os.ReadFile("testdata/explain.in.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(string(in), "\n"), "\n") {
		out.Write(intake.ExplainJSON([]byte(line), calendar.On(2026, 11, 23)))
		out.WriteByte('\n')
	}
	compareGolden(t, "testdata/explain.out.jsonl", out.String())
}

// TestExplainGolden holds what people read of the same lines.
func TestExplainGolden(t *testing.T) {
	var out strings.Builder
	for _, row := range []struct {
		text string
		lang locale.Lang
	}{
		{"Mon contrat téléphonie arrive à échéance dans 6 mois", locale.French},
		{"maintenance des switchs Aruba : fin le 31/12/2027, tacite 1 an x2, préavis 60 j, 24 k€/an", locale.French},
		{"Je songe à mettre en place un extranet fournisseur, est-ce que mon confrère serait également intéressé ?", locale.French},
		{"l'imprimante du 2e est encore en panne", locale.French},
		{"SIP trunk with Colt ends 30 June 2028, 3 months' notice, no renewal, €21k per year", locale.English},
		{"Notre contrat copieurs Ricoh finit le 31/12/2027. On cherche aussi une GED pour 2028.", locale.English},
	} {
		out.WriteString("> " + row.text + "\n" + intake.Explain(intake.Read(row.text, calendar.On(2026, 11, 23)), row.lang) + "\n\n")
	}
	compareGolden(t, "testdata/explain.txt", out.String())
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (go test -update writes it anew):\n%s", file, diff)
	}
}

// The form is fixed: every key is there, and a line that cannot be read says why.
func TestExplainJSONForm(t *testing.T) {
	keys := []string{"kind", "family", "families", "date", "supplier", "amount_eur", "amount_period", "notice_months", "notice", "renewal", "max_renewals", "confidence", "because", "also"}
	for _, line := range []string{`{"text":""}`, `{"text":"copieurs, échéance 31/12/2027, préavis 3 mois","lang":"en"}`} {
		var all map[string]json.RawMessage
		if err := json.Unmarshal(intake.ExplainJSON([]byte(line), said), &all); err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if _, ok := all[key]; !ok {
				t.Errorf("%s: the key %s is missing", line, key)
			}
		}
		if len(all) != len(keys) {
			t.Errorf("%s: %d keys, want %d", line, len(all), len(keys))
		}
		for _, list := range []string{"families", "because", "also"} {
			if string(all[list]) == "null" {
				t.Errorf("%s: the list %s is null", line, list)
			}
		}
	}
	for _, row := range []struct{ line, why string }{
		{"", "nothing"},
		{"{", "half an object"},
		{"[]", "a list"},
		{"null", "no text in it"},
		{`{"on":"2026-11-23"}`, "no text"},
		{`{"text":3}`, "a text that is none"},
		{`{"text":"x","on":"23/11/2026"}`, "a day in another form"},
		{`{"text":"x","on":"2026-02-31"}`, "a day that does not exist"},
		{`{"text":"x","lang":"de"}`, "a language that the bot does not speak"},
	} {
		var fault struct{ Error string }
		out := intake.ExplainJSON([]byte(row.line), said)
		if err := json.Unmarshal(out, &fault); err != nil || fault.Error == "" || strings.Contains(fault.Error, "⟨") || strings.Contains(string(out), "\n") {
			t.Errorf("%s: %s, %v: %s", row.line, out, err, row.why)
		}
	}
}
