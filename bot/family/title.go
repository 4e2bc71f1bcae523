package family

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"sdcbot/bot/text"
)

// mostTitle is how many bytes of a title are read.
const mostTitle = 1000

// mostWords is how many phrases of a title are named for its family.
const mostWords = 3

// TitleReading is what the title of a contract says.
type TitleReading struct {
	Families []Score  // best first, five at most; none for a title without a word
	Words    []string // what said the first of them, as it is written in the title, strongest first; none when only the lack of such words said it
}

// OfTitle says which families the title of a public contract speaks of: in capitals, cut, full of codes. A title is read otherwise than what
// people say in a chat: the dictionary's answer is one trait among the title's words, and what each trait counts was learnt from titles of
// which the family is known. See weights.go.
func OfTitle(title string) TitleReading { return known().OfTitle(title) }

// OfTitle is the package's OfTitle with this dictionary.
func (d *Dictionary) OfTitle(title string) TitleReading {
	t := d.readTitle(title)
	if len(t.words) == 0 {
		return TitleReading{}
	}
	traits := t.traits()
	sums := learnt().sum(traits)
	r := TitleReading{Families: make([]Score, 0, len(sums))}
	for i, share := range likely(sums) {
		r.Families = append(r.Families, Score{families().all[i].Code, share})
	}
	slices.SortStableFunc(r.Families, func(a, b Score) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	best := families().at[r.Families[0].Code]
	r.Families = r.Families[:mostFamilies]
	for i := range r.Families {
		r.Families[i].Score = math.Round(r.Families[i].Score*1000) / 1000
	}
	r.Words = t.said(traits, best)
	return r
}

// title is a contract's title while it is read.
type title struct {
	s     string
	words []text.Word // abbreviations written out, typing errors put right
	hits  []Hit
	share []Score // what Weigh makes of the hits
}

// boilerplate are the words that come before the thing bought, and are not counted among the first words of a title.
var boilerplate = wordSet(`accord cadre accords-cadres marché marchés public publics lot lots numéro consultation relance objet présent
	présente concerne portant relatif relative avenant ms ac mapa subséquent bons commande commandes`)

// fillers are the words that say nothing of what is bought.
var fillers = wordSet(`de la le les l d des du un une et ou à a au aux en sur par pour dans dont avec sans son sa ses leur leurs ce cette n no s y
	est of the and for`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range text.Words(list) {
		set[w.Folded] = true
	}
	return set
}

// leadReach is before which word of a title a lead has to stand: "formation" far back, after "fourniture, pose,", is an extra of what is bought.
const leadReach = 5

// introducers come before a product's name, so that it counts although the whole title is in capitals.
var introducers = wordSet("logiciel logiciels progiciel progiciels solution solutions marque application applications licence licences société outil suite module modules système éditeur")

func (d *Dictionary) readTitle(raw string) *title {
	t := &title{s: cleanTitle(raw)}
	typed := text.Words(t.s)
	t.words = d.mend(writeOut(typed))
	shouted := !strings.ContainsFunc(t.s, unicode.IsLower)
	at := t.placesOf()
	for _, h := range d.Find(t.s, t.words) {
		if h.capital && shouted && !(h.From > 0 && introducers[t.words[h.From-1].Folded]) {
			continue
		}
		if h.Lead && at[h.From] >= leadReach {
			h.Lead, h.scores = false, slices.Clone(h.scores)
			for i := range h.scores {
				h.scores[i].Score = hintWeight
			}
		}
		t.hits = append(t.hits, h)
	}
	t.share = Weigh(t.hits)
	return t
}

// placesOf returns for each word of the title how many words that say something stand before it.
func (t *title) placesOf() []int {
	places := make([]int, len(t.words))
	place := 0
	for i, w := range t.words {
		places[i] = place
		if !fillers[w.Folded] && !boilerplate[w.Folded] && !coded(w) {
			place++
		}
	}
	return places
}

// cleanTitle bounds a title, and takes out what a wrong encoding left in the middle of its words.
func cleanTitle(raw string) string {
	if len(raw) > mostTitle {
		raw = raw[:mostTitle]
	}
	s := strings.ToValidUTF8(raw, "")
	if strings.ContainsRune(s, '\uFFFD') {
		s = strings.ReplaceAll(s, "\uFFFD", "")
	}
	return s
}

// writeOut returns words with their abbreviations written out.
func writeOut(words []text.Word) []text.Word {
	whole := abbreviations()
	out := slices.Clone(words)
	for i, w := range out {
		if word, ok := whole[w.Folded]; ok {
			out[i].Folded, out[i].Stem = word, text.Stem(word)
		}
	}
	return out
}

var abbreviations = sync.OnceValue(func() map[string]string {
	whole := map[string]string{}
	for _, row := range rows("abbreviations.csv") {
		whole[row[0]] = text.Fold(row[1])
	}
	return whole
})

// said returns the phrases of the title that spoke most for the family in that column.
func (t *title) said(traits []trait, column int) []string {
	type phrase struct {
		from, to int
		says     float64
	}
	// A phrase of the dictionary is quoted whole, any other word alone.
	var phrases []phrase
	code := families().all[column].Code
	for i := 0; i < len(t.words); {
		p := phrase{from: i, to: i + 1}
		for _, h := range t.hits {
			if h.From == i {
				// What the dictionary says of the phrase counts in the title's whole too, where no single phrase gets its due.
				p.to, p.says = h.To, h.Says(code)
			}
		}
		phrases = append(phrases, p)
		i = p.to
	}
	for _, tr := range traits {
		if tr.from == tr.to {
			continue
		}
		says := learnt().says(tr, column)
		for i, p := range phrases {
			if over := min(p.to, tr.to) - max(p.from, tr.from); over > 0 {
				phrases[i].says += says * float64(over) / float64(tr.to-tr.from)
			}
		}
	}
	slices.SortStableFunc(phrases, func(a, b phrase) int {
		switch {
		case a.says > b.says:
			return -1
		case a.says < b.says:
			return 1
		}
		return 0
	})
	var said []string
	for _, p := range phrases {
		// What says less than a third of what the strongest phrase says is not worth naming.
		if len(said) < mostWords && p.says > leastSaid && p.says > phrases[0].says/3 {
			said = append(said, t.s[t.words[p.from].Start:t.words[p.to-1].End])
		}
	}
	return said
}

// leastSaid is what a phrase has to say for a family, over the others, to be named.
const leastSaid = 0.3
