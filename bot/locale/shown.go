package locale

import (
	"strconv"
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
)

// Date shows a day: 23/05/2027, and 23 May 2027 in English, where 23/05 could be misread.
func Date(d calendar.Day, lang Lang) string {
	if d.IsZero() {
		return T("date.none").In(lang)
	}
	if lang == English {
		return d.At(12, 0, utc).Format("2 January 2006")
	}
	return d.At(12, 0, utc).Format("02/01/2006")
}

// Amount shows a sum and its period: 24 000 € par an, €24,000 a year.
func Amount(a money.Amount, lang Lang) string {
	if a.IsZero() {
		return T("amount.none").In(lang)
	}
	sum := T("amount.sum", "sum", grouped(a.Cents/100, lang)+decimals(a.Cents%100, lang)).In(lang)
	return T("amount."+string(a.Period), "sum", sum).In(lang)
}

// Band shows a bracket of yearly euros: entre 15 000 et 40 000 € par an.
func Band(b money.Band, lang Lang) string {
	from, below := grouped(b.From, lang), grouped(b.Below, lang)
	switch {
	case b.IsZero():
		return T("amount.none").In(lang)
	case b.Below == 0:
		return T("band.above", "from", from).In(lang)
	case b.From == 0:
		return T("band.below", "below", below).In(lang)
	}
	return T("band.between", "from", from, "below", below).In(lang)
}

// Family shows the label of a family of purchase.
func Family(code family.Code, lang Lang) string {
	if code == "" {
		return T("family.none").In(lang)
	}
	return family.Label(code, string(lang))
}

// grouped writes thousands apart, with the no-break space of French or the comma of English.
func grouped(n int64, lang Lang) string {
	separator := "\u202f"
	if lang == English {
		separator = ","
	}
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(separator)
		}
		b.WriteRune(d)
	}
	return b.String()
}

func decimals(cents int64, lang Lang) string {
	if cents == 0 {
		return ""
	}
	mark := ","
	if lang == English {
		mark = "."
	}
	return mark + strconv.FormatInt(cents/10, 10) + strconv.FormatInt(cents%10, 10)
}

var utc = time.UTC
