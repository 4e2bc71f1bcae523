package register

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
)

// Change is one field that a row would change, or would have changed.
type Change struct {
	Field     Field
	Before    locale.Text // zero: it was not known
	After     locale.Text // zero: it would be forgotten
	Confirmed bool        // the value stands; it was guessed, and the row says it
}

// Line says the change in a sentence.
func (c Change) Line() locale.Text {
	switch {
	case c.Confirmed:
		return locale.T("register.change.confirmed", "field", c.Field.Label(), "value", c.After)
	case c.Before.IsZero():
		return locale.T("register.change.new", "field", c.Field.Label(), "after", c.After)
	case c.After.IsZero():
		return locale.T("register.change.gone", "field", c.Field.Label(), "before", c.Before)
	}
	return locale.T("register.change.other", "field", c.Field.Label(), "before", c.Before, "after", c.After)
}

// blocks are the fields that make one statement together, and are kept or changed together; the others stand alone.
var (
	dateBlock    = []Field{Start, Months, Date}
	renewalBlock = []Field{Renewal, RenewalMonths, MaxRenewals}
	amountBlock  = []Field{Amount, AmountPeriod}
	alone        = []Field{Number, Family, Supplier, Object, Notice, Owner, Deputy, Note}
)

// compare says what a row changes of a known contract: after is the contract as it would be, kept is what a person has corrected and the row
// would have undone. An empty cell changes nothing, and a guess never replaces what somebody said.
func compare(known Existing, r Read) (after Contract, changes, kept []Change) {
	after = known.Contract
	after.Guessed = append(Set(nil), known.Contract.Guessed...)
	for _, f := range alone {
		if r.Said.Has(f) {
			c, k := known.move(&after, r, f)
			changes, kept = append(changes, c...), append(kept, k...)
		}
	}
	for _, block := range [][]Field{dateBlock, renewalBlock, amountBlock} {
		c, k := known.moveBlock(&after, r, block)
		changes, kept = append(changes, c...), append(kept, k...)
	}
	for _, f := range after.Guessed {
		if r.Said.Has(f) && !r.Contract.Guessed.Has(f) && equal(after, r.Contract, f) {
			if !changed(changes, f) {
				changes = append(changes, Change{Field: f, After: after.shown(f), Confirmed: true})
			}
			after.Guessed = after.Guessed.Without(f)
		}
	}
	for _, c := range changes {
		if !c.Confirmed && r.Contract.Guessed.Has(c.Field) {
			after.Guessed = after.Guessed.With(c.Field)
		}
	}
	after.Keys = mergeKeys(after, r.Contract)
	return after, changes, kept
}

func changed(changes []Change, f Field) bool {
	for _, c := range changes {
		if c.Field == f {
			return true
		}
	}
	return false
}

// equal says whether both contracts say the same in a field.
func equal(a, b Contract, f Field) bool {
	mine, theirs := a.cell(f, codes), b.cell(f, codes)
	if f == Supplier || f == Object {
		return same(mine, theirs)
	}
	return mine == theirs
}

// move takes one field of the row over, unless a person or a better source stands against it.
func (known Existing) move(after *Contract, r Read, f Field) (changes, kept []Change) {
	if equal(known.Contract, r.Contract, f) || known.outguessed(r, f) {
		return nil, nil
	}
	change := Change{Field: f, Before: known.Contract.shown(f), After: r.Contract.shown(f)}
	if known.Corrected.Has(f) {
		return nil, []Change{change}
	}
	assign(after, r.Contract, f)
	return []Change{change}, nil
}

// outguessed says whether the row only guesses what is known for certain.
func (known Existing) outguessed(r Read, f Field) bool {
	return r.Contract.Guessed.Has(f) && !known.Contract.Guessed.Has(f) && known.Contract.cell(f, codes) != ""
}

// moveBlock takes over a block: it stays whole as it was where a person corrected any of what would change.
func (known Existing) moveBlock(after *Contract, r Read, block []Field) (changes, kept []Change) {
	moved := known.Contract
	switch block[0] {
	case Start:
		moved.Terms = known.datesWith(r)
	case Renewal:
		moved.Terms = known.renewalsWith(r)
	case Amount:
		if r.Said.Has(Amount) && !known.outguessed(r, Amount) {
			moved.Amount = r.Contract.Amount
		}
	}
	corrected := false
	for _, f := range block {
		if equal(known.Contract, moved, f) {
			continue
		}
		corrected = corrected || known.Corrected.Has(f)
		if f == AmountPeriod && len(changes) > 0 {
			continue // the amount says it already
		}
		changes = append(changes, Change{Field: f, Before: known.Contract.shown(f), After: moved.shown(f)})
	}
	if corrected {
		return nil, changes
	}
	switch block[0] {
	case Start:
		after.Terms.Start, after.Terms.Months, after.Terms.End = moved.Terms.Start, moved.Terms.Months, moved.Terms.End
	case Renewal:
		after.Terms.Renewal, after.Terms.RenewalMonths, after.Terms.MaxRenewals = moved.Terms.Renewal, moved.Terms.RenewalMonths, moved.Terms.MaxRenewals
	case Amount:
		after.Amount = moved.Amount
	}
	return changes, nil
}

// datesWith returns the known terms with the firm period of the row.
func (known Existing) datesWith(r Read) contract.Terms {
	t, said := known.Contract.Terms, r.Contract.Terms
	if known.outguessed(r, Date) || known.outguessed(r, Start) {
		return t
	}
	if r.Said.Has(Start) {
		t.Start = said.Start
	}
	if r.Said.Has(Months) {
		t.Months = said.Months
	}
	switch {
	case !said.End.IsZero():
		t.End = said.End
		if !r.Said.Has(Months) && counted(t) != t.End {
			t.Months = 0 // the length that was known does not lead there
		}
	case r.Said.Has(Date): // counted from the row's start and length
		t.End = calendar.Day{}
	case t.End.IsZero() && r.Said.Has(Months) && !r.Said.Has(Start):
		// a length alone: with the start that is known
	}
	return plain(t)
}

// renewalsWith returns the known terms with the renewals of the row.
func (known Existing) renewalsWith(r Read) contract.Terms {
	t, said := known.Contract.Terms, r.Contract.Terms
	if r.Said.Has(Renewal) && !known.outguessed(r, Renewal) {
		t.Renewal = said.Renewal
		if said.Renewal == contract.None {
			t.RenewalMonths, t.MaxRenewals = 0, nil
		}
	}
	if r.Said.Has(RenewalMonths) && !known.outguessed(r, RenewalMonths) {
		t.RenewalMonths = said.RenewalMonths
	}
	if r.Said.Has(MaxRenewals) && !known.outguessed(r, MaxRenewals) {
		t.MaxRenewals = said.MaxRenewals
	}
	return t
}

// assign copies a field that stands alone.
func assign(into *Contract, from Contract, f Field) {
	switch f {
	case Number:
		into.Number = from.Number
	case Family:
		into.Family = from.Family
	case Supplier:
		into.Supplier = from.Supplier
	case Object:
		into.Object = from.Object
	case Notice:
		into.Terms.Notice = from.Terms.Notice
	case Owner:
		into.Owner = from.Owner
	case Deputy:
		into.Deputy = from.Deputy
	case Note:
		into.Note = from.Note
	}
}

// mostKeys is how many keys a contract keeps.
const mostKeys = 24

// mergeKeys returns the keys under which a contract is known after a row: those that it had, so that each table that brought it finds it again
// whatever was corrected here, and those of the row.
func mergeKeys(after, row Contract) []string {
	var keys []string
	seen := map[string]bool{}
	for _, list := range [][]string{after.outsideKeys(), row.outsideKeys(), row.Keys, keysOf(after), after.Keys} {
		for _, k := range list {
			if !seen[k] && len(keys) < mostKeys {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	return keys
}
