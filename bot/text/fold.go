// Package text prepares what people type for comparison: folding (case, accents, typographic signs), words,
// stems and near-misses. It understands nothing: meaning begins in bot/family, bot/when and bot/intake.
package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case, without accents, with typographic signs made plain (’ to ', œ to oe, « to ", no-break
// spaces to spaces). Fold does not trim or squeeze spaces.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if plain, ok := plainSigns[r]; ok {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

var plainSigns = map[rune]string{
	'’': "'", '‘': "'", 'ʼ': "'", '´': "'", '`': "'",
	'“': `"`, '”': `"`, '«': `"`, '»': `"`,
	'–': "-", '—': "-", '‑': "-", '−': "-",
	'œ': "oe", 'Œ': "oe", 'æ': "ae", 'Æ': "ae", 'ß': "ss",
	'\u00a0': " ", '\u202f': " ", '\u2009': " ", '\u2007': " ",
	'№': "n°", '…': "...",
}
