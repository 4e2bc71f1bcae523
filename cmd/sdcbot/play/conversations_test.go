package play

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sdcbot/store/throwaway/throwawaytest"
)

var postgres throwawaytest.Server

func TestMain(m *testing.M) { os.Exit(postgres.Run(m)) }

// conversations lists the repository's own, which tell what the bot does.
func conversations(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../testdata/conversations/*.txt")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d conversations, %v", len(files), err)
	}
	return files
}

// hold plays a conversation and fails with the player's report when it does not hold.
func hold(t *testing.T, file string, o Options) {
	t.Helper()
	var out bytes.Buffer
	passed, err := File(t.Context(), file, o, &out)
	if err != nil {
		t.Fatal(err)
	}
	if !passed {
		t.Error(out.String())
	}
}

func TestConversationsOnSQLite(t *testing.T) {
	for _, file := range conversations(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			hold(t, file, Options{})
		})
	}
}

func TestConversationsOnPostgreSQL(t *testing.T) {
	database := postgres.Database(t) // one for all: each conversation makes a schema of its own
	for _, file := range conversations(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			hold(t, file, Options{Postgres: database})
		})
	}
}

// Killed after every step, and between hearing and working, the bot says neither less nor anything twice.
func TestConversationsWithACrashEverywhere(t *testing.T) {
	for _, file := range conversations(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			hold(t, file, Options{CrashEverywhere: true})
		})
	}
}

// A file of the repository's conversations says in its first line what it shows, and its name begins with its number.
func TestConversationsAreNamed(t *testing.T) {
	var numbers []string
	for _, file := range conversations(t) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		number, name, _ := strings.Cut(filepath.Base(file), "-")
		if !bytes.HasPrefix(content, []byte("# ")) || len(name) < 8 || slices.Contains(numbers, number) {
			t.Errorf("%s: no comment that says what it shows, no name, or a number that another has", file)
		}
		numbers = append(numbers, number)
	}
}
