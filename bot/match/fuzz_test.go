package match_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"unicode/utf8"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
)

// FuzzBetween gives Between what people type as objects and suppliers.
func FuzzBetween(f *testing.F) {
	f.Add("contract", "telephony", "Orange", "flotte mobile", "2027-05-23", "need", "telephony-mobile", "", "sortir d'Orange", "2027-08-31", "2026-11-23")
	f.Add("need", "other-it", "é\u0301", "<!channel> @all", "", "offer", "other-it", " . ", "\x00\xff", "9999-12-31", "0001-01-01")
	f.Add("", "nowhere", "{.x}", "", "0001-01-01", "none", "", "", "", "", "")
	f.Fuzz(func(t *testing.T, kindA, familyA, supplierA, objectA, dateA, kindB, familyB, supplierB, objectB, dateB, now string) {
		var days [3]calendar.Day
		for i, text := range []string{dateA, dateB, now} {
			if err := days[i].UnmarshalText([]byte(text)); err != nil {
				t.Skip(err)
			}
		}
		if days[2].IsZero() {
			t.Skip("no day to ask on")
		}
		a := match.Side{Org: "A", Kind: intake.Kind(kindA), Family: family.Code(familyA), Object: objectA, Supplier: supplierA, Date: days[0]}
		b := match.Side{Org: "B", Kind: intake.Kind(kindB), Family: family.Code(familyB), Object: objectB, Supplier: supplierB, Date: days[1]}
		holds(t, a, b, days[2])
		for _, reason := range match.Between(a, b).Reasons {
			if said := reason.In(locale.French); said == "" || utf8.ValidString(supplierA+supplierB+familyA+familyB) && !utf8.ValidString(said) {
				t.Fatalf("said %q", said)
			}
		}
	})
}

// FuzzExplainJSON gives the decoder any line: it answers with one line, a judgement or a fault.
func FuzzExplainJSON(f *testing.F) {
	f.Add(`{"a":{"org":"A","text":"copieurs, fin 30/06/2027","on":"2026-11-23"},"b":{"org":"B","text":"imprimantes pour 2027"},"lang":"en"}`)
	f.Add(`{"a":{"text":"x"},"b":{"text":"","on":"2026-02-30"}}`)
	f.Add(`{"a":null,"b":[]}`)
	f.Add("\x00")
	f.Fuzz(func(t *testing.T, line string) {
		out := match.ExplainJSON([]byte(line), calendar.On(2026, 11, 23))
		var answer struct {
			Match   *bool
			Score   *float64
			Reasons []string
			Error   string
		}
		if err := json.Unmarshal(out, &answer); err != nil || bytes.ContainsRune(out, '\n') {
			t.Fatalf("%q: %v", out, err)
		}
		judged := answer.Match != nil && answer.Score != nil && len(answer.Reasons) > 0
		if judged == (answer.Error != "") {
			t.Fatalf("neither a judgement nor a fault, or both: %s", out)
		}
		if judged && *answer.Match != (*answer.Score >= 0.5) {
			t.Fatalf("match and score disagree: %s", out)
		}
	})
}

// circle is a large deployment's memory: as many sides as asked for, over all families, with and without dates.
func circle(n int) []match.Side {
	families := family.All()
	kinds := []intake.Kind{intake.Contract, intake.Contract, intake.Contract, intake.Need, intake.Offer}
	sides := make([]match.Side, n)
	for i := range sides {
		sides[i] = match.Side{
			Org: fmt.Sprint("B", i%40), Kind: kinds[i%len(kinds)], Family: families[i*7%len(families)].Code,
			Supplier: fmt.Sprint("Fournisseur ", i%100), Object: "maintenance et support",
		}
		if i%4 != 0 {
			sides[i].Date = calendar.On(2027, 1, 1).AddDays(i * 13 % 1500)
		}
	}
	return sides
}

func BenchmarkBetween(b *testing.B) {
	x := contract("telephony", "Orange", "2027-05-31")
	y := contract("telephony-mobile", "Orange Business", "2027-08-31")
	x.Org, y.Org = "A", "B"
	for b.Loop() {
		match.Between(x, y)
	}
}

// BenchmarkAgainst judges a newcomer against a hundred thousand others.
func BenchmarkAgainst(b *testing.B) {
	others := circle(100_000)
	newcomer := contract("printing", "Fournisseur 3", "2027-12-31")
	newcomer.Org = "A"
	for b.Loop() {
		match.Against(newcomer, others)
	}
}
