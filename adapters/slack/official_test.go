package slack_test

import (
	"bufio"
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sdcbot/adapters/slack/slacktest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// official runs a program of Slack's in the folder official, whose packages .ci/test installs; without them there is nothing to compare with.
func official(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	if _, err := os.Stat("official/node_modules/@slack/bolt"); err != nil {
		t.Skip("Slack's own packages are not installed: npm ci in adapters/slack/official")
	}
	node, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err) // its packages are there, and it is not
	}
	cmd := exec.CommandContext(t.Context(), node, args...)
	cmd.Dir, cmd.Stderr = "official", os.Stderr
	return cmd
}

// Our Slack in memory satisfies Slack's own Bolt: socket, acknowledgements, answers, modals with faults, files.
func TestBoltIsSatisfied(t *testing.T) {
	w := open(t)
	p := people{w}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go w.server.Serve(l)
	app := official(t, "node", "bolt.mjs", "http://"+l.Addr().String()+"/api/", slacktest.BotToken, slacktest.AppToken)
	out, err := app.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			lines <- s.Text()
		}
	}()
	t.Cleanup(func() { _ = app.Process.Kill(); _ = app.Wait() })
	says := func(want ...string) {
		t.Helper()
		var said []string
		for len(want) > 0 {
			select {
			case line, more := <-lines:
				if !more {
					t.Fatalf("the app ended; it said %q and not %q", said, want)
				}
				said = append(said, line)
				want = slices.DeleteFunc(want, func(w string) bool { return w == line })
			case <-time.After(20 * time.Second):
				t.Fatalf("the app said %q and not %q", said, want)
			}
		}
	}
	says("started")
	p.Say(t, chattest.A, channel, "bonjour")
	says("message bonjour", "history 2 reçu et changé k", "user dsi-a dsi-a@a.example")
	stands := p.See(t, chattest.B, channel)
	if last := stands[len(stands)-1]; !strings.Contains(last.Text, "reçu") {
		t.Errorf("B sees %+v", last)
	}
	p.React(t, chattest.B, stands[1].Ref, "✅")
	says("reaction white_check_mark")

	p.Command(t, chattest.A, channel, "moi")
	says("command moi")
	for range 200 { // the app is another process: there is nothing to wait on
		if _, open := p.Form(t, chattest.A); open {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if seen := p.See(t, chattest.A, channel); !strings.Contains(seen[len(seen)-1].Text, "pour vous seul") || len(p.See(t, chattest.B, channel)) == len(seen) {
		t.Errorf("A alone is to see the answer, and sees %+v", seen)
	}
	p.Submit(t, chattest.A, map[string]string{"notice": "beaucoup"})
	says("form beaucoup")
	if form, open := p.Form(t, chattest.A); !open || form.Errors["notice"] != "un nombre" {
		t.Errorf("A has %+v %v before them", form, open)
	}
	p.Submit(t, chattest.A, map[string]string{"notice": "3"})
	says("form 3")
	if _, open := p.Form(t, chattest.A); open {
		t.Error("the form stays open")
	}
	p.Say(t, chattest.A, chat.Place{}, "un fichier")
	says("file true")
	var files []string
	for _, m := range p.See(t, chattest.A, chat.Place{}) {
		for _, f := range m.Files {
			files = append(files, f.Name+" "+string(f.Content))
		}
	}
	if !slices.Equal(files, []string{"a.csv a;b"}) {
		t.Errorf("A has the files %q", files)
	}
}

// Every message and form of the golden files satisfies Slack's own types.
func TestSlacksTypesAreSatisfied(t *testing.T) {
	folder, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	var source bytes.Buffer
	write := official(t, "node", "types.mjs", folder)
	write.Stdout = &source
	if err := write.Run(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("official", "node_modules", "golden.ts") // where git does not see it, and the compiler finds the types
	check := func(source string) (string, error) {
		if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		said, err := official(t, "npx", "tsc", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "node_modules/golden.ts").Output()
		return string(said), err
	}
	t.Cleanup(func() { _ = os.Remove(file) })
	if said, err := check(source.String()); err != nil {
		t.Errorf("%v: %s", err, said)
	}
	// A check that takes anything would be none.
	if _, err := check(strings.Replace(source.String(), `"plain_text"`, `"plain"`, 1)); err == nil {
		t.Error("a text of an unknown type is taken")
	}
}
