// Package register reads an organisation's register of contracts from a table and writes it to one: which column is which field, what each
// row says, what it would change among the contracts that are known, and why a row is left or refused, with what to do about it. Nothing is
// written by it: a Plan is the dry run, and what it holds is what the button then does.
//
// A Table comes from an adapter as cells (adapters/sheet knows the file formats). Recognise says which column is which field (headings.go,
// mapping.go); Read understands the rows (cells.go, read.go) and marks as guessed all that the row does not say itself; NewPlan compares them with
// what is known (keys.go, compare.go, plan.go). ForPeople and ForPrograms make the table of an export, which reads back without loss.
//
// It stops there: it knows no file format, asks nobody, and who may import or export whose contracts is decided above.
package register

import "sdcbot/bot/locale"

// The limits on a table, in one place.
const (
	MostRows    = 10_000 // rows of contracts; an organisation has some hundreds
	MostColumns = 200
	LongestCell = 4000 // runes of a cell that are looked at

	longestWords  = 200  // runes of an object, a name, a number; as in a form
	longestNote   = 1000 // runes
	longestMonths = 1200 // a hundred years: above it somebody mistyped
	longestNotice = 60   // months
	mostRenewals  = 20
)

// Table is a sheet as cells: one heading a column, then rows.
type Table struct {
	Name    string // of the file, to say which one
	Columns []string
	Rows    []Row
	// Fields says what each column holds, in a table that was made here. A table that was read has none: Recognise finds out.
	Fields []Field
}

// Row is one row of a table. It may hold fewer cells than the table has columns.
type Row struct {
	Number int // as its reader sees it in the file, headings counted
	Cells  []string
}

// cell returns the cell of column i, empty where the row is short.
func (r Row) cell(i int) string {
	if i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}

// empty says whether no cell of the row holds anything.
func (r Row) empty() bool {
	for _, cell := range r.Cells {
		if clean(cell) != "" {
			return false
		}
	}
	return true
}

// headingWithin is how many rows may stand above the headings: a title, a date, an empty line.
const headingWithin = 20

// NewTable makes a table of the rows of a sheet: people put a title or a note above the headings, so those are the first row whose cells
// name the most fields. Where no row names two, they are the first row that holds anything. Empty rows are left out.
func NewTable(name string, rows []Row) Table {
	heading, most := -1, 1
	for i := range min(len(rows), headingWithin) {
		if n := Recognise(Table{Columns: rows[i].Cells}).known(); n > most {
			heading, most = i, n
		}
	}
	for i := 0; heading < 0 && i < len(rows); i++ {
		if !rows[i].empty() {
			heading = i
		}
	}
	t := Table{Name: name}
	if heading < 0 {
		return t
	}
	for _, cell := range rows[heading].Cells {
		t.Columns = append(t.Columns, clean(cell))
	}
	for len(t.Columns) > 0 && t.Columns[len(t.Columns)-1] == "" {
		t.Columns = t.Columns[:len(t.Columns)-1] // GLPI ends each line with a separator
	}
	for _, row := range rows[heading+1:] {
		if !row.empty() {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// Fault says in one sentence why nothing of the table can be imported, and what to do; zero when it can be planned.
func (t Table) Fault() locale.Text {
	switch {
	case len(t.Rows) == 0:
		return locale.T("register.table.empty")
	case len(t.Rows) > MostRows:
		return locale.T("register.table.too-long", "limit", MostRows)
	}
	return locale.Text{}
}

// Unreadable is the error of who makes tables of files: why a file cannot be one, for the person who sent it.
type Unreadable struct {
	Says  locale.Text // one sentence that says what to do
	Cause error       // for the operator; nil: the bytes alone say it
}

func (u *Unreadable) Error() string {
	if u.Cause != nil {
		return u.Says.Key + ": " + u.Cause.Error()
	}
	return u.Says.Key
}

func (u *Unreadable) Unwrap() error { return u.Cause }
