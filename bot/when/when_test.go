package when_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/when"
)

func day(t testing.TB, s string) calendar.Day {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// line is a text with the date that it means.
type line struct {
	text, on, date, why string // date "": none can be understood
	tolerance           int
}

func (l line) right(t testing.TB) (got when.Found, ok bool) {
	t.Helper()
	got, found := when.Target(l.text, day(t, l.on))
	if l.date == "" || !found {
		return got, !found && l.date == ""
	}
	off := got.Day.DaysUntil(day(t, l.date))
	return got, max(off, -off) <= l.tolerance
}

func table(t testing.TB, file string) (lines []line) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for s := range strings.Lines(string(data)) {
		if s = strings.TrimSuffix(s, "\n"); s == "" || strings.HasPrefix(s, "#") {
			continue
		}
		cells := append(strings.Split(s, "\t"), "")
		tolerance, err := strconv.Atoi(cells[2])
		if err != nil {
			t.Fatalf("%s: %q: %v", file, s, err)
		}
		lines = append(lines, line{on: cells[0], date: strings.TrimPrefix(cells[1], "-"), tolerance: tolerance, text: cells[3], why: cells[4]})
	}
	return lines
}

func TestTarget(t *testing.T) {
	for _, file := range []string{"lines.tsv", "more.tsv"} {
		for _, l := range table(t, file) {
			if got, ok := l.right(t); !ok {
				t.Errorf("%s: %q is %q, want %q: %s", l.on, l.text, got.Day, l.date, l.why)
			}
		}
	}
}

// TestFigures holds the reader at what it reached on the shared expressions: all of them, and nothing invented. The goals are 0.97
// and 0.01.
func TestFigures(t *testing.T) {
	data, err := os.ReadFile("testdata/dates.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var dated, right, undated, invented int
	for scanner := bufio.NewScanner(bytes.NewReader(data)); scanner.Scan(); {
		var row struct {
			Text, On, Date string
			Tolerance      int `json:"tolerance_days"`
		}
		if err := json.Unmarshal(scanner.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		l := line{text: row.Text, on: row.On, date: row.Date, tolerance: row.Tolerance}
		got, ok := l.right(t)
		switch {
		case l.date == "":
			undated++
			if !ok {
				invented++
			}
		default:
			dated++
			if ok {
				right++
			}
		}
		if !ok {
			t.Logf("%s: %q is %q, want %q", l.on, l.text, got.Day, l.date)
		}
	}
	if dated < 150 || undated < 20 || right < dated || invented > 0 {
		t.Errorf("%d of %d dates are right, %d of %d invented", right, dated, invented, undated)
	}
}

func TestImpossible(t *testing.T) {
	for _, row := range []struct{ text, want, why string }{
		{"contrat Orange jusqu'au 31 février 2027", "31 février 2027", "February never has 31 days"},
		{"fin le 29/02/2027", "29/02/2027", "2027 is no leap year"},
		{"ends June 31st, préavis 3 mois", "June 31st", "English"},
		{"le 32/01/2027", "32/01/2027", "no month has 32 days"},
		{"15/13/2027", "15/13/2027", "no thirteenth month, even turned round"},
		{"échéance T5 2027", "T5 2027", "no fifth quarter"},
		{"S53 2027", "S53 2027", "2027 has 52 weeks"},
		{"le 0 mai 2027", "0 mai 2027", "no day zero"},
		{"31/6 ou 30/6", "31/6", "the first that does not exist"},
		{"jusqu'au 31/12/2207", "31/12/2207", "two figures swapped: too far"},
		{"le 3 mai 2207", "3 mai 2207", "not the third of May to come"},
		{"fin mars 2207", "fin mars 2207", "nor March"},
		{"03/2207", "03/2207", "in figures"},
		{"en juin 2500 logements seront raccordés", "", "the number counts dwellings"},
		{"juin, 2400 € par an", "", "or euros"},
		{"31/12/2100", "", "the last year that is read"},
		{"le 29 février", "", "some year has it"},
		{"S53 2026", "", "2026 has 53 weeks"},
		{"31/12/2027", "", "exists"},
		{"bientôt", "", "vague, not impossible"},
		{"", "", "nothing"},
	} {
		if got, ok := when.Impossible(row.text); got != row.want || ok != (row.want != "") {
			t.Errorf("%q: %q, want %q: %s", row.text, got, row.want, row.why)
		}
	}
}

func TestTooFar(t *testing.T) {
	for _, row := range []struct {
		words string
		want  bool
		why   string
	}{
		{"31/12/2207", true, "a year that was mistyped"},
		{"31/02/2207", true, "that too, whatever the day"},
		{"31/02/2027", false, "no such day"},
		{"31 février", false, "no year at all"},
		{"31/12/2100", false, "the last year"},
		{"31/12/2101", true, "the first beyond"},
	} {
		if got := when.TooFar(row.words); got != row.want {
			t.Errorf("%q: %v, want %v: %s", row.words, got, row.want, row.why)
		}
	}
}
