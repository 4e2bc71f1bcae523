package purchase_test

import (
	"errors"
	"strings"
	"testing"

	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// TestProcedureBySum works the thresholds by hand: a contract of one year, so that the yearly amount is the need.
func TestProcedureBySum(t *testing.T) {
	for _, row := range []struct {
		on    string
		euros int64
		want  purchase.Procedure
		why   string
	}{
		{"2026-03-31", 39_999, purchase.Small, "below 40 k€ until the end of March 2026 (R2122-8)"},
		{"2026-03-31", 40_000, purchase.Adapted, "the threshold itself is reached"},
		{"2026-11-23", 59_999, purchase.Small, "below 60 k€ since April 2026 (décret 2025-1386)"},
		{"2026-11-23", 60_000, purchase.Adapted, "reached"},
		{"2025-12-31", 220_999, purchase.Adapted, "221 k€ in 2024 and 2025"},
		{"2026-11-23", 215_999, purchase.Adapted, "216 k€ in 2026 and 2027"},
		{"2026-11-23", 216_000, purchase.Formal, "reached"},
		{"2030-01-02", 216_000, purchase.Formal, "nobody knows 2030 yet: the last known value stands in"},
	} {
		q := purchase.Question{On: day(row.on), Family: "telephony", Months: 12, Wanted: day(row.on).AddDays(1), Needs: []proposal.Proposal{
			needs("A", "B-1", "", yearly(row.euros-1_000)), needs("B", "B-2", "", yearly(1_000)),
		}}
		f := purchase.Default().Feasible(q)
		if f.Procedure != row.want || !f.Certain {
			t.Errorf("%s, %d €: %s, certain %v, want %s: %s", row.on, row.euros, f.Procedure, f.Certain, row.want, row.why)
		}
		if stale := row.on == "2030-01-02"; f.Threshold.Stale != stale {
			t.Errorf("%s: stale is %v", row.on, f.Threshold.Stale)
		}
	}
}

// TestThresholdOfTheLaunch: the consultation of a plan made in 2025 goes out in 2026, under the threshold of 2026.
func TestThresholdOfTheLaunch(t *testing.T) {
	q := purchase.Question{On: day("2025-06-02"), Family: "telephony", Months: 12, Wanted: day("2026-09-01"), Needs: []proposal.Proposal{
		needs("A", "B-1", "", yearly(118_000)), needs("B", "B-2", "", yearly(100_000)),
	}}
	if f := purchase.Default().Feasible(q); f.Procedure != purchase.Formal || f.Threshold.Value != 216_000 {
		t.Errorf("218 k€ launched in 2026: %s by %d", f.Procedure, f.Threshold.Value)
	}
}

// TestNeedOverTheWholeDuration works the sums by hand (R2121-1).
func TestNeedOverTheWholeDuration(t *testing.T) {
	three := contract.Terms{Start: day("2024-06-01"), Months: 36}
	for _, row := range []struct {
		needs []proposal.Proposal
		cents int64
		why   string
	}{
		{[]proposal.Proposal{holds("A", "C-1", three, yearly(24_000)), holds("B", "C-2", three, yearly(56_000))}, 320_000_00, "80 k€ a year over four years"},
		{[]proposal.Proposal{holds("A", "C-1", three, amount(1_000, "month"))}, 48_000_00, "1 000 € a month over 48 months"},
		{[]proposal.Proposal{holds("A", "C-1", three, amount(36_000, "total"))}, 48_000_00, "36 k€ over three years make 48 k€ over four"},
		{[]proposal.Proposal{needs("A", "B-1", "2027-01-01", amount(36_000, "total"))}, 36_000_00, "a total over nobody knows how long is taken as it is"},
		{[]proposal.Proposal{holds("A", "C-1", three, yearly(10_000)), holds("A", "C-3", three, yearly(5_000))}, 60_000_00, "two contracts of one organisation count both"},
	} {
		f := purchase.Default().Feasible(purchase.Question{On: day("2026-11-23"), Needs: row.needs})
		if f.Need.Cents != row.cents {
			t.Errorf("%d cents, want %d: %s", f.Need.Cents, row.cents, row.why)
		}
	}
}

// TestFaultsOfRules: everything that is wrong is said at once, each with its line.
func TestFaultsOfRules(t *testing.T) {
	file := string(purchase.DefaultFile())
	for _, row := range []struct {
		why      string
		old, new string
		want     []string
	}{
		{"a day that is none", "from: 2026-04-01, value: 60000", "from: 2026-04-31, value: 60000", []string{"« from » : « 2026-04-31 » n’est pas un jour"}},
		{"a sum with a space", "value: 216000", "value: 216 000", []string{"« value » : « 216 000 » n’est pas un nombre entier"}},
		{"a source that was left out", "value: 10, source: R2194-8", "value: 10", []string{"il manque « source »"}},
		{"an unknown key", "value: 10,", "value: 10, valeur: 11,", []string{"clé inconnue « valeur »"}},
		{"an unknown name", "name: publicity", "name: publicité", []string{"« publicité » n’est pas connu", "aucune valeur « publicity »"}},
		{"two values on the same days", "until: 2025-12-31, value: 221000", "value: 221000", []string{"contredit la ligne"}},
		{"thresholds the wrong way round", "value: 60000", "value: 260000", []string{"n’est pas sous le seuil « formal » (216\u202f000)"}},
		{"an end before its beginning", "until: 2027-12-31", "until: 2025-12-31", []string{"précède « from »"}},
		{"shorter than the shortest", "usual: 11, shortest: 11", "usual: 10, shortest: 11", []string{"dépasse la durée habituelle (10)"}},
		{"a family that nobody knows", "family: housing-erp", "family: housing", []string{"famille d’achat inconnue « housing »"}},
		{"a part that is no list", "checked: 2026-11-24", "checked: {a: b}", []string{"« checked » doit être un seul mot"}},
		{"two faults are said both", "value: 10, source: R2194-8", "value: ten", []string{"« value » : « ten »", "il manque « source »"}},
	} {
		if !strings.Contains(file, row.old) {
			t.Fatalf("%s: the file has no %q", row.why, row.old)
		}
		_, err := purchase.Parse([]byte(strings.ReplaceAll(file, row.old, row.new)))
		var faults purchase.Faults
		if !errors.As(err, &faults) {
			t.Errorf("%s: %v", row.why, err)
			continue
		}
		for _, want := range row.want {
			if !strings.Contains(typed(err.Error()), want) {
				t.Errorf("%s: lacks %q in\n%s", row.why, want, err)
			}
		}
		for _, f := range faults {
			if f.Line < 1 || strings.Contains(f.Text.In(locale.English), "⟨") {
				t.Errorf("%s: line %d: %s", row.why, f.Line, f.Text.In(locale.English))
			}
		}
	}
	if _, err := purchase.Parse([]byte("checked: [")); err == nil || !strings.Contains(typed(err.Error()), "ligne 1") {
		t.Errorf("broken YAML: %v", err)
	}
}

// TestLineOfAFault: the line is the one on which an editor shows the fault.
func TestLineOfAFault(t *testing.T) {
	lines := strings.Split(string(purchase.DefaultFile()), "\n")
	at := 0
	for i, line := range lines {
		if strings.Contains(line, "value: 216000") {
			lines[i], at = strings.Replace(line, "216000", "x", 1), i+1
		}
	}
	_, err := purchase.Parse([]byte(strings.Join(lines, "\n")))
	var faults purchase.Faults
	if !errors.As(err, &faults) || faults[0].Line != at {
		t.Errorf("want line %d: %v", at, err)
	}
}

// TestOwnRules: a circle's own file changes what is said.
func TestOwnRules(t *testing.T) {
	own, err := purchase.Parse([]byte(strings.ReplaceAll(string(purchase.DefaultFile()), "usual: 45, shortest: 21", "usual: 15, shortest: 5")))
	if err != nil {
		t.Fatal(err)
	}
	before := purchase.Default().Plan(purchase.Formal, "telephony", day("2027-06-01"), false)
	after := own.Plan(purchase.Formal, "telephony", day("2027-06-01"), false)
	if !after.Begin.After(before.Begin) {
		t.Errorf("a shorter collection begins on %s, before on %s", after.Begin, before.Begin)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(purchase.DefaultFile())
	f.Add([]byte("checked: 2026-11-24\nvalues:\n  - {name: small}\nsteps: []\n"))
	f.Add([]byte("values: {a: [1, 2]}\nvalues: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := purchase.Parse(raw); err != nil && err.Error() == "" {
			t.Error("a fault that says nothing")
		}
		if _, err := purchase.ParseFields(raw); err != nil && err.Error() == "" {
			t.Error("a fault that says nothing")
		}
	})
}
