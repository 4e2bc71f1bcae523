package when

import (
	"time"

	"sdcbot/bot/calendar"
)

// season is a season, a feast or another stretch of the year with a name of its own, with its first and last day.
type season struct {
	words              string
	fromMonth, toMonth time.Month // 0: counted from Easter
	fromDay, toDay     int
	bare               bool // a word that means something else as often: only in company ("en été", "spring 2028")
}

// The seasons that are also named by several words.
const (
	newYear = 1 + iota
	summer
)

// seasons. The summer of an office ends with August and not with the equinox. The rentrée is meant from the first of September, and is over in the middle.
var seasons = []season{
	{fromMonth: time.January, fromDay: 1, toMonth: time.January, toDay: 1},
	{words: "ete summer", fromMonth: time.June, fromDay: 21, toMonth: time.August, toDay: 31, bare: true},
	{words: "printemps spring", fromMonth: time.March, fromDay: 20, toMonth: time.June, toDay: 20, bare: true},
	{words: "automne autumn fall", fromMonth: time.September, fromDay: 22, toMonth: time.December, toDay: 20, bare: true},
	{words: "hiver winter", fromMonth: time.December, fromDay: 21, toMonth: time.March, toDay: 20, bare: true},
	{words: "rentree", fromMonth: time.September, fromDay: 1, toMonth: time.September, toDay: 15},
	{words: "noel fetes christmas xmas", fromMonth: time.December, fromDay: 25, toMonth: time.December, toDay: 25},
	{words: "toussaint", fromMonth: time.November, fromDay: 1, toMonth: time.November, toDay: 1},
	{words: "sylvestre", fromMonth: time.December, fromDay: 31, toMonth: time.December, toDay: 31},
	{words: "assomption", fromMonth: time.August, fromDay: 15, toMonth: time.August, toDay: 15},
	{words: "armistice", fromMonth: time.November, fromDay: 11, toMonth: time.November, toDay: 11},
	{words: "paques easter"},
	{words: "ascension", fromDay: 39},
	{words: "pentecote", fromDay: 49},
}

func (s season) in(year int) span {
	if s.fromMonth == 0 {
		feast := calendar.Easter(year).AddDays(s.fromDay)
		return span{feast, feast}
	}
	first, last := calendar.On(year, s.fromMonth, s.fromDay), calendar.On(year, s.toMonth, s.toDay)
	if last.Before(first) { // a winter ends in the year after
		last = last.AddMonths(12)
	}
	return span{first, last}
}

// season reads "à la rentrée 2028", "l'été prochain", "avant les vacances d'été", "before Christmas".
func (r *reader) season(i int) (period, int) {
	j := i
	if r.at(j).is(holiday) || r.at(j).is(long) && r.at(j+1).is(holiday) {
		j = r.skip(j+1, holiday|the|of)
	}
	lean, j := r.adjective(j)
	which := r.at(j).season()
	if which == 0 && r.at(i).is(long) && r.at(i+1).is(holiday) { // "les grandes vacances"
		which, j = summer, i+1
	}
	switch {
	case r.at(j).is(fresh) && r.at(j+1).unit() == years:
		which, j = newYear, j+1
	case r.at(j).unit() == days && r.at(j+3).unit() == years && r.skip(j+1, of|the) == j+3: // "jour de l'an"
		which, j = newYear, j+3
	case which == 0:
		return period{}, i
	}
	p := period{grain: ToTheSeason, n: which, lean: lean}
	year, next := r.yearAfter(j + 1)
	if next == j+1 {
		next = r.leaning(next, &p)
	}
	if seasons[which-1].bare && year == 0 && p.lean == 0 && j == i && !r.seasonable(i-1) {
		return period{}, i
	}
	p.year = year
	for r.at(next).is(holiday) {
		next++
	}
	return p, next
}

// seasonable says whether the token before a season's name lets it be one: "en été", "the fall", not "a été", "to fall".
func (r *reader) seasonable(i int) bool {
	t := r.at(i)
	return i < 0 || t.sign == '(' || t.sign == ':' || t.is(the|lone|of|inside|by|before|opens) || t.part() != whole
}
