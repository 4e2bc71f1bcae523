package calendar

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/fr"
)

// Calendar says which days are worked: Monday to Friday, public holidays apart. The zero Calendar is that of
// metropolitan France and is ready to use. The zone will be a field here when a circle needs it: Alsace-Moselle
// rests on Good Friday and 26 December as well.
type Calendar struct{}

// Metropole is the calendar of metropolitan France.
var Metropole = Calendar{}

// holidays are the days of article L3133-1 of the labour code, under the keys by which the sentences call them.
// The list is the same every year: the Monday of Whitsun stays a holiday even where it is worked for solidarity.
var holidays = []struct {
	name string
	rule *cal.Holiday
}{
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
	for _, holiday := range holidays {
		if inYear(holiday.rule, d.Year) == d {
			return holiday.name, true
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
