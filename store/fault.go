package store

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "modernc.org/sqlite/lib"
)

// Fault is a failure that the one who runs the bot can mend. It prints as one line: where, what, what to do, and the cause.
type Fault struct {
	Kind  *Kind
	Place string // the database or file, without password
	Cause error  // may be nil
}

func (f *Fault) Error() string {
	line := f.Place + ": " + f.Kind.What + ": " + f.Kind.Remedy
	if f.Cause != nil {
		line += " (" + strings.Join(strings.Fields(f.Cause.Error()), " ") + ")"
	}
	return line
}

// Unwrap lets errors.Is find the kind and the cause.
func (f *Fault) Unwrap() []error {
	if f.Cause == nil {
		return []error{f.Kind}
	}
	return []error{f.Kind, f.Cause}
}

// Kind is a kind of Fault. Compare with errors.Is.
type Kind struct{ What, Remedy string }

func (k *Kind) Error() string { return k.What }

// The kinds of faults.
var (
	ErrAddress = &Kind{
		"the address of the database cannot be read",
		"write a file's path, sqlite:///path/file.db or postgres://user:password@host:5432/name",
	}
	ErrCannotOpen = &Kind{
		"the file cannot be opened",
		"check that its folder exists and that this user may read and write the file and the folder",
	}
	ErrReadOnly    = &Kind{"the database is read-only", "give this user the right to write the file and its folder, or connect to the primary server"}
	ErrDiskFull    = &Kind{"the disk is full", "free some space; nothing that was stored is lost"}
	ErrDisk        = &Kind{"the disk fails", "check the disk and the file system, then restore the last backup if need be"}
	ErrBusy        = &Kind{"another program holds the database locked", "stop that program, or wait until it is done"}
	ErrInUse       = &Kind{"another sdcbot runs on this file", "stop it first; several at once need PostgreSQL"}
	ErrDamaged     = &Kind{"this is no database of sdcbot, or it is damaged", "check the path, or restore the last backup into a new file"}
	ErrBehind      = &Kind{"the schema is older than this program", "run sdcbot migrate"}
	ErrAhead       = &Kind{"the schema is newer than this program", "install the version of sdcbot that made it, or a newer one"}
	ErrPassword    = &Kind{"the server refuses this user", "check user and password in the address, and the server's pg_hba.conf"}
	ErrRights      = &Kind{"this user has not the rights it needs", "make it the owner of the database"}
	ErrNoDatabase  = &Kind{"there is no such database on the server", "create it: CREATE DATABASE name OWNER user ENCODING 'UTF8' TEMPLATE template0"}
	ErrEncoding    = &Kind{"the database is not in UTF-8", "create another one: CREATE DATABASE name OWNER user ENCODING 'UTF8' TEMPLATE template0"}
	ErrUnreachable = &Kind{"the database server does not answer", "check that it runs, and host and port in the address"}
	ErrConnections = &Kind{"the server has no connection left", "raise max_connections, or stop what holds them"}
	ErrNotEmpty    = &Kind{"the database is not empty", "restore into a new one"}
	ErrBackup      = &Kind{"the backup cannot be used", "take another backup; nothing was restored"}
)

var errUnread = errors.New("it is not well formed")

// sqliteKinds maps the primary result codes of SQLite.
var sqliteKinds = map[int]*Kind{
	sqlite3.SQLITE_PERM:     ErrCannotOpen,
	sqlite3.SQLITE_CANTOPEN: ErrCannotOpen,
	sqlite3.SQLITE_READONLY: ErrReadOnly,
	sqlite3.SQLITE_FULL:     ErrDiskFull,
	sqlite3.SQLITE_IOERR:    ErrDisk,
	sqlite3.SQLITE_BUSY:     ErrBusy,
	sqlite3.SQLITE_LOCKED:   ErrBusy,
	sqlite3.SQLITE_CORRUPT:  ErrDamaged,
	sqlite3.SQLITE_NOTADB:   ErrDamaged,
}

// postgresKinds maps the SQLSTATE codes of PostgreSQL.
var postgresKinds = map[string]*Kind{
	"28P01": ErrPassword,
	"28000": ErrPassword,
	"3D000": ErrNoDatabase,
	"25006": ErrReadOnly,
	"42501": ErrRights,
	"42P01": ErrBehind, // no such table
	"42703": ErrBehind, // no such column
	"53100": ErrDiskFull,
	"53300": ErrConnections,
	"55P03": ErrBusy,
	"57P01": ErrUnreachable, // shutting down
	"57P03": ErrUnreachable, // starting up
	"58030": ErrDisk,
	"XX001": ErrDamaged,
}

// explain makes a Fault of an error that the operator can mend, and leaves any other as it is.
func (p place) explain(err error) error {
	var known *Fault
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if kind := kindOf(err); kind != nil {
		return &Fault{Kind: kind, Place: p.shown, Cause: err}
	}
	return err
}

func kindOf(err error) *Kind {
	var inSQLite interface{ Code() int }
	var inPostgres *pgconn.PgError
	var connecting *pgconn.ConnectError
	var network *net.OpError
	switch {
	case errors.As(err, &inPostgres):
		return postgresKinds[inPostgres.Code]
	case errors.As(err, &inSQLite):
		// Missing tables have no code of their own.
		if strings.Contains(err.Error(), "no such table") || strings.Contains(err.Error(), "no such column") {
			return ErrBehind
		}
		return sqliteKinds[inSQLite.Code()&0xff]
	case errors.As(err, &connecting), errors.As(err, &network):
		return ErrUnreachable
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ErrDiskFull
	case errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
		return ErrCannotOpen
	}
	return nil
}
