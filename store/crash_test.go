package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
	"sdcbot/store"
)

// victim is the environment variable that makes this program write to the database of that address until it is killed.
const victim = "SDCBOT_TEST_VICTIM"

// write records needs, each with its journal line, and prints the number of each that the store has promised to keep.
func write(dsn string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	for {
		var number int
		err := s.Update(ctx, "rives", func(tx storage.Tx) (err error) {
			if number, err = tx.Proposals().Next(proposal.Need); err != nil {
				return err
			}
			if err := tx.Proposals().Put(proposal.Proposal{Ref: proposal.NewRef(proposal.Need, number)}); err != nil {
				return err
			}
			return tx.Journal().Add(storage.Entry{Subject: "needs"})
		})
		if err != nil {
			return err
		}
		fmt.Println(number)
	}
}

// TestKilledItKeepsWhatItHasPromised kills a writing process, again and again, and looks at what it left.
func TestKilledItKeepsWhatItHasPromised(t *testing.T) {
	for name, dsn := range map[string]func(*testing.T) string{
		"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "sdcbot.db") },
		"PostgreSQL": func(t *testing.T) string { return postgres.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			dsn := dsn(t)
			s := open(t, dsn)
			promised := 0
			for round := range 5 {
				process := exec.Command(os.Args[0])
				process.Env = append(os.Environ(), victim+"="+dsn)
				process.Stderr = os.Stderr
				said, err := process.StdoutPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := process.Start(); err != nil {
					t.Fatal(err)
				}
				numbers := bufio.NewScanner(said)
				for i := 0; numbers.Scan(); i++ { // what it had said before it was killed is read to the end
					if promised, err = strconv.Atoi(strings.TrimSpace(numbers.Text())); err != nil {
						t.Fatal(err)
					}
					if i == 7*round {
						if err := process.Process.Kill(); err != nil {
							t.Fatal(err)
						}
					}
				}
				_ = process.Wait() // it was killed

				err = s.View(t.Context(), "rives", func(tx storage.Tx) error {
					needs, err := tx.Proposals().All()
					if err != nil {
						return err
					}
					entries, err := tx.Journal().About("needs")
					// One more than promised may be there: kept, and killed before it could say so.
					if len(needs) != len(entries) || len(needs) < promised || len(needs) > promised+1 {
						t.Errorf("%d needs and %d journal lines, %d were promised", len(needs), len(entries), promised)
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestInABubble shows that the memory runs where clocks are not real, as the tests above it need.
func TestInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, "sqlite::memory:") // closed in the bubble, by its t
		remembered(t, s)
		begun := time.Now()
		inside, leave := make(chan bool), make(chan bool)
		first := make(chan error)
		go func() {
			first <- s.Update(t.Context(), "rives", func(storage.Tx) error { inside <- true; <-leave; return nil })
		}()
		<-inside
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := s.Update(ctx, "rives", func(storage.Tx) error { return nil }); err == nil {
			t.Error("two Updates at once")
		}
		if waited := time.Since(begun); waited != time.Hour {
			t.Errorf("it waited %v by the bubble's clock", waited)
		}
		leave <- true
		if err := <-first; err != nil {
			t.Error(err)
		}
	})
}
