package store_test

import (
	"strings"
	"testing"
)

// oneLine checks that an operator can read the error in one line of the log, and what to do.
func oneLine(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	if line := err.Error(); strings.Contains(line, "\n") || len(line) > 600 {
		t.Errorf("not one line: %q", line)
	}
}
