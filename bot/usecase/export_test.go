package usecase

import (
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
)

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

// ReadsBy reads a sentence by a glossary of phrase and meaning: a family, or another phrase behind a sign of equality.
func ReadsBy(sentence string, on calendar.Day, glossary [][2]string) intake.Statement {
	var terms []term
	for _, m := range glossary {
		if like, ok := strings.CutPrefix(m[1], "="); ok {
			terms = append(terms, term{Phrase: m[0], Like: like})
		} else {
			terms = append(terms, term{Phrase: m[0], Family: family.Code(m[1])})
		}
	}
	return vocabularyOf(terms).reader.Read(sentence, on)
}
