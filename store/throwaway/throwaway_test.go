package throwaway

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// orphan is the environment variable that makes this program start a server, say where, and wait to be killed.
const orphan = "SDCBOT_TEST_ORPHAN"

func TestMain(m *testing.M) {
	if os.Getenv(orphan) != "" {
		s, err := Start()
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(s.folder)
		select {}
	}
	os.Exit(m.Run())
}

// start starts a server, or skips where there is none to start.
func start(t *testing.T) *Server {
	t.Helper()
	s, err := Start()
	if errors.Is(err, ErrNone) && os.Getenv("SDCBOT_TEST_REQUIRE_ALL") != "1" {
		t.Skip("NOT RUN: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func TestDatabasesAreEmptyAndTheirOwn(t *testing.T) {
	s := start(t)
	for range 2 {
		dsn, err := s.Database(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		conn, err := pgx.Connect(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		// The second would find the table of the first.
		if _, err := conn.Exec(t.Context(), "CREATE TABLE mine (a TEXT)"); err != nil {
			t.Error(err)
		}
		if err := conn.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func TestStopLeavesNothing(t *testing.T) {
	s := start(t)
	pid := s.server.Pid
	s.Stop()
	s.Stop() // again is no harm
	if alive(pid) {
		t.Error("the server still runs")
	}
	if _, err := os.Stat(s.folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	if _, err := s.Database(t.Context()); err == nil {
		t.Error("a stopped server made a database")
	}
}

// TestKilledParent kills a process that has started a server: the server ends with it, and the next Start but one removes what it left.
func TestKilledParent(t *testing.T) {
	start(t).Stop() // or skip
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), orphan+"=1")
	said, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(said).ReadString('\n')
	folder := strings.TrimSpace(line)
	if err != nil || !serves(folder) {
		t.Fatalf("it says %q, %v", line, err)
	}
	if err := process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = process.Wait()
	for begun := time.Now(); serves(folder); time.Sleep(10 * time.Millisecond) { // another process ends in its own, real time
		if time.Since(begun) > 20*time.Second {
			t.Fatal("the server outlives who started it")
		}
	}
	sweep(time.Now())
	if _, err := os.Stat(folder); err != nil {
		t.Errorf("it was swept while it could have been on its way up: %v", err)
	}
	sweep(time.Now().Add(2 * time.Minute))
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it was not swept: %v", err)
	}
}

func TestSweepLeavesARunningServer(t *testing.T) {
	s := start(t)
	sweep(time.Now().Add(time.Hour))
	if _, err := s.Database(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestFind(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "initdb")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	if found, err := find(); err != nil || found != folder {
		t.Errorf("the one on PATH comes first: %q, %v", found, err)
	}
	for path, want := range map[string]int{"/usr/lib/postgresql/15/bin/initdb": 15, "/usr/pgsql-17/bin/initdb": 17, "/usr/local/pgsql/bin/initdb": 0} {
		if got := numberIn(path); got != want {
			t.Errorf("%s is version %d, not %d", path, got, want)
		}
	}
}
