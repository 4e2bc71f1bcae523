package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"sdcbot/bot/locale"
	"sdcbot/config"
	"sdcbot/store"
)

// folderMode keeps what organisations told the bot from other users of the machine.
const folderMode = 0o700

// databaseOf returns the address of the configured database. Without one it is a file in the data folder.
func databaseOf(loaded *config.Config) string {
	if !loaded.Database.IsZero() {
		return loaded.Database.Reveal()
	}
	return filepath.Join(loaded.Data, config.DatabaseName)
}

// prepareFolder makes the data folder where the database goes into it.
func prepareFolder(loaded *config.Config) error {
	if !loaded.Database.IsZero() {
		return nil
	}
	if err := os.MkdirAll(loaded.Data, folderMode); err != nil {
		return diskFailure(loaded.Data, err)
	}
	return nil
}

// openStore opens the configured database, without migrating it.
func openStore(ctx context.Context, loaded *config.Config) (*store.Store, error) {
	if err := prepareFolder(loaded); err != nil {
		return nil, err
	}
	opened, err := store.Open(ctx, databaseOf(loaded))
	if err != nil {
		return nil, storeFailure(err)
	}
	return opened, nil
}

// openToRead opens the configured database as it is: none is made, and an old schema is left alone. Where there is none yet, an empty one in memory
// stands for it.
func openToRead(ctx context.Context, loaded *config.Config) (*store.Store, error) {
	address, none := databaseOf(loaded), loaded.Database.IsZero() && !exists(filepath.Join(loaded.Data, config.DatabaseName))
	if none {
		address = "sqlite::memory:"
	}
	opened, err := store.Open(ctx, address)
	if err != nil {
		return nil, storeFailure(err)
	}
	prepare := opened.Check
	if none {
		prepare = opened.Migrate
	}
	if err := prepare(ctx); err != nil {
		return nil, errors.Join(storeFailure(err), opened.Close())
	}
	return opened, nil
}

// databaseSentences are the sentences for the kinds of fault that the operator can mend, and their exit codes. store has its own words for
// them, in English alone, for its log.
var databaseSentences = map[*store.Kind]struct {
	key  string
	code int
}{
	store.ErrAddress:     {"operator.database.address", exitDatabase},
	store.ErrCannotOpen:  {"operator.database.cannot-open", exitDatabase},
	store.ErrReadOnly:    {"operator.database.read-only", exitDatabase},
	store.ErrDiskFull:    {"operator.database.disk-full", exitDisk},
	store.ErrDisk:        {"operator.database.disk", exitDisk},
	store.ErrBusy:        {"operator.database.busy", exitBusy},
	store.ErrInUse:       {"operator.database.in-use", exitBusy},
	store.ErrDamaged:     {"operator.database.damaged", exitDatabase},
	store.ErrBehind:      {"operator.database.behind", exitDatabase},
	store.ErrAhead:       {"operator.database.ahead", exitDatabase},
	store.ErrPassword:    {"operator.database.password", exitDatabase},
	store.ErrRights:      {"operator.database.rights", exitDatabase},
	store.ErrNoDatabase:  {"operator.database.no-database", exitDatabase},
	store.ErrEncoding:    {"operator.database.encoding", exitDatabase},
	store.ErrUnreachable: {"operator.database.unreachable", exitDatabase},
	store.ErrConnections: {"operator.database.connections", exitDatabase},
	store.ErrNotEmpty:    {"operator.database.not-empty", exitDatabase},
	store.ErrBackup:      {"operator.database.backup", exitDatabase},
}

// storeFailure turns what the store says into a sentence for the operator.
func storeFailure(err error) error {
	if err == nil {
		return nil
	}
	var fault *store.Fault
	if errors.As(err, &fault) {
		if sentence, ok := databaseSentences[fault.Kind]; ok {
			return failure{sentence.code, locale.T(sentence.key, "place", fault.Place), err}
		}
	}
	return failure{exitDatabase, locale.T("operator.database.other", "cause", err.Error()), err}
}
