package money

import (
	"strings"
	"unicode/utf8"

	"sdcbot/bot/text"
)

// after are the words that may follow a sum and what they say of it.
var after = func() (p text.Phrases[Period]) {
	for period, phrases := range map[Period][]string{
		Yearly: {
			"an", "/an", "par an", "annuel*", "l'an", "l'année", "par année", "chaque année", "a year", "per year", "year", "yr", "per yr", "yearly",
			"annual*", "per annum", "pa", "p.a.", "par exercice", "each year", "every year", "de coût annuel", "de loyer annuel", "en annuel",
		},
		Monthly: {"mois", "par mois", "mensuel*", "le mois", "chaque mois", "a month", "per month", "month", "monthly", "mo", "each month", "every month", "de loyer mensuel"},
		quarter: {"par trimestre", "trimestre", "trimestriel*", "a quarter", "per quarter", "quarterly"},
		Total: {
			"au total", "maxi au total", "max au total", "maximum au total", "plafond au total", "total", "en tout", "in total", "sur la durée*", "sur la période", "all in", "overall", "toutes années confondues", "tout compris sur",
			"pour la durée", "en une fois", "one off", "one-off", "sur tout le marché", "sur toute la durée", "over the term", "over the life",
		},
		perUnit: {
			"par page", "page", "la page", "la copie", "par poste", "poste", "par utilisateur", "utilisateur", "user", "per user", "a user", "par logement", "logement",
			"per seat", "seat", "par agent", "agent", "pièce", "unité", "par ligne", "ligne", "par licence", "licence", "l'unité", "la pièce", "per page", "a page", "chacun", "each",
			"per device", "par compte", "compte", "le poste", "le toner", "l'envoi", "le pli", "par pli", "par jour", "jour", "a day", "per day", "day", "par heure", "heure",
			"jh", "par jh", "j", "du jour", "le jour",
		},
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
var between = map[string]bool{
	"ht": true, "htva": true, "ttc": true, "hors": true, "taxe": true, "tva": true, "excl": true, "excluding": true, "ex": true, "vat": true,
	"environ": true, "env": true, "soit": true, "before": true, "tax": true, "net": true,
}

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
