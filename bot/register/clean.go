package register

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sdcbot/bot/money"
	"sdcbot/bot/text"
)

// clean takes control and invisible characters off a cell, and the space around it. Line breaks stay.
func clean(s string) string {
	if plainASCII(s) {
		return strings.TrimSpace(s)
	}
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u00a0' || r == '\u202f' || r == '\u2007':
			return ' '
		case unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return cut(strings.TrimSpace(s), LongestCell)
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return len(s) <= LongestCell
}

// oneLine makes one line of a cell: what stands on lines of its own is listed.
func oneLine(s string) string {
	if !strings.Contains(s, "\n") && !strings.Contains(s, "  ") {
		return s
	}
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, ", ")
}

// cut shortens s to that many runes, at a space where one is near.
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	end := 0
	for range most - 1 {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	head := s[:end]
	if space := strings.LastIndexByte(head, ' '); space > len(head)/2 {
		head = head[:space]
	}
	return strings.TrimRight(head, " ,;:-") + "…"
}

// price finds a number with its sign.
var price = regexp.MustCompile(`\d[\d ,.\x{a0}\x{202f}]*[kM]?\s*€`)

// withoutSums takes the sums of money out of words that the whole circle reads: an amount has its own field, of which partners see a band.
func withoutSums(s string) (kept string, removed bool) {
	for range 10 {
		found, ok := money.Find(s)
		if !ok {
			break
		}
		s, removed = s[:found.Start]+" "+s[found.End:], true
	}
	if strings.Contains(s, "€") { // a price per page is no amount, and no peer's business either
		s, removed = strings.ReplaceAll(price.ReplaceAllString(s, " "), "€", " "), true
	}
	if !removed {
		return s, false
	}
	return strings.Trim(strings.Join(strings.Fields(s), " "), " ,;:-–()"), true
}

// same says whether two writings are one name: accents, capitals and signs set aside.
func same(a, b string) bool { return a == b || fold(a) == fold(b) }

// fold writes the words of s in one way.
func fold(s string) string {
	words := text.Words(s)
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Stem)
	}
	return b.String()
}
