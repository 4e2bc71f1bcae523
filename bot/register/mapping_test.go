package register_test

import (
	"slices"
	"strings"
	"testing"

	"sdcbot/bot/locale"
	"sdcbot/bot/register"
)

func TestRecognise(t *testing.T) {
	for _, tt := range []struct {
		why     string
		columns string
		source  register.Source
		want    string // the fields, "." for a column that is left
	}{
		{"a sheet as a DSI keeps one", "Objet;Fournisseur;Échéance;Préavis;Montant annuel HT", "", "object supplier date notice amount"},
		{"capitals, no accents, plurals", "INTITULE;FOURNISSEURS;DATE FIN;PREAVIS (MOIS);MONTANT TTC", "", "object supplier date notice amount"},
		{"words that say nothing are set aside", "Nom du contrat;Date de début du contrat;Durée du marché (en mois);Date de fin du contrat", "", "object start months date"},
		{"GLPI in French", "Nom;ID;Numéro;Type;Date de début;Durée;Préavis;Périodicité;Périodicité de facturation;Renouvellement;Expiration;Entité;Commentaires", register.GLPI, "object id number type start months notice renewal_months . renewal . . note"},
		{"GLPI in English", "Name;ID;Number;Type;Start date;Duration;End date;Notice;Periodicity;Renewal;Supplier - Name;Cost", register.GLPI, "object id number type start months date notice renewal_months renewal supplier amount"},
		{"open data", "id;acheteur.id;nature;objet;codeCPV;dureeMois;dateNotification;montant;titulaire;titulaire.id", register.DECP, "id buyer . object cpv months start amount supplier holder"},
		{"the surer name wins, wherever it stands", "Nom;Objet", "", ". object"},
		{"of two that are as sure the first", "Échéance;Échéance", "", "date ."},
		{"what is periodical in a sheet of one's own may be the invoices", "Objet;Périodicité", "", "object ."},
		{"an identifier is a number where no tool gives it", "ID;Objet", "", "number object"},
		{"nothing at all", "Foo;Bar", "", ". ."},
	} {
		m := register.Recognise(register.Table{Columns: strings.Split(tt.columns, ";")})
		var got []string
		for _, c := range m.Columns {
			if c.Field == "" {
				got = append(got, ".")
			} else {
				got = append(got, string(c.Field))
			}
		}
		if strings.Join(got, " ") != tt.want || m.Source != tt.source {
			t.Errorf("%s: %v from %q, want %s", tt.why, got, m.Source, tt.want)
		}
	}
}

// What an export writes for headings is recognised, in both languages and by keys.
func TestOwnHeadings(t *testing.T) {
	for _, table := range []register.Table{register.ForPeople(nil, locale.French), register.ForPeople(nil, locale.English), register.ForPrograms(nil)} {
		m := register.Recognise(table)
		for i, c := range m.Columns {
			if c.Field != register.Fields[i] {
				t.Errorf("%q is read as %q, it is %q", c.Heading, c.Field, register.Fields[i])
			}
		}
	}
}

func TestHeadingRow(t *testing.T) {
	rows := func(lines ...string) (out []register.Row) {
		for i, line := range lines {
			out = append(out, register.Row{Number: i + 1, Cells: strings.Split(line, ";")})
		}
		return out
	}
	for _, tt := range []struct {
		why     string
		rows    []register.Row
		columns string
		first   int // number of the first row of a contract, 0 for none
	}{
		{"the first row", rows("Objet;Échéance", "Copieurs;31/05/2027"), "Objet;Échéance", 2},
		{"a title and an empty row above it", rows("Contrats de l'Office A", ";", "Objet;Échéance", "", "Copieurs;31/05/2027"), "Objet;Échéance", 5},
		{"a separator at the end of each line", rows("Objet;Échéance;", "Copieurs;31/05/2027;"), "Objet;Échéance", 2},
		{"headings that nobody knows", rows("", "Foo;Bar", "1;2"), "Foo;Bar", 3},
		{"nothing", rows("", ";;"), "", 0},
	} {
		table := register.NewTable("x.csv", tt.rows)
		first := 0
		if len(table.Rows) > 0 {
			first = table.Rows[0].Number
		}
		if got := strings.Join(table.Columns, ";"); got != tt.columns || first != tt.first {
			t.Errorf("%s: %q and first row %d, want %q and %d", tt.why, got, first, tt.columns, tt.first)
		}
	}
}

func TestCorrect(t *testing.T) {
	table := register.Table{Columns: []string{"Désignation", "Machin", "Type", "Échéance"}}
	for _, tt := range []struct {
		why, words string
		want       string // the fields of the columns
		fault      string // words of the sentence
	}{
		{"by heading and label", "colonne Machin = Fournisseur", "object supplier type date", ""},
		{"by letter and key", "B=notice", "object notice type date", ""},
		{"by number", "2 = Préavis", "object notice type date", ""},
		{"quoted, without accents", "« machin » = « echeance »", "object date type .", ""},
		{"a column to leave", "Type = rien", "object . - date", ""},
		{"no such column", "Truc = Objet", "object . type date", "« Désignation »"},
		{"no such field", "Machin = Truc", "object . type date", "Fournisseur"},
		{"no sign", "Machin Fournisseur", "object . type date", "par exemple"},
		{"beyond the last letter", "Z = Objet", "object . type date", "« Z »"},
	} {
		m, fault := register.Recognise(table).Correct(tt.words)
		var got []string
		for _, c := range m.Columns {
			if c.Field == "" {
				got = append(got, ".")
			} else {
				got = append(got, string(c.Field))
			}
		}
		said := strings.ReplaceAll(fault.In(locale.French), "\u00a0", " ")
		if strings.Join(got, " ") != tt.want && tt.why != "a column to leave" || (tt.fault == "") != fault.IsZero() || !strings.Contains(said, tt.fault) {
			t.Errorf("%s: %v, %q; want %s", tt.why, got, said, tt.want)
		}
	}
	m, _ := register.Recognise(table).Correct("Type = rien")
	if !slices.Contains(m.Unknown(), "Type") {
		t.Errorf("a column that a person leaves is left: %v", m.Unknown())
	}
}

func TestMissing(t *testing.T) {
	for _, tt := range []struct{ columns, want string }{
		{"Objet;Échéance;Préavis;Reconduction", ""},
		{"Objet;Début;Durée;Préavis;Reconduction", ""},
		{"Foo;Échéance;Préavis;Reconduction", "ajoutez un titre « Objet » ou « Fournisseur », ou dites-moi laquelle c’est, par exemple « Intitulé = Objet ». Colonnes que je n’ai pas reconnues : « Foo »."},
		{"Objet;Début;Préavis;Reconduction", "ajoutez « Échéance », ou « Début » et « Durée (mois) »"},
		{"Objet;Échéance;Reconduction", "Aucune colonne « Préavis »"},
		{"Objet;Échéance;Préavis", "Aucune colonne « Reconduction »"},
	} {
		var said []string
		for _, text := range register.Recognise(register.Table{Columns: strings.Split(tt.columns, ";")}).Missing() {
			said = append(said, strings.ReplaceAll(text.In(locale.French), "\u00a0", " "))
		}
		if got := strings.Join(said, " "); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.columns, got, tt.want)
		}
	}
}
