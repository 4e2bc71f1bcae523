package family

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// folds is into how many parts the buyers are dealt, each judged by what the others teach; deals is how often they are dealt anew.
const (
	folds = 10
	deals = 2
)

// tally counts how often the first answer was right, and one of the first three.
type tally struct{ titles, first, three int }

func (a tally) plus(b tally) tally {
	return tally{a.titles + b.titles, a.first + b.first, a.three + b.three}
}

func (a tally) String() string {
	return fmt.Sprintf("%5d  %.3f  %.3f", a.titles, float64(a.first)/float64(a.titles), float64(a.three)/float64(a.titles))
}

// judged is what came out of one fold.
type judged struct {
	families map[int]tally  // by the family that was wanted
	mistaken map[[2]int]int // wanted, answered
	sure     [11]tally      // by how likely the first answer was said to be, in tenths
}

// TestQuality prints how well titles are read of buyers from whom nothing was learnt. No buyer, and no title that is nearly another, stands on both
// sides. A label's further families count as right.
func TestQuality(t *testing.T) {
	if *data == "" {
		t.Skip("only with -data")
	}
	labelled, others := lessons(t)
	results := make([]judged, folds*deals)
	var group sync.WaitGroup
	slots := make(chan struct{}, 2)
	for i := range results {
		group.Go(func() {
			slots <- struct{}{}
			results[i] = judgeFold(labelled, others, i/folds, i%folds)
			<-slots
		})
	}
	group.Wait()
	total := judged{families: map[int]tally{}, mistaken: map[[2]int]int{}}
	var all tally
	for _, r := range results {
		for column, n := range r.families {
			total.families[column] = total.families[column].plus(n)
			all = all.plus(n)
		}
		for pair, n := range r.mistaken {
			total.mistaken[pair] += n
		}
		for tenth, n := range r.sure {
			total.sure[tenth] = total.sure[tenth].plus(n)
		}
	}
	t.Log(total.table(all))
	if float64(all.first) < 0.80*float64(all.titles) || float64(all.three) < 0.92*float64(all.titles) {
		t.Error("below 0.80 at the first answer, or 0.92 among three")
	}
}

func judgeFold(labelled, others []lesson, deal, fold int) judged {
	var teach, judge []lesson
	for _, l := range labelled {
		if foldOf(l, deal) == fold {
			judge = append(judge, l)
		} else {
			teach = append(teach, l)
		}
	}
	for _, l := range others {
		if l.group == "" || foldOf(l, deal) != fold {
			teach = append(teach, l)
		}
	}
	weights := taught(teach)
	r := judged{families: map[int]tally{}, mistaken: map[[2]int]int{}}
	for _, l := range judge {
		chances := likely(weights.sum(l.traits))
		order := make([]int, len(chances))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(chances[b], chances[a]) })
		n := tally{titles: 1}
		if slices.Contains(l.wants, order[0]) {
			n.first = 1
		} else {
			r.mistaken[[2]int{l.wants[0], order[0]}]++
		}
		if slices.ContainsFunc(order[:3], func(column int) bool { return slices.Contains(l.wants, column) }) {
			n.three = 1
		}
		r.families[l.wants[0]] = r.families[l.wants[0]].plus(n)
		tenth := int(chances[order[0]] * 10)
		r.sure[tenth] = r.sure[tenth].plus(n)
	}
	return r
}

func foldOf(l lesson, deal int) int {
	h := fnv.New32a()
	fmt.Fprint(h, deal, l.group)
	return int(h.Sum32()>>3) % folds
}

func (r judged) table(all tally) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-24s titles  first  three\n%-24s %s\n", "", "all", all)
	for _, column := range slices.Sorted(maps.Keys(r.families)) {
		fmt.Fprintf(&b, "%-24s %s\n", families().all[column].Code, r.families[column])
	}
	fmt.Fprintf(&b, "\nsaid to be likely\n")
	for tenth, n := range r.sure {
		if n.titles > 0 {
			fmt.Fprintf(&b, "%-24s %s\n", fmt.Sprintf("%.1f to %.1f", float64(tenth)/10, float64(tenth+1)/10), n)
		}
	}
	fmt.Fprintf(&b, "\nmistaken most often\n")
	pairs := slices.SortedFunc(maps.Keys(r.mistaken), func(a, b [2]int) int {
		return cmp.Or(r.mistaken[b]-r.mistaken[a], a[0]-b[0], a[1]-b[1])
	})
	for _, pair := range pairs[:min(len(pairs), 15)] {
		fmt.Fprintf(&b, "%5d  %s for %s\n", r.mistaken[pair], families().all[pair[1]].Code, families().all[pair[0]].Code)
	}
	return b.String()
}
