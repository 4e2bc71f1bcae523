package match_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"sdcbot/bot/match"
	"sdcbot/bot/match/matchtest"
)

// sizes are those at which growth is shown.
var sizes = []int{100, 1_000, 10_000, 100_000}

// BenchmarkIndex judges a newcomer against so many live items puts the best ten matches into words and finds the best ten maybes. The 99th of a hundred times and
// the bytes an item are reported beside the mean.
func BenchmarkIndex(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x, bytes := indexOf(n)
			asked := matchtest.Newcomers()
			var times []time.Duration
			for i := 0; b.Loop(); i++ {
				begun := time.Now()
				found := x.Against(asked[i%len(asked)], 10, nil)
				if len(found.Matches) > 0 {
					found.Matches[0].Verdict()
				}
				times = append(times, time.Since(begun))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds()), "p99-ns/op")
			b.ReportMetric(bytes, "B/item")
		})
	}
}

// indexOf returns an index of so many items and the bytes that it keeps of each, their rows not counted.
func indexOf(n int) (*match.Index, float64) {
	rows := make([]match.Side, 0, n)
	keys := make([]string, 0, n)
	for key, s := range matchtest.Market(n) {
		keys, rows = append(keys, key), append(rows, s)
	}
	match.NewIndex(matchtest.Market(10)) // so that the dictionary is there
	before := heap()
	x := match.NewIndex(func(yield func(string, match.Side) bool) {
		for i, s := range rows {
			if !yield(keys[i], s) {
				return
			}
		}
	})
	after := heap()
	runtime.KeepAlive(rows)
	runtime.KeepAlive(keys)
	return x, float64(after-before) / float64(n)
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkIndexPut replaces one item of so many.
func BenchmarkIndexPut(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x, _ := indexOf(n)
			asked := matchtest.Newcomers()
			for i := 0; b.Loop(); i++ {
				x.Put(fmt.Sprint("C-", 1+i%n), asked[i%len(asked)])
			}
		})
	}
}
