package command

import (
	"slices"
	"strings"

	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/text"
	"sdcbot/bot/usecase"
)

// The words behind "glossaire", in either language.
var (
	addWords    = []string{"ajouter", "add", "ajoute"}
	removeWords = []string{"retirer", "remove", "enlever", "supprimer"}
	likeWords   = []string{"comme", "like"}
)

func isGlossary(_ *usecase.Turn, arguments string) bool {
	word, _ := cut(arguments)
	word = text.Fold(word)
	return arguments == "" || slices.Contains(addWords, word) || slices.Contains(removeWords, word)
}

// glossary lists the circle's own words, adds one or takes one away: « ajouter "Zéphyr" = ERP bailleur », « ajouter Zéphyr comme IKOS ».
func glossary(t *usecase.Turn, arguments string) (usecase.Reply, error) {
	if arguments == "" {
		return usecase.Glossary(t)
	}
	word, rest := cut(arguments)
	word = text.Fold(word)
	adds := slices.Contains(addWords, word)
	if !adds && !slices.Contains(removeWords, word) {
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("glossary.not-understood")}
	}
	if err := permit(t, circle.Glossary); err != nil {
		return usecase.Reply{}, err
	}
	if !adds {
		return usecase.RemoveTerm(t, unquoted(rest))
	}
	phrase, means, like := equation(rest)
	return usecase.AddTerm(t, phrase, means, like)
}

// equation parts what is to be added at its sign of equality, or at the first "comme" or "like" outside quotes.
func equation(line string) (phrase, means string, like bool) {
	if left, right, ok := strings.Cut(line, "="); ok {
		return unquoted(left), unquoted(right), false
	}
	from := 0
	if _, after, ok := quoted(line); ok {
		from = len(line) - len(after)
	}
	words := text.Words(line[from:])
	for i, w := range words {
		if slices.Contains(likeWords, w.Folded) && (i > 0 || from > 0) {
			return unquoted(line[:from+w.Start]), unquoted(line[from+w.End:]), true
		}
	}
	return unquoted(line), "", false
}

// quotes are the pairs of signs between which people write a phrase.
var quotes = [][2]string{{"«", "»"}, {"“", "”"}, {`"`, `"`}, {"'", "'"}}

// quoted takes the phrase between quotes off the head of a line.
func quoted(line string) (phrase, after string, ok bool) {
	line = strings.TrimSpace(line)
	for _, q := range quotes {
		if inner, found := strings.CutPrefix(line, q[0]); found {
			if phrase, after, closed := strings.Cut(inner, q[1]); closed {
				return strings.TrimSpace(phrase), after, true
			}
		}
	}
	return "", line, false
}

// unquoted is a phrase without the quotes around it.
func unquoted(s string) string {
	if phrase, after, ok := quoted(s); ok && strings.TrimSpace(after) == "" {
		return phrase
	}
	return strings.TrimSpace(s)
}
