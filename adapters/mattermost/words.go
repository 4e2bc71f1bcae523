package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
	"sdcbot/bot/text"
)

// A form that cannot be opened, since the server cannot call us or nothing was pressed that could open it, becomes a private message that
// lists its fields, and what its reader answers in the thread of that message is the form filled and sent. The form itself stands in the message's props, so that
// any bot that hears the answer knows what it answers. It closes when it is answered without a fault; faults are told in the
// thread, and what was typed is kept in it.

// mostChoices is how many choices of a field are listed; with more, its hint must say what may stand there.
const mostChoices = 12

// sheet lays out an open form, with a button that opens it as a dialog where hook makes one.
func sheet(f chat.Form[string], hook hooks) rendered {
	m := chat.Message{Title: f.Title}
	for _, line := range []string{f.Intro, f.Words} {
		if line != "" {
			m.Lines = append(m.Lines, line)
		}
	}
	m.Fields = laidOut(f, true)
	if hook != nil && f.Again.ID != "" {
		m.Buttons = []chat.Button[string]{f.Again}
	}
	r := render(m, hook)
	r.Form = &f
	return r
}

// closed lays out a form that was answered, with what stands in it.
func closed(f chat.Form[string]) rendered {
	return render(chat.Message{Title: f.Title, Fields: laidOut(f, false), Tone: chat.Muted}, nil)
}

// laidOut lists the fields with what stands in them and, while the form is open, what may.
func laidOut(f chat.Form[string], open bool) (fields []chat.Field[string]) {
	for _, in := range f.Fields {
		parts := []string{valueShown(in)}
		if open {
			parts = append(parts, in.Hint)
			var choices []string
			for _, o := range in.Options {
				choices = append(choices, o.Label)
			}
			if len(choices) <= mostChoices {
				parts = append(parts, strings.Join(choices, " / "))
			}
		}
		parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
		if len(parts) == 0 {
			parts = []string{nothing}
		}
		fields = append(fields, chat.Field[string]{Label: in.Label, Value: strings.Join(parts, "\n")})
	}
	return fields
}

// nothing stands for an empty field, and empties one where it is typed.
const nothing = "—"

// valueShown is what stands in a field, as its reader sees it.
func valueShown(in chat.Input[string]) string {
	for _, o := range in.Options {
		if o.Value == in.Value {
			return o.Label
		}
	}
	return in.Value
}

// label finds where a field may be named: at the start of a line, or after a semicolon.
var label = regexp.MustCompile(`[\n;][ \t\x{a0}\x{202f}*•-]*([^:=;\n]{1,80}?)[ \t\x{a0}\x{202f}]*[:=]`)

// typed reads an answer to a form: "Préavis : 3 mois", one field a line or parted by semicolons, each named by its label, its key or
// the beginning of its label. What follows up to the next name is the value: so nothing that was typed is left out without a word. A form of one field takes
// any words. What names no field is no answer to the form.
func typed(f chat.Form[string], words string) (values map[string]string, ok bool) {
	values = map[string]string{}
	for _, in := range f.Fields {
		values[in.Key] = in.Value
	}
	type name struct {
		field    chat.Input[string]
		from, to int
	}
	var names []name
	words = "\n" + strings.ReplaceAll(words, "\r\n", "\n")
	for from := 0; from < len(words); {
		at := label.FindStringSubmatchIndex(words[from:])
		if at == nil {
			break
		}
		if field, known := fieldCalled(f, words[from+at[2]:from+at[3]]); known {
			names = append(names, name{field, from + at[0], from + at[1]})
			from += at[1]
			continue
		}
		from += at[2]
	}
	switch {
	case len(names) > 0 && strings.TrimSpace(words[:names[0].from]) == "":
	case len(f.Fields) == 1 && strings.TrimSpace(words) != "":
		values[f.Fields[0].Key] = chosen(f.Fields[0], words)
		return values, true
	default:
		return nil, false
	}
	for i, n := range names {
		end := len(words)
		if i+1 < len(names) {
			end = names[i+1].from
		}
		values[n.field.Key] = chosen(n.field, words[n.to:end])
	}
	return values, true
}

// fieldCalled finds a field by label or key, accents and letter case ignored, or by the beginning of its label where that leaves no doubt.
func fieldCalled(f chat.Form[string], name string) (chat.Input[string], bool) {
	name = text.Fold(strings.TrimSpace(name))
	var begun []chat.Input[string]
	for _, in := range f.Fields {
		if name == text.Fold(in.Key) || name == text.Fold(in.Label) {
			return in, true
		}
		if len(name) >= 3 && strings.HasPrefix(text.Fold(in.Label), name) {
			begun = append(begun, in)
		}
	}
	if len(begun) == 1 {
		return begun[0], true
	}
	return chat.Input[string]{}, false
}

// chosen is the value that typed words stand for. A choice that there is not goes on as typed, for whoever judges the form to refuse.
func chosen(in chat.Input[string], words string) string {
	words = strings.Trim(words, " \t\n\u00a0\u202f;")
	if words == nothing || words == "-" {
		return ""
	}
	for _, o := range in.Options {
		if text.Fold(words) == text.Fold(o.Label) || text.Fold(words) == text.Fold(o.Value) {
			return o.Value
		}
	}
	return words
}

// answered looks whether private words in a thread answer a form, and makes the event its submission then.
func (c *Chat) answered(ctx context.Context, e chat.Event, post *model.Post, me *model.User) (chat.Event, error) {
	if e.Kind != chat.Said || !e.Private || post.RootId == "" {
		return e, nil
	}
	root, response, err := c.api.GetPost(ctx, post.RootId, "")
	switch {
	case notFound(response), forbidden(response):
		return e, nil
	case err != nil:
		return e, c.fault("read the message of a form", response, err, reading)
	}
	form, is := formOf(root)
	if !is || root.UserId != me.Id || root.DeleteAt != 0 {
		return e, nil
	}
	values, ok := typed(form, post.Message)
	if !ok {
		return e, nil
	}
	e.Kind, e.Form, e.Values, e.Text, e.ToBot = chat.Submitted, form.ID, values, "", false
	e.Handle = handle{Channel: post.ChannelId, Account: post.UserId, Thread: root.Id, Private: true, Sheet: true, Values: values}.seal()
	return e, nil
}

// settleSheet closes the form that was answered in words or, where that has faults, keeps it open with what was typed, and tells them.
func (c *Chat) settleSheet(ctx context.Context, h handle, faults map[string]string) error {
	root, response, err := c.api.GetPost(ctx, h.Thread, "")
	if err != nil {
		return c.gone("read the message of a form", response, err)
	}
	form, is := formOf(root)
	if !is {
		return nil // closed meanwhile by another answer
	}
	for i, in := range form.Fields {
		if value, typed := h.Values[in.Key]; typed {
			form.Fields[i].Value = value
		}
	}
	r := closed(form)
	if len(faults) > 0 {
		r = sheet(form, nil) // a dialog would not know what was typed
	}
	props := r.props("")
	if _, response, err := c.api.PatchPost(ctx, root.Id, &model.PostPatch{Message: &r.Message, Props: &props}); err != nil {
		return c.fault("keep a form", response, err, reading)
	}
	if len(faults) == 0 {
		return nil
	}
	_, err = c.create(ctx, h.Channel, h.Thread, refused(form, faults), "")
	return err
}

// refused lays out what is wrong with a form, each fault beside the label of its field.
func refused(f chat.Form[string], faults map[string]string) rendered {
	m := chat.Message{Tone: chat.Warn}
	told := map[string]bool{}
	for _, in := range f.Fields {
		if fault, is := faults[in.Key]; is {
			m.Fields, told[in.Key] = append(m.Fields, chat.Field[string]{Label: in.Label, Value: fault}), true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(faults)) {
		if !told[key] {
			m.Lines = append(m.Lines, faults[key])
		}
	}
	return render(m, nil)
}

// formOf reads the form that a message stands for.
func formOf(post *model.Post) (form chat.Form[string], is bool) {
	raw, ok := post.GetProp(propForm).(string)
	if !ok || json.Unmarshal([]byte(raw), &form) != nil || form.ID == "" {
		return chat.Form[string]{}, false
	}
	return form, true
}

// formProp is the form as it stands in a message's props: JSON in a string, so that no server touches it.
func formProp(f chat.Form[string]) string {
	raw, err := json.Marshal(f)
	if err != nil {
		panic(fmt.Sprint("a form is plain words: ", err))
	}
	return string(raw)
}
