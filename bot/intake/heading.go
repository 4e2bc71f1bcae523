package intake

import (
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/when"
)

// headingReach is how many bytes lie at most between the year of a heading and the sign that ends it.
const headingReach = 20

// heading returns the year that a list is headed by, and where the list begins: "Nos échéances 2028 : copieurs en mars, téléphonie en juin". A
// year that is past heads no list of what is to come. The year is 0 where there is none.
func heading(s string, on calendar.Day) (year, from int) {
	if !strings.Contains(s, "20") || !strings.ContainsAny(s, ":-–\n") {
		return 0, 0
	}
	for _, f := range when.Find(s, on) {
		if f.Grain != when.ToTheYear {
			return 0, 0 // the first date is that of a thing
		}
		if f.Day.Year < on.Year || f.Day.Month != time.December || f.Day.Day != 31 {
			continue
		}
		rest := s[f.End:min(len(s), f.End+headingReach)]
		end := strings.IndexAny(rest, ":\n")
		if dash := strings.Index(rest, "- "); end < 0 && strings.HasPrefix(rest, " ") && dash >= 0 && strings.TrimSpace(rest[:dash]) == "" {
			end = dash
		}
		if end >= 0 && !strings.ContainsAny(rest[:end], "0123456789,;.!?") {
			return f.Day.Year, f.End + end + 1
		}
	}
	return 0, 0
}

// headed reads the date again for a text that is, or stands below, a list of that year: what names a month without a year means that year's. from
// is where the list begins in the text, 0 if it did before.
func (r *reading) headed(year, from int) {
	if year == 0 {
		return
	}
	usual, ok := readDate(r.s[from:], r.on)
	if !ok {
		return
	}
	usual.from, usual.to = usual.from+from, usual.to+from
	there, ok := readDate(r.s[from:], calendar.Day{Year: year, Month: time.January, Day: 1})
	// "dans 6 mois" falls on another day there: it does not depend on the year.
	if ok && there.day.Year == year && there.day.Month == usual.day.Month && (there.day.Day == usual.day.Day || there.day.Month == time.February) {
		usual.day = there.day
	}
	r.date, r.dated = usual, true
}
