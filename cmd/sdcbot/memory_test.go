package main

import (
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func forcedCollections() uint32 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.NumForcedGC
}

func TestMemoryIsGivenBackOnceAfterEachBurst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var done atomic.Int64
		go giveBack(t.Context(), done.Load)
		given := func(after time.Duration) uint32 {
			before := forcedCollections()
			time.Sleep(after)
			synctest.Wait()
			return forcedCollections() - before
		}
		if n := given(time.Minute); n != 1 {
			t.Errorf("after the start: %d times", n)
		}
		done.Add(100)
		if n := given(calmTime); n != 0 {
			t.Errorf("while it is still at work: %d times", n)
		}
		if n := given(time.Hour); n != 1 {
			t.Errorf("in the calm after: %d times", n)
		}
	})
}
