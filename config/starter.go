package config

import (
	_ "embed"

	"sdcbot/bot/locale"
)

// The starters are files rather than sentences of the catalogue: whole, they can be read and tried as what they are.
var (
	//go:embed starter.fr.yaml
	frenchStarter []byte
	//go:embed starter.en.yaml
	englishStarter []byte
)

// Starter returns a commented file of a fictitious circle, for an installer to fill in. It is right as it stands.
func Starter(lang locale.Lang) []byte {
	if lang == locale.English {
		return englishStarter
	}
	return frenchStarter
}
