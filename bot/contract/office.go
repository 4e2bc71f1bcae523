package contract

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// Office is where a contract is kept: the days on which it works, and how long before the last day a notice that must be received is posted. The
// zero Office works by the metropolitan calendar and hands its notices over on the day.
type Office struct {
	Calendar    calendar.Calendar
	PostingDays int // days that a registered letter is given to arrive
}

// At is Office{}.At.
func At(t Terms, on calendar.Day) Situation { return Office{}.At(t, on) }

// Explain is Office{}.Explain.
func Explain(t Terms, on calendar.Day) []locale.Text { return Office{}.Explain(t, on) }

// Reminders is Office{}.Reminders.
func Reminders(t Terms, on calendar.Day) []Reminder { return Office{}.Reminders(t, on) }
