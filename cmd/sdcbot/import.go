package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sdcbot/adapters/sheet"
	"sdcbot/bot/chat"
	"sdcbot/bot/jsonline"
	"sdcbot/bot/locale"
	"sdcbot/bot/register"
	"sdcbot/bot/usecase"
)

type importCommand struct {
	File   string      `arg:"" help:"operator.help.import.file"`
	For    string      `placeholder:"organisation" help:"operator.help.for"`
	Apply  bool        `aliases:"yes" help:"operator.help.import.apply"`
	Column []string    `sep:"none" placeholder:"column" help:"operator.help.import.column"`
	Row    []string    `sep:"none" placeholder:"row" help:"operator.help.import.row"`
	JSON   bool        `help:"operator.help.import.json"`
	Lang   locale.Lang `enum:"fr,en," default:"" placeholder:"fr|en" help:"operator.help.lang"`
	Config string      `placeholder:"file" help:"operator.help.config-flag"`
}

// Run says what importing a file of contracts would do, row by row, as the bot does in private; with --apply it does it, as the button does.
func (k importCommand) Run(c console) error {
	c, ctx := c.in(k.Lang), context.Background()
	rows, err := choicesOf(k.Row)
	if err != nil {
		return err
	}
	table, err := c.tableIn(k.File)
	if err != nil {
		return err
	}
	loaded, err := c.load(k.Config)
	if err != nil {
		return err
	}
	b, err := c.onBehalf(ctx, loaded, k.For, k.Apply)
	if err != nil {
		return err
	}
	defer b.close()
	var plan register.Plan
	var said chat.Draft
	handed := usecase.HandedTable{Table: table, Columns: k.Column, Rows: rows}
	var by string
	err = b.turn(ctx, k.Apply, func(t *usecase.Turn) (err error) {
		by = t.Who.Handle
		if k.Apply {
			plan, said, err = usecase.ImportHanded(t, handed)
		} else {
			plan, err = usecase.PlanTable(t, handed)
		}
		return err
	})
	if err != nil {
		return err
	}
	told := importTold{behalf: b, file: filepath.Base(k.File), plan: plan, said: said, applied: k.Apply, by: by}
	if k.JSON {
		return told.lines(c)
	}
	told.text(c)
	return nil
}

// choicesOf reads what doubtful rows are: "4=C-12", "7=new".
func choicesOf(typed []string) (map[int]string, error) {
	rows := map[int]string{}
	for _, words := range typed {
		row, is, _ := strings.Cut(words, "=")
		n, err := strconv.Atoi(strings.TrimSpace(row))
		is = strings.TrimSpace(is)
		switch {
		case err != nil || n < 1 || is == "":
			return nil, failure{exitUsage, locale.T("operator.import.bad-row", "typed", words), err}
		case strings.EqualFold(is, "nouveau"), strings.EqualFold(is, "new"):
			is = "new"
		default:
			is = strings.ToUpper(is)
		}
		rows[n] = is
	}
	return rows, nil
}

// tableIn reads the file that is named, "-" being what is piped in.
func (c console) tableIn(file string) (register.Table, error) {
	content, err := c.contentOf(file)
	if err != nil {
		return register.Table{}, err
	}
	table, err := sheet.Read(filepath.Base(file), content)
	var unreadable *register.Unreadable
	if errors.As(err, &unreadable) {
		return table, failure{exitFailed, locale.T("operator.import.unreadable", "file", file, "why", unreadable.Says), err}
	}
	return table, err
}

// contentOf reads a file, and of one that is too large not more than shows it.
func (c console) contentOf(file string) ([]byte, error) {
	from := c.stdin
	if file != "-" {
		info, err := os.Stat(file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, failure{exitDisk, locale.T("operator.import.no-file", "file", file), err}
		case err == nil && info.IsDir():
			return nil, failure{code: exitDisk, says: locale.T("operator.import.folder", "file", file)}
		}
		opened, err := os.Open(file)
		if err != nil {
			return nil, failure{exitDisk, locale.T("operator.cannot-read", "path", file, "cause", causeOf(err)), err}
		}
		defer func() { _ = opened.Close() }()
		from = opened
	}
	content, err := io.ReadAll(io.LimitReader(from, sheet.MostBytes+1))
	if err != nil {
		return nil, failure{exitDisk, locale.T("operator.cannot-read", "path", file, "cause", causeOf(err)), err}
	}
	return content, nil
}

// importTold is what is written of an import, planned or done.
type importTold struct {
	*behalf
	file    string
	plan    register.Plan
	said    chat.Draft // of what was recorded
	applied bool
	by      string // in whose name
}

// text writes it for people: each row, the sums, and what comes next.
func (i importTold) text(c console) {
	if !i.applied {
		c.say("import.title", "file", i.file, "count", len(i.plan.Verdicts))
	}
	c.say("operator.import.for", "organisation", i.org.Name)
	c.tell(usecase.Recognised(i.plan.Mapping))
	for _, v := range i.plan.Verdicts {
		c.tell(v.Line())
	}
	for _, line := range i.plan.Summary() {
		c.tell(line)
	}
	if !i.applied {
		if i.plan.Writes() {
			c.say("operator.import.how")
		} else {
			c.say("operator.import.nothing")
		}
		return
	}
	for _, line := range i.after() {
		c.tell(line)
	}
}

// after is what is said once the rows are recorded: what became of them, who will hear of it and when, and how to take it back.
func (i importTold) after() []locale.Text {
	lines := i.said.Lines
	if i.said.Title.IsZero() {
		return lines // nothing was recorded
	}
	lines = append([]locale.Text{i.said.Title}, lines...)
	if len(i.loaded.Connections()) == 0 {
		lines = append(lines, locale.T("operator.import.no-chat", "file", i.loaded.Path))
	} else {
		lines = append(lines, locale.T("operator.import.later"))
	}
	return append(lines, locale.T("operator.import.undo", "person", i.by))
}

// lines writes it for programs: an object for each row, then one for all.
func (i importTold) lines(c console) error {
	for _, v := range i.plan.Verdicts {
		contract, err := oneContract(v.Contract)
		if err != nil {
			return err
		}
		line := verdictLine{Row: v.Number, Verdict: v.Decision, Ref: string(v.Ref), Contract: contract, Guessed: v.Contract.Guessed, Says: v.Line().In(c.lang)}
		for _, reason := range v.Reasons {
			line.Reasons = append(line.Reasons, reason.In(c.lang))
		}
		line.Changes, line.Kept = changeLines(v.Changes, c.lang), changeLines(v.Kept, c.lang)
		c.print(string(jsonline.Write(line)))
	}
	all := importLine{Organisation: i.org.Code, Applied: i.applied, Summary: map[register.Decision]int{}, Guessed: i.plan.Guessed(), Kept: i.plan.Kept()}
	for _, d := range register.Decisions {
		all.Summary[d] = i.plan.Count(d)
	}
	for _, column := range i.plan.Mapping.Columns {
		all.Columns = append(all.Columns, columnLine{column.Heading, column.Field})
	}
	for _, line := range append(i.plan.Warnings, i.after()...) {
		all.Says = append(all.Says, line.In(c.lang))
	}
	c.print(string(jsonline.Write(all)))
	return nil
}

// verdictLine is a row's verdict as programs read it.
type verdictLine struct {
	Row      int               `json:"row"` // as the file shows it
	Verdict  register.Decision `json:"verdict"`
	Ref      string            `json:"ref,omitempty"`
	Contract json.RawMessage   `json:"contract"` // as an export writes it
	Guessed  register.Set      `json:"guessed,omitempty"`
	Changes  []changeLine      `json:"changes,omitempty"`
	Kept     []changeLine      `json:"kept,omitempty"` // what a person corrected, and the row says otherwise
	Reasons  []string          `json:"reasons,omitempty"`
	Says     string            `json:"says"`
}

type changeLine struct {
	Field  register.Field `json:"field"`
	Before string         `json:"before"`
	After  string         `json:"after"`
}

func changeLines(changes []register.Change, lang locale.Lang) (lines []changeLine) {
	for _, change := range changes {
		lines = append(lines, changeLine{change.Field, change.Before.In(lang), change.After.In(lang)})
	}
	return lines
}

// importLine is what holds for the whole of an import.
type importLine struct {
	Organisation string                    `json:"organisation"`
	Applied      bool                      `json:"applied"`
	Summary      map[register.Decision]int `json:"summary"`
	Guessed      int                       `json:"guessed"`
	Kept         int                       `json:"kept"`
	Columns      []columnLine              `json:"columns"`
	Says         []string                  `json:"says,omitempty"`
}

type columnLine struct {
	Heading string         `json:"heading"`
	Field   register.Field `json:"field"` // empty: left
}

// oneContract writes a contract as an export does.
func oneContract(one register.Contract) (json.RawMessage, error) {
	content, err := sheet.Write(sheet.JSON, []register.Contract{one}, locale.French)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(content, &list); err != nil {
		return nil, err
	}
	var line bytes.Buffer
	err = json.Compact(&line, list[0])
	return line.Bytes(), err
}
