package config

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sdcbot/bot/circle"
)

// watched is a reloader on a file of the test's own, and what it logs.
func watched(t *testing.T) (r *Reloader, path string, logged *bytes.Buffer) {
	t.Helper()
	path = write(t, "circle.yaml", rives)
	load := func(path string) (*Config, []Warning, error) { return Load(path, set()) }
	loaded, _, err := load(path)
	if err != nil {
		t.Fatal(err)
	}
	logged = &bytes.Buffer{}
	return NewReloader(loaded, load, slog.New(slog.NewTextHandler(logged, nil))), path, logged
}

// rewrite changes the file as an editor does, later than before by a whole second: file times are coarse.
func rewrite(t *testing.T, path, content string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	later := info.ModTime().Add(time.Second)
	if err := errors.Join(os.WriteFile(path, []byte(content), 0o600), os.Chtimes(path, later, later)); err != nil {
		t.Fatal(err)
	}
}

func TestWatchTakesUpAChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, path, _ := watched(t)
		var told, current string
		r.Changed = func(c circle.Circle) { told = c.Name }
		r.Reloaded = func() { current = r.Circle().Name }
		go r.Watch(t.Context(), 2*time.Second)
		rewrite(t, path, strings.Replace(rives, "name: SdC des Rives", "id: sdc-des-rives\n  name: SdC des Deux Rives", 1))
		time.Sleep(time.Second)
		synctest.Wait()
		if r.Circle().Name != "SdC des Rives" {
			t.Error("taken up before it was time to look")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if r.Circle().Name != "SdC des Deux Rives" || told != "SdC des Deux Rives" || current != told {
			t.Errorf("circle is %q, told of %q, then of %q", r.Circle().Name, told, current)
		}
	})
}

func TestABrokenFileChangesNothing(t *testing.T) {
	tests := []struct {
		why, content, logged string
	}{
		{"a fault", strings.Replace(rives, "[deputy]", "[chef]", 1), "circle.yaml:10:46"},
		{"half a file, as while it is being written", rives[:40], "fault="},
		{"another circle: what was recorded would be out of sight", strings.Replace(rives, "SdC des Rives", "SdC des Lacs", 1), "id: sdc-des-rives"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			r, path, logged := watched(t)
			rewrite(t, path, test.content)
			r.Look()
			if got := r.Circle(); got.Name != "SdC des Rives" || len(got.People) != 4 {
				t.Errorf("the circle became %+v", got)
			}
			if !strings.Contains(logged.String(), test.logged) {
				t.Errorf("log lacks %q: %s", test.logged, logged)
			}
			// Mended, it is taken up.
			rewrite(t, path, rives+"  - {handle: dsi-z, organisation: A, roles: [dsi]}\n")
			r.Look()
			if len(r.Circle().People) != 5 {
				t.Error("the mended file was not taken up")
			}
		})
	}
}

func TestAFileThatIsAwayIsBeingReplaced(t *testing.T) {
	r, path, logged := watched(t)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	r.Look()
	if logged.Len() > 0 || r.Circle().Name == "" {
		t.Errorf("a file that is away for a moment is no fault: %s", logged)
	}
	// Asked outright, as by a signal, it is one.
	if err := r.Reload(); err == nil {
		t.Error("a missing file must be an error when somebody asks for it")
	}
}

func TestUnchangedFileIsNotReadAgain(t *testing.T) {
	r, _, logged := watched(t)
	r.Look()
	if logged.Len() > 0 {
		t.Errorf("read without need: %s", logged)
	}
}

// What is opened once waits for a restart, and the log says which settings do.
func TestSettingsThatWaitForARestart(t *testing.T) {
	r, path, logged := watched(t)
	rewrite(t, path, rives+"log: debug\nlisten: \"\"\n")
	if err := r.Reload(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(logged.String(), `settings="[listen log]"`) {
		t.Errorf("log: %s", logged)
	}
}
