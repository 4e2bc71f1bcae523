package play

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sdcbot/adapters/playground"
	"sdcbot/bot"
	"sdcbot/bot/chat"
	"sdcbot/config"
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

// Slack's JSON, its socket and its limits change nothing of what a conversation says.
func TestConversationsOnSlack(t *testing.T) {
	for _, file := range conversations(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			hold(t, file, Options{On: "slack"})
		})
	}
}

// lostWithTheProcess are the conversations in which a form waits for its answer. Killed between hearing and working, the bot
// answers after Slack has closed the window: what was wrong, or that the matter has changed, is then told in private with a button to a new form.
var lostWithTheProcess = []string{"33-form-errors-in-place", "68-a-form-overtaken-keeps-what-was-typed"}

// Killed after every step, with the connection lost each time, the bot reads back what it missed and says nothing twice.
func TestConversationsOnSlackWithACrashEverywhere(t *testing.T) {
	for _, file := range conversations(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		if slices.Contains(lostWithTheProcess, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hold(t, file, Options{On: "slack", CrashEverywhere: true})
		})
	}
}

// A sentence that is missing comes out as ⟨key⟩: whatever a conversation shows, expected or not, holds none.
func TestNobodyReadsAKey(t *testing.T) {
	for _, file := range conversations(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			var said bytes.Buffer
			if _, err := File(t.Context(), file, Options{Verbose: true}, &said); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(said.String()) {
				if strings.Contains(line, "⟨") {
					t.Error(line)
				}
			}
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

// thrice is a bot to which the chat delivers everything three times, as chats do that had no answer in time.
type thrice struct{ *bot.Bot }

func (b thrice) Hear(ctx context.Context, e chat.Event) error {
	return errors.Join(b.Bot.Hear(ctx, e), b.Bot.Hear(ctx, e), b.Bot.Hear(ctx, e))
}

func TestConversationsWithEachEventThrice(t *testing.T) {
	for _, file := range conversations(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			hold(t, file, Options{start: func(o bot.Options) Bot { return thrice{bot.New(o)} }})
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

// "nothing @dis-b>" holds for ever: whoever is expected to see something, or nothing, must be there.
func TestConversationsNameWhoIsThere(t *testing.T) {
	for _, file := range conversations(t) {
		script, err := Read(file)
		if err != nil {
			t.Fatal(err)
		}
		loaded, _, err := config.LoadRehearsal(filepath.Join(filepath.Dir(file), script.Circle), func(string) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		present, places := people(script, loaded.Circle), channels(script, loaded.Circle)
		for _, step := range script.Steps {
			e, ok := step.Do.(Expects)
			if !ok {
				continue
			}
			if e.Person != "" && !slices.ContainsFunc(present, func(p playground.Person) bool { return p.Handle == e.Person }) {
				t.Errorf("%s:%d: nobody is called %s", file, step.Line, e.Person)
			}
			if e.Channel != "" && !slices.Contains(places, e.Channel) {
				t.Errorf("%s:%d: there is no channel %s", file, step.Line, e.Channel)
			}
		}
	}
}
