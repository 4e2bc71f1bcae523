package register_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
)

// drawContract draws any contract that the bot may hold.
func drawContract(t *rapid.T, ref proposal.Ref) register.Contract {
	words := rapid.StringMatching(`[A-ZÉa-zéèàç][A-Za-zéèàç0-9'’&()/ ,.;:"-]{0,40}[a-zé0-9)]`).Filter(func(s string) bool {
		_, sum := money.Find(s) // the forms refuse one in words
		return !sum
	})
	maybe := func(name string, g *rapid.Generator[string]) string {
		if rapid.Bool().Draw(t, name+"?") {
			return g.Draw(t, name)
		}
		return ""
	}
	day := func(name string) calendar.Day {
		return calendar.On(2015, 1, 1).AddDays(rapid.IntRange(0, 9000).Draw(t, name))
	}
	c := register.Contract{
		Ref: ref, Supplier: strings.Join(strings.Fields(maybe("supplier", words)), " "), Object: strings.Join(strings.Fields(words.Draw(t, "object")), " "),
		Number: maybe("number", rapid.StringMatching(`[A-Z]{1,3}-[0-9]{1,6}`)), Owner: maybe("owner", rapid.StringMatching(`[a-z]{2,5}-[a-z]`)), Deputy: maybe("deputy", rapid.StringMatching(`[a-z]{2,5}-[a-z]`)),
		Note: strings.TrimSpace(maybe("note", rapid.StringMatching(`[A-Za-zé][A-Za-zé0-9 =+€,;"\n-]{0,80}[a-z]`))),
	}
	if rapid.Bool().Draw(t, "family?") {
		c.Family = rapid.SampledFrom(family.All()).Draw(t, "family").Code
	}
	if rapid.Bool().Draw(t, "start?") {
		c.Terms.Start = day("start")
	}
	if rapid.Bool().Draw(t, "months?") {
		c.Terms.Months = rapid.IntRange(1, 1200).Draw(t, "months")
	}
	if rapid.Bool().Draw(t, "end?") {
		c.Terms.End = day("end")
		if c.Terms.End.Before(c.Terms.Start) {
			c.Terms.End = c.Terms.Start
		}
	}
	c.Terms.Renewal = rapid.SampledFrom([]contract.Renewal{"", contract.Tacit, contract.Express, contract.None}).Draw(t, "renewal")
	if c.Terms.Renewal != contract.None {
		c.Terms.RenewalMonths = rapid.IntRange(0, 48).Draw(t, "renewal months")
		if rapid.Bool().Draw(t, "max?") {
			n := rapid.IntRange(0, 20).Draw(t, "max")
			c.Terms.MaxRenewals = &n
		}
	}
	n := rapid.IntRange(1, 60).Draw(t, "notice")
	switch rapid.IntRange(0, 4).Draw(t, "notice unit") {
	case 1:
		c.Terms.Notice = contract.Notice{Months: n, Known: true}
	case 2:
		c.Terms.Notice = contract.Notice{Weeks: n, Known: true}
	case 3:
		c.Terms.Notice = contract.Notice{Days: 16 * n, Known: true}
	case 4:
		c.Terms.Notice = contract.Notice{Known: true}
	}
	if rapid.Bool().Draw(t, "amount?") {
		c.Amount = money.Amount{Cents: rapid.Int64Range(1, money.Max).Draw(t, "cents"), Period: rapid.SampledFrom([]money.Period{money.Yearly, money.Monthly, money.Total}).Draw(t, "period")}
	}
	for _, f := range []register.Field{register.Family, register.Date, register.Renewal, register.Amount} {
		if rapid.Bool().Draw(t, "guessed "+string(f)) {
			c.Guessed = c.Guessed.With(f)
		}
	}
	if rapid.Bool().Draw(t, "glpi?") {
		c.Keys = []string{"glpi:" + string(ref)}
	}
	return c
}

// asHeld is a contract as the register keeps it: an end that the start and the length say already is not kept beside them.
func asHeld(c register.Contract) register.Contract {
	counted := contract.Terms{Start: c.Terms.Start, Months: c.Terms.Months, Renewal: contract.None}
	if !c.Terms.Start.IsZero() && c.Terms.Months > 0 && c.Terms.End == contract.At(counted, c.Terms.Start).Term {
		c.Terms.End = calendar.Day{}
	}
	c.Ref = ""
	var keys []string
	for _, k := range c.Keys {
		if strings.HasPrefix(k, "glpi:") {
			keys = append(keys, k)
		}
	}
	c.Keys = keys
	return c
}

// What was exported and is read again changes nothing where it came from, and makes the same contracts where there were none: in each of the
// forms in which it is written.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var contracts []register.Contract
		for i := range rapid.IntRange(1, 6).Draw(t, "contracts") {
			contracts = append(contracts, drawContract(t, proposal.NewRef(proposal.Contract, i+1)))
		}
		for _, table := range []register.Table{register.ForPeople(contracts, locale.French), register.ForPeople(contracts, locale.English), register.ForPrograms(contracts)} {
			table.Fields = nil
			var existing []register.Existing
			for _, c := range contracts {
				existing = append(existing, register.Existing{Contract: c})
			}
			m := register.Recognise(table)
			p, fault := register.NewPlan(table, m, register.Known{On: today, Existing: existing})
			if !fault.IsZero() {
				t.Fatal(fault.In(locale.French))
			}
			for i, v := range p.Verdicts {
				if v.Decision != register.Same || len(v.Kept) > 0 {
					t.Fatalf("%s\nwas %+v\nrow %q", v.Line().In(locale.French), contracts[i], table.Rows[i].Cells)
				}
			}
			for i, row := range table.Rows {
				got := asHeld(register.ReadRow(m, row, today, nil, nil).Contract)
				if diff := cmp.Diff(asHeld(contracts[i]), got); diff != "" {
					t.Fatalf("read where there was nothing:\n%s", diff)
				}
			}
		}
	})
}

// Whatever stands in a row, it is understood or refused with a sentence, within the limits, and the second time it changes nothing.
func FuzzReadRow(f *testing.F) {
	f.Add("Copieurs", "Alpha", "31/05/2027", "36 mois", "01/06/2023", "3 mois", "tacite 1 an x2", "24 000,50 €")
	f.Add("=A1", "\u200b", "46538", "1,5 an", "mars 2027", "90", "oui", "1e9")
	f.Add("Copieurs 3 € la page", "#REF!", "31/02/2027", "99999 ans", "", "0", "0", "-5")
	columns := []string{"Objet", "Fournisseur", "Échéance", "Durée", "Début", "Préavis", "Reconduction", "Montant"}
	f.Fuzz(func(t *testing.T, object, supplier, date, months, start, notice, renewal, amount string) {
		table := register.Table{Columns: columns, Rows: []register.Row{{Number: 2, Cells: []string{object, supplier, date, months, start, notice, renewal, amount}}}}
		p, fault := register.NewPlan(table, register.Recognise(table), register.Known{On: today})
		if !fault.IsZero() {
			t.Fatal(fault)
		}
		v := p.Verdicts[0]
		if line := v.Line().In(locale.French); strings.Contains(line, "⟨") || line == "" {
			t.Fatalf("%q", line)
		}
		if v.Decision == register.Refuse && len(v.Reasons) == 0 {
			t.Fatal("refused for no reason")
		}
		c := v.Contract
		for _, words := range []string{c.Object, c.Supplier} {
			if len([]rune(words)) > 200 || strings.ContainsAny(words, "\n\x00€") {
				t.Fatalf("%q", words)
			}
		}
		if c.Terms.Months < 0 || c.Terms.Months > 1200 || c.Amount.Cents < 0 || c.Amount.Cents > money.Max {
			t.Fatalf("%+v", c)
		}
		if v.Decision != register.Add {
			return
		}
		existing := record(p, nil)
		again, _ := register.NewPlan(table, register.Recognise(table), register.Known{On: today, Existing: existing})
		if again.Verdicts[0].Decision != register.Same {
			t.Fatalf("the second time: %s", again.Verdicts[0].Line().In(locale.French))
		}
		exported := register.ForPeople([]register.Contract{existing[0].Contract}, locale.French)
		back, _ := register.NewPlan(exported, register.Recognise(exported), register.Known{On: today, Existing: existing})
		if !slices.ContainsFunc(back.Verdicts, func(v register.Verdict) bool { return v.Decision == register.Same }) {
			t.Fatalf("exported and read again: %s", back.Verdicts[0].Line().In(locale.French))
		}
	})
}
