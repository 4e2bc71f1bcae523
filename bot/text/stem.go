package text

// Stem takes the mark of the plural off a folded word, in French and in English: "copieurs" and "réseaux" meet "copieur" and
// "réseau". It is blunt on purpose: both sides of a comparison go through it, so "mois" may well become "moi", and a real stemmer
// would bring apart words together ("gestion", "geste") that buy different things.
func Stem(folded string) string {
	last := len(folded) - 1
	if last < 2 || folded[last] != 's' && folded[last] != 'x' || folded[last-1] == 's' {
		return folded
	}
	return folded[:last]
}
