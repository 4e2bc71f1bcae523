package main

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"sdcbot/bot/locale"
)

// The exit codes, for scripts and units. They are documented in deploy/operations.md.
const (
	exitFine     = 0
	exitFailed   = 1 // what was asked was done and found wrong: a conversation failed, a probe of doctor did
	exitUsage    = 2 // the command line is not understood
	exitConfig   = 3 // the configuration is missing or wrong
	exitDatabase = 4 // the database cannot be opened or used
	exitAddress  = 5 // the address to listen on is taken
	exitDisk     = 6 // the data folder or a file cannot be read or written, or the disk is full
	exitBusy     = 7 // another sdcbot serve works on the same database
)

// failure is an error with the sentence for the operator and the code for the script. Its cause is for the log.
type failure struct {
	code  int
	says  locale.Text // empty: all has been said already
	cause error
}

func (f failure) Error() string {
	if f.cause != nil {
		return fmt.Sprintf("%s: %v", f.says.Key, f.cause)
	}
	return f.says.Key
}

func (f failure) Unwrap() error { return f.cause }

// silent is the failure of a command that has printed what is wrong.
func silent(code int) error { return failure{code: code} }

// diskFailure says what to do about a folder or a file that cannot be written.
func diskFailure(path string, err error) error {
	says := locale.T("operator.cannot-write", "path", path, "cause", causeOf(err))
	switch {
	case errors.Is(err, syscall.ENOSPC):
		says = locale.T("operator.disk-full", "path", path)
	case errors.Is(err, fs.ErrPermission):
		says = locale.T("operator.no-permission", "path", path)
	}
	return failure{exitDisk, says, err}
}

// inUse says where the sdcbot answers that has taken what err tells of, when it does answer at the address.
func inUse(err error, address string) error {
	var known failure
	if address == "" || !errors.As(err, &known) || !answersThere(address, glanceTime) {
		return err
	}
	switch known.code {
	case exitBusy:
		known.says = locale.T("operator.running.database", "address", address)
	case exitAddress:
		known.says = locale.T("operator.running.address", "address", address)
	}
	return known
}

// causeOf is the system's own word, without the path that the sentence names already.
func causeOf(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}
