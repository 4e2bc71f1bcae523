package play

import (
	"bytes"
	"testing"
)

// BenchmarkYearOfACircle plays a year of four landlords (at most 20 s).
func BenchmarkYearOfACircle(b *testing.B) {
	for b.Loop() {
		var out bytes.Buffer
		if passed, err := File(b.Context(), "../testdata/conversations/46-a-year-of-a-circle.txt", Options{}, &out); err != nil || !passed {
			b.Fatal(err, out.String())
		}
	}
}
