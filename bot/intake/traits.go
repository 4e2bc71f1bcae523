package intake

import (
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sdcbot/bot/money"
)

// learnt is what the traits of labelled sentences were found to say. weights.csv is written by `go test ./bot/intake -run Learn -learn` from the
// lines in testdata; it is data like the dictionary, and may be read: "g:panne" speaks for Nothing.
var learnt = sync.OnceValue(func() map[string]weight {
	raw, err := files.ReadFile("weights.csv")
	if err != nil {
		panic(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
	if err != nil {
		panic(fmt.Errorf("weights.csv: %w", err))
	}
	weights := make(map[string]weight, len(rows))
	for _, row := range rows[1:] {
		var w weight
		for i := range w {
			if w[i], err = strconv.ParseFloat(row[i+1], 64); err != nil {
				panic(fmt.Errorf("weights.csv: %w", err))
			}
		}
		weights[row[0]] = w
	}
	return weights
})

// What the traits are worth when they are learnt and read.
const (
	pairWorth = 0.7
	// stemLength is how many letters of a word make a trait: "remplacer" and "remplacement" are one.
	stemLength = 6
	longText   = 15.0 // words
	mostLength = 2.0
	mostSaid   = 3.0 // by the rules
	// Beyond so many words a message tells more than its proposal.
	mostWords = 40
)

// traits calls use with every trait of the text and its worth: the stems of its words and of each two neighbours, with what is bought, names,
// dates, sums and numbers put as such, and the facts that were read. The trait is valid during the call only.
func (r *reading) traits(use func(trait []byte, worth float64)) {
	var buffer [64]byte
	say := func(trait string) { use(append(buffer[:0], trait...), 1) }
	before := "^"
	var stems [mostWords]string
	for i := range min(len(r.words), mostWords) {
		stem := r.sort(i)
		if stem == before && stem[0] <= 'Z' {
			continue // the words of one name
		}
		if !slices.Contains(stems[:i], stem) {
			use(append(append(buffer[:0], "w:"...), stem...), 1)
		}
		stems[i] = stem
		use(append(append(append(append(buffer[:0], "p:"...), before...), ' '), stem...), pairWorth)
		if before == "^" {
			use(append(append(buffer[:0], "first:"...), stem...), 1)
		}
		before = stem
	}
	use(append(append(append(buffer[:0], "p:"...), before...), " $"...), pairWorth)
	use(append(buffer[:0], "length"...), min(float64(len(r.words))/longText, mostLength))
	say("always")
	for k, kind := range kinds {
		use(append(append(buffer[:0], "says "...), kind...), min(r.rules[k], mostSaid)/mostSaid)
	}
	for _, fact := range []struct {
		holds bool
		trait string
	}{
		{strings.HasSuffix(strings.TrimSpace(r.s), "?"), "question"},
		{r.dated, "date"},
		{r.dated && r.on.DaysUntil(r.date.day) < soon, "date soon"},
		{r.dated && r.dateLeans() == Contract, "date until"},
		{r.dated && r.dateLeans() == Need, "date by"},
		{r.notice.Known, "notice"},
		{r.renewed.Renewal != "", "renewal"},
		{r.sum.Period == money.Yearly || r.sum.Period == money.Monthly, "sum a year"},
		{r.sum.Period == money.Total, "sum in all"},
		{r.subject(), "thing"},
		{r.named(), "name"},
		{r.thingsToDo() > 0, "to do"},
		{r.ableToHelp() > 0, "able"},
		{r.asks() > 0, "asks"},
		{r.tells() > 0, "tells"},
		{r.hours() > 0, "hour"},
		{r.refuses() > 0, "no"},
		{r.progresses() > 0, "progress"},
	} {
		if fact.holds {
			say(fact.trait)
		}
	}
}

// sort returns what kind of word the i-th one is where that says more than the word, else its stem.
func (r *reading) sort(i int) string {
	w := r.words[i]
	switch {
	case r.dated && w.Start < r.date.to && w.End > r.date.from:
		return "DATE"
	case w.Start < r.sum.End && w.End > r.sum.Start:
		return "SUM"
	case w.Folded[0] >= '0' && w.Folded[0] <= '9':
		return "NUMBER"
	}
	for _, h := range r.hits {
		if i < h.From || i >= h.To || h.Hint {
			continue
		}
		if h.Term {
			return "THING"
		}
		return "NAME"
	}
	return w.Folded[:min(len(w.Folded), stemLength)]
}

// likelihood returns the logarithms of the shares that the traits give to the kinds.
func (r *reading) likelihood() weight {
	weights := learnt()
	var sum weight
	r.traits(func(trait []byte, worth float64) {
		if w, ok := weights[string(trait)]; ok {
			for i := range sum {
				sum[i] += w[i] * worth
			}
		}
	})
	return logShares(sum)
}

// logShares turns sums of weights into logarithms of shares.
func logShares(sum weight) weight {
	highest, total := sum[0], 0.0
	for _, x := range sum {
		highest = max(highest, x)
	}
	for _, x := range sum {
		total += math.Exp(x - highest)
	}
	for i := range sum {
		sum[i] -= highest + math.Log(total)
	}
	return sum
}
