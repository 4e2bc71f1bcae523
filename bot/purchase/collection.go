package purchase

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
)

// Value is one answer: the field's kind says which part is set.
type Value struct {
	Number int          `json:"number,omitempty"`
	Amount money.Amount `json:"amount,omitzero"`
	Words  string       `json:"words,omitempty"`
}

const (
	mostQuantity = 1_000_000_000
	mostWords    = 500 // characters
)

// Read reads what somebody typed into the field. An empty field is no answer and no fault; a fault is a sentence that says what to type.
func (f Field) Read(typed string) (v Value, answered bool, fault locale.Text) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return Value{}, false, locale.Text{}
	}
	switch f.Kind {
	case Quantity:
		n, ok := wholeNumber(typed)
		if !ok {
			return Value{}, false, locale.T("collection.fault.number", "typed", typed)
		}
		return Value{Number: n}, true, locale.Text{}
	case Cost:
		a, err := money.ParseAmount(typed)
		if err != nil {
			return Value{}, false, locale.T("collection.fault.amount", "typed", typed)
		}
		return Value{Amount: a}, true, locale.Text{}
	}
	if runes := []rune(typed); len(runes) > mostWords {
		return Value{}, false, locale.T("collection.fault.long", "count", mostWords)
	}
	return Value{Words: typed}, true, locale.Text{}
}

// grouped is a whole number whose thousands are set apart: "12 500" is one, "12.5" is none.
var grouped = regexp.MustCompile(`^[0-9]{1,3}([ .\x{a0}\x{202f}][0-9]{3})+$`)

func wholeNumber(typed string) (int, bool) {
	if grouped.MatchString(typed) {
		typed = strings.NewReplacer(" ", "", ".", "", "\u00a0", "", "\u202f", "").Replace(typed)
	}
	n, err := strconv.Atoi(typed)
	return n, err == nil && n >= 0 && n <= mostQuantity
}

// Answer records what an organisation needs; what it said before of the same fields is replaced, and a field that is left empty is left as it was. Nobody
// answers after the closing: the others' tender was written without it.
func (p Purchase) Answer(org string, answers map[string]Value, on calendar.Day) (Purchase, error) {
	i := p.index(org)
	switch {
	case i < 0:
		return p, refuse("purchase.refuse.not-member").instead("join")
	case p.State == Dropped:
		return p, refuse("purchase.refuse.dropped")
	case !p.Closing.IsZero() && on.After(p.Closing):
		return p, refuse("purchase.refuse.answer-late", "day", p.Closing).instead("coordinator")
	case p.State.rank() > Collection.rank():
		return p, refuse("purchase.refuse.answer-launched", "state", p.State.Text()).instead("coordinator")
	}
	m := p.Members[i]
	m.Answers = maps.Clone(m.Answers)
	if m.Answers == nil {
		m.Answers = map[string]Value{}
	}
	maps.Copy(m.Answers, answers)
	m.Answered = on
	return p.withMember(i, m), nil
}

// Consent lets the others see an organisation's current cost, or no longer.
func (p Purchase) Consent(org string, consents bool) (Purchase, error) {
	i := p.index(org)
	if i < 0 {
		return p, refuse("purchase.refuse.not-member")
	}
	m := p.Members[i]
	m.Consents = consents
	return p.withMember(i, m), nil
}

// Missing lists the members who have answered nothing yet.
func (p Purchase) Missing() []string {
	var codes []string
	for _, m := range p.Members {
		if m.Answered.IsZero() {
			codes = append(codes, m.Org)
		}
	}
	return codes
}

// Incomplete lists the members who left out a field that is required, those who answered nothing included.
func (p Purchase) Incomplete(fields []Field) []string {
	var codes []string
	for _, m := range p.Members {
		if slices.ContainsFunc(fields, func(f Field) bool {
			_, ok := m.Answers[f.Key]
			return f.Required && !ok
		}) {
			codes = append(codes, m.Org)
		}
	}
	return codes
}

// recallDays are the days before the closing at which the missing ones are recalled.
var recallDays = []int{30, 15, 7, 1}

// Recall is one call to those who have not said their needs.
type Recall struct {
	Before int          // days before the closing: 30, 15, 7 or 1
	Day    calendar.Day // the working day on which to say it
	Orgs   []string     // whom to call: nobody who has answered
}

// ClosingNear returns the warning of the closing that has fallen due after the last morning and until this one, of several the last, for whoever it
// concerns: members who have said nothing, and those who are not in yet. There is none outside the collection, nor after the closing.
func (p Purchase) ClosingNear(last, morning calendar.Day) (Recall, bool) {
	if p.State != Collection || p.Closing.IsZero() || morning.After(p.Closing) {
		return Recall{}, false
	}
	var due Recall
	for _, before := range recallDays {
		day := workdays.WorkingOnOrBefore(p.Closing.AddDays(-before))
		if day.After(last) && !day.After(morning) {
			due = Recall{Before: before, Day: day}
		}
	}
	return due, !due.Day.IsZero()
}

// RecallDue returns the call that has fallen due after the last morning and until this one; of several that were missed, the last. Nobody is called
// outside the collection, after the closing, or for a day that came before the organisation joined.
func (p Purchase) RecallDue(fields []Field, last, morning calendar.Day) (Recall, bool) {
	due, ok := p.ClosingNear(last, morning)
	if !ok {
		return Recall{}, false
	}
	for _, org := range p.Incomplete(fields) {
		if m, _ := p.Member(org); m.Since.Before(due.Day) {
			due.Orgs = append(due.Orgs, org)
		}
	}
	return due, len(due.Orgs) > 0
}

// Table is what all members need, to be read and exported.
type Table struct {
	Fields []Field
	Rows   []TableRow
	Total  TableRow // of what can be summed; amounts by year, and only where the reader may see all of them
	Silent []string // members who have answered nothing
}

// TableRow is one organisation's line.
type TableRow struct {
	Org   string
	Cells []locale.Text // empty: not answered
}

// Summed makes the table for a reader. mine says of an organisation whether its amounts are the reader's own; banded, whether others' are at least
// seen as bands. The total of amounts is a band unless all of them are seen.
func (p Purchase) Summed(fields []Field, lot int, mine func(org string) bool, banded bool) Table {
	t := Table{Fields: fields, Silent: p.Missing()}
	numbers, cents := make([]int, len(fields)), make([]int64, len(fields))
	allSeen, answered := true, make([]bool, len(fields))
	for _, m := range p.Members {
		if lot > 0 && !m.Buys(lot) {
			continue
		}
		row := TableRow{Org: m.Org, Cells: make([]locale.Text, len(fields))}
		for i, f := range fields {
			v, ok := m.Answers[f.Key]
			if !ok {
				continue
			}
			answered[i] = true
			seen := f.Kind != Cost || m.Consents || mine(m.Org)
			allSeen = allSeen && seen
			row.Cells[i] = f.shown(v, seen, banded)
			numbers[i] += v.Number
			cents[i] += yearly(v.Amount)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Total.Cells = make([]locale.Text, len(fields))
	for i, f := range fields {
		if answered[i] && f.Kind != Words {
			sum := Value{Number: numbers[i], Amount: money.Amount{Cents: cents[i], Period: money.Yearly}}
			t.Total.Cells[i] = f.shown(sum, allSeen, banded)
		}
	}
	return t
}

// shown says a value as its reader may see it.
func (f Field) shown(v Value, seen, banded bool) locale.Text {
	switch {
	case f.Kind == Quantity:
		return locale.T("collection.number", "number", v.Number)
	case f.Kind == Words:
		return locale.Plain(v.Words)
	case seen:
		return locale.T("collection.amount", "amount", v.Amount)
	case banded:
		return locale.T("collection.band", "band", money.BandOf(v.Amount))
	}
	return locale.T("collection.hidden")
}

// yearly returns the cents of a year; a total is taken as it is.
func yearly(a money.Amount) int64 {
	if a.Period == money.Monthly {
		return a.Cents * 12
	}
	return a.Cents
}
