package purchase_test

import (
	"strings"
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

func TestAgreement(t *testing.T) {
	agreed := collecting(t)
	agreed.State = purchase.Agreement
	today := day("2027-03-20")
	for _, row := range []struct {
		why, org, signed string
		p                purchase.Purchase
		refused          string
	}{
		{"on the day", "B", "2027-03-20", agreed, ""},
		{"some days ago", "B", "2027-03-15", agreed, ""},
		{"a signature that is promised is none", "B", "2027-03-21", agreed, "purchase.refuse.signature-to-come"},
		{"who is not in", "C", "2027-03-15", agreed, "purchase.refuse.not-member"},
		{"needs are still being said", "B", "2027-03-15", collecting(t), "purchase.refuse.no-agreement-yet"},
	} {
		p, err := row.p.Sign(row.org, "dsi-b", day(row.signed), today)
		if got := refusal(err); got != row.refused {
			t.Errorf("%s: refused %q, want %q", row.why, got, row.refused)
		}
		if m, _ := p.Member(row.org); err == nil && (m.Signed != day(row.signed) || m.SignedBy != "dsi-b") {
			t.Errorf("%s: %+v", row.why, m)
		}
	}
	planned, err := collecting(t).Deliberate("B", day("2027-04-02"))
	if err != nil {
		t.Fatal("a board meets before there is an agreement to sign:", err)
	}
	m, _ := planned.Member("B")
	for on, want := range map[string]string{"2027-03-20": "délibération prévue le 02/04/2027", "2027-04-02": "délibération du 02/04/2027"} {
		if got := m.AgreementText(day(on)).In(locale.French); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", on, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	tendering := collecting(t)
	tendering.State = purchase.Tender
	for _, row := range []struct {
		why     string
		p       purchase.Purchase
		months  int
		refused string
		says    string
	}{
		{"three years", collecting(t), 36, "", "3 ans"},
		{"eighteen months are no whole years", collecting(t), 18, "", "18 mois"},
		{"longer than a framework agreement may be: a warning, since a plain contract may", collecting(t), 72, "", "à vérifier"},
		{"the usual one again", collecting(t), 0, "", "4 ans, comme d’habitude"},
		{"a century is a slip", collecting(t), 1200, "purchase.refuse.duration", ""},
		{"the tender is out: its candidates have read a duration", tendering, 36, "purchase.refuse.duration-fixed", ""},
	} {
		p, err := row.p.SetMonths(row.months)
		if got := refusal(err); got != row.refused {
			t.Errorf("%s: refused %q, want %q", row.why, got, row.refused)
		}
		if err == nil && !strings.Contains(p.DurationText(purchase.Default(), day("2026-11-23")).In(locale.French), row.says) {
			t.Errorf("%s: %q", row.why, p.DurationText(purchase.Default(), day("2026-11-23")).In(locale.French))
		}
	}
}

// TestProposed: it is not always the same who coordinate.
func TestProposed(t *testing.T) {
	carried := func(ref purchase.Ref, org string, state purchase.State) purchase.Purchase {
		return purchase.Purchase{Ref: ref, State: state, Coordinator: purchase.Coordinator{Org: org}}
	}
	two, _ := open().Join(purchase.Member{Org: "B", By: "dsi-b"}, day("2026-11-24"))
	led, _ := two.Coordinate(purchase.Coordinator{Org: "A", Person: "dsi-a"})
	for _, row := range []struct {
		why  string
		p    purchase.Purchase
		all  []purchase.Purchase
		want string
	}{
		{"nobody carried anything: who opened it", two, nil, "A"},
		{"A carries one now", two, []purchase.Purchase{carried("AC-8", "A", purchase.Tender)}, "B"},
		{"A carries one now, B carried two that are over", two, []purchase.Purchase{carried("AC-7", "A", purchase.Tender), carried("AC-8", "B", purchase.Review), carried("AC-9", "B", purchase.Review)}, "B"},
		{"both are free, and B carried fewer", two, []purchase.Purchase{carried("AC-7", "A", purchase.Review)}, "B"},
		{"what was dropped cost nobody much", two, []purchase.Purchase{carried("AC-7", "A", purchase.Dropped)}, "A"},
		{"one organisation needs no coordinator", open(), nil, ""},
		{"it has one", led, nil, ""},
	} {
		got, _ := row.p.Proposed(row.all)
		if got.Org != row.want {
			t.Errorf("%s: %q, want %q", row.why, got.Org, row.want)
		}
	}
}

func TestDeadlines(t *testing.T) {
	agreed := collecting(t)
	agreed.State = purchase.Agreement
	for _, row := range []struct {
		why     string
		of      purchase.State
		day     calendar.Day
		refused string
	}{
		{"the state now", purchase.Agreement, day("2027-05-15"), ""},
		{"one to come", purchase.Award, day("2027-09-15"), ""},
		{"taken back", purchase.Award, calendar.Day{}, ""},
		{"one that is behind", purchase.Collection, day("2027-05-15"), "purchase.refuse.state-behind"},
		{"a day that is past", purchase.Agreement, day("2027-03-01"), "purchase.refuse.closing-in-the-past"},
	} {
		if _, err := agreed.SetDeadline(row.of, row.day, day("2027-03-20")); refusal(err) != row.refused {
			t.Errorf("%s: refused %q, want %q", row.why, refusal(err), row.refused)
		}
	}
}
