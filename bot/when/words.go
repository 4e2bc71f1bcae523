package when

import (
	"strings"
	"time"
)

// word is all that the grammar knows of a word, in French and in English at once: "sept" is a number and the
// abbreviation of a month, "second" an ordinal in both languages. What it is in a sentence is found by what stands around it.
type word struct {
	sense    sense
	mark     mark
	month    time.Month
	weekday  int // 1 Monday to 7 Sunday
	cardinal int
	ordinal  int // 1 first … ; lastOne
	unit     unit
	letter   unit // what its letter numbers: T3 a quarter, S12 a week or a half-year
	part     part
	season   int // index in seasons, counted from 1
}

// lastOne is the ordinal of "dernier trimestre" and "last quarter".
const lastOne = -1

// unit is a unit of time, in the order of their lengths.
type unit int

const (
	noUnit unit = iota
	hours
	days
	weeks
	months
	quarters
	halves
	years
)

// Words are written folded, as text.FoldNext gives them.
var (
	monthNames = [...]string{
		time.January:   "janvier janv jan january",
		time.February:  "fevrier fevr fev february feb",
		time.March:     "mars mar march",
		time.April:     "avril avr april apr",
		time.May:       "mai mia may",
		time.June:      "juin june jun",
		time.July:      "juillet juil juill july jul",
		time.August:    "aout august aug",
		time.September: "septembre september sept sep",
		time.October:   "octobre october oct",
		time.November:  "novembre november nov",
		time.December:  "decembre december dec",
	}
	weekdayNames = [...]string{
		1: "lundi monday", 2: "mardi tuesday", 3: "mercredi wednesday", 4: "jeudi thursday", 5: "vendredi friday",
		6: "samedi saturday", 7: "dimanche sunday",
	}
	cardinals = map[int]string{
		1: "un une one", 2: "deux two couple", 3: "trois three", 4: "quatre four", 5: "cinq five", 6: "six", 7: "sept seven", 8: "huit eight",
		9: "neuf nine", 10: "dix ten", 11: "onze eleven", 12: "douze twelve", 13: "treize thirteen", 14: "quatorze fourteen",
		15: "quinze fifteen", 16: "seize sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "vingt vingts twenty",
		30: "trente thirty", 40: "quarante forty", 50: "cinquante fifty", 60: "soixante sixty", 70: "seventy", 80: "eighty",
		90: "ninety", 100: "cent cents hundred", 1000: "mille thousand",
	}
	ordinals = map[int]string{
		1: "premier premiere first", 2: "deuxieme second seconde", 3: "troisieme third", 4: "quatrieme fourth", 5: "cinquieme fifth",
		6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth",
		14: "fourteenth", 15: "fifteenth", 16: "sixteenth", 17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 20: "twentieth",
		30: "thirtieth", lastOne: "dernier derniere last",
	}
	unitNames = [...]string{
		hours:    "h heure heures hour hours hr hrs",
		days:     "jour jours j jr jrs day days",
		weeks:    "semaine semaines sem week weeks wk wks eow",
		months:   "mois moi month months mth mths eom",
		quarters: "trimestre trimestres trim quarter quarters qtr eoq",
		halves:   "semestre semestres",
		years:    "an ans annee annees year years yr yrs exercice eoy",
	}
	unitLetters = map[unit]string{quarters: "t q", halves: "h", weeks: "w s"}
	partNames   = map[part]string{
		atBeginning: "debut beginning early start",
		atMiddle:    "mi mid milieu middle",
		atEnd:       "fin end late",
		throughout:  "courant",
	}
	// about counts by the lot: "une quinzaine", "une dizaine de jours".
	lots = map[int]string{8: "huitaine", 10: "dizaine", 12: "douzaine dozen", 14: "fortnight", 15: "quinzaine", 20: "vingtaine", 30: "trentaine"}
)

// vocabulary is read, never written, once the package is loaded.
var vocabulary = learn()

func learn() map[string]*word {
	known := map[string]*word{}
	teach := func(list string, tell func(*word)) {
		for _, folded := range strings.Fields(list) {
			if known[folded] == nil {
				known[folded] = &word{}
			}
			tell(known[folded])
		}
	}
	for month, list := range monthNames {
		teach(list, func(w *word) { w.month = time.Month(month) })
	}
	for weekday, list := range weekdayNames {
		teach(list, func(w *word) { w.weekday = weekday })
	}
	for n, list := range cardinals {
		teach(list, func(w *word) { w.cardinal = n })
	}
	for n, list := range ordinals {
		teach(list, func(w *word) { w.ordinal = n })
	}
	for u, list := range unitNames {
		teach(list, func(w *word) { w.unit = unit(u) })
	}
	for u, list := range unitLetters {
		teach(list, func(w *word) { w.letter = u })
	}
	for p, list := range partNames {
		teach(list, func(w *word) { w.part = p })
	}
	for n, list := range lots {
		teach(list, func(w *word) { w.cardinal = n })
	}
	for i, s := range seasons {
		teach(s.words, func(w *word) { w.season = i + 1 })
	}
	for _, s := range senses {
		teach(s.words, func(w *word) { w.sense |= s.sense })
	}
	for _, m := range marks {
		teach(m.words, func(w *word) { w.mark |= m.mark })
	}
	return known
}
