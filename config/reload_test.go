package config

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/circle"
	"sdcbot/bot/purchase"
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

// TestWatchFollowsTheHandbook: a circle's own thresholds are taken up without a restart, and a wrong file leaves the last good ones until it is mended.
func TestWatchFollowsTheHandbook(t *testing.T) {
	r, path, logged := watched(t)
	own := filepath.Join(filepath.Dir(path), "procedures.yaml")
	shipped := string(purchase.DefaultFile())
	if err := os.WriteFile(own, []byte(shipped), 0o600); err != nil {
		t.Fatal(err)
	}
	months := func() int { return r.Handbook().Rules.Duration(calendar.On(2026, time.November, 23)) }
	lasting := func(months string) string {
		return strings.Replace(shipped, "{name: duration, from: 2019-04-01, value: 48", "{name: duration, from: 2019-04-01, value: "+months, 1)
	}
	for _, c := range []struct {
		why, file, content string
		months             int
		says               string
	}{
		{"no file is named", path, rives + "\n", 48, ""},
		{"the shipped file is named", path, rives + "procedures: procedures.yaml\n", 48, ""},
		{"its own duration, and nothing but that file has changed", own, lasting("36"), 36, ""},
		{"a fault: what stood before stands", own, lasting("beaucoup"), 36, "procedures.yaml:"},
		{"mended", own, lasting("24"), 24, ""},
		{"no longer named", path, rives + "\n\n", 48, ""},
	} {
		logged.Reset()
		rewrite(t, c.file, c.content)
		r.Look()
		if got := months(); got != c.months || !strings.Contains(logged.String(), c.says) {
			t.Errorf("%s: a purchase lasts %d months, want %d; logged %s", c.why, got, c.months, logged)
		}
	}
}
