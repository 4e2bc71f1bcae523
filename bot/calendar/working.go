package calendar

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/fr"
)

// Zone is a part of France that has public holidays of its own. The empty Zone is metropolitan France.
type Zone string

// The zones, as a circle's file names them.
const (
	AlsaceMoselle Zone = "alsace-moselle"
	Guadeloupe    Zone = "guadeloupe"
	Martinique    Zone = "martinique"
	Guyane        Zone = "guyane"
	Reunion       Zone = "reunion"
	Mayotte       Zone = "mayotte"
)

// Zones lists those that have holidays of their own.
var Zones = []Zone{AlsaceMoselle, Guadeloupe, Martinique, Guyane, Reunion, Mayotte}

// Calendar says which days are worked: Monday to Friday, public holidays apart. The zero Calendar is that of metropolitan France and is ready to use.
type Calendar struct{ Zone Zone }

// Metropole is the calendar of metropolitan France.
var Metropole = Calendar{}

// holiday is a day on which offices are shut, under the key by which the sentences call it.
type holiday struct {
	name string
	rule *cal.Holiday
}

// ofZone are the further holidays of the zones: article L3134-13 of the labour code for Alsace-Moselle, where Good Friday counts as one though the law
// grants it in some communes only, and L3422-2 (decree 83-1003) for the days on which the overseas departments remember the abolition of slavery.
var ofZone = map[Zone][]holiday{
	AlsaceMoselle: {{"good-friday", aa.GoodFriday}, {"saint-stephen", yearly(time.December, 26)}},
	Guadeloupe:    {{"abolition", yearly(time.May, 27)}},
	Martinique:    {{"abolition", yearly(time.May, 22)}},
	Guyane:        {{"abolition", yearly(time.June, 10)}},
	Reunion:       {{"abolition", yearly(time.December, 20)}},
	Mayotte:       {{"abolition", yearly(time.April, 27)}},
}

func yearly(month time.Month, day int) *cal.Holiday {
	return &cal.Holiday{Month: month, Day: day, Func: cal.CalcDayOfMonth}
}

// holidays are the days of article L3133-1 of the labour code, under the keys by which the sentences call them.
// The list is the same every year: the Monday of Whitsun stays a holiday even where it is worked for solidarity.
var holidays = []holiday{
	{"new-year", fr.NouvelAn},
	{"easter-monday", fr.LundiDePâques},
	{"labour-day", fr.FêteDuTravail},
	{"victory-day", fr.FêteDeLaVictoire},
	{"ascension", fr.Ascension},
	{"whit-monday", fr.LundiDePentecôte},
	{"national-day", fr.FêteNationale},
	{"assumption", fr.Assomption},
	{"all-saints", fr.Toussaint},
	{"armistice", fr.Armistice1918},
	{"christmas", fr.Noël},
}

// Working says whether offices are open on d.
func (c Calendar) Working(d Day) bool {
	if weekday := d.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		return false
	}
	_, holiday := c.Holiday(d)
	return !holiday
}

// Holiday names the public holiday that falls on d by its key ("easter-monday"), whatever the day of the week. Where
// two fall together, as Ascension on 1 May 2008, the one that comes first in the law is named.
func (c Calendar) Holiday(d Day) (name string, ok bool) {
	for _, of := range [][]holiday{holidays, ofZone[c.Zone]} {
		for _, h := range of {
			if inYear(h.rule, d.Year) == d {
				return h.name, true
			}
		}
	}
	return "", false
}

// WorkingOnOrBefore returns d if it is worked, else the last worked day before it: what must have arrived by d is sent by then.
func (c Calendar) WorkingOnOrBefore(d Day) Day { return c.nearestWorking(d, -1) }

// WorkingOnOrAfter returns d if it is worked, else the first worked day after it.
func (c Calendar) WorkingOnOrAfter(d Day) Day { return c.nearestWorking(d, 1) }

func (c Calendar) nearestWorking(d Day, step int) Day {
	for !c.Working(d) {
		d = d.AddDays(step)
	}
	return d
}

// Easter returns the Sunday of Easter, from which the movable feasts are counted.
func Easter(year int) Day { return inYear(aa.Easter, year) }

// inYear looks at noon: the library computes local midnights, and some time zones skip midnight when summer time begins.
func inYear(rule *cal.Holiday, year int) Day {
	midnight, _ := rule.Calc(year)
	return Of(midnight.Add(12 * time.Hour))
}
