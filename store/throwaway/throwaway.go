// Package throwaway starts PostgreSQL servers that nobody will miss: for tests, and for conversations that are played on PostgreSQL. It
// uses the programs of the distribution's packages, keeps everything below one temporary folder, listens on a socket in that folder and
// on no port, and is fast because it forgets everything if the machine stops. It never touches a server that it has not
// started, and holds no data that matters.
package throwaway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrNone says that this machine has no PostgreSQL to start: no initdb was found.
var ErrNone = errors.New("no initdb found on PATH or where distributions put it: install the package postgresql")

// Server is a running PostgreSQL.
type Server struct {
	folder string
	server *os.Process
	ended  chan struct{}
	made   atomic.Int64
}

// superuser owns everything on the server; nobody needs a password.
const superuser = "sdcbot"

// folders begin so, in the system's folder for temporary files.
const folders = "sdcbot-postgres-"

// Start makes and starts a server, which takes about a second. It ends with Stop, and on Linux at the latest with this process, however
// that ends. ErrNone when there is nothing to start.
func Start() (*Server, error) {
	programs, err := find()
	if err != nil {
		return nil, err
	}
	sweep(time.Now())
	folder, err := os.MkdirTemp(short(os.TempDir()), folders)
	if err != nil {
		return nil, err
	}
	s := &Server{folder: folder, ended: make(chan struct{})}
	if err := s.start(programs); err != nil {
		s.Stop()
		return nil, fmt.Errorf("throwaway PostgreSQL: %w", err)
	}
	return s, nil
}

func (s *Server) start(programs string) error {
	attributes, err := unprivileged(s.folder)
	if err != nil {
		return err
	}
	command := func(program string, arguments ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(programs, program), arguments...)
		c.Dir, c.Env, c.SysProcAttr = s.folder, []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}, attributes
		return c
	}
	data := filepath.Join(s.folder, "data")
	making := command("initdb", "-D", data, "-U", superuser, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions")
	if said, err := making.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(said))
	}
	log, err := os.Create(s.log())
	if err != nil {
		return err
	}
	defer log.Close()
	serving := command("postgres", "-D", data, "-k", s.folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "synchronous_commit=off",
		"-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB", "-c", "autovacuum=off")
	serving.Stdout, serving.Stderr = log, log

	started := make(chan error)
	go func() {
		// The system ends the server when the thread that started it ends, so that thread is kept for it alone.
		runtime.LockOSThread()
		err := serving.Start()
		s.server = serving.Process
		started <- err
		if err == nil {
			_ = serving.Wait() // how it ended is in its log
		}
		close(s.ended)
	}()
	if err := <-started; err != nil {
		return err
	}
	return s.ready()
}

// ready waits until the server answers.
func (s *Server) ready() error {
	deadline := time.After(30 * time.Second)
	for {
		conn, err := s.connect(context.Background())
		if err == nil {
			return conn.Close(context.Background())
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-s.ended:
			said, _ := os.ReadFile(s.log())
			return fmt.Errorf("it ended at once: %s", bytes.TrimSpace(said))
		case <-deadline:
			return fmt.Errorf("it does not answer: %w", err)
		}
	}
}

// Database makes an empty database and returns its address.
func (s *Server) Database(ctx context.Context) (dsn string, err error) {
	conn, err := s.connect(ctx)
	for startingUp(err) {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return "", ctx.Err()
		}
		conn, err = s.connect(ctx)
	}
	if err != nil {
		return "", err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	name := "circle_" + strconv.FormatInt(s.made.Add(1), 10)
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", err
	}
	return s.address(name), nil
}

// startingUp recognises a server that cannot take connections yet.
func startingUp(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == "57P03"
}

func (s *Server) connect(ctx context.Context) (*pgx.Conn, error) {
	return pgx.Connect(ctx, s.address("postgres"))
}

func (s *Server) address(database string) string {
	at := url.URL{
		Scheme: "postgres", User: url.User(superuser), Path: "/" + database,
		RawQuery: url.Values{"host": {s.folder}, "sslmode": {"disable"}}.Encode(),
	}
	return at.String()
}

func (s *Server) log() string { return filepath.Join(s.folder, "log") }

// Stop ends the server and removes all that it had. It may be called more than once.
func (s *Server) Stop() {
	if s.server != nil {
		_ = s.server.Signal(syscall.SIGQUIT) // at once: there is nothing to save
		<-s.ended
	}
	_ = os.RemoveAll(s.folder) // what stays is swept later
}

// find returns the folder of initdb and postgres: the one on PATH, or the newest of those where distributions put them.
func find() (string, error) {
	if program, err := exec.LookPath("initdb"); err == nil {
		if program, err = filepath.EvalSymlinks(program); err == nil {
			return filepath.Dir(program), nil
		}
	}
	newest, folder := -1, ""
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/pgsql*/bin"} {
		found, _ := filepath.Glob(pattern + "/initdb")
		for _, program := range found {
			if version := numberIn(program); version > newest {
				newest, folder = version, filepath.Dir(program)
			}
		}
	}
	if folder == "" {
		return "", ErrNone
	}
	return folder, nil
}

// numberIn returns the first number in a path, the version; 0 when there is none.
func numberIn(path string) int {
	begin := strings.IndexAny(path, "0123456789")
	if begin < 0 {
		return 0
	}
	digits := path[begin:]
	if end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 {
		digits = digits[:end]
	}
	n, _ := strconv.Atoi(digits)
	return n
}

// short returns a folder for temporary files whose path leaves room for a socket's, which holds some hundred bytes at most.
func short(folder string) string {
	if len(folder) > 60 {
		return "/tmp"
	}
	return folder
}

// sweep removes the folders of servers that have ended without Stop, since their process was killed.
func sweep(now time.Time) {
	left, _ := filepath.Glob(filepath.Join(short(os.TempDir()), folders+"*"))
	for _, folder := range left {
		if about, err := os.Lstat(folder); err != nil || now.Sub(about.ModTime()) < time.Minute {
			continue // it may be on its way up
		}
		if !serves(folder) {
			_ = os.RemoveAll(folder) // it may be somebody else's
		}
	}
}

// serves says whether the server of that folder runs, or may run.
func serves(folder string) bool {
	written, err := os.ReadFile(filepath.Join(folder, "data", "postmaster.pid"))
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	first, _, _ := strings.Cut(string(written), "\n")
	pid, notNumber := strconv.Atoi(first)
	if err != nil || notNumber != nil {
		return true // not ours to read: leave it
	}
	return alive(pid)
}
