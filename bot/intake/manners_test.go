package intake_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"sdcbot/bot/calendar"
	"sdcbot/bot/intake"
)

// What is around the words of a message changes nothing of what it says.
func TestMannersChangeNothing(t *testing.T) {
	on := calendar.On(2026, time.November, 23)
	said := []string{
		"Contrat copieurs Konica, fin 30/09/2027, préavis 3 mois, 23 400 € HT/an",
		"on cherche une GED, projet pour 2028, budget 265 000 euros",
		"appli mobile locataires avec paiement CB, réflexion commune ?",
		"j'ai développé un connecteur Ikos-Docuware, je le mets en commun",
		"refaire tout le wifi du siège, 60 bornes, au deuxième semestre 2027",
		"l'imprimante du 2e est en panne",
		"Paul a démissionné, son préavis se termine le 30 avril",
		"Forfait Bouygues Telecom jusqu'au 14/04/2028, 31 000 €/an",
	}
	for name, around := range map[string]func(string) string{
		"greeted":       func(s string) string { return "Bonjour à tous, " + s },
		"greeted above": func(s string) string { return "Salut,\n" + s },
		"thanked":       func(s string) string { return strings.TrimSuffix(s, " ?") + ". Merci et bonne journée" },
		"double spaces": func(s string) string { return strings.ReplaceAll(s, " ", "  ") },
		"hard spaces":   func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
		"accents apart": norm.NFD.String,
	} {
		for _, s := range said {
			want, got := intake.Read(s, on), intake.Read(around(s), on)
			if name == "thanked" {
				want = intake.Read(strings.TrimSuffix(s, " ?")+".", on)
			}
			if got.Kind != want.Kind || got.Date != want.Date || got.Amount != want.Amount || got.Supplier != want.Supplier || got.Notice != want.Notice {
				t.Errorf("%s: %q is %s %s %+v %q, without %s %s %+v %q", name, around(s), got.Kind, got.Date, got.Amount, got.Supplier, want.Kind, want.Date, want.Amount, want.Supplier)
			}
		}
	}
}
