package config

import (
	"strings"

	"github.com/agnivade/levenshtein"

	"sdcbot/bot/locale"
	"sdcbot/bot/text"
)

// nearest returns the known word that somebody most likely meant: at most a third of its letters wrong.
func nearest(word string, known []string) (string, bool) {
	best, found := 0, ""
	for _, candidate := range known {
		distance := levenshtein.ComputeDistance(text.Fold(word), text.Fold(candidate))
		if distance*3 <= len(candidate)+1 && (found == "" || distance < best) {
			best, found = distance, candidate
		}
	}
	return found, found != ""
}

// instead says what to write in the place of a word that is not known.
func instead(word string, known []string) locale.Text {
	if near, ok := nearest(word, known); ok {
		return locale.T("config.write", "what", near)
	}
	return locale.T("config.write-one-of", "list", strings.Join(known, ", "))
}
