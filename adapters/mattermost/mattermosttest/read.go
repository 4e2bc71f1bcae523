package mattermosttest

import (
	"fmt"
	"strings"

	"github.com/mattermost/mattermost/server/public/shared/markdown"
)

// Read reads Markdown with the server's own reader, as it meets the eye. Whatever it makes of the text but text is named.
func Read(source string) string {
	var b strings.Builder
	markdown.Inspect(source, func(node any) bool {
		switch node := node.(type) {
		case *markdown.Document, nil:
		case *markdown.Paragraph:
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
		case *markdown.Text:
			b.WriteString(node.Text)
		case *markdown.SoftLineBreak, *markdown.HardLineBreak:
			b.WriteByte('\n')
		case *markdown.Emoji:
			b.WriteString(node.Name)
		default:
			fmt.Fprintf(&b, "‹%T›", node)
		}
		return true
	})
	return b.String()
}
