package mattermost

import (
	"regexp"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/shared/markdown"
	"pgregory.net/rapid"
)

func TestInert(t *testing.T) {
	const z = thin
	for _, row := range []struct{ why, typed, sent string }{
		{"plain words stay as they are", "24 k€/an, échéance 31/05/2027 (C-12)", "24 k€/an, échéance 31/05/2027 (C-12)"},
		{"bold", "**gras**", z + `\*\*gras\*\*`},
		{"bold in the midst", "un *mot* gras", `un \*mot\* gras`},
		{"underscores in a file name", "plan_2027_v2", `plan\_2027\_v2`},
		{"everybody: the server unescapes before it looks, so a backslash would not do", "@all", "@" + z + "all"},
		{"somebody", "voir @dsi-b.", "voir @" + z + "dsi-b."},
		{"an address is not made a link", "dsi@a.example", "dsi@" + z + "a.example"},
		{"a channel", "~commun", z + `\~` + z + "commun"},
		{"struck out", "~~non~~", z + `\~` + z + `\~` + z + "non" + `\~` + z + `\~` + z},
		{"a hashtag", "le #marché", "le #" + z + "marché"},
		{"a number is no hashtag", "lot #3", "lot #3"},
		{"a heading", "# titre", z + "# titre"},
		{"a list", "- un\n- deux", z + "- un\n" + z + "- deux"},
		{"a numbered list", "1. un", z + "1. un"},
		{"a quotation", "> dit", z + "> dit"},
		{"underlined by equals signs", "titre\n===", "titre\n" + z + "==="},
		{"a rule", "---", z + "---"},
		{"code by indentation: the spaces go", "    rm -rf", "rm -rf"},
		{"code", "`x` ```y```", "\\`x\\` \\`\\`\\`y\\`\\`\\`"},
		{"a link", "[ici](https://mauvais.example)", `\[ici\](https:` + z + "//mauvais.example)"},
		{"a picture", "![x](https://mauvais.example/p.png)", `!\[x\](https:` + z + "//mauvais.example/p.png)"},
		{"a link between angles", "<https://mauvais.example>", "&lt;https:" + z + "//mauvais.example>"},
		{"an address between angles", "<a@b.example>", "&lt;a@" + z + "b.example>"},
		{"any scheme", "mailto:a tel:0102 JavaScript:alert", "mailto:" + z + "a tel:" + z + "0102 JavaScript:" + z + "alert"},
		{"without a scheme", "www.mauvais.example mauvais.fr/x", "www" + z + ".mauvais.example mauvais.fr" + z + "/x"},
		{"an hour is no scheme", "à 09:30", "à 09:30"},
		{"an emoji by name", ":smile:", ":" + z + "smile:"},
		{"markup", "<b>x</b> & co", "&lt;b>x&lt;/b> & co"},
		{"a character reference that somebody typed", "&lt; &#42;", "&amp;lt; &amp;#42;"},
		{"a backslash", `C:\*`, `C:&#92;\*`},
		{"a formula", "$x$", "&#36;x&#36;"},
		{"a table", "| a | b |", z + `\| a \| b \|`},
		{"control characters and turned writing", "a\x00b\x1b[31mc\u202ed", `ab\[31mcd`},
	} {
		if got := inert(row.typed); got != row.sent {
			t.Errorf("%s: %q is sent as\n%q, want\n%q", row.why, row.typed, got, row.sent)
		}
	}
}

// signs are what Markdown, mentions and links are made of.
var signs = rapid.StringOfN(rapid.RuneFrom([]rune("*_~`[]()<>@#:/.|\\$&;!=-+0123 \n\tawhtpsm€é漢🙋")), 0, 60, -1)

// Whatever is typed, the server's own reader finds text in it and nothing else, and the text is what was typed.
func TestInertIsReadAsTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := signs.Draw(t, "typed")
		var read strings.Builder
		markdown.Inspect(inert(typed), func(node any) bool {
			switch node := node.(type) {
			case *markdown.Text:
				read.WriteString(node.Text)
			case *markdown.SoftLineBreak, *markdown.HardLineBreak:
				read.WriteByte('\n')
			case nil, *markdown.Document, *markdown.Paragraph:
			default:
				t.Fatalf("%q is sent as %q, where the reader finds a %T", typed, inert(typed), node)
			}
			return true
		})
		lines := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, thin, "")), "") }
		if got, want := lines(read.String()), lines(visible(typed)); got != want {
			t.Fatalf("%q is read as %q", typed, got)
		}
	})
}

// The server's reader knows no emphasis; the clients' do. So none of its marks may stand unprotected.
func TestInertLeavesNoMark(t *testing.T) {
	protected := regexp.MustCompile("\\\\[`*_\\[\\]~|]|&#92;|&lt;|&#36;|&amp;")
	rapid.Check(t, func(t *rapid.T) {
		typed := signs.Draw(t, "typed")
		rest := protected.ReplaceAllString(inert(typed), "")
		if i := strings.IndexAny(rest, "`*_[]~|\\<$"); i >= 0 {
			t.Fatalf("%q is sent as %q, where %q is not protected", typed, inert(typed), rest[i:])
		}
		for _, trigger := range []string{`@[\pL\pN._-]`, `~[a-z0-9]`, `#\pL`, `:[a-z0-9_+-]+:`, `(?i)\b[a-z][a-z0-9.+-]*:[/\pL0-9%]`, `(?i)\bwww\d{0,3}\.`, `(?m)^[#=>+*|-]`, `(?m)^\d+[.)]( |$)`, `(?m)^ `} {
			if found := regexp.MustCompile(trigger).FindString(inert(typed)); found != "" {
				t.Fatalf("%q is sent as %q, where %q acts", typed, inert(typed), found)
			}
		}
	})
}
