//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Kills take the real process with SIGKILL, at moments that are counted in things written to the chat's file: between any two things that
// the bot says, and in the middle of one. What is true afterwards is read from the two files that are left, by the audit.
//
// play/kill_test.go does the same inside one process, at every step boundary.

// asProgram makes the test's own binary be the program.
const asProgram = "SDCBOT_TEST_AS_PROGRAM"

func init() {
	if os.Getenv(asProgram) != "" {
		main()
	}
}

// crashCircle is who lives through the kills. Everybody speaks for an organisation but the adviser, who sees no amounts.
const crashCircle = `
circle: {id: crash, name: SdC des Chutes, language: fr, timezone: Europe/Paris, channel: commun}
organisations:
  - {code: A, name: Office A}
  - {code: B, name: Office B}
  - {code: C, name: Habitat C}
  - {code: D, name: Coopérative D}
people:
  - {handle: dsi-a, name: DSI A, organisation: A, roles: [dsi]}
  - {handle: dsi-b, name: DSI B, organisation: B, roles: [dsi]}
  - {handle: dsi-c, name: DSI C, organisation: C, roles: [dsi]}
  - {handle: dsi-d, name: DSI D, organisation: D, roles: [dsi]}
  - {handle: amo, name: AMO, roles: [adviser]}
`

// killsInALife is how often one circle is killed before it is audited and the next one begins empty: its members' contracts
// all come close to each other, and their number grows with every life.
const killsInALife = 8

func TestKilledAnywhereNothingIsLostNorSaidTwice(t *testing.T) {
	kills := killsInALife // a sample at fixed seeds; make soak takes 200 kills
	switch {
	case os.Getenv("SDCBOT_SOAK") != "":
		kills = 200
	case testing.Short():
		kills = 3
	}
	for seed := uint64(1); kills > 0; seed++ {
		l := newLife(t, seed)
		for n := range min(kills, killsInALife) {
			l.killOnce(n)
		}
		kills -= killsInALife
		p := l.start()
		l.quiet(p)
		l.audit()
		l.people.moveClock(p.url, 22) // past the last recall of everything that was asked
		l.quiet(p)
		p.stop()
		l.audit()
		if t.Failed() {
			t.Fatalf("life %d: the files are in %s", seed, l.keep())
		}
	}
}

func TestStopWithWorkInFlightLeavesNothingHalfDone(t *testing.T) {
	l := newLife(t, 99)
	p := l.start()
	l.quiet(p)
	for range 3 {
		done := make(chan struct{})
		go func() {
			defer close(done)
			l.people.everything(p.url)
		}()
		l.waitForLines(1 + l.random.IntN(20))
		l.people.stopping.Store(true)
		p.stop()
		<-done
		l.people.stopping.Store(false)
		p = l.start()
	}
	l.quiet(p)
	p.stop()
	l.audit()
}

// life is one circle's data, the programs that worked on it one after the other, and the people who went on talking.
type life struct {
	t      *testing.T
	seed   uint64
	random *rand.Rand
	folder string
	people *crowd
}

func newLife(t *testing.T, seed uint64) *life {
	l := &life{t: t, seed: seed, random: rand.New(rand.NewPCG(seed, 9)), folder: t.TempDir()}
	if err := os.WriteFile(l.circleFile(), []byte(crashCircle), 0o600); err != nil {
		t.Fatal(err)
	}
	l.people = newCrowd(t, seed)
	return l
}

func (l *life) circleFile() string { return filepath.Join(l.folder, "circle.yaml") }
func (l *life) data() string       { return filepath.Join(l.folder, "data") }
func (l *life) messages() string   { return filepath.Join(l.data(), playgroundMessages) }
func (l *life) database() string   { return filepath.Join(l.data(), playgroundDatabase) }

// keep copies what is left to where it survives the test.
func (l *life) keep() string {
	kept, err := os.MkdirTemp("", "sdcbot-crash-")
	if err != nil {
		return err.Error()
	}
	if err := os.CopyFS(kept, os.DirFS(l.folder)); err != nil {
		return err.Error()
	}
	return kept
}

// killOnce starts the program, lets people act, kills it at some moment of that, and says how much was left open.
func (l *life) killOnce(n int) {
	p := l.start()
	acting := make(chan struct{})
	lines := 1 + l.random.IntN(20)
	days := 1 + l.random.IntN(14)
	go func() {
		defer close(acting)
		switch n % killsInALife {
		case 0, 2:
			l.people.propose(p.url)
		case 1: // it dies while it catches up
		case 3, 6:
			l.people.answer(p.url)
		case 4, 7:
			l.people.moveClock(p.url, days)
		default:
			l.people.everything(p.url)
		}
	}()
	wait := time.Duration(l.random.IntN(3000)) * time.Microsecond
	l.waitForLines(lines)
	time.Sleep(wait) // inside of what follows the line, not only at its end
	l.people.stopping.Store(true)
	p.kill()
	<-acting
	l.people.stopping.Store(false)
	events, promises := l.open()
	l.t.Logf("life %d: killed with %d events and %d promises open", l.seed, events, promises)
}

// waitForLines returns when that many lines were added to the chat's file, or none for a while.
//
// It waits for real, since nobody can tell from outside when another process is between two things.
func (l *life) waitForLines(n int) {
	count := func() int {
		content, _ := os.ReadFile(l.messages())
		return bytes.Count(content, []byte("\n"))
	}
	const still = 700 * time.Millisecond
	first := count()
	last, changed := first, time.Now()
	for last < first+n && time.Since(changed) < still {
		time.Sleep(200 * time.Microsecond)
		if now := count(); now != last {
			last, changed = now, time.Now()
		}
	}
}

// program is one running sdcbot serve.
type program struct {
	t       *testing.T
	command *exec.Cmd
	url     string
	log     bytes.Buffer // its standard error, to be read once it has ended
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

func (l *life) start() *program {
	l.t.Helper()
	p := &program{t: l.t}
	arguments := []string{"serve", "--playground", "--port", "0", "--config", l.circleFile(), "--data", l.data()}
	if binary := os.Getenv("SDCBOT_BINARY"); binary != "" {
		p.command = exec.Command(binary, arguments...)
	} else {
		self, err := os.Executable()
		if err != nil {
			l.t.Fatal(err)
		}
		p.command = exec.Command(self, arguments...)
	}
	p.command.Env = append(os.Environ(), asProgram+"=1", "GORACE=exitcode=66")
	p.command.Stderr = &p.log
	out, err := p.command.StdoutPipe()
	if err != nil {
		l.t.Fatal(err)
	}
	if err := p.command.Start(); err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { _ = p.command.Process.Kill() }) // when the test fails before it ends by itself
	first, err := bufio.NewReader(out).ReadString('\n')
	if p.url = address.FindString(first); p.url == "" {
		_ = p.command.Wait()
		l.t.Fatalf("no address in %q (%v): %s", first, err, p.log.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return p
}

func (p *program) kill() {
	_ = p.command.Process.Kill()
	_ = p.command.Wait()
	p.checkLog()
}

// mostStop is how long a stop may take.
const mostStop = 5 * time.Second

// stop ends the program by SIGTERM, which must be clean and quick.
func (p *program) stop() {
	p.t.Helper()
	began := time.Now()
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	err := p.command.Wait()
	if took := time.Since(began); took > mostStop {
		p.t.Errorf("it took %v to stop", took)
	}
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		p.t.Errorf("stopped with %v: %s", err, p.log.String())
	}
	p.checkLog()
}

// checkLog fails the test for what no kill may bring about.
func (p *program) checkLog() {
	p.t.Helper()
	for line := range strings.Lines(p.log.String()) {
		for _, bad := range []string{"panic", "event not worked", "given up", "step failed", "DATA RACE"} {
			if strings.Contains(line, bad) {
				p.t.Errorf("in the program's log: %s", line)
			}
		}
	}
}
