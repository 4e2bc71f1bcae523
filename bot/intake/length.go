package intake

import (
	"strings"

	"sdcbot/bot/contract"
	"sdcbot/bot/text"
)

// length is a stretch of time in the unit in which it was said.
type length struct {
	months, weeks, days int
}

// inMonths says whether the length is one of whole months, and how many.
func (l length) inMonths() (int, bool) { return l.months, l.months > 0 }

func (l length) notice() contract.Notice {
	return contract.Notice{Months: l.months, Weeks: l.weeks, Days: l.days, Known: true}
}

// mostUnits bounds a length: "préavis de 20000 jours" is a slip.
const mostUnits = 999

var numberWords = map[string]int{
	"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "quinze": 15, "dixhuit": 18,
	"trente": 30, "quarante": 40, "soixante": 60, "one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"twelve": 12, "thirty": 30, "sixty": 60, "ninety": 90,
}

// count reads a number at the beginning of a folded word, and what follows it in the same word: "3", "trois", "60j" (60, "j").
func count(folded string) (n int, rest string, ok bool) {
	if n, ok = numberWords[folded]; ok {
		return n, "", true
	}
	i := 0
	for i < len(folded) && folded[i] >= '0' && folded[i] <= '9' && n <= mostUnits {
		n = n*10 + int(folded[i]-'0')
		i++
	}
	if i == 0 || n > mostUnits {
		return 0, "", false
	}
	return n, folded[i:], true
}

// unitOf returns one of the unit, months for years.
func unitOf(folded string) (length, bool) {
	switch folded {
	case "mois", "moi", "month", "months", "m", "mo", "mth", "mths":
		return length{months: 1}, true
	case "an", "ans", "annee", "annees", "year", "years", "yr", "yrs", "a", "y":
		return length{months: 12}, true
	case "trimestre", "trimestres", "quarter", "quarters":
		return length{months: 3}, true
	case "semestre", "semestres":
		return length{months: 6}, true
	case "semaine", "semaines", "sem", "week", "weeks", "wk", "wks":
		return length{weeks: 1}, true
	case "jour", "jours", "j", "jrs", "jr", "day", "days", "d":
		return length{days: 1}, true
	}
	return length{}, false
}

// lengthAt reads a length that begins with the first word: "3 mois", "60j", "trois (3) mois", "un an et demi" is left to bot/when.
func lengthAt(words []text.Word) (l length, taken int) {
	if len(words) == 0 {
		return length{}, 0
	}
	n, rest, ok := count(words[0].Folded)
	if !ok {
		return length{}, 0
	}
	taken = 1
	if rest == "" {
		// "quatre-vingt-dix jours"
		if n == 4 && len(words) > 3 && words[1].Stem == "vingt" && words[2].Folded == "dix" {
			n, taken = 90, 3
		}
		if taken < len(words) && words[taken].Folded != "an" { // "trois (3) mois", but not "1 an"
			if same, none, ok := count(words[taken].Folded); ok && none == "" && same == n {
				taken++
			}
		}
		// "3 full months", "60 calendar days": one word may stand between.
		for range 2 {
			if taken == len(words) {
				return length{}, 0
			}
			rest = words[taken].Folded
			taken++
			if _, ok := unitOf(rest); ok || !calendarWord(rest) {
				break
			}
		}
	}
	unit, ok := unitOf(rest)
	if !ok || n > mostUnits {
		return length{}, 0
	}
	return length{unit.months * n, unit.weeks * n, unit.days * n}, taken
}

func calendarWord(folded string) bool {
	return folded == "calendar" || folded == "full" || folded == "clear" || folded == "whole" || folded == "calendaires"
}

// parted says whether a sign between two neighbouring words ends what is said: "préavis ? 3 mois" are two things.
func parted(s string, a, b text.Word, signs string) bool {
	return strings.ContainsAny(s[a.End:b.Start], signs)
}
