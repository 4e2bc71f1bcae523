package sheet

import (
	"encoding/csv"
	"errors"
	"html"
	"io"
	"regexp"
	"strings"

	"sdcbot/bot/locale"
	"sdcbot/bot/register"
)

// separators are tried in this order: of two that do as well the first is taken.
var separators = []rune{';', ',', '\t', '|'}

// probe is how many bytes tell which separator it is.
const probe = 16 << 10

// longestRecord is how many bytes one row may hold. A longer one begins with a quotation mark that is never closed.
const longestRecord = 256 << 10

// readCSV reads a table of text. The separator is the one under which most headings are understood.
func readCSV(name, text string) (register.Table, error) {
	said, hidden := saidSeparator(text)
	if said != 0 {
		return readSeparated(name, text[hidden:], said)
	}
	head := text[:min(len(text), probe)]
	if end := strings.LastIndexByte(head, '\n'); end > 0 && len(head) < len(text) {
		head = head[:end]
	}
	best, mostKnown, mostColumns := separators[0], -1, 0
	for _, separator := range separators {
		t, err := readSeparated(name, head, separator)
		if err != nil && len(t.Columns) == 0 {
			continue
		}
		known := understood(t)
		if known > mostKnown || known == mostKnown && len(t.Columns) > mostColumns {
			best, mostKnown, mostColumns = separator, known, len(t.Columns)
		}
	}
	return readSeparated(name, text, best)
}

// understood counts the headings that name a field.
func understood(t register.Table) (n int) {
	for _, c := range register.Recognise(t).Columns {
		if c.Field != "" {
			n++
		}
	}
	return n
}

// saidSeparator reads the line "sep=;" that Excel understands and does not show, and where what follows begins.
func saidSeparator(text string) (separator rune, end int) {
	line, _, _ := strings.Cut(text, "\n")
	trimmed := strings.TrimRight(line, "\r")
	if len(trimmed) != len("sep=;") || !strings.EqualFold(trimmed[:4], "sep=") || strings.ContainsRune("\"\r\n", rune(trimmed[4])) {
		return 0, 0
	}
	return rune(trimmed[4]), min(len(line)+1, len(text))
}

func readSeparated(name, text string, separator rune) (register.Table, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = separator, true, -1, true
	var rows []register.Row
	shown, next := 0, 1 // the row as a spreadsheet counts, and the line on which the next one begins
	var offset int64
	for len(rows) <= register.MostRows+1 {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return register.Table{}, faultOf("sheet.fault.not-a-sheet", err)
		}
		line, _ := r.FieldPos(0)
		shown += 1 + max(0, line-next) // empty lines are rows too, though the reader passes over them
		next = line + 1
		if r.InputOffset()-offset > longestRecord {
			return register.Table{}, &register.Unreadable{Says: locale.T("sheet.fault.quote", "row", shown)}
		}
		offset = r.InputOffset()
		row := register.Row{Number: shown, Cells: make([]string, min(len(record), register.MostColumns))}
		for i := range row.Cells {
			next += strings.Count(record[i], "\n")
			row.Cells[i] = unguarded(shorten(record[i]))
		}
		rows = append(rows, row)
	}
	t := register.NewTable(name, rows)
	if register.Recognise(t).Source == register.GLPI {
		for _, row := range t.Rows {
			for i, cell := range row.Cells {
				row.Cells[i] = withoutMarkup(cell)
			}
		}
	}
	return t, nil
}

var (
	lineBreak = regexp.MustCompile(`(?i)<br\s*/?>`)
	markup    = regexp.MustCompile(`<[a-zA-Z/][^<>]{0,200}>`)
)

// withoutMarkup makes text of what GLPI lets slip from its pages into its exports.
func withoutMarkup(cell string) string {
	if !strings.ContainsAny(cell, "<&") {
		return cell
	}
	cell = markup.ReplaceAllString(lineBreak.ReplaceAllString(cell, "\n"), "")
	return strings.TrimSpace(html.UnescapeString(cell))
}

// runnable are the characters with which a cell begins that a spreadsheet takes for a formula.
const runnable = "=+-@\t\r"

// guarded writes a cell so that a spreadsheet shows it and never runs it: whatever a partner typed, it is text. unguarded takes it back; a cell that
// looks guarded already gets a guard of its own, so that none is lost.
func guarded(cell string) string {
	if cell != "" && strings.ContainsRune(runnable, rune(cell[0])) || looksGuarded(cell) {
		return "'" + cell
	}
	return cell
}

func unguarded(cell string) string {
	if looksGuarded(cell) {
		return cell[1:]
	}
	if inner, ok := strings.CutPrefix(cell, `="`); ok && strings.HasSuffix(inner, `"`) && !strings.Contains(inner[:len(inner)-1], `"`) {
		return inner[:len(inner)-1] // how Excel is made to keep the noughts of ="00123"
	}
	return cell
}

func looksGuarded(cell string) bool {
	return len(cell) > 1 && cell[0] == '\'' && strings.IndexByte(runnable+"'", cell[1]) >= 0
}
