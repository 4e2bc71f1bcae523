// Package matchtest holds what matching is tried on: pairs that were labelled by hand, and a market of as many live items as asked for. Tests and
// benchmarks of several packages use it; the program does not.
package matchtest

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/match"
)

//go:embed pairs.jsonl
var pairs []byte

// Pair is two statements, and whether a sensible secretary would bring their organisations together on them.
type Pair struct {
	A, B  match.Said
	Match bool
	Why   string
	Hard  bool   // the words mislead
	Kind  string // what it tries: "misspelt", "dates", "refusals" …
}

// Pairs returns the pairs of pairs.jsonl. The last sixty-three ("second hand") were written after the first were read, as misleading as could be thought of.
func Pairs() []Pair {
	type side struct {
		Org, Text string
		On        calendar.Day
	}
	var all []Pair
	for line := range bytes.Lines(pairs) {
		var p struct {
			A, B  side
			Match bool
			Why   string
			Hard  bool
			Kind  string
		}
		if err := json.Unmarshal(line, &p); err != nil {
			panic(fmt.Errorf("pairs.jsonl: %w: %s", err, line))
		}
		all = append(all, Pair{match.Said(p.A), match.Said(p.B), p.Match, p.Why, p.Hard, p.Kind})
	}
	return all
}

// Market is what so many organisations have at once: a fifth of it is printing, the rest of all families; four suppliers in ten are one of the
// five large ones; one object in three is that of somebody else, word for word.
func Market(n int) iter.Seq2[string, match.Side] {
	draw := rand.New(rand.NewSource(1))
	families := family.All()
	kinds := []intake.Kind{intake.Contract, intake.Contract, intake.Contract, intake.Need, intake.Offer}
	return func(yield func(string, match.Side) bool) {
		for i := range n {
			f := families[draw.Intn(len(families))]
			if draw.Intn(5) == 0 {
				f, _ = family.Of("printing")
			}
			s := match.Side{Org: fmt.Sprint("Office ", draw.Intn(400)), Kind: kinds[draw.Intn(len(kinds))], Family: f.Code, Object: f.French}
			switch draw.Intn(3) {
			case 0:
				s.Object = fmt.Sprintf("maintenance %s lot %d", f.French, draw.Intn(1000))
			case 1:
				s.Object = fmt.Sprintf("%s du secteur %d", f.English, draw.Intn(200))
			}
			s.Supplier = supplierName(draw.Intn(500))
			if draw.Intn(5) < 2 {
				s.Supplier = []string{"Orange Business", "Koesio", "Docaposte", "SFR", "HP"}[draw.Intn(5)]
			}
			if draw.Intn(5) > 0 {
				s.Date = calendar.On(2027, 1, 1).AddDays(draw.Intn(4 * 365))
			}
			if draw.Intn(20) == 0 {
				s.Second = families[draw.Intn(len(families))].Code
			}
			if !yield(fmt.Sprint("C-", i+1), s) {
				return
			}
		}
	}
}

// supplierName makes a name of two words that nobody has.
func supplierName(number int) string {
	const syllables = "babebibobudadedidoduzazezizozu"
	at := func(n int) string { return syllables[2*(n%15) : 2*(n%15)+2] }
	return "Z" + at(number) + at(number/15) + at(number/225) + " Systèmes"
}

// Newcomers are of the same market, one in five of the family that has most, some without a date.
func Newcomers() []match.Side {
	var out []match.Side
	for _, s := range Market(500) {
		s.Org = "Nouvel office"
		out = append(out, s)
	}
	return out
}
