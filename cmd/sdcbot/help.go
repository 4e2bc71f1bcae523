package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"sdcbot/bot/locale"
)

// help prints what may be typed at that point of the command line. It replaces kong's, which knows English alone.
func (c console) help(at *kong.Context) error {
	node := at.Selected()
	if node == nil {
		node = at.Model.Node
	}
	c.say("operator.help.usage", "command", usage(node))
	if key := node.Help; key != "" {
		c.print("")
		c.say(key)
	} else {
		c.print("")
		c.say("operator.help.sdcbot")
	}
	c.table("operator.help.commands", commandRows(node, c.lang))
	c.table("operator.help.arguments", argumentRows(node, c.lang))
	c.table("operator.help.flags", flagRows(node, c.lang))
	if len(node.Children) > 0 {
		c.print("")
		c.say("operator.help.more", "command", node.FullPath())
	}
	return nil
}

// usage is the form of a command: "sdcbot serve [--config F] …".
func usage(node *kong.Node) string {
	var b strings.Builder
	b.WriteString(node.FullPath())
	for _, positional := range node.Positional {
		if positional.Required {
			fmt.Fprintf(&b, " %s", strings.ToUpper(positional.Name))
		} else {
			fmt.Fprintf(&b, " [%s]", strings.ToUpper(positional.Name))
		}
	}
	for _, flag := range node.Flags {
		if flag.Name != "help" && !flag.Hidden {
			fmt.Fprintf(&b, " [%s]", written(flag))
		}
	}
	if len(node.Children) > 0 {
		b.WriteString(" …")
	}
	return b.String()
}

// written is how a flag is typed.
func written(flag *kong.Flag) string {
	if flag.IsBool() {
		return "--" + flag.Name
	}
	return "--" + flag.Name + " " + flag.FormatPlaceHolder()
}

// row is a line of a table of the help.
type row struct{ typed, meaning string }

func commandRows(node *kong.Node, lang locale.Lang) []row {
	var rows []row
	for _, child := range node.Children {
		if !child.Hidden {
			rows = append(rows, row{child.Name, locale.T(child.Help).In(lang)})
		}
	}
	return rows
}

func argumentRows(node *kong.Node, lang locale.Lang) []row {
	var rows []row
	for _, positional := range node.Positional {
		rows = append(rows, row{strings.ToUpper(positional.Name), locale.T(positional.Help).In(lang)})
	}
	return rows
}

func flagRows(node *kong.Node, lang locale.Lang) []row {
	var rows []row
	for _, flag := range node.Flags {
		switch {
		case flag.Hidden:
		case flag.Name == "help":
			rows = append(rows, row{"--help", locale.T("operator.help.help").In(lang)})
		default:
			rows = append(rows, row{written(flag), locale.T(flag.Help).In(lang)})
		}
	}
	return rows
}

// table prints rows in two columns under a heading, or nothing when there are none.
func (c console) table(heading string, rows []row) {
	if len(rows) == 0 {
		return
	}
	c.print("")
	c.say(heading)
	w := tabwriter.NewWriter(c.stdout, 0, 0, 3, ' ', 0)
	for _, r := range rows {
		_, _ = fmt.Fprintf(w, "  %s\t%s\n", r.typed, r.meaning)
	}
	_ = w.Flush()
}
