package intake

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sdcbot/bot/calendar"
)

var learn = flag.Bool("learn", false, "learn weights.csv anew")

// taughtBy are the files whose lines teach. The others are none of them: they only judge.
var taughtBy = []string{"testdata/statements.jsonl", "testdata/taught.jsonl", "testdata/talk.jsonl"}

// How the weights are learnt: logistic regression by stochastic descent. A trait seen once teaches nothing about others.
const (
	rounds    = 25
	step      = 0.15
	slowing   = 0.15
	decay     = 2e-4
	seenLeast = 2 // times that a trait has to be seen
)

// TestCues holds that no phrase asks for a beginning of fewer than three letters, which would never be found: "projet d'" is written, not "projet d*".
func TestCues(t *testing.T) {
	raw, err := files.ReadFile("cues.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, short := range regexp.MustCompile(`[ ,]\pL{1,2}\*`).FindAllString(string(raw), -1) {
		t.Errorf("%q is never found", short)
	}
}

// lesson is a line with its traits.
type lesson struct {
	traits []trait // each once, in the order of the text: sums of the same order are the same
	kind   int
	file   string
	rules  weight
}

type trait struct {
	name  string
	worth float64
}

// TestLearn writes weights.csv with -learn. Without it, it holds how well each file's kinds are read by weights learnt from the others.
func TestLearn(t *testing.T) {
	lines := lessons(t)
	if *learn {
		writeWeights(t, weigh(lines))
		return
	}
	// The second file's lines were chosen for being hard, and the first one alone is a short lesson.
	levels := map[string]float64{taughtBy[0]: 0.95, taughtBy[1]: 0.82, taughtBy[2]: 0.88}
	for file, level := range levels {
		var others, these []lesson
		for _, e := range lines {
			if e.file == file {
				these = append(these, e)
			} else {
				others = append(others, e)
			}
		}
		weights := weigh(others)
		right, alarms, chat := 0, 0, 0
		for _, e := range these {
			if got := e.judge(weights); got == e.kind {
				right++
			} else if kinds[e.kind] == Nothing {
				alarms++
			}
			if kinds[e.kind] == Nothing {
				chat++
			}
		}
		t.Logf("%s by the others: kind %.3f, false alarms %.3f", file, float64(right)/float64(len(these)), float64(alarms)/float64(chat))
		if float64(right) < level*float64(len(these)) {
			t.Errorf("%s: %d of %d kinds right, want %.2f", file, right, len(these), level)
		}
	}
}

func lessons(t *testing.T) (lines []lesson) {
	t.Helper()
	for _, file := range taughtBy {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		for scanner := bufio.NewScanner(f); scanner.Scan(); {
			var l struct{ Text, On, Kind string }
			if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
				t.Fatal(err)
			}
			on, err := calendar.Parse(l.On)
			if err != nil {
				t.Fatal(err)
			}
			r := newReading(letter(clean(l.Text)), on, everyone())
			r.weighRules()
			e := lesson{kind: slices.Index(kinds[:], Kind(l.Kind)), file: file, rules: r.ruled()}
			r.traits(func(name []byte, worth float64) {
				if !slices.ContainsFunc(e.traits, func(t trait) bool { return t.name == string(name) }) {
					e.traits = append(e.traits, trait{string(name), worth})
				}
			})
			lines = append(lines, e)
		}
		f.Close()
	}
	return lines
}

// weigh learns the weights of the traits from the lines; the same lines give the same weights.
func weigh(lines []lesson) map[string]*weight {
	seen := map[string]int{}
	for _, e := range lines {
		for _, t := range e.traits {
			seen[t.name]++
		}
	}
	weights := map[string]*weight{}
	for name, n := range seen {
		if n >= seenLeast {
			weights[name] = &weight{}
		}
	}
	order := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		rate := step / (1 + slowing*float64(round))
		for _, i := range order.Perm(len(lines)) {
			e := lines[i]
			shares := logShares(e.sum(weights))
			for _, t := range e.traits {
				w := weights[t.name]
				if w == nil {
					continue
				}
				for k := range w {
					miss := math.Exp(shares[k])
					if k == e.kind {
						miss--
					}
					w[k] -= rate * (miss*t.worth + decay*w[k])
				}
			}
		}
	}
	return weights
}

func (e lesson) sum(weights map[string]*weight) (sum weight) {
	for _, t := range e.traits {
		if w := weights[t.name]; w != nil {
			for k := range sum {
				sum[k] += w[k] * t.worth
			}
		}
	}
	return sum
}

func (e lesson) judge(weights map[string]*weight) int {
	shares := logShares(e.sum(weights))
	shares[toNothing] += doubt
	best := 0
	for k := range shares {
		shares[k] += ruleShare * e.rules[k]
		if shares[k] > shares[best] {
			best = k
		}
	}
	return best
}

func writeWeights(t *testing.T, weights map[string]*weight) {
	t.Helper()
	var rows []string
	for name, w := range weights {
		row := `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		worth := 0.0
		for _, x := range w {
			row += fmt.Sprintf(",%.2f", x)
			worth = max(worth, math.Abs(x))
		}
		if worth >= 0.05 {
			rows = append(rows, row)
		}
	}
	slices.Sort(rows)
	head := "trait,contract,need,offer,none\n"
	if err := os.WriteFile("weights.csv", []byte(head+strings.Join(rows, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d traits", len(rows))
}
