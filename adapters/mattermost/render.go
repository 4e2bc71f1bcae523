package mattermost

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// Names of our own entries in a post's props. Clients keep them and show nothing of them.
const (
	propKey   = "sdcbot_key"   // the promise's key
	propMenu  = "sdcbot_menu"  // []choice
	propSeeds = "sdcbot_seeds" // names of the emoji that the bot puts under it
	propForm  = "sdcbot_form"  // the form that an answer in the thread fills, as JSON
)

// numbers are the emoji that stand for the first ten buttons of a message, in order.
var numbers = []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten"}

func isNumber(emoji string) bool { return slices.Contains(numbers, emoji) }

// choice is one line of the menu that stands for buttons.
type choice struct {
	Emoji  string `json:"emoji"`
	Button string `json:"button"`
	Label  string `json:"label"`
}

// rendered is a message laid out for Mattermost, not yet addressed.
type rendered struct {
	Message     string
	Attachments []*model.MessageAttachment
	Menu        []choice
	Seeds       []string
	Files       []chat.File
	Form        *chat.Form[string] // that is answered in words
}

// hooks makes the integration of a button; nil where the server cannot call us.
type hooks func(button string) *model.PostActionIntegration

// tones are colours that hold on their light and dark themes. The neutral tone leaves the theme's own.
var tones = map[chat.Tone]string{chat.Good: "#339970", chat.Warn: "#CC8F00", chat.Danger: "#D24B4E", chat.Muted: "#8B8FA7"}

// Their web client cuts small print at 300 characters, and lays two fields beside each other when both are short.
const (
	longestFooter = 300
	shortField    = 40
)

// render lays a message out. Plain words are a plain post; anything with a structure is an attachment, whose fallback is
// what a notification shows. Every string is made inert on the way. Buttons are real ones where hook makes them, else a menu
// answered by reactions.
func render(m chat.Message, hook hooks) (out rendered) {
	m = fit(m, model.PostMessageMaxRunesV2)
	out.Files = m.Files
	for _, emoji := range m.Reactions {
		if name, known := emojiName(emoji); known {
			out.Seeds = append(out.Seeds, name)
		}
	}
	text := strings.Join(each(m.Lines, inert), "\n\n")
	footer := quiet(m.Footer)
	if utf8.RuneCountInString(footer) > longestFooter {
		text, footer = strings.TrimSpace(text+"\n\n"+inert(m.Footer)), ""
	}
	defer out.pictures(m.Files)
	plain := m.Title == "" && len(m.Fields) == 0 && footer == "" && m.Tone == "" && len(m.Buttons) == 0
	if plain && utf8.RuneCountInString(text) <= model.PostMessageMaxRunesV2 {
		out.Message = text
		return out
	}
	card := &model.MessageAttachment{
		Color: tones[m.Tone], Title: oneLine(inert(m.Title)), Text: text, Footer: oneLine(footer), Fallback: fallback(m),
	}
	for _, f := range m.Fields {
		short := utf8.RuneCountInString(f.Label) <= shortField && utf8.RuneCountInString(f.Value) <= shortField
		card.Fields = append(card.Fields, &model.MessageAttachmentField{
			Title: oneLine(quiet(f.Label)), Value: inert(f.Value), Short: model.SlackCompatibleBool(short),
		})
	}
	out.Attachments = append(out.Attachments, card)
	if hook != nil {
		card.Actions = actions(m.Buttons, hook)
	} else if words := out.menu(m); words != "" {
		out.Attachments = append(out.Attachments, &model.MessageAttachment{Text: words})
	}
	return out
}

// pictures says in words, under the name of its file, what each picture shows: their files have no room for it.
func (r *rendered) pictures(files []chat.File) {
	for _, f := range files {
		if f.Alt != "" {
			r.Attachments = append(r.Attachments, &model.MessageAttachment{
				Title: oneLine(inert(f.Name)), Text: inert(f.Alt), Fallback: oneLine(quiet(f.Alt)), Color: tones[chat.Muted],
			})
		}
	}
}

// styles are the colours of a button.
var styles = map[chat.Tone]string{chat.Good: "good", chat.Warn: "warning", chat.Danger: "danger"}

// actions are real buttons. Their ids count: letters and digits alone find their way back from a press.
func actions(buttons []chat.Button[string], hook hooks) (out []*model.PostAction) {
	for i, b := range buttons {
		out = append(out, &model.PostAction{
			Id: fmt.Sprintf("button%d", i+1), Type: model.PostActionTypeButton, Name: oneLine(quiet(b.Label)), Style: styles[b.Tone], Integration: hook(b.ID),
		})
	}
	return out
}

// fit cuts a message to so many characters in all: the title, the small print and the fields are kept before the lines, and
// what does not fit ends in an ellipsis. The server would refuse a longer plain post, and nobody reads a longer card.
func fit(m chat.Message, room int) chat.Message {
	take := func(text string) string {
		runes := []rune(text)
		if len(runes) > room {
			runes = append(runes[:max(room-1, 0)], '…')
		}
		room = max(room-len(runes), 0)
		return string(runes)
	}
	m.Title, m.Footer = take(m.Title), take(m.Footer)
	fields, lines := m.Fields, m.Lines
	m.Fields, m.Lines = nil, nil
	for _, f := range fields {
		if room < 2 {
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

// menu writes what stands for the buttons, under the card: a button whose label begins with one of the message's own
// reactions is answered by that reaction, the others by number.
func (r *rendered) menu(m chat.Message) string {
	var words []string
	next := 0 // of the numbers
	for _, b := range m.Buttons {
		sign, label := splitEmoji(b.Label)
		if sign != "" && slices.Contains(m.Reactions, chat.Normalise(sign)) {
			if name, known := emojiName(chat.Normalise(sign)); known {
				r.Menu = append(r.Menu, choice{Emoji: name, Button: b.ID, Label: b.Label})
				words = append(words, fmt.Sprintf(":%s: %s", name, oneLine(inert(label))))
				continue
			}
		}
		if next == len(numbers) {
			continue // what is beyond has a word in bot/command, as everything has
		}
		emoji := numbers[next]
		next++
		r.Menu = append(r.Menu, choice{Emoji: emoji, Button: b.ID, Label: b.Label})
		r.Seeds = append(r.Seeds, emoji)
		words = append(words, fmt.Sprintf(":%s: %s", emoji, oneLine(inert(b.Label))))
	}
	return strings.Join(words, "  ·  ")
}

// props are what makes the post ours, and lets it be found again and answered.
func (r rendered) props(key string) model.StringInterface {
	props := model.StringInterface{}
	if len(r.Attachments) > 0 {
		props[model.PostPropsAttachments] = r.Attachments
	}
	if key != "" {
		props[propKey] = key
	}
	if len(r.Menu) > 0 {
		props[propMenu] = r.Menu
	}
	if len(r.Seeds) > 0 {
		props[propSeeds] = r.Seeds
	}
	if r.Form != nil {
		props[propForm] = formProp(*r.Form)
	}
	return props
}

func menuOf(post *model.Post) (menu []choice)   { prop(post, propMenu, &menu); return menu }
func seedsOf(post *model.Post) (seeds []string) { prop(post, propSeeds, &seeds); return seeds }
func keyOf(post *model.Post) (key string)       { prop(post, propKey, &key); return key }

// prop reads one of our props back. What does not fit, since somebody else wrote it, is as good as absent.
func prop[T any](post *model.Post, name string, into *T) {
	raw, err := json.Marshal(post.GetProp(name))
	if err != nil || json.Unmarshal(raw, into) != nil {
		var none T
		*into = none
	}
}

// fallback is what a notification shows of a card.
func fallback(m chat.Message) string {
	for _, words := range append([]string{m.Title}, m.Lines...) {
		if words != "" {
			return oneLine(quiet(words))
		}
	}
	return ""
}

// emojiName returns the name that Mattermost wants for an emoji.
func emojiName(emoji string) (string, bool) {
	if name, known := chat.Names[emoji]; known {
		return name, true
	}
	var code []string
	for _, r := range emoji {
		code = append(code, fmt.Sprintf("%04x", r))
	}
	name, count := model.GetEmojiNameFromUnicode(strings.Join(code, "-"))
	if count == 0 {
		name, count = model.GetEmojiNameFromUnicode(strings.Join(append(code, "fe0f"), "-"))
	}
	return name, count > 0
}

// splitEmoji cuts a leading emoji off a label. Letters, digits and punctuation are none.
func splitEmoji(label string) (emoji, rest string) {
	first, rest, found := strings.Cut(strings.TrimSpace(label), " ")
	if !found || strings.ContainsFunc(first, func(r rune) bool {
		return r < utf8.RuneSelf || unicode.IsLetter(r) || unicode.IsPunct(r)
	}) {
		return "", label
	}
	return first, rest
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func each(texts []string, change func(string) string) []string {
	out := make([]string, 0, len(texts))
	for _, t := range texts {
		out = append(out, change(t))
	}
	return out
}
