package play

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words is what a text is expected to hold: pieces in this order with anything between them, or a regular expression. The zero
// Words are held by every text.
type Words struct {
	source  string
	pieces  []string
	pattern *regexp.Regexp
}

// ParseWords reads an expectation: "texte … texte", or "/regular expression/" (RE2).
func ParseWords(source string) (Words, error) {
	w := Words{source: source}
	if len(source) >= 2 && strings.HasPrefix(source, "/") && strings.HasSuffix(source, "/") {
		inner := source[1 : len(source)-1]
		if inner == "" {
			return Words{}, errors.New("the regular expression between the two / is empty")
		}
		pattern, err := regexp.Compile("(?is:" + plain(inner) + ")")
		if err != nil {
			return Words{}, fmt.Errorf("not a regular expression: %w", err)
		}
		w.pattern = pattern
		return w, nil
	}
	for piece := range strings.SplitSeq(source, "…") {
		if piece = fold(piece); piece != "" {
			w.pieces = append(w.pieces, piece)
		}
	}
	return w, nil
}

// Empty says whether no words were given at all.
func (w Words) Empty() bool { return w.source == "" }

func (w Words) String() string { return w.source }

// In says whether the text holds the words.
func (w Words) In(text string) bool {
	if w.pattern != nil {
		return w.pattern.MatchString(spaced(plain(text)))
	}
	rest := fold(text)
	for _, piece := range w.pieces {
		_, after, found := strings.Cut(rest, piece)
		if !found {
			return false
		}
		rest = after
	}
	return true
}

// fold makes two texts that people would call the same equal.
func fold(s string) string { return strings.ToLower(spaced(plain(s))) }

// plain takes away what a typesetter adds: no-break and zero-width spaces, the curved apostrophe, letters in two parts.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’':
			return '\''
		case r == '\u200B' || r == '\u2060' || r == '\uFEFF':
			return -1
		case r > unicode.MaxASCII && unicode.IsSpace(r):
			return ' '
		}
		return r
	}, norm.NFC.String(s))
}

// spaced makes one space of each run of white space, and none at either end.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// bare folds a label as far as people name it by: without accents, emoji or other signs at its ends.
func bare(s string) string {
	decomposed := norm.NFD.String(fold(s))
	var b strings.Builder
	for _, r := range decomposed {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\u200D' || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r):
		default:
			b.WriteRune(r)
		}
	}
	return strings.Trim(spaced(b.String()), " *:")
}
