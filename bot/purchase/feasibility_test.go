package purchase_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

var update = flag.Bool("update", false, "write the golden files anew")

func day(s string) calendar.Day {
	if s == "" {
		return calendar.Day{}
	}
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func yearly(euros int64) money.Amount {
	return money.Amount{Cents: euros * 100, Period: money.Yearly}
}

func months(n int) contract.Notice { return contract.Notice{Months: n, Known: true} }

// holds is a telephony contract of an organisation.
func holds(org, ref string, terms contract.Terms, amount money.Amount) proposal.Proposal {
	return proposal.Proposal{Ref: proposal.Ref(ref), Kind: proposal.Contract, Org: org, Family: "telephony", Terms: terms, Amount: amount}
}

func needs(org, ref, wanted string, amount money.Amount) proposal.Proposal {
	return proposal.Proposal{Ref: proposal.Ref(ref), Kind: proposal.Need, Org: org, Family: "telephony", Wanted: day(wanted), Amount: amount}
}

// tacit is a contract of three years that renews by the year.
func tacit(end string, renewals int, notice contract.Notice) contract.Terms {
	e := day(end)
	return contract.Terms{Start: e.AddDays(1).AddMonths(-36), End: e, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: &renewals, Notice: notice}
}

func ends(end string) contract.Terms {
	e := day(end)
	return contract.Terms{Start: e.AddDays(1).AddMonths(-36), End: e, Renewal: contract.None}
}

func office(org string) string { return "Office " + org }

// TestAnswer writes the honest answers in both languages, to be read in testdata/feasibility.golden.
func TestAnswer(t *testing.T) {
	var page strings.Builder
	for _, c := range []struct {
		why string
		q   purchase.Question
	}{
		{
			"the seed's own example: 189 days, 80 k€ a year over four years; both can renew",
			purchase.Question{On: day("2026-11-23"), Family: "telephony", Needs: []proposal.Proposal{
				holds("A", "C-1", tacit("2027-05-31", 2, months(3)), yearly(24_000)),
				holds("B", "C-2", tacit("2027-09-30", 1, months(3)), yearly(56_000)),
			}},
		},
		{
			"the same a year earlier: there is time",
			purchase.Question{On: day("2025-11-24"), Family: "telephony", Needs: []proposal.Proposal{
				holds("A", "C-1", tacit("2027-05-31", 2, months(3)), yearly(24_000)),
				holds("B", "C-2", tacit("2027-09-30", 1, months(3)), yearly(56_000)),
			}},
		},
		{
			"nothing can be renewed, little money: amendment, framework, separate purchase",
			purchase.Question{On: day("2026-11-23"), Family: "telephony", Needs: []proposal.Proposal{
				holds("A", "C-1", ends("2027-02-28"), yearly(8_000)),
				holds("B", "C-2", ends("2027-06-30"), yearly(9_000)),
			}},
		},
		{
			"one amount unknown: a range, and the longest procedure",
			purchase.Question{On: day("2026-11-23"), Family: "telephony", Needs: []proposal.Proposal{
				holds("A", "C-1", tacit("2027-05-31", 2, months(3)), yearly(24_000)),
				holds("B", "C-2", tacit("2027-09-30", 1, months(3)), money.Amount{}),
			}},
		},
		{
			"needs only, no amount, a wanted day in two years: the threshold of 2028 is not known yet",
			purchase.Question{On: day("2026-11-23"), Family: "telephony", Needs: []proposal.Proposal{
				needs("A", "B-1", "2028-12-01", money.Amount{}),
				needs("B", "B-2", "2029-01-01", money.Amount{}),
			}},
		},
		{
			"an ERP takes longer to bring into use",
			purchase.Question{On: day("2026-11-23"), Family: "housing-erp", Wanted: day("2028-01-01"), Needs: []proposal.Proposal{
				holds("A", "C-1", tacit("2027-12-31", 2, months(12)), yearly(150_000)),
				holds("B", "C-2", tacit("2028-12-31", 2, months(12)), yearly(200_000)),
			}},
		},
		{
			"the sentence that most people write: an end and nothing else",
			purchase.Question{On: day("2026-11-23"), Family: "telephony", Needs: []proposal.Proposal{
				holds("A", "C-1", contract.Terms{End: day("2027-05-23")}, money.Amount{}),
				holds("B", "C-2", contract.Terms{End: day("2027-08-31")}, yearly(30_000)),
			}},
		},
	} {
		c.q.Name = office
		f := purchase.Default().Feasible(c.q)
		fmt.Fprintf(&page, "# %s\n", c.why)
		for _, lang := range locale.Languages {
			fmt.Fprintf(&page, "  %s\n", f.Summary(true).In(lang))
			for _, line := range f.Lines(true) {
				fmt.Fprintf(&page, "    %s\n", line.In(lang))
			}
		}
		fmt.Fprintf(&page, "  for partners: %s\n", f.Summary(false).In(locale.French))
		for _, line := range f.Plan.Lines() {
			fmt.Fprintf(&page, "    %s\n", line.In(locale.French))
		}
		for _, line := range f.Convergence.Lines(office) {
			fmt.Fprintf(&page, "    %s\n", line.In(locale.French))
		}
		page.WriteString("\n")
	}
	golden(t, "testdata/feasibility.golden", page.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (go test -update writes it anew):\n%s", file, diff)
	}
}

// TestWays is seen on 23 November 2026; a joint purchase of this size takes until June 2027 at the least.
func TestWays(t *testing.T) {
	none := money.Amount{}
	for _, row := range []struct {
		why  string
		a, b proposal.Proposal
		want string // renew, amend, framework, separate
	}{
		{"little time, little money, nothing renews", holds("A", "C-1", ends("2027-03-15"), yearly(9_000)), holds("B", "C-2", ends("2027-03-31"), yearly(8_000)), "no yes unknown yes"},
		{"too long for an amendment of the first, the second unknown: no is no", holds("A", "C-1", ends("2027-01-15"), yearly(9_000)), holds("B", "C-2", contract.Terms{End: day("2027-03-31"), Renewal: contract.None}, yearly(8_000)), "no no no yes"},
		{"nobody said whether it renews, nor what it costs", holds("A", "C-1", contract.Terms{End: day("2027-03-31")}, none), holds("B", "C-2", contract.Terms{End: day("2027-03-31")}, none), "unknown unknown unknown unknown"},
		{"six weeks are too short for anything but the renewal", holds("A", "C-1", tacit("2027-01-05", 2, contract.Notice{Known: true}), yearly(60_000)), holds("B", "C-2", tacit("2027-01-05", 2, contract.Notice{Known: true}), yearly(60_000)), "yes no no no"},
	} {
		f := purchase.Default().Feasible(purchase.Question{On: day("2026-11-23"), Family: "telephony", Needs: []proposal.Proposal{row.a, row.b}})
		var got []string
		for _, w := range f.Alternatives {
			got = append(got, string(w.Possible))
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s: %v, want %s", row.why, got, row.want)
			for _, line := range f.Lines(true) {
				t.Log(line.In(locale.English))
			}
		}
	}
}
