package register

import (
	"regexp"
	"slices"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
)

// Read is a row that was understood, as far as it could be.
type Read struct {
	Number    int // of the row
	Contract  Contract
	Said      Set           // fields that the row gives, guessed ones included
	Faults    []locale.Text // why it cannot be taken, each with what to do; none: it can
	Remarks   []locale.Text // what was done to it that its reader should know
	Buyer     string        // SIRET of the organisation whose contract it is, where the table says
	BuyerName string
	fresh     bool // a person wrote "nouveau" for its reference
	marked    bool // the table has a column that says what was guessed
	sum       bool // the total under a column, and no contract
	elsewhere bool // open data hold all that an organisation buys: this is no information system
}

// ReadRow understands one row on that day. person finds the handle of somebody of the circle by handle, address or name; nil takes
// handles as they are written. words are those by which families are known; nil takes everyone's.
func ReadRow(m Mapping, row Row, on calendar.Day, person func(string) (handle string, ok bool), words *family.Dictionary) Read {
	r := reader{Read: Read{Number: row.Number}, source: m.Source, on: on, person: person, dictionary: words}
	if words == nil {
		r.dictionary = family.Known()
	}
	var cells [len(order)]string
	var units [len(order)]unit
	r.marked = m.has(Guessed)
	for i, c := range m.Columns {
		if at, known := place[c.Field]; known {
			if cell := clean(row.cell(i)); r.marked || !blank(cell) { // what we wrote ourselves is never a manner of saying nothing
				cells[at], units[at] = cut(cell, longest(c.Field)), c.unit
			}
		}
	}
	for at, f := range order {
		if cells[at] != "" {
			readers[f](&r, cells[at], units[at])
		}
	}
	r.settle()
	return r.Read
}

// longest is how many runes of a cell are read: whatever is pasted into it, reading stays quick.
func longest(f Field) int {
	switch f {
	case Object, Supplier, Note, hint, Guessed, Origin:
		return longestNote
	}
	return longestWords
}

// reader is a row while it is read.
type reader struct {
	Read
	source Source
	on     calendar.Day
	person func(string) (string, bool)

	dictionary *family.Dictionary

	identifier, hint, holder, cpv string
	guesses                       Set // what the table's own column says was guessed
	period                        money.Period
}

// order is that in which the cells of a row are read.
var order = [...]Field{
	Reference, Number, Origin, buyer, buyerName, identifier, holder, cpv, Kind, Object, Supplier, hint, Family, Start, Months, Date, Renewal, RenewalMonths, MaxRenewals, Notice,
	AmountPeriod, Amount, Owner, Deputy, Note, Guessed,
}

// place is where a field stands in order.
var place = func() map[Field]int {
	at := map[Field]int{}
	for i, f := range order {
		at[f] = i
	}
	return at
}()

// readers read a cell that holds something into the row.
var readers = map[Field]func(r *reader, cell string, u unit){
	Reference:  (*reader).readReference,
	Number:     func(r *reader, cell string, _ unit) { r.words(&r.Contract.Number, Number, cell) },
	Origin:     (*reader).readOrigin,
	buyer:      func(r *reader, cell string, _ unit) { r.Buyer = cell },
	buyerName:  func(r *reader, cell string, _ unit) { r.BuyerName = oneLine(cell) },
	identifier: func(r *reader, cell string, _ unit) { r.identifier = cell },
	holder:     func(r *reader, cell string, _ unit) { r.holder = oneLine(cell) },
	hint:       func(r *reader, cell string, _ unit) { r.hint = cell },
	cpv:        func(r *reader, cell string, _ unit) { r.cpv = cell },
	Kind:       (*reader).readKind,
	Object:     func(r *reader, cell string, _ unit) { r.words(&r.Contract.Object, Object, cell) },
	Supplier:   func(r *reader, cell string, _ unit) { r.words(&r.Contract.Supplier, Supplier, cell) },
	Family:     (*reader).readFamily,
	Start:      func(r *reader, cell string, _ unit) { r.day(&r.Contract.Terms.Start, Start, cell, true) },
	Date:       func(r *reader, cell string, _ unit) { r.day(&r.Contract.Terms.End, Date, cell, false) },
	Months:     (*reader).readMonths,
	Renewal:    (*reader).readRenewal,
	RenewalMonths: func(r *reader, cell string, u unit) {
		months, sure, fault := readMonths(cell, u)
		if r.taken(RenewalMonths, fault) && months > 0 {
			r.Contract.Terms.RenewalMonths = months
			r.said(RenewalMonths, !sure)
		}
	},
	MaxRenewals: func(r *reader, cell string, _ unit) {
		n, fault := readCount(cell)
		if r.taken(MaxRenewals, fault) {
			r.Contract.Terms.MaxRenewals = &n
			r.said(MaxRenewals, false)
		}
	},
	Notice: func(r *reader, cell string, u unit) {
		n, fault := readNotice(cell, u, r.source)
		if r.taken(Notice, fault) && n != (contract.Notice{}) {
			r.Contract.Terms.Notice = n
			r.said(Notice, false)
		}
	},
	Amount:       (*reader).readAmount,
	AmountPeriod: (*reader).readPeriod,
	Owner:        func(r *reader, cell string, _ unit) { r.somebody(&r.Contract.Owner, Owner, cell) },
	Deputy:       func(r *reader, cell string, _ unit) { r.somebody(&r.Contract.Deputy, Deputy, cell) },
	Note: func(r *reader, cell string, _ unit) {
		r.Contract.Note = cell
		r.said(Note, false)
	},
	Guessed: (*reader).readGuessed,
}

// said notes that the row gives a field.
func (r *reader) said(f Field, guessed bool) {
	r.Said = append(r.Said, f)
	if guessed {
		r.Contract.Guessed = append(r.Contract.Guessed, f)
	}
}

// taken says whether a cell was understood, and keeps the fault of one that was not.
func (r *reader) taken(_ Field, fault locale.Text) bool {
	if !fault.IsZero() {
		r.Faults = append(r.Faults, fault)
		return false
	}
	return true
}

// failed are what a spreadsheet shows where a formula has no result.
var failed = regexp.MustCompile(`^#(REF|N/A|NAME|NOM|VALUE|VALEUR|DIV/0|NUM|NOMBRE|NULL|NUL)[!?]?`)

// words reads a cell that the whole circle may read.
func (r *reader) words(into *string, f Field, cell string) {
	if strings.HasPrefix(cell, "=") && !r.marked || failed.MatchString(cell) {
		r.Faults = append(r.Faults, locale.T("register.fault.formula", "field", f.Label(), "value", cut(cell, 40)))
		return
	}
	cell = oneLine(cell)
	guessed := false
	if f != Number {
		if kept, removed := withoutSums(cell); removed {
			cell, guessed = kept, true
			r.Remarks = append(r.Remarks, locale.T("register.remark.sum", "field", f.Label()))
		}
	}
	if short := cut(cell, longestWords); short != cell {
		cell = short
		r.Remarks = append(r.Remarks, locale.T("register.remark.cut", "field", f.Label(), "limit", longestWords))
	}
	if cell == "" {
		return
	}
	*into = cell
	r.said(f, guessed)
}

func (r *reader) readReference(cell string, _ unit) {
	switch fold(cell) {
	case "nouveau", "nouvelle", "new":
		r.fresh = true
		return
	}
	if ref, err := proposal.ParseRef(cell); err == nil {
		r.Contract.Ref = ref
		return
	}
	r.words(&r.Contract.Number, Number, cell) // a column "Référence" of somebody's own holds their numbers
}

func (r *reader) readOrigin(cell string, _ unit) {
	for _, key := range strings.FieldsFunc(cell, func(c rune) bool { return c == ' ' || c == ',' || c == ';' || c == '\n' }) {
		if outside.MatchString(key) {
			r.Contract.Keys = append(r.Contract.Keys, key)
		}
	}
}

func (r *reader) readKind(cell string, _ unit) {
	for _, kind := range proposal.Kinds {
		if fold(cell) == string(kind) || same(cell, locale.T("kind."+string(kind)).In(locale.French)) {
			if kind != proposal.Contract {
				r.Faults = append(r.Faults, locale.T("register.fault.kind", "value", cut(cell, 40)))
			}
			return
		}
	}
	// "Marché", "Accord-cadre" and the like are sorts of contract.
}

func (r *reader) readFamily(cell string, _ unit) {
	code, guessed, ok := readFamily(cell, r.dictionary)
	if !ok {
		r.hint = strings.TrimSpace(r.hint + ", " + cell)
		r.Remarks = append(r.Remarks, locale.T("register.remark.family", "value", cut(cell, 40)))
		return
	}
	r.Contract.Family = code
	r.said(Family, guessed)
}

func (r *reader) day(into *calendar.Day, f Field, cell string, first bool) {
	day, sure, fault := readDay(cell, r.on, first)
	if r.taken(f, fault) {
		*into = day
		r.said(f, !sure)
	}
}

func (r *reader) readMonths(cell string, u unit) {
	months, sure, fault := readMonths(cell, u)
	if !r.taken(Months, fault) || months == 0 {
		return
	}
	r.Contract.Terms.Months = months
	r.said(Months, !sure)
	if said, err := intake.ParseRenewal(cell); err == nil && said.Renewal != "" { // "1 an reconductible 3 fois"
		r.renewed(said, true)
	}
}

func (r *reader) readRenewal(cell string, _ unit) {
	said, guessed, fault := readRenewal(cell, r.source)
	if r.taken(Renewal, fault) {
		r.renewed(said, guessed)
	}
}

// renewed takes what one cell says of renewals; what a column of its own says later wins.
func (r *reader) renewed(said intake.Renewed, guessed bool) {
	t := &r.Contract.Terms
	for _, part := range []struct {
		f   Field
		set bool
	}{{Renewal, said.Renewal != ""}, {RenewalMonths, said.Months > 0}, {MaxRenewals, said.Max != nil}} {
		if part.set && !r.Said.Has(part.f) {
			r.said(part.f, guessed)
		} else if part.set {
			r.Contract.Guessed = r.Contract.Guessed.Without(part.f)
		}
	}
	if said.Renewal != "" {
		t.Renewal = said.Renewal
	}
	if said.Months > 0 {
		t.RenewalMonths = said.Months
	}
	if said.Max != nil {
		t.MaxRenewals = said.Max
	}
}

func (r *reader) readPeriod(cell string, _ unit) {
	period, ok := periods[fold(cell)]
	if !ok {
		r.Faults = append(r.Faults, locale.T("register.fault.period", "value", cut(cell, 40)))
		return
	}
	r.period = period
}

func (r *reader) readAmount(cell string, u unit) {
	if r.period != "" {
		u.period = r.period
	} else if r.source == DECP || r.source == GLPI {
		u.period = money.Total // of the whole contract; GLPI adds up the lines of its costs
	}
	a, said, fault := readAmount(cell, u)
	if !r.taken(Amount, fault) || a.IsZero() {
		return
	}
	r.Contract.Amount = a
	r.said(Amount, !said || u.taxed || r.source == GLPI)
	if u.taxed {
		r.Remarks = append(r.Remarks, locale.T("register.remark.taxed"))
	}
}

func (r *reader) somebody(into *string, f Field, cell string) {
	handle := strings.TrimPrefix(oneLine(cell), "@")
	if r.person != nil {
		found, ok := r.person(handle)
		if !ok {
			r.Remarks = append(r.Remarks, locale.T("register.remark.nobody", "field", f.Label(), "value", cut(cell, 40)))
			return
		}
		handle = found
	}
	*into = handle
	r.said(f, false)
}

func (r *reader) readGuessed(cell string, _ unit) {
	for part := range strings.SplitSeq(strings.ReplaceAll(cell, ";", ","), ",") {
		if f, ok := FieldByName(strings.TrimSpace(part)); ok && slices.Contains(Fields, f) {
			r.guesses = append(r.guesses, f)
		}
	}
}

// settle draws what follows from the cells together.
func (r *reader) settle() {
	r.settleName()
	r.settleDates()
	r.settleRenewal()
	r.settleFamily()
	if r.marked {
		r.Contract.Guessed = r.guesses // it was written by an export, and by who confirmed since
	}
	r.Said, r.Contract.Guessed = Set{}.With(r.Said...), Set{}.With(r.Contract.Guessed...)
	r.Contract.Keys = keysOf(r.Contract)
}

// settleName settles under what the contract is known, and that the row says what it is.
func (r *reader) settleName() {
	c := &r.Contract
	if r.identifier != "" {
		if key := identifierKey(r.source, r.Buyer, r.identifier); key != "" && r.source != "" {
			c.Keys = append(c.Keys, key)
		}
		if c.Number == "" && r.source == DECP {
			r.words(&c.Number, Number, r.identifier)
		}
	}
	if c.Supplier == "" && r.holder != "" && !r.Said.Has(Note) {
		c.Note = locale.T("register.note.holder", "number", r.holder).In(locale.French)
		r.said(Note, false)
	}
	r.sum = r.isSum()
	if fold(c.Object) == "" && fold(c.Supplier) == "" && c.Ref == "" && len(r.Faults) == 0 {
		r.Faults = append(r.Faults, locale.T("register.fault.nameless"))
	}
}

// sums are what people write beside the total under a column.
var sums = func() map[string]bool {
	all := map[string]bool{}
	for _, words := range []string{"total", "totaux", "total HT", "total TTC", "total général", "total annuel", "grand total", "sous-total", "somme", "sum", "subtotal"} {
		all[fold(words)] = true
	}
	return all
}()

// isSum says whether the row is the total under a column: one word that says so, where the object, the supplier or the number stands, and no date.
func (r *reader) isSum() bool {
	c := r.Contract
	if c.Ref != "" || !c.Terms.Start.IsZero() || !c.Terms.End.IsZero() {
		return false
	}
	var said []string
	for _, words := range []string{c.Number, c.Object, c.Supplier} {
		if words != "" {
			said = append(said, fold(words))
		}
	}
	return len(said) == 1 && sums[said[0]]
}

// settleDates settles the firm period. A start and a length count it in our way, from the first day to the day before the anniversary; GLPI, and
// many people, write the anniversary itself, which is then the day after the last.
func (r *reader) settleDates() {
	t := &r.Contract.Terms
	end := counted(*t)
	switch {
	case !end.IsZero() && t.End.IsZero():
		if r.source == DECP {
			// The open data give the notification, and the length is the longest that was foreseen.
			r.Contract.Guessed = append(r.Contract.Guessed, Start, Date)
		}
	case !end.IsZero() && (t.End == end || t.End == end.AddDays(1) && !r.marked):
		if t.End != end {
			r.Remarks = append(r.Remarks, locale.T("register.remark.day-after", "day", t.End, "end", end))
		}
		t.End = calendar.Day{}
	case !end.IsZero() && r.source == GLPI:
		t.End = calendar.Day{} // a column that shows the end after renewals
	case !t.End.IsZero() && r.source == GLPI && r.Said.Has(Date):
		t.End = t.End.AddDays(-1)
		r.Contract.Guessed = append(r.Contract.Guessed, Date)
	}
	if !firmEnd(*t).IsZero() && !r.Said.Has(Date) {
		r.Said = append(r.Said, Date)
	}
	if !t.Start.IsZero() && !t.End.IsZero() && t.End.Before(t.Start) {
		r.Faults = append(r.Faults, locale.T("register.fault.reversed", "start", t.Start, "end", t.End))
	}
}

// settleRenewal settles of which sort the renewals are that a row only counts.
func (r *reader) settleRenewal() {
	t := &r.Contract.Terms
	switch {
	case r.source == GLPI && t.Renewal == contract.None:
		// GLPI keeps a length of renewal, and shows it, for contracts that have none.
		t.RenewalMonths, t.MaxRenewals = 0, nil
		r.Said = r.Said.Without(RenewalMonths, MaxRenewals)
	case t.Renewal == "" && !r.marked && t.MaxRenewals != nil && *t.MaxRenewals == 0:
		t.Renewal, t.MaxRenewals = contract.None, nil
		r.Said = append(r.Said.Without(MaxRenewals), Renewal)
	case t.Renewal == "" && !r.marked && (t.MaxRenewals != nil || t.RenewalMonths > 0):
		t.Renewal = contract.Tacit // R2112-4: tacit unless the contract says otherwise
		r.said(Renewal, true)
	}
}

// settleFamily guesses the family where the row does not say it.
func (r *reader) settleFamily() {
	c := &r.Contract
	if c.Family != "" || r.marked || len(r.Faults) > 0 {
		return
	}
	var score float64
	if c.Family, score = guessFamily(c.Object, r.hint, c.Supplier, r.dictionary); c.Family != "" {
		r.said(Family, true)
	}
	r.elsewhere = r.source == DECP && !informationSystems(r.cpv, c.Family, score)
}
