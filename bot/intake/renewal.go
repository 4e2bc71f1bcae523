package intake

import (
	"strings"

	"sdcbot/bot/contract"
	"sdcbot/bot/text"
)

// Renewed says what happens at the end of a contract, as far as it was said.
type Renewed struct {
	Renewal contract.Renewal
	Months  int  // length of one renewal, 0: not said
	Max     *int // how many there may be, nil: not said
}

// renewalWords say which renewal it is; the empty one that there is one, without saying which.
var renewalWords = func() (p text.Phrases[contract.Renewal]) {
	for renewal, phrases := range map[contract.Renewal][]string{
		contract.None: {
			"non reconductible*", "pas reconductible*", "non renouvelable*", "pas renouvelable*", "sans reconduction", "pas de reconduction", "aucune reconduction", "sans renouvellement", "pas de renouvellement", "aucun renouvellement", "sans tacite reconduction",
			"pas de tacite reconduction", "pas tacitement", "renouvel* pas", "renouvel* plus", "recond* pas", "recond* plus", "renouvel* rien", "pas le renouvel*", "pas la renouvel*", "pas les renouvel*", "pas le recond*", "pas la recond*", "pas les recond*", "pas à renouvel*", "ne le renouvel* pas", "ne la renouvel* pas", "ne les renouvel* pas", "pas renouvel*", "ne recond* pas", "ne le recond* pas", "ne sera pas recond*", "ne sera pas renouvel*", "ne seront pas renouvel*",
			"ni recondu*", "ni reconduct*", "ni renouvel*", "ni tacite*", "pas recondu*", "non renouvel*", "non recondu*", "ne veut pas renouvel*", "ne souhaite pas renouvel*", "ne va pas renouvel*", "ne va pas recond*", "ne pas renouvel*", "ne pas recond*", "plus reconductible*", "plus de reconduction", "plus aucune reconduction", "reconductions épuisées", "reconduction aucune", "reconduction non",
			"won t renew", "wont renew", "will not renew", "not renew*", "not be renew*", "no renewal*", "non renewable", "nonrenewable", "without renewal", "no extension*", "not to renew", "not extend*", "no option to renew", "no auto renewal", "not renewable", "don t renew", "aren t renewing", "are not renewing", "isn t renew*", "no further renewal*", "non renewing", "no rollover",
		},
		contract.Tacit: {
			"tacite", "tac", "tacitement", "tacites", "tacit", "tacitly", "reconduction automatique", "reconductions automatiques", "renouvellement automatique", "automatiquement recondu*", "automatiquement renouvel*", "reconduit automatiquement", "reconduit* d'office", "renouvel* d'office", "d'office recondu*", "d'office renouvel*", "sauf dénonciation", "se reconduit", "se renouvelle tout seul", "se renouvelle toute seule", "se renouvelle automatiquement", "se renouvelle tacitement", "reconduit tout seul", "repart tout seul", "repart automatiquement", "repart pour _ an", "repart pour _ ans", "renouvelle automatiquement", "renouvelé automatiquement", "reconduite automatiquement",
			"auto renewal", "auto renew*", "autorenew*", "automatic renewal*", "automatically renew*", "renews automatically", "renew automatically", "renewed automatically", "rolls over", "roll over", "rolling", "evergreen", "renewal automatic", "renews by itself", "renews itself", "reconduction tacitte", "reconduction auto", "renouvellement auto",
		},
		contract.Express: {
			"expresse", "expresses", "expressément", "expressement", "reconduction express", "renouvellement express", "reconduction sur décision", "reconduction explicite", "renouvellement explicite", "express renewal*", "renewal by express", "renewal express", "explicit renewal", "renewal on request", "renewal by decision", "express option",
			"renewal upon", "expressly renew*", "expressly",
		},
		"": {"reconductible*", "reconduction", "renouvelable*", "renewable", "renewals", "renewal", "option to extend", "reconductions"},
	} {
		for _, phrase := range phrases {
			p.Add(phrase, renewal)
		}
	}
	return p
}()

// renewalReach is how many words around "tacite" may say how long and how often.
const renewalReach = 8

// readRenewal returns what the words say of a renewal, and where.
func readRenewal(s string, words []text.Word) (Renewed, span) {
	var found Renewed
	var at span
	for i := 0; i < len(words); i++ {
		renewal, n := renewalWords.Longest(words[i:])
		if n == 0 {
			continue
		}
		if renewal == contract.None {
			return Renewed{Renewal: contract.None}, span{i, i + n} // that there is none decides over all
		}
		if found.Renewal == "" {
			found.Renewal = renewal
			months, times, end := renewalDetails(s, words, i+n)
			if months > 0 {
				found.Months = months
			}
			if times != nil {
				found.Max = times
			}
			at = span{i, max(i+n, end)}
		}
		i += n - 1
	}
	if found.Renewal == "" && found.Max != nil && *found.Max > 0 {
		// Article R2112-4 of the public procurement code: a renewal that the contract provides for is tacit unless it says otherwise.
		found.Renewal = contract.Tacit
	}
	if found.Renewal == "" {
		return Renewed{}, span{}
	}
	return found, at
}

// renewalDetails reads "1 an", "2 fois 1 an", "x2", "d'un an, 3 fois", "up to 2 times" among the words from i on.
func renewalDetails(s string, words []text.Word, i int) (months int, times *int, end int) {
	for k := i; k < len(words) && k < i+renewalReach; k++ {
		if k > 0 && parted(s, words[k-1], words[k], ";.!?\n") {
			break
		}
		w := words[k].Folded
		switch w {
		case "preavis", "notice", "echeance", "dans", "jusqu", "until", "fin", "sur", "avant", "before", "montant", "denonciation":
			return months, times, end
		case "annuelle", "annuel", "annuelles", "yearly", "annual":
			months, end = 12, k+1
			continue
		case "a":
			continue
		case "twice":
			two := 2
			times, end = &two, k+1
			continue
		case "once":
			one := 1
			times, end = &one, k+1
			continue
		case "an", "year":
			continue
		}
		if head, tail, found := strings.Cut(w, "x"); found { // "x2", "2x", "2x1"
			if n, rest, ok := count(head); ok && rest == "" {
				times, end = &n, k+1
				if one, rest, ok := count(tail); ok && rest == "" && k+1 < len(words) {
					if unit, ok := unitOf(words[k+1].Folded); ok && unit.months > 0 {
						months, end = one*unit.months, k+2
						k++
					}
				}
				continue
			}
			if n, rest, ok := count(tail); ok && head == "" && rest == "" {
				times, end = &n, k+1
				continue
			}
		}
		n, rest, ok := count(w)
		if !ok {
			continue
		}
		if rest == "" && k+1 < len(words) {
			switch words[k+1].Stem {
			case "foi", "x", "time", "reconduction", "renewal", "extension", "periode", "period":
				times, end = &n, k+2
				k++
				continue
			}
			if strings.Contains(s[words[k].End:words[k+1].Start], "×") {
				times, end = &n, k+1
				continue
			}
		}
		if l, taken := lengthAt(words[k:]); taken > 0 {
			if m, ok := l.inMonths(); ok {
				months, end = m, k+taken
			}
			k += taken - 1
			continue
		}
		if k > 0 && (words[k-1].Folded == "x" || strings.Contains(s[words[k-1].End:words[k].Start], "×") || strings.Contains(s[words[k-1].End:words[k].Start], "*")) {
			times, end = &n, k+1
			continue
		}
	}
	return months, times, end
}

// ParseRenewal reads the renewal field of a form: "tacite", "tacite 1 an x2", "expresse", "aucune", "tacit". An empty field says nothing and is no
// error. Errors are *FieldError.
func ParseRenewal(field string) (Renewed, error) {
	words := text.Words(field)
	if strings.TrimSpace(field) == "" {
		return Renewed{}, nil
	}
	if found, _ := readRenewal(field, words); found.Renewal != "" {
		return found, nil
	}
	for i, w := range words {
		var renewal contract.Renewal
		switch w.Stem {
		case "aucune", "aucun", "non", "no", "none", "neant", "san", "without", "0":
			return Renewed{Renewal: contract.None}, nil
		case "tacite", "tacit", "auto", "automatique", "automatic", "oui", "yes":
			renewal = contract.Tacit
		case "expresse", "expres", "express", "explicit", "explicite":
			renewal = contract.Express
		default:
			continue
		}
		months, times, _ := renewalDetails(field, words, i+1)
		return Renewed{renewal, months, times}, nil
	}
	return Renewed{}, &FieldError{NotARenewal, strings.TrimSpace(field)}
}
