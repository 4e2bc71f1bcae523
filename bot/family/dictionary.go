package family

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"sdcbot/bot/text"
)

// How much one phrase says of a family. A term says it alone, a lead decides over the terms after it, a hint needs company. A
// product says what it is mostly bought for, less than a term since "licences VMware" and "serveurs VMware" are two purchases.
const (
	termWeight    = 1.0
	leadWeight    = 2.2
	hintWeight    = 0.3
	productWeight = 0.8
	// rankDecay is what a product's next likely family loses against the one before.
	rankDecay = 0.6
	// wordBonus is what each further word of a phrase adds: "sauvegarde externalisée" is surer than "sauvegarde".
	wordBonus = 0.15
)

// meaning is what one phrase of the dictionary says.
type meaning struct {
	scores  []Score
	product string // the name to write for the product that it is or holds
	term    bool   // it says more than a product's name does
	capital bool   // counts only with a capital
	lead    bool
	hint    bool
}

// Dictionary is the phrases that are known and what each means. It never changes, and many may read it at once: With derives another one.
type Dictionary struct {
	phrases text.Phrases[*meaning]
	said    map[string]*meaning // by text.Key
	words   map[string]bool     // every folded word of a phrase
	base    *Dictionary         // what it was derived from, nil for Known
}

// Known returns the dictionary that everyone has: terms.yaml and products.csv.
func Known() *Dictionary { return known() }

var known = sync.OnceValue(func() *Dictionary {
	said := map[string]*meaning{}
	addTerms(said)
	addProducts(said)
	nameProducts(said)
	return dictionaryOf(said, nil)
})

func dictionaryOf(said map[string]*meaning, base *Dictionary) *Dictionary {
	d := &Dictionary{said: said, words: make(map[string]bool, len(said)), base: base}
	for phrase, m := range said {
		d.phrases.Add(phrase, m)
		for _, w := range text.Words(phrase) {
			d.words[w.Folded] = true
		}
	}
	return d
}

// longest returns the longest phrase that begins with the first of words; of two as long, the one that was added later.
func (d *Dictionary) longest(words []text.Word) (m *meaning, taken int) {
	for ; d != nil; d = d.base {
		if found, n := d.phrases.Longest(words); n > taken {
			m, taken = found, n
		}
	}
	return m, taken
}

// meaningOf returns what the phrase itself means.
func (d *Dictionary) meaningOf(phrase string) (*meaning, bool) {
	for key := text.Key(phrase); d != nil; d = d.base {
		if m, ok := d.said[key]; ok {
			return m, true
		}
	}
	return nil, false
}

// has says whether a folded word is part of a phrase.
func (d *Dictionary) has(folded string) bool {
	for ; d != nil; d = d.base {
		if d.words[folded] {
			return true
		}
	}
	return false
}

func addTerms(said map[string]*meaning) {
	raw, err := files.ReadFile("terms.yaml")
	if err != nil {
		panic(err)
	}
	var byFamily map[Code]struct{ Terms, Leads, Hints string }
	if err := yaml.Unmarshal(raw, &byFamily); err != nil {
		panic(err)
	}
	for _, f := range append(All(), Family{Code: "nothing"}) {
		words := byFamily[f.Code]
		add := func(list string, weight float64, kind meaning) {
			for phrase := range strings.SplitSeq(list, ",") {
				phrase = strings.TrimSpace(phrase)
				if phrase == "" {
					continue
				}
				m := said[text.Key(phrase)]
				if m == nil {
					m = &meaning{term: true, lead: kind.lead, hint: kind.hint}
					said[text.Key(phrase)] = m
				}
				m.hint = m.hint && kind.hint
				m.lead = m.lead || kind.lead
				// "photocopieur, photocopieurs" are written both for the reader; they are one phrase here.
				if f.Code != "nothing" && !slices.ContainsFunc(m.scores, func(s Score) bool { return s.Code == f.Code }) {
					m.scores = append(m.scores, Score{f.Code, weight + wordBonus*float64(strings.Count(phrase, " "))})
				}
			}
		}
		add(words.Leads, leadWeight, meaning{lead: true})
		add(words.Terms, termWeight, meaning{})
		add(words.Hints, hintWeight, meaning{hint: true})
	}
}

func addProducts(said map[string]*meaning) {
	for _, row := range rows("products.csv") {
		name, codes, also := row[0], strings.Fields(row[1]), row[2]
		m := &meaning{product: name, capital: row[3] == "capital"}
		weight := productWeight
		for _, code := range codes {
			m.scores = append(m.scores, Score{Code(code), weight})
			weight *= rankDecay
		}
		for _, writing := range append(strings.Split(also, "|"), name) {
			if k := text.Key(writing); k != "" && said[k] == nil {
				said[k] = m
			}
		}
	}
}

// nameProducts lets the terms that hold a product's name name it: "licences Microsoft".
func nameProducts(said map[string]*meaning) {
	for phrase, m := range said {
		if !m.term {
			continue
		}
		for word := range strings.FieldsSeq(phrase) {
			if p := said[word]; p != nil && !p.term && !p.capital && word != phrase {
				m.product = p.product
			}
		}
	}
}

// spelling is built when the first word has to be mended here: who reads whole texts mends them with a wider vocabulary of his own.
var spelling = sync.OnceValue(func() *text.Near {
	n := &text.Near{}
	for _, w := range Vocabulary() {
		n.Add(w)
	}
	return n
})

// Added returns every folded word of the phrases that the dictionary has beyond everyone's, sorted; for everyone's own, none.
func (d *Dictionary) Added() []string {
	added := map[string]bool{}
	for ; d.base != nil; d = d.base {
		maps.Copy(added, d.words)
	}
	return slices.Sorted(maps.Keys(added))
}

// Vocabulary returns every folded word that everyone's dictionary knows, so that who reads a text may mend its typing errors first.
func Vocabulary() []string { return slices.Sorted(maps.Keys(known().words)) }
