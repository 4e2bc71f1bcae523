package family

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"sync"
)

// weights.gz is what each trait of a title says for each family: the coefficients of a multinomial logistic regression. It is learnt by
// TestLearn from labelled titles and statements, the dictionary, the CPV's labels and titles of which the CPV alone is known, none of which
// it holds. SDCBOT_DATA is the folder with the titles (contracts.jsonl, title_families.tsv) and cpv.csv.
//
//go:generate go test . -run ^TestLearn$ -learn -data $SDCBOT_DATA
//go:embed weights.gz
var weightsFile []byte

// weightUnit is what one step of a stored weight counts.
const weightUnit = 1.0 / 16

// weights are those of all traits, by bucket: those of bucket b are columns and steps from[b] to from[b+1].
type weights struct {
	from    []uint32
	columns []uint8 // the family's place in families.csv
	steps   []int8
}

// learnt is read when the first title is.
var learnt = sync.OnceValue(func() *weights {
	w, err := readWeights(weightsFile)
	if err != nil {
		panic(fmt.Errorf("weights.gz: %w", err))
	}
	return w
})

// readWeights reads what writeWeights of the tests writes, gzipped: for each bucket that has weights, in order, how many buckets further it is, how many weights it
// has, and each as a column and a step.
func readWeights(file []byte) (*weights, error) {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	w := &weights{from: make([]uint32, 1, buckets+1), columns: make([]uint8, 0, len(raw)/2), steps: make([]int8, 0, len(raw)/2)}
	fill := func(bucket int) {
		for len(w.from) <= bucket {
			w.from = append(w.from, uint32(len(w.steps)))
		}
	}
	for at := -1; len(raw) > 0; {
		gap, n := binary.Uvarint(raw)
		if n <= 0 || len(raw) <= n || gap > buckets {
			return nil, io.ErrUnexpectedEOF
		}
		count := int(raw[n])
		raw = raw[n+1:]
		at += int(gap)
		if at < 0 || at >= buckets || len(raw) < 2*count {
			return nil, io.ErrUnexpectedEOF
		}
		fill(at)
		for range count {
			if int(raw[0]) >= len(families().all) {
				return nil, fmt.Errorf("column %d: there are %d families", raw[0], len(families().all))
			}
			w.columns, w.steps = append(w.columns, raw[0]), append(w.steps, int8(raw[1]))
			raw = raw[2:]
		}
	}
	fill(buckets)
	return w, nil
}

// sum returns what the traits say together for each family.
func (w *weights) sum(traits []trait) []float64 {
	sums := make([]float64, len(families().all))
	for _, t := range traits {
		for i := w.from[t.bucket]; i < w.from[t.bucket+1]; i++ {
			sums[w.columns[i]] += float64(w.steps[i]) * weightUnit * float64(t.worth)
		}
	}
	return sums
}

// says returns what one trait says for a family, over what it says for the others on average.
func (w *weights) says(t trait, column int) (says float64) {
	for i := w.from[t.bucket]; i < w.from[t.bucket+1]; i++ {
		step := float64(w.steps[i])
		says -= step / float64(len(families().all))
		if int(w.columns[i]) == column {
			says += step
		}
	}
	return says * weightUnit * float64(t.worth)
}

// doubt flattens what a title's traits say: titles of buyers from whom nothing was learnt are wrong more often than the sums make believe
// (TestQuality prints how often).
const doubt = 1.25

// likely returns how likely each family is for a title.
func likely(sums []float64) []float64 {
	for i := range sums {
		sums[i] /= doubt
	}
	return shares(sums)
}

// shares makes of what speaks for each family how likely it is. They add up to one.
func shares(sums []float64) []float64 {
	top := math.Inf(-1)
	for _, s := range sums {
		top = max(top, s)
	}
	out := make([]float64, len(sums))
	var all float64
	for i, s := range sums {
		out[i] = math.Exp(s - top)
		all += out[i]
	}
	for i := range out {
		out[i] /= all
	}
	return out
}
