package when

import "strings"

// likely are the words that people mistype and that nothing else is like. Absent on purpose: "march" (marche),
// "rentree" (entrée, rentrer) and "mai" (mais), whose mistakes are other words.
const likely = `
	janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
	january february april june july august september october november december
	lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday
	jours semaine semaines mois trimestre semestre quinzaine annee annees weeks months quarter year years
	prochain prochaine demain printemps automne toussaint christmas dans sous avant debut echeance preavis`

// others are words in their own right that one error parts from a likely one.
var others = map[string]bool{
	"anne": true, "autonome": true, "debit": true, "debt": true, "domain": true, "mouths": true, "omis": true, "quarters": true, "remain": true,
}

var likelyBy = func() (byLetter ['z' + 1][]string) {
	for _, folded := range strings.Fields(likely) {
		byLetter[folded[0]] = append(byLetter[folded[0]], folded)
	}
	return byLetter
}()

// corrected finds the likely word that a folded unknown one was meant to be: "spetembre", "decembr", "avirl". One error is
// forgiven, not a wrong first letter; in words of five letters not a changed letter, in words of four only two letters swapped, since "tout"
// is not "août". text.Near forgives longer words more and such short ones nothing.
func corrected(folded []byte) *word {
	if len(folded) < 4 || others[string(folded)] {
		return nil
	}
	for _, letter := range folded[:2] { // the first two may be swapped
		if letter > 'z' {
			return nil
		}
		for _, candidate := range likelyBy[letter] {
			if off := len(candidate) - len(folded); off >= -1 && off <= 1 && nearly(folded, candidate) {
				return vocabulary[candidate]
			}
		}
	}
	return nil
}

// nearly says whether typed is meant with one error: what is left between their common head and tail tells.
func nearly(typed []byte, meant string) bool {
	head := 0
	for head < len(typed) && head < len(meant) && typed[head] == meant[head] {
		head++
	}
	tail := 0
	for tail < len(typed)-head && tail < len(meant)-head && typed[len(typed)-1-tail] == meant[len(meant)-1-tail] {
		tail++
	}
	wrong, right := typed[head:len(typed)-tail], meant[head:len(meant)-tail]
	switch {
	case len(wrong) == 2 && len(right) == 2:
		return wrong[0] == right[1] && wrong[1] == right[0]
	case len(wrong)+len(right) == 1:
		return head > 0 && len(meant) >= 5
	case len(wrong) == 1 && len(right) == 1:
		return head > 0 && len(meant) >= 6
	}
	return false
}
