package money

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number is a number as typed: "24", "24 000,50", "1.2", "10^12".
type number struct {
	value      float64
	start, end int
}

// scanNumber finds the next number at or after at that does not belong to a word ("365" of "M365" is none).
func scanNumber(s string, at int) (number, bool) {
	for i := at; i < len(s); i++ {
		if !digit(s, i) {
			continue
		}
		if letterBefore(s, i) || digit(s, i-1) {
			// A currency's letters may touch the number: "EUR21".
			if !strings.HasSuffix(strings.ToLower(s[max(0, i-3):i]), "eur") {
				for digit(s, i) || letterAt(s, i) {
					i++
				}
				continue
			}
		}
		return readNumber(s, i), true
	}
	return number{}, false
}

func readNumber(s string, start int) number {
	value, i := digits(s, start, 0)
	grouped := false
	for {
		next, ok := group(s, i, start)
		if !ok {
			break
		}
		value, _ = digits(s, next, value)
		i, grouped = next+3, true
	}
	if i+1 < len(s) && (s[i] == ',' || s[i] == '.') && digit(s, i+1) {
		tail, end := digits(s, i+1, 0)
		value += tail / math.Pow10(end-i-1)
		i = end
	} else if !grouped && i+1 < len(s) && s[i] == '^' && digit(s, i+1) {
		power, end := digits(s, i+1, 0)
		value, i = math.Pow(value, power), end
	}
	return number{value: value, start: start, end: i}
}

// group says whether three digits of the same number follow at i, after a space, a point or a comma: then next is where they begin.
// "24 000" is one number, "30/06 2 000" two, "4.125" (a decimal) is told from "4.125.000" by nothing, so thousands win.
func group(s string, i, start int) (next int, ok bool) {
	if i-start > 3 && !strings.ContainsAny(s[start:i], " .,\u00a0\u202f'") {
		return 0, false
	}
	rest := s[i:]
	for _, sign := range []string{" ", "\u00a0", "\u202f", ".", ",", "'"} {
		if !strings.HasPrefix(rest, sign) {
			continue
		}
		next = i + len(sign)
		if digit(s, next) && digit(s, next+1) && digit(s, next+2) && !digit(s, next+3) {
			return next, true
		}
	}
	return 0, false
}

// digits reads on from value; beyond what a float holds exactly the amount is too large anyway.
func digits(s string, i int, value float64) (float64, int) {
	for digit(s, i) {
		value = value*10 + float64(s[i]-'0')
		i++
	}
	return value, i
}

func digit(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// letterBefore and letterAt say whether a letter touches place i, on its left and on its right.
func letterBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:max(i, 0)])
	return unicode.IsLetter(r)
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return unicode.IsLetter(r)
}

// skipSpace passes spaces, no-break ones included.
func skipSpace(s string, i int) int {
	for i < len(s) {
		switch {
		case s[i] == ' ' || s[i] == '\t':
			i++
		case strings.HasPrefix(s[i:], "\u00a0"):
			i += len("\u00a0")
		case strings.HasPrefix(s[i:], "\u202f"):
			i += len("\u202f")
		default:
			return i
		}
	}
	return i
}
