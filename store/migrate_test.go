package store_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"sdcbot/bot/storage"
	"sdcbot/store"
)

func TestBehindThenMigratedThenAhead(t *testing.T) {
	for name, dsn := range map[string]func(*testing.T) string{
		"memory":     func(*testing.T) string { return "sqlite::memory:" },
		"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "sdcbot.db") },
		"PostgreSQL": func(t *testing.T) string { return postgres.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), dsn(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			for what, err := range map[string]error{
				"Check": s.Check(t.Context()),
				"View":  s.View(t.Context(), "rives", func(tx storage.Tx) error { _, err := tx.Proposals().All(); return err }),
			} {
				if !errors.Is(err, store.ErrBehind) {
					t.Errorf("%s of an empty database: %v", what, err)
				}
				oneLine(t, err)
			}
			for range 2 { // the second time there is nothing to do
				if err := s.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			have, want, err := s.Version(t.Context())
			if err != nil || have != want || want < 1 {
				t.Errorf("version %d of %d, %v", have, want, err)
			}
			if err := store.Exec(t.Context(), s, "INSERT INTO schema_versions (version_id, is_applied) VALUES (99, true)"); err != nil {
				t.Fatal(err)
			}
			for what, err := range map[string]error{"Check": s.Check(t.Context()), "Migrate": s.Migrate(t.Context())} {
				if !errors.Is(err, store.ErrAhead) {
					t.Errorf("%s of a newer database: %v", what, err)
				}
				oneLine(t, err)
			}
		})
	}
}

// TestAllMigrateAtOnce starts several replicas on an empty PostgreSQL database.
func TestAllMigrateAtOnce(t *testing.T) {
	dsn := postgres.Database(t)
	start := make(chan bool)
	var ended sync.WaitGroup
	for range 4 {
		ended.Go(func() {
			s, err := store.Open(t.Context(), dsn)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			<-start
			if err := errors.Join(s.Migrate(t.Context()), s.Check(t.Context())); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	ended.Wait()
}

func TestBothDatabasesHaveTheSameMigrations(t *testing.T) {
	sqlite, postgres := store.Migrations("sqlite"), store.Migrations("postgres")
	if len(sqlite) == 0 || len(sqlite) != len(postgres) {
		t.Fatalf("%q and %q", sqlite, postgres)
	}
	for i := range sqlite {
		if sqlite[i] != postgres[i] {
			t.Errorf("%q and %q", sqlite[i], postgres[i])
		}
	}
}
