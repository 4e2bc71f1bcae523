package store

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"sdcbot/bot/calendar"
)

// instantLayout has a fixed width, so that on SQLite, where instants are text, the order of the text is that of time.
const instantLayout = "2006-01-02T15:04:05.000000Z"

// instant is a column of time: UTC, cut to the microsecond, which is what PostgreSQL keeps. The zero instant is NULL.
type instant struct{ time.Time }

// instantOf returns t as it will come back.
func instantOf(t time.Time) instant {
	if t.IsZero() {
		return instant{}
	}
	return instant{t.UTC().Truncate(time.Microsecond)}
}

// Value gives both databases the same text.
func (i instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.UTC().Truncate(time.Microsecond).Format(instantLayout), nil
}

// Scan reads the text of SQLite and the time of PostgreSQL.
func (i *instant) Scan(from any) error {
	switch from := from.(type) {
	case nil:
		*i = instant{}
	case time.Time:
		*i = instantOf(from)
	case string:
		t, err := time.Parse(time.RFC3339Nano, from)
		if err != nil {
			return err
		}
		*i = instantOf(t)
	default:
		return fmt.Errorf("no instant can be a %T", from)
	}
	return nil
}

// date is a column of days. The zero date is NULL.
type date calendar.Day

// Value gives both databases the same text.
func (d date) Value() (driver.Value, error) {
	if calendar.Day(d).IsZero() {
		return nil, nil
	}
	return calendar.Day(d).String(), nil
}

// Scan reads the text of SQLite and the midnight of PostgreSQL.
func (d *date) Scan(from any) error {
	switch from := from.(type) {
	case nil:
		*d = date{}
	case time.Time:
		*d = date(calendar.Of(from))
	case string:
		day, err := calendar.Parse(from)
		if err != nil {
			return err
		}
		*d = date(day)
	default:
		return fmt.Errorf("no day can be a %T", from)
	}
	return nil
}

// document is a column that holds a value whole, as JSON.
type document[T any] struct{ Content T }

// GormDataType keeps GORM from looking for columns inside the value.
func (document[T]) GormDataType() string { return "text" }

// Value writes the JSON, without NUL characters; the zero value, of which there is much, is NULL.
func (d document[T]) Value() (driver.Value, error) {
	if reflect.ValueOf(&d.Content).Elem().IsZero() {
		return nil, nil
	}
	written, err := json.Marshal(d.Content)
	if err != nil {
		return nil, err
	}
	return string(withoutNULEscapes(written)), nil
}

// Scan reads what Value wrote; NULL is the zero value.
func (d *document[T]) Scan(from any) error {
	*d = document[T]{}
	switch from := from.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(from), &d.Content)
	case []byte:
		return json.Unmarshal(from, &d.Content)
	}
	return fmt.Errorf("no JSON can be a %T", from)
}

// clean returns s as both databases can keep it: PostgreSQL refuses NUL characters and what is no UTF-8.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// withoutNULEscapes leaves the escaped NUL characters out of a JSON text, as clean does with plain ones. An escaped backslash that
// stands before the letters u0000 is no such escape, hence the walk.
func withoutNULEscapes(written []byte) []byte {
	nul := []byte(`\u0000`)
	if !bytes.Contains(written, nul) {
		return written
	}
	out := make([]byte, 0, len(written))
	for len(written) > 0 {
		switch {
		case bytes.HasPrefix(written, nul):
			written = written[len(nul):]
		case written[0] == '\\' && len(written) > 1:
			out = append(out, written[:2]...)
			written = written[2:]
		default:
			out = append(out, written[0])
			written = written[1:]
		}
	}
	return out
}
