package usecase

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
)

// The limits on imports.
const (
	importKept       = 24 * time.Hour // how long a file waits for its button
	importLines      = 20             // rows that the answer shows; the report has them all
	importChoices    = 10             // doubtful rows that one form asks about
	importColumns    = 12             // columns recognised that the answer names
	importMatches    = 10             // matches that one summary to a peer names
	importButtons    = 5              // of which as many can be opened by a press
	importFamilies   = 8              // families that the message in the channel names
	importCorrection = 2000           // runes of corrected columns
)

// waitingImport is a table that somebody sent and that waits for their word. It outlives a crash, and nobody else reads it.
type waitingImport struct {
	ID       string // the buttons of an older file do nothing to a newer one
	At       time.Time
	Table    register.Table
	Columns  []string             // corrections, as typed, in order
	Choices  map[int]proposal.Ref // of doubtful rows
	Imported bool                 // pressed, and done
}

const importPrefix = "import "

func importKey(handle string) string { return importPrefix + handle }

// ReceiveTable reads a file of contracts that somebody sent in private, and says what importing it would do. Nothing is recorded but the file
// itself, until the button.
func ReceiveTable(t *Turn, name string, content []byte) (Reply, error) {
	table, err := t.Sheets.Read(name, content)
	var unreadable *register.Unreadable
	if errors.As(err, &unreadable) {
		return Reply{}, Refusal{unreadable.Says}
	}
	if err != nil {
		return Reply{}, fault("read a file", err)
	}
	w := waitingImport{ID: t.Act, At: t.Now, Table: table}
	if err := t.keepImport(w); err != nil {
		return Reply{}, err
	}
	return t.dryRun(w)
}

func (t *Turn) keepImport(w waitingImport) error {
	return fault("keep a file", t.Tx.Settings().Put(importKey(t.Who.Handle), w))
}

// waiting returns the person's file that a button or a form is about.
func (t *Turn) waiting(id string) (waitingImport, error) {
	var w waitingImport
	if err := t.Tx.Settings().Get(importKey(t.Who.Handle), &w); err != nil {
		return w, err
	}
	switch {
	case w.ID == id && w.Imported:
		return w, refuse("import.done-before")
	case w.ID != id || t.Now.Sub(w.At) > importKept:
		return w, refuse("import.gone")
	}
	return w, nil
}

// dropImports forgets the files that have waited for too long.
func (t *Turn) dropImports() error {
	keys, err := t.Tx.Settings().Keys(importPrefix)
	if err != nil {
		return err
	}
	for _, key := range keys {
		var w waitingImport
		if err := t.Tx.Settings().Get(key, &w); err != nil {
			return err
		}
		if len(w.Table.Rows) == 0 || t.Now.Sub(w.At) <= importKept {
			continue
		}
		if err := t.Tx.Settings().Put(key, waitingImport{}); err != nil {
			return err
		}
	}
	return nil
}

// mapping returns which column is which field, corrections included.
func (w waitingImport) mapping() (register.Mapping, locale.Text) {
	m := register.Recognise(w.Table)
	for _, words := range w.Columns {
		corrected, fault := m.Correct(words)
		if !fault.IsZero() {
			return m, fault
		}
		m = corrected
	}
	return m, locale.Text{}
}

// plan compares the table with what the person's organisation has recorded now. Words that the whole circle reads hold no sum.
func (t *Turn) plan(w waitingImport) (register.Plan, locale.Text, error) {
	m, fault := w.mapping()
	if !fault.IsZero() {
		return register.Plan{Mapping: m}, fault, nil
	}
	known, err := t.knownContracts()
	if err != nil {
		return register.Plan{}, locale.Text{}, err
	}
	known.Choices = w.Choices
	p, fault := register.NewPlan(withoutSumsIn(w.Table, m), m, known)
	return p, fault, nil
}

func withoutSumsIn(table register.Table, m register.Mapping) register.Table {
	rows := slices.Clone(table.Rows)
	for i, row := range rows {
		rows[i].Cells = slices.Clone(row.Cells)
		for k, c := range m.Columns {
			if (c.Field == register.Object || c.Field == register.Supplier) && k < len(row.Cells) {
				rows[i].Cells[k] = withoutSums(row.Cells[k])
			}
		}
	}
	table.Rows = rows
	return table
}

// knownContracts are those of the person's organisation, with what a table is compared with besides.
func (t *Turn) knownContracts() (register.Known, error) {
	k := register.Known{On: t.today(), Person: t.colleague, Words: t.vocabulary().dictionary}
	if o, ok := t.Circle.Organisation(t.Who.Organisation); ok && o.Siret != "" {
		k.Sirets = []string{o.Siret}
	}
	all, err := t.Tx.Proposals().All()
	for _, p := range all {
		switch {
		case p.Org != t.Who.Organisation || p.Kind != proposal.Contract || p.State == proposal.Draft:
		case p.State == proposal.Withdrawn && p.Said == "" && len(p.Books.Keys) == 0: // of an import that was taken back
		default:
			k.Existing = append(k.Existing, register.Existing{
				Contract: entryOf(p), Corrected: set(p.Books.Corrected), Withdrawn: p.State == proposal.Withdrawn,
			})
		}
	}
	return k, err
}

// dryRun says what the import would do: how many rows of each sort, the first of them one by one, all of them in a file.
func (t *Turn) dryRun(w waitingImport) (Reply, error) {
	plan, fault, err := t.plan(w)
	if err != nil {
		return Reply{}, err
	}
	columns := chat.Button[locale.Text]{ID: "columns " + w.ID, Label: locale.T("button.columns")}
	d := chat.Draft{Title: locale.T("import.title", "file", fileName(w.Table.Name), "count", len(w.Table.Rows))}
	if line := Recognised(plan.Mapping); !line.IsZero() {
		d.Lines = append(d.Lines, line)
	}
	if !fault.IsZero() {
		d.Lines, d.Tone = append(d.Lines, fault), chat.Warn
		d.Buttons = append(d.Buttons, columns)
		return Reply{Draft: &d}, nil
	}
	d.Lines = append(d.Lines, plan.Summary()...)
	shown := telling(plan)
	for _, v := range shown[:min(len(shown), importLines)] {
		d.Lines = append(d.Lines, v.Line())
	}
	report, err := t.report(plan)
	if err != nil {
		return Reply{}, err
	}
	d.Files = []chat.File{report}
	if more := len(shown) - importLines; more > 0 {
		d.Lines = append(d.Lines, locale.T("import.more", "count", more, "file", report.Name))
	}
	d.Footer = locale.T("import.footer", "file", report.Name)
	if plan.Writes() {
		d.Buttons = append(d.Buttons, chat.Button[locale.Text]{ID: "import " + w.ID, Label: locale.T("button.import"), Tone: chat.Good})
	} else {
		d.Footer = locale.T("import.footer.nothing", "file", report.Name)
	}
	if plan.Count(register.Doubt) > 0 {
		d.Buttons = append(d.Buttons, chat.Button[locale.Text]{ID: "choose " + w.ID, Label: locale.T("button.choose")})
	}
	d.Buttons = append(d.Buttons, columns)
	return Reply{Draft: &d}, nil
}

// Recognised says in one line which columns were taken for which fields; zero where none was.
func Recognised(m register.Mapping) locale.Text {
	var lines []locale.Text
	for _, c := range m.Columns {
		if slices.Contains(register.Fields, c.Field) {
			lines = append(lines, locale.T("import.column", "column", fileName(c.Heading), "field", c.Field.Label()))
		}
	}
	if len(lines) == 0 {
		return locale.Text{}
	}
	if more := len(lines) - importColumns; more > 0 {
		lines = append(lines[:importColumns:importColumns], locale.T("import.columns.more", "count", more))
	}
	return locale.T("import.columns", "columns", lines)
}

// telling puts the rows that ask something of their reader before those that are in order; rows that change nothing are counted alone.
func telling(p register.Plan) []register.Verdict {
	var out []register.Verdict
	for _, d := range []register.Decision{register.Refuse, register.Doubt, register.Alter, register.Add, register.Aside} {
		out = append(out, p.Of(d)...)
	}
	for _, v := range p.Of(register.Same) {
		if len(v.Kept) > 0 {
			out = append(out, v)
		}
	}
	return out
}

// report is the verdict on every row, as a file that opens in a spreadsheet.
func (t *Turn) report(p register.Plan) (chat.File, error) {
	lang := t.language()
	var b bytes.Buffer
	b.WriteString("\ufeff") // so that a spreadsheet reads the accents
	w := csv.NewWriter(&b)
	w.Comma = ';'
	if err := w.Write([]string{locale.T("import.report.row").In(lang), locale.T("import.report.verdict").In(lang), locale.T("import.report.says").In(lang)}); err != nil {
		return chat.File{}, fault("write the report of an import", err)
	}
	for _, v := range p.Verdicts {
		row := []string{strconv.Itoa(v.Number), locale.T("import.verdict." + string(v.Decision)).In(lang), v.Line().In(lang)}
		if err := w.Write(row); err != nil {
			return chat.File{}, fault("write the report of an import", err)
		}
	}
	w.Flush()
	return chat.File{Name: locale.T("import.report.name").In(lang), Content: b.Bytes()}, w.Error()
}

// fileName is a file's name as it is shown, cut where it is long.
func fileName(name string) string {
	const most = 80
	if runes := []rune(clean(name)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return clean(name)
}

// ColumnsForm asks which column is which field.
func ColumnsForm(t *Turn, id string) (Reply, error) {
	w, err := t.waiting(id)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Form: &chat.Form[locale.Text]{
		ID: "columns " + id, Title: locale.T("form.columns"), Intro: locale.T("form.columns.intro", "columns", headings(w.Table)), Submit: locale.T("form.submit"),
		Fields: []chat.Input[locale.Text]{{
			Key: "columns", Label: locale.T("field.columns"), Hint: locale.T("hint.columns"), Value: strings.Join(w.Columns, "\n"), Long: true, Optional: true,
		}},
	}}, nil
}

func headings(table register.Table) []locale.Text {
	var out []locale.Text
	for _, c := range table.Columns {
		if c != "" && len(out) < importLines {
			out = append(out, locale.Plain(fileName(c)))
		}
	}
	return out
}

// CorrectColumns takes the form of ColumnsForm, and says anew what the import would do.
func CorrectColumns(t *Turn, id string, values map[string]string) (Reply, error) {
	w, err := t.waiting(id)
	if err != nil {
		return Reply{}, err
	}
	said := []rune(values["columns"])
	w.Columns = ColumnCorrections(string(said[:min(len(said), importCorrection)]))
	if _, fault := w.mapping(); !fault.IsZero() {
		return Reply{Errors: map[string]locale.Text{"columns": fault}}, nil
	}
	if err := t.keepImport(w); err != nil {
		return Reply{}, err
	}
	return t.dryRun(w)
}

// ColumnCorrections parts what was typed into corrections: one a line, or parted by semicolons.
func ColumnCorrections(typed string) (out []string) {
	for _, words := range strings.FieldsFunc(typed, func(r rune) bool { return r == '\n' || r == ';' }) {
		if words = clean(words); words != "" {
			out = append(out, words)
		}
	}
	return out
}

// The answers to a doubtful row, besides the contract that it may be.
const (
	chooseNew  = "new"
	chooseLeft = ""
)

// ChooseForm asks of doubtful rows which contract each is.
func ChooseForm(t *Turn, id string) (Reply, error) {
	w, err := t.waiting(id)
	if err != nil {
		return Reply{}, err
	}
	plan, fault, err := t.plan(w)
	if err != nil {
		return Reply{}, err
	}
	doubts := plan.Of(register.Doubt)
	if !fault.IsZero() || len(doubts) == 0 {
		return Reply{}, refuse("import.no-doubt")
	}
	form := chat.Form[locale.Text]{ID: "choose " + id, Title: locale.T("form.choose"), Intro: locale.T("form.choose.intro"), Submit: locale.T("form.submit")}
	for _, v := range doubts[:min(len(doubts), importChoices)] {
		in := chat.Input[locale.Text]{
			Key: "row-" + strconv.Itoa(v.Number), Label: locale.T("field.row", "row", strconv.Itoa(v.Number)), Hint: v.Line(), Optional: true,
		}
		if v.Ref != "" {
			in.Options = append(in.Options, chat.Option[locale.Text]{Value: string(v.Ref), Label: locale.T("choose.is", "ref", string(v.Ref))})
		}
		in.Options = append(in.Options, chat.Option[locale.Text]{Value: chooseNew, Label: locale.T("choose.new")})
		form.Fields = append(form.Fields, in)
	}
	return Reply{Form: &form}, nil
}

// Choose takes the form of ChooseForm, and says anew what the import would do. A row about which nothing was chosen is left.
func Choose(t *Turn, id string, values map[string]string) (Reply, error) {
	w, err := t.waiting(id)
	if err != nil {
		return Reply{}, err
	}
	if w.Choices == nil {
		w.Choices = map[int]proposal.Ref{}
	}
	for key, value := range values {
		number, err := strconv.Atoi(strings.TrimPrefix(key, "row-"))
		if err != nil || value == chooseLeft {
			continue
		}
		if err := t.choose(w.Choices, number, value); err != nil {
			return Reply{}, err
		}
	}
	if err := t.keepImport(w); err != nil {
		return Reply{}, err
	}
	return t.dryRun(w)
}

// choose puts down what a doubtful row is: a contract of the person's organisation, or a new one.
func (t *Turn) choose(choices map[int]proposal.Ref, row int, is string) error {
	if is == chooseNew {
		choices[row] = ""
		return nil
	}
	p, err := t.own(proposal.Ref(is))
	if err == nil {
		choices[row] = p.Ref
	}
	return err
}
