// Package money holds amounts of contracts as people say them (a sum and the period it is for) and the bands
// in which partners see each other's amounts. It knows euros excluding taxes only; showing an amount in a
// language is the business of bot/locale.
package money

// Period says what an amount is for.
type Period string

// The periods. The empty Period is that of the empty Amount.
const (
	Yearly  Period = "year"
	Monthly Period = "month"
	Total   Period = "total"
)

// Amount is a sum in euro cents for a period. The zero Amount means "not said".
type Amount struct {
	Cents  int64  `json:"cents"`
	Period Period `json:"period"`
}

// Max is the largest amount that is believed, in cents: a thousand million euros. Above it somebody mistyped.
const Max = 1_000_000_000 * 100

// IsZero says whether nothing was said.
func (a Amount) IsZero() bool { return a == Amount{} }
