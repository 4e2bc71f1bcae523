package main

import (
	"encoding/json"
	"strings"

	"sdcbot/bot/locale"
)

type explainFamilyCommand struct {
	Title []string    `arg:"" optional:"" help:"operator.help.explain.title"`
	JSON  bool        `help:"operator.help.explain.json"`
	Lang  locale.Lang `enum:"fr,en," default:"" placeholder:"fr|en" help:"operator.help.lang"`

	Circle string `placeholder:"file" help:"operator.help.explain.circle"`
}

// Run says of which family of purchase a contract's title is, and which words said so. Nothing is recorded.
func (k explainFamilyCommand) Run(c console) error {
	c = c.in(k.Lang)
	reader, err := c.readerOf(k.Circle)
	if err != nil {
		return err
	}
	title := strings.Join(k.Title, " ")
	switch {
	case k.JSON && title == "":
		return explainLines(c.stdin, c.stdout, reader.ExplainTitleJSON)
	case title == "":
		return failure{code: exitUsage, says: locale.T("operator.explain-no-title")}
	case !k.JSON:
		c.print(strings.TrimRight(reader.ExplainTitle(title, c.lang), "\n"))
		return nil
	}
	line, err := json.Marshal(struct {
		Title string      `json:"title"`
		Lang  locale.Lang `json:"lang,omitempty"`
	}{title, k.Lang})
	if err != nil {
		return err
	}
	c.print(string(reader.ExplainTitleJSON(line)))
	return nil
}
