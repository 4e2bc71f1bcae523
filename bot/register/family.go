package register

import (
	"slices"
	"strings"

	"sdcbot/bot/family"
)

// readFamily reads the cell of a family: its code or its label, else whatever names one in those words. guessed is true for the latter.
func readFamily(cell string, words *family.Dictionary) (code family.Code, guessed, ok bool) {
	if f, known := family.Of(family.Code(strings.ToLower(cell))); known {
		return f.Code, false, true
	}
	if code, known := familyLabels[fold(cell)]; known {
		return code, false, true
	}
	code, ok = words.ByName(cell)
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

// surest is the score from which the first family of a title is believed to be its own; plainly that from which it says by itself that it is one of
// information systems, which a hint alone never reaches.
const (
	surest  = 0.3
	plainly = 0.5
)

// guessFamily returns the family that the title of a contract speaks of, with its score; of a title that says none, the one that the tool's own sort
// of contract speaks of, or the supplier. Empty: nothing says it. words are those that are known.
func guessFamily(title, sort, supplier string, words *family.Dictionary) (family.Code, float64) {
	for _, said := range []string{title, sort, title + ", " + supplier} {
		if strings.TrimSpace(said) == "" {
			continue
		}
		if scores, _ := words.Classify(said); len(scores) > 0 && scores[0].Score >= surest {
			return scores[0].Code, scores[0].Score
		}
	}
	return "", 0
}

// informationCPV are the heads of the CPV's codes under which information systems, telecoms and office machines are bought. Their publishers choose
// them loosely, so they tell what is bought from works and supplies, and never the family.
var informationCPV = []string{"3012", "3014", "302", "32", "3512", "3822", "48", "503", "513", "516", "641", "642", "72"}

// preventive is among them, and used for the upkeep of anything.
const preventive = "50324"

// informationSystems says whether a market of the open data is one of information systems: by its code, and where it has none by a title that says so
// plainly. A title that plainly speaks of something else decides over both.
func informationSystems(cpv string, code family.Code, score float64) bool {
	switch {
	case code == "not-it":
		return false
	case cpv == "":
		return code != "" && score >= plainly
	case strings.HasPrefix(cpv, preventive):
		return code != "" && score >= plainly
	}
	return slices.ContainsFunc(informationCPV, func(head string) bool { return strings.HasPrefix(cpv, head) })
}
