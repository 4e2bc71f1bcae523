package store

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"gorm.io/gorm"
)

// A backup is a gzip of lines of JSON, the same for both databases and, for the same memory, always the same bytes: a header, the rows
// of every table in order of their keys, and a trailer. Days are "2027-05-31", instants "2026-11-23T08:00:00.000000Z".

// header is the first line of a backup.
type header struct {
	Sdcbot string         `json:"sdcbot"` // "backup"
	Format int            `json:"format"` // of the file; 1
	Schema int64          `json:"schema"` // of the tables
	Rows   map[string]int `json:"rows"`   // how many follow, by table
}

// line is a row of a table.
type line struct {
	Table string         `json:"table"`
	Row   map[string]any `json:"row"` // by column: text, whole number or null
}

// trailer is the last line of a backup.
type trailer struct {
	SHA256 string `json:"sha256"` // of all that stands before, in hexadecimal
}

// backupFormat is the one that this program writes, and the newest that it reads.
const backupFormat = 1

// Backup writes everything, of all circles, into the file, as it stands at one instant; the bot goes on meanwhile. The file is there whole
// and on the disk, or not at all: what stood under its name before stays until then. It holds all that people have told the bot, so
// only its owner may read it.
func (s *Store) Backup(ctx context.Context, file string) error {
	have, want, err := s.Version(ctx)
	switch {
	case err != nil:
		return err
	case have == 0 || have > want:
		return s.Check(ctx)
	}
	unfinished, err := os.CreateTemp(filepath.Dir(file), ".sdcbot-backup-*")
	if err != nil {
		return place{shown: file}.explain(err)
	}
	defer os.Remove(unfinished.Name()) // once it bears its name, there is nothing to remove
	err = s.retry(ctx, func() error {
		if _, err := unfinished.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := unfinished.Truncate(0); err != nil {
			return err
		}
		return s.backup(ctx, have, unfinished)
	})
	err = errors.Join(err, unfinished.Sync(), unfinished.Close())
	if err == nil {
		err = os.Rename(unfinished.Name(), file)
	}
	if err != nil {
		return place{shown: file}.explain(err)
	}
	return syncFolder(filepath.Dir(file))
}

// syncFolder has the file's new name on the disk. Where folders cannot be synchronised the system does it in its own time.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	_ = folder.Sync()
	return folder.Close()
}

// backup writes a snapshot of the tables.
func (s *Store) backup(ctx context.Context, schema int64, to io.Writer) error {
	snapshot, err := s.readers.BeginTx(ctx, s.snapshot())
	if err != nil {
		return err
	}
	defer snapshot.Rollback()
	db := s.gorm.WithContext(ctx)
	db.Statement.ConnPool = snapshot

	head := header{Sdcbot: "backup", Format: backupFormat, Schema: schema, Rows: map[string]int{}}
	var present []table
	for _, table := range tables {
		if !db.Migrator().HasTable(table.name) {
			continue // an older schema had none
		}
		var rows int64
		if err := db.Table(table.name).Count(&rows).Error; err != nil {
			return err
		}
		present = append(present, table)
		head.Rows[table.name] = int(rows)
	}
	packed := gzip.NewWriter(to)
	w := &lineWriter{to: packed, sum: sha256.New()}
	w.write(head)
	for _, table := range present {
		if err := writeTable(db, table, w); err != nil {
			return err
		}
	}
	w.write(trailer{hex.EncodeToString(w.sum.Sum(nil))})
	return errors.Join(w.fault, packed.Close())
}

// lineWriter writes lines of JSON and sums them up, until something fails.
type lineWriter struct {
	to    io.Writer
	sum   hash.Hash
	fault error
}

func (w *lineWriter) write(v any) {
	if w.fault != nil {
		return
	}
	text, err := json.Marshal(v)
	if err != nil {
		w.fault = err
		return
	}
	text = append(text, '\n')
	w.sum.Write(text)
	_, w.fault = w.to.Write(text)
}

func writeTable(db *gorm.DB, of table, w *lineWriter) error {
	rows, err := db.Table(of.name).Order(of.order).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row := make(map[string]any, len(columns))
		for i, column := range columns {
			if row[column.Name()], err = portable(column, values[i]); err != nil {
				return fmt.Errorf("%s.%s: %w", of.name, column.Name(), err)
			}
		}
		w.write(line{of.name, row})
		if w.fault != nil {
			return w.fault
		}
	}
	return rows.Err()
}

// portable returns a value as a backup holds it, whichever database it comes from.
func portable(column *sql.ColumnType, value any) (any, error) {
	switch value := value.(type) {
	case nil, string, int64:
		return value, nil
	case []byte:
		return string(value), nil
	case time.Time:
		if column.DatabaseTypeName() == "DATE" {
			return value.Format(time.DateOnly), nil
		}
		return value.UTC().Format(instantLayout), nil
	}
	return nil, fmt.Errorf("a %T has no form in a backup", value)
}
