package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/libtnb/sqlite"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"sdcbot/bot/storage"
)

// Store is the memory on one database. It is a storage.Store.
type Store struct {
	place
	gorm    *gorm.DB // statements only: its connection is set for each transaction
	writer  *sql.DB
	readers *sql.DB   // the same as writer when there is one connection for both
	keeper  *sql.Conn // keeps a database in memory alive
	lock    *os.File  // see Lock
}

var _ storage.Store = (*Store)(nil)

// readersAtOnce is how many Views run at the same time; the next one waits. Each SQLite connection holds up to 2 MB of pages.
const readersAtOnce = 4

// Open connects to the database at dsn: "postgres://user:password@host/name", "sqlite:///path/file.db" or the plain path of a SQLite
// file, made if there is none, or "sqlite::memory:", an empty database of its own that Close forgets. It neither
// migrates (Migrate) nor keeps others away (Lock). What the operator can mend is returned as a *Fault.
func Open(ctx context.Context, dsn string) (*Store, error) {
	at, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	s := &Store{place: at}
	if s.postgres() {
		err = s.openPostgres(ctx)
	} else {
		err = s.openSQLite(ctx)
	}
	if err != nil {
		return nil, errors.Join(at.explain(stopped(ctx, err)), s.Close())
	}
	return s, nil
}

func (s *Store) openSQLite(ctx context.Context) error {
	memory := memories.Add(1)
	address, err := s.sqlite(memory, true)
	if err != nil {
		return err
	}
	if s.writer, err = sql.Open(sqlite.DriverName, address); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if s.file == "" {
		s.writer.SetMaxOpenConns(2)
		if s.keeper, err = s.writer.Conn(ctx); err != nil {
			return err
		}
		s.readers = s.writer
	} else {
		// The first connection turns the file to write-ahead logging, for which another program may be in the way.
		if err := s.retry(ctx, func() error { return s.writer.PingContext(ctx) }); err != nil {
			return err
		}
		if address, err = s.sqlite(memory, false); err != nil {
			return err
		}
		if s.readers, err = sql.Open(sqlite.DriverName, address); err != nil {
			return err
		}
		s.readers.SetMaxOpenConns(readersAtOnce)
		s.readers.SetMaxIdleConns(readersAtOnce)
	}
	return s.openGORM(sqlite.New(sqlite.Config{Conn: s.writer}))
}

func (s *Store) openPostgres(ctx context.Context) error {
	config := s.server
	config.RuntimeParams["timezone"] = "UTC"
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "sdcbot"
	}
	// Two pools, so that Updates that wait for each other keep no View waiting.
	s.writer, s.readers = stdlib.OpenDB(*config), stdlib.OpenDB(*config)
	for _, pool := range []*sql.DB{s.writer, s.readers} {
		pool.SetMaxOpenConns(readersAtOnce)
		pool.SetMaxIdleConns(readersAtOnce)
		pool.SetConnMaxIdleTime(5 * time.Minute) // before a firewall forgets them
	}
	var encoding string
	if err := s.writer.QueryRowContext(ctx, "SHOW server_encoding").Scan(&encoding); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return &Fault{Kind: ErrEncoding, Place: s.shown, Cause: errors.New("server_encoding is " + encoding)}
	}
	return s.openGORM(postgres.New(postgres.Config{Conn: s.writer}))
}

func (s *Store) openGORM(dialect gorm.Dialector) (err error) {
	s.gorm, err = gorm.Open(dialect, &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard, // errors are returned, and said once, above
	})
	return err
}

// Close gives the connections and the lock back. Closed again, nothing happens.
func (s *Store) Close() error {
	var faults []error
	if s.keeper != nil {
		faults = append(faults, s.keeper.Close())
		s.keeper = nil
	}
	if s.readers != nil && s.readers != s.writer {
		faults = append(faults, s.readers.Close())
	}
	if s.writer != nil {
		faults = append(faults, s.writer.Close())
	}
	return errors.Join(append(faults, s.unlock())...)
}
