package playground

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// BotHandle is the name by which people call the bot: @sdc in a sentence, /sdc as a command.
const BotHandle = "sdc"

// cutCommand returns what follows "/sdc", and whether the text is that command at all. A command begins the message.
func cutCommand(text string) (command, rest string, ok bool) {
	const word = "/" + BotHandle
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return "", "", false
	}
	rest = text[len(word):]
	if next, _ := utf8.DecodeRuneInString(rest); rest != "" && !unicode.IsSpace(next) {
		return "", "", false // "/sdcx" is some other word
	}
	return word, strings.TrimSpace(rest), true
}

// withoutMention takes the first "@sdc" out of the text, with the comma or colon behind it, and says whether there was one. An address such as
// dsi@sdc.example is none, nor is @sdc-b.
func withoutMention(text string) (string, bool) {
	const word = "@" + BotHandle
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		lower = text // letters whose lower case is longer or shorter: the offsets would lie
	}
	for from := 0; ; {
		i := strings.Index(lower[from:], word)
		if i < 0 {
			return text, false
		}
		start, end := from+i, from+i+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		if (start == 0 || !partOfName(before)) && endsName(text[end:]) {
			head, tail := strings.TrimSpace(text[:start]), strings.TrimSpace(strings.TrimLeft(text[end:], ",: \u00a0\u202f"))
			return strings.TrimSpace(head + " " + tail), true
		}
		from = end
	}
}

func partOfName(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-'
}

// endsName says whether a name that stands before rest ends there. A full stop ends it unless a letter follows.
func endsName(rest string) bool {
	next, size := utf8.DecodeRuneInString(rest)
	if next == '.' {
		next, _ = utf8.DecodeRuneInString(rest[size:])
	}
	return size == 0 || !partOfName(next)
}
