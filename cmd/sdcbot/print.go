package main

import (
	"fmt"

	"sdcbot/bot/locale"
)

// say prints a sentence of the catalogue on its own line, in the operator's language.
func (c console) say(key string, pairs ...any) {
	c.print(locale.T(key, pairs...).In(c.lang))
}

// print writes a line on the standard output. A reader that went away (`sdcbot … | head`) is no fault of ours.
func (c console) print(line string) { _, _ = fmt.Fprintln(c.stdout, line) }

// complain writes a line on the standard error output.
func (c console) complain(line string) { _, _ = fmt.Fprintln(c.stderr, line) }

// in returns the same console in another language, when one is named.
func (c console) in(lang locale.Lang) console {
	if lang != "" {
		c.lang = lang
	}
	return c
}

// tell prints a sentence, when there is one.
func (c console) tell(line locale.Text) {
	if !line.IsZero() {
		c.print(line.In(c.lang))
	}
}
