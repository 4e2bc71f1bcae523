package money

import (
	"math"
	"strings"
)

// Found is an amount in a text.
type Found struct {
	Amount
	Start, End int  // where it stands in the text, in bytes, its period included
	PeriodSaid bool // false: the year is only supposed
	TooLarge   bool // above Max: somebody mistyped. The Amount is then empty.
}

// Find returns the amount that a text says: a number with a currency ("24 k€/an", "€21k per year", "1,2 M€ sur 4 ans"), or with a k or
// an M where the words around it speak of money ("budget 30k", "24k/an"). Where there are several, one with a period comes before one
// without, then the first. A price per page, per user or per dwelling is no amount of a contract. An amount whose period is not said is
// taken for a year when it stands alone, since that is how DSIs speak of contracts.
func Find(s string) (Found, bool) {
	var first Found
	ok := false
	for at := 0; at < len(s); {
		n, found := scanNumber(s, at)
		if !found {
			break
		}
		at = n.end
		f, isAmount, sure := n.amount(s)
		if !isAmount {
			continue
		}
		at = max(at, f.End)
		if sure || f.TooLarge {
			return f, true
		}
		if !ok {
			first, ok = f, true
		}
	}
	return first, ok
}

// amount says whether the number is an amount in its surroundings, which one, and whether its period was said.
func (n number) amount(s string) (f Found, ok, sure bool) {
	start, end := n.start, n.end
	currency := false
	if before, found := currencyBefore(s, start); found {
		start, currency = before, true
	}
	factor, afterFactor := factorAt(s, end)
	end = afterFactor
	if after, found := currencyAt(s, end); found {
		end, currency = after, true
		if factor == 1 { // "24 €k"
			if more, beyond := factorAt(s, end); more > 1 {
				factor, end = more, beyond
			}
		}
	}
	if !currency && factor == 1 {
		return Found{}, false, false
	}
	period, end, unit := periodAfter(s, end)
	if unit {
		return Found{}, false, false
	}
	if period == "" {
		period = periodBefore(s, start)
	}
	if !currency && period == "" && !moneyBefore(s, start) {
		return Found{}, false, false
	}
	f = Found{Start: start, End: end}
	if cents := math.Round(n.value * factor * 100); cents > Max || period == quarter && 4*cents > Max {
		f.TooLarge = true
		return f, true, true
	} else if cents <= 0 {
		return Found{}, false, false
	} else {
		f.Amount, f.PeriodSaid = inPeriod(int64(cents), period), period != ""
	}
	return f, true, period != ""
}

// quarter is said but not held: it becomes a year.
const quarter Period = "quarter"

func inPeriod(cents int64, p Period) Amount {
	switch p {
	case "":
		return Amount{cents, Yearly}
	case quarter:
		return Amount{cents * 4, Yearly}
	}
	return Amount{cents, p}
}

// factors multiply the number before them. The longest comes first.
var factors = []struct {
	sign  string
	times float64
}{
	{"milliards", 1e9},
	{"milliard", 1e9},
	{"billion", 1e9},
	{"mds", 1e9},
	{"md", 1e9},
	{"millions", 1e6},
	{"million", 1e6},
	{"mio", 1e6},
	{"mille", 1e3},
	{"kilos", 1e3},
	{"kilo", 1e3},
	{"thousand", 1e3},
	{"grand", 1e3},
	{"k", 1e3},
	{"m", 1e6},
	{"bn", 1e9},
}

func factorAt(s string, i int) (times float64, end int) {
	at := skipSpace(s, i)
	for _, f := range factors {
		if n := len(f.sign); at+n <= len(s) && strings.EqualFold(s[at:at+n], f.sign) {
			end = at + n
			// "k€", "keuros", "K EUR" are factors, the k of "km" and the m of "mois" are not.
			if !letterAt(s, end) {
				return f.times, end
			}
			if _, currency := currencyAt(s, end); currency {
				return f.times, end
			}
		}
	}
	return 1, i
}

// currencies end an amount; "e" only touches the number or its k ("24ke"), since alone it is an ordinal's ("2e étage").
var currencies = []string{"€", "euros", "euro", "eur", "€uros", "eu"}

func currencyAt(s string, i int) (end int, ok bool) {
	at := skipSpace(s, i)
	for _, linking := range []string{"d'", "d’", "of "} {
		if strings.HasPrefix(s[at:], linking) {
			at += len(linking)
		}
	}
	for _, c := range currencies {
		if n := len(c); at+n <= len(s) && strings.EqualFold(s[at:at+n], c) {
			if end = at + n; !letterAt(s, end) || c == "€" {
				return end, true
			}
		}
	}
	if i > 0 && (s[i-1] == 'k' || s[i-1] == 'K') && i < len(s) && (s[i] == 'e' || s[i] == 'E') && !letterAt(s, i+1) {
		return i + 1, true
	}
	return i, false
}

func currencyBefore(s string, i int) (start int, ok bool) {
	before := strings.TrimRight(s[:i], " \u00a0\u202f")
	if strings.HasSuffix(before, "€") {
		// "12 € 30 postes": a sign after a number is that number's.
		head := strings.TrimRight(strings.TrimSuffix(before, "€"), " ")
		if head != "" && (digit(head, len(head)-1) || strings.HasSuffix(strings.ToLower(head), "k")) {
			return i, false
		}
		return len(before) - len("€"), true
	}
	if n := len(before); n >= 3 && strings.EqualFold(before[n-3:], "eur") && !letterBefore(before, n-3) && !digit(before, n-4) {
		return n - 3, true
	}
	return i, false
}
