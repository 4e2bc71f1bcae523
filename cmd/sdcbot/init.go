package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"

	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
	"sdcbot/config"
)

type initCommand struct {
	File       string      `arg:"" optional:"" placeholder:"file" help:"operator.help.init.file"`
	Procedures bool        `xor:"what" help:"operator.help.init.procedures"`
	Collection bool        `xor:"what" help:"operator.help.init.collection"`
	Lang       locale.Lang `enum:"fr,en," default:"" placeholder:"fr|en" help:"operator.help.lang"`
}

// standardOutput is the file's name that stands for it.
const standardOutput = "-"

// Run writes a commented configuration, or one of the shipped files by which purchases are judged, to be edited. A file that is there already is left
// alone: it may be somebody's circle.
func (k initCommand) Run(c console) error {
	c = c.in(k.Lang)
	name, content, done := usualConfig, config.Starter(c.lang), "operator.init-done"
	switch {
	case k.Procedures:
		name, content, done = "procedures.yaml", purchase.DefaultFile(), "operator.init-procedures"
	case k.Collection:
		name, content, done = "collection.yaml", purchase.DefaultFieldsFile(), "operator.init-collection"
	}
	name = cmp.Or(k.File, name)
	if name == standardOutput {
		_, _ = c.stdout.Write(content) // a reader that went away is no fault of ours
		return nil
	}
	if err := writeNew(name, content); err != nil {
		return err
	}
	c.say(done, "file", name)
	return nil
}

// writeNew writes a file that is not there yet. Nobody else on the machine needs to read who belongs to a circle.
func writeNew(name string, content []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return failure{exitConfig, locale.T("operator.init-exists", "file", name), err}
	case err != nil:
		return diskFailure(name, err)
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Close()); err != nil {
		return diskFailure(name, err)
	}
	return nil
}
