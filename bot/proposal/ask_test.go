package proposal_test

import (
	"testing"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/proposal"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestVoice(t *testing.T) {
	const (
		silent, interested, maybe, no, done = proposal.Silent, proposal.Interested, proposal.Maybe, proposal.No, proposal.Done
	)
	for _, test := range []struct {
		why            string
		voices         []proposal.Answer
		answer, before proposal.Answer
	}{
		{"nobody has spoken", nil, silent, silent},
		{"a first answer replaces none", []proposal.Answer{interested}, interested, silent},
		{"the same again is no change of mind", []proposal.Answer{no, no}, no, silent},
		{"a change of mind is shown", []proposal.Answer{interested, no}, no, interested},
		{"of several changes the last one shows", []proposal.Answer{interested, maybe, done}, done, maybe},
		{"there and back is two changes", []proposal.Answer{interested, maybe, interested}, interested, maybe},
		{"a reaction taken off is silence, and what it was shows", []proposal.Answer{interested, silent}, silent, interested},
		{"taken off and put on again is as at first", []proposal.Answer{interested, silent, interested}, interested, silent},
		{"taken off and another one put on is a change", []proposal.Answer{interested, silent, no}, no, interested},
		{"silence about silence is nothing", []proposal.Answer{silent}, silent, silent},
	} {
		a := proposal.Ask{Proposal: "C-1", Org: "B"}
		for _, v := range test.voices {
			a = a.Voice(v, "dsi-b", noon)
		}
		if a.Answer != test.answer || a.Before != test.before {
			t.Errorf("%s: %q gives %q (before: %q), want %q (before: %q)", test.why, test.voices, a.Answer, a.Before, test.answer, test.before)
		}
	}
}

// A comment belongs to the answer that it was given with; who says the same again does not become its author.
func TestVoiceAndWhatWasSaidWithIt(t *testing.T) {
	first := proposal.Ask{}.Voice(proposal.No, "dsi-b", noon)
	first.Comment = "reason: un marché en cours"
	if again := first.Voice(proposal.No, "adj-b", noon.Add(time.Hour)); again.Comment != first.Comment || again.By != "dsi-b" || !again.Answered.Equal(noon) {
		t.Errorf("said again: %+v, want as before", again)
	}
	other := first.Voice(proposal.Maybe, "adj-b", noon.Add(time.Hour))
	if other.Comment != "" || other.By != "adj-b" || !other.Answered.Equal(noon.Add(time.Hour)) {
		t.Errorf("another answer: %+v, want its own author and instant, and no comment", other)
	}
}

func TestRecallDue(t *testing.T) {
	asked := calendar.On(2026, 11, 23)
	for _, test := range []struct {
		why    string
		ask    proposal.Ask
		after  int // days after the question
		days   int
		due    bool
		unsent bool // nobody was asked in private
	}{
		{why: "the day itself", after: 0},
		{why: "a day too early", after: 6},
		{why: "a week of silence", after: 7, days: 7, due: true},
		{why: "a week that ended on a holiday is said the day after", after: 8, days: 7, due: true},
		{why: "said once", ask: proposal.Ask{Recalls: 7}, after: 8},
		{why: "two weeks", ask: proposal.Ask{Recalls: 7}, after: 14, days: 14, due: true},
		{why: "three weeks: the summary", ask: proposal.Ask{Recalls: 14}, after: 21, days: 21, due: true},
		{why: "then never again", ask: proposal.Ask{Recalls: 21}, after: 300},
		{why: "missed together, the latest alone is said", after: 15, days: 14, due: true},
		{why: "missed all, only the summary is left", after: 100, days: 21, due: true},
		{why: "answered", ask: proposal.Ask{Answer: proposal.Maybe}, after: 7},
		{why: "taken back: it is silent again", ask: proposal.Ask{Before: proposal.Maybe}, after: 7, days: 7, due: true},
		{why: "nobody was asked: the card alone stands", after: 7, unsent: true},
	} {
		a := test.ask
		if !test.unsent {
			a.At = noon
		}
		days, due := a.RecallDue(asked, asked.AddDays(test.after))
		if due != test.due || due && days != test.days {
			t.Errorf("%s: after %d days recalls %d (%v), want %d (%v)", test.why, test.after, days, due, test.days, test.due)
		}
	}
}

func TestEveryAnswerHasItsEmoji(t *testing.T) {
	for _, answer := range proposal.Answers {
		if got, ok := proposal.AnswerOf(proposal.Emoji[answer]); !ok || got != answer {
			t.Errorf("%s is given by %q, which reads as %q", answer, proposal.Emoji[answer], got)
		}
	}
	for _, emoji := range []string{"", "👍", "🎉", "interested"} {
		if got, ok := proposal.AnswerOf(emoji); ok {
			t.Errorf("%q reads as %q; people react for many reasons", emoji, got)
		}
	}
}

func TestOrderAndOther(t *testing.T) {
	for _, pair := range [][2]proposal.Ref{{"B-1", "C-1"}, {"C-1", "B-1"}, {"C-10", "C-9"}} {
		a, b := proposal.Order(pair[0], pair[1])
		c, d := proposal.Order(pair[1], pair[0])
		if a != c || b != d {
			t.Errorf("%v is two pairs: %s %s and %s %s", pair, a, b, c, d)
		}
		p := proposal.Pair{A: a, B: b}
		if p.Other(a) != b || p.Other(b) != a {
			t.Errorf("beside %s stands %s, beside %s stands %s", a, p.Other(a), b, p.Other(b))
		}
	}
}
