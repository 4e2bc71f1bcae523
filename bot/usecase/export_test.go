package usecase

import "sdcbot/bot/calendar"

// DigestDue is what the table of digests is about.
var DigestDue = digestDue

// AbsenceList and AbsencesWith are what the tables of absences are about.
type AbsenceList = absences

// AbsencesWith notes one more.
func AbsencesWith(all AbsenceList, from, to calendar.Day) AbsenceList {
	return all.with(absence{from, to})
}

// WithoutSums is what the table of sums is about.
var WithoutSums = withoutSums
