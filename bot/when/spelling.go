package when

import "strings"

// likely are the words that people mistype and that nothing else is like. Absent on purpose: "march" (marche),
// "rentree" (entrée, rentrer), "mai" (mais), whose mistakes are other words.
var likely = strings.Fields(`janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
	january february april june july september october november december
	lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday
	semaine semaines trimestre semestre quinzaine prochain prochaine echeance preavis debut
	dans sous avant mois quarter months weeks`)

// others are words of one error's distance from a likely one, in their own right.
var others = map[string]bool{"debit": true, "mouths": true, "quarters": true, "juine": true, "savant": true, "omis": true}

// corrected finds the likely word that a folded unknown one was meant to be: "spetembre", "decembr", "avirl". One error is
// forgiven; in words of five letters not a changed letter, in words of four only two letters swapped, since "tout" is not "août".
func corrected(folded []byte) *word {
	if len(folded) < 4 || others[string(folded)] {
		return nil
	}
	for _, candidate := range likely {
		if off := len(candidate) - len(folded); off >= -1 && off <= 1 && nearly(folded, candidate) {
			return vocabulary[candidate]
		}
	}
	return nil
}

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
		return len(meant) >= 5
	case len(wrong) == 1 && len(right) == 1:
		return len(meant) >= 6
	}
	return false
}
