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
	node := selected(at)
	c.say("operator.help.usage", "command", c.usage(node))
	if key := node.Help; key != "" {
		c.print("")
		c.say(key)
	} else {
		c.print("")
		c.say("operator.help.sdcbot")
	}
	c.table("operator.help.commands", commandRows(node, c.lang))
	c.table("operator.help.arguments", c.argumentRows(node))
	c.table("operator.help.flags", c.flagRows(node))
	if len(node.Children) > 0 {
		c.print("")
		c.say("operator.help.more", "command", node.FullPath())
	}
	return nil
}

// selected is the command that was typed, or the program itself when none was.
func selected(at *kong.Context) *kong.Node {
	if node := at.Selected(); node != nil {
		return node
	}
	return at.Model.Node
}

// usage is the form of a command: "sdcbot serve [--config F] …".
func (c console) usage(node *kong.Node) string {
	var b strings.Builder
	b.WriteString(node.FullPath())
	for _, positional := range node.Positional {
		form := c.place(positional.Name)
		if positional.IsCumulative() {
			form += "…"
		}
		if !positional.Required {
			form = "[" + form + "]"
		}
		b.WriteString(" " + form)
	}
	for _, flag := range node.Flags {
		if flag.Name != "help" && !flag.Hidden {
			fmt.Fprintf(&b, " [%s]", c.written(flag))
		}
	}
	switch len(node.Children) {
	case 0:
	case 1:
		b.WriteString(" " + node.Children[0].Name + " …")
	default:
		b.WriteString(" " + c.place("command") + " …")
	}
	return b.String()
}

// written is how a flag is typed.
func (c console) written(flag *kong.Flag) string {
	if flag.IsBool() {
		return "--" + flag.Name
	}
	return "--" + flag.Name + " " + c.place(flag.FormatPlaceHolder())
}

// place is the word that stands for what people type there: FILE. Words of which they type one, sqlite|postgres, stand for themselves.
func (c console) place(name string) string {
	switch name {
	case "column", "command", "date", "file", "folder", "number", "organisation", "row", "text":
		return locale.T("operator.place." + name).In(c.lang)
	}
	return name
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

func (c console) argumentRows(node *kong.Node) []row {
	var rows []row
	for _, positional := range node.Positional {
		rows = append(rows, row{c.place(positional.Name), locale.T(positional.Help).In(c.lang)})
	}
	return rows
}

func (c console) flagRows(node *kong.Node) []row {
	var rows []row
	for _, flag := range node.Flags {
		switch {
		case flag.Hidden:
		case flag.Name == "help":
			rows = append(rows, row{"--help", locale.T("operator.help.help").In(c.lang)})
		default:
			rows = append(rows, row{c.written(flag), locale.T(flag.Help).In(c.lang)})
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
