package playground

import (
	"slices"
	"strings"
	"time"

	"sdcbot/bot/chat"
)

// Post is a message as it stands: of a person (Text, Files) or of the bot (Message, From empty).
type Post struct {
	ID        string       `json:"id"`
	Seq       int          `json:"seq"` // of the change by which it was posted
	At        time.Time    `json:"at"`
	Edited    time.Time    `json:"edited,omitzero"`
	Room      string       `json:"room"`             // "#commun", or "@dsi-a" for that person's conversation with the bot
	Thread    string       `json:"thread,omitempty"` // id of the message that it answers
	From      string       `json:"from,omitempty"`
	Only      string       `json:"only,omitempty"` // in a channel, but before this person alone
	Text      string       `json:"text,omitempty"`
	Files     []chat.File  `json:"files,omitempty"`
	Message   chat.Message `json:"message,omitzero"`
	Reactions []Reaction   `json:"reactions,omitempty"`
	Replies   int          `json:"replies,omitempty"`
}

// Reaction is an emoji on a message and the people who put it there, in order. The bot's seeds stand in Post.Message.Reactions.
type Reaction struct {
	Emoji  string   `json:"emoji"`
	People []string `json:"people"`
}

// Ref is where the message stands, for the port.
func (p Post) Ref() chat.Ref { return ref(p.Room, p.ID) }

// FromBot says whether the bot said it.
func (p Post) FromBot() bool { return p.From == "" }

// SeenBy says whether the person sees it.
func (p Post) SeenBy(handle string) bool {
	if strings.HasPrefix(p.Room, "@") {
		return p.Room == privateRoom(handle)
	}
	return p.Only == "" || p.Only == handle
}

// Words is the message as one text, to look for words in.
func (p Post) Words() string {
	var lines []string
	if p.Text != "" {
		lines = append(lines, p.Text)
	}
	for _, f := range p.Files {
		lines = append(lines, f.Name)
	}
	if words := Words(p.Message); words != "" {
		lines = append(lines, words)
	}
	return strings.Join(lines, "\n")
}

// clone returns the message as it stands now; later changes leave it alone.
func (p *Post) clone() Post {
	out := *p
	out.Reactions = make([]Reaction, len(p.Reactions))
	for i, r := range p.Reactions {
		out.Reactions[i] = Reaction{r.Emoji, slices.Clone(r.People)}
	}
	return out
}

func (p *Post) reacted(person, emoji string) bool {
	return slices.ContainsFunc(p.Reactions, func(r Reaction) bool { return r.Emoji == emoji && slices.Contains(r.People, person) })
}

func (p *Post) react(person, emoji string, on bool) {
	i := slices.IndexFunc(p.Reactions, func(r Reaction) bool { return r.Emoji == emoji })
	if i < 0 {
		p.Reactions, i = append(p.Reactions, Reaction{Emoji: emoji}), len(p.Reactions)
	}
	r := &p.Reactions[i]
	r.People = slices.DeleteFunc(r.People, func(other string) bool { return other == person })
	if on {
		r.People = append(r.People, person)
	}
	if len(r.People) == 0 {
		p.Reactions = slices.Delete(p.Reactions, i, i+1)
	}
}

// OpenForm is a form that stands before a person. Once sent it is closed for them, unless the bot finds errors in it.
type OpenForm struct {
	Form   chat.Form[string] `json:"form"`
	Room   string            `json:"room"`
	Values map[string]string `json:"values"` // what stands in it: as the bot filled it, or as it was sent last
	Errors map[string]string `json:"errors,omitempty"`
	Sent   bool              `json:"sent,omitempty"`
}

func values(f chat.Form[string]) map[string]string {
	out := map[string]string{}
	for _, in := range f.Fields {
		out[in.Key] = in.Value
	}
	return out
}

// Words flattens a message to text: title, lines, fields as "label : value", footer, the buttons' labels in brackets, the reactions.
func Words(m chat.Message) string {
	lines := make([]string, 0, 4+len(m.Lines)+len(m.Fields))
	lines = append(lines, m.Title)
	lines = append(lines, m.Lines...)
	for _, f := range m.Fields {
		lines = append(lines, f.Label+" : "+f.Value)
	}
	var buttons []string
	for _, b := range m.Buttons {
		buttons = append(buttons, "["+b.Label+"]")
	}
	lines = append(lines, m.Footer, strings.Join(buttons, " "), strings.Join(m.Reactions, " "))
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}

// Words flattens a form to text: title, intro, each field's label, what stands in it, its hint, its choices and its error, the button.
func (f OpenForm) Words() string {
	lines := []string{f.Form.Title, f.Form.Intro}
	for _, in := range f.Form.Fields {
		value, choices := f.Values[in.Key], make([]string, len(in.Options))
		for i, o := range in.Options {
			choices[i] = o.Label
			if o.Value == value {
				value = o.Label
			}
		}
		lines = append(lines, in.Label+" : "+value, in.Hint, strings.Join(choices, " · "), f.Errors[in.Key])
	}
	// Errors that belong to no field still have to be read.
	for key, problem := range f.Errors {
		if !slices.ContainsFunc(f.Form.Fields, func(in chat.Input[string]) bool { return in.Key == key }) {
			lines = append(lines, problem)
		}
	}
	if f.Form.Submit != "" {
		lines = append(lines, "["+f.Form.Submit+"]")
	}
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}
