package mattermost

import (
	"strings"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// longValue is the number of bytes beyond which a line of text gets a field of several lines: theirs of one line takes 150.
const longValue = 100

// dialog lays a form out as one of theirs. Their lengths are counted in bytes; a label that is too long stands whole in the help
// below its field.
func dialog(f chat.Form[string]) model.Dialog {
	d := model.Dialog{
		CallbackId: f.ID, Title: shorten(f.Title, model.DialogTitleMaxLength), IntroductionText: inert(f.Intro), SubmitLabel: f.Submit,
	}
	for _, in := range f.Fields {
		e := model.DialogElement{
			Name: in.Key, DisplayName: shorten(in.Label, model.DialogElementDisplayNameMaxLength), Optional: in.Optional, Default: in.Value,
		}
		help := in.Hint
		if e.DisplayName != in.Label {
			help = strings.TrimSpace(in.Label + "\n" + help)
		}
		e.HelpText = shorten(quiet(help), model.DialogElementHelpTextMaxLength)
		switch {
		case len(in.Options) > 0:
			e.Type, e.Default = "select", ""
			for _, o := range in.Options {
				if o.Value == "" {
					continue // theirs has no such choice; to choose nothing says the same
				}
				e.Options = append(e.Options, &model.PostActionOptions{Text: o.Label, Value: o.Value})
				if o.Value == in.Value {
					e.Default = o.Value
				}
			}
		case in.Long || len(in.Value) > longValue:
			e.Type, e.MaxLength = "textarea", model.DialogElementTextareaMaxLength
			e.Default = shorten(in.Value, model.DialogElementTextareaMaxLength)
		default:
			e.Type, e.MaxLength = "text", model.DialogElementTextMaxLength
		}
		d.Elements = append(d.Elements, e)
	}
	return d
}

// shorten cuts text to so many bytes, visibly.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	const end = "…"
	cut := most - len(end)
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return strings.TrimRight(text[:cut], " ") + end
}
