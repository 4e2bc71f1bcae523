package slacktest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Shown is a message as it meets the eye: what Slack would make of its texts but text is named.
func (m Message) Shown() string {
	if len(m.Blocks) == 0 {
		return formatted(m.Text)
	}
	var parts []string
	for _, t := range m.texts() {
		parts = append(parts, Shown(t))
	}
	return strings.Join(parts, "\n")
}

// texts are the message's texts in the order in which they are read, the labels of buttons left out.
func (m Message) texts() (all []*Text) {
	for _, b := range m.Blocks {
		if b.Text != nil {
			all = append(all, b.Text)
		}
		all = append(all, b.Fields...)
		if b.Type == "context" {
			for _, e := range b.Elements {
				all = append(all, e.Words())
			}
		}
	}
	return all
}

// Button is a button under a message.
type Button struct{ Action, Label, Value, Style string }

// Buttons are those under a message.
func (m Message) Buttons() (all []Button) {
	for _, b := range m.Blocks {
		if b.Type != "actions" {
			continue
		}
		for _, e := range b.Elements {
			all = append(all, Button{Action: e.Action, Label: Shown(e.Label()), Value: e.Value, Style: e.Style})
		}
	}
	return all
}

var (
	notify    = regexp.MustCompile(`<(!(?:channel|here|everyone)|!subteam\^\w+|@\w+)(?:\|[^>]*)?>`)
	markup    = regexp.MustCompile(`<([^<>\n]+)>`)
	shortcode = regexp.MustCompile(`:([a-z0-9_+'-]+):`)
	emphasis  = []struct {
		of    string
		found *regexp.Regexp
	}{
		{"bold", regexp.MustCompile(`(^|[\s(])\*([^*\s][^*\n]*)\*`)},
		{"italic", regexp.MustCompile(`(^|[\s(])_([^_\s][^_\n]*)_`)},
		{"struck", regexp.MustCompile(`(^|[\s(])~([^~\s][^~\n]*)~`)},
		{"code", regexp.MustCompile("(^|[\\s(])`([^`\n]+)`")},
	}
	quoted = regexp.MustCompile(`(?m)^(?:&gt;|>)`)
)

// Pings lists whom a message notifies by what stands in any of its texts.
func (m Message) Pings() (all []string) {
	sources := []string{m.Text}
	for _, t := range m.texts() {
		sources = append(sources, t.Text)
	}
	for _, b := range m.Blocks {
		for _, e := range b.Elements {
			if label := e.Label(); label != nil {
				sources = append(sources, label.Text)
			}
		}
	}
	for _, source := range sources {
		for _, found := range notify.FindAllStringSubmatch(source, -1) {
			if !slices.Contains(all, found[1]) {
				all = append(all, found[1])
			}
		}
	}
	return all
}

// Shown is a text object as it meets the eye. Commands between < and > are read in either type.
func Shown(t *Text) string {
	if t == nil {
		return ""
	}
	if t.Type == "mrkdwn" {
		return formatted(t.Text)
	}
	text := markup.ReplaceAllString(t.Text, "‹$1›")
	if t.Emoji == nil || *t.Emoji {
		text = shortcode.ReplaceAllString(text, "‹emoji $1›")
	}
	return unescape.Replace(text)
}

// formatted reads mrkdwn: what is bold is read without its signs, whatever else is made of the text but text is named.
func formatted(text string) string {
	text = markup.ReplaceAllString(text, "‹$1›")
	text = quoted.ReplaceAllString(text, "‹quote›")
	text = shortcode.ReplaceAllString(text, "‹emoji $1›")
	for _, e := range emphasis {
		as := "${1}‹" + e.of + " ${2}›"
		if e.of == "bold" {
			as = "$1$2"
		}
		text = e.found.ReplaceAllString(text, as)
	}
	return unescape.Replace(text)
}

var (
	unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
	escape   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
)

var (
	typedName = regexp.MustCompile(`(^|[^\w@])@([\w.-]+)`)
	typedLink = regexp.MustCompile(`https?://[^\s<>()|]+[^\s<>()|.,;!?]`)
)

// wire is what a client sends of what a person types: & < > escaped, names, channels and addresses made into commands. s.mu is held.
func (s *Server) wire(typed string) string {
	text := escape.Replace(typed)
	text = typedLink.ReplaceAllString(text, "<$0>")
	return typedName.ReplaceAllStringFunc(text, func(found string) string {
		parts := typedName.FindStringSubmatch(found)
		before, name := parts[1], parts[2]
		switch name {
		case "channel", "here", "everyone":
			return before + "<!" + name + ">"
		}
		if u := find(s.users, func(u *User) bool { return u.Name == name }); u != nil {
			return fmt.Sprintf("%s<@%s>", before, u.ID)
		}
		return found
	})
}
