package match_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sdcbot/bot/family"
	"sdcbot/bot/match"
)

// found is what an index answers, in words.
type found struct {
	Matches, Maybes        []hit
	MatchCount, MaybeCount int
}

type hit struct {
	Key     string
	Verdict match.Verdict
}

func inWords(f match.Found) found {
	words := func(near []match.Near) (hits []hit) {
		for _, n := range near {
			hits = append(hits, hit{n.Key, n.Verdict()})
		}
		return hits
	}
	return found{words(f.Matches), words(f.Maybes), f.MatchCount, f.MaybeCount}
}

// everything is what an index answers when it judges each pair by Between: slow, and right by definition.
type everything struct {
	keys  []string // in the order in which they came
	sides map[string]match.Side
}

func (e *everything) put(key string, s match.Side) {
	if _, known := e.sides[key]; !known {
		e.keys = append(e.keys, key)
	}
	e.sides[key] = s
}

func (e *everything) remove(key string) {
	delete(e.sides, key)
	e.keys = slices.DeleteFunc(e.keys, func(k string) bool { return k == key })
}

func (e *everything) against(newcomer match.Side, most int, leaveOut func(string) bool) found {
	var f found
	for _, key := range e.keys {
		v := match.Between(newcomer, e.sides[key])
		switch {
		case leaveOut != nil && leaveOut(key):
		case v.Match:
			f.Matches = append(f.Matches, hit{key, v})
		case v.Maybe:
			f.Maybes = append(f.Maybes, hit{key, v})
		}
	}
	f.MatchCount, f.MaybeCount = len(f.Matches), len(f.Maybes)
	for _, hits := range []*[]hit{&f.Matches, &f.Maybes} {
		slices.SortStableFunc(*hits, func(a, b hit) int { return cmp.Compare(b.Verdict.Score, a.Verdict.Score) })
		*hits = (*hits)[:min(len(*hits), most)]
		if len(*hits) == 0 {
			*hits = nil
		}
	}
	return f
}

// TestIndexIsBetween holds an index to what Between says of each pair, whatever was put, replaced and removed before.
func TestIndexIsBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[CBO]-[1-9]`)
		all := everything{sides: map[string]match.Side{}}
		first := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) match.Side { return anySide(t, "first") }), 0, 12).Draw(t, "first")
		x := match.NewIndex(func(yield func(string, match.Side) bool) {
			for i, s := range first {
				at := fmt.Sprint("C-", i%9) // some twice
				all.put(at, s)
				if !yield(at, s) {
					return
				}
			}
		})
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			at := key.Draw(t, "key")
			if rapid.IntRange(0, 3).Draw(t, "step") == 0 {
				all.remove(at)
				x.Remove(at)
				continue
			}
			s := anySide(t, "item")
			all.put(at, s)
			x.Put(at, s)
		}
		if x.Len() != len(all.sides) {
			t.Fatalf("%d items, want %d", x.Len(), len(all.sides))
		}
		for range 3 {
			newcomer := anySide(t, "newcomer")
			most := rapid.IntRange(0, 6).Draw(t, "most")
			var leaveOut func(string) bool
			if rapid.Bool().Draw(t, "something left out") {
				leaveOut = func(key string) bool { return strings.HasPrefix(key, "B") }
			}
			want, got := all.against(newcomer, most, leaveOut), inWords(x.Against(newcomer, most, leaveOut))
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Fatalf("against %+v (-one by one +index):\n%s", newcomer, diff)
			}
		}
	})
}

// TestIndexOverTheYears puts, replaces and removes as often as makes an index tidy up, and asks for the same answers before and after.
func TestIndexOverTheYears(t *testing.T) {
	all := everything{sides: map[string]match.Side{}}
	x := match.NewIndex(maps.All(map[string]match.Side{}))
	sides := circle(6000)
	for i, s := range sides {
		key := fmt.Sprint("C-", i%1500)
		all.put(key, s)
		x.Put(key, s)
		if i%3 != 0 {
			gone := fmt.Sprint("C-", (i*7)%1500)
			all.remove(gone)
			x.Remove(gone)
		}
	}
	newcomer := contract("printing", "Fournisseur 3", "2027-12-31")
	newcomer.Org = "A"
	if diff := gocmp.Diff(all.against(newcomer, 10, nil), inWords(x.Against(newcomer, 10, nil))); diff != "" {
		t.Errorf("(-one by one +index):\n%s", diff)
	}
	if x.Len() != len(all.sides) {
		t.Errorf("%d items, want %d", x.Len(), len(all.sides))
	}
}

// TestIndexAtTheEdge asks on either side of the longest distance, at the ends of months where it is not the same both ways.
func TestIndexAtTheEdge(t *testing.T) {
	for _, month := range []int{12, 15} {
		for _, at := range []string{"2027-02-28", "2027-02-27", "2028-02-29", "2028-02-28", "2027-11-30", "2027-12-01", "2028-05-31", "2028-05-30"} {
			newcomer := contract("gis", "", at)
			newcomer.Org = "A"
			all := everything{sides: map[string]match.Side{}}
			x := match.NewIndex(maps.All(map[string]match.Side{}))
			for _, direction := range []int{-1, 1} {
				for days := -5; days <= 5; days++ {
					s := match.Side{Org: "B", Kind: "contract", Family: family.Code("gis"), Date: day(at).AddMonths(direction * month).AddDays(days)}
					all.put(s.Date.String(), s)
					x.Put(s.Date.String(), s)
				}
			}
			if diff := gocmp.Diff(all.against(newcomer, 30, nil), inWords(x.Against(newcomer, 30, nil))); diff != "" {
				t.Errorf("%d months from %s (-one by one +index):\n%s", month, at, diff)
			}
		}
	}
}
