package text_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/text"
)

func TestFold(t *testing.T) {
	for _, row := range []struct{ in, want, why string }{
		{"Téléphonie", "telephonie", "accents and capitals"},
		{"cœur de réseau", "coeur de reseau", "the ligature is two letters"},
		{"l’accès", "l'acces", "a typographic apostrophe is a plain one"},
		{"« SIG »", `" sig "`, "French quotes and their no-break spaces"},
		{"tele\u0301phone", "telephone", "an accent typed as a sign of its own"},
		{"n° 3", "n° 3", "a degree sign is no letter and stays"},
		{"", "", "nothing"},
	} {
		if got := text.Fold(row.in); got != row.want {
			t.Errorf("%q: %q, want %q: %s", row.in, got, row.want, row.why)
		}
	}
}

func TestWords(t *testing.T) {
	for _, row := range []struct{ in, want, why string }{
		{"d'accès", "d acces", "an apostrophe parts words"},
		{"SD-WAN / wi-fi", "sd wan wi fi", "so does a hyphen: however it is typed, it compares"},
		{"24k€/an", "24k an", "letters and digits together are one word, a currency sign is none"},
		{"S/4HANA", "s 4hana", "a stroke parts"},
		{"tele\u0301phonie", "telephonie", "a combining accent stays within its word"},
		{"😀 ok", "ok", "an emoji is no word"},
		{"Œuvre", "oeuvre", "a ligature becomes two letters"},
		{"", "", "nothing"},
	} {
		var got []string
		for _, w := range text.Words(row.in) {
			got = append(got, w.Folded)
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%q: %q, want %q: %s", row.in, got, row.want, row.why)
		}
	}
}

// Whatever is typed, words come in order, stand where they say and are folded.
func TestWordsStandWhereTheySay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		end := 0
		for _, w := range text.Words(s) {
			if w.Start < end || w.End <= w.Start || w.End > len(s) {
				t.Fatalf("%q stands at %d–%d after %d", w.Folded, w.Start, w.End, end)
			}
			end = w.End
			if want := text.Fold(s[w.Start:w.End]); w.Folded != want {
				t.Fatalf("%q is folded to %q, not %q", s[w.Start:w.End], w.Folded, want)
			}
		}
	})
}

func TestStem(t *testing.T) {
	for _, row := range []struct{ in, want, why string }{
		{"copieurs", "copieur", "the plural"},
		{"reseaux", "reseau", "the plural in x"},
		{"copieur", "copieur", "no plural"},
		{"access", "access", "a double s is no plural"},
		{"si", "si", "too short to have one"},
		{"mois", "moi", "blunt, but the same on both sides of a comparison"},
	} {
		if got := text.Stem(row.in); got != row.want {
			t.Errorf("%q: %q, want %q: %s", row.in, got, row.want, row.why)
		}
	}
}

func TestPhrases(t *testing.T) {
	var p text.Phrases[string]
	for _, phrase := range []string{"serveur", "serveur vocal", "cherch*", "ne _ pas", "états des lieux", "fin"} {
		p.Add(phrase, phrase)
	}
	for _, row := range []struct {
		in, want string
		taken    int
		why      string
	}{
		{"serveur vocal interactif", "serveur vocal", 2, "the longest phrase counts"},
		{"serveurs de fichiers", "serveur", 1, "a plural is the same word"},
		{"cherchons un outil", "cherch*", 1, "a beginning stands for all its forms"},
		{"cherche", "cherch*", 1, "the shortest form too"},
		{"ne voulons pas", "ne _ pas", 3, "any one word may stand between"},
		{"ne pas", "", 0, "but one has to"},
		{"État des lieux", "états des lieux", 3, "accents and capitals do not matter"},
		{"finance", "", 0, "a whole word is not a beginning"},
		{"serveur, vocal", "serveur", 1, "a comma parts a phrase"},
		{"serveur (vocal)", "serveur", 1, "so does a bracket"},
		{"serveur. Vocal", "serveur", 1, "and the end of a sentence"},
		{"serveur/vocal", "serveur vocal", 2, "a stroke does not"},
		{"", "", 0, "nothing"},
	} {
		got, n := p.Longest(text.Words(row.in))
		if got != row.want || n != row.taken {
			t.Errorf("%q: %q, %d words; want %q, %d: %s", row.in, got, n, row.want, row.taken, row.why)
		}
	}
}

func TestKey(t *testing.T) {
	for _, row := range []struct{ a, b, why string }{
		{"États des lieux", "etat-des-lieux", "accents, capitals, hyphens, plurals"},
		{"d'accès", "d acces", "apostrophes"},
		{"Cherch*", "cherch*", "beginnings keep their star"},
	} {
		if text.Key(row.a) != text.Key(row.b) {
			t.Errorf("%q and %q differ: %q, %q: %s", row.a, row.b, text.Key(row.a), text.Key(row.b), row.why)
		}
	}
}

func TestNear(t *testing.T) {
	var n text.Near
	for _, w := range []string{"telephonie", "copieur", "commun", "rachete", "wifi", "signature", "reconduction", "videoprotection"} {
		n.Add(w)
	}
	for _, row := range []struct{ in, want, why string }{
		{"telephonie", "telephonie", "a known word stands for itself"},
		{"telephnie", "telephonie", "a letter left out"},
		{"telehponie", "telephonie", "two letters swapped are one error"},
		{"copieeur", "copieur", "a letter too many"},
		{"cobieur", "copieur", "a wrong letter"},
		{"reconducsion", "reconduction", "one in a long word"},
		{"recondusion", "", "two are too many in a word of eleven letters"},
		{"vidoprotetion", "videoprotection", "but not in a longer one"},
		{"cobieuur", "", "two errors are too many in a word of seven letters"},
		{"signatur", "signature", "the last letter left out"},
		{"commune", "", "another form or another word, not an error"},
		{"racheter", "", "so is an infinitive"},
		{"copieuk", "copieur", "an ending that inflects nothing is an error"},
		{"wfii", "", "short words are never near"},
		{"rommun", "", "a wrong first letter makes another word"},
	} {
		got, ok := n.Find(row.in)
		if got != row.want || ok != (row.want != "") {
			t.Errorf("%q: %q, want %q: %s", row.in, got, row.want, row.why)
		}
	}
}

// A word with one letter left out of its inside is found again.
func TestNearFindsOneLetterLeftOut(t *testing.T) {
	known := []string{"telephonie", "videoprotection", "affranchissement", "sauvegarde"}
	var n text.Near
	for _, w := range known {
		n.Add(w)
	}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.SampledFrom(known).Draw(t, "word")
		i := rapid.IntRange(1, len(w)-3).Draw(t, "left out")
		typed := w[:i] + w[i+1:]
		if got, _ := n.Find(typed); got != w {
			t.Fatalf("%q: %q, want %q", typed, got, w)
		}
	})
}
