package store

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// place is where a database lies, as its address says.
type place struct {
	server *pgx.ConnConfig // PostgreSQL; nil: SQLite
	file   string          // SQLite: its path; empty: in memory
	shown  string          // for the operator, without password
}

func (p place) postgres() bool { return p.server != nil }

// parse reads an address: "postgres://user:password@host/name", "sqlite:///path/file.db", "sqlite::memory:" or a plain path.
func parse(dsn string) (place, error) {
	scheme, rest, _ := strings.Cut(dsn, ":")
	switch {
	case dsn == "":
		return place{}, &Fault{Kind: ErrAddress, Place: "the database", Cause: fmt.Errorf("it is empty")}
	case scheme == "postgres" || scheme == "postgresql":
		config, err := pgx.ParseConfig(dsn)
		if err != nil {
			// Its error would quote the address; the password in it is starred, but not every secret that could stand there.
			return place{}, &Fault{Kind: ErrAddress, Place: "the PostgreSQL database", Cause: errUnread}
		}
		return place{server: config, shown: fmt.Sprintf("PostgreSQL database %s at %s", config.Database, config.Host)}, nil
	case dsn == "sqlite::memory:":
		return place{shown: "the database in memory"}, nil
	case scheme == "sqlite":
		file, err := url.PathUnescape(strings.TrimPrefix(rest, "//"))
		if err != nil || file == "" {
			return place{}, &Fault{Kind: ErrAddress, Place: "the SQLite database", Cause: errUnread}
		}
		return place{file: file, shown: file}, nil
	case strings.Contains(dsn, "://"):
		return place{}, &Fault{Kind: ErrAddress, Place: "the database", Cause: fmt.Errorf("%q is no database that we know", scheme)}
	}
	return place{file: dsn, shown: dsn}, nil
}

// memories counts the databases in memory, each of which has a name of its own in this process.
var memories atomic.Int64

// sqlite returns the driver's address of a SQLite database for connections that write, or that only read.
//
// Durability: synchronous(FULL) has every commit on the disk before it returns. NORMAL would be faster, and lose the last commits with the
// power: events that were acknowledged, and the memory of messages that were sent. busy_timeout is short because retry waits after it,
// and can be interrupted.
func (p place) sqlite(memory int64, write bool) (string, error) {
	query := url.Values{"_txlock": {"immediate"}, "_timezone": {"UTC"}, "_error_rc": {"1"}}
	pragmas := []string{"busy_timeout(200)", "foreign_keys(1)"}
	address := url.URL{Scheme: "file"}
	if p.file == "" {
		query.Set("vfs", "memdb")
		address.Path = fmt.Sprintf("/sdcbot-%d", memory)
	} else {
		path, err := filepath.Abs(p.file)
		if err != nil {
			return "", err
		}
		address.Path = filepath.ToSlash(path)
		pragmas = append(pragmas, "journal_mode(WAL)", "synchronous(FULL)")
	}
	if !write {
		pragmas = append(pragmas, "query_only(1)")
	}
	query["_pragma"] = pragmas
	address.RawQuery = query.Encode()
	return address.String(), nil
}
