package proposal_test

import (
	"strings"
	"testing"

	"sdcbot/bot/proposal"
)

func TestParseRef(t *testing.T) {
	for _, test := range []struct {
		typed string
		want  proposal.Ref // empty: not a reference
		why   string
	}{
		{"C-12", "C-12", "as the bot writes it"},
		{"c-12", "C-12", "phones begin lines in small letters or in capitals"},
		{"c12", "C-12", "the dash is on the third page of a phone's keyboard"},
		{"C 12", "C-12", "or a space stands for it"},
		{" B-7\n", "B-7", "copied with what stands around it"},
		{"o-3", "O-3", "an offer"},
		{"C-007", "C-7", "zeros in front are nobody's"},
		{"C-999999999", "C-999999999", "the highest that is read"},
		{"C-9999999999", "", "ten digits are a telephone number"},
		{"C-0", "", "counted from 1"},
		{"C--1", "", "no number is below"},
		{"C-", "", "no number"},
		{"12", "", "no kind: a contract and a need may both be 12"},
		{"D-2026-001", "", "a decision, which is no proposal"},
		{"AC-1", "", "a joint purchase"},
		{"C-1.5", "", "no number"},
		{"C–12", "", "a long dash is not typed, and means a range"},
		{"C-12 modifier", "", "more than a reference"},
		{"copieurs", "", "a word that begins with a letter of ours"},
		{"", "", "nothing"},
		{"С-1", "", "a Cyrillic letter that looks like ours"},
		{"C-١٢", "", "digits of another script"},
	} {
		got, err := proposal.ParseRef(test.typed)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%q (%s): %q, %v, want %q", test.typed, test.why, got, err, test.want)
		}
	}
}

func TestNewRefIsReadBack(t *testing.T) {
	for _, kind := range proposal.Kinds {
		for _, n := range []int{1, 9, 10, 12345} {
			ref := proposal.NewRef(kind, n)
			if got, err := proposal.ParseRef(strings.ToLower(string(ref))); err != nil || got != ref || got.Kind() != kind {
				t.Errorf("%s %d is %s, read back as %s of %s: %v", kind, n, ref, got, got.Kind(), err)
			}
		}
	}
	if kind := proposal.Ref("D-1").Kind(); kind != "" {
		t.Errorf("D-1 is a %q", kind)
	}
}

// What is read as a reference is one that NewRef could have made, and reads as itself.
func FuzzParseRef(f *testing.F) {
	for _, seed := range []string{"C-12", "b 7", "o3", "C-0", "C-999999999", "c-١", "", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		ref, err := proposal.ParseRef(typed)
		if err != nil {
			return
		}
		if again, err := proposal.ParseRef(string(ref)); err != nil || again != ref {
			t.Errorf("%q reads as %q, which reads as %q: %v", typed, ref, again, err)
		}
		if ref.Kind() == "" || len(ref) > len("C-999999999") {
			t.Errorf("%q reads as %q of no kind", typed, ref)
		}
	})
}
