package purchase_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/purchase"
)

func keys(fields []purchase.Field) string {
	var out []string
	for _, f := range fields {
		key := f.Key
		if f.Required {
			key += "!"
		}
		out = append(out, key)
	}
	return strings.Join(out, " ")
}

func TestFieldsOfAFamily(t *testing.T) {
	for _, row := range []struct {
		family family.Code
		want   string
		why    string
	}{
		{"telephony", "lines! sites! cost constraints", "its own first"},
		{"telephony-mobile", "lines! handsets sites! cost constraints", "with what its parent is asked"},
		{"printing", "devices! pages sites! cost constraints", "its own"},
		{"gis", "sites! cost constraints", "a family that has none of its own"},
		{"", "sites! cost constraints", "no family"},
	} {
		if got := keys(purchase.DefaultFields().Of(row.family)); got != row.want {
			t.Errorf("%s: %s, want %s: %s", row.family, got, row.want, row.why)
		}
	}
	for _, f := range family.All() {
		for _, field := range purchase.DefaultFields().Of(f.Code) {
			if said := field.Label().In(locale.English); strings.Contains(said, "⟨") {
				t.Errorf("%s: %s", f.Code, said)
			}
		}
	}
}

func TestFaultsOfFields(t *testing.T) {
	for _, row := range []struct{ why, file, want string }{
		{"a key of one's own needs words", "fields:\n  - {key: trunks, kind: number}", "ligne 2 : « trunks » a besoin d’un libellé"},
		{"a kind that there is not", "fields:\n  - {key: lines, kind: list}", "« list » n’est pas connu"},
		{"asked twice", "fields:\n  - {key: lines, kind: number}\n  - {family: printing, key: lines, kind: number}", "contredit la ligne 2"},
		{"one key, two kinds", "fields:\n  - {family: printing, key: lines, kind: number}\n  - {family: gis, key: lines, kind: text}", "pas la même nature qu’à la ligne 2"},
		{"neither yes nor no", "fields:\n  - {key: lines, kind: number, required: perhaps}", "« perhaps » n’est pas connu"},
		{"nothing", "", "pas du YAML"},
	} {
		_, err := purchase.ParseFields([]byte(row.file))
		if err == nil || !strings.Contains(typed(err.Error()), row.want) {
			t.Errorf("%s: %v, want %q", row.why, err, row.want)
		}
	}
	own, err := purchase.ParseFields([]byte("fields:\n  - {key: trunks, kind: number, label: Nombre de canaux}\n"))
	if err != nil || own.Of("telephony")[0].Label().In(locale.English) != "Nombre de canaux" {
		t.Errorf("a circle's own field: %v", err)
	}
}

func TestReadField(t *testing.T) {
	field := func(kind purchase.FieldKind) purchase.Field { return purchase.Field{Key: "x", Kind: kind} }
	for _, row := range []struct {
		kind     purchase.FieldKind
		typed    string
		want     purchase.Value
		answered bool
		fault    string
		why      string
	}{
		{purchase.Quantity, " 120 ", purchase.Value{Number: 120}, true, "", "a number"},
		{purchase.Quantity, "12\u00a0500", purchase.Value{Number: 12_500}, true, "", "set apart as the French do"},
		{purchase.Quantity, "1.250.000", purchase.Value{Number: 1_250_000}, true, "", "or with points"},
		{purchase.Quantity, "0", purchase.Value{}, true, "", "none is an answer"},
		{purchase.Quantity, "12.5", purchase.Value{}, false, "collection.fault.number", "half a line is no line, and not 125"},
		{purchase.Quantity, "-3", purchase.Value{}, false, "collection.fault.number", "nor is less than none"},
		{purchase.Quantity, "une centaine", purchase.Value{}, false, "collection.fault.number", "words"},
		{purchase.Cost, "24 k€/an", purchase.Value{Amount: money.Amount{Cents: 24_000_00, Period: money.Yearly}}, true, "", "an amount"},
		{purchase.Cost, "cher", purchase.Value{}, false, "collection.fault.amount", "no amount"},
		{purchase.Words, "astreinte 24/7", purchase.Value{Words: "astreinte 24/7"}, true, "", "words"},
		{purchase.Words, strings.Repeat("é", 501), purchase.Value{}, false, "collection.fault.long", "a novel"},
		{purchase.Words, "  ", purchase.Value{}, false, "", "nothing is no answer and no fault"},
	} {
		got, answered, fault := field(row.kind).Read(row.typed)
		if got != row.want || answered != row.answered || fault.Key != row.fault {
			t.Errorf("%q: %+v %v %q: %s", row.typed, got, answered, fault.Key, row.why)
		}
	}
}

// TestRecalls: 30, 15, 7 and 1 days before 26 February 2027, on working days, to those alone who have not answered.
func TestRecalls(t *testing.T) {
	p := collecting(t)
	fields := purchase.DefaultFields().Of(p.Family)
	answered, err := p.Answer("A", map[string]purchase.Value{"lines": {Number: 10}, "sites": {Number: 2}}, day("2026-12-10"))
	if err != nil {
		t.Fatal(err)
	}
	half, _ := p.Answer("A", map[string]purchase.Value{"lines": {Number: 10}}, day("2026-12-10"))
	both, _ := answered.Answer("B", map[string]purchase.Value{"lines": {Number: 1}, "sites": {Number: 1}}, day("2026-12-11"))
	agreed := p
	agreed.State = purchase.Agreement
	late, err := answered.Join(purchase.Member{Org: "C", By: "dsi-c"}, day("2027-02-11"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		why           string
		p             purchase.Purchase
		last, morning string
		before        int
		orgs          []string
	}{
		{"nothing yet", p, "2027-01-25", "2027-01-26", 0, nil},
		{"30 days before", p, "2027-01-26", "2027-01-27", 30, []string{"A", "B"}},
		{"said once", p, "2027-01-27", "2027-01-28", 0, nil},
		{"15 days before, to the one who has not answered", answered, "2027-02-10", "2027-02-11", 15, []string{"B"}},
		{"not to the one who joined that day", late, "2027-02-10", "2027-02-11", 15, []string{"B"}},
		{"but the next time", late, "2027-02-18", "2027-02-19", 7, []string{"B", "C"}},
		{"half an answer is none", half, "2027-02-10", "2027-02-11", 15, []string{"A", "B"}},
		{"of two that were missed while the bot was down, the last", p, "2027-02-01", "2027-02-20", 7, []string{"A", "B"}},
		{"the day before", p, "2027-02-24", "2027-02-25", 1, []string{"A", "B"}},
		{"after the closing it is too late to recall anybody", p, "2027-02-24", "2027-03-01", 0, nil},
		{"everybody has answered", both, "2027-02-24", "2027-02-25", 0, nil},
		{"the collection is over", agreed, "2027-02-24", "2027-02-25", 0, nil},
	} {
		got, ok := row.p.RecallDue(fields, day(row.last), day(row.morning))
		if ok != (row.before > 0) || ok && (got.Before != row.before || !cmp.Equal(got.Orgs, row.orgs)) {
			t.Errorf("%s: %+v %v, want %d to %v", row.why, got, ok, row.before, row.orgs)
		}
	}
}

func TestAnswerAfterTheClosing(t *testing.T) {
	if _, err := collecting(t).Answer("B", nil, day("2027-02-27")); refusal(err) != "purchase.refuse.answer-late" {
		t.Errorf("answered a day late: %v", err)
	}
	if _, err := collecting(t).Answer("C", nil, day("2027-02-01")); refusal(err) != "purchase.refuse.not-member" {
		t.Errorf("answered from outside: %v", err)
	}
}

// TestSummed: quantities add up, what each pays is seen as consented, and one who answered nothing is named.
func TestSummed(t *testing.T) {
	p := collecting(t)
	fields := purchase.DefaultFields().Of(p.Family)
	p, _ = p.Answer("A", map[string]purchase.Value{"lines": {Number: 1_200}, "cost": {Amount: yearly(24_000)}, "constraints": {Words: "portage de 50 numéros"}}, day("2026-12-10"))
	p, _ = p.Answer("B", map[string]purchase.Value{"lines": {Number: 300}, "cost": {Amount: amount(1_000, money.Monthly)}}, day("2026-12-10"))
	consenting, _ := p.Consent("A", true)
	consenting, _ = consenting.Consent("B", true)
	third, _ := p.Join(purchase.Member{Org: "C"}, day("2026-12-11"))
	own := func(org string) bool { return org == "A" }
	nobody := func(string) bool { return false }
	for _, row := range []struct {
		why   string
		table purchase.Table
		want  string
	}{
		{
			"A sees its own cost and the band of the other's, and a band in all", p.Summed(fields, 0, own, true),
			"A: 1\u202f200 |  | 24\u202f000 € par an | portage de 50 numéros\nB: 300 |  | entre 5\u202f000 et 15\u202f000 € par an | \nTotal: 1\u202f500 |  | entre 15\u202f000 et 40\u202f000 € par an | ",
		},
		{
			"by consent everybody sees the sums", consenting.Summed(fields, 0, nobody, true),
			"A: 1\u202f200 |  | 24\u202f000 € par an | portage de 50 numéros\nB: 300 |  | 1\u202f000 € par mois | \nTotal: 1\u202f500 |  | 36\u202f000 € par an | ",
		},
		{
			"an adviser sees none", p.Summed(fields, 0, nobody, false),
			"A: 1\u202f200 |  | non communiqué | portage de 50 numéros\nB: 300 |  | non communiqué | \nTotal: 1\u202f500 |  | non communiqué | ",
		},
		{
			"the second lot is A's alone", p.Summed(fields, 2, nobody, false),
			"A: 1\u202f200 |  | non communiqué | portage de 50 numéros\nTotal: 1\u202f200 |  | non communiqué | ",
		},
	} {
		var got []string
		for _, r := range append(row.table.Rows, row.table.Total) {
			name := r.Org
			if name == "" {
				name = "Total"
			}
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, c.In(locale.French))
			}
			got = append(got, name+": "+strings.Join(cells, " | "))
		}
		if diff := cmp.Diff(row.want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s:\n%s", row.why, diff)
		}
	}
	if got := third.Summed(fields, 0, nobody, false).Silent; !cmp.Equal(got, []string{"C"}) {
		t.Errorf("silent: %v", got)
	}
}

func TestGains(t *testing.T) {
	p := collecting(t)
	if _, err := p.Declare(purchase.Saving{Org: "A", Kind: purchase.Running, Before: yearly(24_000), After: yearly(18_000)}); refusal(err) != "purchase.refuse.no-saving-yet" {
		t.Errorf("a saving before anything was bought: %v", err)
	}
	p.State = purchase.Execution
	declare := func(org string, kind purchase.Spending, before, after money.Amount) {
		t.Helper()
		var err error
		if p, err = p.Declare(purchase.Saving{Org: org, Kind: kind, Before: before, After: after, By: "dsi", On: day("2028-09-01")}); err != nil {
			t.Fatal(err)
		}
	}
	declare("A", purchase.Running, yearly(30_000), yearly(30_000))
	declare("A", purchase.Running, yearly(24_000), yearly(18_000))
	declare("B", purchase.Running, amount(3_000, money.Monthly), yearly(33_000))
	declare("B", purchase.Investment, amount(10_000, money.Total), amount(12_000, money.Total))
	gains := p.Gains()
	if len(gains) != 2 {
		t.Fatalf("%d kinds of gains", len(gains))
	}
	// 24 + 36 = 60 k€ before, 18 + 33 = 51 k€ after: 15 % less. The first word of A was replaced.
	if g := gains[0]; g.Before.Cents != 60_000_00 || g.After.Cents != 51_000_00 || g.Percent != 15 || g.Orgs != 2 {
		t.Errorf("running: %+v", g)
	}
	if g := gains[1]; g.Percent != -20 {
		t.Errorf("an investment that became dearer is said too: %+v", g)
	}
	if said := gains[0].Text(false).In(locale.French); strings.Contains(said, "000") {
		t.Errorf("sums for partners: %s", said)
	}
	if _, err := p.Declare(purchase.Saving{Org: "A", Kind: purchase.Running, After: yearly(1)}); refusal(err) != "purchase.refuse.saving-both" {
		t.Errorf("half a saving: %v", err)
	}
}
