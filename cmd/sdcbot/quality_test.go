package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"unicode"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/intake"
	"sdcbot/bot/match"
	"sdcbot/bot/text"
)

// TestQuality judges the four judgements on labelled lines and prints a table. It runs by `make quality` alone; a figure that misses its bound fails it.
// Without a folder it takes the repository's own lines: those of statements, dates and titles were written apart, and nothing was learnt from them.
func TestQuality(t *testing.T) {
	if os.Getenv("SDCBOT_QUALITY") == "" {
		t.Skip("judged by make quality")
	}
	q := &quality{t: t}
	w := tabwriter.NewWriter(&q.table, 0, 0, 3, ' ', 0)
	q.rows = w
	fmt.Fprintf(w, "judgement\tlines\tbound\tmeasured\t\n")
	folder := os.Getenv("SDCBOT_DATA")
	if folder == "" {
		q.statements("../../bot/intake/testdata/apart.jsonl", "../../bot/intake/testdata/second.jsonl", "../../bot/intake/testdata/hurried.jsonl", "../../bot/intake/testdata/unseen.jsonl")
		q.dates(datesOfTSV(t, "../../bot/when/testdata/more.tsv"))
		q.pairs("../../bot/match/matchtest/pairs.jsonl", "../../bot/match/matchtest/apart.jsonl")
		q.terms("../../bot/contract/testdata/notice.jsonl", "../../bot/contract/testdata/more_notice.jsonl")
		q.titles(titlesOfTSV(t, "../../bot/family/testdata/titles.tsv"))
	} else {
		at := func(name string) string { return filepath.Join(folder, name) }
		q.statements(at("statements.jsonl"))
		q.dates(lines[datedLine](t, at("dates.jsonl")))
		q.pairs(at("pairs.jsonl"))
		q.terms(at("notice.jsonl"))
		q.titles(titlesOf(t, at("title_families.tsv"), at("contracts.jsonl")))
	}
	w.Flush()
	fmt.Print("\n" + q.table.String())
}

type quality struct {
	t     *testing.T
	table bytes.Buffer
	rows  *tabwriter.Writer
}

// row prints a share beside its bound: at least it, or at most where most is true.
func (q *quality) row(judgement string, right, of int, bound float64, most bool) {
	share := 1.0
	if most {
		share = 0
	}
	if of > 0 {
		share = float64(right) / float64(of)
	}
	sign, met := "≥", share >= bound
	if most {
		sign, met = "≤", share <= bound
	}
	mark := "✓"
	if !met {
		mark = "✗"
		q.t.Fail()
	}
	fmt.Fprintf(q.rows, "%s\t%d\t%s %g\t%.3f\t%s\n", judgement, of, sign, bound, share, mark)
}

// wrong logs an answer that misses its label, for who runs the test with -v.
func (q *quality) wrong(kind string, line, answer any) {
	q.t.Helper()
	asked, _ := json.Marshal(line)
	got, _ := json.Marshal(answer)
	q.t.Logf("%s\n  %s\n  %s", kind, asked, got)
}

// lines reads a file of one JSON object a line.
func lines[T any](t *testing.T, path string) (all []T) {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var one T
		if strings.TrimSpace(in.Text()) == "" {
			continue
		}
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, one)
	}
	return all
}

// answered asks one of the JSON forms and reads what it says.
func answered[T any](t *testing.T, question any, explain func([]byte) []byte) (got T) {
	line, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(explain(line), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func near(got, want string, tolerance int) bool {
	if got == "" || want == "" {
		return got == want
	}
	g, errG := calendar.Parse(got)
	w, errW := calendar.Parse(want)
	return errG == nil && errW == nil && int(math.Abs(float64(g.DaysUntil(w)))) <= tolerance
}

type statementLine struct {
	Text         string   `json:"text"`
	On           string   `json:"on"`
	Lang         string   `json:"lang"`
	Kind         string   `json:"kind"`
	Family       string   `json:"family"`
	FamilyOK     []string `json:"family_ok"`
	Date         string   `json:"date"`
	Tolerance    int      `json:"tolerance_days"`
	Supplier     string   `json:"supplier"`
	Amount       *float64 `json:"amount_eur"`
	Period       string   `json:"amount_period"`
	NoticeMonths *int     `json:"notice_months"`
	Renewal      string   `json:"renewal"`
}

type statementAnswer struct {
	Kind     string `json:"kind"`
	Families []struct {
		Code string `json:"code"`
	} `json:"families"`
	Date         string   `json:"date"`
	Supplier     string   `json:"supplier"`
	Amount       *float64 `json:"amount_eur"`
	Period       string   `json:"amount_period"`
	NoticeMonths *int     `json:"notice_months"`
	Renewal      string   `json:"renewal"`
}

func (q *quality) statements(paths ...string) {
	var all []statementLine
	for _, path := range paths {
		all = append(all, lines[statementLine](q.t, path)...)
	}
	var kind, chat, alarm, some, first, three, dated, date, undated, invented, whole int
	said, right := map[string]int{}, map[string]int{}
	silent, over := 0, 0
	for _, l := range all {
		ask := map[string]string{"text": l.Text, "on": l.On, "lang": cmp.Or(l.Lang, "fr")}
		got := answered[statementAnswer](q.t, ask, func(in []byte) []byte { return intake.ExplainJSON(in, calendar.Day{}) })
		k := got.Kind == l.Kind
		count(&kind, k)
		if l.Kind == "none" {
			chat++
			count(&alarm, !k)
			count(&whole, k)
			if !k {
				q.wrong("false alarm", l, got)
			}
			continue
		}
		some++
		at := slices.IndexFunc(got.Families, func(f struct {
			Code string `json:"code"`
		},
		) bool {
			return f.Code == l.Family || slices.Contains(l.FamilyOK, f.Code)
		})
		f1 := at == 0 || l.Family == "" && len(got.Families) == 0
		count(&first, f1)
		count(&three, f1 || at > 0 && at < 3)
		d := near(got.Date, l.Date, l.Tolerance)
		if l.Date == "" {
			undated++
			count(&invented, got.Date != "")
		} else {
			dated++
			count(&date, d)
		}
		all := k && f1 && d
		field := func(name string, told, ok, read bool) {
			if told {
				said[name]++
				if ok {
					right[name]++
				}
				all = all && ok
				return
			}
			silent++
			count(&over, read)
			all = all && !read
		}
		field("amount", l.Amount != nil, l.Amount != nil && got.Amount != nil && math.Abs(*l.Amount-*got.Amount) < 1 && l.Period == got.Period, got.Amount != nil)
		field("notice", l.NoticeMonths != nil, l.NoticeMonths != nil && got.NoticeMonths != nil && *l.NoticeMonths == *got.NoticeMonths, got.NoticeMonths != nil)
		field("renewal", l.Renewal != "", l.Renewal == got.Renewal, got.Renewal != "")
		field("supplier", l.Supplier != "", sameSupplier(l.Supplier, got.Supplier), got.Supplier != "")
		count(&whole, all)
		if !all {
			q.wrong("statement", l, got)
		}
	}
	q.row("kind", kind, len(all), 0.95, false)
	q.row("false alarm on ordinary chat", alarm, chat, 0.02, true)
	q.row("family of a statement, first answer", first, some, 0.90, false)
	q.row("family of a statement, among three", three, some, 0.96, false)
	q.row("date of a statement", date, dated, 0.97, false)
	q.row("date invented in a statement", invented, undated, 0.01, true)
	for _, f := range []struct {
		name  string
		bound float64
	}{{"amount", 0.97}, {"notice", 0.97}, {"renewal", 0.95}, {"supplier", 0.90}} {
		q.row(f.name, right[f.name], said[f.name], f.bound, false)
	}
	q.row("field read where none was said", over, silent, 0.02, true)
	q.row("a whole statement", whole, len(all), 0.80, false)
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

// sameSupplier takes a name for another that shares a word of more than one letter with it.
func sameSupplier(want, got string) bool {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, text.Fold(s))
	}
	if letters(want) == letters(got) {
		return true
	}
	for _, w := range text.Words(want) {
		if len(w.Folded) > 1 && slices.ContainsFunc(text.Words(got), func(o text.Word) bool { return o.Folded == w.Folded }) {
			return true
		}
	}
	return false
}

type datedLine struct {
	Text      string `json:"text"`
	On        string `json:"on"`
	Lang      string `json:"lang"`
	Date      string `json:"date"`
	Tolerance int    `json:"tolerance_days"`
}

// tsv reads the lines of a table that are no remark.
func tsv(t *testing.T, path string) (rows [][]string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

func datesOfTSV(t *testing.T, path string) (all []datedLine) {
	for _, cells := range tsv(t, path) {
		tolerance, err := strconv.Atoi(cells[2])
		if err != nil {
			t.Fatalf("%s: %v", path, cells)
		}
		all = append(all, datedLine{On: cells[0], Date: strings.Trim(cells[1], "-"), Tolerance: tolerance, Text: cells[3]})
		if cells[1] != "-" {
			all[len(all)-1].Date = cells[1]
		}
	}
	return all
}

func (q *quality) dates(all []datedLine) {
	var dated, right, undated, invented int
	for _, l := range all {
		ask := map[string]string{"text": l.Text, "on": l.On, "lang": cmp.Or(l.Lang, "fr")}
		got := answered[statementAnswer](q.t, ask, func(in []byte) []byte { return intake.ExplainJSON(in, calendar.Day{}) })
		ok := near(got.Date, l.Date, l.Tolerance)
		if l.Date == "" {
			undated++
			count(&invented, !ok)
		} else {
			dated++
			count(&right, ok)
		}
		if !ok {
			q.wrong("date", l, got.Date)
		}
	}
	q.row("date of an expression", right, dated, 0.97, false)
	q.row("date invented in an expression", invented, undated, 0.01, true)
}

func (q *quality) pairs(paths ...string) {
	type side struct {
		Org  string `json:"org"`
		Text string `json:"text"`
		On   string `json:"on"`
	}
	type pair struct {
		A     side `json:"a"`
		B     side `json:"b"`
		Match bool `json:"match"`
	}
	var right, said, wanted int
	var all []pair
	for _, path := range paths {
		all = append(all, lines[pair](q.t, path)...)
	}
	for _, p := range all {
		got := answered[struct {
			Match bool `json:"match"`
		}](q.t, p, func(in []byte) []byte { return match.ExplainJSON(in, calendar.Day{}) })
		count(&said, got.Match)
		count(&wanted, p.Match)
		count(&right, got.Match && p.Match)
		if got.Match != p.Match {
			q.wrong("pair", p, got)
		}
	}
	q.row("pairs brought together that should be", right, said, 0.95, false)
	q.row("pairs that should be, brought together", right, wanted, 0.92, false)
}

func (q *quality) terms(paths ...string) {
	type line struct {
		ID     string                     `json:"id"`
		Input  json.RawMessage            `json:"input"`
		Expect map[string]json.RawMessage `json:"expect"`
	}
	var right, of int
	for _, path := range paths {
		for _, l := range lines[line](q.t, path) {
			got := answered[map[string]json.RawMessage](q.t, map[string]any{"id": l.ID, "input": l.Input}, func(in []byte) []byte { return contract.ExplainJSON(in, calendar.Day{}) })
			ok := true
			for key, want := range l.Expect {
				ok = ok && string(got[key]) == string(want)
			}
			of++
			count(&right, ok)
			if !ok {
				q.wrong("contract dates", l, got)
			}
		}
	}
	q.row("contract dates, every field", right, of, 1, false)
}

type titleLine struct {
	Title  string
	Wanted []string // the family, and those that are as good
}

func titlesOfTSV(t *testing.T, path string) (all []titleLine) {
	for _, cells := range tsv(t, path)[1:] {
		all = append(all, titleLine{cells[0], families(cells[1:])})
	}
	return all
}

// titlesOf joins labels to titles by their ids.
func titlesOf(t *testing.T, labels, contracts string) (all []titleLine) {
	wanted := map[string][]string{}
	for _, cells := range tsv(t, labels)[1:] {
		wanted[cells[0]] = families(cells[1:])
	}
	for _, c := range lines[struct{ ID, Title string }](t, contracts) {
		if w, ok := wanted[c.ID]; ok {
			all = append(all, titleLine{c.Title, w})
		}
	}
	return all
}

func families(cells []string) (codes []string) {
	for _, cell := range cells {
		for code := range strings.SplitSeq(cell, ",") {
			if code != "" {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

func (q *quality) titles(all []titleLine) {
	var first, three int
	for _, l := range all {
		got := answered[statementAnswer](q.t, map[string]string{"title": l.Title}, intake.ExplainTitleJSON)
		at := slices.IndexFunc(got.Families, func(f struct {
			Code string `json:"code"`
		},
		) bool {
			return slices.Contains(l.Wanted, f.Code)
		})
		count(&first, at == 0)
		count(&three, at >= 0 && at < 3)
		if at != 0 {
			q.wrong("title", l, got.Families)
		}
	}
	q.row("family of a title, first answer", first, len(all), 0.80, false)
	q.row("family of a title, among three", three, len(all), 0.92, false)
}
