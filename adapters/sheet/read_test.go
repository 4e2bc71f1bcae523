package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sdcbot/adapters/sheet"
	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
	"sdcbot/bot/register"
)

var update = flag.Bool("update", false, "write the golden files anew")

var today = calendar.On(2026, 11, 23)

// TestFiles reads every file of testdata and says what was understood of it, row by row.
func TestFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") || strings.HasPrefix(filepath.Base(file), "export.") {
			continue
		}
		seen++
		t.Run(filepath.Base(file), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			table, err := sheet.Read(filepath.Base(file), content)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, file+".golden", []byte(told(t, table)))
		})
	}
	if seen < 9 {
		t.Errorf("only %d files were read", seen)
	}
}

// told writes what becomes of a table: its columns, what each row says, and what the import would do.
func told(t *testing.T, table register.Table) string {
	t.Helper()
	var b strings.Builder
	m := register.Recognise(table)
	if m.Source != "" {
		fmt.Fprintf(&b, "source %s\n", m.Source)
	}
	for _, c := range m.Columns {
		field := c.Field
		if field == "" {
			field = "(left)"
		}
		fmt.Fprintf(&b, "%s = %s\n", c.Heading, field)
	}
	p, fault := register.NewPlan(table, m, register.Known{On: today})
	if !fault.IsZero() {
		t.Fatal(fault.In(locale.French))
	}
	for _, v := range p.Verdicts {
		fmt.Fprintf(&b, "\n%s\n", v.Line().In(locale.French))
		if !v.Writes() {
			continue
		}
		written := register.ForPrograms([]register.Contract{v.Contract})
		for i, f := range written.Fields {
			if cell := written.Rows[0].Cells[i]; cell != "" && f != register.Kind {
				fmt.Fprintf(&b, "  %s: %s\n", f, strings.ReplaceAll(cell, "\n", "\\n"))
			}
		}
	}
	b.WriteString("\n")
	for _, line := range p.Summary() {
		b.WriteString(line.In(locale.French) + "\n")
	}
	return strings.ReplaceAll(b.String(), "\u00a0", " ")
}

// golden compares with a file, or writes it anew.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is otherwise:\n%s", file, got)
	}
}

// workbook makes an XLSX of one sheet of cells.
func workbook(t *testing.T, change func(*excelize.File), rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(book)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbook(t *testing.T) {
	content := workbook(t, func(book *excelize.File) {
		book.NewSheet("Lisez-moi")
		book.SetCellStr("Lisez-moi", "A1", "Ce classeur contient nos contrats")
		book.MoveSheet("Lisez-moi", "Sheet1")
		book.SetCellFormula("Sheet1", "E4", "E3*12")
		book.SetCellValue("Sheet1", "E4", 812.3333333333334)
	},
		[]any{"Contrats de l'Office A"}, nil,
		[]any{"Objet", "Fournisseur", "Échéance", "Préavis (mois)", "Montant annuel"},
		[]any{"Location de copieurs", "Alpha", today.At(0, 0, time.UTC), 3, 24000.5},
		[]any{"Antivirus", "=1+1", "31/12/2027", "", 1e5},
	)
	table, err := sheet.Read("contrats.xlsx", content)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range table.Rows {
		got = append(got, fmt.Sprint(row.Number, row.Cells))
	}
	if want := "[4 [Location de copieurs Alpha 46349 3 812.33] 5 [Antivirus =1+1 31/12/2027  100000]]"; fmt.Sprint(got) != want {
		t.Errorf("%s, want %s", got, want)
	}
	p, _ := register.NewPlan(table, register.Recognise(table), register.Known{On: today})
	if c := p.Verdicts[0].Contract; c.Terms.End != today || c.Amount.Cents != 812_33 {
		t.Errorf("%+v", c)
	}
}

// What is no sheet gets one sentence that says what to do.
func TestFaults(t *testing.T) {
	locked := func() []byte {
		book := excelize.NewFile()
		defer book.Close()
		var b bytes.Buffer
		if err := book.Write(&b, excelize.Options{Password: "secret"}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	archive := func(parts ...string) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, name := range parts {
			part, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			part.Write([]byte("<x/>"))
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	old := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"...)
	since1904 := workbook(t, func(book *excelize.File) {
		yes := true
		book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
	}, []any{"Objet"}, []any{"X"})
	valid := workbook(t, nil, []any{"Objet"}, []any{"X"})
	for _, tt := range []struct {
		why     string
		content []byte
		key     string
	}{
		{"nothing", nil, "sheet.fault.empty"},
		{"white space", []byte("\xef\xbb\xbf \r\n\n"), "sheet.fault.empty"},
		{"a PDF", []byte("%PDF-1.7\n…"), "sheet.fault.pdf"},
		{"a locked workbook", locked(), "sheet.fault.password"},
		{"an old workbook", old, "sheet.fault.old-excel"},
		{"another file of old Office", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rien"), "sheet.fault.not-a-sheet"},
		{"OpenDocument", archive("mimetype", "content.xml"), "sheet.fault.open-document"},
		{"a text of Word", archive("word/document.xml"), "sheet.fault.not-a-sheet"},
		{"a workbook in name only", archive("xl/workbook.xml"), "sheet.fault.damaged"},
		{"a workbook cut short", valid[:len(valid)/2], "sheet.fault.damaged"},
		{"an archive of too many parts", archive(make([]string, 2001)...), "sheet.fault.too-big"},
		{"dates since 1904", since1904, "sheet.fault.since-1904"},
		{"a picture", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "sheet.fault.not-a-sheet"},
		{"a web page", []byte("<!DOCTYPE html><html></html>"), "sheet.fault.not-a-sheet"},
		{"broken JSON", []byte(`[{"object": "X"`), "sheet.fault.json"},
		{"JSON of something else", []byte(`{"name": "x", "items": 3}`), "sheet.fault.json"},
		{"a quotation mark that is never closed", []byte("Objet;Échéance\nX;\"" + strings.Repeat("a;b\n", 100_000)), "sheet.fault.quote"},
		{"headings alone", []byte("Objet;Échéance\n"), "register.table.empty"},
		{"too many rows", []byte("Objet\n" + strings.Repeat("Copieurs\n", register.MostRows+1)), "register.table.too-long"},
		{"too many bytes", bytes.Repeat([]byte("Objet;Échéance\n"), sheet.MostBytes/14), "sheet.fault.too-big"},
	} {
		_, err := sheet.Read("x", tt.content)
		var fault *register.Unreadable
		if !errors.As(err, &fault) || fault.Says.Key != tt.key {
			t.Errorf("%s: %v, want %s", tt.why, err, tt.key)
			continue
		}
		for _, lang := range locale.Languages {
			if said := fault.Says.In(lang); strings.Contains(said, "⟨") || said == "" {
				t.Errorf("%s in %s: %q", tt.why, lang, said)
			}
		}
	}
}

// A small archive that swells beyond what a workbook of contracts may hold is not unpacked, even if it lies about its size.
func TestBomb(t *testing.T) {
	swollen := func(lie bool) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml"} {
			part, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if name == "xl/sharedStrings.xml" {
				zeros := make([]byte, 1<<20)
				for range 80 {
					part.Write(zeros)
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		content := b.Bytes()
		if lie { // the size in the directory: 80 MiB, little-endian
			content = bytes.ReplaceAll(content, []byte{0, 0, 0, 5}, []byte{1, 0, 0, 0})
		}
		return content
	}
	for _, lie := range []bool{false, true} {
		content := swollen(lie)
		if len(content) > 1<<20 {
			t.Fatalf("%d bytes are no bomb", len(content))
		}
		if _, err := sheet.Read("bombe.xlsx", content); err == nil {
			t.Errorf("lie %v: it was unpacked", lie)
		}
	}
}

func fuzz(f *testing.F, seeds [][]byte) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		table, err := sheet.Read("x", content)
		var fault *register.Unreadable
		if err != nil {
			if !errors.As(err, &fault) || fault.Says.IsZero() {
				t.Fatalf("an error without a sentence: %v", err)
			}
			return
		}
		if len(table.Rows) == 0 || len(table.Rows) > register.MostRows || len(table.Columns) > register.MostColumns {
			t.Fatalf("%d rows of %d columns", len(table.Rows), len(table.Columns))
		}
		last := 0
		for _, row := range table.Rows {
			if row.Number <= last || len(row.Cells) > register.MostColumns {
				t.Fatalf("row %d after row %d, %d cells", row.Number, last, len(row.Cells))
			}
			last = row.Number
		}
		table.Rows = table.Rows[:min(len(table.Rows), 20)]
		register.NewPlan(table, register.Recognise(table), register.Known{On: today})
	})
}

func seeds(f *testing.F, pattern string) (all [][]byte) {
	files, err := filepath.Glob("testdata/" + pattern)
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, content)
	}
	return all
}

func FuzzReadCSV(f *testing.F) {
	fuzz(f, append(seeds(f, "*.csv"), seeds(f, "*.txt")...))
}

func FuzzReadJSON(f *testing.F) { fuzz(f, seeds(f, "*.json")) }

func FuzzReadXLSX(f *testing.F) {
	content, err := sheet.Write(sheet.XLSX, contracts(), locale.French)
	if err != nil {
		f.Fatal(err)
	}
	fuzz(f, [][]byte{content, content[:len(content)/2]})
}
