package store_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/storage"
	"sdcbot/store"
)

// remembered fills two circles with a row of every table and every kind of value: nothing, text that needs care, days, instants.
func remembered(t testing.TB, s *store.Store) {
	t.Helper()
	at := time.Date(2026, 11, 23, 8, 0, 0, 123456000, time.UTC)
	for _, circle := range []string{"rives", "Œil «&<"} {
		err := s.Update(t.Context(), circle, func(tx storage.Tx) error {
			whole := contractOf(1)
			whole.Object, whole.Wanted = "<b>\"Téléphonie\"\n\u2028🙋", calendar.On(2028, 2, 29)
			whole.Decision = contract.Decision{Kind: contract.Later, Term: calendar.On(2027, 5, 31), By: "adj-a", At: at}
			for _, err := range []error{
				tx.Proposals().Put(whole),
				tx.Proposals().Put(proposal.Proposal{Ref: "B-1"}),
				tx.Asks().Put(proposal.Ask{Proposal: "C-1", Org: "B", At: at, With: []proposal.Ref{"B-1"}}),
				tx.Pairs().Put(proposal.Pair{A: "B-1", B: "C-1", At: at, Refused: true}),
				tx.Purchases().Put(purchase.Purchase{Ref: "AC-1", Object: "été", Closing: calendar.On(2027, 2, 15), Opened: at, Version: 1}),
				tx.Settings().Put("absence dsi-a", map[string]string{"from": "2026-08-01"}),
				tx.Journal().Add(storage.Entry{At: at, Person: "dsi-a", Subject: "proposal C-1", After: []byte(`{"a": 1}`)}),
			} {
				if err != nil {
					return err
				}
			}
			if _, err := tx.Proposals().Next(proposal.Contract); err != nil {
				return err
			}
			for _, key := range []string{"card C-1", "digest 2026-W48"} {
				p := storage.Promise{Key: key, Kind: storage.Post, State: storage.Waiting, Draft: chat.Draft{Title: locale.Plain("été")}, Made: at}
				if _, err := tx.Promises().Put(p); err != nil {
					return err
				}
			}
			for _, id := range []string{"open", "worked"} {
				if _, err := tx.Inbox().Put(chat.Event{ID: id, Chat: "rives-slack", At: at, Values: map[string]string{"a": "b"}}); err != nil {
					return err
				}
			}
			return tx.Inbox().Done("rives-slack", "worked")
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// backup returns what Backup writes.
func backup(t testing.TB, s *store.Store) (file string, content []byte) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "circle.backup")
	if err := s.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return file, content
}

// unpacked is a backup's text.
func unpacked(t testing.TB, content []byte) string {
	t.Helper()
	packed, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// packed is a file that holds the text as a backup would.
func packed(t testing.TB, text string) string {
	t.Helper()
	var content bytes.Buffer
	w := gzip.NewWriter(&content)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "changed.backup")
	if err := os.WriteFile(file, content.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// signed gives changed lines a check sum that fits, as somebody would who knows how.
func signed(lines ...string) string {
	text := strings.Join(lines, "\n") + "\n"
	sum := sha256.Sum256([]byte(text))
	return text + `{"sha256":"` + hex.EncodeToString(sum[:]) + `"}` + "\n"
}

func TestBackupMovesBetweenDatabases(t *testing.T) {
	addresses := map[string]func(t *testing.T) string{
		"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "sdcbot.db") },
		"PostgreSQL": func(t *testing.T) string { return postgres.Database(t) },
	}
	for from, source := range addresses {
		for to, target := range addresses {
			t.Run(from+" to "+to, func(t *testing.T) {
				s := open(t, source(t))
				remembered(t, s)
				file, content := backup(t, s)
				dsn := target(t)
				if err := store.Restore(t.Context(), dsn, file); err != nil {
					t.Fatal(err)
				}
				// The same memory makes the same backup, to the byte: so nothing was lost or bent on the way.
				_, again := backup(t, open(t, dsn))
				if diff := cmp.Diff(unpacked(t, content), unpacked(t, again)); diff != "" {
					t.Errorf("(-before +after):\n%s", diff)
				}
			})
		}
	}
}

func TestARestoredCircleGoesOn(t *testing.T) {
	s := open(t, "sqlite::memory:")
	remembered(t, s)
	file, _ := backup(t, s)
	dsn := filepath.Join(t.TempDir(), "sdcbot.db")
	if err := store.Restore(t.Context(), dsn, file); err != nil {
		t.Fatal(err)
	}
	err := open(t, dsn).Update(t.Context(), "rives", func(tx storage.Tx) error {
		if number, err := tx.Proposals().Next(proposal.Contract); number != 2 {
			t.Errorf("the next number is %d, %v", number, err)
		}
		if fresh, err := tx.Inbox().Put(chat.Event{ID: "worked", Chat: "rives-slack"}); fresh {
			t.Errorf("an event that was worked is fresh, %v", err)
		}
		if made, err := tx.Promises().Put(storage.Promise{Key: "card C-1"}); made {
			t.Errorf("what was promised was promised again, %v", err)
		}
		if err := tx.Journal().Add(storage.Entry{Subject: "proposal C-1"}); err != nil {
			return err
		}
		entries, err := tx.Journal().About("proposal C-1")
		if len(entries) != 2 {
			t.Errorf("the journal does not go on: %v", entries)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestABackupIsOneInstant(t *testing.T) {
	for name, dsn := range map[string]func(*testing.T) string{
		"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "sdcbot.db") },
		"PostgreSQL": func(t *testing.T) string { return postgres.Database(t) },
	} {
		t.Run(name, func(t *testing.T) { backsUpOneInstant(t, open(t, dsn(t))) })
	}
}

// backsUpOneInstant takes backups while the bot goes on.
func backsUpOneInstant(t *testing.T, s *store.Store) {
	stop, stopped := make(chan bool), make(chan error)
	go func() { // each change adds a need and its journal line
		var err error
		for err == nil {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			err = s.Update(t.Context(), "rives", func(tx storage.Tx) error {
				number, err := tx.Proposals().Next(proposal.Need)
				if err != nil {
					return err
				}
				if err := tx.Proposals().Put(proposal.Proposal{Ref: proposal.NewRef(proposal.Need, number)}); err != nil {
					return err
				}
				return tx.Journal().Add(storage.Entry{Subject: "x"})
			})
		}
		stopped <- err
	}()
	for range 20 {
		_, content := backup(t, s)
		text := unpacked(t, content)
		needs, entries := strings.Count(text, `"table":"proposals"`), strings.Count(text, `"table":"journal"`)
		if needs != entries {
			t.Errorf("%d needs, %d journal lines", needs, entries)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestBackupReplacesTheFileWholeOrNotAtAll(t *testing.T) {
	s := open(t, "sqlite::memory:")
	remembered(t, s)
	file, content := backup(t, s)
	about, err := os.Stat(file)
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("others may read the backup: %v, %v", about.Mode(), err)
	}
	if err := s.Backup(t.Context(), file); err != nil {
		t.Errorf("over an older one: %v", err)
	}
	broken, err := store.Open(t.Context(), "sqlite::memory:") // not migrated: there is nothing to back up
	if err != nil {
		t.Fatal(err)
	}
	defer broken.Close()
	if err := broken.Backup(t.Context(), file); !errors.Is(err, store.ErrBehind) {
		t.Errorf("without a schema: %v", err)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(after, content) {
		t.Errorf("the file was changed, %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "folder")); !errors.Is(err, store.ErrCannotOpen) {
		t.Errorf("into no folder: %v", err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	s := open(t, "sqlite::memory:")
	remembered(t, s)
	good, content := backup(t, s)
	text := unpacked(t, content)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	rows := lines[:len(lines)-1] // without the trailer
	with := func(old, instead string) string { return strings.Replace(text, old, instead, 1) }

	plain := filepath.Join(t.TempDir(), "plain")
	cut := filepath.Join(t.TempDir(), "cut")
	if err := errors.Join(os.WriteFile(plain, []byte(text), 0o600), os.WriteFile(cut, content[:len(content)-10], 0o600)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"a file that is not there":           {filepath.Join(t.TempDir(), "none"), store.ErrCannotOpen},
		"a file that is no backup":           {plain, store.ErrBackup},
		"the last bytes missing":             {cut, store.ErrBackup},
		"the trailer missing":                {packed(t, strings.Join(rows, "\n")+"\n"), store.ErrBackup},
		"nothing in it":                      {packed(t, ""), store.ErrBackup},
		"a word changed":                     {packed(t, with("Opérateur", "Operateur")), store.ErrBackup},
		"something after the end":            {packed(t, text+"{}\n"), store.ErrBackup},
		"another program's JSON":             {packed(t, signed(`{"hello":"world"}`)), store.ErrBackup},
		"a row less than the header says":    {packed(t, signed(rows[:len(rows)-1]...)), store.ErrBackup},
		"a row more":                         {packed(t, signed(append(rows, rows[len(rows)-1])...)), store.ErrBackup},
		"a table that we do not have":        {packed(t, signed(strings.ReplaceAll(strings.Join(rows, "\n"), `"settings"`, `"sqlite_master"`))), store.ErrBackup},
		"a column that we do not have":       {packed(t, signed(strings.ReplaceAll(strings.Join(rows, "\n"), `"recalls"`, `"x) VALUES (1); --"`))), store.ErrBackup},
		"a column too few":                   {packed(t, signed(strings.ReplaceAll(strings.Join(rows, "\n"), `"recalls":0,`, ``))), store.ErrBackup},
		"a column too few that may be empty": {packed(t, signed(strings.ReplaceAll(strings.Join(rows, "\n"), `,"wanted":null`, ``))), store.ErrBackup},
		"a value of another kind":            {packed(t, signed(strings.ReplaceAll(strings.Join(rows, "\n"), `"recalls":0`, `"recalls":"none"`))), store.ErrBackup},
		"a value that no column holds":       {packed(t, signed(strings.ReplaceAll(strings.Join(rows, "\n"), `"recalls":0`, `"recalls":{}`))), store.ErrBackup},
		"a newer schema":                     {packed(t, signed(strings.Replace(rows[0], `"schema":`, `"schema":99`, 1))), store.ErrAhead},
		"a newer form":                       {packed(t, signed(strings.Replace(rows[0], `"format":1`, `"format":2`, 1))), store.ErrAhead},
	} {
		t.Run(name, func(t *testing.T) {
			dsn := filepath.Join(t.TempDir(), "sdcbot.db")
			err := store.Restore(t.Context(), dsn, c.file)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v", err)
			}
			oneLine(t, err)
			if err := store.Restore(t.Context(), dsn, good); err != nil {
				t.Errorf("a good backup afterwards: %v", err)
			}
		})
	}
}

func TestRestoreRefusesADatabaseThatIsUsed(t *testing.T) {
	s := open(t, "sqlite::memory:")
	remembered(t, s)
	file, _ := backup(t, s)
	for name, dsn := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "sdcbot.db"), "PostgreSQL": ""} {
		t.Run(name, func(t *testing.T) {
			if dsn == "" {
				dsn = postgres.Database(t)
			}
			used := open(t, dsn) // migrated and empty: fine so far
			if name == "SQLite" {
				if err := used.Lock(); err != nil {
					t.Fatal(err)
				}
				if err := store.Restore(t.Context(), dsn, file); !errors.Is(err, store.ErrInUse) {
					t.Errorf("while the bot runs on it: %v", err)
				}
				if err := used.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if err := store.Restore(t.Context(), dsn, file); err != nil {
				t.Errorf("into a migrated and empty one: %v", err)
			}
			err := store.Restore(t.Context(), dsn, file)
			if !errors.Is(err, store.ErrNotEmpty) {
				t.Errorf("twice: %v", err)
			}
			oneLine(t, err)
		})
	}
}
