package register_test

import (
	"fmt"
	"strings"
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/register"
)

var today = calendar.On(2026, 11, 23)

// read understands one row written "Colonne=cellule; …".
func read(t *testing.T, row string) register.Read {
	t.Helper()
	var table register.Table
	var cells []string
	for part := range strings.SplitSeq(row, ";") {
		heading, cell, found := strings.Cut(part, "=")
		if !found {
			t.Fatalf("%q is no column", part)
		}
		table.Columns = append(table.Columns, strings.TrimSpace(heading))
		cells = append(cells, strings.TrimSpace(cell))
	}
	return register.ReadRow(register.Recognise(table), register.Row{Number: 2, Cells: cells}, today, nil, nil)
}

// told writes what was understood of a row in one line.
func told(r register.Read) string {
	c := r.Contract
	table := register.ForPrograms([]register.Contract{c})
	var parts []string
	for i, f := range table.Fields {
		switch f {
		case register.Kind, register.Guessed, register.AmountPeriod:
			continue
		}
		cell := table.Rows[0].Cells[i]
		if f == register.Amount && cell != "" {
			cell += "/" + string(c.Amount.Period)
		}
		if cell == "" {
			continue
		}
		mark := ""
		if c.Guessed.Has(f) {
			mark = "?"
		}
		parts = append(parts, string(f)+mark+"="+cell)
	}
	for _, fault := range r.Faults {
		parts = append(parts, "!"+strings.ReplaceAll(fault.In(locale.French), "\u00a0", " "))
	}
	return strings.Join(parts, " ")
}

func TestCells(t *testing.T) {
	const glpi = "Périodicité de facturation=; Date de début=01/06/2023; Préavis=3 mois; Nom=X; "
	for _, tt := range []struct{ why, row, want string }{
		{"a French date", "Objet=X; Échéance=31/05/2027", "object=X date=2027-05-31"},
		{"with an hour", "Objet=X; Échéance=31/05/2027 00:00", "object=X date=2027-05-31"},
		{"of two figures", "Objet=X; Échéance=31-05-27", "object=X date=2027-05-31"},
		{"with points", "Objet=X; Échéance=31.05.2027", "object=X date=2027-05-31"},
		{"ISO", "Objet=X; Échéance=2027-05-31T00:00:00Z", "object=X date=2027-05-31"},
		{"a spreadsheet's number of days", "Objet=X; Échéance=46538", "object=X date=2027-05-31"},
		{"a month is dated to its end, and guessed", "Objet=X; Échéance=mars 2027", "object=X date?=2027-03-31"},
		{"and to its first day as a start", "Objet=X; Début=mars 2027; Durée=12", "object=X start?=2027-03-01 months=12 date=2028-02-29"},
		{"month first, where the day says so", "Objet=X; Échéance=05/31/2027", "object=X date?=2027-05-31"},
		{"a day that is not", "Objet=X; Échéance=31/02/2027", "object=X !La date « 31/02/2027 » n’existe pas au calendrier : écrivez par exemple 31/05/2027."},
		{"no date at all", "Objet=X; Échéance=à voir", "object=X !Date « à voir » non comprise : écrivez par exemple 31/05/2027."},
		{"a year nobody means", "Objet=X; Échéance=31/05/1027", "object=X !La date « 31/05/1027 » tombe dans une année invraisemblable : vérifiez-la."},
		{"what tools write for nothing", "Objet=X; Échéance=00/00/0000; Montant=-; Préavis=N/A", "object=X"},

		{"months", "Objet=X; Début=01/06/2023; Durée=36 mois", "object=X start=2023-06-01 months=36 date=2026-05-31"},
		{"years", "Objet=X; Début=01/06/2023; Durée=3 ans", "object=X start=2023-06-01 months=36 date=2026-05-31"},
		{"years and months", "Objet=X; Début=01/06/2023; Durée=1 an et 6 mois", "object=X start=2023-06-01 months=18 date=2024-11-30"},
		{"the heading says the unit", "Objet=X; Début=01/06/2023; Durée (années)=3", "object=X start=2023-06-01 months=36 date=2026-05-31"},
		{"days are rounded, and guessed", "Objet=X; Début=01/06/2023; Durée=365 jours", "object=X start=2023-06-01 months?=12 date=2024-05-31"},
		{"a length with its renewals", "Objet=X; Début=01/06/2023; Durée=1 an reconductible tacitement 3 fois", "object=X start=2023-06-01 months=12 date=2024-05-31 renewal?=tacit max_renewals?=3"},
		{"a word", "Objet=X; Début=01/06/2023; Durée=annuelle", "object=X start=2023-06-01 months=12 date=2024-05-31"},
		{"no length", "Objet=X; Durée=longue", "object=X !Durée « longue » non comprise : écrivez par exemple 36 mois ou 3 ans."},

		{"a notice in months", "Objet=X; Préavis=3 mois", "object=X notice=3 months"},
		{"in days", "Objet=X; Préavis=90 j", "object=X notice=90 days"},
		{"in days by the heading", "Objet=X; Préavis (jours)=90", "object=X notice=90 days"},
		{"bare numbers are months", "Objet=X; Préavis=3", "object=X notice=3 months"},
		{"none", "Objet=X; Préavis=aucun", "object=X notice=none"},
		{"not a notice", "Objet=X; Préavis=bientôt", "object=X !Préavis « bientôt » non compris : écrivez par exemple 3 mois, 90 jours ou aucun."},

		{"tacit", "Objet=X; Reconduction=Tacite", "object=X renewal=tacit"},
		{"express", "Objet=X; Reconduction=Express", "object=X renewal=express"},
		{"none", "Objet=X; Reconduction=Aucune", "object=X renewal=none"},
		{"all in one cell", "Objet=X; Reconduction=tacite, 2 fois 1 an", "object=X renewal=tacit renewal_months=12 max_renewals=2"},
		{"yes is tacit, and guessed (R2112-4)", "Objet=X; Reconduction=oui", "object=X renewal?=tacit"},
		{"a number alone is tacit, and guessed", "Objet=X; Nombre de reconductions=2", "object=X renewal?=tacit max_renewals=2"},
		{"none at all", "Objet=X; Nombre de reconductions=0", "object=X renewal=none"},
		{"not a renewal", "Objet=X; Reconduction=peut-être", "object=X !Reconduction « peut-être » non comprise : écrivez tacite, expresse ou aucune."},

		{"a year's amount by the heading", "Objet=X; Montant annuel=24000", "object=X amount=24000.00/year"},
		{"decimal comma, spaces, sign", "Objet=X; Coût mensuel=2 000,50 €", "object=X amount=2000.50/month"},
		{"thousands by the heading", "Objet=X; Montant total (k€)=96,5", "object=X amount=96500.00/total"},
		{"the cell's own period", "Objet=X; Montant=24 k€/an", "object=X amount=24000.00/year"},
		{"no period said: a year's, guessed", "Objet=X; Montant=24000", "object=X amount?=24000.00/year"},
		{"with VAT, guessed", "Objet=X; Montant annuel TTC=28800", "object=X amount?=28800.00/year"},
		{"nought says nothing", "Objet=X; Montant=0,00 €", "object=X"},
		{"not an amount", "Objet=X; Montant=cher", "object=X !Montant « cher » non compris : écrivez par exemple 24000 ou 24 k€/an."},
		{"too much", "Objet=X; Montant=99999999999", "object=X !Le montant « 99999999999 » dépasse le milliard d’euros : vérifiez-le."},

		{"a family by its label", "Objet=X; Famille=Téléphonie fixe", "family=telephony-fixed object=X"},
		{"by its code", "Objet=X; Famille=printing", "family=printing object=X"},
		{"by a word, guessed", "Objet=X; Famille=copieurs", "family?=printing object=X"},
		{"by the title, guessed", "Objet=LOCATION DE PHOTOCOPIEURS", "family?=printing object=LOCATION DE PHOTOCOPIEURS"},
		{"by the tool's sort of contract, guessed", "Objet=Lot 2; Type de contrat=Copieurs", "family?=printing object=Lot 2"},

		{"a sum in words that the circle reads", "Objet=Location 24 k€/an de machines", "object?=Location de machines"},
		{"lines are listed", "Fournisseur=Alpha\nBêta", "supplier=Alpha, Bêta"},
		{"invisible characters", "Fournisseur=\u200bAl\u0007pha\u00a0SA", "supplier=Alpha SA"},
		{"a formula", "Objet==A1&B1", "!Objet : « =A1&B1 » est une formule ou une erreur de tableur, remplacez-la par sa valeur."},
		{"a formula that failed", "Objet=#REF!", "!Objet : « #REF! » est une formule ou une erreur de tableur, remplacez-la par sa valeur."},
		{"neither object nor supplier", "Échéance=31/05/2027; Objet=", "date=2027-05-31 !Ni objet ni fournisseur : remplissez l’un des deux."},
		{"a need is no contract", "Objet=X; Nature=besoin", "object=X !« besoin » n’est pas un contrat : seuls les contrats s’importent, proposez le reste en une phrase."},
		{"their own reference is a number", "Objet=X; Référence=2023-014", "number=2023-014 object=X"},
		{"ours is ours", "Objet=X; Référence=c-12", "reference=C-12 object=X"},

		{"an end that is the day after", "Objet=X; Début=01/06/2023; Durée=36; Fin=01/06/2026", "object=X start=2023-06-01 months=36 date=2026-05-31"},
		{"an end that says otherwise wins", "Objet=X; Début=01/06/2023; Durée=36; Fin=31/12/2026", "object=X start=2023-06-01 months=36 date=2026-12-31"},
		{"an end before the start", "Objet=X; Début=01/06/2023; Fin=01/06/2022", "object=X start=2023-06-01 date=2022-06-01 !La fin (01/06/2022) vient avant le début (01/06/2023) : corrigez l’une des deux."},

		{"GLPI shows the day after, we count", glpi + "Durée=36 mois; Date de fin=01/06/2026", "object=X start=2023-06-01 months=36 date=2026-05-31 notice=3 months"},
		{"GLPI's end after renewals is set aside", glpi + "Durée=36 mois; Date de fin=01/06/2029", "object=X start=2023-06-01 months=36 date=2026-05-31 notice=3 months"},
		{"GLPI's end alone is a day too late", "Périodicité=12 mois; Date de début=; Préavis=3 mois; Nom=X; Date de fin=01/06/2026; Renouvellement=Tacite", "object=X date?=2026-05-31 renewal=tacit renewal_months=12 notice=3 months"},
		{"GLPI's renewal as a number", glpi + "Durée=36; Périodicité=12 mois; Renouvellement=1", "object=X start=2023-06-01 months=36 date=2026-05-31 renewal=tacit renewal_months=12 notice=3 months"},
		{"GLPI's never", glpi + "Durée=36; Périodicité=12 mois; Renouvellement=Jamais", "object=X start=2023-06-01 months=36 date=2026-05-31 renewal=none notice=3 months"},
		{"GLPI's costs are added up: guessed", glpi + "Coût=2 400.00", "object=X start=2023-06-01 notice=3 months amount?=2400.00/total"},
		{"GLPI's notice of nought was not said", "Périodicité de facturation=; Date de début=01/06/2023; Préavis=0 mois; Nom=X", "object=X start=2023-06-01"},

		{"open data: the start is the notification, and guessed", "id=2023-7; acheteur.id=20000000000017; objet=Hébergement de serveurs; dureeMois=48; dateNotification=2023-06-15; montant=90000", "number=2023-7 family?=hosting-cloud object=Hébergement de serveurs start?=2023-06-15 months=48 date?=2027-06-14 amount=90000.00/total origin=decp:20000000000017:2023-7"},
	} {
		if got := told(read(t, tt.row)); got != tt.want {
			t.Errorf("%s\n %s\ngot  %s\nwant %s", tt.why, tt.row, got, tt.want)
		}
	}
}

// A title longer than a form takes is cut at a word, the same way each time.
func TestLongObject(t *testing.T) {
	r := read(t, "Objet="+strings.Repeat("maintenance ", 40))
	if n := len([]rune(r.Contract.Object)); n > 200 || n < 150 || !strings.HasSuffix(r.Contract.Object, "maintenance…") || len(r.Remarks) != 1 {
		t.Errorf("%d runes: %q, %v", n, r.Contract.Object, r.Remarks)
	}
}

// The circle says who is who; somebody whom it does not know is said, and left.
func TestOwner(t *testing.T) {
	m := register.Recognise(register.Table{Columns: []string{"Objet", "Responsable", "Suppléant"}})
	person := func(written string) (string, bool) { return "dsi-a", written == "dsi-a@a.example" }
	r := register.ReadRow(m, register.Row{Number: 2, Cells: []string{"X", "dsi-a@a.example", "quelqu’un"}}, today, person, nil)
	if r.Contract.Owner != "dsi-a" || r.Contract.Deputy != "" || len(r.Remarks) != 1 || len(r.Faults) != 0 {
		t.Errorf("%+v %v", r.Contract, r.Remarks)
	}
}

// What is imported answers as a contract does: on the first day of its start and with its length, by our count.
func TestTermIsCountedOurWay(t *testing.T) {
	r := read(t, "Nom=X; Périodicité=12 mois; Date de début=01/06/2023; Durée=36 mois; Préavis=3 mois; Renouvellement=Tacite; Date de fin=01/06/2026")
	at := contract.At(r.Contract.Terms, today)
	if got := fmt.Sprint(at.Term, " ", at.LastDay, " ", at.ActBy); got != "2027-05-31 2027-02-28 2027-02-26" {
		t.Errorf("term, last day, act by: %s", got)
	}
}

// A circle's own words say the family, in its column and in the object; what they say is marked as guessed.
func TestReadRowByTheCirclesWords(t *testing.T) {
	words, err := family.Known().With([]family.Entry{{Phrase: "Zorval", Families: []family.Code{"housing-erp"}, Name: "Zorval"}, {Phrase: "pilotage maison", Families: []family.Code{"business-intelligence"}}})
	if err != nil {
		t.Fatal(err)
	}
	m := register.Recognise(register.Table{Columns: []string{"Objet", "Famille"}})
	for _, tt := range []struct {
		why, object, family string
		want                family.Code
	}{
		{"a product that only the circle knows", "Licences Zorval", "", "housing-erp"},
		{"its word for a family", "Assistance", "pilotage maison", "business-intelligence"},
		{"everyone's words still count", "Location de copieurs", "", "printing"},
	} {
		row := register.Row{Number: 2, Cells: []string{tt.object, tt.family}}
		r := register.ReadRow(m, row, today, nil, words)
		if r.Contract.Family != tt.want || !r.Contract.Guessed.Has(register.Family) {
			t.Errorf("%s: %q, guessed %v", tt.why, r.Contract.Family, r.Contract.Guessed)
		}
	}
	if r := register.ReadRow(m, register.Row{Number: 2, Cells: []string{"Licences Zorval"}}, today, nil, nil); r.Contract.Family == "housing-erp" {
		t.Error("without the circle's words the row would be read alike: the test shows nothing")
	}
}
