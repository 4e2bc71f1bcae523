package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FoldNext folds the character at the head of s as Fold would, appends the result to folded and returns it with the
// number of bytes of s that were read. Who must say where in somebody's sentence a word stands walks with it, since
// Fold alone loses the offsets. An accent written as a character of its own folds to nothing; a Korean syllable, which
// Fold takes apart, stays whole.
func FoldNext(folded []byte, s string) (appended []byte, size int) {
	if c := s[0]; c < utf8.RuneSelf && c != '`' {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return append(folded, c), 1
	}
	r, size := utf8.DecodeRuneInString(s)
	decomposed := norm.NFD.PropertiesString(s).Decomposition()
	if decomposed == nil {
		return appendFolded(folded, r), size
	}
	for len(decomposed) > 0 {
		part, width := utf8.DecodeRune(decomposed)
		folded = appendFolded(folded, part)
		decomposed = decomposed[width:]
	}
	return folded, size
}

func appendFolded(folded []byte, r rune) []byte {
	if unicode.Is(unicode.Mn, r) {
		return folded
	}
	if plain, ok := plainSigns[r]; ok {
		return append(folded, plain...)
	}
	return utf8.AppendRune(folded, unicode.ToLower(r))
}
