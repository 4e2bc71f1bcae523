package store

import (
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"time"

	"gorm.io/gorm/logger"
)

// Empty removes all rows.
func Empty(ctx context.Context, s *Store) error {
	for _, table := range tables {
		if err := Exec(ctx, s, "DELETE FROM "+table.name); err != nil {
			return err
		}
	}
	return nil
}

// Exec runs a statement on the connection that writes.
func Exec(ctx context.Context, s *Store, statement string) error {
	_, err := s.writer.ExecContext(ctx, statement)
	return err
}

// Migrations lists the files of a database's migrations.
func Migrations(database string) []string {
	files, _ := fs.Glob(migrations, "migrations/"+database+"/*.sql")
	for i := range files {
		files[i] = path.Base(files[i])
	}
	return slices.Sorted(slices.Values(files))
}

// ReadLines reads the unpacked text of a backup and returns how many rows it says that it has, by table.
func ReadLines(from io.Reader, each func(table string, row map[string]any) error) (map[string]int, error) {
	head, err := readLines(from, each)
	return head.Rows, err
}

// ReadBackup reads a backup.
func ReadBackup(from io.Reader, each func(table string, row map[string]any) error) error {
	_, err := readBackup(from, each)
	return err
}

// Watch hands on every statement that is run from now on, its values in it.
func Watch(s *Store, see func(statement string)) { s.gorm.Logger = watcher{logger.Discard, see} }

type watcher struct {
	logger.Interface
	see func(string)
}

func (w watcher) Trace(_ context.Context, _ time.Time, said func() (string, int64), _ error) {
	statement, _ := said()
	w.see(statement)
}

// Plan says how SQLite runs a statement.
func Plan(ctx context.Context, s *Store, statement string) (plan string, err error) {
	rows, err := s.readers.QueryContext(ctx, "EXPLAIN QUERY PLAN "+statement)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return "", err
		}
		plan += detail + "\n"
	}
	return plan, rows.Err()
}
