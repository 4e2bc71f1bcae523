package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// migrations are numbered SQL files, one folder a database; both hold the same numbers.
//
//go:embed migrations
var migrations embed.FS

// versions is goose's table of the migrations that a database has seen.
const versions = "schema_versions"

// newest is the schema of this program.
var newest = func() int64 {
	names, err := fs.Glob(migrations, "migrations/sqlite/*.sql")
	if err != nil || len(names) == 0 {
		panic("store: no migrations")
	}
	number, _, _ := strings.Cut(path.Base(names[len(names)-1]), "_")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}()

// Version returns the schema of the database, 0 when it has none yet, and that of the program.
func (s *Store) Version(ctx context.Context) (have, want int64, err error) {
	err = s.retry(ctx, func() error {
		db := s.gorm.WithContext(ctx)
		db.Statement.ConnPool = s.readers
		if !db.Migrator().HasTable(versions) {
			have = 0
			// HasTable hides its error: whether the database answers at all is asked again, with it.
			return db.Exec("SELECT 1").Error
		}
		return db.Raw("SELECT COALESCE(MAX(version_id), 0) FROM " + versions).Scan(&have).Error
	})
	return have, newest, err
}

// Check tells whether the database answers and its schema is the program's: ErrBehind, ErrAhead.
func (s *Store) Check(ctx context.Context) error {
	have, want, err := s.Version(ctx)
	switch {
	case err != nil:
		return err
	case have < want:
		return &Fault{Kind: ErrBehind, Place: s.shown, Cause: fmt.Errorf("it has %d, this program %d", have, want)}
	case have > want:
		return &Fault{Kind: ErrAhead, Place: s.shown, Cause: fmt.Errorf("it has %d, this program %d", have, want)}
	}
	return nil
}

// Migrate brings the schema up to the program's, alone: other programs that migrate wait on PostgreSQL, and are refused on SQLite
// (ErrInUse). Each migration is applied whole or not at all. A schema that is newer is left alone: ErrAhead.
func (s *Store) Migrate(ctx context.Context) error {
	err := s.Check(ctx)
	if !errors.Is(err, ErrBehind) {
		return err
	}
	return s.migrateTo(ctx, newest)
}

// migrateTo brings the schema to that version, up or down.
func (s *Store) migrateTo(ctx context.Context, version int64) error {
	if s.lock == nil {
		if err := s.Lock(); err != nil {
			return err
		}
		defer s.unlock()
	}
	options := []goose.ProviderOption{goose.WithTableName(versions), goose.WithDisableGlobalRegistry(true)}
	dialect, folder := goose.DialectSQLite3, "migrations/sqlite"
	if s.postgres() {
		dialect, folder = goose.DialectPostgres, "migrations/postgres"
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	files, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, s.writer, files, options...)
	if err != nil {
		return err
	}
	have, _, err := s.Version(ctx)
	if err != nil {
		return err
	}
	if have > version {
		_, err = provider.DownTo(ctx, version)
	} else {
		_, err = provider.UpTo(ctx, version)
	}
	return s.explain(stopped(ctx, err))
}
