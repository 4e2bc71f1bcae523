package text

import (
	"unicode"
	"unicode/utf8"
)

// Word is one word of a text: a run of letters and digits. Apostrophes, hyphens and full stops part words, so that "d'accès",
// "sd-wan" and "SD WAN" give the same words however they are typed.
type Word struct {
	Folded     string // as Fold writes it
	Stem       string // Folded without the mark of the plural
	Start, End int    // where it stands in the text, in bytes
	Apart      bool   // a sign that ends a phrase stands before it: a comma, a colon, a bracket, the end of a sentence or of a line
}

// Upper says whether the word begins with a capital in s, the text that it was read from.
func (w Word) Upper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s[w.Start:])
	return unicode.IsUpper(r)
}

// Words returns the words of s in order. It folds all of them into one buffer: reading a sentence costs three allocations
// however long it is.
func Words(s string) []Word {
	words := make([]Word, 0, len(s)/5+1)
	folded := make([]byte, 0, len(s)+8)
	marks := make([]int, 0, len(s)/5+1) // where each word begins in folded
	inside, apart := false, false
	for i, r := range s {
		plain, part := foldRune(r)
		switch {
		case part && !inside:
			words = append(words, Word{Start: i, Apart: apart})
			inside, apart = true, false
			marks = append(marks, len(folded))
			folded = append(folded, plain...)
		case part:
			folded = append(folded, plain...)
		case inside && unicode.Is(unicode.Mn, r):
			// A combining accent belongs to the letter before it.
		case inside:
			inside = false
			words[len(words)-1].End = i
			apart = endsPhrase(s, i, r)
		default:
			apart = apart || endsPhrase(s, i, r)
		}
	}
	if inside {
		words[len(words)-1].End = len(s)
	}
	whole := string(folded)
	for i := range words {
		to := len(whole)
		if i+1 < len(marks) {
			to = marks[i+1]
		}
		words[i].Folded = whole[marks[i]:to]
		words[i].Stem = Stem(words[i].Folded)
	}
	return words
}

// endsPhrase says whether the sign r at place i of s ends a phrase. A full stop does where a space follows: "monday.com" is one name.
func endsPhrase(s string, i int, r rune) bool {
	switch r {
	case ',', ';', ':', '!', '?', '(', ')', '\n', '…', '«', '»', '"', '[', ']':
		return true
	case '.':
		return i+1 == len(s) || s[i+1] == ' ' || s[i+1] == '\n'
	}
	return false
}

// latin holds the folded form of the runes below 0x250, where all of French and English lies; "" parts words.
var latin = func() (table [0x250]string) {
	for r := range rune(len(table)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			table[r] = Fold(string(r))
		}
	}
	return table
}()

// foldRune returns r folded and whether it is part of a word.
func foldRune(r rune) (plain string, part bool) {
	if r < rune(len(latin)) {
		return latin[r], latin[r] != ""
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		plain = Fold(string(r))
		return plain, plain != "" && plain != "'" // U+02BC counts as a letter and is typed for an apostrophe
	}
	return "", false
}
