package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/usecase"
	"sdcbot/config"
)

type exportCommand struct {
	File   string `arg:"" optional:"" help:"operator.help.export.file"`
	Format string `placeholder:"csv|xlsx|json" help:"operator.help.export.format"`
	For    string `placeholder:"organisation" help:"operator.help.for"`
	Force  bool   `help:"operator.help.export.force"`
	Config string `placeholder:"file" help:"operator.help.config-flag"`
}

// Run writes an organisation's contracts into a file, as the bot gives them in private. Imported again, the file changes nothing.
func (k exportCommand) Run(c console) error {
	ctx, piped := context.Background(), k.File == "" || k.File == "-"
	if _, err := os.Lstat(k.File); !piped && !k.Force && !errors.Is(err, fs.ErrNotExist) {
		return failure{exitDisk, locale.T("operator.export.exists", "file", k.File), err}
	}
	form := cmp.Or(k.Format, strings.TrimPrefix(filepath.Ext(k.File), "."))
	if piped {
		form = k.Format
	}
	loaded, err := c.load(k.Config)
	if err != nil {
		return err
	}
	if file := filepath.Join(loaded.Data, config.DatabaseName); loaded.Database.IsZero() && !exists(file) {
		return failure{code: exitDatabase, says: locale.T("operator.export.no-database", "file", file)}
	}
	b, err := c.onBehalf(ctx, loaded, k.For, false)
	if err != nil {
		return err
	}
	defer b.close()
	var made chat.File
	var count int
	err = b.turn(ctx, false, func(t *usecase.Turn) (err error) {
		made, count, err = usecase.ExportFile(t, form)
		return err
	})
	if err != nil {
		return err
	}
	if piped {
		_, _ = c.stdout.Write(made.Content) // whoever read it may have gone away
		return nil
	}
	if err := writeExport(k.File, made.Content, k.Force); err != nil {
		return diskFailure(k.File, err)
	}
	c.say("operator.exported", "count", count, "organisation", b.org.Name, "file", k.File)
	return nil
}

// exportMode keeps the contracts of an organisation from other users of the machine.
const exportMode = 0o600

// writeExport writes the file whole or not at all: it may replace one that somebody works on.
func writeExport(file string, content []byte, force bool) error {
	if !force {
		if f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, exportMode); err != nil {
			return err
		} else if err := f.Close(); err != nil {
			return err
		}
	}
	next, err := os.CreateTemp(filepath.Dir(file), ".sdcbot-*")
	if err != nil {
		return err
	}
	_, err = next.Write(content)
	if err = errors.Join(err, next.Close()); err == nil {
		err = os.Rename(next.Name(), file)
	}
	if err != nil {
		_ = os.Remove(next.Name())
	}
	return err
}
