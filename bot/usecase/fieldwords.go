package usecase

import (
	"strings"

	"sdcbot/bot/text"
	"sdcbot/bot/when"
)

// fieldsIn finds the fields that a line of words sets, by the words that name them in either language.
func (t *Turn) fieldsIn(words string) map[string]string {
	values := map[string]string{}
	key, rest := "", []string{}
	flush := func() {
		if key != "" {
			values[key] = strings.Trim(strings.Join(rest, " "), " ,;:")
		}
		rest = nil
	}
	for _, word := range strings.Fields(words) {
		named, keep := fieldNamed(word)
		if named == "" || named == key && len(rest) == 0 {
			rest = append(rest, word)
			continue
		}
		flush()
		key = named
		if keep {
			rest = append(rest, word)
		}
	}
	flush()
	if len(values) == 0 && words != "" {
		if _, ok := when.Target(words, t.today()); ok {
			values["date"] = words
		} else if _, ok := when.Impossible(words); ok {
			values["date"] = words
		}
	}
	return values
}

// fieldNamed tells which field a word names, and whether the word is part of the value too ("tacite").
func fieldNamed(word string) (key string, keep bool) {
	named, ok := fieldWords[strings.Trim(text.Fold(word), ":=,;")]
	if !ok {
		return "", false
	}
	return named.key, named.keep
}

type fieldWord struct {
	key  string
	keep bool
}

// fieldWords are the words that name a field in a line, in either language.
var fieldWords = map[string]fieldWord{
	"nature": {"kind", false}, "kind": {"kind", false},
	"famille": {"family", false}, "family": {"family", false},
	"fournisseur": {"supplier", false}, "supplier": {"supplier", false}, "editeur": {"supplier", false}, "titulaire": {"supplier", false},
	"objet": {"object", false}, "object": {"object", false},
	"fin": {"date", false}, "echeance": {"date", false}, "terme": {"date", false}, "date": {"date", false}, "end": {"date", false}, "term": {"date", false}, "ends": {"date", false},
	"montant": {"amount", false}, "amount": {"amount", false}, "prix": {"amount", false},
	"preavis": {"notice", false}, "notice": {"notice", false},
	"reconduction": {"renewal", false}, "renewal": {"renewal", false}, "tacite": {"renewal", true}, "tacit": {"renewal", true},
	"expresse": {"renewal", true}, "express": {"renewal", true},
	"reconductions": {"max_renewals", false}, "renewals": {"max_renewals", false}, "max_renewals": {"max_renewals", false},
}
