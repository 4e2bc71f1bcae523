package store

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"gorm.io/gorm"
)

// Restore fills the empty database at dsn from a backup, whichever kind of database that came from, and migrates it to the schema of this
// program. It refuses a database that holds anything (ErrNotEmpty), a SQLite file on which the bot runs (ErrInUse), a
// backup of a newer program (ErrAhead), and one that is cut short, changed or no backup at all (ErrBackup), of which it then restores nothing.
func Restore(ctx context.Context, dsn, file string) error {
	from, err := os.Open(file)
	if err != nil {
		return place{shown: file}.explain(err)
	}
	defer from.Close()
	// Once through to know that it is whole, before anything is touched.
	head, err := readBackup(from, func(string, map[string]any) error { return ctx.Err() })
	if err != nil {
		return unusable(file, err)
	}
	s, err := Open(ctx, dsn)
	if err != nil {
		return err
	}
	return errors.Join(s.restore(ctx, head.Schema, from), s.Close())
}

// unusable says why a backup is refused.
func unusable(file string, err error) error {
	var known *Fault
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if errors.Is(err, errNewer) {
		return &Fault{Kind: ErrAhead, Place: file, Cause: err}
	}
	return &Fault{Kind: ErrBackup, Place: file, Cause: err}
}

func (s *Store) restore(ctx context.Context, schema int64, from *os.File) error {
	if err := s.Lock(); err != nil {
		return err
	}
	have, want, err := s.Version(ctx)
	if err != nil {
		return err
	}
	if have > want {
		return s.Check(ctx)
	}
	if have > 0 {
		if err := s.mustBeEmpty(ctx); err != nil {
			return err
		}
	}
	// The rows go into the tables that they came from; the migrations that follow make of them what this program wants.
	if err := s.migrateTo(ctx, schema); err != nil {
		return err
	}
	if err := s.load(ctx, from); err != nil {
		return s.explain(stopped(ctx, err))
	}
	return s.Migrate(ctx)
}

func (s *Store) mustBeEmpty(ctx context.Context) error {
	db := s.gorm.WithContext(ctx)
	for _, table := range tables {
		if !db.Migrator().HasTable(table.name) {
			continue
		}
		var rows int64
		if err := db.Table(table.name).Count(&rows).Error; err != nil {
			return s.explain(stopped(ctx, err))
		}
		if rows > 0 {
			return &Fault{Kind: ErrNotEmpty, Place: s.shown, Cause: fmt.Errorf("%d rows in %s", rows, table.name)}
		}
	}
	return nil
}

// rowsAtOnce are written by one statement.
const rowsAtOnce = 100

// load writes all rows of the backup in one transaction.
func (s *Store) load(ctx context.Context, from *os.File) error {
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	begun, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer begun.Rollback() // after the commit it does nothing
	db := s.gorm.WithContext(ctx)
	db.Statement.ConnPool = begun

	batch := loading{db: db, columns: map[string][]string{}}
	_, err = readBackup(from, batch.add)
	if err == nil {
		err = batch.write()
	}
	if err = s.explain(stopped(ctx, err)); err != nil {
		return unusable(from.Name(), err)
	}
	return begun.Commit()
}

// loading gathers the rows of one table after the other.
type loading struct {
	db      *gorm.DB
	columns map[string][]string // of the tables as they are
	table   string
	rows    []map[string]any
}

func (l *loading) add(table string, row map[string]any) error {
	if table != l.table || len(l.rows) == rowsAtOnce {
		if err := l.write(); err != nil {
			return err
		}
		l.table = table
	}
	columns, err := l.columnsOf(table)
	if err != nil {
		return err
	}
	// The names stand in SQL: none but those of the table may get there.
	if named := slices.Sorted(maps.Keys(row)); !slices.Equal(named, columns) {
		return fmt.Errorf("a row of %s has not the columns of that table", table)
	}
	l.rows = append(l.rows, row)
	return nil
}

func (l *loading) columnsOf(table string) ([]string, error) {
	if known, ok := l.columns[table]; ok {
		return known, nil
	}
	rows, err := l.db.Table(table).Limit(0).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	slices.Sort(columns)
	l.columns[table] = columns
	return columns, errors.Join(err, rows.Err())
}

func (l *loading) write() error {
	if len(l.rows) == 0 {
		return nil
	}
	err := l.db.Table(l.table).Create(l.rows).Error
	l.rows = nil
	return err
}

// longestLine of a backup, in bytes: an event with the files that somebody sent is the longest there is.
const longestLine = 128 << 20

// What can be wrong with a backup, beside its JSON.
var (
	errNoBackup = errors.New("it does not begin like a backup of sdcbot")
	errNewer    = errors.New("it was made by a newer sdcbot")
	errCut      = errors.New("it is cut short")
	errChanged  = errors.New("it was changed: its check sum differs")
)

// readBackup reads a backup to its end and hands each row on, its numbers as int64. What it has handed on is right only if it returns no error.
func readBackup(from io.Reader, each func(table string, row map[string]any) error) (header, error) {
	packed, err := gzip.NewReader(bufio.NewReader(from))
	if err != nil {
		return header{}, errNoBackup
	}
	return readLines(packed, each)
}

// readLines reads what was packed.
func readLines(from io.Reader, each func(table string, row map[string]any) error) (header, error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, longestLine)
	sum := sha256.New()
	var head header
	if !lines.Scan() || json.Unmarshal(lines.Bytes(), &head) != nil || head.Sdcbot != "backup" {
		return header{}, errNoBackup
	}
	if head.Format > backupFormat || head.Schema > newest {
		return head, errNewer
	}
	if head.Format < 1 || head.Schema < 1 {
		return head, errNoBackup
	}
	left := map[string]int{}
	maps.Copy(left, head.Rows)
	for {
		sum.Write(lines.Bytes())
		sum.Write([]byte{'\n'})
		if !lines.Scan() {
			return head, cmp.Or(lines.Err(), errCut)
		}
		var next struct {
			line
			trailer
		}
		decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		decoder.UseNumber()
		if err := decoder.Decode(&next); err != nil {
			return head, err
		}
		if next.SHA256 != "" {
			if next.SHA256 != hex.EncodeToString(sum.Sum(nil)) || lines.Scan() {
				return head, errChanged
			}
			break
		}
		if !slices.ContainsFunc(tables, func(t table) bool { return t.name == next.Table }) {
			return head, fmt.Errorf("there is no table %q", next.Table)
		}
		left[next.Table]--
		if err := plain(next.Row); err != nil {
			return head, err
		}
		if err := each(next.Table, next.Row); err != nil {
			return head, err
		}
	}
	for name, rows := range left {
		if rows != 0 {
			return head, fmt.Errorf("%d rows of %s are missing", rows, name)
		}
	}
	return head, lines.Err()
}

// plain makes a row's numbers int64, and refuses what no column holds.
func plain(row map[string]any) error {
	for name, value := range row {
		switch value := value.(type) {
		case nil, string:
		case json.Number:
			whole, err := value.Int64()
			if err != nil {
				return err
			}
			row[name] = whole
		default:
			return fmt.Errorf("no column %s holds a %T", name, value)
		}
	}
	return nil
}
