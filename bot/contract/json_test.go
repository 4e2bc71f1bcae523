package contract_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
)

// Every published case is answered as a line, with all nine keys and the calculation.
func TestExplainJSONAnswersThePublishedCases(t *testing.T) {
	raw, err := os.ReadFile("testdata/notice.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		var want struct {
			ID     string                     `json:"id"`
			Expect map[string]json.RawMessage `json:"expect"`
		}
		var got map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(contract.ExplainJSON([]byte(line), calendar.Day{}), &got); err != nil {
			t.Fatal(err)
		}
		for key, value := range want.Expect {
			if string(got[key]) != string(value) {
				t.Errorf("%s %s: %s, want %s", want.ID, key, got[key], value)
			}
		}
		if len(got["lines"]) < 10 || string(got["id"]) != `"`+want.ID+`"` {
			t.Errorf("%s: %s", want.ID, got)
		}
	}
}

func TestExplainJSONFaults(t *testing.T) {
	for _, row := range []struct{ in, want, why string }{
		{`nope`, "cette ligne n'est pas un objet JSON", "no JSON"},
		{`{"id":"x","input":{"end":"2027-02-30"}}`, "2027-02-30", "a day that does not exist is named"},
		{`{"id":"x"}`, "il manque « input »", "nothing asked"},
		{`{"input":{"start":"2027-01-01"}}`, "« end », ou « start » et « months »", "no end"},
		{`{"input":{"start":"2024-06-01","months":36,"end":"2027-05-31"}}`, "« end » ou « months »", "two ends, which may contradict each other"},
		{`{"input":{"end":"2027-05-31","renewal":"yes"}}`, "« renewal »", "an unknown renewal"},
		{`{"input":{"end":"2027-05-31","max_renewals":-1,"renewal":"tacit"}}`, "« max_renewals »", "a negative count"},
		{`{"input":{"end":"2027-05-31","notice":{"months":9999}}}`, "« notice.months »", "a notice of centuries"},
		{`{"lang":"de","input":{"end":"2027-05-31"}}`, "« lang »", "an unknown language"},
		{`{"lang":"en"}`, "is missing", "in English when asked"},
	} {
		var got struct {
			Error string `json:"error"`
		}
		if err := json.Unmarshal(contract.ExplainJSON([]byte(row.in), calendar.Day{}), &got); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.ReplaceAll(got.Error, "\u00a0", " "), row.want) {
			t.Errorf("%s: %q, want %q: %s", row.in, got.Error, row.want, row.why)
		}
	}
}

// Whatever the line, there is one line of JSON, and no panic.
func FuzzExplainJSON(f *testing.F) {
	f.Add([]byte(`{"id":"N1","input":{"start":"2023-06-01","months":36,"renewal":"tacit","renewal_months":12,"max_renewals":2,"notice":{"months":3},"on":"2026-11-23"}}`))
	f.Add([]byte(`{"id":[1,{"a":"\n"}],"input":{"end":"9999-12-31","renewal":"express","renewal_months":1200,"max_renewals":1200,"notice":{"days":36525}}}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		out := contract.ExplainJSON(line, calendar.On(2026, 11, 23))
		if !json.Valid(out) || strings.Contains(string(out), "\n") {
			t.Fatalf("%q gives %q", line, out)
		}
	})
}
