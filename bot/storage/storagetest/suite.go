// Package storagetest is the contract of storage.Store as tests: whoever remembers passes all of them. It tests promises that
// the port makes to its callers and nothing of how they are kept; files, schemas and faults of one database are tested beside it.
package storagetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sdcbot/bot/calendar"
	"sdcbot/bot/storage"
)

// Run holds the stores that open makes to the contract. Each call of open returns one that is empty and ready; t closes it.
func Run(t *testing.T, open func(t *testing.T) storage.Store) {
	for _, part := range []struct {
		name  string
		tests []test
	}{
		{"proposals", proposals},
		{"asks", asks},
		{"pairs", pairs},
		{"purchases", purchases},
		{"settings", settings},
		{"promises", promises},
		{"inbox", inbox},
		{"journal", journal},
		{"values", values},
		{"circles", circles},
		{"transactions", transactions},
		{"races", races},
	} {
		t.Run(part.name, func(t *testing.T) {
			for _, one := range part.tests {
				t.Run(one.promise, func(t *testing.T) { one.check(t, open(t)) })
			}
		})
	}
}

// test checks one promise on an empty store.
type test struct {
	promise string
	check   func(*testing.T, storage.Store)
}

// here is the circle of the tests that need only one.
const here = "rives"

// morning is an instant as people see it: in their zone, not in UTC. It is the same instant as its reading in UTC.
var morning = time.Date(2026, time.November, 23, 9, 0, 0, 123456789, time.FixedZone("", 3600))

// read is an instant as it comes back.
func read(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

func day(text string) calendar.Day {
	d, err := calendar.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// update runs f, which must succeed.
func update(t *testing.T, s storage.Store, circle string, f func(storage.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), circle, f); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// view runs f, which must succeed.
func view(t *testing.T, s storage.Store, circle string, f func(storage.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), circle, f); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// seen returns what a question to a snapshot gives.
func seen[T any](t *testing.T, s storage.Store, circle string, ask func(storage.Tx) (T, error)) T {
	t.Helper()
	var answer T
	view(t, s, circle, func(tx storage.Tx) (err error) {
		answer, err = ask(tx)
		return err
	})
	return answer
}

// same fails unless got is want; lists without elements are alike.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// all runs the steps up to the first error.
func all(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
