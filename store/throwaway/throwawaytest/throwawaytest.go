// Package throwawaytest gives tests their PostgreSQL databases. Where the machine has no PostgreSQL those tests do not run, and this is said:
// in the output, in the file that SDCBOT_TEST_NOT_RUN names (the output of a package whose tests pass is not shown), and as a
// failure where SDCBOT_TEST_REQUIRE_ALL=1. SDCBOT_TEST_NO_POSTGRES=1 leaves them out on purpose.
package throwawaytest

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"sdcbot/store/throwaway"
)

// Server is one server for all the tests of a package, started when the first of them asks for a database.
type Server struct {
	start  sync.Once
	server *throwaway.Server
	fault  error
}

// errUnwanted says that the tests on PostgreSQL were left out on purpose.
var errUnwanted = errors.New("SDCBOT_TEST_NO_POSTGRES is set")

// Run runs the tests and ends the server. It returns the exit code:
//
//	var postgres throwawaytest.Server
//
//	func TestMain(m *testing.M) { os.Exit(postgres.Run(m)) }
func (s *Server) Run(m *testing.M) int {
	code := m.Run()
	if s.server != nil {
		s.server.Stop()
	}
	if !missing(s.fault) {
		return code
	}
	line := "NOT RUN: PostgreSQL suite: " + s.fault.Error()
	fmt.Println(line)
	if name := os.Getenv("SDCBOT_TEST_NOT_RUN"); name != "" {
		if err := add(name, line); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	if os.Getenv("SDCBOT_TEST_REQUIRE_ALL") == "1" {
		fmt.Println("FAIL: SDCBOT_TEST_REQUIRE_ALL=1, and not all was run")
		return 1
	}
	return code
}

// Database returns the address of an empty database, or skips the test where there is no PostgreSQL.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	s.start.Do(func() {
		if os.Getenv("SDCBOT_TEST_NO_POSTGRES") == "1" {
			s.fault = errUnwanted
			return
		}
		s.server, s.fault = throwaway.Start()
	})
	switch {
	case missing(s.fault):
		t.Skip("NOT RUN: ", s.fault)
	case s.fault != nil:
		t.Fatal(s.fault)
	}
	dsn, err := s.server.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// missing says whether there was nothing to run on; a server that is there and does not start is a failure.
func missing(err error) bool { return errors.Is(err, throwaway.ErrNone) || errors.Is(err, errUnwanted) }

func add(name, line string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, line)
	return errors.Join(err, f.Close())
}
