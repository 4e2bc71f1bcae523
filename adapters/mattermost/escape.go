package mattermost

import (
	"regexp"
	"strings"
	"unicode"
)

// What people type must show as they typed it, and do nothing: no format, no link, no picture, no mention.
//
// Three means, because none works everywhere. A backslash serves for the signs that both of their Markdown readers (the
// web's and the telephone's) let it protect. A character reference serves for the signs that the web's does not: < $ & and
// the backslash itself. An invisible space serves where the server or the client looks for a pattern in the text itself and
// heeds no backslash: @ before a name (the server unescapes before it looks for mentions, so "\@all" would ring everybody),
// ~ before a channel, # before a word, addresses, :emoji:, and marks that count only at the start of a line.

// thin is a space of no width. Their mention parser takes it for the end of a word, their Markdown for a letter.
const thin = "\u200b"

var (
	scheme = regexp.MustCompile(`(?i)(\b[a-z][a-z0-9.+-]*:)([/\pL0-9%])`) // https://… but also mailto:me
	www    = regexp.MustCompile(`(?i)\b(www\d{0,3})\.`)
	domain = regexp.MustCompile(`(\.\pL{2,4})/`) // example.org/…
	hash   = regexp.MustCompile(`#(\pL)`)
	colons = regexp.MustCompile(`:([A-Za-z0-9_+-]+):`)
	marks  = regexp.MustCompile(`(?m)^(?:[#=>+*~|-]|\d+[.)](?:\s|$))`)
	entity = regexp.MustCompile(`&(#?\w+;)`)
)

// quiet makes text inert where it is shown without Markdown: labels and small print.
func quiet(text string) string {
	text = visible(text)
	text = scheme.ReplaceAllString(text, "$1"+thin+"$2")
	text = www.ReplaceAllString(text, "$1"+thin+".")
	text = domain.ReplaceAllString(text, "$1"+thin+"/")
	text = hash.ReplaceAllString(text, "#"+thin+"$1")
	text = colons.ReplaceAllString(text, ":"+thin+"$1:")
	return strings.NewReplacer("@", "@"+thin, "~", "~"+thin).Replace(text)
}

// inert makes text inert where it is read as Markdown: everywhere else.
func inert(text string) string {
	text = quiet(text)
	text = entity.ReplaceAllString(text, "&amp;$1")
	text = marks.ReplaceAllString(text, thin+"$0")
	return protect.Replace(text)
}

var protect = strings.NewReplacer(
	"`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "~", `\~`, "|", `\|`,
	`\`, "&#92;", "<", "&lt;", "$", "&#36;",
)

// visible drops what cannot be seen but acts: control characters, marks that turn the direction of writing, and spaces at
// the start of a line, four of which make it code.
func visible(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}
