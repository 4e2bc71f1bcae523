package intake_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sdcbot/bot/calendar"
	"sdcbot/bot/intake"
)

// labelled is one line of a labelled file: what was typed and what it means.
type labelled struct {
	Text     string   `json:"text"`
	On       string   `json:"on"`
	Lang     string   `json:"lang"`
	Kind     string   `json:"kind"`
	Family   *string  `json:"family"`
	FamilyOK []string `json:"family_ok"`
	Date     *string  `json:"date"`
	Days     int      `json:"tolerance_days"`
	Supplier *string  `json:"supplier"`
	Amount   *float64 `json:"amount_eur"`
	Period   *string  `json:"amount_period"`
	Notice   *int     `json:"notice_months"`
	Renewal  *string  `json:"renewal"`
}

// answer is what ExplainJSON writes.
type answer struct {
	Kind     string  `json:"kind"`
	Family   *string `json:"family"`
	Families []struct {
		Code string `json:"code"`
	} `json:"families"`
	Date     *string  `json:"date"`
	Supplier *string  `json:"supplier"`
	Amount   *float64 `json:"amount_eur"`
	Period   *string  `json:"amount_period"`
	Notice   *int     `json:"notice_months"`
	Renewal  *string  `json:"renewal"`
}

// share counts how many of how many were right.
type share struct{ good, of int }

func (s *share) count(good bool) {
	s.of++
	if good {
		s.good++
	}
}

func (s share) value(none float64) float64 {
	if s.of == 0 {
		return none
	}
	return float64(s.good) / float64(s.of)
}

// figures are those by which the understanding of statements is judged.
type figures struct {
	kind, alarm, family1, family3, date, invented, amount, notice, renewal, supplier, overread, whole share
}

func (f figures) byName() map[string]float64 {
	return map[string]float64{
		"kind": f.kind.value(1), "false_alarm": f.alarm.value(0), "family1": f.family1.value(1), "family3": f.family3.value(1),
		"date": f.date.value(1), "invented": f.invented.value(0), "amount": f.amount.value(1), "notice": f.notice.value(1),
		"renewal": f.renewal.value(1), "supplier": f.supplier.value(1), "overread": f.overread.value(0), "whole": f.whole.value(1),
	}
}

// score adds one line. An amount, notice, renewal or supplier that nobody said is overread; lines of ordinary chat count for their kind only.
func (f *figures) score(want labelled, got answer) (whole bool, wrong []string) {
	say := func(what string, good bool) bool {
		if !good {
			wrong = append(wrong, what)
		}
		return good
	}
	kind := say("kind", got.Kind == want.Kind)
	f.kind.count(kind)
	if want.Kind == "none" {
		f.alarm.count(!kind)
		f.whole.count(kind)
		return kind, wrong
	}
	accepted := slices.Clone(want.FamilyOK)
	if want.Family != nil {
		accepted = append(accepted, *want.Family)
	}
	var codes []string
	for _, family := range got.Families {
		codes = append(codes, family.Code)
	}
	first := len(codes) > 0 && slices.Contains(accepted, codes[0]) || want.Family == nil && len(codes) == 0
	f.family1.count(say("family1", first))
	f.family3.count(say("family3", first || slices.ContainsFunc(codes[:min(3, len(codes))], func(c string) bool { return slices.Contains(accepted, c) })))
	date := say("date", near(got.Date, want.Date, want.Days))
	if want.Date == nil {
		f.invented.count(got.Date != nil)
	} else {
		f.date.count(date)
	}
	amount := say("amount", scoreSaid(&f.amount, &f.overread, want.Amount != nil, got.Amount != nil,
		want.Amount != nil && got.Amount != nil && math.Abs(*got.Amount-*want.Amount) < 1 && equal(got.Period, want.Period)))
	notice := say("notice", scoreSaid(&f.notice, &f.overread, want.Notice != nil, got.Notice != nil, equal(got.Notice, want.Notice)))
	renewal := say("renewal", scoreSaid(&f.renewal, &f.overread, want.Renewal != nil, got.Renewal != nil, equal(got.Renewal, want.Renewal)))
	// A supplier that nobody said is overread but does not spoil the line.
	supplier := scoreSaid(&f.supplier, &f.overread, want.Supplier != nil, got.Supplier != nil, sameName(got.Supplier, want.Supplier))
	supplier = say("supplier", supplier) || want.Supplier == nil
	whole = kind && first && date && amount && notice && renewal && supplier
	f.whole.count(whole)
	return whole, wrong
}

func scoreSaid(right, overread *share, wanted, got, same bool) bool {
	if wanted {
		right.count(same)
		return same
	}
	overread.count(got)
	return !got
}

func equal[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

func near(got, want *string, days int) bool {
	if got == nil || want == nil {
		return got == nil && want == nil
	}
	a, errA := calendar.Parse(*got)
	b, errB := calendar.Parse(*want)
	apart := a.DaysUntil(b)
	return errA == nil && errB == nil && max(apart, -apart) <= days
}

// sameName compares names by their letters, or by one word that they share.
func sameName(got, want *string) bool {
	if got == nil || want == nil {
		return false
	}
	return letters(*got) == letters(*want) || slices.ContainsFunc(nameWords(*got), func(w string) bool { return slices.Contains(nameWords(*want), w) })
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFKD.String(strings.ToLower(s)))
}

func nameWords(s string) (words []string) {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }) {
		if w = letters(w); len(w) > 1 {
			words = append(words, w)
		}
	}
	return words
}

func readLabelled(t testing.TB, file string) (lines []labelled) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for scanner := bufio.NewScanner(f); scanner.Scan(); {
		var l labelled
		if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l)
	}
	return lines
}

// TestFigures holds the level that was reached on labelled files, so that no change loses it unseen. The rules and weights have seen
// statements.jsonl: its figures say what they remember. apart.jsonl teaches no weight. When its last sixty lines were read for the first time the
// kind was right in 98 % (one false alarm in 24), the first family in 94 %, dates, amounts and terms in all, the whole line in 95 %; the faults were
// then put right, so that a new file had to judge the next change. That is hurried.jsonl, half of it chat among DSIs and half proposals typed in haste.
// Read for the first time: the kind right in 89 % (three false alarms in 60), the first family in 97 %, the whole line in 84 %; its faults were put right
// too. Its last 78 lines were read after that, for the first time: the kind right in 97 % (no false alarm in 35), the first family in 88 %, dates,
// amounts and terms in all, the whole line in 91 %; then what they showed of families was put right. lookalike.jsonl holds sentences beside others that look like them and mean something else: the first time the kind was right in 79 %.
func TestFigures(t *testing.T) {
	atMost := map[string]bool{"false_alarm": true, "invented": true, "overread": true}
	for _, row := range []struct {
		file  string
		level map[string]float64
	}{
		{"testdata/statements.jsonl", map[string]float64{
			"kind": 0.99, "false_alarm": 0.01, "family1": 0.99, "family3": 0.99, "date": 0.99, "invented": 0, "amount": 1,
			"notice": 1, "renewal": 1, "supplier": 0.98, "overread": 0.005, "whole": 0.98,
		}},
		{"testdata/apart.jsonl", map[string]float64{
			"kind": 0.97, "false_alarm": 0.05, "family1": 0.97, "family3": 1, "date": 1, "invented": 0, "amount": 1,
			"notice": 1, "renewal": 1, "supplier": 1, "overread": 0.005, "whole": 0.97,
		}},
		{"testdata/hurried.jsonl", map[string]float64{
			"kind": 0.98, "false_alarm": 0.02, "family1": 0.98, "family3": 1, "date": 1, "invented": 0, "amount": 1,
			"notice": 1, "renewal": 1, "supplier": 0.93, "overread": 0.005, "whole": 0.97,
		}},
		{"testdata/lookalike.jsonl", map[string]float64{
			"kind": 0.98, "false_alarm": 0.03, "family1": 0.98, "family3": 1, "date": 1, "invented": 0.03, "amount": 1,
			"notice": 1, "renewal": 1, "supplier": 1, "overread": 0.015, "whole": 0.97,
		}},
	} {
		t.Run(row.file, func(t *testing.T) {
			var f figures
			for _, want := range readLabelled(t, row.file) {
				in, _ := json.Marshal(map[string]string{"text": want.Text, "on": want.On, "lang": want.Lang})
				var got answer
				if err := json.Unmarshal(intake.ExplainJSON(in, calendar.Day{}), &got); err != nil {
					t.Fatal(err)
				}
				if whole, wrong := f.score(want, got); !whole && testing.Verbose() {
					t.Logf("%v: %s\n   want %s\n   got  %s", wrong, want.Text, shown(want), shown(got))
				}
			}
			reached := f.byName()
			for name, level := range row.level {
				if atMost[name] && reached[name] > level || !atMost[name] && reached[name] < level {
					t.Errorf("%s is %.3f, it was %.3f", name, reached[name], level)
				}
			}
			t.Log(reached)
		})
	}
}

// shown writes what was said, short enough to compare by eye.
func shown(v any) string {
	raw, _ := json.Marshal(v)
	var all map[string]any
	_ = json.Unmarshal(raw, &all)
	var b strings.Builder
	for _, name := range []string{"kind", "family", "family_ok", "families", "date", "supplier", "amount_eur", "amount_period", "notice_months", "renewal"} {
		if value := all[name]; value != nil {
			fmt.Fprintf(&b, "%s=%v ", name, value)
		}
	}
	return b.String()
}
