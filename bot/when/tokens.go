package when

import (
	"time"
	"unicode"
	"unicode/utf8"

	"sdcbot/bot/text"
)

// token is a word, a number in figures or one sign of the text. Apostrophes and spaces only part tokens.
type token struct {
	start, end int   // in bytes of the text
	word       *word // nil for a number, a sign and a word that says nothing of time
	number     int   // the value of figures
	digits     int   // how many figures; 0 for all else
	sign       byte  // the sign; '$' for any currency, '*' for what is not ASCII; 0 for all else
	glued      bool  // nothing parts it from the token before
	quoted     bool  // an apostrophe stands before it: '27
	plural     bool  // a word that says nothing of time and looks like several things: "postes"
	past       bool  // a French past participle by its accent: "signé", where "signe" may be to come
}

func (t *token) is(s sense) bool { return t.word != nil && t.word.sense&s != 0 }

func (t *token) says(m mark) bool { return t.word != nil && t.word.mark&m != 0 }

func (t *token) letters() bool { return t.digits == 0 && t.sign == 0 && t.end > t.start }

// tokens parts the text.
func tokens(s string) []token {
	list := make([]token, 0, len(s)/4+2)
	var buffer [48]byte
	glued, quoted := false, false
	for i := 0; i < len(s); {
		t := token{start: i, glued: glued, quoted: quoted}
		switch c, size := utf8.DecodeRuneInString(s[i:]); {
		case '0' <= c && c <= '9':
			for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
				t.number = min(t.number*10+int(s[i]-'0'), 1e9)
				t.digits++
			}
		case unicode.IsLetter(c):
			folded := buffer[:0]
			for i < len(s) && (unicode.IsLetter(c) || unicode.Is(unicode.Mn, c)) {
				folded, size = text.FoldNext(folded, s[i:])
				i += size
				c, _ = utf8.DecodeRuneInString(s[i:])
			}
			if elided[string(folded)] {
				list = append(list, token{start: t.start, end: t.start + 1, word: vocabulary[string(folded[:1])], glued: t.glued, quoted: t.quoted})
				folded, t = folded[1:], token{start: t.start + 1}
			}
			t.word = meaning(folded)
			t.past = participle(s[t.start:i])
			last := folded[len(folded)-1]
			t.plural = t.word == nil && len(folded) >= 4 && (last == 's' || last == 'x')
		case c == '\'' || c == '’' || c == '‘' || c == '´' || c == '`':
			glued, quoted = false, true
			i += size
			continue
		case c != '\n' && unicode.IsSpace(c):
			glued, quoted = false, false
			i += size
			continue
		default:
			t.sign = sign(c)
			i += size
		}
		t.end = i
		glued, quoted = true, false
		list = append(list, t)
	}
	return list
}

// elided are words that have swallowed an apostrophe: "fin dannee" is typed as often as not.
var elided = map[string]bool{
	"dannee": true, "lannee": true, "dici": true, "dun": true, "davril": true, "daout": true, "doctobre": true, "dete": true, "lete": true,
	"dautomne": true, "lautomne": true, "dhiver": true, "lhiver": true,
}

func meaning(folded []byte) *word {
	if len(folded) == 0 {
		return nil
	}
	if w := vocabulary[string(folded)]; w != nil {
		return w
	}
	for i := range stems {
		if stem := stems[i].stem; len(folded) > len(stem) && string(folded[:len(stem)]) == stem {
			return &stemmed[i]
		}
	}
	return corrected(folded)
}

// stemmed are the words that stems stand for.
var stemmed = func() (words []word) {
	for _, s := range stems {
		words = append(words, word{mark: s.mark})
	}
	return words
}()

func participle(s string) bool {
	for len(s) > 0 && (s[len(s)-1] == 's' || s[len(s)-1] == 'e') {
		s = s[:len(s)-1]
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == 'é' || r == 'É'
}

func sign(c rune) byte {
	switch {
	case unicode.Is(unicode.Sc, c):
		return '$'
	case c == '–' || c == '—' || c == '‑' || c == '−' || c == '→':
		return '-'
	case c < utf8.RuneSelf:
		return byte(c)
	}
	return '*'
}

// What a token may be to a reader; a token that is no known word is none of these.
func (t *token) month() time.Month { return t.known().month }
func (t *token) weekday() int      { return t.known().weekday }
func (t *token) cardinal() int     { return t.known().cardinal }
func (t *token) ordinal() int      { return t.known().ordinal }
func (t *token) unit() unit        { return t.known().unit }
func (t *token) letter() unit      { return t.known().letter }
func (t *token) part() part        { return t.known().part }
func (t *token) season() int       { return t.known().season }

var unknown word

func (t *token) known() *word {
	if t.word == nil {
		return &unknown
	}
	return t.word
}
