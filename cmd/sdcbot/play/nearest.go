package play

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearest returns the form of step that a line which is none of them was probably meant to be, or "" when none comes near. The word that
// makes the form must come near; among forms with the same word the one of the most similar shape is taken.
func nearest(line string) string {
	const shape = 100 // more than any two shapes differ by
	given := keyword(line)
	best, distance := "", int(^uint(0)>>1)
	for _, form := range forms {
		word := keyword(form)
		off := levenshtein.ComputeDistance(given, word)
		if off > max(len(given), len(word))/3 {
			continue
		}
		if d := off*shape + min(levenshtein.ComputeDistance(skeleton(line), skeleton(form)), shape-1); d < distance {
			best, distance = form, d
		}
	}
	return best
}

// keyword is the word that makes a form: the verb after a person, else the first word.
func keyword(line string) string {
	words := strings.Fields(line)
	switch {
	case len(words) == 0:
		return ""
	case strings.HasPrefix(words[0], "+"):
		return "+"
	case strings.HasPrefix(words[0], "@") && len(words) > 1 && !strings.HasPrefix(words[1], "#"):
		return "@" + strings.TrimSuffix(words[1], ">")
	case strings.HasPrefix(words[0], "@"):
		return "@#"
	}
	return words[0]
}

// skeleton replaces what is free in a step by one sign: @ a person, # a channel, the text after > dropped.
func skeleton(line string) string {
	head, _, said := strings.Cut(line, ">")
	words := strings.Fields(head)
	for i, w := range words {
		switch {
		case strings.HasPrefix(w, "@"):
			words[i] = "@"
		case strings.HasPrefix(w, "#"):
			words[i] = "#"
		case strings.HasPrefix(w, `"`):
			return strings.Join(words[:i], " ") + ` "`
		case i > 0 && strings.Contains(w, "="):
			return strings.Join(words[:i], " ") + " ="
		}
	}
	if said {
		words = append(words, ">")
	}
	return strings.Join(words, " ")
}
