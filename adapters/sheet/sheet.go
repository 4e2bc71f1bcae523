// Package sheet turns the bytes of a file into a table of contracts and contracts into the bytes of a file: CSV however French tools write it,
// XLSX, GLPI's list of contracts, the open data of public procurement (DECP), and JSON. It knows file formats and their traps (encodings, separators,
// archives that swell, cells that a spreadsheet would run), and nothing of contracts: which column is which field, and what a row means, is the
// business of bot/register. It opens no file and asks no network.
package sheet

import (
	"bytes"
	"unicode/utf8"

	"sdcbot/bot/locale"
	"sdcbot/bot/register"
)

// MostBytes is the largest file that is read. Ten thousand contracts take two or three megabytes.
const MostBytes = 20 << 20

func faultOf(key string, cause error) error {
	return &register.Unreadable{Says: locale.T(key), Cause: cause}
}

// Read makes a table of a file, by what it holds rather than by its name. Errors are *register.Unreadable.
func Read(name string, content []byte) (register.Table, error) {
	t, err := decode(name, content)
	if err != nil {
		return register.Table{}, err
	}
	if fault := t.Fault(); !fault.IsZero() {
		return register.Table{}, &register.Unreadable{Says: fault}
	}
	return t, nil
}

func decode(name string, content []byte) (register.Table, error) {
	switch head := bytes.TrimLeft(bytes.TrimPrefix(content, utf8BOM), " \t\r\n"); {
	case len(content) > MostBytes:
		return register.Table{}, &register.Unreadable{Says: locale.T("sheet.fault.too-big", "limit", MostBytes>>20)}
	case len(head) == 0:
		return register.Table{}, faultOf("sheet.fault.empty", nil)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return readArchive(name, content)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return register.Table{}, oldOffice(content)
	case bytes.HasPrefix(content, []byte("%PDF")):
		return register.Table{}, faultOf("sheet.fault.pdf", nil)
	case head[0] == '{' || head[0] == '[':
		return readJSON(name, head)
	case bytes.HasPrefix(head, []byte("<")):
		return register.Table{}, faultOf("sheet.fault.not-a-sheet", nil) // HTML or XML
	}
	text, ok := decodeText(content)
	if !ok {
		return register.Table{}, faultOf("sheet.fault.not-a-sheet", nil)
	}
	return readCSV(name, text)
}

// oldOffice tells the two kinds of file apart that share one envelope: a workbook of before 2007, and one that a password locks.
func oldOffice(content []byte) error {
	if bytes.Contains(content, utf16Name("EncryptedPackage")) {
		return faultOf("sheet.fault.password", nil)
	}
	if bytes.Contains(content, utf16Name("Workbook")) || bytes.Contains(content, utf16Name("Book")) {
		return faultOf("sheet.fault.old-excel", nil)
	}
	return faultOf("sheet.fault.not-a-sheet", nil)
}

// utf16Name is a name as the directory of such a file spells it.
func utf16Name(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), 0)
	}
	return b
}

// shorten bounds a cell, so that whatever stands in it costs little from here on.
func shorten(cell string) string {
	const most = 4 * register.LongestCell
	if len(cell) <= most {
		return cell
	}
	end := most
	for !utf8.RuneStart(cell[end]) {
		end--
	}
	return cell[:end]
}
