package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts of testdata/script call this program as sdcbot.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sdcbot": main})
}

// TestScripts runs testdata/script/*.txtar: each is a page of what an operator types, and what comes of it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LC_ALL", "fr_FR.UTF-8")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"freeport": freePort,
			"get":      get,
			"post":     post,
			"said":     said,
			"signal":   signalAll,
			"code":     code,
			"occupy":   occupy,
		},
		RequireUniqueNames: true,
	})
}

// freePort NAME puts the number of a port that nobody listens on into the variable.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, port, err := net.SplitHostPort(listener.Addr().String())
	ts.Check(err)
	ts.Check(listener.Close())
	ts.Setenv(args[0], port)
}

// occupy NAME listens on a port until the script ends, and puts its number into the variable.
func occupy(ts *testscript.TestScript, _ bool, args []string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = listener.Close() })
	_, port, err := net.SplitHostPort(listener.Addr().String())
	ts.Check(err)
	ts.Setenv(args[0], port)
}

// patience is how long a program that was just started may take to answer. It is long because the machine may be busy; whoever waits is
// woken at once.
const patience = 30 * time.Second

// get STATUS URL WORDS… asks until the answer has that status, and fails if it then lacks the words. It is how scripts wait for a
// program in the background.
func get(ts *testscript.TestScript, _ bool, args []string) {
	var last string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		response, err := http.Get(args[1])
		if err != nil {
			last = err.Error()
			continue
		}
		body, err := io.ReadAll(response.Body)
		ts.Check(err)
		ts.Check(response.Body.Close())
		last = response.Status + "\n" + string(body)
		if strconv.Itoa(response.StatusCode) != args[0] {
			continue
		}
		for _, words := range args[2:] {
			if !strings.Contains(string(body), words) {
				ts.Fatalf("%s lacks %q:\n%s", args[1], words, body)
			}
		}
		return
	}
	ts.Fatalf("%s: wanted %s, got %s", args[1], args[0], last)
}

// post STATUS URL JSON does what a button of the page does.
func post(ts *testscript.TestScript, _ bool, args []string) {
	response, err := http.Post(args[1], "application/json", strings.NewReader(args[2]))
	ts.Check(err)
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	ts.Check(response.Body.Close())
	if strconv.Itoa(response.StatusCode) != args[0] {
		ts.Fatalf("%s: wanted %s, got %s\n%s", args[1], args[0], response.Status, body)
	}
}

// said FILE WORDS waits until a program in the background has written the words into the file.
func said(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		content, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(content), args[1]) {
			return
		}
	}
	ts.Fatalf("%s never said %q", args[0], args[1])
}

// signalAll TERM|HUP sends the signal to every program in the background.
func signalAll(ts *testscript.TestScript, _ bool, args []string) {
	signals := map[string]os.Signal{"TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}
	for _, running := range ts.BackgroundCmds() {
		ts.Check(running.Process.Signal(signals[args[0]]))
	}
}

// code N COMMAND… runs a command that must end with that exit code.
func code(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		exit, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		got = exit.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%v ended with %d, not %s", args[1:], got, args[0])
	}
}
