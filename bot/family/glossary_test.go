package family_test

import (
	"errors"
	"testing"

	"sdcbot/bot/family"
	"sdcbot/bot/text"
)

func TestWith(t *testing.T) {
	circle, err := family.Known().With([]family.Entry{
		{Phrase: "machin chose", Families: []family.Code{"housing-erp"}},
		{Phrase: "Zorval", Families: []family.Code{"gis", "bim"}, Name: "Zorval Carto"},
		{Phrase: "bigophone", Like: "téléphonie"},
		{Phrase: "biniou", Like: "bigophone"},
		{Phrase: "copieurs"},
		{Phrase: "trunk", Families: []family.Code{"internet-links"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		text string
		want family.Code
		why  string
	}{
		{"Machin-Chose", "housing-erp", "a term of the circle, however it is written"},
		{"logiciel zorval", "gis", "a product of the circle"},
		{"notre bigophone", "telephony", "another word for a known one"},
		{"notre biniou", "telephony", "another word for another word"},
		{"copieurs", "", "silenced"},
		{"trunk", "internet-links", "added"},
		{"trunk SIP", "telephony-fixed", "the longer phrase counts, whoever knows it"},
		{"imprimante", "printing", "what everyone knows stays known"},
	} {
		scores, _ := circle.Classify(row.text)
		var got family.Code
		if len(scores) > 0 {
			got = scores[0].Code
		}
		if got != row.want {
			t.Errorf("%s: %v, want %q: %s", row.text, scores, row.want, row.why)
		}
	}
	if hits := circle.Find("zorval", text.Words("zorval")); len(hits) != 1 || hits[0].Product != "Zorval Carto" {
		t.Errorf("%+v, want the product by its name", hits)
	}
	if r := circle.OfTitle("MAINTENANCE DU PROGICIEL ZORVAL"); r.Families[0].Code != "gis" {
		t.Errorf("%v, want gis: titles are read with the circle's words too", r.Families)
	}
	if scores, _ := family.Classify("zorval"); len(scores) > 0 {
		t.Errorf("%v: what a circle adds is its own", scores)
	}
}

func TestWithRefuses(t *testing.T) {
	for _, row := range []struct {
		entry family.Entry
		want  error
	}{
		{family.Entry{Phrase: " - "}, family.ErrNoPhrase},
		{family.Entry{Phrase: "truc", Families: []family.Code{"nothing-such"}}, family.ErrNoFamily},
		{family.Entry{Phrase: "truc", Like: "chose inconnue"}, family.ErrNoLike},
		{family.Entry{Phrase: "truc", Like: "GED", Name: "Truc"}, family.ErrLikeAndMore},
	} {
		if d, err := family.Known().With([]family.Entry{row.entry}); !errors.Is(err, row.want) || d != nil {
			t.Errorf("%+v: %v, want %v", row.entry, err, row.want)
		}
	}
}

func TestNear(t *testing.T) {
	for _, row := range []struct {
		a, b family.Code
		want bool
		why  string
	}{
		{"hosting-cloud", "managed-services", true, "often one contract"},
		{"it-supplies", "printing", true, "either way round"},
		{"telephony-fixed", "telephony-mobile", false, "bought apart"},
		{"telephony", "telephony-fixed", false, "parent and child are more than near"},
		{"gis", "gis", false, "the same is more than near"},
		{"gis", "hr-payroll", false, "nothing to do with each other"},
		{"", "", false, "nothing"},
	} {
		if got := family.Near(row.a, row.b); got != row.want || family.Near(row.b, row.a) != row.want {
			t.Errorf("%q and %q: %v: %s", row.a, row.b, got, row.why)
		}
	}
}
