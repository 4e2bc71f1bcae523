package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sdcbot/bot/locale"
	"sdcbot/config"
)

type backupCommand struct {
	File   string `arg:"" help:"operator.help.backup.file"`
	Config string `placeholder:"file" help:"operator.help.config-flag"`
}

// Run writes all that the database holds into one file, while serve goes on. A file that is there already is left alone: it may be the last
// good backup, or no backup at all.
func (k backupCommand) Run(c console) error {
	ctx := context.Background()
	if _, err := os.Lstat(k.File); !errors.Is(err, fs.ErrNotExist) {
		return failure{exitDisk, locale.T("operator.backup-exists", "file", k.File), err}
	}
	loaded, err := c.load(k.Config)
	if err != nil {
		return err
	}
	if file := filepath.Join(loaded.Data, config.DatabaseName); loaded.Database.IsZero() && !exists(file) {
		return failure{code: exitDatabase, says: locale.T("operator.nothing-to-back-up", "file", file)}
	}
	opened, err := openStore(ctx, loaded)
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }()
	if err := opened.Check(ctx); err != nil {
		return storeFailure(err)
	}
	if err := opened.Backup(ctx, k.File); err != nil {
		// A disk that is full or refuses is the file's; anything else is the database's.
		var onDisk *fs.PathError
		if errors.As(err, &onDisk) {
			return diskFailure(k.File, err)
		}
		return storeFailure(err)
	}
	c.say("operator.backed-up", "file", k.File)
	return nil
}
