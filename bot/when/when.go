// Package when reads dates as people type them in chat, in French and in English at once: "31/12/27", "fin mars", "dans un an et
// demi", "T2 2027", "before the summer", "48 mois à compter du 01/06/2025". It finds every expression of a text, says
// where it stands and what it is to the sentence (the date meant, a start, a notice …), and resolves it against the day on
// which it was said, into the last day of what was meant. It tells a version, a quantity or a telephone number from a date, and a day that does
// not exist from no date at all. It stops there: which contract or need the date belongs to is the business of bot/intake.
//
// A text becomes tokens, whose words a small vocabulary knows (words.go); readers, one a file and theme, try to read an expression
// at each token; what stands around an expression then gives it its role (roles.go).
package when

import (
	"slices"

	"sdcbot/bot/calendar"
)

// Role says what a date expression is to the sentence around it.
type Role string

// The roles. At most one expression of a text is Meant.
const (
	Meant     Role = "target"     // the date meant: the end of a contract, or the date wanted
	Beginning Role = "start"      // "notifié le 01/07/2023"; the first of two ends, "du 1/8 au 20/8"
	Lasting   Role = "length"     // a length of time: "48 mois"
	Notice    Role = "notice"     // a notice period, or a date to give notice by
	Renewal   Role = "renewal"    // the length of a renewal, or the end of the last one
	Mention   Role = "mention"    // another date
	NoSuchDay Role = "impossible" // a day that does not exist: "31 février"
)

// Grain says how finely a date was said: a contract that ends "en 2028" has not been dated to the day.
type Grain int

// The grains, from fine to coarse.
const (
	NoGrain Grain = iota
	ToTheDay
	ToTheWeek
	ToTheMonth
	ToTheQuarter
	ToTheHalf
	ToTheYear
	ToTheSeason // a season, a feast or the rentrée
)

// Found is one date expression of a text.
type Found struct {
	Day        calendar.Day // the last day of what is meant; none for a length alone or an impossible date
	From       calendar.Day // its first day: "mars 2027" is 1 to 31 March; of a start and a length, the start
	Length     Length       // for a length: as it was said
	Grain      Grain
	Start, End int // where it stands in the text, in bytes
	Role       Role
}

// Find returns all date expressions of the text in their order, as understood on that day.
func Find(text string, on calendar.Day) []Found {
	r := read(text, on)
	found := make([]Found, len(r.found))
	for i := range r.found {
		found[i] = r.tell(&r.found[i])
	}
	return found
}

// Target returns the date that the text means: the end of a contract, or the wanted date. A start and a length give the last day,
// the day before the anniversary, with the start in From; what was found is then the length.
func Target(text string, on calendar.Day) (Found, bool) {
	for _, f := range Find(text, on) {
		if f.Role == Meant {
			return f, true
		}
	}
	return Found{}, false
}

// Impossible returns the words of the text that name a day, a quarter or a week that does not exist or is TooFar, so that the answer can
// quote them.
func Impossible(text string) (words string, ok bool) {
	for _, f := range Find(text, calendar.Day{}) {
		if f.Role == NoSuchDay {
			return text[f.Start:f.End], true
		}
	}
	return "", false
}

// TooFar says whether words that are Impossible name a year beyond LastYear: then it was mistyped, which is not to say that the day does not
// exist.
func TooFar(words string) bool {
	return slices.ContainsFunc(tokens(words), func(t token) bool { return t.digits == 4 && t.number > lastYear })
}
