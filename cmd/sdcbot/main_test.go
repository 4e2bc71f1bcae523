package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/alecthomas/kong"

	"sdcbot/bot/locale"
	"sdcbot/store"
)

// missingKey is how the catalogue shows a key that it lacks.
const missingKey = "⟨"

// Every command, argument and flag is explained in every language.
func TestHelpIsWhole(t *testing.T) {
	parser, err := kong.New(&commandLine{})
	if err != nil {
		t.Fatal(err)
	}
	explained := 0
	check := func(what, key string) {
		if key == "" {
			t.Errorf("%s has no help", what)
			return
		}
		for _, lang := range locale.Languages {
			if said := locale.T(key).In(lang); strings.Contains(said, missingKey) {
				t.Errorf("%s: %s has no sentence in %s", what, key, lang)
			}
		}
		explained++
	}
	err = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		switch node := node.(type) {
		case *kong.Node:
			check(node.FullPath(), node.Help)
		case *kong.Value: // an argument or a flag
			if node.Name != "help" { // kong's own, whose sentence help.go replaces
				check(node.Name, node.Help)
			}
		}
		return next(nil)
	})
	if err != nil || explained < 20 {
		t.Errorf("%d explained, %v", explained, err)
	}
}

// What the system or the database says becomes one sentence that says what to do, and an exit code.
func TestFailures(t *testing.T) {
	onDisk := func(cause error) error { return &fs.PathError{Op: "write", Path: "/srv/x", Err: cause} }
	tests := []struct {
		why  string
		err  error
		code int
		says string
	}{
		{"a full disk", diskFailure("/srv", onDisk(syscall.ENOSPC)), exitDisk, "le disque de /srv est plein. Libérez de la place"},
		{"no right", diskFailure("/srv", onDisk(syscall.EACCES)), exitDisk, "vous n'avez pas le droit d'écrire /srv. Donnez ce droit au compte qui lance sdcbot, ou choisissez un autre emplacement."},
		{"another sdcbot that does not answer", inUse(storeFailure(&store.Fault{Kind: store.ErrInUse, Place: "x.db"}), "127.0.0.1:1"), exitBusy, "un autre sdcbot travaille déjà sur x.db"},
		{"any other fault of the disk keeps the system's word", diskFailure("/srv", onDisk(syscall.EROFS)), exitDisk, "impossible d'écrire /srv (read-only file system)"},
		{"the database's disk is full", storeFailure(fmt.Errorf("write: %w", &store.Fault{Kind: store.ErrDiskFull, Place: "x.db"})), exitDisk, "le disque de la base de données x.db est plein"},
		{"a lock", storeFailure(&store.Fault{Kind: store.ErrInUse, Place: "x.db"}), exitBusy, "un autre sdcbot travaille déjà sur x.db"},
		{"a fault that nobody foresaw", storeFailure(errors.New("broken pipe")), exitDatabase, "la base de données a échoué : broken pipe"},
		{"an error from anywhere", errors.New("odd"), exitFailed, "erreur inattendue : odd"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			var complained strings.Builder
			c := console{stderr: &complained, lang: locale.French}
			code := c.fail(test.err)
			said := strings.ReplaceAll(complained.String(), "\u00a0", " ")
			if code != test.code || !strings.HasPrefix(said, "sdcbot: "+test.says) || strings.Count(said, "\n") != 1 {
				t.Errorf("code %d, said %q", code, said)
			}
		})
	}
}

func TestEveryDatabaseFaultHasItsSentence(t *testing.T) {
	kinds := []*store.Kind{
		store.ErrAddress, store.ErrCannotOpen, store.ErrReadOnly, store.ErrDiskFull, store.ErrDisk, store.ErrBusy, store.ErrInUse, store.ErrDamaged,
		store.ErrBehind, store.ErrAhead, store.ErrPassword, store.ErrRights, store.ErrNoDatabase, store.ErrEncoding, store.ErrUnreachable,
		store.ErrConnections, store.ErrNotEmpty, store.ErrBackup,
	}
	for _, kind := range kinds {
		var known failure
		if !errors.As(storeFailure(&store.Fault{Kind: kind, Place: "x.db"}), &known) || known.says.Key == "operator.database.other" {
			t.Errorf("%s: no sentence", kind.What)
			continue
		}
		for _, lang := range locale.Languages {
			if said := known.says.In(lang); strings.Contains(said, missingKey) || !strings.Contains(said, "x.db") {
				t.Errorf("%s in %s: %s", kind.What, lang, said)
			}
		}
	}
}

// Who writes line by line gets each answer before the next question: neither side waits for the other's end.
func TestLinesAreAnsweredAtOnce(t *testing.T) {
	questions, ask := io.Pipe()
	answer, answers := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- explainLines(questions, answers, func(line []byte) []byte { return append([]byte("to "), line...) })
		_ = answers.Close()
	}()
	read := bufio.NewReader(answer)
	for _, question := range []string{"one", "", strings.Repeat("long", 100_000), "windows\r"} {
		if _, err := io.WriteString(ask, question+"\n"); err != nil {
			t.Fatal(err)
		}
		said, err := read.ReadString('\n')
		if want := "to " + strings.TrimRight(question, "\r") + "\n"; err != nil || said != want {
			t.Fatalf("got %.40q, want %.40q, %v", said, want, err)
		}
	}
	_ = ask.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
