package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"sdcbot/bot/locale"
	"sdcbot/bot/register"
)

// The limits on a workbook, which is an archive: a small one may swell to anything.
const (
	mostUnpacked = 64 << 20 // bytes of all its parts
	mostParts    = 2000
	mostSheets   = 20
)

// readArchive tells a workbook from the other archives that people send.
func readArchive(name string, content []byte) (register.Table, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return register.Table{}, faultOf("sheet.fault.damaged", err)
	}
	var unpacked uint64
	kind := "sheet.fault.not-a-sheet"
	for _, part := range archive.File {
		unpacked += min(part.UncompressedSize64, mostUnpacked+1)
		switch {
		case strings.EqualFold(part.Name, "xl/workbook.xml"):
			kind = ""
		case part.Name == "content.xml" && kind != "":
			kind = "sheet.fault.open-document"
		case strings.EqualFold(part.Name, "xl/workbook.bin"):
			kind = "sheet.fault.old-excel"
		}
	}
	switch {
	case len(archive.File) > mostParts || unpacked > mostUnpacked:
		return register.Table{}, &register.Unreadable{Says: locale.T("sheet.fault.too-big", "limit", MostBytes>>20)}
	case kind != "":
		return register.Table{}, faultOf(kind, nil)
	}
	return readXLSX(name, content)
}

// readXLSX reads the sheet of a workbook whose headings are understood best.
func readXLSX(name string, content []byte) (best register.Table, err error) {
	defer func() {
		// The library has panicked on damaged workbooks before; whoever sent one gets a sentence, and the bot goes on.
		if r := recover(); r != nil {
			best, err = register.Table{}, faultOf("sheet.fault.damaged", nil)
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	switch {
	case errors.Is(err, excelize.ErrWorkbookFileFormat):
		return register.Table{}, faultOf("sheet.fault.damaged", err)
	case err != nil:
		return register.Table{}, faultOf("sheet.fault.damaged", err)
	}
	defer book.Close()
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		return register.Table{}, faultOf("sheet.fault.since-1904", nil)
	}
	most := -1
	sheets := book.GetSheetList()
	for _, sheet := range sheets[:min(len(sheets), mostSheets)] {
		rows, err := sheetRows(book, sheet)
		if err != nil {
			return register.Table{}, faultOf("sheet.fault.damaged", err)
		}
		t := register.NewTable(name, rows)
		if known := understood(t); known > most && (len(t.Rows) > 0 || most < 0) {
			best, most = t, known
		}
	}
	return best, nil
}

func sheetRows(book *excelize.File, sheet string) (out []register.Row, err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		var none excelize.ErrSheetNotExist // a sheet that is a chart
		if errors.As(err, &none) {
			return nil, nil
		}
		return nil, err
	}
	defer rows.Close()
	for number := 1; rows.Next() && len(out) <= register.MostRows+1; number++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		if len(cells) == 0 {
			continue
		}
		row := register.Row{Number: number, Cells: cells[:min(len(cells), register.MostColumns)]}
		for i, cell := range row.Cells {
			row.Cells[i] = rounded(shorten(cell))
		}
		out = append(out, row)
	}
	return out, rows.Error()
}

// precise is a number as a workbook stores it: with all that floating point adds, or with an exponent.
var precise = regexp.MustCompile(`^-?[0-9]+(\.[0-9]{4,}|(\.[0-9]+)?[eE][+-]?[0-9]{1,3})$`)

// rounded writes a stored number as people mean it, to the cent.
func rounded(cell string) string {
	if !precise.MatchString(cell) {
		return cell
	}
	value, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return cell
	}
	return strings.TrimSuffix(strconv.FormatFloat(value, 'f', 2, 64), ".00")
}
