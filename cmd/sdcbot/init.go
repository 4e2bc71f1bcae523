package main

import (
	"errors"
	"io/fs"
	"os"

	"sdcbot/bot/locale"
	"sdcbot/config"
)

type initCommand struct {
	File string      `arg:"" optional:"" default:"circle.yaml" help:"operator.help.init.file"`
	Lang locale.Lang `enum:"fr,en," default:"" placeholder:"fr|en" help:"operator.help.lang"`
}

// Run writes a commented configuration. A file that is there already is left alone: it may be somebody's circle.
func (k initCommand) Run(c console) error {
	c = c.in(k.Lang)
	// Nobody else on the machine needs to read who belongs to the circle.
	f, err := os.OpenFile(k.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return failure{exitConfig, locale.T("operator.init-exists", "file", k.File), err}
	case err != nil:
		return diskFailure(k.File, err)
	}
	_, err = f.Write(config.Starter(c.lang))
	if err := errors.Join(err, f.Close()); err != nil {
		return diskFailure(k.File, err)
	}
	c.say("operator.init-done", "file", k.File)
	return nil
}
