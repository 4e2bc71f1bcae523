package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/jackc/pgx/v5"

	"sdcbot/bot/intake"
	"sdcbot/bot/match"
	"sdcbot/bot/match/matchtest"
	"sdcbot/store/throwaway"
)

// matched is what matchFigures found of what has a bound.
type matched struct {
	at1000, at100000 time.Duration // 99th of a hundred newcomers
	bytes1000, bytes float64       // an item, of 1,000 and of 100,000
	faster           float64       // than pg_trgm with the better of its indexes, at the size where that is least; 0 without PostgreSQL
	ours             rates
	theirs           likelihood
}

// matchFigures measures how a newcomer is matched against so many live items, how that grows, and what PostgreSQL's pg_trgm takes for the same
// work on the same items in the same run. It prints the table of growth to out.
func matchFigures(t *testing.T, out io.Writer) (m matched) {
	m.ours = judged(func(p matchtest.Pair) bool {
		return match.Between(match.SideOf("A", intake.Read(p.A.Text, p.A.On)), match.SideOf("B", intake.Read(p.B.Text, p.B.On))).Match
	})
	trigrams := openTrigrams(t)
	if trigrams != nil {
		defer trigrams.close(t)
		m.theirs = trigrams.judge(t)
	}
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "one newcomer against\tmedian\tp99\tbytes an item\tpg_trgm, GIN\tpg_trgm, GiST\ttimes faster\t")
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		median, late, bytes := indexTimes(n)
		fmt.Fprintf(w, "%d items\t%.3g ms\t%.3g ms\t%.0f\t", n, milliseconds(median), milliseconds(late), bytes)
		if trigrams != nil {
			gin, gist := trigrams.time(t, n, "gin (said gin_trgm_ops)"), trigrams.time(t, n, "gist (said gist_trgm_ops)")
			faster := float64(min(gin, gist)) / float64(median)
			if m.faster == 0 || faster < m.faster {
				m.faster = faster
			}
			fmt.Fprintf(w, "%.3g ms\t%.3g ms\t%.0f\t", milliseconds(gin), milliseconds(gist), faster)
		}
		fmt.Fprintln(w)
		switch n {
		case 1_000:
			m.at1000, m.bytes1000 = late, bytes
		case 100_000:
			m.at100000, m.bytes = late, bytes
		}
	}
	w.Flush()
	fmt.Fprintf(out, "on %d labelled pairs\t ours: precision %.3f, recall %.3f", len(matchtest.Pairs()), m.ours.precision, m.ours.recall)
	if trigrams != nil {
		fmt.Fprintf(out, "\nour rules of kinds and dates without families\t precision %.3f, recall %.3f\n", m.theirs.without.precision, m.theirs.without.recall)
		fmt.Fprintf(out, "the same and pg_trgm from a likeness of %.2f, its best F1\t precision %.3f, recall %.3f\n", m.theirs.threshold, m.theirs.best.precision, m.theirs.best.recall)
		fmt.Fprintf(out, "from %.1f, its usual one\t precision %.3f, recall %.3f\n", usualThreshold, m.theirs.usual.precision, m.theirs.usual.recall)
		fmt.Fprintf(out, "where its precision is best\t precision %.3f, recall %.3f", m.theirs.surest.precision, m.theirs.surest.recall)
	}
	fmt.Fprintln(out)
	return m
}

// rates of a judgement over labelled pairs.
type rates struct{ precision, recall float64 }

func (r rates) f1() float64 {
	if r.precision+r.recall == 0 {
		return 0
	}
	return 2 * r.precision * r.recall / (r.precision + r.recall)
}

func judged(judge func(matchtest.Pair) bool) rates {
	var right, said, wanted float64
	for _, p := range matchtest.Pairs() {
		got := judge(p)
		if got {
			said++
		}
		if p.Match {
			wanted++
		}
		if got && p.Match {
			right++
		}
	}
	return rates{right / max(said, 1), right / max(wanted, 1)}
}

// indexTimes are those of newcomers against so many live items, and the bytes that the index keeps of each beyond its row.
func indexTimes(n int) (median, late time.Duration, bytes float64) {
	match.NewIndex(matchtest.Market(10)) // so that the dictionary is there
	var keys []string
	var rows []match.Side
	for key, side := range matchtest.Market(n) {
		keys, rows = append(keys, key), append(rows, side)
	}
	before := heapInUse()
	index := match.NewIndex(func(yield func(string, match.Side) bool) {
		for i, side := range rows {
			if !yield(keys[i], side) {
				return
			}
		}
	})
	bytes = float64(heapInUse()-before) / float64(n)
	var times []time.Duration
	for range 4 {
		for _, newcomer := range matchtest.Newcomers() {
			begun := time.Now()
			found := index.Against(newcomer, 10, nil)
			if len(found.Matches) > 0 {
				found.Matches[0].Verdict()
			}
			times = append(times, time.Since(begun))
		}
	}
	runtime.KeepAlive(rows)
	runtime.KeepAlive(keys)
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100], bytes
}

func heapInUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// trigrams is a PostgreSQL that does the work of matching by the likeness of object and supplier.
type trigrams struct {
	server *throwaway.Server
	conn   *pgx.Conn
}

// openTrigrams returns nil where there is no PostgreSQL.
func openTrigrams(t *testing.T) *trigrams {
	t.Helper()
	server, err := throwaway.Start()
	if errors.Is(err, throwaway.ErrNone) {
		t.Log("pg_trgm is not measured:", err)
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	x := &trigrams{server: server}
	dsn, err := server.Database(t.Context())
	if err == nil {
		x.conn, err = pgx.Connect(t.Context(), dsn)
	}
	if err == nil {
		_, err = x.conn.Exec(t.Context(), "CREATE EXTENSION pg_trgm")
	}
	if err != nil {
		server.Stop()
		t.Log("pg_trgm is not measured:", err)
		return nil
	}
	return x
}

func (x *trigrams) close(t *testing.T) {
	_ = x.conn.Close(context.WithoutCancel(t.Context()))
	x.server.Stop()
}

// usualThreshold is pg_trgm's own. Times are taken with it: the one that does best on the pairs is so low that no index would help.
const usualThreshold = 0.3

// likelihood is how pg_trgm judges the labelled pairs, with our rules of kinds and dates beside it: all that is left to it is to find that two speak of one
// purchase. One threshold stands for both its precision and its recall: the one of the best F1 among those that turn anything away. A lower one is our rules
// alone: half of the labelled pairs match, so that saying yes to all that they let through has a fair F1, and the highest recall that there is.
type likelihood struct {
	best, usual, surest, without rates
	threshold                    float64 // of best
}

// judge tries every threshold, over what was typed and over object and supplier, and takes the better of the two.
func (x *trigrams) judge(t *testing.T) (found likelihood) {
	type likeness struct {
		typed, read float64
		rules       bool
	}
	all := map[matchtest.Pair]likeness{}
	for _, p := range matchtest.Pairs() {
		a, b := match.SideOf("A", intake.Read(p.A.Text, p.A.On)), match.SideOf("B", intake.Read(p.B.Text, p.B.On))
		var l likeness
		err := x.conn.QueryRow(t.Context(), "SELECT similarity($1, $2), similarity($3, $4)", p.A.Text, p.B.Text, inWords(a), inWords(b)).Scan(&l.typed, &l.read)
		if err != nil {
			t.Fatal(err)
		}
		a.Family, b.Family, a.Second, b.Second, a.Guessed, b.Guessed = "gis", "gis", "", "", false, false
		l.rules = match.Between(a, b).Match
		all[p] = l
	}
	from := func(at float64) rates {
		typed := judged(func(p matchtest.Pair) bool { return all[p].rules && all[p].typed >= at })
		read := judged(func(p matchtest.Pair) bool { return all[p].rules && all[p].read >= at })
		if typed.f1() > read.f1() {
			return typed
		}
		return read
	}
	found.usual, found.without = from(usualThreshold), from(0)
	for step := 1; step < 100; step++ {
		at := float64(step) / 100
		r := from(at)
		if r != found.without && r.f1() > found.best.f1() {
			found.best, found.threshold = r, at
		}
		if r.precision > found.surest.precision {
			found.surest = r
		}
	}
	return found
}

func inWords(s match.Side) string { return s.Object + " " + s.Supplier }

// time is the median over newcomers against so many rows with one kind of index, everything warm: the best ten that are like enough, of another
// organisation, within a year.
func (x *trigrams) time(t *testing.T, n int, index string) time.Duration {
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(x.conn.Exec(t.Context(), "DROP TABLE IF EXISTS live"))
	must(x.conn.Exec(t.Context(), "CREATE TABLE live (key text PRIMARY KEY, org text, kind text, day date, said text)"))
	var rows [][]any
	for key, s := range matchtest.Market(n) {
		rows = append(rows, []any{key, s.Org, string(s.Kind), dayOrNull(s), inWords(s)})
	}
	must(x.conn.CopyFrom(t.Context(), pgx.Identifier{"live"}, []string{"key", "org", "kind", "day", "said"}, pgx.CopyFromRows(rows)))
	must(x.conn.Exec(t.Context(), "CREATE INDEX ON live USING "+index))
	must(x.conn.Exec(t.Context(), "ANALYZE live"))
	must(x.conn.Exec(t.Context(), fmt.Sprintf("SET pg_trgm.similarity_threshold = %f", usualThreshold)))
	var times []time.Duration
	for i, newcomer := range matchtest.Newcomers()[:60] {
		begun := time.Now()
		found, err := x.conn.Query(t.Context(), `
			SELECT key, similarity(said, $1) AS likeness FROM live
			WHERE said % $1 AND org <> $2 AND (kind = 'need' OR $3 = 'need' OR kind = 'contract' AND day IS NOT NULL OR $3 = 'contract' AND $4::date IS NOT NULL)
			AND (day IS NULL OR $4::date IS NULL OR day BETWEEN $4::date - INTERVAL '1 year' AND $4::date + INTERVAL '1 year')
			ORDER BY likeness DESC LIMIT 10`, inWords(newcomer), newcomer.Org, string(newcomer.Kind), dayOrNull(newcomer))
		if err != nil {
			t.Fatal(err)
		}
		for found.Next() {
		}
		must(nil, found.Err())
		if i >= 10 { // the first ten warm it
			times = append(times, time.Since(begun))
		}
	}
	slices.Sort(times)
	return times[len(times)/2]
}

func dayOrNull(s match.Side) any {
	if s.Date.IsZero() {
		return nil
	}
	return s.Date.At(0, 0, time.UTC)
}
