package store_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/store"
)

// FuzzReadLines reads arbitrary text as an unpacked backup. It never panics; and what it takes for whole has the rows that it says.
func FuzzReadLines(f *testing.F) {
	s := open(f, "sqlite::memory:")
	remembered(f, s)
	_, content := backup(f, s)
	text := unpacked(f, content)
	lines := strings.SplitAfter(text, "\n")
	f.Add(text)
	f.Add(strings.Join(lines[:3], ""))
	f.Add(signed(`{"sdcbot":"backup","format":1,"schema":1,"rows":{}}`))
	f.Add(signed(`{"sdcbot":"backup","format":1,"schema":1}`))
	f.Add(signed(`{"sdcbot":"backup","format":1,"schema":1,"rows":{"pairs":1}}`, `{"table":"pairs","row":{"refused":1e3}}`))
	f.Add(signed(`{"sdcbot":"backup","format":1,"schema":1}`, `{"table":"pairs","row":null}`))
	f.Add(signed(`{"sdcbot":"backup","format":1,"schema":1,"rows":{"pairs":1}}`, `{"table":"pairs","row":{}}`, `{"table":"pairs","row":{}}`))
	f.Fuzz(func(t *testing.T, text string) {
		for _, text := range []string{text, signed(strings.Split(text, "\n")...)} { // with a check sum that fits, more is read
			got := map[string]int{}
			said, err := store.ReadLines(strings.NewReader(text), func(table string, row map[string]any) error {
				got[table]++
				for name, value := range row {
					switch value.(type) {
					case nil, string, int64:
					default:
						t.Errorf("%s.%s is a %T", table, name, value)
					}
				}
				return nil
			})
			if err != nil {
				continue
			}
			for table, rows := range said {
				if got[table] != rows {
					t.Errorf("%d rows of %s, it says %d", got[table], table, rows)
				}
			}
		}
	})
}

// TestEveryChangedByteIsNoticed flips each byte of a backup in turn. A flip that changes no row (gzip's own header has such bytes) may pass.
func TestEveryChangedByteIsNoticed(t *testing.T) {
	s := open(t, "sqlite::memory:")
	remembered(t, s)
	_, content := backup(t, s)
	rows := func(content []byte) (all string, err error) {
		var b strings.Builder
		err = store.ReadBackup(bytes.NewReader(content), func(table string, row map[string]any) error {
			text, err := json.Marshal(row)
			b.WriteString(table)
			b.Write(text)
			return err
		})
		return b.String(), err
	}
	want, err := rows(content)
	if err != nil {
		t.Fatal(err)
	}
	for i := range content {
		changed := bytes.Clone(content)
		changed[i] ^= 0x10
		if got, err := rows(changed); err == nil && got != want {
			t.Errorf("byte %d: %s", i, cmp.Diff(want, got))
		}
		if _, err := rows(content[:i]); err == nil {
			t.Errorf("cut after %d of %d bytes it is taken for whole", i, len(content))
		}
	}
}
