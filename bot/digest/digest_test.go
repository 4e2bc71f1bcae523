package digest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/digest"
	"sdcbot/bot/proposal"
)

// The Monday of the digest, and when the one before was made.
var (
	today = calendar.On(2026, 11, 30)
	since = time.Date(2026, 11, 23, 7, 30, 0, 0, time.UTC)
)

const day = 24 * time.Hour

func at(offset time.Duration) time.Time { return since.Add(offset) }

func need(ref string, recorded time.Time) proposal.Proposal {
	return proposal.Proposal{Ref: proposal.Ref(ref), Kind: proposal.Need, State: proposal.Live, At: recorded}
}

// running is a contract without renewal that was recorded long ago and ends on that day, with so many months of notice.
func running(ref string, end calendar.Day, notice int) proposal.Proposal {
	return proposal.Proposal{
		Ref: proposal.Ref(ref), Kind: proposal.Contract, State: proposal.Live, At: at(-100 * day),
		Terms: contract.Terms{End: end, Renewal: contract.Tacit, Notice: contract.Notice{Months: notice, Known: true}},
	}
}

func decided(p proposal.Proposal, kind contract.DecisionKind) proposal.Proposal {
	p.Decision = contract.Decision{Kind: kind, Term: contract.Reminders(p.Terms, today)[0].Term}
	return p
}

func answer(ref, org string, a proposal.Answer, answered time.Time) proposal.Ask {
	return proposal.Ask{Proposal: proposal.Ref(ref), Org: org, Answer: a, Answered: answered}
}

func TestOf(t *testing.T) {
	end := calendar.On(2027, 4, 30) // with three months of notice, 29 or 30 January is the last day
	for _, test := range []struct {
		why  string
		live []proposal.Proposal
		asks []proposal.Ask
		want string // new | answered | soon; empty: no digest
	}{
		{why: "an empty circle has no news"},
		{
			why: "what was recorded since is new, in the order of recording", want: "B-1 B-2 | |",
			live: []proposal.Proposal{need("B-1", at(day)), need("B-2", at(2*day))},
		},
		{
			why: "what the last digest told of is not", want: "B-2 | |",
			live: []proposal.Proposal{need("B-1", since), need("B-2", at(time.Microsecond))},
		},
		{
			why: "nor does a change make it new", want: "",
			live: []proposal.Proposal{{Ref: "B-1", Kind: proposal.Need, State: proposal.Live, At: at(-day), Changed: at(day), Version: 2}},
		},
		{
			why: "answers, in the order in which they came", want: "| B-1 C, B-1 B |",
			live: []proposal.Proposal{need("B-1", at(-day))},
			asks: []proposal.Ask{answer("B-1", "B", proposal.No, at(2*day)), answer("B-1", "C", proposal.Interested, at(day))},
		},
		{
			why: "an old answer, and one taken back, are no news", want: "",
			live: []proposal.Proposal{need("B-1", at(-day))},
			asks: []proposal.Ask{answer("B-1", "B", proposal.No, since), {Proposal: "B-1", Org: "C", Before: proposal.Interested, Answered: at(day)}},
		},
		{
			why: "answers on what was withdrawn since are left out", want: "",
			asks: []proposal.Ask{answer("B-9", "B", proposal.Interested, at(day))},
		},
		{
			why: "what comes close is no reason for a digest", want: "",
			live: []proposal.Proposal{running("C-1", end, 3)},
		},
		{
			why: "but stands in one, the closest first", want: "B-1 | | C-2 C-1",
			live: []proposal.Proposal{running("C-1", end, 3), running("C-2", end, 4), need("B-1", at(day))},
		},
		{
			why: "three months ahead and no further", want: "B-1 | | C-1",
			live: []proposal.Proposal{running("C-1", calendar.On(2027, 2, 28), 0), running("C-2", calendar.On(2027, 3, 1), 0), need("B-1", at(day))},
		},
		{
			why: "what was decided needs no attention; what was put off does", want: "B-1 | | C-2",
			live: []proposal.Proposal{
				decided(running("C-1", end, 3), contract.Terminate), decided(running("C-2", end, 3), contract.Later), need("B-1", at(day)),
			},
		},
		{
			why: "a need has no last day", want: "B-1 | |",
			live: []proposal.Proposal{{Ref: "B-1", Kind: proposal.Need, State: proposal.Live, At: at(day), Wanted: calendar.On(2026, 12, 15)}},
		},
	} {
		d, ok := digest.Of(test.live, test.asks, since, today)
		got := ""
		if ok {
			got = shown(d)
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.why, got, test.want)
		}
	}
}

func shown(d digest.Digest) string {
	var fresh, answered, soon []string
	for _, p := range d.New.Items {
		fresh = append(fresh, string(p.Ref))
	}
	for _, a := range d.Answered.Items {
		answered = append(answered, string(a.Proposal)+" "+a.Org)
	}
	for _, s := range d.Soon.Items {
		soon = append(soon, string(s.Proposal.Ref))
	}
	sections := []string{strings.Join(fresh, " "), strings.Join(answered, ", "), strings.Join(soon, " ")}
	return strings.Join(strings.Fields(strings.Join(sections, " | ")), " ")
}

// A digest is read in a minute: ten lines a section, and how many more there are.
func TestLongSectionsAreCounted(t *testing.T) {
	for _, test := range []struct{ n, items, more int }{{9, 9, 0}, {10, 10, 0}, {11, 10, 1}, {40, 10, 30}} {
		var live []proposal.Proposal
		for i := range test.n {
			live = append(live, need(fmt.Sprint("B-", i+1), at(day)))
		}
		d, ok := digest.Of(live, nil, since, today)
		if !ok || len(d.New.Items) != test.items || d.New.More != test.more {
			t.Errorf("%d new: %d and %d more, want %d and %d", test.n, len(d.New.Items), d.New.More, test.items, test.more)
		}
	}
}

func TestOfLeavesItsArgumentsAlone(t *testing.T) {
	live := []proposal.Proposal{running("C-1", calendar.On(2027, 3, 31), 1), running("C-2", calendar.On(2027, 2, 28), 1), need("B-1", at(day))}
	asks := []proposal.Ask{answer("B-1", "B", proposal.No, at(2*day)), answer("B-1", "C", proposal.No, at(day))}
	before := fmt.Sprint(live, asks)
	d, _ := digest.Of(live, asks, since, today)
	_ = append(d.New.Items, need("B-99", since))
	slices.Reverse(d.Answered.Items)
	if after := fmt.Sprint(live, asks); after != before {
		t.Errorf("changed: %s", after)
	}
}
