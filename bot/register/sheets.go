package register

import "sdcbot/bot/locale"

// Sheets makes tables of files, and files of contracts: what adapters/sheet does, as it is handed to the bot.
type Sheets struct {
	// Read makes a table of a file. Errors are *Unreadable.
	Read func(name string, content []byte) (Table, error)
	// Write makes a file of contracts, in their order, in a form that Ending returned.
	Write func(ending string, contracts []Contract, lang locale.Lang) ([]byte, error)
	// Ending reads the form of a file as people type it ("Excel"), and returns the ending of its name ("xlsx"); the usual one for "".
	Ending func(typed string) (ending string, ok bool)
}
