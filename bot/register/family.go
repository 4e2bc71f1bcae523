package register

import (
	"strings"

	"sdcbot/bot/family"
)

// readFamily reads the cell of a family: its code or its label, else whatever names one. guessed is true for the latter.
func readFamily(cell string) (code family.Code, guessed, ok bool) {
	if f, known := family.Of(family.Code(strings.ToLower(cell))); known {
		return f.Code, false, true
	}
	if code, known := familyLabels[fold(cell)]; known {
		return code, false, true
	}
	code, ok = family.ByName(cell)
	return code, true, ok
}

// familyLabels are the labels of the families in both languages.
var familyLabels = func() map[string]family.Code {
	all := map[string]family.Code{}
	for _, f := range family.All() {
		all[fold(f.French)], all[fold(f.English)] = f.Code, f.Code
	}
	return all
}()

// surest is the score from which the first family of a title is believed to be its own.
const surest = 0.3

// guessFamily returns the family that the title of a contract speaks of; of a title that says none, the one that the tool's own sort of contract
// speaks of, or the supplier. Empty: nothing says it.
func guessFamily(title, sort, supplier string) family.Code {
	for _, words := range []string{title, sort, title + ", " + supplier} {
		if strings.TrimSpace(words) == "" {
			continue
		}
		if scores, _ := family.Classify(words); len(scores) > 0 && scores[0].Score >= surest {
			return scores[0].Code
		}
	}
	return ""
}
