package money

import (
	"math"
	"strings"
)

// Fault says what is wrong with what was typed into a field. The sentence for people is the business of bot/locale.
type Fault string

// The faults.
const (
	NotAnAmount Fault = "not-an-amount" // no number, or more than one sum
	TooLarge    Fault = "too-large"     // above Max
	Negative    Fault = "negative"
)

// FieldError is the error of ParseAmount.
type FieldError struct {
	Fault Fault
	Typed string
}

func (e *FieldError) Error() string { return "amount " + string(e.Fault) + ": " + e.Typed }

// ParseAmount reads the amount field of a form: "24000", "24 k€/an", "3 000 € par mois", "480k sur 4 ans". Without a period it is a year's.
// An empty field is the zero Amount and no error. Errors are *FieldError.
func ParseAmount(field string) (Amount, error) {
	field = strings.TrimSpace(field)
	if field == "" {
		return Amount{}, nil
	}
	fail := func(fault Fault) (Amount, error) { return Amount{}, &FieldError{Fault: fault, Typed: field} }
	n, ok := scanNumber(field, 0)
	if !ok {
		return fail(NotAnAmount)
	}
	if head := strings.TrimRight(field[:n.start], " €"); strings.HasSuffix(head, "-") || strings.HasSuffix(head, "−") {
		return fail(Negative)
	}
	end := n.end
	factor, end := factorAt(field, end)
	if after, found := currencyAt(field, end); found {
		end = after
	}
	if end == n.end && letterAt(field, end) {
		return fail(NotAnAmount) // "1e12", "24km"
	}
	period, end, unit := periodAfter(field, end)
	if unit {
		return fail(NotAnAmount)
	}
	if _, more := scanNumber(field, end); more {
		return fail(NotAnAmount)
	}
	if period == "" {
		period = periodBefore(field, n.start)
	}
	cents := math.Round(n.value * factor * 100)
	switch {
	case cents > Max || period == quarter && 4*cents > Max:
		return fail(TooLarge)
	case cents == 0:
		return fail(NotAnAmount)
	}
	return inPeriod(int64(cents), period), nil
}
