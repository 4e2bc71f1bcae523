package sheet

import (
	"sdcbot/bot/locale"
	"sdcbot/bot/register"
)

// Sheets returns this package as the bot knows it.
func Sheets() register.Sheets {
	return register.Sheets{
		Read: Read,
		Write: func(ending string, contracts []register.Contract, lang locale.Lang) ([]byte, error) {
			return Write(Format(ending), contracts, lang)
		},
		Ending: func(typed string) (string, bool) {
			if typed == "" {
				return string(CSV), true
			}
			f, ok := ParseFormat(typed)
			return string(f), ok
		},
	}
}
