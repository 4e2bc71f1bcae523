package register

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/text"
	"sdcbot/bot/when"
)

// nothing are the cells in which tools and people write that there is nothing.
var nothing = map[string]bool{
	"": true, "-": true, "--": true, "---": true, "-----": true, "—": true, "–": true, "/": true, "?": true, "n/a": true, "na": true, "nc": true, "nd": true, "n.c.": true, "null": true, "none given": true, "néant": true,
	"inconnu": true, "unknown": true, "non renseigné": true, "non communiqué": true, "cdl": true, "à préciser": true, "à compléter": true, "0000-00-00": true, "00/00/0000": true,
}

// blank says whether a cleaned cell says that there is nothing.
func blank(cell string) bool {
	return cell == "" || len(cell) <= 20 && nothing[strings.ToLower(cell)]
}

// bare is a number without a unit, as sheets write it.
var bare = regexp.MustCompile(`^[0-9]{1,9}([.,][0-9]+)?$`)

// The years that a date of a contract may have: outside them somebody mistyped.
const (
	firstYear = 1970
	lastYear  = 2199
)

var (
	dayFirst  = regexp.MustCompile(`^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?:[ T].*)?$`)
	yearFirst = regexp.MustCompile(`^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T].*)?$`)
	serial    = regexp.MustCompile(`^(\d{5})([.,]\d+)?$`)
)

// readDay reads the cell of a date: 31/05/2027, 2027-05-31, a spreadsheet's number of days, "mars 2027". Of a month or a year it takes the last
// day, or the first where first is set. sure is false where the cell left a choice.
func readDay(cell string, on calendar.Day, first bool) (day calendar.Day, sure bool, fault locale.Text) {
	refused := func(key string) (calendar.Day, bool, locale.Text) {
		return calendar.Day{}, false, locale.T(key, "value", cut(cell, 40))
	}
	if m := yearFirst.FindStringSubmatch(cell); m != nil {
		return dayOf(cell, number(m[1]), number(m[2]), number(m[3]), true)
	}
	if m := dayFirst.FindStringSubmatch(cell); m != nil {
		year, month, d := number(m[3]), number(m[2]), number(m[1])
		if year < 100 {
			year += 2000
		}
		if month > 12 && d <= 12 {
			return dayOf(cell, year, d, month, false) // month first, as American tools write: there is no other way to read it
		}
		return dayOf(cell, year, month, d, true)
	}
	if m := serial.FindStringSubmatch(cell); m != nil {
		// Day 60 of spreadsheets is a 29 February 1900 that never was; all days that a contract may have come after it.
		return inBelief(cell, calendar.On(1899, time.December, 30).AddDays(number(m[1])), true)
	}
	if words, impossible := when.Impossible(cell); impossible {
		return calendar.Day{}, false, locale.T("register.fault.no-such-day", "value", cut(words, 40))
	}
	found, ok := when.Target(cell, on)
	if !ok {
		for _, f := range when.Find(cell, on) { // in a column of its own a start needs no target beside it
			if !f.Day.IsZero() {
				found, ok = f, true
				break
			}
		}
	}
	if !ok {
		return refused("register.fault.date")
	}
	day = found.Day
	if first && !found.From.IsZero() {
		day = found.From
	}
	return inBelief(cell, day, found.Grain == when.ToTheDay)
}

func dayOf(cell string, year, month, d int, sure bool) (calendar.Day, bool, locale.Text) {
	if !calendar.Exists(year, time.Month(month), d) {
		return calendar.Day{}, false, locale.T("register.fault.no-such-day", "value", cut(cell, 40))
	}
	return inBelief(cell, calendar.On(year, time.Month(month), d), sure)
}

func inBelief(cell string, day calendar.Day, sure bool) (calendar.Day, bool, locale.Text) {
	if day.Year < firstYear || day.Year > lastYear {
		return calendar.Day{}, false, locale.T("register.fault.year", "value", cut(cell, 40))
	}
	return day, sure, locale.Text{}
}

// number reads digits that a pattern has found; they are few.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return math.MaxInt32
	}
	return n
}

// lengthPattern finds one length: "36 mois", "3 ans", "1,5 an", "P3Y" is nobody's way of writing.
var lengthPattern = regexp.MustCompile(`(?i)(\d{1,5}(?:[.,]\d{1,2})?)\s*(mois|months?|ans?|ann[ée]es?|years?|semestres?|trimestres?|quarters?|semaines?|weeks?|jours?|days?|m|a|y|j|d)?(?:[^\pL\d]|$)`)

// lengthWords are lengths that are said in a word.
var lengthWords = map[string]int{
	"annuel": 12, "annuelle": 12, "annual": 12, "yearly": 12, "mensuel": 1, "mensuelle": 1, "monthly": 1, "trimestriel": 3, "trimestrielle": 3, "quarterly": 3,
	"semestriel": 6, "semestrielle": 6, "biennal": 24, "biennale": 24, "bisannuel": 24, "bisannuelle": 24, "triennal": 36, "triennale": 36, "an": 12,
}

// readMonths reads the cell of a length: "36 mois", "3 ans", "1 an et 6 mois", "36". A bare number counts u.length, months where that is not said.
// sure is false where it had to be
// rounded to months.
func readMonths(cell string, u unit) (months int, sure bool, fault locale.Text) {
	refused := locale.T("register.fault.length", "value", cut(cell, 40))
	found := lengthPattern.FindAllStringSubmatchIndex(cell, -1)
	if len(found) == 0 {
		for _, w := range text.Words(cell) {
			if n, ok := lengthWords[w.Folded]; ok {
				return n, true, locale.Text{}
			}
		}
		if l, err := intake.ParseNotice(cell); err == nil && l.Months > 0 { // "trois ans"
			return l.Months, true, locale.Text{}
		}
		return 0, false, refused
	}
	var sum float64
	sure = true
	for i, at := range found {
		if i > 0 && !joins(cell[found[i-1][1]:at[0]]) {
			break // "2 ans (dont 1 an ferme)": what follows is said of it
		}
		n, err := strconv.ParseFloat(strings.Replace(cell[at[2]:at[3]], ",", ".", 1), 64)
		if err != nil {
			return 0, false, refused
		}
		name := u.length
		if at[4] >= 0 {
			name = cell[at[4]:at[5]]
		} else if i > 0 {
			break
		}
		factor, whole := monthsOf(name)
		sum, sure = sum+n*factor, sure && whole
	}
	months = int(math.Round(sum))
	if months > longestMonths {
		return 0, false, refused
	}
	return months, sure && math.Abs(sum-float64(months)) < 0.01, locale.Text{}
}

// joins says whether what stands between two lengths makes one of them.
func joins(between string) bool {
	switch strings.ToLower(strings.TrimSpace(between)) {
	case "", "et", "and":
		return true
	}
	return false
}

// monthsOf returns how many months one of the unit is, and whether that is exact.
func monthsOf(name string) (months float64, exact bool) {
	switch n := strings.ToLower(name); {
	case n == "" || strings.HasPrefix(n, "m"):
		return 1, true
	case n[0] == 'a' || n[0] == 'y':
		return 12, true
	case strings.HasPrefix(n, "trim") || n[0] == 'q':
		return 3, true
	case strings.HasPrefix(n, "semes"):
		return 6, true
	case n[0] == 's' || n[0] == 'w':
		return 7 * 12 / 365.25, false
	}
	return 12 / 365.25, false
}

// readNotice reads the cell of a notice. GLPI writes months, and 0 where nobody said.
func readNotice(cell string, u unit, source Source) (contract.Notice, locale.Text) {
	if bare.MatchString(cell) {
		cell += " " + u.length
	}
	n, err := intake.ParseNotice(cell)
	switch {
	case err != nil || n.Months > longestNotice || n.Weeks > longestNotice*4 || n.Days > longestNotice*30:
		return contract.Notice{}, locale.T("register.fault.notice", "value", cut(cell, 40))
	case source == GLPI && n == contract.Notice{Known: true}:
		return contract.Notice{}, locale.Text{}
	}
	return n, locale.Text{}
}

// renewalWords are the answers of a column of renewals that say it all, and whether they leave it to guess which.
var renewalWords = map[string]struct {
	renewal contract.Renewal
	guessed bool
}{
	"tacite": {contract.Tacit, false}, "tacit": {contract.Tacit, false}, "tacite reconduction": {contract.Tacit, false},
	"expresse": {contract.Express, false}, "express": {contract.Express, false}, "expre": {contract.Express, false},
	"aucune": {contract.None, false}, "aucun": {contract.None, false}, "jamai": {contract.None, false}, "never": {contract.None, false}, "none": {contract.None, false},
	"non": {contract.None, false}, "no": {contract.None, false}, "faux": {contract.None, false}, "false": {contract.None, false},
	// A renewal that the contract provides for is tacit unless it says otherwise (R2112-4 of the public procurement code).
	"oui": {contract.Tacit, true}, "yes": {contract.Tacit, true}, "vrai": {contract.Tacit, true}, "true": {contract.Tacit, true}, "x": {contract.Tacit, true},
}

// glpiRenewals are the numbers under which GLPI keeps them.
var glpiRenewals = map[string]contract.Renewal{"0": contract.None, "1": contract.Tacit, "2": contract.Express}

// readRenewal reads the cell of a renewal: "tacite", "Tacite 1 an x2", "oui", GLPI's "Jamais" and 0, 1, 2.
func readRenewal(cell string, source Source) (said intake.Renewed, guessed bool, fault locale.Text) {
	if found, ok := renewalWords[fold(cell)]; ok {
		return intake.Renewed{Renewal: found.renewal}, found.guessed, locale.Text{}
	}
	if renewal, ok := glpiRenewals[cell]; ok && source == GLPI {
		return intake.Renewed{Renewal: renewal}, false, locale.Text{}
	}
	if bare.MatchString(cell) { // a number of renewals
		n, err := strconv.Atoi(cell)
		if err != nil || n > mostRenewals {
			return intake.Renewed{}, false, locale.T("register.fault.renewal", "value", cut(cell, 40))
		}
		return intake.Renewed{Max: &n}, false, locale.Text{}
	}
	said, err := intake.ParseRenewal(cell)
	if err != nil || said.Months > longestMonths || said.Max != nil && *said.Max > mostRenewals {
		return intake.Renewed{}, false, locale.T("register.fault.renewal", "value", cut(cell, 40))
	}
	return said, false, locale.Text{}
}

// readCount reads a number of renewals: "2", "2 fois", "2.0".
func readCount(cell string) (int, locale.Text) {
	head, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(cell), "x"), ".0"), " ")
	n, err := strconv.Atoi(head)
	if err != nil || n < 0 || n > mostRenewals {
		return 0, locale.T("register.fault.max-renewals", "value", cut(cell, 40), "limit", mostRenewals)
	}
	return n, locale.Text{}
}

var decimal = regexp.MustCompile(`^[0-9]{1,15}([.,][0-9]{1,2})?$`)

// readAmount reads the cell of an amount: 24000.5, "24 000,50 €", "24 k€/an". said is false where neither the cell nor the heading say for which
// period it is; it is then a year's. A cell of nought says nothing.
func readAmount(cell string, u unit) (a money.Amount, said bool, fault locale.Text) {
	if decimal.MatchString(cell) {
		a, fault = plainAmount(cell, u)
		return a, u.period != "", fault
	}
	if u.thousands && !strings.ContainsAny(cell, "kKmM€") {
		cell += " k€"
	}
	found, err := money.ParseAmount(cell)
	if wrong := (*money.FieldError)(nil); errors.As(err, &wrong) {
		if zero.MatchString(cell) {
			return money.Amount{}, false, locale.Text{}
		}
		if wrong.Fault == money.TooLarge {
			return money.Amount{}, false, locale.T("register.fault.amount-too-large", "value", cut(cell, 40))
		}
		return money.Amount{}, false, locale.T("register.fault.amount", "value", cut(cell, 40))
	}
	said = saysPeriod(cell)
	if !said && u.period != "" {
		found.Period, said = u.period, true
	}
	return found, said, locale.Text{}
}

// zero is an amount of nothing, however it is written.
var zero = regexp.MustCompile(`^[0 .,]*0[0 .,]*(€|EUR|euros?)?$`)

// saysPeriod says whether the cell itself says for which period its sum is.
func saysPeriod(cell string) bool {
	if strings.Contains(cell, "€") || strings.Contains(strings.ToLower(cell), "eur") {
		found, ok := money.Find(cell)
		return ok && found.PeriodSaid
	}
	found, ok := money.Find(cell + " €")
	if ok && found.PeriodSaid {
		return true
	}
	for _, w := range text.Words(cell) {
		switch w.Stem {
		case "an", "moi", "mois", "annuel", "mensuel", "total", "year", "month", "trimestre":
			return true
		}
	}
	return false
}

// plainAmount reads a bare number without the detour over sentences: it is what most cells hold, and "1.250" is never a thousand in it.
func plainAmount(cell string, u unit) (money.Amount, locale.Text) {
	euros, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	if u.thousands {
		euros *= 1000
	}
	switch cents := math.Round(euros * 100); {
	case err != nil || cents > money.Max:
		return money.Amount{}, locale.T("register.fault.amount-too-large", "value", cut(cell, 40))
	case cents == 0:
		return money.Amount{}, locale.Text{}
	case u.period != "":
		return money.Amount{Cents: int64(cents), Period: u.period}, locale.Text{}
	default:
		return money.Amount{Cents: int64(cents), Period: money.Yearly}, locale.Text{}
	}
}

// periods are what a cell of amount_period may say.
var periods = map[string]money.Period{
	"an": money.Yearly, "annee": money.Yearly, "par an": money.Yearly, "year": money.Yearly, "a year": money.Yearly, "annuel": money.Yearly, "yearly": money.Yearly,
	"moi": money.Monthly, "mois": money.Monthly, "par moi": money.Monthly, "month": money.Monthly, "a month": money.Monthly, "mensuel": money.Monthly, "monthly": money.Monthly,
	"total": money.Total, "au total": money.Total, "in total": money.Total,
}
