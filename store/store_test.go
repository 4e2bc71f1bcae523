package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"sdcbot/bot/storage"
	"sdcbot/bot/storage/storagetest"
	"sdcbot/store"
	"sdcbot/store/throwaway/throwawaytest"
)

var postgres throwawaytest.Server

func TestMain(m *testing.M) {
	if dsn := os.Getenv(victim); dsn != "" {
		fmt.Fprintln(os.Stderr, write(dsn)) // it returns only what stopped it
		os.Exit(1)
	}
	os.Exit(postgres.Run(m))
}

// open connects and migrates; t closes.
func open(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSQLiteInMemory(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, "sqlite::memory:") })
}

func TestSQLiteInAFile(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, filepath.Join(t.TempDir(), "sdcbot.db")) })
}

func TestPostgreSQL(t *testing.T) {
	// One store, emptied for each test: to make a database costs more than most of the tests do.
	s := open(t, postgres.Database(t))
	storagetest.Run(t, func(t *testing.T) storage.Store {
		if err := store.Empty(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		return s
	})
}
