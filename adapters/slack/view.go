package slack

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// Slack's limits of a form.
const (
	titleRunes   = 24
	labelRunes   = 2000
	optionRunes  = 75
	optionsEach  = 100
	inputRunes   = 3000
	viewMetadata = 3000
)

// formCallback marks the modals that are ours.
const formCallback = "form"

// inputAction is the name of the one element in each input; the input itself bears the field's key.
const inputAction = "value"

// sheet is what a modal carries of us through to its answer: the form's id, and where what follows is to be said.
type sheet struct {
	Form    string `json:"f"`
	Channel string `json:"c,omitempty"`
	Thread  string `json:"t,omitempty"`
	Private bool   `json:"p,omitempty"`
	Respond string `json:"r,omitempty"`
	First   string `json:"k,omitempty"` // key of the first field, under which faults are shown that belong to none
}

// modal lays a form out.
func modal(f chat.Form[string], h handle) slack.ModalViewRequest {
	carried := sheet{Form: f.ID, Channel: h.Channel, Thread: h.Thread, Private: h.Private, Respond: h.Respond}
	if len(f.Fields) > 0 {
		carried.First = f.Fields[0].Key
	}
	raw, err := json.Marshal(carried)
	if err == nil && len(raw) > viewMetadata {
		carried.Respond = ""
		raw, err = json.Marshal(carried)
	}
	if err != nil {
		panic(err) // plain fields
	}
	view := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: formCallback, PrivateMetadata: string(raw),
		Title: plain(shortened(oneLine(f.Title), titleRunes)), Submit: plain(shortened(oneLine(f.Submit), titleRunes)),
	}
	view.Blocks.BlockSet = sections("", f.Intro)
	// What does not fit into the title is said below it whole.
	if cost(oneLine(f.Title)) > titleRunes {
		view.Blocks.BlockSet = append(sections("title", f.Title), view.Blocks.BlockSet...)
	}
	for _, in := range f.Fields {
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, input(in))
	}
	return view
}

// input lays a field out: a choice, a line or several.
func input(in chat.Input[string]) slack.Block {
	block := slack.NewInputBlock(in.Key, plain(shortened(in.Label, labelRunes)), nil, nil)
	if in.Hint != "" {
		block.Hint = plain(shortened(in.Hint, labelRunes))
	}
	block.Optional = in.Optional
	if len(in.Options) == 0 {
		line := slack.NewPlainTextInputBlockElement(nil, inputAction)
		line.InitialValue, line.Multiline, line.MaxLength = firstRunes(in.Value, inputRunes), in.Long, inputRunes
		block.Element = line
		return block
	}
	choice := &slack.SelectBlockElement{Type: slack.OptTypeStatic, ActionID: inputAction}
	var all []*slack.OptionBlockObject
	for _, o := range in.Options {
		label := o.Label
		if strings.TrimSpace(label) == "" {
			label = "—"
		}
		option := slack.NewOptionBlockObject(o.Value, plain(shortened(oneLine(label), optionRunes)), nil)
		if o.Value == "" {
			continue // Slack takes no empty value: nothing chosen says the same
		}
		if o.Value == in.Value {
			choice.InitialOption = option
		}
		all = append(all, option)
	}
	if len(all) <= optionsEach {
		choice.Options = all
	} else {
		choice.OptionGroups = grouped(all)
	}
	block.Element = choice
	return block
}

// grouped puts more options than one list takes into groups, each named by its first and last.
func grouped(all []*slack.OptionBlockObject) (groups []*slack.OptionGroupBlockObject) {
	for len(all) > 0 && len(groups) < optionsEach {
		n := min(len(all), optionsEach)
		name := fmt.Sprintf("%s … %s", firstRunes(all[0].Text.Text, 30), firstRunes(all[n-1].Text.Text, 30))
		off := false
		groups = append(groups, &slack.OptionGroupBlockObject{
			Label: &slack.TextBlockObject{Type: slack.PlainTextType, Text: name, Emoji: &off}, Options: all[:n],
		})
		all = all[n:]
	}
	return groups
}

// firstRunes is the beginning of a text.
func firstRunes(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
