package sheet_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/adapters/sheet"
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
)

// contracts are one of each kind of cell.
func contracts() []register.Contract {
	two := 2
	return []register.Contract{
		{
			Ref: "C-1", Number: "2023-014", Keys: []string{"glpi:41"}, Family: "printing", Supplier: "Alpha Impression", Object: "Location de copieurs; 12 agences",
			Terms: contract.Terms{
				Start: calendar.On(2023, 6, 1), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: &two, Notice: contract.Notice{Months: 3, Known: true},
			},
			Amount: money.Amount{Cents: 24_000_50, Period: money.Yearly}, Owner: "dsi-a", Deputy: "adj-a", Note: "Deux lignes\net un \"guillemet\"", Guessed: register.Set{register.Family},
		},
		{
			Ref: "C-2", Supplier: "+33 Télécom", Object: "@partout: accès", Terms: contract.Terms{End: calendar.On(2026, 12, 31), Renewal: contract.None, Notice: contract.Notice{Known: true}},
			Amount: money.Amount{Cents: 120_000_00, Period: money.Total}, Note: "=HYPERLINK(\"http://ailleurs\")",
		},
		{Ref: "C-3", Object: "'=déjà gardé", Terms: contract.Terms{Notice: contract.Notice{Days: 90, Known: true}}, Amount: money.Amount{Cents: 1_00, Period: money.Monthly}},
	}
}

func TestWrite(t *testing.T) {
	for _, format := range []sheet.Format{sheet.CSV, sheet.JSON} {
		content, err := sheet.Write(format, contracts(), locale.French)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "testdata/export."+string(format), content)
	}
	content, err := sheet.Write(sheet.XLSX, contracts(), locale.French)
	if err != nil {
		t.Fatal(err)
	}
	table, err := sheet.Read("contrats.xlsx", content)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/export.xlsx.golden", []byte(told(t, table)))
	if _, err := sheet.Write("pdf", nil, locale.French); err == nil {
		t.Error("a format that is none was written")
	}
}

// No cell of a CSV begins with what a spreadsheet runs.
func TestNothingRuns(t *testing.T) {
	content, err := sheet.Write(sheet.CSV, contracts(), locale.French)
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range []string{";=", ";+", ";@", ";-", "\n=", `"=`, `"+`, `"@`} {
		if strings.Contains(string(content), run) {
			t.Errorf("%q stands in %s", run, content)
		}
	}
}

// Programs read numbers as numbers, and null where nobody said anything.
func TestJSONValues(t *testing.T) {
	content, err := sheet.Write(sheet.JSON, contracts(), locale.French)
	if err != nil {
		t.Fatal(err)
	}
	var objects []map[string]any
	if err := json.Unmarshal(content, &objects); err != nil {
		t.Fatal(err)
	}
	first, last := objects[0], objects[2]
	if first["amount"] != 24000.5 || first["months"] != 36.0 || first["date"] != "2026-05-31" || first["renewal"] != "tacit" || first["kind"] != "contract" || last["supplier"] != nil || len(first) != len(register.Fields) {
		t.Errorf("%v\n%v", first, last)
	}
}

func TestParseFormat(t *testing.T) {
	for _, tt := range []struct {
		typed string
		want  sheet.Format
	}{{"csv", sheet.CSV}, {" .XLSX", sheet.XLSX}, {"Excel", sheet.XLSX}, {"json", sheet.JSON}, {"pdf", ""}, {"", ""}} {
		if got, ok := sheet.ParseFormat(tt.typed); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q: %q, %v", tt.typed, got, ok)
		}
	}
}

// Whatever was written is read again in every format and language, and changes nothing where it came from.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`['+@=-]{0,2}[A-Zé][A-Za-zéœ’'",;|\t& ]{0,30}[a-z)]`)
		var all []register.Contract
		var existing []register.Existing
		for i := range rapid.IntRange(1, 4).Draw(t, "contracts") {
			c := contracts()[rapid.IntRange(0, 2).Draw(t, "like")]
			c.Ref = proposal.NewRef(proposal.Contract, i+1)
			c.Keys = []string{"glpi:" + strconv.Itoa(i)}
			c.Supplier = strings.Join(strings.Fields(words.Draw(t, "supplier")), " ")
			c.Note = strings.TrimSpace(strings.ReplaceAll(words.Draw(t, "note"), "\t", " "))
			all, existing = append(all, c), append(existing, register.Existing{Contract: c})
		}
		for _, format := range sheet.Formats {
			for _, lang := range locale.Languages {
				content, err := sheet.Write(format, all, lang)
				if err != nil {
					t.Fatal(err)
				}
				table, err := sheet.Read("contrats."+string(format), content)
				if err != nil {
					t.Fatal(err)
				}
				p, fault := register.NewPlan(table, register.Recognise(table), register.Known{On: today, Existing: existing})
				if !fault.IsZero() || len(p.Verdicts) != len(all) {
					t.Fatal(fault.In(locale.French), len(p.Verdicts))
				}
				for i, v := range p.Verdicts {
					if v.Decision != register.Same {
						t.Fatalf("%s in %s: %s\n%+v", format, lang, v.Line().In(locale.French), all[i])
					}
				}
			}
		}
	})
}

// manyContracts are as many as a table may hold.
func manyContracts(n int) []register.Contract {
	objects := []string{"Maintenance du progiciel de gestion locative", "Téléphonie mobile", "Location de copieurs", "Hébergement de serveurs", "Fourniture de postes de travail"}
	all := make([]register.Contract, n)
	for i := range all {
		all[i] = register.Contract{
			Number: "M-" + strconv.Itoa(i), Object: objects[i%len(objects)] + " site " + strconv.Itoa(i), Supplier: "Alpha " + strconv.Itoa(i%37),
			Terms: contract.Terms{Start: calendar.On(2025, 1, 1).AddDays(i % 365), Months: 36, Renewal: contract.Tacit, Notice: contract.Notice{Months: 3, Known: true}}, Amount: money.Amount{Cents: int64(100_000 + i), Period: money.Yearly},
		}
	}
	return all
}

// BenchmarkImport reads a file of 10,000 rows and plans it against 1,000 contracts: all of an import but the database.
func BenchmarkImport(b *testing.B) {
	all := manyContracts(register.MostRows)
	var existing []register.Existing
	for i, c := range all[:1000] {
		c.Ref = proposal.NewRef(proposal.Contract, i+1)
		existing = append(existing, register.Existing{Contract: c})
	}
	for _, format := range sheet.Formats {
		content, err := sheet.Write(format, all, locale.French)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				table, err := sheet.Read("contrats."+string(format), content)
				if err != nil {
					b.Fatal(err)
				}
				p, _ := register.NewPlan(table, register.Recognise(table), register.Known{On: today, Existing: existing})
				if p.Count(register.Same) != 1000 || p.Count(register.Add) != register.MostRows-1000 {
					b.Fatal(p.Summary())
				}
			}
		})
	}
}

// BenchmarkExport writes 10,000 contracts.
func BenchmarkExport(b *testing.B) {
	all := manyContracts(register.MostRows)
	for _, format := range sheet.Formats {
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				if _, err := sheet.Write(format, all, locale.French); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
