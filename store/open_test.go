package store_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sdcbot/bot/storage"
	"sdcbot/store"
)

func TestAddressesOfSQLite(t *testing.T) {
	for name, dsn := range map[string]func(folder string) (dsn, file string){
		"a plain path":               func(f string) (string, string) { return f + "/a.db", "a.db" },
		"a path with odd letters":    func(f string) (string, string) { return f + "/é ?#%20&=.db", "é ?#%20&=.db" },
		"an address":                 func(f string) (string, string) { return "sqlite://" + f + "/a.db", "a.db" },
		"an address without slashes": func(f string) (string, string) { return "sqlite:" + f + "/a.db", "a.db" },
		"an escaped address":         func(f string) (string, string) { return "sqlite://" + f + "/a%20b.db", "a b.db" },
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			dsn, file := dsn(folder)
			remembered(t, open(t, dsn))
			if _, err := os.Stat(filepath.Join(folder, file)); err != nil {
				t.Errorf("%s has made no file %s: %v", dsn, file, err)
			}
		})
	}
	t.Run("a relative path", func(t *testing.T) {
		t.Chdir(t.TempDir())
		remembered(t, open(t, "sqlite://here.db"))
		if _, err := os.Stat("here.db"); err != nil {
			t.Error(err)
		}
	})
}

func TestDatabasesInMemoryAreTheirOwn(t *testing.T) {
	a, b := open(t, "sqlite::memory:"), open(t, "sqlite::memory:")
	remembered(t, a)
	if text := unpacked(t, second(backup(t, b))); strings.Count(text, "\n") != 2 {
		t.Errorf("the other database has rows:\n%s", text)
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestAFileIsReadAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sdcbot.db")
	s := open(t, file)
	remembered(t, s)
	_, before := backup(t, s)
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if _, after := backup(t, open(t, file)); unpacked(t, after) != unpacked(t, before) {
		t.Error("it has changed")
	}
}

// TestOpenSaysWhatToDo walks through what operators get wrong.
func TestOpenSaysWhatToDo(t *testing.T) {
	folder := t.TempDir()
	noDatabase := filepath.Join(folder, "no.db")
	if err := os.WriteFile(noDatabase, []byte(strings.Repeat("This is a letter. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := listener.Addr().String() // nobody listens there any more
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		dsn  string
		want error
	}{
		"nothing":                    {"", store.ErrAddress},
		"another kind of database":   {"mysql://root:secret@host/name", store.ErrAddress},
		"an address that is none":    {"postgres://user:secret@host:notaport/name", store.ErrAddress},
		"SQLite without a file":      {"sqlite://", store.ErrAddress},
		"a folder that is not there": {filepath.Join(folder, "none", "a.db"), store.ErrCannotOpen},
		"a folder":                   {folder, store.ErrCannotOpen},
		"a file of something else":   {noDatabase, store.ErrDamaged},
		"a server that does not run": {"postgres://user:secret@" + closed + "/name", store.ErrUnreachable},
		"a host that is not there":   {"postgres://user:secret@nowhere.invalid/name", store.ErrUnreachable},
		"a socket that is not there": {"postgres://user:secret@/name?host=" + folder, store.ErrUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), c.dsn)
			if !errors.Is(err, c.want) {
				t.Fatalf("Open: %v, %v", s, err)
			}
			oneLine(t, err)
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("it tells the password: %v", err)
			}
		})
	}
}

func TestOpenOnPostgreSQLSaysWhatToDo(t *testing.T) {
	good := postgres.Database(t)
	change := func(f func(*url.URL)) string {
		u, err := url.Parse(good)
		if err != nil {
			t.Fatal(err)
		}
		f(u)
		return u.String()
	}
	s := open(t, good)
	for _, statement := range []string{
		"CREATE ROLE poor LOGIN",
		"CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'",
	} {
		if err := store.Exec(t.Context(), s, statement); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		dsn  string
		want error
	}{
		"a user that is not there":     {change(func(u *url.URL) { u.User = url.UserPassword("nobody", "secret") }), store.ErrPassword},
		"a database that is not there": {change(func(u *url.URL) { u.Path = "/none" }), store.ErrNoDatabase},
		"a database in Latin-1":        {change(func(u *url.URL) { u.Path = "/latin" }), store.ErrEncoding},
		"a user without rights":        {change(func(u *url.URL) { u.User = url.User("poor") }), store.ErrRights},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), c.dsn)
			if err == nil {
				defer s.Close()
				err = s.Migrate(t.Context())
			}
			if err == nil {
				err = s.View(t.Context(), "rives", func(tx storage.Tx) error { _, err := tx.Proposals().All(); return err })
			}
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v", err)
			}
			oneLine(t, err)
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("it tells the password: %v", err)
			}
		})
	}
}

func TestAFullDisk(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "sdcbot.db"))
	remembered(t, s)
	_, before := backup(t, s)
	if err := store.Exec(t.Context(), s, "PRAGMA max_page_count = 1"); err != nil { // as many as there are: no room for more
		t.Fatal(err)
	}
	err := s.Update(t.Context(), "rives", func(tx storage.Tx) error {
		for number := range 1000 {
			_ = tx.Proposals().Put(contractOf(number + 100)) // to say nothing of it does not help
		}
		return nil
	})
	if !errors.Is(err, store.ErrDiskFull) {
		t.Errorf("Update: %v", err)
	}
	oneLine(t, err)
	if _, after := backup(t, s); unpacked(t, after) != unpacked(t, before) {
		t.Error("something was written all the same")
	}
	if err := store.Exec(t.Context(), s, "PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	remembered(t, s) // with room again, it goes on
}

// TestAFileThatIsReadOnly runs as another user where this one may write everything.
func TestAFileThatIsReadOnly(t *testing.T) {
	if os.Geteuid() == 0 {
		asNobody(t)
		return
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "sdcbot.db")
	if err := open(t, file).Close(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(file, 0o400), os.Chmod(folder, 0o500)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) }) // so that it can be removed
	s, err := store.Open(t.Context(), file)
	if err == nil {
		defer s.Close()
		err = s.Update(t.Context(), "rives", func(tx storage.Tx) error { return tx.Settings().Put("a", 1) })
	}
	if !errors.Is(err, store.ErrReadOnly) && !errors.Is(err, store.ErrCannotOpen) {
		t.Errorf("got %v", err)
	}
	oneLine(t, err)
}

// TestAnotherProgramWrites plays another program on the same file with a second Store: they wait for each other and lose nothing.
func TestAnotherProgramWrites(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sdcbot.db")
	stores := []*store.Store{open(t, file), open(t, file)}
	ended := make(chan error)
	for _, s := range stores {
		go func() {
			for range 50 {
				err := s.Update(t.Context(), "rives", func(tx storage.Tx) error {
					count := 0
					if err := tx.Settings().Get("count", &count); err != nil {
						return err
					}
					return tx.Settings().Put("count", count+1)
				})
				if err != nil {
					ended <- err
					return
				}
			}
			ended <- nil
		}()
	}
	if err := errors.Join(<-ended, <-ended); err != nil {
		t.Fatal(err)
	}
	err := stores[0].View(t.Context(), "rives", func(tx storage.Tx) error {
		count := 0
		err := tx.Settings().Get("count", &count)
		if count != 100 {
			err = fmt.Errorf("%d of 100, %w", count, err)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestAnotherProgramWritesForLong has one hold the file for longer than SQLite itself would wait.
func TestAnotherProgramWritesForLong(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sdcbot.db")
	slow, s := open(t, file), open(t, file)
	inside, leave, left := make(chan bool), make(chan bool), make(chan error)
	go func() {
		left <- slow.Update(t.Context(), "rives", func(tx storage.Tx) error {
			inside <- true
			<-leave
			return tx.Settings().Put("name", "slow")
		})
	}()
	<-inside
	change := func(tx storage.Tx) error { return tx.Settings().Put("name", "quick") }
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := s.Update(short, "rives", change); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 2*time.Second {
		t.Errorf("who has little time learns after %v: %v", time.Since(begun), err)
	}
	time.AfterFunc(600*time.Millisecond, func() { leave <- true }) // the file's lock knows real time only
	if err := errors.Join(s.Update(t.Context(), "rives", change), <-left); err != nil {
		t.Error(err)
	}
	err := s.View(t.Context(), "rives", func(tx storage.Tx) error {
		name := ""
		err := tx.Settings().Get("name", &name)
		if name != "quick" {
			t.Errorf("the name is %q", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestLock(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sdcbot.db")
	first, other := open(t, file), open(t, file)
	if err := errors.Join(first.Lock(), first.Lock()); err != nil {
		t.Fatalf("Lock, twice by the same: %v", err)
	}
	err := other.Lock()
	if !errors.Is(err, store.ErrInUse) {
		t.Fatalf("Lock by another: %v", err)
	}
	oneLine(t, err)
	if err := other.Migrate(t.Context()); err != nil {
		t.Errorf("Migrate with nothing to do: %v", err)
	}
	if _, content := backup(t, other); len(content) == 0 {
		t.Error("a backup while another has the lock is empty")
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.Lock(); err != nil {
		t.Errorf("Lock after the first has gone: %v", err)
	}
	for range 2 {
		if err := open(t, "sqlite::memory:").Lock(); err != nil {
			t.Errorf("Lock in memory: %v", err)
		}
	}
}

func TestReplicasNeedNoLock(t *testing.T) {
	dsn := postgres.Database(t)
	if err := errors.Join(open(t, dsn).Lock(), open(t, dsn).Lock()); err != nil {
		t.Error(err)
	}
}
