package main

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"sdcbot/bot/locale"
	"sdcbot/store"
)

type restoreCommand struct {
	File   string `arg:"" help:"operator.help.restore.file"`
	Config string `placeholder:"file" help:"operator.help.config-flag"`
}

// Run fills an empty database from a backup, whichever of the two databases it was taken from. All of it is there afterwards, or nothing.
func (k restoreCommand) Run(c console) error {
	if _, err := os.Stat(k.File); errors.Is(err, fs.ErrNotExist) {
		return failure{exitDisk, locale.T("operator.no-backup", "file", k.File), err}
	}
	loaded, err := c.load(k.Config)
	if err != nil {
		return err
	}
	if err := prepareFolder(loaded); err != nil {
		return err
	}
	if err := store.Restore(context.Background(), databaseOf(loaded), k.File); err != nil {
		return storeFailure(err)
	}
	c.say("operator.restored", "file", k.File)
	return nil
}
