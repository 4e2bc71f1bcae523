package slack

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"
)

// What people type must show as they typed it, and do nothing: no format, no link, no mention. Slack reads commands between < and > wherever
// a text stands, so & < > are escaped everywhere; and it formats only what is declared as mrkdwn, so that texts are plain_text with one exception:
// see bold.

// escaped makes a text ready for Slack.
func escaped(text string) string { return slackutilsx.EscapeMessage(visible(text)) }

// visible drops what cannot be seen but acts: control characters, and marks that turn the direction of writing.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}

// plain is a text that Slack shows as it is. emoji is false: ":smile:" stays what was typed, and real emoji show anyhow.
func plain(text string) *slack.TextBlockObject {
	off := false
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: escaped(text), Emoji: &off}
}

// formats is what makes mrkdwn do something to a text.
var formats = regexp.MustCompile("[*_~`<>&|\\\\]|:[A-Za-z0-9_+'-]+:|(?:^|\\n)\\s")

// bold says label and value under each other, the label in bold, where nothing in either could format; else it is plain.
func bold(label, value string) *slack.TextBlockObject {
	label, value = strings.TrimSpace(visible(label)), strings.TrimSpace(visible(value))
	if label == "" || value == "" || formats.MatchString(label) || formats.MatchString(value) || strings.Contains(label, "\n") {
		return plain(strings.TrimSpace(label + "\n" + value))
	}
	return &slack.TextBlockObject{Type: slack.MarkdownType, Text: "*" + label + "*\n" + value, Verbatim: true}
}

// cost is how many characters Slack counts for a text.
func cost(text string) int { return utf8.RuneCountInString(escaped(text)) }

// cut splits a text so that its first part costs at most so much: between paragraphs, else lines, else sentences, else words.
func cut(text string, most int) (first, rest string) {
	if cost(text) <= most {
		return text, ""
	}
	end, spent := 0, 0
	for i, r := range text {
		spent += cost(string(r))
		if spent > most {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	for _, between := range []string{"\n\n", "\n", ". ", " "} {
		// In the first half it would waste more than it spares the reader.
		if at := strings.LastIndex(text[:end], between); at > end/2 {
			return strings.TrimRight(text[:at+len(between)], " \n"), strings.TrimLeft(text[at+len(between):], " \n")
		}
	}
	return text[:end], text[end:]
}

// shortened is a text of at most so many characters, the last of which say that there was more.
func shortened(text string, most int) string {
	if cost(text) <= most {
		return text
	}
	first, _ := cut(text, most-1)
	return strings.TrimRight(first, " \n,;:.") + "…"
}

// oneLine joins a text's lines.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// command is what Slack makes of a mention, a channel, a link or an emoji of its own in a text: <@U1|name>, <#C1|name>, <!here>, <https://…|label>.
var command = regexp.MustCompile(`<([^<>\n]+)>`)

// typed turns a text of theirs into what its author typed. mentioned says that the bot was; its mention is not in the text.
func (c *Chat) typed(ctx context.Context, text string, me *self) (words string, mentioned bool) {
	var out strings.Builder
	rest := text
	for {
		at := command.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		before, inside := rest[:at[0]], rest[at[2]:at[3]]
		rest = rest[at[1]:]
		if id, _, _ := strings.Cut(inside, "|"); id == "@"+me.User {
			mentioned = true
			before, rest = closed(out.String(), before, rest)
			out.Reset()
			out.WriteString(before)
			continue
		}
		out.WriteString(before)
		out.WriteString(c.named(ctx, inside))
	}
	words = unescape.Replace(out.String() + rest)
	if mentioned {
		words = strings.TrimSpace(words)
	}
	return words, mentioned
}

// unescape undoes the three escapes of Slack's, and no other: "&eacute;" was typed so.
var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// closed takes a mention out of a sentence, with one of the two spaces around it.
func closed(said, before, after string) (left, right string) {
	before = said + before
	if strings.HasSuffix(before, " ") || before == "" {
		after = strings.TrimLeft(after, " ")
	}
	return before, after
}

// named is what a command says to its readers.
func (c *Chat) named(ctx context.Context, inside string) string {
	id, label, labelled := strings.Cut(inside, "|")
	switch {
	case strings.HasPrefix(id, "@"):
		if account := id[1:]; !labelled || label == "" {
			return "@" + c.handle(ctx, account)
		}
		return "@" + label
	case strings.HasPrefix(id, "#"):
		if label != "" {
			return "#" + label
		}
		if known, err := c.channel(ctx, id[1:], ""); err == nil && known.Name != "" {
			return "#" + known.Name
		}
		return id
	case strings.HasPrefix(id, "!"):
		if label != "" {
			return label
		}
		word, _, _ := strings.Cut(id[1:], "^")
		return "@" + word
	case labelled && (strings.HasPrefix(id, "mailto:") || strings.HasSuffix(id, "://"+label)):
		return label // Slack made the link out of these words
	}
	return id
}
