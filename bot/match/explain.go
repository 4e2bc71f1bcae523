package match

import (
	"math"
	"strings"

	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
)

// Explain says the judgement on two statements to people, line by line: what was understood of each, what follows, and why.
func Explain(a, b Said, lang locale.Lang) string {
	a, b = apart(a, b)
	j := judgeSaid(a, b)
	lines := explainSide(a.Org, j.a, lang)
	lines = append(lines, explainSide(b.Org, j.b, lang)...)
	verdict := "apart"
	switch {
	case j.verdict.Match:
		verdict = "together"
	case j.verdict.Maybe:
		verdict = "maybe"
	}
	lines = append(lines, locale.T("match.explain."+verdict, "percent", int(math.Round(100*j.verdict.Score))).In(lang))
	for _, reason := range j.verdict.Reasons {
		lines = append(lines, locale.T("match.explain.reason", "reason", reason).In(lang))
	}
	return strings.Join(lines, "\n")
}

func explainSide(org string, st intake.Statement, lang locale.Lang) []string {
	lines := []string{locale.T("match.explain.side", "organisation", org).In(lang)}
	for understood := range strings.SplitSeq(intake.Explain(st, lang), "\n") {
		lines = append(lines, "  "+understood)
	}
	return lines
}
