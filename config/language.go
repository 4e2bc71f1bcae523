package config

import (
	"strings"

	"sdcbot/bot/locale"
)

// OperatorLanguage returns the language for the person at the terminal, by the variables that POSIX names for it. French when nothing
// is said (or only "C", as in most containers) or French is; English for everybody else.
func OperatorLanguage(env func(string) string) locale.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value, _, _ := strings.Cut(env(name), ".")
		switch {
		case value == "":
			continue
		case value == "C" || value == "POSIX" || strings.HasPrefix(value, "fr"):
			return locale.French
		}
		return locale.English
	}
	return locale.French
}
