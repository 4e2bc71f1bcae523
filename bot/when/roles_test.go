package when_test

import (
	"fmt"
	"strings"
	"testing"

	"sdcbot/bot/when"
)

// said writes what was found as "role: words = day", a length as it was said.
func said(text string, found []when.Found) string {
	var all []string
	for _, f := range found {
		s := fmt.Sprintf("%s: %s", f.Role, text[f.Start:f.End])
		if !f.Day.IsZero() {
			s += " = " + f.Day.String()
		}
		if l := f.Length; !l.IsZero() {
			s += fmt.Sprintf(" (%dm %dw %dd)", l.Months, l.Weeks, l.Days)
		}
		all = append(all, s)
	}
	return strings.Join(all, "\n")
}

func TestRoles(t *testing.T) {
	for _, row := range []struct{ text, want, why string }{
		{
			"notifié le 01/07/2023, prend fin le 30/06/2027, préavis de 3 mois",
			"start: 01/07/2023 = 2023-07-01\ntarget: 30/06/2027 = 2027-06-30\nnotice: 3 mois (3m 0w 0d)", "a start, an end and a notice",
		},
		{
			"48 mois à compter du 01/06/2025",
			"target: 48 mois = 2029-05-31 (48m 0w 0d)\nstart: 01/06/2025 = 2025-06-01", "the length carries the end",
		},
		{
			"48 mois à compter du 01/06/2025, fin le 31/05/2029",
			"length: 48 mois (48m 0w 0d)\nstart: 01/06/2025 = 2025-06-01\ntarget: 31/05/2029 = 2029-05-31", "an end that was said needs no sum",
		},
		{
			"préavis 60 j, tacite reconduction d'un an, échéance 1er mars",
			"notice: 60 j (0m 0w 60d)\nrenewal: un an (12m 0w 0d)\ntarget: 1er mars = 2027-03-01", "lengths keep the unit they were said in",
		},
		{
			"paie ADP, terme 31 décembre 2027, il faut prévenir 6 mois avant",
			"target: 31 décembre 2027 = 2027-12-31\nnotice: 6 mois (6m 0w 0d)", "a notice is known by what follows it too",
		},
		{
			"jusqu'à fin 2028, mais il faut le dire avant fin juin 2028 si on arrête",
			"target: fin 2028 = 2028-12-31\nnotice: avant fin juin 2028 = 2028-06-30", "a date to give notice by",
		},
		{
			"runs until 31 October 2028, twelve weeks' notice",
			"target: 31 October 2028 = 2028-10-31\nnotice: twelve weeks (0m 12w 0d)", "English",
		},
		{
			"30/06/2028, reconductible jusqu'au 30/06/2030",
			"target: 30/06/2028 = 2028-06-30\nrenewal: 30/06/2030 = 2030-06-30", "the end of the last renewal is not the term",
		},
		{
			"contrat du 1er janvier 2025 au 31 décembre 2028",
			"start: 1er janvier 2025 = 2025-01-01\ntarget: 31 décembre 2028 = 2028-12-31", "a range",
		},
		{
			"entre mars et mai 2028",
			"mention: mars = 2028-03-31\ntarget: mai 2028 = 2028-05-31", "a choice starts nothing",
		},
		{
			"on l'a depuis 2 ans, 480 k€ sur 4 ans",
			"start: 2 ans = 2024-11-23 (24m 0w 0d)\ntarget: 4 ans = 2028-11-22 (48m 0w 0d)", "two years ago, for four",
		},
		{
			"facture du 12/03/2026, fin de contrat en juin",
			"mention: 12/03/2026 = 2026-03-12\ntarget: juin = 2027-06-30", "the date of a paper",
		},
		{
			"au comité du 12 mars, pour une mise en service fin 2027",
			"mention: 12 mars = 2027-03-12\ntarget: fin 2027 = 2027-12-31", "the date of a meeting",
		},
		{"dispo 4 jours par mois, 20 JH, 30 jours-homme", "", "workloads are no dates"},
		{
			"31 février puis 28 février 2027",
			"impossible: 31 février\ntarget: 28 février 2027 = 2027-02-28", "the one that exists is meant",
		},
		{"« dès l’ÉTÉ 2027 »", "target: ÉTÉ 2027 = 2027-08-31", "offsets stay true behind accents and signs of several bytes"},
		{"📅 d’ici Noël 🎄", "target: d’ici Noël = 2026-12-25", "… and behind emoji"},
	} {
		if got := said(row.text, when.Find(row.text, day(t, "2026-11-23"))); got != row.want {
			t.Errorf("%q\n%s\nwant\n%s\n%s", row.text, got, row.want, row.why)
		}
	}
}

func TestStartAndLength(t *testing.T) {
	for _, row := range []struct {
		text, start string
		months      int
		why         string
	}{
		{"début 01/04/2024, durée 4 ans ferme", "2024-04-01", 48, "apart"},
		{"location 5 ans démarrée le 1er janvier 2023, fin au 31/12/2027", "2023-01-01", 60, "known although the end was said"},
		{"1 an renouvelable 3 fois 1 an à compter du 15/02/2027", "2027-02-15", 12, "the firm part, not the renewals"},
		{"three-year deal from 1 October 2024", "2024-10-01", 36, "English"},
		{"notifié le 12/03/2024", "", 0, "no length"},
		{"marché de 4 ans, préavis 3 mois", "", 0, "no start"},
	} {
		start, length, ok := when.StartAndLength(row.text, day(t, "2026-11-23"))
		if ok != (row.start != "") || ok && (start.String() != row.start || length.Months != row.months) {
			t.Errorf("%q: %s for %d months, want %s for %d: %s", row.text, start, length.Months, row.start, row.months, row.why)
		}
	}
}

func TestGrain(t *testing.T) {
	for text, want := range map[string]when.Grain{
		"31/12/2027": when.ToTheDay, "semaine 12": when.ToTheWeek, "fin mars 2027": when.ToTheMonth, "T2 2027": when.ToTheQuarter,
		"S2 2027": when.ToTheHalf, "en 2028": when.ToTheYear, "cet été": when.ToTheSeason, "dans 6 mois": when.ToTheMonth, "sous 10 jours": when.ToTheDay,
	} {
		if got, _ := when.Target(text, day(t, "2026-11-23")); got.Grain != want {
			t.Errorf("%q is said to grain %d, want %d", text, got.Grain, want)
		}
	}
}
