package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
	"sdcbot/bot/register"
)

// Format is a form in which contracts are written. Its value is the ending of the file's name.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	JSON Format = "json"
)

// Formats lists them, the first being that which every spreadsheet opens.
var Formats = []Format{CSV, XLSX, JSON}

// ParseFormat reads a format as people type it: "xlsx", ".CSV", "Excel".
func ParseFormat(typed string) (Format, bool) {
	switch strings.ToLower(strings.TrimLeft(strings.TrimSpace(typed), ".")) {
	case "csv":
		return CSV, true
	case "xlsx", "excel":
		return XLSX, true
	case "json":
		return JSON, true
	}
	return "", false
}

// Write makes a file of contracts, in their order. Spreadsheets are for people and in their language; JSON is for programs, and the same in each. All
// three read back without loss.
func Write(format Format, contracts []register.Contract, lang locale.Lang) ([]byte, error) {
	switch format {
	case CSV:
		return writeCSV(register.ForPeople(contracts, lang), lang)
	case XLSX:
		return writeXLSX(register.ForPeople(contracts, lang), lang)
	case JSON:
		return writeJSON(register.ForPrograms(contracts))
	}
	return nil, fmt.Errorf("no format %q", format)
}

// writeCSV writes what Excel opens by a double click in France: semicolons, a mark that says UTF-8, days and decimals as they are typed there.
func writeCSV(t register.Table, lang locale.Lang) ([]byte, error) {
	var b bytes.Buffer
	b.Write(utf8BOM)
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	record := make([]string, len(t.Columns))
	for i, heading := range t.Columns {
		record[i] = guarded(heading)
	}
	w.Write(record) //nolint:errcheck // a buffer takes all; Error says it at the end
	for _, row := range t.Rows {
		for i, cell := range row.Cells {
			record[i] = guarded(csvCell(t.Fields[i], cell, lang))
		}
		w.Write(record) //nolint:errcheck // as above
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func csvCell(f register.Field, cell string, lang locale.Lang) string {
	if lang == locale.English {
		return cell // ISO days and decimal points are read everywhere
	}
	switch f.Shape() {
	case register.DayShape:
		if day, err := calendar.Parse(cell); err == nil {
			return locale.Date(day, lang)
		}
	case register.EurosShape:
		return strings.Replace(cell, ".", ",", 1)
	}
	return cell
}

// writeXLSX writes a sheet in which days are days and amounts are numbers, with headings that stay in sight.
func writeXLSX(t register.Table, lang locale.Lang) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	sheet := locale.T("sheet.name").In(lang)
	if err := book.SetSheetName(book.GetSheetName(0), sheet); err != nil {
		return nil, fmt.Errorf("name the sheet: %w", err)
	}
	styles, err := newStyles(book)
	if err != nil {
		return nil, err
	}
	w, err := book.NewStreamWriter(sheet)
	if err != nil {
		return nil, fmt.Errorf("begin the sheet: %w", err)
	}
	for i, f := range t.Fields {
		if err := w.SetColWidth(i+1, i+1, width(f)); err != nil {
			return nil, fmt.Errorf("set a width: %w", err)
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, fmt.Errorf("freeze the headings: %w", err)
	}
	heading := make([]any, len(t.Columns))
	for i, words := range t.Columns {
		heading[i] = excelize.Cell{StyleID: styles.heading, Value: words}
	}
	if err := w.SetRow("A1", heading); err != nil {
		return nil, fmt.Errorf("write the headings: %w", err)
	}
	for i, row := range t.Rows {
		cells := make([]any, len(row.Cells))
		for k, cell := range row.Cells {
			cells[k] = styles.cell(t.Fields[k], cell)
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return nil, fmt.Errorf("write row %d: %w", i+2, err)
		}
	}
	if err := w.Flush(); err != nil {
		return nil, fmt.Errorf("end the sheet: %w", err)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return b.Bytes(), nil
}

// styles are how the cells of a workbook look.
type styles struct{ heading, day, euros int }

func newStyles(book *excelize.File) (s styles, err error) {
	dayFormat, eurosFormat := "dd/mm/yyyy", "#,##0.00"
	for _, style := range []struct {
		id *int
		of excelize.Style
	}{
		{&s.heading, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&s.day, excelize.Style{CustomNumFmt: &dayFormat}},
		{&s.euros, excelize.Style{CustomNumFmt: &eurosFormat}},
	} {
		if *style.id, err = book.NewStyle(&style.of); err != nil {
			return s, fmt.Errorf("make a style: %w", err)
		}
	}
	return s, nil
}

// cell gives a cell the type of its field. Words stay words: a workbook runs only what is stored as a formula.
func (s styles) cell(f register.Field, cell string) any {
	switch f.Shape() {
	case register.DayShape:
		if day, err := calendar.Parse(cell); err == nil {
			return excelize.Cell{StyleID: s.day, Value: day.At(0, 0, time.UTC)}
		}
	case register.CountShape:
		if n, err := strconv.Atoi(cell); err == nil {
			return n
		}
	case register.EurosShape:
		if euros, err := strconv.ParseFloat(cell, 64); err == nil {
			return excelize.Cell{StyleID: s.euros, Value: euros}
		}
	}
	if cell == "" {
		return nil
	}
	return cell
}

// width is that of a field's column, in characters.
func width(f register.Field) float64 {
	switch f {
	case register.Object, register.Note:
		return 48
	case register.Family, register.Supplier, register.Guessed:
		return 28
	}
	return 16
}

// writeJSON writes a list of objects in which every key stands, null where nobody said it.
func writeJSON(t register.Table) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("[")
	for i, row := range t.Rows {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n  {")
		for k, f := range t.Fields {
			if k > 0 {
				b.WriteString(",")
			}
			value, err := json.Marshal(jsonValue(f, row.Cells[k]))
			if err != nil {
				return nil, fmt.Errorf("write %s: %w", f, err)
			}
			fmt.Fprintf(&b, "\n    %q: %s", string(f), value)
		}
		b.WriteString("\n  }")
	}
	b.WriteString("\n]\n")
	return b.Bytes(), nil
}

func jsonValue(f register.Field, cell string) any {
	switch {
	case f == register.Guessed || f == register.Origin:
		return strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || r == ' ' })
	case cell == "":
		return nil
	case f.Shape() == register.CountShape || f.Shape() == register.EurosShape:
		return json.Number(cell)
	}
	return cell
}
