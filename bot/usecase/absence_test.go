package usecase_test

import (
	"encoding/json"
	"strings"
	"testing"

	"sdcbot/bot/usecase"
)

// An absence is written "from/to"; they are noted in the order in which they stand.
func TestAbsences(t *testing.T) {
	for _, test := range []struct{ noted, want, why string }{
		{"2027-08-01/2027-08-20", "2027-08-01/2027-08-20", "one"},
		{"2027-08-01/2027-08-20 2026-12-20/2026-12-31", "2026-12-20/2026-12-31 2027-08-01/2027-08-20", "the earlier one comes first"},
		{"2027-08-01/2027-08-20 2027-08-10/2027-08-25", "2027-08-01/2027-08-25", "overlapping, they are one"},
		{"2027-08-10/2027-08-25 2027-08-01/2027-08-20", "2027-08-01/2027-08-25", "whichever was noted first"},
		{"2027-08-01/2027-08-20 2027-08-05/2027-08-06", "2027-08-01/2027-08-20", "held in another, it adds nothing"},
		{"2027-08-01/2027-08-20 2027-08-21/2027-08-25", "2027-08-01/2027-08-25", "the day after: no day of presence between"},
		{"2027-08-01/2027-08-20 2027-08-22/2027-08-25", "2027-08-01/2027-08-20 2027-08-22/2027-08-25", "a day of presence between"},
		{"2027-08-01/2027-08-05 2027-08-15/2027-08-20 2027-08-04/2027-08-16", "2027-08-01/2027-08-20", "a third one joins two"},
		{"2027-08-01/2027-08-20 2027-08-01/2027-08-20", "2027-08-01/2027-08-20", "twice the same is one"},
	} {
		var all usecase.AbsenceList
		for _, noted := range strings.Fields(test.noted) {
			from, to, _ := strings.Cut(noted, "/")
			all = usecase.AbsencesWith(all, day(t, from), day(t, to))
		}
		var got []string
		for _, a := range all {
			got = append(got, a.From.String()+"/"+a.To.String())
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %s stands as %s, want %s", test.why, test.noted, got, test.want)
		}
	}
}

func TestAbsencesAsTheyWereKept(t *testing.T) {
	for _, test := range []struct {
		raw  string
		want int
		why  string
	}{
		{`null`, 0, "never noted"},
		{`{"from":"2027-08-01","to":"2027-08-20"}`, 1, "when there was room for one"},
		{`{"from":"","to":""}`, 0, "and that one was ended"},
		{`[{"from":"2027-08-01","to":"2027-08-20"},{"from":"2027-10-01","to":"2027-10-02"}]`, 2, "several"},
	} {
		var all usecase.AbsenceList
		if err := json.Unmarshal([]byte(test.raw), &all); err != nil || len(all) != test.want {
			t.Errorf("%s: %s reads as %v, %v, want %d", test.why, test.raw, all, err, test.want)
		}
	}
}
