package proposal_test

import (
	"strings"
	"testing"

	"sdcbot/bot/proposal"
)

// Each step is "who answer where": "-" in front takes the emoji off, no place is a button.
func TestVoices(t *testing.T) {
	for _, test := range []struct {
		why   string
		steps string
		want  string // who answer
	}{
		{"nobody has spoken", "", " "},
		{"an emoji counts", "b interested card", "b interested"},
		{"taken off, nothing is left", "b interested card, -b interested card", " "},
		{"the later of two emoji counts", "b interested card, b no card", "b no"},
		{"taken off, the one that still stands counts", "b interested card, b no card, -b no card", "b interested"},
		{"the earlier one taken off changes nothing", "b interested card, b no card, -b interested card", "b no"},
		{"put on again it is the latest", "b interested card, b no card, -b interested card, b interested card", "b interested"},
		{"the same emoji on two messages stands until both are off", "b interested card, b interested question, -b interested card", "b interested"},
		{"a colleague's emoji stands too", "b interested card, adj no card, -adj no card", "b interested"},
		{"a colleague's is not taken off with one's own", "b interested card, adj interested card, -b interested card", "adj interested"},
		{"a button counts until an emoji comes after it", "b no, b maybe card", "b maybe"},
		{"and again when that is taken off", "b no, b maybe card, -b maybe card", "b no"},
		{"a button takes the place of a button", "b no, b maybe, b done card, -b done card", "b maybe"},
		{"of whoever pressed it", "b no, adj maybe, b done card, -b done card", "adj maybe"},
		{"an emoji from before a button is no longer the latest", "b interested card, b no, -b interested card", "b no"},
		{"taking off what was never put on is nothing", "b interested card, -b no card", "b interested"},
	} {
		var all proposal.Voices
		for step := range strings.SplitSeq(test.steps, ", ") {
			words := append(strings.Fields(step), "", "", "")
			by, off := strings.CutPrefix(words[0], "-")
			v := proposal.Voice{By: by, Answer: proposal.Answer(words[1]), On: words[2]}
			switch {
			case step == "":
			case off:
				all = all.TakenOff(v)
			default:
				all = all.Given(v)
			}
		}
		if got := all.Latest().By + " " + string(all.Latest().Answer); got != test.want {
			t.Errorf("%s: %s leaves %q, want %q", test.why, test.steps, got, test.want)
		}
	}
}
