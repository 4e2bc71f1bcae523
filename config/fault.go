package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sdcbot/bot/locale"
)

// Fault is one thing wrong in a file, where it stands and what to write instead.
type Fault struct {
	File   string // as it was named to Load
	Line   int    // from 1; 0 when the whole file is meant
	Column int    // from 1, in characters
	Says   locale.Text
}

// In returns the fault on one line, as compilers print theirs: "circle.yaml:12:5: …".
func (f Fault) In(lang locale.Lang) string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Says.In(lang))
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Says.In(lang))
}

// Warning is a Fault with which the bot can run.
type Warning = Fault

// Faults is the error of Load and Parse: all that is wrong, in the order of the file.
type Faults struct {
	Language locale.Lang // in which Error speaks: the circle's, or the operator's when the file does not say
	List     []Fault
	Cause    error    // what the system said, when the file could not be read at all
	Files    []string // other files that belong to the one that was read: what is wrong may be mended there
}

// Error prints one fault a line.
func (f Faults) Error() string {
	lines := make([]string, len(f.List))
	for i, fault := range f.List {
		lines[i] = fault.In(f.Language)
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the Cause, so that errors.Is(err, fs.ErrNotExist) works.
func (f Faults) Unwrap() error { return f.Cause }

// inOrder sorts by place, and drops what was said twice of one place.
func inOrder(faults []Fault) []Fault {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.CompactFunc(faults, func(a, b Fault) bool { return a.In(locale.French) == b.In(locale.French) })
}
