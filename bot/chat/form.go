package chat

import "sdcbot/bot/locale"

// Form is a small sheet of fields that one person fills. T as in Content.
type Form[T any] struct {
	ID     string // comes back as Event.Form
	Title  T      // at most 24 characters show on every platform
	Intro  T
	Fields []Input[T]
	Submit T

	// Again brings the form anew: an adapter that cannot open one on the spot shows this button instead. Without ID there is none.
	Again Button[T]
	// Words says how to answer in words, for a chat in which no form can be opened at all.
	Words T
}

// Input is one field of a form. With Options it is a choice, otherwise a line of text (or several with Long).
type Input[T any] struct {
	Key      string // comes back in Event.Values
	Label    T
	Hint     T
	Value    string // what stands there already
	Options  []Option[T]
	Optional bool
	Long     bool
}

// Option is one choice of an Input.
type Option[T any] struct {
	Value string
	Label T
}

// SayForm puts a form into the language.
func SayForm(f Form[locale.Text], lang locale.Lang) Form[string] {
	out := Form[string]{ID: f.ID, Title: f.Title.In(lang), Intro: f.Intro.In(lang), Submit: f.Submit.In(lang), Words: f.Words.In(lang)}
	if f.Again.ID != "" {
		out.Again = Button[string]{f.Again.ID, f.Again.Label.In(lang), f.Again.Tone}
	}
	for _, in := range f.Fields {
		said := Input[string]{Key: in.Key, Label: in.Label.In(lang), Hint: in.Hint.In(lang), Value: in.Value, Optional: in.Optional, Long: in.Long}
		for _, o := range in.Options {
			said.Options = append(said.Options, Option[string]{o.Value, o.Label.In(lang)})
		}
		out.Fields = append(out.Fields, said)
	}
	return out
}
