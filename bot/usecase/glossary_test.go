package usecase_test

import (
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/usecase"
)

// A glossary is read whole but for the terms that a later version of the program no longer takes: those must not keep a circle from being read.
func TestGlossaryOutlivesAFamily(t *testing.T) {
	on := calendar.Day{Year: 2026, Month: 11, Day: 23}
	glossary := [][2]string{{"Zorval", "no-longer-a-family"}, {"Gardivox", "cybersecurity"}, {"boîtier", "=Zorval"}, {"gros boîtier", "=Gardivox"}}
	for _, row := range []struct {
		said string
		want family.Code
		why  string
	}{
		{"Notre contrat Zorval se termine fin 2027", "", "its family is gone"},
		{"Notre contrat Gardivox se termine fin 2027", "cybersecurity", "it stands after one that is gone"},
		{"Notre contrat boîtier se termine fin 2027", "", "what it is like is gone"},
		{"Notre contrat gros boîtier se termine fin 2027", "cybersecurity", "what it is like is there"},
	} {
		var got family.Code
		if s := usecase.ReadsBy(row.said, on, glossary); len(s.Families) > 0 {
			got = s.Families[0].Code
		}
		if got != row.want {
			t.Errorf("%s: %q is of %q, want %q", row.why, row.said, got, row.want)
		}
	}
}
