// Package when reads French and English dates as people type them in chat ("fin mars 2027", "dans 6 mois", "T2 2027").
package when

import "sdcbot/bot/calendar"

// Role says what a date expression is to the sentence around it.
type Role string

// Found is one date expression of a text.
type Found struct {
	Day        calendar.Day // the last day of what is meant
	Start, End int          // where it stands in the text, in bytes
	Role       Role
}
