package register_test

import (
	"strconv"
	"strings"
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
)

// sheet makes a table of lines whose cells a bar parts, the headings first.
func sheet(lines ...string) register.Table {
	var rows []register.Row
	for i, line := range lines {
		row := register.Row{Number: i + 1}
		for cell := range strings.SplitSeq(line, "|") {
			row.Cells = append(row.Cells, strings.TrimSpace(cell))
		}
		rows = append(rows, row)
	}
	return register.NewTable("contrats.csv", rows)
}

func plan(t *testing.T, table register.Table, k register.Known) register.Plan {
	t.Helper()
	k.On = today
	p, fault := register.NewPlan(table, register.Recognise(table), k)
	if !fault.IsZero() {
		t.Fatal(fault.In(locale.French))
	}
	return p
}

// lines are the verdicts as people read them.
func lines(p register.Plan) (out []string) {
	for _, v := range p.Verdicts {
		out = append(out, strings.ReplaceAll(v.Line().In(locale.French), "\u00a0", " "))
	}
	return out
}

// record does what the button does: it keeps what the plan writes, under the next references.
func record(p register.Plan, existing []register.Existing) []register.Existing {
	for _, v := range p.Verdicts {
		switch {
		case v.Decision == register.Add:
			c := v.Contract
			c.Ref = proposal.NewRef(proposal.Contract, len(existing)+1)
			existing = append(existing, register.Existing{Contract: c})
		case v.Decision == register.Alter || v.Adopted:
			for i := range existing {
				if existing[i].Ref == v.Ref {
					existing[i].Contract = v.Contract
				}
			}
		}
	}
	return existing
}

// copiers is a contract that somebody typed in chat.
func copiers() register.Contract {
	return register.Contract{
		Ref: "C-1", Family: "printing", Supplier: "Alpha Impression", Object: "location de copieurs",
		Terms:  contract.Terms{End: calendar.On(2027, 5, 31), Notice: contract.Notice{Months: 3, Known: true}},
		Amount: money.Amount{Cents: 24_000_00, Period: money.Yearly},
	}
}

func TestVerdicts(t *testing.T) {
	const head = "Objet | Fournisseur | Famille | Échéance | Préavis | Reconduction"
	const known = "location de copieurs | Alpha Impression | Copieurs et impression | 31/05/2027 | 3 mois | "
	typed := []register.Existing{{Contract: copiers()}}
	again := copiers()
	again.Ref = "C-2"
	for _, tt := range []struct {
		why      string
		existing []register.Existing
		table    register.Table
		want     []string
	}{
		{"nothing is known yet", nil, sheet(head, known+"tacite"), []string{
			"Ligne 2 : location de copieurs (Alpha Impression), à ajouter.",
		}},
		{"a guess is said", nil, sheet("Objet|Échéance", "Location de copieurs|31/05/2027"), []string{
			"Ligne 2 : Location de copieurs, à ajouter. Deviné, à confirmer : Famille.",
		}},
		{
			"the total under a column is no contract, wherever its word stands; a company may be called so", nil,
			sheet("Objet|Fournisseur|Échéance|Montant", "Total|||42 250,50", "|TOTAL HT||42 250,50", "Antivirus Total|||", "|Total|31/05/2027|"),
			[]string{
				"Ligne 2 : Total, laissé de côté. C’est un total, pas un contrat.",
				"Ligne 3 : TOTAL HT, laissé de côté. C’est un total, pas un contrat.",
				"Ligne 4 : Antivirus Total, à ajouter. Deviné, à confirmer : Famille.",
				"Ligne 5 : Total, à ajouter.",
			},
		},
		{"so already, whatever the capitals; an empty cell forgets nothing", typed, sheet(head, "LOCATION DE COPIEURS | Alpha impression | printing | 31/05/2027 | | "), []string{
			"Ligne 2 : C-1 location de copieurs (Alpha Impression), déjà ainsi.",
		}},
		{"what is new and what is other", typed, sheet(head, "location de copieurs | Alpha Impression | printing | 31/05/2028 | 3 mois | tacite"), []string{
			"Ligne 2 : C-1 location de copieurs (Alpha Impression), à changer. Échéance : 31/05/2027 → 31/05/2028 et Reconduction : tacite.",
		}},
		{"a person's correction stays", []register.Existing{{Contract: copiers(), Corrected: register.Set{register.Date}}}, sheet(head, "location de copieurs | Alpha Impression | printing | 31/05/2028 | 3 mois | "), []string{
			"Ligne 2 : C-1 location de copieurs (Alpha Impression), déjà ainsi. Gardé, votre correction ; le fichier dit autre chose. Échéance : 31/05/2027 → 31/05/2028.",
		}},
		{"and what was withdrawn stays withdrawn", []register.Existing{{Contract: copiers(), Withdrawn: true}}, sheet(head, known), []string{
			"Ligne 2 : location de copieurs (Alpha Impression), laissé de côté. Vous avez retiré C-1 : proposez-le de nouveau en une phrase si c’est une erreur.",
		}},
		{"unless it was recorded again since", []register.Existing{{Contract: copiers(), Withdrawn: true}, {Contract: again}}, sheet(head, known), []string{
			"Ligne 2 : C-2 location de copieurs (Alpha Impression), déjà ainsi.",
		}},
		{"perhaps the same, written otherwise", typed, sheet(head, "Copieurs du siège | Alpha Impression SAS | printing | 30/06/2027 | | "), []string{
			"Ligne 2 : Copieurs du siège (Alpha Impression SAS), doublon possible, laissé de côté. Ressemble à C-1 (location de copieurs (Alpha Impression)) : écrivez C-1 dans une colonne « Référence » si c’est lui, « nouveau » sinon.",
		}},
		{"the remedy does it: it is that one", typed, sheet("Référence|"+head, "C-1 | Copieurs du siège | Alpha Impression SAS | printing | 30/06/2027 | | "), []string{
			"Ligne 2 : C-1 Copieurs du siège (Alpha Impression SAS), à changer. Fournisseur : Alpha Impression → Alpha Impression SAS, Objet : location de copieurs → Copieurs du siège et Échéance : 31/05/2027 → 30/06/2027.",
		}},
		{"the remedy does it: it is a new one", typed, sheet("Référence|"+head, "nouveau | Copieurs du siège | Alpha Impression SAS | printing | 30/06/2027 | | "), []string{
			"Ligne 2 : Copieurs du siège (Alpha Impression SAS), à ajouter.",
		}},
		{"years apart they are two contracts", typed, sheet(head, "Copieurs du siège | Alpha Impression SAS | printing | 30/06/2030 | | "), []string{
			"Ligne 2 : Copieurs du siège (Alpha Impression SAS), à ajouter.",
		}},
		{"a number that only looks like our reference", typed, sheet("Référence|"+head, "C-1 | Gaz | Omega | not-it | 31/12/2028 | | "), []string{
			"Ligne 2 : Gaz (Omega), doublon possible, laissé de côté. C-1 est chez vous un autre contrat (location de copieurs (Alpha Impression)) : corrigez la référence, ou écrivez « nouveau ».",
		}},
		{"a row twice", nil, sheet(head, known, known), []string{
			"Ligne 2 : location de copieurs (Alpha Impression), à ajouter.",
			"Ligne 3 : refusée. Répète la ligne 2 : supprimez l’une des deux, ou donnez à chacune son numéro.",
		}},
		{"two rows about one known contract", typed, sheet("Référence|"+head, "C-1|"+known, "C-1|"+known), []string{
			"Ligne 2 : C-1 location de copieurs (Alpha Impression), déjà ainsi.",
			"Ligne 3 : refusée. Répète la ligne 2 : supprimez l’une des deux, ou donnez à chacune son numéro.",
		}},
		{"nearly the same row", nil, sheet(head, known, known+"tacite"), []string{
			"Ligne 2 : location de copieurs (Alpha Impression), à ajouter.",
			"Ligne 3 : location de copieurs (Alpha Impression), doublon possible, laissé de côté. Ressemble à la ligne 2 : donnez à chacune son numéro si ce sont deux contrats, ou écrivez « nouveau » dans une colonne « Référence ».",
		}},
		{"two numbers are two contracts", nil, sheet("N°|"+head, "M1|"+known, "M2|"+known), []string{
			"Ligne 2 : location de copieurs (Alpha Impression), à ajouter.",
			"Ligne 3 : location de copieurs (Alpha Impression), à ajouter. Même objet et même fournisseur que la ligne 2, sous un autre numéro.",
		}},
		{"the lots of one number", nil, sheet("N° de marché|Objet|Échéance", "2023-014|Téléphonie fixe|31/05/2027", "2023-014|Téléphonie mobile|31/05/2027"), []string{
			"Ligne 2 : Téléphonie fixe, à ajouter. Deviné, à confirmer : Famille.",
			"Ligne 3 : Téléphonie mobile, à ajouter. Deviné, à confirmer : Famille.",
		}},
		{"over since long", nil, sheet(head, "Vieux copieurs | Alpha | printing | 31/12/2022 | | "), []string{
			"Ligne 2 : Vieux copieurs (Alpha), laissé de côté. Terminé depuis le 31/12/2022 : s’il court toujours, corrigez sa date ou sa reconduction.",
		}},
		{"unless it renews", nil, sheet(head, "Vieux copieurs | Alpha | printing | 31/12/2022 | | tacite"), []string{
			"Ligne 2 : Vieux copieurs (Alpha), à ajouter.",
		}},
		{"every fault of a row is said", nil, sheet(head, "Copieurs | Alpha | printing | 31/02/2027 | bientôt | "), []string{
			"Ligne 2 : refusée. La date « 31/02/2027 » n’existe pas au calendrier : écrivez par exemple 31/05/2027. Préavis « bientôt » non compris : écrivez par exemple 3 mois, 90 jours ou aucun.",
		}},
	} {
		got := lines(plan(t, tt.table, register.Known{Existing: tt.existing}))
		if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
			t.Errorf("%s\ngot  %s\nwant %s", tt.why, strings.Join(got, "\n     "), strings.Join(tt.want, "\n     "))
		}
	}
}

// A guess never replaces what somebody said, a better guess replaces a guess, and a fact confirms one.
func TestGuesses(t *testing.T) {
	sure, unsure := copiers(), copiers()
	sure.Family, unsure.Family = "outgoing-mail", "outgoing-mail"
	unsure.Guessed = register.Set{register.Family}
	for _, tt := range []struct {
		why      string
		existing register.Contract
		row      string
		want     string
	}{
		{"what somebody said stands", sure, "Objet|Fournisseur|Échéance \n location de copieurs|Alpha Impression|31/05/2027", "déjà ainsi."},
		{"a guess gives way to a better one", unsure, "Objet|Fournisseur|Échéance \n location de copieurs|Alpha Impression|31/05/2027", "à changer. Famille : Éditique, courrier, affranchissement → Copieurs et impression. Deviné, à confirmer : Famille."},
		{"a fact confirms it", unsure, "Objet|Fournisseur|Famille \n location de copieurs|Alpha Impression|outgoing-mail", "à changer. Famille confirmé (Éditique, courrier, affranchissement)."},
	} {
		got := lines(plan(t, sheet(strings.Split(tt.row, "\n")...), register.Known{Existing: []register.Existing{{Contract: tt.existing}}}))
		if !strings.HasSuffix(got[0], tt.want) {
			t.Errorf("%s: %s, want %s", tt.why, got[0], tt.want)
		}
	}
}

// Open data hold all that an organisation buys: the code says whether it is an information system, and the title where there is none.
func TestElsewhere(t *testing.T) {
	for _, tt := range []struct {
		why, cpv, object string
		want             register.Decision
	}{
		{"a code of software", "48000000-8", "Prestations diverses", register.Add},
		{"a code of works", "45000000-7", "Réseau de chaleur et extranet", register.Aside},
		{"a code that is used for any upkeep", "50324200", "Maintenance des toitures", register.Aside},
		{"and for ours", "50324200", "Maintenance des copieurs", register.Add},
		{"no code, and a title that says it", "", "Hébergement de serveurs", register.Add},
		{"no code, and a title that says nothing", "", "Lot 7", register.Aside},
	} {
		p := plan(t, sheet("id|acheteur.id|objet|codeCPV|dureeMois|dateNotification", "7|20000000000017|"+tt.object+"|"+tt.cpv+"|48|2025-01-15"), register.Known{})
		if got := p.Verdicts[0].Decision; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.why, got, tt.want)
		}
	}
}

func TestOpenData(t *testing.T) {
	table := sheet(
		"id|acheteur.id|objet|dureeMois|dateNotification|montant|titulaire",
		"7|20000000000017|Maintenance du progiciel de gestion locative|48|2024-01-15|90000|Alpha",
		"8|20000000000025|Maintenance du progiciel de paie|48|2024-01-15|50000|Alpha",
		"9|30000000000011|Infogérance du parc|48|2024-01-15|70000|Omega",
		"10|20000000000017|Entretien des espaces verts|48|2024-01-15|70000|Delta",
	)
	p := plan(t, table, register.Known{Sirets: []string{"200000000 00017"}})
	for i, want := range []register.Decision{register.Add, register.Add, register.Aside, register.Aside} {
		if got := p.Verdicts[i].Decision; got != want {
			t.Errorf("line %d: %s, want %s (%s)", i+2, got, want, lines(p)[i])
		}
	}
	p = plan(t, table, register.Known{})
	if len(p.Warnings) != 1 || !strings.HasSuffix(lines(p)[2], "Acheteur : 30000000000011.") || p.Count(register.Add) != 3 {
		t.Errorf("without a SIRET all buyers are taken and named: %v %v", lines(p), p.Warnings)
	}
	// Their numbers bring the same contracts the second time, whatever became of their titles.
	existing := record(p, nil)
	table.Rows[0].Cells[2] = "Maintenance du PGI"
	p = plan(t, table, register.Known{Existing: existing})
	if p.Count(register.Same) != 2 || p.Count(register.Alter) != 1 || p.Count(register.Add) != 0 {
		t.Errorf("the second time: %v", lines(p))
	}
}

// The second time a table changes nothing; of one contract that a person has corrected in between, nothing either.
func TestTwice(t *testing.T) {
	for why, table := range map[string]register.Table{
		"with numbers": sheet("Numéro|Objet|Fournisseur|Échéance|Montant", "M1|Copieurs|Alpha|31/05/2027|24000", "M2|Copieurs|Alpha|31/05/2027|12000", "M3|Copieurs||31/05/2028|1"),
		"without":      sheet("Objet|Fournisseur|Échéance|Montant", "Copieurs|Alpha|31/05/2027|24000", "Copieurs|Alpha|31/05/2029|12000", "Copieurs||31/05/2028|1", "|Alpha|31/12/2027|"),
		"GLPI": sheet("Nom|ID|Numéro|Type|Date de début|Durée|Date de fin|Préavis|Périodicité|Périodicité de facturation|Renouvellement|Fournisseur",
			"Copieurs|1|M1|Location|2023-06-01|36 mois|2026-06-01|3 mois|12 mois|3 mois|Tacite|Alpha", "Copieurs|2|M1|Location|2024-06-01|36 mois|2027-06-01|3 mois|12 mois|3 mois|Jamais|Alpha"),
	} {
		first := plan(t, table, register.Known{})
		if first.Count(register.Add) != len(table.Rows) {
			t.Errorf("%s: %v", why, lines(first))
		}
		existing := record(first, nil)
		if second := plan(t, table, register.Known{Existing: existing}); second.Count(register.Same) != len(table.Rows) || second.Writes() {
			t.Errorf("%s, the second time: %v", why, lines(second))
		}
		existing[0].Object, existing[0].Corrected = "Copieurs du siège", register.Set{register.Object}
		third := plan(t, table, register.Known{Existing: existing})
		if third.Count(register.Same) != len(table.Rows) || third.Kept() != 1 {
			t.Errorf("%s, after a correction: %v", why, lines(third))
		}
	}
}

// A doubtful row is decided by a person, here or in the sheet.
func TestChoices(t *testing.T) {
	table := sheet("Objet|Fournisseur|Échéance", "Copieurs du siège|Alpha Impression|30/06/2027")
	known := register.Known{Existing: []register.Existing{{Contract: copiers()}}}
	if p := plan(t, table, known); p.Verdicts[0].Decision != register.Doubt || p.Verdicts[0].Ref != "C-1" {
		t.Fatalf("no doubt: %v", lines(p))
	}
	known.Choices = map[int]proposal.Ref{2: "C-1"}
	if p := plan(t, table, known); p.Verdicts[0].Decision != register.Alter {
		t.Errorf("it is C-1: %v", lines(p))
	}
	known.Choices = map[int]proposal.Ref{2: ""}
	if p := plan(t, table, known); p.Verdicts[0].Decision != register.Add {
		t.Errorf("it is new: %v", lines(p))
	}
}

func TestSummary(t *testing.T) {
	p := plan(t, sheet("Objet|Fournisseur|Échéance|Couleur", "Copieurs|Alpha|31/05/2027|bleu", "Copieurs|Alpha|n'importe quoi|", "Gaz|Omega|31/12/2020|"), register.Known{})
	var got []string
	for _, line := range p.Summary() {
		got = append(got, strings.ReplaceAll(line.In(locale.French), "\u00a0", " "))
	}
	want := []string{
		"1 contrat à ajouter", "1 ligne laissée de côté", "1 ligne refusée", "1 contrat avec quelque chose de deviné, à confirmer ensuite",
		"1 colonne laissée : « Couleur ». Pour en lire une, écrivez par exemple « Intitulé = Objet ».",
		"Aucune colonne « Préavis » : sans lui, je ne peux pas dire jusqu’à quand dénoncer.",
		"Aucune colonne « Reconduction » (tacite, expresse ou aucune) : je ne projette donc pas de reconduction.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestLimits(t *testing.T) {
	long := register.Table{Columns: []string{"Objet"}, Rows: make([]register.Row, register.MostRows+1)}
	for _, tt := range []struct {
		why   string
		table register.Table
		want  string
	}{
		{"no rows", register.Table{Columns: []string{"Objet"}}, "Je ne trouve aucune ligne de contrat"},
		{"too many", long, "plus de 10\u202f000 lignes"},
		{"no column that says what it is", sheet("Foo|Échéance", "1|31/05/2027"), "Aucune colonne ne dit de quoi il s’agit"},
	} {
		if _, fault := register.NewPlan(tt.table, register.Recognise(tt.table), register.Known{On: today}); !strings.Contains(strings.ReplaceAll(fault.In(locale.French), "\u00a0", " "), tt.want) {
			t.Errorf("%s: %q", tt.why, fault.In(locale.French))
		}
	}
}

// BenchmarkPlan reads 10,000 rows, guesses their families and compares them with 1,000 contracts.
func BenchmarkPlan(b *testing.B) {
	table, existing := big(register.MostRows, 1000)
	for b.Loop() {
		p, fault := register.NewPlan(table, register.Recognise(table), register.Known{On: today, Existing: existing})
		if !fault.IsZero() || p.Count(register.Refuse) > 0 || p.Count(register.Add) < 8000 {
			b.Fatal(fault, p.Summary())
		}
	}
}

// BenchmarkPlanAlike is the worst that a table can do: every row the same words and the same supplier, which many known contracts have too.
func BenchmarkPlanAlike(b *testing.B) {
	lines := []string{"Numéro|Objet|Fournisseur|Échéance"}
	for i := range register.MostRows {
		lines = append(lines, "M-"+strconv.Itoa(i)+"|Maintenance|Alpha|31/05/2027")
	}
	table := sheet(lines...)
	var existing []register.Existing
	for i := range 1000 {
		c := copiers()
		c.Ref, c.Supplier, c.Object = proposal.NewRef(proposal.Contract, i+1), "Alpha", "Maintenance de tout"
		existing = append(existing, register.Existing{Contract: c})
	}
	for b.Loop() {
		if _, fault := register.NewPlan(table, register.Recognise(table), register.Known{On: today, Existing: existing}); !fault.IsZero() {
			b.Fatal(fault)
		}
	}
}

// big makes a register of n rows, and the contracts that its first ones are known as.
func big(n, known int) (register.Table, []register.Existing) {
	objects := []string{"Maintenance du progiciel de gestion locative", "Téléphonie mobile", "Location de copieurs", "Hébergement de serveurs", "Fourniture de postes de travail", "Nettoyage des vitres"}
	suppliers := []string{"Alpha", "Bêta Télécom", "Gamma Services", "Delta SA", "Omega"}
	lines := []string{"Numéro|Objet|Fournisseur|Date de début|Durée|Préavis|Reconduction|Nombre de reconductions|Montant annuel"}
	for i := range n {
		lines = append(lines, strings.Join([]string{
			"M-" + strconv.Itoa(i), objects[i%len(objects)] + " site " + strconv.Itoa(i), suppliers[i%len(suppliers)], "01/0" + strconv.Itoa(i%9+1) + "/2025", "36 mois", "3 mois", "tacite", "2", strconv.Itoa(1000+i) + ",50",
		}, "|"))
	}
	table := sheet(lines...)
	first := table
	first.Rows = table.Rows[:known]
	p, _ := register.NewPlan(first, register.Recognise(first), register.Known{On: today})
	return table, record(p, nil)
}
