package match_test

import (
	"fmt"
	"math/rand"
	"runtime"
	"slices"
	"testing"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/match"
)

// sizes are those at which growth is shown.
var sizes = []int{100, 1_000, 10_000, 100_000}

// market is what so many organisations have at once: a fifth of it is printing, the rest of all families; four suppliers in ten are one of the
// five large ones; one object in three is that of somebody else, word for word.
func market(n int) func(yield func(string, match.Side) bool) {
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
			s.Supplier = fmt.Sprint("Fournisseur ", draw.Intn(500))
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

// newcomers are of the same market, one in five of the family that has most, some without a date.
func newcomers() []match.Side {
	var out []match.Side
	for _, s := range market(500) {
		s.Org = "Nouvel office"
		out = append(out, s)
	}
	return out
}

// BenchmarkIndex judges a newcomer against so many live items and puts the best ten matches and maybes into words. The 99th of a hundred times and
// the bytes an item are reported beside the mean.
func BenchmarkIndex(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x, bytes := indexOf(n)
			asked := newcomers()
			var times []time.Duration
			for i := 0; b.Loop(); i++ {
				begun := time.Now()
				x.Against(asked[i%len(asked)], 10, nil)
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
	for key, s := range market(n) {
		keys, rows = append(keys, key), append(rows, s)
	}
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
			asked := newcomers()
			for i := 0; b.Loop(); i++ {
				x.Put(fmt.Sprint("C-", 1+i%n), asked[i%len(asked)])
			}
		})
	}
}
