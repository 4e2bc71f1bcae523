package family

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

var (
	learn = flag.Bool("learn", false, "learn weights.gz anew from the folder -data")
	data  = flag.String("data", "", "folder with contracts.jsonl, title_families.tsv and cpv.csv")
)

// How the weights are learnt: multinomial logistic regression by stochastic descent, each coefficient with a step of its own (AdaGrad).
const (
	rounds = 8
	step   = 0.4
	decay  = 1e-4
	// A family whose likelihood is off by less teaches nothing more.
	settled = 0.01
	// alternatives is what the other families that a label allows have of it.
	alternatives = 0.3
)

// What the dictionary's traits say before anything is learnt: their own family. It lets one example of a family say what all its words mean.
var priors = map[string]float32{"share": 1, "best": 1, "term": 0.7, "lead": 1, "hint": 0.2, "product": 1}

// lesson is a title, a statement or a phrase of which the family is known, or guessed.
type lesson struct {
	text   string
	wants  []int // columns of the families: the best one, then those that are right too
	weight float64
	group  string // lessons of one group are never on both sides of a test; empty for those that may always teach
	traits []trait
}

// coefficients are by bucket and column.
type coefficients [][]float32

// taught learns from the lessons; the same lessons in the same order teach the same.
func taught(lessons []lesson) coefficients {
	columns := len(families().all)
	w, seen := make(coefficients, buckets), make(coefficients, buckets)
	for b := range w {
		w[b], seen[b] = make([]float32, columns), make([]float32, columns)
	}
	for column, f := range families().all {
		for kind, says := range priors {
			if f.Domain == "other" {
				says /= 2 // "software" and "works" are said of many other things too
			}
			w[bucketOf(kind, string(f.Code))][column] = says
		}
	}
	order := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		rate := float32(step / (1 + 0.1*float64(round)))
		for _, i := range order.Perm(len(lessons)) {
			l := &lessons[i]
			misses := shares(w.sum(l.traits))
			for column := range misses {
				misses[column] -= l.wanted(column)
			}
			for _, t := range l.traits {
				for column, off := range misses {
					if math.Abs(off) < settled {
						continue
					}
					slope := float32(l.weight) * (float32(off)*t.worth + decay*w[t.bucket][column])
					seen[t.bucket][column] += slope * slope
					w[t.bucket][column] -= rate * slope / (float32(math.Sqrt(float64(seen[t.bucket][column]))) + 0.1)
				}
			}
		}
	}
	return w
}

// wanted is how much of the label the family in that column has.
func (l *lesson) wanted(column int) float64 {
	at := slices.Index(l.wants, column)
	switch {
	case at < 0:
		return 0
	case len(l.wants) == 1:
		return 1
	case at == 0:
		return 1 - alternatives
	}
	return alternatives / float64(len(l.wants)-1)
}

func (w coefficients) sum(traits []trait) []float64 {
	sums := make([]float32, len(families().all))
	for _, t := range traits {
		for column, says := range w[t.bucket] {
			sums[column] += says * t.worth
		}
	}
	out := make([]float64, len(sums))
	for i, s := range sums {
		out[i] = float64(s)
	}
	return out
}

// stored returns the coefficients as the program reads them: rounded, without those that say next to nothing.
func (w coefficients) stored() []byte {
	var raw []byte
	last := -1
	for bucket, row := range w {
		var pairs []byte
		for column, says := range row {
			if s := math.Round(float64(says) / weightUnit); math.Abs(s) >= leastSteps {
				pairs = append(pairs, uint8(column), uint8(int8(max(-127, min(127, s)))))
			}
		}
		if len(pairs) > 0 {
			raw = binary.AppendUvarint(raw, uint64(bucket-last))
			raw = append(raw, uint8(len(pairs)/2))
			raw = append(raw, pairs...)
			last = bucket
		}
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	if _, err := z.Write(raw); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// leastSteps is the smallest weight kept.
const leastSteps = 2

// TestLearn writes weights.gz with -learn.
func TestLearn(t *testing.T) {
	if !*learn || *data == "" {
		t.Skip("only with -learn and -data")
	}
	labelled, others := lessons(t)
	file := taught(slices.Concat(labelled, others)).stored()
	if err := os.WriteFile("weights.gz", file, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lessons of titles, %d others, %d bytes", len(labelled), len(others), len(file))
}
