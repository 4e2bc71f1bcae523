package intake

import (
	"embed"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"sdcbot/bot/family"
	"sdcbot/bot/text"
)

// ordinary.txt holds words that look like mistyped ones of the dictionaries and are not ("maintenant" is no "maintenance").
//
//go:embed cues.yaml ordinary.txt weights.csv
var files embed.FS

// weights are what the sections of cues.yaml count.
var weights = map[string]float64{"certain": 4.5, "strong": 2, "plain": 0.8, "weak": 0.3}

// knowledge is what a reader knows before reading.
type knowledge struct {
	cues     text.Phrases[*weight]
	near     text.Near
	ordinary map[string]bool
}

var known = sync.OnceValue(readKnowledge)

func readKnowledge() *knowledge {
	raw, err := files.ReadFile("cues.yaml")
	if err != nil {
		panic(err)
	}
	var sectionsOf map[Kind]map[string]string
	if err := yaml.Unmarshal(raw, &sectionsOf); err != nil {
		panic(err)
	}
	k := &knowledge{}
	all := map[string]*weight{}
	for column, kind := range kinds {
		sections := sectionsOf[kind]
		for section, list := range sections {
			for phrase := range strings.SplitSeq(list, ",") {
				phrase = strings.TrimSpace(phrase)
				if phrase == "" {
					continue
				}
				c := all[text.Key(phrase)]
				if c == nil {
					c = &weight{}
					all[text.Key(phrase)] = c
					k.cues.Add(phrase, c)
					for _, w := range text.Words(phrase) {
						k.near.Add(w.Folded)
					}
				}
				c[column] = max(c[column], weights[section])
			}
		}
	}
	for _, word := range family.Vocabulary() {
		k.near.Add(word)
	}
	ordinary, err := files.ReadFile("ordinary.txt")
	if err != nil {
		panic(err)
	}
	k.ordinary = map[string]bool{}
	for word := range strings.FieldsSeq(string(ordinary)) {
		k.ordinary[word] = true
	}
	return k
}

// knows says whether a word is spelt well: one of the dictionaries, or an ordinary one that looks like a mistyped one of theirs.
func (k *knowledge) knows(w text.Word) bool {
	return k.near.Knows(w.Folded) || k.near.Knows(w.Stem) || k.ordinary[w.Folded] || k.ordinary[w.Stem]
}

// mend returns words with the typing errors in words that it knows put right.
func (k *knowledge) mend(words []text.Word) []text.Word {
	mended := make([]text.Word, len(words))
	copy(mended, words)
	for i, w := range mended {
		if k.knows(w) {
			continue
		}
		correct, ok := k.near.Find(w.Folded)
		if !ok {
			correct, ok = k.near.Find(strings.ReplaceAll(w.Folded, "f", "ph")) // as it sounds: "fotocopieurs", "telefonie"
		}
		if ok {
			mended[i].Folded, mended[i].Stem = correct, text.Stem(correct)
		}
	}
	return mended
}
