package main

import (
	"context"
	"runtime/debug"
	"time"
)

// calmTime is how long nothing must have been done before memory is given back, and how often that is looked at.
const calmTime = 5 * time.Second

// giveBack returns to the system what a burst of work has left unused, once after each burst. The runtime would keep it for minutes, on small
// machines that a landlord shares with other programs. done counts what was done.
func giveBack(ctx context.Context, done func() int64) {
	tick := time.NewTicker(calmTime)
	defer tick.Stop()
	given := false // the start counts as a burst: it has built the dictionary
	var last int64
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := done()
		switch {
		case now != last:
			last, given = now, false
		case !given:
			debug.FreeOSMemory()
			given = true
		}
	}
}
