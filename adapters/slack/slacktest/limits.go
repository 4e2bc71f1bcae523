package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Slack's limits, from its documentation.
const (
	longestText = 40000

	mostBlocks     = 50
	mostViewBlocks = 100
	headerRunes    = 150
	sectionRunes   = 3000
	fieldRunes     = 2000
	mostFields     = 10
	mostContext    = 10
	mostActions    = 25
	buttonRunes    = 75
	valueRunes     = 2000
	mostOptions    = 100
	optionRunes    = 75
	optionValue    = 150
	titleRunes     = 24
	metadataRunes  = 3000
	labelRunes     = 2000
	idRunes        = 255
)

// emojis are those that the workspace knows.
var emojis = []string{
	"raising_hand", "thinking_face", "no_entry_sign", "white_check_mark", "+1", "thumbsup", "-1", "thumbsdown", "heart", "smile", "eyes", "tada", "woman-raising-hand", "man-raising-hand", "heavy_check_mark",
}

// Text is a text object.
type Text struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji"`
	Verbatim bool   `json:"verbatim"`
}

// Option is a choice.
type Option struct {
	Text  *Text  `json:"text"`
	Value string `json:"value"`
}

// Element is an interactive element, or a text in a context.
type Element struct {
	Type      string   `json:"type"`
	Text      any      `json:"text"`
	Action    string   `json:"action_id"`
	Value     string   `json:"value"`
	Style     string   `json:"style"`
	Initial   string   `json:"initial_value"`
	Multiline bool     `json:"multiline"`
	Options   []Option `json:"options"`
	Groups    []struct {
		Label   *Text    `json:"label"`
		Options []Option `json:"options"`
	} `json:"option_groups"`
	InitialOption *Option `json:"initial_option"`

	raw json.RawMessage
}

// UnmarshalJSON keeps the element as it came, since a context's texts have the shape of a text.
func (e *Element) UnmarshalJSON(raw []byte) error {
	type plain Element
	e.raw = slices.Clone(raw)
	return json.Unmarshal(raw, (*plain)(e))
}

// Label is the text on a button.
func (e Element) Label() *Text {
	var with struct {
		Text *Text `json:"text"`
	}
	_ = json.Unmarshal(e.raw, &with) // none if it has none
	return with.Text
}

// Words is the text that the element itself is, in a context.
func (e Element) Words() *Text {
	var t Text
	_ = json.Unmarshal(e.raw, &t) // it was JSON
	return &t
}

// initial is what stands in an input at first.
func (e *Element) initial() string {
	if e.InitialOption != nil {
		return e.InitialOption.Value
	}
	return e.Initial
}

// All are the element's options, in and out of groups.
func (e *Element) All() []Option {
	out := e.Options
	for _, g := range e.Groups {
		out = append(out, g.Options...)
	}
	return out
}

// Block is a block of Block Kit.
type Block struct {
	Type     string    `json:"type"`
	ID       string    `json:"block_id"`
	Text     *Text     `json:"text"`
	Fields   []*Text   `json:"fields"`
	Elements []Element `json:"elements"`
	Label    *Text     `json:"label"`
	Hint     *Text     `json:"hint"`
	Element  *Element  `json:"element"`
	Optional bool      `json:"optional"`
}

// refuse is what Slack says of blocks that it does not take; the reason helps whoever reads a failed test.
func refuse(format string, a ...any) error {
	return failure("invalid_blocks: " + fmt.Sprintf(format, a...))
}

func readBlocks(raw []byte) (blocks []Block, err error) {
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return nil, failure("invalid_blocks_format")
	}
	return blocks, nil
}

// checkMessage holds a message's blocks to the limits.
func checkMessage(blocks []Block) error {
	if len(blocks) > mostBlocks {
		return refuse("%d blocks", len(blocks))
	}
	return checkAll(blocks, false)
}

func checkAll(blocks []Block, view bool) error {
	ids, actions := map[string]bool{}, map[string]bool{}
	for _, b := range blocks {
		if b.ID != "" && (ids[b.ID] || runes(b.ID) > idRunes) {
			return refuse("block id %q twice, or too long", b.ID)
		}
		ids[b.ID] = true
		if err := b.check(view); err != nil {
			return err
		}
		for _, e := range b.Elements {
			if e.Action != "" && actions[e.Action] {
				return refuse("action id %q twice", e.Action)
			}
			actions[e.Action] = true
		}
	}
	return nil
}

func (b Block) check(view bool) error {
	switch b.Type {
	case "header":
		return within(b.Text, headerRunes, "plain_text")
	case "section":
		if b.Text == nil && len(b.Fields) == 0 || len(b.Fields) > mostFields {
			return refuse("a section with %d fields", len(b.Fields))
		}
		for _, f := range b.Fields {
			if err := within(f, fieldRunes, "plain_text", "mrkdwn"); err != nil {
				return err
			}
		}
		if b.Text != nil {
			return within(b.Text, sectionRunes, "plain_text", "mrkdwn")
		}
		return nil
	case "context":
		if len(b.Elements) == 0 || len(b.Elements) > mostContext {
			return refuse("a context with %d elements", len(b.Elements))
		}
		for _, e := range b.Elements {
			if err := within(e.Words(), sectionRunes, "plain_text", "mrkdwn"); err != nil {
				return err
			}
		}
		return nil
	case "divider":
		return nil
	case "actions":
		return b.checkActions()
	case "input":
		if !view {
			return refuse("an input outside a form")
		}
		return b.checkInput()
	}
	return refuse("a block of type %q", b.Type)
}

func (b Block) checkActions() error {
	if len(b.Elements) == 0 || len(b.Elements) > mostActions {
		return refuse("%d actions", len(b.Elements))
	}
	for _, e := range b.Elements {
		if e.Type != "button" || runes(e.Action) > idRunes || runes(e.Value) > valueRunes || e.Style != "" && e.Style != "primary" && e.Style != "danger" {
			return refuse("action %s of type %s and style %q, with a value of %d", e.Action, e.Type, e.Style, runes(e.Value))
		}
		if err := within(e.Label(), buttonRunes, "plain_text"); err != nil {
			return err
		}
	}
	return nil
}

func (b Block) checkInput() error {
	if err := within(b.Label, labelRunes, "plain_text"); err != nil {
		return err
	}
	if b.Hint != nil {
		if err := within(b.Hint, labelRunes, "plain_text"); err != nil {
			return err
		}
	}
	switch {
	case b.Element == nil:
		return refuse("an input without element")
	case b.Element.Type == "plain_text_input":
		return nil
	case b.Element.Type != "static_select":
		return refuse("an input of type %q", b.Element.Type)
	case len(b.Element.Options) > mostOptions || len(b.Element.Groups) > mostOptions || len(b.Element.All()) == 0:
		return refuse("%d options", len(b.Element.Options))
	}
	for _, g := range b.Element.Groups {
		if len(g.Options) > mostOptions {
			return refuse("a group of %d options", len(g.Options))
		}
		if err := within(g.Label, optionRunes, "plain_text"); err != nil {
			return err
		}
	}
	stands := b.Element.InitialOption == nil
	for _, o := range b.Element.All() {
		if o.Value == "" || runes(o.Value) > optionValue {
			return refuse("an option with the value %q", o.Value)
		}
		if err := within(o.Text, optionRunes, "plain_text"); err != nil {
			return err
		}
		stands = stands || o.Value == b.Element.InitialOption.Value && *o.Text.Emoji == *b.Element.InitialOption.Text.Emoji && o.Text.Text == b.Element.InitialOption.Text.Text
	}
	if !stands {
		return refuse("the initial option is none of the options")
	}
	return nil
}

// checkView holds a form to the limits.
func checkView(title, submit *Text, metadata string, blocks []Block) error {
	if err := within(title, titleRunes, "plain_text"); err != nil {
		return err
	}
	if err := within(submit, titleRunes, "plain_text"); err != nil {
		return err
	}
	if runes(metadata) > metadataRunes || len(blocks) > mostViewBlocks {
		return refuse("metadata of %d, %d blocks", runes(metadata), len(blocks))
	}
	return checkAll(blocks, true)
}

func within(t *Text, most int, kinds ...string) error {
	switch {
	case t == nil || t.Text == "":
		return refuse("a text that is empty")
	case runes(t.Text) > most:
		return refuse("a text of %d, of which %d are taken", runes(t.Text), most)
	case !slices.Contains(kinds, t.Type):
		return refuse("a text of type %q", t.Type)
	}
	return nil
}

func runes(s string) int { return utf8.RuneCountInString(s) }
