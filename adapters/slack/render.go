package slack

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// Slack's limits, in characters after escaping, and in pieces.
const (
	headerRunes  = 150
	sectionRunes = 3000
	fieldRunes   = 2000
	buttonRunes  = 75
	fieldsEach   = 10
	mostButtons  = 25
	mostBlocks   = 50

	// textRunes is what Slack advises for a text without blocks; ours is read in notifications and aloud.
	textRunes = 4000
	// messageRunes is what we put into one message: four sections full, and more than anybody reads.
	messageRunes = 12000
	// narrow is how long a field may be to stand beside another.
	narrow = 200
)

// Block ids by which a reader of the message, the people's or ours, knows what a block is for.
const (
	fieldsBlock  = "fields"
	fieldBlock   = "field"
	buttonsBlock = "buttons"
)

// rendered is a message laid out for Slack, not yet addressed.
type rendered struct {
	Text   string // for notifications and for who has it read aloud
	Blocks []slack.Block
	Seeds  []string // names of the emoji that the bot puts under it, in order
	Files  []chat.File
}

// render lays a message out: title in a header, paragraphs in sections, fields in two columns, buttons, and small print in a context.
func render(m chat.Message) rendered {
	m = fit(m)
	out := rendered{Files: m.Files, Text: fallback(m)}
	for _, emoji := range m.Reactions {
		out.Seeds = append(out.Seeds, emojiName(emoji))
	}
	var body []slack.Block
	title, rest := cut(oneLine(m.Title), headerRunes)
	if title != "" {
		body = append(body, slack.NewHeaderBlock(plain(title)))
	}
	body = append(body, sections("", rest)...)
	body = append(body, sections("", strings.Join(m.Lines, "\n"))...)
	body = append(body, fieldBlocks(m.Fields)...)

	var end []slack.Block
	if buttons := buttonElements(m.Buttons); len(buttons) > 0 {
		end = append(end, slack.NewActionBlock(buttonsBlock, buttons...))
	}
	if footer := strings.TrimSpace(m.Footer); footer != "" {
		end = append(end, slack.NewContextBlock("", plain(shortened(footer, sectionRunes))))
	}
	if room := mostBlocks - len(end); len(body) > room {
		body = append(body[:room-1], slack.NewSectionBlock(plain("…"), nil, nil))
	}
	if out.Blocks = slices.Concat(body, end); len(out.Blocks) == 0 {
		out.Blocks = []slack.Block{slack.NewSectionBlock(plain(fileNames(m.Files)), nil, nil)}
	}
	return out
}

// fileNames is what a message says that only brings files.
func fileNames(files []chat.File) string {
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	if len(names) == 0 {
		return "…"
	}
	return strings.Join(names, ", ")
}

// fit cuts a message to what we say in one: title, small print and fields are kept before the lines, and what is cut says so.
func fit(m chat.Message) chat.Message {
	room := messageRunes
	take := func(text string) string {
		text = shortened(text, max(room, 1))
		room = max(room-cost(text), 0)
		return text
	}
	m.Title, m.Footer = take(m.Title), take(m.Footer)
	fields, lines := m.Fields, m.Lines
	m.Fields, m.Lines = nil, nil
	for _, f := range fields {
		if room == 0 {
			break
		}
		m.Fields = append(m.Fields, chat.Field[string]{Label: take(f.Label), Value: take(f.Value)})
	}
	for _, line := range lines {
		if room == 0 {
			break
		}
		m.Lines = append(m.Lines, take(line))
	}
	return m
}

// sections says a text in as many sections as it needs. They stand open: a reader need not ask for the rest of each.
func sections(id, text string) (blocks []slack.Block) {
	text = strings.Trim(text, "\n")
	for text != "" {
		var first string
		if first, text = cut(text, sectionRunes); strings.TrimSpace(first) == "" {
			continue
		}
		blocks = append(blocks, slack.NewSectionBlock(plain(first), nil, nil, slack.SectionBlockOptionExpand(true), slack.SectionBlockOptionBlockID(id)))
		id = ""
	}
	return blocks
}

// fieldBlocks lays fields out ten to a block, as Slack shows them in two columns. A long one gets the whole width to itself.
func fieldBlocks(fields []chat.Field[string]) (blocks []slack.Block) {
	var row []*slack.TextBlockObject
	number := 0
	id := func(what string) string { number++; return fmt.Sprint(what, "-", number) }
	flush := func() {
		if len(row) > 0 {
			blocks = append(blocks, slack.NewSectionBlock(nil, row, nil, slack.SectionBlockOptionBlockID(id(fieldsBlock))))
			row = nil
		}
	}
	for _, f := range fields {
		if strings.TrimSpace(f.Label+f.Value) == "" {
			continue
		}
		if text := bold(f.Label, f.Value); cost(f.Label)+cost(f.Value) <= narrow {
			if row = append(row, text); len(row) == fieldsEach {
				flush()
			}
			continue
		}
		flush()
		blocks = append(blocks, sections(id(fieldBlock), f.Label+"\n"+f.Value)...)
	}
	flush()
	return blocks
}

// buttonElements are the buttons, as many as one block takes; what is beyond has a word in bot/command, as everything has.
func buttonElements(buttons []chat.Button[string]) (elements []slack.BlockElement) {
	for i, b := range buttons {
		if i == mostButtons {
			break
		}
		element := slack.NewButtonBlockElement(fmt.Sprint("button-", i+1), b.ID, plain(shortened(oneLine(b.Label), buttonRunes)))
		switch b.Tone {
		case chat.Good:
			element.Style = slack.StylePrimary
		case chat.Danger:
			element.Style = slack.StyleDanger
		}
		elements = append(elements, element)
	}
	return elements
}

// fallback is the message as one text.
func fallback(m chat.Message) string {
	parts := append([]string{m.Title}, m.Lines...)
	for _, f := range m.Fields {
		parts = append(parts, f.Label+": "+f.Value)
	}
	parts = append(parts, m.Footer)
	var said []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			said = append(said, p)
		}
	}
	if len(said) == 0 {
		return escaped(fileNames(m.Files))
	}
	return escaped(shortened(strings.Join(said, "\n"), textRunes))
}

// emojiName returns the name that Slack wants for an emoji. One that has none of those that we use is tried as it is.
func emojiName(emoji string) string {
	if name, known := chat.Names[emoji]; known {
		return name
	}
	return strings.Trim(emoji, ":")
}
