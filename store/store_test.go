package store_test

import (
	"path/filepath"
	"testing"

	"sdcbot/bot/storage"
	"sdcbot/bot/storage/storagetest"
	"sdcbot/store"
)

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
