// Package contract knows the dates of a contract: its current period after any number of renewals, the last day on which
// notice may be given, the working day to act by, and the reminders that follow. Its rules can be checked on paper by a clerk;
// they are those of the French public procurement code (R2112-4: renewals are counted and fixed from the start, and tacit
// unless the contract says otherwise) and of the civil code's computation of months. Explain shows the calculation.
//
// People rarely say everything about a contract. What they left out is assumed, and every assumption is marked in
// Situation.Assumed, so that a message can say it.
//
// It stops there: it knows no parties, amounts or families, reads no clock, sends nothing, and leaves it to others at what
// hour and to whom a reminder goes.
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

// Notice is the length of a notice period, in the unit in which it was said: at most one length is set. The zero Notice means
// "not said"; a contract without notice is one whose Known is true and whose length is zero. Ninety days are not three months.
type Notice struct {
	Months int  `json:"months,omitempty"`
	Weeks  int  `json:"weeks,omitempty"`
	Days   int  `json:"days,omitempty"`
	Known  bool `json:"known,omitempty"`
	Sent   bool `json:"sent,omitempty"` // it must have been sent by the last day ("le cachet de la poste faisant foi"); otherwise received
}

// Terms are the dates of a contract as they were agreed. The firm period is given by End, or else by Start and Months. A zero
// field was not said; At and Explain say what they assume then.
type Terms struct {
	Start         calendar.Day `json:"start,omitzero"`
	Months        int          `json:"months,omitempty"`         // length of the firm period, counted from Start; set aside where End is known
	End           calendar.Day `json:"end,omitzero"`             // last day of the firm period, inclusive
	Renewal       Renewal      `json:"renewal,omitempty"`        // what happens at the end of each period but the last
	RenewalMonths int          `json:"renewal_months,omitempty"` // length of one renewal
	MaxRenewals   *int         `json:"max_renewals,omitempty"`   // how many renewals there may be; nil: not said
	Notice        Notice       `json:"notice,omitzero"`
	Alerts        []int        `json:"alerts,omitempty"`     // months before the last day at which to remind, most first; none: the usual ones
	Amendments    []Amendment  `json:"amendments,omitempty"` // what moved the end, in order; End is the last one's

	// Complete says that the lengths above were all given, so that a zero is a length of zero instead of "not said", and
	// no MaxRenewals means none. Terms read from a chat are never complete; terms read from a full record are.
	Complete bool `json:"complete,omitempty"`
}
