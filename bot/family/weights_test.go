package family

import (
	"bytes"
	"compress/gzip"
	"testing"
)

// What is stored is what was learnt, but for what is too small to matter.
func TestStoredWeights(t *testing.T) {
	columns := len(families().all)
	w := make(coefficients, buckets)
	for b := range w {
		w[b] = make([]float32, columns)
	}
	w[0][3], w[0][4] = 1.5, 0.01
	w[700][columns-1] = -2.25
	w[buckets-1][0] = 100 // more than a step can hold
	got, err := readWeights(w.stored())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		bucket uint32
		column int
		want   float64
	}{
		{0, 3, 1.5},
		{0, 4, 0},
		{1, 3, 0},
		{700, columns - 1, -2.25},
		{buckets - 1, 0, 127 * weightUnit},
	} {
		if sum := got.sum([]trait{{bucket: row.bucket, worth: 1}})[row.column]; sum != row.want {
			t.Errorf("bucket %d, column %d: %g, want %g", row.bucket, row.column, sum, row.want)
		}
	}
}

// The file that is shipped can be read, is small, and holds every family.
func TestShippedWeights(t *testing.T) {
	if size := len(weightsFile); size > 300<<10 {
		t.Errorf("%d bytes: too much to carry", size)
	}
	seen := map[uint8]bool{}
	for _, column := range learnt().columns {
		seen[column] = true
	}
	if len(seen) != len(families().all) {
		t.Errorf("weights for %d families of %d", len(seen), len(families().all))
	}
}

func FuzzReadWeights(f *testing.F) {
	f.Add([]byte{1, 1, 0, 16})
	f.Add([]byte{255, 255, 3, 2, 0, 1})
	f.Add([]byte{0, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		var file bytes.Buffer
		z := gzip.NewWriter(&file)
		if _, err := z.Write(raw); err != nil {
			t.Fatal(err)
		}
		z.Close()
		w, err := readWeights(file.Bytes())
		if err != nil {
			return
		}
		for b := range uint32(buckets) {
			if w.from[b] > w.from[b+1] {
				t.Fatalf("bucket %d ends before it begins", b)
			}
		}
		w.sum([]trait{{bucket: buckets - 1, worth: 1}})
	})
}

// BenchmarkReadWeights is what the first title costs more than the others.
func BenchmarkReadWeights(b *testing.B) {
	for b.Loop() {
		if _, err := readWeights(weightsFile); err != nil {
			b.Fatal(err)
		}
	}
}
