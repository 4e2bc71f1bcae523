package intake_test

import (
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/intake"
)

// BenchmarkRead reads the labelled lines one after the other: an operation is one line. At most 300 µs are allowed.
func BenchmarkRead(b *testing.B) {
	lines := readLabelled(b, "testdata/statements.jsonl")
	days := make([]calendar.Day, len(lines))
	for i, l := range lines {
		days[i], _ = calendar.Parse(l.On)
	}
	intake.Read(lines[0].Text, days[0]) // the dictionaries are read once
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		intake.Read(lines[i%len(lines)].Text, days[i%len(lines)])
		i++
	}
}
