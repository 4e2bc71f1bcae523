package play

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWords(t *testing.T) {
	for _, test := range []struct {
		words, text string
		held        bool
		why         string
	}{
		{"téléphonie", "C-1 · Téléphonie", true, "letter case counts for nothing"},
		{"telephonie", "C-1 · Téléphonie", false, "accents count"},
		{"même famille", "même\u00a0famille", true, "a no-break space is a space"},
		{"même famille", "même\u202f\n\t famille", true, "so is any run of white space"},
		{"l'échéance", "L’échéance", true, "the typesetter's apostrophe"},
		{"l’échéance", "l'échéance", true, "in the words too"},
		{"échéance", "e\u0301che\u0301ance", true, "letters in two parts"},
		{"C-1 … 23/05/2027", "C-1 téléphonie, échéance 23/05/2027", true, "anything between the pieces"},
		{"23/05/2027 … C-1", "C-1 téléphonie, échéance 23/05/2027", false, "but in this order"},
		{"C-1 … C-1", "C-1", false, "each piece after the one before"},
		{"…", "anything", true, "any words at all"},
		{"", "anything", true, "no words"},
		{"/28.02.2027|28 février/", "au plus tard le 28 Février 2027", true, "a regular expression, case ignored"},
		{"/^noté/", "Noté : C-1", true, "from the beginning"},
		{"/c-1 … b-2/", "C-1 et B-2", false, "in which … is no wildcard"},
		{"/a.b/", "a\nb", true, "white space is folded before"},
		{"/sdc moi", "tapez /sdc moi", true, "a command is no regular expression"},
		{"/", "23/05", true, "nor is a stroke"},
	} {
		if got := words(t, test.words).In(test.text); got != test.held {
			t.Errorf("%s: %q in %q is %v", test.why, test.words, test.text, got)
		}
	}
}

// Pieces taken out of a text in order are held by it, however it is written; and what holds words still does with more around them.
func TestPiecesOfATextAreHeld(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("abcé 'C-1/\u00a0\n")), 1, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(letters, 1, 5).Draw(t, "pieces")
		w, err := ParseWords("…" + strings.Join(pieces, "…") + "…")
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(pieces, letters.Draw(t, "between"))
		text = letters.Draw(t, "before") + " " + text + letters.Draw(t, "after")
		if rapid.Bool().Draw(t, "typeset") {
			text = strings.NewReplacer(" ", "\u202f", "'", "’", "é", "e\u0301").Replace(strings.ToUpper(text))
		}
		if !w.In(text) {
			t.Fatalf("%q does not hold %q", text, w)
		}
	})
}

// A piece that stands nowhere in the text is held by it under no reading.
func TestStrangePiecesAreNotHeld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		w, err := ParseWords(rapid.StringMatching("[a-z …]{0,8}").Draw(t, "words") + "…\uE000")
		if err != nil {
			t.Fatal(err)
		}
		if w.In(strings.ReplaceAll(text, "\uE000", "")) {
			t.Fatalf("%q holds %q", text, w)
		}
	})
}

func TestBare(t *testing.T) {
	for label, want := range map[string]string{
		"🙋 Intéressé": "interesse", "✏️ Compléter": "completer", "Échéance *": "echeance", "  On  reconduit ": "on reconduit", "✅ Déjà fait": "deja fait",
	} {
		if got := bare(label); got != want {
			t.Errorf("bare(%q) = %q, want %q", label, got, want)
		}
	}
}
