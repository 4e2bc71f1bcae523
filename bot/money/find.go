package money

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"sdcbot/bot/text"
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

// factors multiply the number before them. The longest comes first.
var factors = []struct {
	sign  string
	times float64
}{
	{"milliards", 1e9}, {"milliard", 1e9}, {"billion", 1e9}, {"mds", 1e9}, {"md", 1e9},
	{"millions", 1e6}, {"million", 1e6}, {"mio", 1e6}, {"mille", 1e3}, {"kilos", 1e3}, {"kilo", 1e3}, {"thousand", 1e3}, {"grand", 1e3},
	{"k", 1e3}, {"m", 1e6}, {"bn", 1e9},
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

// after are the words that may follow a sum and what they say of it.
var after = func() (p text.Phrases[Period]) {
	for period, phrases := range map[Period][]string{
		Yearly: {"an", "/an", "par an", "annuel*", "l'an", "l'année", "par année", "chaque année", "a year", "per year", "year", "yr", "per yr", "yearly",
			"annual*", "per annum", "pa", "p.a.", "par exercice", "each year", "every year", "de coût annuel", "de loyer annuel", "en annuel"},
		Monthly: {"mois", "par mois", "mensuel*", "le mois", "chaque mois", "a month", "per month", "month", "monthly", "mo", "each month", "every month", "de loyer mensuel"},
		quarter: {"par trimestre", "trimestre", "trimestriel*", "a quarter", "per quarter", "quarterly"},
		Total: {"au total", "total", "en tout", "in total", "sur la durée*", "sur la période", "all in", "overall", "toutes années confondues", "tout compris sur",
			"pour la durée", "en une fois", "one off", "one-off", "sur tout le marché", "sur toute la durée", "over the term", "over the life"},
		perUnit: {"par page", "page", "la page", "la copie", "par poste", "poste", "par utilisateur", "utilisateur", "user", "per user", "a user", "par logement", "logement",
			"per seat", "seat", "par agent", "agent", "pièce", "unité", "par ligne", "ligne", "par licence", "licence", "l'unité", "la pièce", "per page", "a page", "chacun", "each",
			"per device", "par compte", "compte", "le poste", "le toner", "l'envoi", "le pli", "par pli", "par jour", "jour", "a day", "per day", "day", "par heure", "heure",
			"jh", "par jh", "j", "du jour", "le jour"},
	} {
		for _, phrase := range phrases {
			p.Add(phrase, period)
		}
	}
	return p
}()

// perUnit is a price, not an amount.
const perUnit Period = "unit"

// between may stand between a sum and its period.
var between = map[string]bool{"ht": true, "htva": true, "ttc": true, "hors": true, "taxe": true, "tva": true, "excl": true, "excluding": true, "ex": true, "vat": true,
	"environ": true, "env": true, "soit": true, "before": true, "tax": true, "net": true}

// periodAfter reads what follows a sum: its period, where that ends, and whether it makes a unit price of it.
func periodAfter(s string, i int) (period Period, end int, unit bool) {
	end = i
	rest := s[i:min(len(s), i+60)]
	for len(rest) > 0 && !utf8.ValidString(rest) { // cut in the middle of a rune
		rest = rest[:len(rest)-1]
	}
	// A new sentence or a list's next item speaks of something else.
	if stop := strings.IndexAny(rest, ".;,:\n+"); stop >= 0 && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(rest)), "p.a") {
		rest = rest[:stop]
	}
	words := text.Words(rest)
	for len(words) > 0 && between[words[0].Stem] {
		end = i + words[0].End
		words = words[1:]
	}
	if len(words) == 0 {
		return "", end, false
	}
	if p, n := after.Longest(words); n > 0 {
		if p == perUnit {
			return "", end, true
		}
		// "24 k€ / mois / poste"
		if more, m := after.Longest(words[n:]); m > 0 && more == perUnit {
			return "", end, true
		}
		return p, i + words[n-1].End, false
	}
	// "sur 4 ans", "over four years", "/ 3 ans", "pour 48 mois": a total.
	n := 0
	switch words[0].Folded {
	case "sur", "over", "pour", "for", "en", "across":
		n++
		if len(words) > 1 && (words[1].Folded == "les" || words[1].Folded == "the") {
			n++
		}
	}
	if n+1 < len(words) && countWord(words[n].Folded) {
		switch words[n+1].Stem {
		case "an", "annee", "moi", "year", "month", "yr", "exercice":
			return Total, i + words[n+1].End, false
		}
	}
	return "", end, false
}

func countWord(folded string) bool {
	switch folded {
	case "un", "deux", "trois", "quatre", "cinq", "six", "two", "three", "four", "five":
		return true
	}
	return digit(folded, 0) && len(folded) <= 2
}

// before looks at the few words that lead to a sum.
func before(s string, i int) []text.Word {
	head := s[max(0, i-40):i]
	if cut := strings.LastIndexAny(head, ";\n"); cut >= 0 {
		head = head[cut+1:]
	}
	for len(head) > 0 && !utf8.RuneStart(head[0]) {
		head = head[1:]
	}
	return text.Words(head)
}

// periodBefore reads "loyer mensuel de 3 000 €", "annual cost €24k", "1,2 M€" after "montant total".
func periodBefore(s string, i int) Period {
	words := before(s, i)
	for k := len(words) - 1; k >= 0 && k >= len(words)-4; k-- {
		switch words[k].Stem {
		case "annuel", "annuelle", "annuellement", "annual", "yearly", "annually":
			return Yearly
		case "mensuel", "mensuelle", "mensualite", "monthly", "mensuellement":
			return Monthly
		case "trimestriel", "trimestrielle", "quarterly":
			return quarter
		case "total", "totale", "global", "globale", "maximum", "overall":
			return Total
		}
	}
	return ""
}

// moneyBefore says whether the words before a bare "30k" speak of money.
func moneyBefore(s string, i int) bool {
	words := before(s, i)
	for k := len(words) - 1; k >= 0 && k >= len(words)-4; k-- {
		switch words[k].Stem {
		case "budget", "cout", "coute", "coutait", "montant", "loyer", "enveloppe", "facture", "paie", "payer", "paye", "payons", "cost", "costing", "price", "prix", "pay",
			"paying", "tarif", "spend", "worth", "estime", "estimation", "depense":
			return true
		}
	}
	return false
}
