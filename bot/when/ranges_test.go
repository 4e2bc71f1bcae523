package when_test

import (
	"testing"

	"sdcbot/bot/calendar"
	"sdcbot/bot/when"
)

func TestRange(t *testing.T) {
	for _, row := range []struct{ text, from, to, why string }{
		{"du 1/8 au 20/8", "2027-08-01", "2027-08-20", "as the help shows it"},
		{"absent du 12 au 26 juillet", "2027-07-12", "2027-07-26", "the month is said once"},
		{"du 1er au 15", "2026-12-01", "2026-12-15", "days only"},
		{"du 28 décembre au 3 janvier", "2026-12-28", "2027-01-03", "over the year's end"},
		{"du 28/12 au 3/1", "2026-12-28", "2027-01-03", "in figures"},
		{"du 28 au 3 mars", "2027-02-28", "2027-03-03", "over a month's end"},
		{"du 20 au 27 novembre", "2026-11-20", "2026-11-27", "under way: begun on Friday, not next year"},
		{"from 1 Aug to 20 Aug", "2027-08-01", "2027-08-20", "English"},
		{"1-20 August", "2027-08-01", "2027-08-20", "a hyphen"},
		{"from 1 to 20 August 2027", "2027-08-01", "2027-08-20", "English, the month said once"},
		{"Aug 1 - Aug 20", "2027-08-01", "2027-08-20", "American"},
		{"jusqu'au 20/12", "2026-11-23", "2026-12-20", "from today"},
		{"until Friday", "2026-11-23", "2026-11-27", "from today"},
		{"d'ici vendredi", "2026-11-23", "2026-11-27", "from today"},
		{"demain", "2026-11-24", "2026-11-24", "one day"},
		{"le 14 juillet", "2027-07-14", "2027-07-14", "one day"},
		{"cette semaine", "2026-11-23", "2026-11-29", "Monday to Sunday"},
		{"la semaine prochaine", "2026-11-30", "2026-12-06", "Monday to Sunday"},
		{"en août", "2027-08-01", "2027-08-31", "a month"},
		{"première quinzaine d'août", "2027-08-01", "2027-08-15", "half a month"},
		{"de lundi à vendredi", "2026-11-30", "2026-12-04", "days of the week"},
		{"lundi et mardi", "2026-11-30", "2026-12-01", "two days"},
		{"2 semaines", "2026-11-23", "2026-12-06", "from today"},
		{"pendant 3 jours", "2026-11-23", "2026-11-25", "from today, today counted"},
		{"2 semaines à partir du 1/8", "2027-08-01", "2027-08-14", "a start and a length"},
		{"à partir du 1/8", "2027-08-01", "", "no end was said"},
		{"du 20/8/2027 au 1/8/2027", "", "", "backwards"},
		{"du 30 février au 3 mars", "", "", "does not exist"},
		{"bientôt", "", "", "no days"},
	} {
		from, to, ok := when.Range(row.text, day(t, "2026-11-23"))
		if !ok {
			from, to = calendar.Day{}, calendar.Day{}
		}
		if from.String() != row.from || to.String() != row.to || ok != (row.from != "") {
			t.Errorf("%q: %s to %s, want %s to %s: %s", row.text, from, to, row.from, row.to, row.why)
		}
	}
}
