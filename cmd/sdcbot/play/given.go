package play

import (
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"

	"sdcbot/bot/chat"
)

// fileText is what a reader finds in a file: its text, or the cells of a workbook, joined by tabs; of a picture, what it is said to show.
func fileText(f chat.File) string {
	switch {
	case strings.HasSuffix(strings.ToLower(f.Name), ".xlsx"):
		return workbookText(f.Content)
	case f.Alt != "":
		return f.Alt
	}
	return strings.TrimPrefix(string(f.Content), "\ufeff")
}

func workbookText(content []byte) string {
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		return "not a workbook: " + err.Error()
	}
	defer book.Close()
	var text strings.Builder
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			return "not a workbook: " + err.Error()
		}
		for _, row := range rows {
			text.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return text.String()
}
