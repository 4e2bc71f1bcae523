package command_test

import (
	"fmt"
	"strings"
	"testing"

	"sdcbot/bot/command"
	"sdcbot/bot/locale"
	"sdcbot/bot/text"
)

// Every verb explains itself in both languages, answers to each of its words, and its example can be typed as it stands.
func TestVerbs(t *testing.T) {
	taken := map[string]string{}
	for _, v := range command.Verbs() {
		for i, word := range v.Words {
			if word != text.Fold(word) {
				t.Errorf("%s: nobody's word folds to %q", v.Key, word)
			}
			if other, twice := taken[word]; twice && other != v.Key {
				t.Errorf("%q is %s and %s", word, other, v.Key)
			}
			taken[word] = v.Key
			if i > 1 && (word == v.Words[0] || word == v.Words[1]) {
				t.Errorf("%s: %q is no alias", v.Key, word)
			}
		}
		for _, lang := range locale.Languages {
			for _, key := range []string{"verb." + v.Key + ".does", "verb." + v.Key + ".example"} {
				if said := locale.T(key).In(lang); strings.Contains(said, "⟨") {
					t.Errorf("%s has no sentence in %s: %s", v.Key, lang, said)
				}
			}
			first, _, _ := strings.Cut(locale.T("verb."+v.Key+".example").In(lang), " · ")
			if want := "/sdc " + v.Word(lang); first != want && !strings.HasPrefix(first, want+" ") {
				t.Errorf("the example of %s in %s begins with %q, want %q", v.Key, lang, first, want)
			}
		}
	}
}

// What a verb says under its first word it says under each other one, however that is written.
func TestEachWordOfAVerbWorks(t *testing.T) {
	for _, v := range command.Verbs() {
		arguments := map[string]string{
			"propose": " Nous cherchons une solution de sauvegarde", "contract": " C-1", "need": " B-1", "offer": " O-1", "withdraw": " C-1", "convergence": " téléphonie",
			"away": " du 1/8 au 20/8", "help": " propose",
		}[v.Key]
		var first string
		for i, word := range v.Words {
			d := newDesk(t)
			d.says("dsi-a", "propose Notre contrat téléphonie se termine le 31/05/2027")
			d.says("dsi-a", "propose Nous cherchons un extranet fournisseur")
			d.says("dsi-a", "propose Nous pouvons prêter deux licences de visioconférence")
			d.acts = 100
			if v.Key == "undo" { // it undoes the last act, which must have one
				d.says("dsi-a", "retirer O-1")
			}
			for _, written := range []string{word, strings.ToUpper(word), " " + word + " "} {
				if i > 0 && written != word {
					continue
				}
				got := d.says("dsi-a", written+arguments)
				if first == "" {
					first = got
				}
				if strings.Contains(got, "Je ne connais pas") || strings.Contains(got, "Je n’ai pas compris") || strings.Contains(got, "⟨") {
					t.Errorf("%q: %s", written+arguments, got)
				}
				if written == word && got != first {
					t.Errorf("%q says\n%s\nand %q says\n%s", v.Words[0], first, word, got)
				}
			}
		}
	}
}

func TestNearest(t *testing.T) {
	for _, test := range []struct {
		typed string
		verb  string // empty: no verb
		sure  bool   // even where a sentence could begin so
		why   string
	}{
		{"propse", "propose", true, "a letter left out"},
		{"porpose", "propose", true, "two letters swapped are one slip"},
		{"proposse", "propose", true, "a letter too many"},
		{"proposez", "propose", true, "conjugated"},
		{"contart", "contract", true, "swapped, in a word that has two near verbs: both show it"},
		{"contarts", "contracts", true, "swapped"},
		{"bsoins", "needs", true, "a letter left out"},
		{"aied", "help", true, "swapped in a short word"},
		{"anuler", "undo", true, "the French double n"},
		{"confience", "trust", true, "as it sounds"},
		{"organimes", "organisations", true, "a letter left out"},
		{"membres", "organisations", true, "the French word, between two English ones"},
		{"mio", "me", true, "swapped"},
		{"hepl", "help", true, "swapped, in English"},
		{"witdraw", "withdraw", true, "in English"},
		{"contrta", "contract", true, "swapped at the end"},
		{"besion", "need", true, "swapped"},
		{"BESION", "need", true, "in capitals"},

		{"office", "offer", false, "lies near « offre », and begins « Office 365 arrive à échéance »"},
		{"offices", "offers", false, "several of them"},
		{"annuel", "undo", false, "a word that begins sentences"},
		{"propoz", "propose", false, "two slips"},
		{"ropose", "propose", false, "the first letter left out: rare, and most chance likenesses have another one"},
		{"suivre", "follow", false, "two slips from « suivi »"},

		{"mon", "", false, "is not « moi »"},
		{"mai", "", false, "is not « moi »"},
		{"moe", "", false, "maîtrise d'œuvre"},
		{"loi", "", false, "is not « moi »"},
		{"ma", "", false, "is not « me »"},
		{"notre", "", false, "begins most sentences"},
		{"nous", "", false, "begins the others"},
		{"mais", "", false, "is not « moi »"},
		{"more", "", false, "is not « me »"},
		{"mes", "", false, "is not « me »"},
		{"une", "", false, "is not « undo »"},
		{"on", "", false, "too short"},
		{"bonjour", "", false, "is far from everything"},
		{"merci", "", false, "is far from everything"},
		{"x", "", false, "one letter"},
		{"🙋", "", false, "no letter"},
		{"\u0301", "", false, "an accent without its letter"},
		{strings.Repeat("propose", 3000), "", false, "twenty thousand letters"},
	} {
		v, sure, ok := command.Nearest(test.typed)
		if !ok {
			v.Key = ""
		}
		if v.Key != test.verb || ok && sure != test.sure {
			t.Errorf("%.20q (%s): %q, sure %v, want %q, %v", test.typed, test.why, v.Key, sure, test.verb, test.sure)
		}
	}
}

// A mistyped verb costs one press, and what stood behind it is kept.
func TestMistypedVerb(t *testing.T) {
	d := newDesk(t)
	got := d.says("dsi-a", "propsoe Notre contrat téléphonie se termine le 31/05/2027")
	if !strings.Contains(got, "« propose »") || !strings.Contains(got, "[propose]") {
		t.Fatalf("answered %q, want the verb as a button", got)
	}
	if got := d.says("dsi-a", "contrats"); !strings.Contains(got, "Aucun contrat") {
		t.Errorf("before the button is pressed there is %q", got)
	}
	if got := d.presses("dsi-a", "run propose Notre contrat téléphonie se termine le 31/05/2027"); !strings.Contains(got, "C-1") {
		t.Errorf("the button answered %q", got)
	}
	if got := d.says("dsi-a", "propsoe "+strings.Repeat("é", 1000)); strings.Contains(got, "[") {
		t.Errorf("a button that no platform carries: %q", got)
	}
}

// A line is a verb with what follows, or a reference, or a sentence, whatever its first word looks like.
func TestLines(t *testing.T) {
	for _, test := range []struct{ line, want, why string }{
		{"", "Ce que je sais faire", "nothing: the help"},
		{"   \t\n", "Ce que je sais faire", "spaces"},
		{"contrats", "1 contrat", "a verb"},
		{"Contrats ?", "1 contrat", "with a question mark that is no filter"},
		{"contrats téléphonie", "1 contrat", "with a family"},
		{"contrats Office A", "1 contrat", "with an organisation"},
		{"contrats licornes", "licornes", "with something that is neither"},
		{"contrats?", "1 contrat", "without the space that French wants"},
		{"contrat C-1", "C-1 · contrat", "a verb and a reference"},
		{"contrat c 1", "C-1 · contrat", "typed on a phone"},
		{"c-1", "C-1 · contrat", "a reference alone"},
		{"C-1 calcul", "C-1 téléphonie : le calcul", "and what to do with it"},
		{"besoin C-1", "C-1 · contrat", "the reference knows better than the verb"},
		{"contrat", "Donnez sa référence", "a verb without its reference"},
		{"contrat C-9", "Je ne trouve pas C-9", "a reference that nobody gave"},
		{"contrat C-1 peut-être un jour", "Après C-1, écrivez", "words that are no deed"},
		{"contrat Orange jusqu'au 30/06/2027", "C-2", "a sentence that begins with a verb's word"},
		{"besoin d'un extranet fournisseur", "B-1", "another one"},
		{"Office 365 arrive à échéance le 30/06/2027", "C-2", "a sentence whose first word lies near a verb"},
		{"Notre contrat impression se termine le 30/06/2027", "C-2", "a sentence"},
		{"bonjour", "Deux exemples", "nothing that can be recorded"},
		{"annuler", "C-1 téléphonie est annulé", "the last act"},
		{"annuler !", "C-1 téléphonie est annulé", "in earnest"},
		{"annuler c1", "/sdc retirer C-1", "what is named need not be the last act"},
		{"aide contart", "/sdc contrat", "help on a mistyped verb"},
		{"aide bonjour", "Je ne connais pas « bonjour »", "help on no verb"},
		{"aide AIDE", "cette aide", "help on itself"},
	} {
		d := newDesk(t)
		d.says("dsi-a", "propose Notre contrat téléphonie se termine le 31/05/2027")
		if got := d.says("dsi-a", test.line); !strings.Contains(got, test.want) {
			t.Errorf("%q (%s): %q, want %q", test.line, test.why, got, test.want)
		}
	}
}

// A list that is too long for one message says how to narrow it, by an example that can be typed as it stands.
func TestLongList(t *testing.T) {
	d := newDesk(t)
	for range 22 {
		d.says("dsi-a", "propose Notre contrat téléphonie se termine le 31/05/2027")
	}
	got := d.says("dsi-b", "contrats")
	if !strings.Contains(got, "Et 2 autres") || !strings.HasSuffix(got, "par exemple /sdc contrats téléphonie") {
		t.Errorf("the list ends: %s", got)
	}
	d.presses("dsi-b", "answer C-1 no")
	for i := range 21 {
		d.presses("dsi-b", fmt.Sprint("answer C-", i+2, " maybe"))
	}
	if got := d.says("dsi-b", "suivi"); !strings.HasSuffix(got, "Et 2 autres : /sdc contrats, /sdc besoins ou /sdc offres.") {
		t.Errorf("what is followed ends: %s", got)
	}
}
