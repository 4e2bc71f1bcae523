package contract_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
)

// noticeCase is one line of testdata/notice.jsonl and of its like.
type noticeCase struct {
	ID    string `json:"id"`
	Input struct {
		Start         calendar.Day     `json:"start"`
		Months        *int             `json:"months"`
		End           calendar.Day     `json:"end"`
		Renewal       contract.Renewal `json:"renewal"`
		RenewalMonths int              `json:"renewal_months"`
		MaxRenewals   int              `json:"max_renewals"`
		Notice        contract.Notice  `json:"notice"`
		On            calendar.Day     `json:"on"`
	} `json:"input"`
	Expect struct {
		State        contract.State `json:"state"`
		Term         calendar.Day   `json:"term"`
		RenewalsDone int            `json:"renewals_done"`
		LastDay      calendar.Day   `json:"last_day"`
		ActBy        calendar.Day   `json:"act_by"`
		UltimateEnd  calendar.Day   `json:"ultimate_end"`
		NextTerm     calendar.Day   `json:"next_term"`
		NextLastDay  calendar.Day   `json:"next_last_day"`
		NextActBy    calendar.Day   `json:"next_act_by"`
	} `json:"expect"`
	Why string `json:"why"`
}

func (c noticeCase) terms() contract.Terms {
	t := contract.Terms{
		Start:         c.Input.Start,
		End:           c.Input.End,
		Renewal:       c.Input.Renewal,
		RenewalMonths: c.Input.RenewalMonths,
		MaxRenewals:   &c.Input.MaxRenewals,
		Notice:        c.Input.Notice,
		Complete:      true,
	}
	t.Notice.Known = true
	if c.Input.Months != nil {
		t.Months = *c.Input.Months
	}
	return t
}

// TestNoticeCases walks the published cases: each line of testdata/*.jsonl says why it is there.
func TestNoticeCases(t *testing.T) {
	for _, name := range []string{"testdata/notice.jsonl", "testdata/more_notice.jsonl"} {
		for _, c := range readNoticeCases(t, name) {
			got := contract.At(c.terms(), c.Input.On)
			want := contract.Situation{
				State: c.Expect.State, Term: c.Expect.Term, RenewalsDone: c.Expect.RenewalsDone,
				LastDay: c.Expect.LastDay, ActBy: c.Expect.ActBy, UltimateEnd: c.Expect.UltimateEnd,
				NextTerm: c.Expect.NextTerm, NextLastDay: c.Expect.NextLastDay, NextActBy: c.Expect.NextActBy,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", c.ID, c.Why, diff)
			}
		}
	}
}

func readNoticeCases(t testing.TB, name string) []noticeCase {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var cases []noticeCase
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var c noticeCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s line %d: %v", name, len(cases)+1, err)
		}
		cases = append(cases, c)
	}
	if err := lines.Err(); err != nil || len(cases) < 60 {
		t.Fatalf("%s: %d cases, %v", name, len(cases), err)
	}
	return cases
}
