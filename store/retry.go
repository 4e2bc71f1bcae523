package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "modernc.org/sqlite/lib"
)

// patience is how long a transaction is tried again while others are in its way.
const patience = 10 * time.Second

// retry runs try until it is not disturbed any more, and explains what it fails with.
func (s *Store) retry(ctx context.Context, try func() error) error {
	err := try() // the usual way costs nothing
	if err == nil || !disturbed(err) {
		return s.explain(stopped(ctx, err))
	}
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval = 5*time.Millisecond, 200*time.Millisecond
	_, err = backoff.Retry(ctx, func() (struct{}, error) {
		err := try()
		if err != nil && !disturbed(err) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxElapsedTime(patience))
	return s.explain(stopped(ctx, err))
}

// disturbed says whether the same thing may succeed when it is tried again: somebody else was in the way and nothing has happened.
func disturbed(err error) bool {
	var inSQLite interface{ Code() int }
	var inPostgres *pgconn.PgError
	switch {
	case errors.As(err, &inPostgres):
		return inPostgres.Code == "40001" || inPostgres.Code == "40P01" // serialisation failure, deadlock
	case errors.As(err, &inSQLite):
		code := inSQLite.Code() & 0xff
		return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
	}
	return pgconn.SafeToRetry(err) // a pooled connection that had died: nothing was sent
}

// stopped says that it was ctx's end when it was: drivers then report that they were interrupted, or that their connection is closed.
func stopped(ctx context.Context, err error) error {
	if ended := ctx.Err(); err != nil && ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w: %w", ended, err)
	}
	return err
}
