package family

import (
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

// dictionary is terms.yaml and products.csv, ready to search.
type dictionary struct {
	phrases text.Phrases[*meaning]
	words   []string // every folded word of a term or product
}

var known = sync.OnceValue(func() *dictionary {
	d := &dictionary{}
	said := map[string]*meaning{}
	d.addTerms(said)
	d.addProducts(said)
	nameProducts(said)
	seen := map[string]bool{}
	for phrase, m := range said {
		d.phrases.Add(phrase, m)
		for _, w := range text.Words(phrase) {
			if !seen[w.Folded] {
				seen[w.Folded] = true
				d.words = append(d.words, w.Folded)
			}
		}
	}
	return d
})

func (d *dictionary) addTerms(said map[string]*meaning) {
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

func (d *dictionary) addProducts(said map[string]*meaning) {
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

// Vocabulary returns every folded word that the dictionary knows, so that who reads a text may mend its typing errors first.
func Vocabulary() []string { return known().words }
