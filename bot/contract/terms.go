// Package contract knows the dates of a contract: its current period after any number of renewals, the last day on which
// notice may be given, the working day to act by, and the reminders that follow. Its rules can be checked on paper by a clerk;
// they are those of the French public procurement code (R2112-4: renewals are counted and fixed from the start) and of
// the civil code's computation of months. It knows no parties, amounts or families, reads no clock and sends nothing.
package contract

import "sdcbot/bot/calendar"

// Renewal says what happens at the end of a period. The empty Renewal means "not said".
type Renewal string

// The renewals.
const (
	Tacit   Renewal = "tacit"   // it goes on unless notice is given
	Express Renewal = "express" // it ends unless its holder decides
	None    Renewal = "none"    // it ends
)

// Notice is the length of a notice period, in the unit in which it was said: at most one field is set. The zero Notice means "not
// said"; a contract without notice is one whose Known is true and whose length is zero.
type Notice struct {
	Months int  `json:"months,omitempty"`
	Weeks  int  `json:"weeks,omitempty"`
	Days   int  `json:"days,omitempty"`
	Known  bool `json:"known,omitempty"`
}

// Terms are the dates of a contract as they were agreed. Either End is set (last day of the firm period, inclusive) or Start and Months.
type Terms struct {
	Start         calendar.Day `json:"start,omitzero"`
	Months        int          `json:"months,omitempty"` // length of the firm period, counted from Start
	End           calendar.Day `json:"end,omitzero"`
	Renewal       Renewal      `json:"renewal,omitempty"`
	RenewalMonths int          `json:"renewal_months,omitempty"` // length of one renewal
	MaxRenewals   *int         `json:"max_renewals,omitempty"`   // nil: not said
	Notice        Notice       `json:"notice,omitzero"`
}
