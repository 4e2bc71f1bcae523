package contract

import (
	"time"

	"sdcbot/bot/calendar"
)

// DecisionKind is an answer to a reminder. The empty kind means that nothing was decided.
type DecisionKind string

// The kinds, as the buttons under a reminder.
const (
	Handled   DecisionKind = "handled"   // traité
	Later     DecisionKind = "later"     // plus tard
	Renew     DecisionKind = "renew"     // on reconduit
	Terminate DecisionKind = "terminate" // on dénonce
	Retender  DecisionKind = "retender"  // on remet en concurrence
	Pool      DecisionKind = "pool"      // on mutualise
)

// DecisionKinds lists the kinds in the order of the buttons.
var DecisionKinds = []DecisionKind{Handled, Later, Renew, Terminate, Retender, Pool}

// Decision is what the holder answered for one term. It says nothing about the terms that follow.
type Decision struct {
	Kind DecisionKind `json:"kind,omitempty"`
	Term calendar.Day `json:"term,omitzero"` // the end of the period that was decided on
	By   string       `json:"by,omitempty"`  // handle of who decided
	At   time.Time    `json:"at,omitzero"`
}

// StopsReminders says whether the answer ends the series of reminders of its term. Every answer does: somebody has read.
func (d Decision) StopsReminders() bool { return d.Kind != "" }

// Silences says whether r need not be said any more because of the decision: it was taken for the same term.
func (d Decision) Silences(r Reminder) bool { return d.StopsReminders() && d.Term == r.Term }
