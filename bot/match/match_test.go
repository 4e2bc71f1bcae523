package match_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
)

// side is written short so that a table reads as a page of examples: kind, family, supplier, date ("" for not known).
func side(t testing.TB, org string, kind intake.Kind, code family.Code, supplier, date string) match.Side {
	t.Helper()
	s := match.Side{Org: org, Kind: kind, Family: code, Supplier: supplier}
	if date != "" {
		s.Date = day(t, date)
	}
	return s
}

func day(t testing.TB, s string) calendar.Day {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func said(texts []locale.Text, lang locale.Lang) []string {
	var all []string
	for _, text := range texts {
		all = append(all, text.In(lang))
	}
	return all
}

func TestX(t *testing.T) {
	a := side(t, "A", intake.Contract, "telephony", "Orange", "2027-05-23")
	b := side(t, "B", intake.Contract, "telephony-mobile", "orange business", "2027-08-31")
	v := match.Between(a, b)
	t.Log(v.Score, said(v.Reasons, "fr"), said(v.Reasons, "en"))
	if diff := cmp.Diff(v, match.Between(b, a)); diff != "" {
		t.Error(diff)
	}
}
