package intake_test

import (
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
)

// A circle's own words are read like everyone's, mistyped too, and everyone's reader does not know them.
func TestReaderWith(t *testing.T) {
	d, err := family.Known().With([]family.Entry{
		{Phrase: "Gardivox", Families: []family.Code{"cybersecurity"}, Name: "Gardivox"},
		{Phrase: "boîtier rouge", Like: "pare-feu"},
		{Phrase: "Copieux", Families: []family.Code{"gis"}, Name: "Copieux"},
	})
	if err != nil {
		t.Fatal(err)
	}
	on, err := calendar.Parse("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		said     string
		family   family.Code
		supplier string
		why      string
	}{
		{"Notre contrat Gardivox se termine le 31/12/2027", "cybersecurity", "Gardivox", "its name"},
		{"Notre contrat Gardvox se termine le 31/12/2027", "cybersecurity", "Gardivox", "its name with a letter left out"},
		{"Marché boitiers rouges à renouveler fin 2027", "cybersecurity", "", "another word, in the plural and without accents"},
		{"Notre contrat Copieux se termine le 31/12/2027", "gis", "Copieux", "a name that lies near one of everyone's words is not mended away"},
		{"Notre contrat copieurs se termine le 31/12/2027", "printing", "", "and everyone's word stays what it is"},
	} {
		got := intake.ReaderWith(d).Read(row.said, on)
		if len(got.Families) == 0 || got.Families[0].Code != row.family || got.Supplier != row.supplier {
			t.Errorf("%s: %q is read as %v of %q, want %s of %q", row.why, row.said, got.Families, got.Supplier, row.family, row.supplier)
		}
	}
	if got := intake.Read("Notre contrat Gardivox se termine le 31/12/2027", on); len(got.Families) > 0 {
		t.Errorf("everyone's reader has %v", got.Families)
	}
}
