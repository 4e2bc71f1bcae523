package purchase_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

func TestParseRef(t *testing.T) {
	for _, row := range []struct{ typed, want, why string }{
		{"AC-3", "AC-3", "as it is written"},
		{"ac3", "AC-3", "as it is typed"},
		{" Ac 12 ", "AC-12", "with spaces"},
		{"AC-0", "", "counted from 1"},
		{"C-3", "", "a contract"},
		{"AC-", "", "no number"},
		{"AC-9999999999", "", "nobody has that many"},
	} {
		got, err := purchase.ParseRef(row.typed)
		if string(got) != row.want || (err == nil) != (row.want != "") {
			t.Errorf("%q: %q, %v, want %q: %s", row.typed, got, err, row.want, row.why)
		}
	}
}

var opened = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func open() purchase.Purchase {
	return purchase.Open(1, purchase.Member{Org: "A", By: "dsi-a", Since: day("2026-11-23"), Contracts: []proposal.Ref{"C-1"}}, "telephony", "téléphonie", opened)
}

// collecting is a purchase of A and B that collects needs until 26 February 2027.
func collecting(t testing.TB) purchase.Purchase {
	t.Helper()
	p := open()
	steps := []func(purchase.Purchase) (purchase.Purchase, error){
		func(p purchase.Purchase) (purchase.Purchase, error) { return p.AddLot("fixe") },
		func(p purchase.Purchase) (purchase.Purchase, error) { return p.AddLot("mobile") },
		func(p purchase.Purchase) (purchase.Purchase, error) { return p.AddLot("liens") },
		func(p purchase.Purchase) (purchase.Purchase, error) {
			return p.Join(purchase.Member{Org: "B", By: "dsi-b", Lots: []int{3, 1}}, day("2026-12-01"))
		},
		func(p purchase.Purchase) (purchase.Purchase, error) {
			return p.Coordinate(purchase.Coordinator{Org: "A", Person: "dsi-a"})
		},
		func(p purchase.Purchase) (purchase.Purchase, error) {
			return p.SetClosing(day("2027-02-26"), day("2026-12-01"))
		},
		func(p purchase.Purchase) (purchase.Purchase, error) {
			return p.SetTarget(day("2028-06-01"), day("2026-12-01"))
		},
		func(p purchase.Purchase) (purchase.Purchase, error) {
			p, _, err := p.Move(purchase.Collection, day("2026-12-02"))
			return p, err
		},
	}
	for i, step := range steps {
		var err error
		if p, err = step(p); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	return p
}

func refusal(err error) string {
	var r *purchase.Refusal
	if errors.As(err, &r) {
		return r.Why.Key
	}
	return ""
}

// TestWhoMayJoinWhen is the hard closing: nobody after it, and what remains possible is said.
func TestWhoMayJoinWhen(t *testing.T) {
	c := purchase.Member{Org: "C", By: "dsi-c"}
	tendering := collecting(t)
	tendering.State = purchase.Tender
	dropped := collecting(t)
	dropped.State = purchase.Dropped
	for _, row := range []struct {
		why     string
		p       purchase.Purchase
		member  purchase.Member
		on      string
		refused string
		instead int
	}{
		{"an idea is open to all", open(), c, "2026-11-24", "", 0},
		{"the last day of the collection counts", collecting(t), c, "2027-02-26", "", 0},
		{"the day after is too late", collecting(t), c, "2027-02-27", "purchase.refuse.late", 4},
		{"and so it is for one that is in and wants other lots", collecting(t), purchase.Member{Org: "B", Lots: []int{2}}, "2027-02-27", "purchase.refuse.late", 4},
		{"a tender that went out before the closing is closed too", tendering, c, "2026-12-24", "purchase.refuse.launched", 4},
		{"what was dropped takes nobody", dropped, c, "2026-12-24", "purchase.refuse.dropped", 1},
		{"a lot that there is not", collecting(t), purchase.Member{Org: "C", Lots: []int{4}}, "2026-12-24", "purchase.refuse.no-lot", 0},
	} {
		after, err := row.p.Join(row.member, day(row.on))
		if got := refusal(err); got != row.refused {
			t.Errorf("%s: refused %q, want %q", row.why, got, row.refused)
		}
		if (err != nil) != (row.refused != "") {
			t.Errorf("%s: %v", row.why, err)
		}
		var r *purchase.Refusal
		if errors.As(err, &r) && len(r.Instead) != row.instead {
			t.Errorf("%s: %d ways remain, want %d", row.why, len(r.Instead), row.instead)
		}
		if err != nil && !cmp.Equal(after, row.p) {
			t.Errorf("%s: refused, and changed all the same", row.why)
		}
		if _, in := after.Member(row.member.Org); err == nil && !in {
			t.Errorf("%s: not in", row.why)
		}
	}
}

func TestJoining(t *testing.T) {
	p, err := open().Join(purchase.Member{Org: "B", By: "dsi-b", Contracts: []proposal.Ref{"C-2"}}, day("2026-11-24"))
	if err != nil || p.State != purchase.Interest || len(p.Members) != 2 {
		t.Fatalf("the second organisation makes an interest of an idea: %s, %v", p.State, err)
	}
	again, err := p.Join(purchase.Member{Org: "B", By: "adj-b", Contracts: []proposal.Ref{"C-2", "C-7"}}, day("2026-11-25"))
	if err != nil || len(again.Members) != 2 {
		t.Fatalf("joining twice is joining once: %v, %v", again.Organisations(), err)
	}
	if m, _ := again.Member("B"); m.By != "dsi-b" || len(m.Contracts) != 2 {
		t.Errorf("the first word stands, contracts are added: %+v", m)
	}
	b, _ := collecting(t).Member("B")
	if got := collecting(t).LotsText(b).In(locale.French); got != "lots 1 (fixe) et 3 (liens)" {
		t.Errorf("lots: %q", got)
	}
	all, err := collecting(t).Join(purchase.Member{Org: "B", Lots: []int{1, 2, 3}}, day("2026-12-03"))
	if m, _ := all.Member("B"); err != nil || len(m.Lots) != 0 || !m.Buys(2) {
		t.Errorf("every lot is the same as all of them: %+v, %v", m, err)
	}
}

func TestWhoMayLeaveWhen(t *testing.T) {
	agreed := collecting(t)
	agreed.State = purchase.Agreement
	signed, err := agreed.Sign("B", "dsi-b", day("2027-03-15"), day("2027-03-15"))
	if err != nil {
		t.Fatal(err)
	}
	tendering := collecting(t)
	tendering.State = purchase.Tender
	for _, row := range []struct {
		why, org, refused string
		p                 purchase.Purchase
	}{
		{"while needs are collected", "B", "", collecting(t)},
		{"the coordinator hands over first", "A", "purchase.refuse.coordinator-leaves", collecting(t)},
		{"who is not in", "C", "purchase.refuse.not-member", collecting(t)},
		{"before signing the agreement", "B", "", agreed},
		{"having signed", "B", "purchase.refuse.signed", signed},
		{"once the tender is out", "B", "purchase.refuse.committed", tendering},
		{"the last one drops the purchase instead", "A", "purchase.refuse.last-member", open()},
	} {
		p, err := row.p.Leave(row.org)
		if got := refusal(err); got != row.refused {
			t.Errorf("%s: refused %q, want %q", row.why, got, row.refused)
		}
		if _, in := p.Member(row.org); err == nil && in {
			t.Errorf("%s: still in", row.why)
		}
	}
}

// TestMoves walks the states in order and tries what is not allowed on the way.
func TestMoves(t *testing.T) {
	alone := open()
	alone.State = purchase.Interest
	two, _ := open().Join(purchase.Member{Org: "B", By: "dsi-b"}, day("2026-11-24"))
	led, _ := two.Coordinate(purchase.Coordinator{Org: "A", Person: "dsi-a"})
	closing, _ := led.SetClosing(day("2027-02-26"), day("2026-12-01"))
	agreed := collecting(t)
	agreed.State = purchase.Agreement
	signed, _ := agreed.Sign("B", "dsi-b", day("2027-03-15"), day("2027-03-20"))
	sealed := signed
	for _, org := range signed.Unsigned() {
		sealed, _ = sealed.Sign(org, "dsi-a", day("2027-03-16"), day("2027-03-20"))
	}
	tendering := collecting(t)
	tendering.State = purchase.Tender
	for _, row := range []struct {
		why      string
		p        purchase.Purchase
		to       purchase.State
		on       string
		refused  string
		warnings int
	}{
		{"no leap", open(), purchase.Tender, "2026-12-01", "purchase.refuse.move", 0},
		{"nowhere", open(), purchase.Idea, "2026-12-01", "purchase.refuse.same-state", 0},
		{"nobody collects from oneself", alone, purchase.Collection, "2026-12-01", "purchase.refuse.alone", 0},
		{"somebody carries it", two, purchase.Collection, "2026-12-01", "purchase.refuse.no-coordinator", 0},
		{"a collection has an end", led, purchase.Collection, "2026-12-01", "purchase.refuse.no-closing", 0},
		{"an end that lies ahead", closing, purchase.Collection, "2027-03-01", "purchase.refuse.closing-past", 0},
		{"all there", closing, purchase.Collection, "2026-12-01", "", 0},
		{"others still have time to answer", collecting(t), purchase.Agreement, "2027-02-26", "purchase.refuse.still-collecting", 0},
		{"after the closing without them, with a warning", collecting(t), purchase.Agreement, "2027-03-01", "", 1},
		{"nobody signed yet, and nothing is published before all have", agreed, purchase.Tender, "2027-04-01", "purchase.refuse.unsigned", 0},
		{"one of two", signed, purchase.Tender, "2027-04-01", "purchase.refuse.unsigned", 0},
		{"all of them", sealed, purchase.Tender, "2027-04-01", "", 0},
		{"back, to mend a slip", agreed, purchase.Collection, "2027-03-02", "", 0},
		{"a tender that is out does not come back", tendering, purchase.Agreement, "2027-06-01", "purchase.refuse.move", 0},
		{"but can be given up", tendering, purchase.Dropped, "2027-06-01", "", 0},
	} {
		after, warnings, err := row.p.Move(row.to, day(row.on))
		if got := refusal(err); got != row.refused || len(warnings) != row.warnings {
			t.Errorf("%s: refused %q with %d warnings, want %q and %d", row.why, got, len(warnings), row.refused, row.warnings)
		}
		if err == nil && after.State != row.to {
			t.Errorf("%s: %s", row.why, after.State)
		}
	}
}

func TestNextDate(t *testing.T) {
	plan := purchase.Default().Plan(purchase.Formal, "telephony", day("2028-06-01"), false)
	own, err := collecting(t).SetDeadline(purchase.Tender, day("2027-12-01"), day("2026-12-01"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		state purchase.State
		want  string
		why   string
	}{
		{purchase.Idea, "2026-12-23", "thirty days after it was had"},
		{purchase.Interest, plan.Begin.String(), "when the plan begins"},
		{purchase.Collection, "2027-02-26", "the closing"},
		{purchase.Agreement, plan.Steps[1].Until.String(), "the end of that step of the plan"},
		{purchase.Tender, "2027-12-01", "the one that was set"},
		{purchase.Award, plan.Steps[7].Until.String(), "the notification"},
		{purchase.Execution, "2029-06-01", "the review, a year after the start"},
		{purchase.Review, "", "a duration that nobody gave"},
		{purchase.Dropped, "", "nothing"},
	} {
		p := own
		p.State = row.state
		got, text := p.NextDate(plan)
		if got.String() != row.want || text.In(locale.French) == "" {
			t.Errorf("%s: %s %q, want %s: %s", row.state, got, text.In(locale.French), row.want, row.why)
		}
	}
	none, err := own.SetDeadline(purchase.Tender, calendar.Day{}, day("2026-12-01"))
	if err != nil || len(none.Deadlines) != 0 || len(own.Deadlines) != 1 {
		t.Errorf("a deadline is taken back here and stays there: %v %v %v", none.Deadlines, own.Deadlines, err)
	}
}

func TestDatesThatMove(t *testing.T) {
	p := collecting(t)
	for _, row := range []struct {
		why, refused string
		err          error
	}{
		{"a closing further away", "", second(p.SetClosing(day("2027-03-31"), day("2026-12-10")))},
		{"a closing that is past", "purchase.refuse.closing-in-the-past", second(p.SetClosing(day("2026-12-01"), day("2026-12-10")))},
		{"once it has passed it is not moved", "purchase.refuse.closing-passed", second(p.SetClosing(day("2027-04-30"), day("2027-03-10")))},
		{"a closing after the common date", "purchase.refuse.closing-after-target", second(p.SetClosing(day("2028-06-01"), day("2026-12-10")))},
		{"a common date in the past", "purchase.refuse.target-past", second(p.SetTarget(day("2026-12-10"), day("2026-12-10")))},
		{"a common date before the closing", "purchase.refuse.closing-after-target", second(p.SetTarget(day("2027-02-26"), day("2026-12-10")))},
		{"a coordinator from outside", "purchase.refuse.coordinator-not-member", second(p.Coordinate(purchase.Coordinator{Org: "Z"}))},
	} {
		if got := refusal(row.err); got != row.refused {
			t.Errorf("%s: refused %q, want %q", row.why, got, row.refused)
		}
	}
}

func second(_ purchase.Purchase, err error) error { return err }

// TestPurchaseSurvivesJSON: a store may keep it as such.
func TestPurchaseSurvivesJSON(t *testing.T) {
	p := collecting(t)
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back purchase.Purchase
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Error(diff)
	}
}

// TestClosingHolds does anything in any order: after the closing nobody is in who was not, a refusal changes nothing, and the purchase before a
// change stays as it was.
func TestClosingHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, on := open(), day("2026-11-23")
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			on = on.AddDays(rapid.IntRange(0, 30).Draw(t, "days"))
			before, copied := p, clone(t, p)
			org := rapid.SampledFrom([]string{"A", "B", "C", "D"}).Draw(t, "organisation")
			var err error
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0:
				p, err = p.Join(purchase.Member{Org: org, By: "dsi"}, on)
			case 1:
				p, err = p.Leave(org)
			case 2:
				p, _, err = p.Move(rapid.SampledFrom(purchase.States).Draw(t, "state"), on)
			case 3:
				p, err = p.SetClosing(on.AddDays(rapid.IntRange(-5, 60).Draw(t, "closing")), on)
			case 4:
				p, err = p.Coordinate(purchase.Coordinator{Org: org})
			case 5:
				p, err = p.Answer(org, map[string]purchase.Value{"lines": {Number: 3}}, on)
			case 6:
				p, err = p.AddLot("lot")
			}
			if diff := cmp.Diff(before, copied); diff != "" {
				t.Fatalf("the purchase before was changed:\n%s", diff)
			}
			if diff := cmp.Diff(before, p); err != nil && diff != "" {
				t.Fatalf("refused and changed:\n%s", diff)
			}
			if !p.Closing.IsZero() && on.After(p.Closing) && len(p.Members) > len(before.Members) {
				t.Fatalf("%v joined on %s, closed on %s", p.Organisations(), on, p.Closing)
			}
			if len(p.Members) == 0 {
				t.Fatalf("nobody is left")
			}
		}
	})
}

func clone(t *rapid.T, p purchase.Purchase) purchase.Purchase {
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatalf("%v", err)
	}
	var out purchase.Purchase
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatalf("%v", err)
	}
	return out
}
