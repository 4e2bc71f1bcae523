package family_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"sdcbot/bot/family"
	"sdcbot/bot/text"
)

func TestTable(t *testing.T) {
	all := family.All()
	if len(all) != 46 {
		t.Errorf("%d families, want 46", len(all))
	}
	for _, f := range all {
		if f.French == "" || f.English == "" || f.Domain == "" || f.Covers == "" {
			t.Errorf("%s lacks a label, a domain or what it covers: %+v", f.Code, f)
		}
		if f.Parent != "" {
			if _, ok := family.Of(f.Parent); !ok {
				t.Errorf("%s has the parent %s, which is no family", f.Code, f.Parent)
			}
		}
	}
	if got := family.Label("telephony-fixed", "fr"); got != "Téléphonie fixe" {
		t.Errorf("French label %q", got)
	}
	if got := family.Label("telephony-fixed", "en"); got != "Fixed telephony" {
		t.Errorf("English label %q", got)
	}
	if got := family.Label("no-such", "fr"); got != "no-such" {
		t.Errorf("a code that nobody knows is shown as it is, not as %q", got)
	}
}

func TestRelated(t *testing.T) {
	for _, row := range []struct {
		a, b family.Code
		want bool
		why  string
	}{
		{"printing", "printing", true, "the same"},
		{"telephony", "telephony-fixed", true, "parent and child"},
		{"telephony-mobile", "telephony", true, "child and parent"},
		{"telephony-mobile", "telephony-fixed", false, "two children are bought apart"},
		{"printing", "it-supplies", false, "neighbours are not the same"},
		{"", "", false, "two unknown families are not known to be the same"},
	} {
		if got := family.Related(row.a, row.b); got != row.want {
			t.Errorf("%q and %q: %v: %s", row.a, row.b, got, row.why)
		}
	}
}

// Each family is found by its own labels, whatever else the dictionary says.
func TestByNameOfEveryLabel(t *testing.T) {
	for _, f := range family.All() {
		for _, name := range []string{string(f.Code), f.French, f.English, strings.ToUpper(f.French), " " + text.Fold(f.French) + " "} {
			if got, ok := family.ByName(name); !ok || got != f.Code {
				t.Errorf("%q: %q, %v; want %s", name, got, ok, f.Code)
			}
		}
	}
}

func TestByName(t *testing.T) {
	for _, row := range []struct {
		name string
		want family.Code
		why  string
	}{
		{"téléphonie", "telephony", "a word of the dictionary"},
		{"Téléphnie", "telephony", "with a typing error"},
		{"telephonie fixe", "telephony-fixed", "without accents"},
		{"copieurs", "printing", "a plural"},
		{"imprimante", "printing", "a singular"},
		{"GED", "document-management", "an acronym"},
		{"IKOS", "housing-erp", "a product"},
		{"signature electronqiue", "e-signature", "two letters swapped"},
		{"finances", "finance-accounting", "the beginning of a label"},
		{"visio", "videoconference", "short for it"},
		{"extranet fournisseur", "supplier-portal", "a need of the source"},
		{"wifi", "lan-wifi", "inside a label"},
		{"hors SI", "not-it", "the last one of the list"},
		{"xyz", "", "nothing"},
		{"", "", "nothing at all"},
		{"😀", "", "no word"},
	} {
		got, ok := family.ByName(row.name)
		if got != row.want || ok != (row.want != "") {
			t.Errorf("%q: %q, %v; want %q: %s", row.name, got, ok, row.want, row.why)
		}
	}
}

func TestClassify(t *testing.T) {
	for _, row := range []struct {
		text string
		want family.Code
		why  string
	}{
		{"téléphonie", "telephony", "no more was said"},
		{"marché télécoms (fixe + mobile)", "telephony", "both are the parent"},
		{"contrat téléphonie Orange", "telephony", "the operator adds nothing"},
		{"mobiles Orange", "telephony-mobile", "a word says more than an operator"},
		{"trunk SIP", "telephony-fixed", "two words together"},
		{"formation Excel", "training", "a lead decides over what follows"},
		{"AMO pour le choix d'un ERP", "consulting-amo", "so does this one"},
		{"sauvegarde de nos serveurs", "backup-continuity", "what is bought comes first"},
		{"serveurs et sauvegarde", "servers-storage", "in this order too"},
		{"sauvegarde externalisée M365", "backup-continuity", "a term says more than a product"},
		{"serveur vocal interactif", "contact-centre", "the longest phrase, not the server in it"},
		{"contrôle d'accès Vigik", "smart-building", "no access to computers"},
		{"contrôle d'accès réseau", "lan-wifi", "unless it says so"},
		{"PREM'Habitat", "housing-erp", "a product's name alone"},
		{"fortigate", "cybersecurity", "a product of a publisher, without capitals"},
		{"sauvgarde", "backup-continuity", "a typing error"},
		{"tenant portal", "tenant-portal", "English"},
		{"managed print", "printing", "English"},
		{"nettoyage des halls", "not-it", "no information technology"},
		{"logiciel", "other-it", "a hint alone, when there is nothing better"},
	} {
		scores, hits := family.Classify(row.text)
		if len(scores) == 0 || scores[0].Code != row.want {
			t.Errorf("%s: %v, want %s: %s", row.text, scores, row.want, row.why)
			continue
		}
		if len(hits) == 0 || !slices.ContainsFunc(hits, func(h family.Hit) bool { return h.Says(row.want) > 0 || len(hits) > 1 }) {
			t.Errorf("%s: no phrase says %s", row.text, row.want)
		}
	}
}

func TestClassifyNothing(t *testing.T) {
	for _, row := range []struct{ text, why string }{
		{"bonjour à tous", "no family in it"},
		{"on paie trop", "the verb is no payroll"},
		{"réunion par téléphone", "the way is not what is bought"},
		{"monday, free, sage decision", "plain words that are also names need their capital"},
		{"", "nothing at all"},
	} {
		if scores, _ := family.Classify(row.text); len(scores) > 0 && scores[0].Score >= 0.5 {
			t.Errorf("%q: %v, want none: %s", row.text, scores, row.why)
		}
	}
}

// Whatever is typed, there are at most five families, best first, each once, with scores that add up to one at most.
func FuzzClassify(f *testing.F) {
	for _, seed := range []string{"copieurs", "téléphonie fixe et mobile Orange", "\x80", "🖨️", strings.Repeat("serveur ", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "")
		}
		scores, _ := family.Classify(s)
		sum := 0.0
		for i, score := range scores {
			sum += score.Score
			if _, ok := family.Of(score.Code); !ok || score.Score < 0 || i > 0 && score.Score > scores[i-1].Score {
				t.Fatalf("%q: %v", s, scores)
			}
		}
		if len(scores) > 5 || sum > 1.03 {
			t.Fatalf("%q: %v add up to %v", s, scores, sum)
		}
	})
}
