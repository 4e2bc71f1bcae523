// Package jsonline is the form of what `sdcbot explain --json` reads and writes: one object a line in, one a line out, a fault as {"error": sentence} in the
// language that the line asks for. What the objects hold is the business of whoever explains: bot/intake, bot/match, bot/contract.
package jsonline

import (
	"bytes"
	"encoding/json"
	"errors"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// Read reads a line into a value, and in which language it wants its answer: "lang" is fr or en, French where it is missing. wrong says what is wrong with
// the line, with the example of a right one; zero for a line that could be read.
func Read(line []byte, into any, example string) (lang locale.Lang, wrong locale.Text) {
	lang = locale.French
	var asked struct {
		Lang locale.Lang `json:"lang"`
	}
	err := json.Unmarshal(line, &asked)
	if asked.Lang == locale.English {
		lang = locale.English
	}
	if err == nil {
		err = json.Unmarshal(line, into)
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var day calendar.NotADay
	switch {
	case errors.As(err, &syntax), errors.As(err, &kind):
		return lang, locale.T("jsonline.no-object", "example", example)
	case errors.As(err, &day):
		return lang, locale.T("jsonline.bad-day", "typed", string(day))
	case err != nil: // a value that reads itself says what is wrong with it
		return lang, locale.T("jsonline.unreadable", "cause", err.Error(), "example", example)
	case asked.Lang != "" && asked.Lang != locale.French && asked.Lang != locale.English:
		return lang, locale.T("jsonline.bad-lang", "typed", string(asked.Lang))
	}
	return lang, locale.Text{}
}

// Fault is the answer to a line that cannot be read.
func Fault(lang locale.Lang, why locale.Text) []byte {
	return Write(struct {
		Error string `json:"error"`
	}{why.In(lang)})
}

// Write returns v as one line, without its break, and with "<" and "&" as they were typed. v is made of strings, numbers and what was read as JSON.
func Write(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // only a value of another make can do that
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
