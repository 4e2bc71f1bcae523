package play

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"

	"sdcbot/store"
)

// emptyStore opens a database with nothing in it but the schema: SQLite in memory, or a schema of its own in the PostgreSQL database at
// that address, so that whatever else is there stays untouched. forget closes it and drops all that was written.
func emptyStore(ctx context.Context, postgres string) (s *store.Store, forget func(), err error) {
	address, forget := "sqlite::memory:", func() {}
	if postgres != "" {
		if address, forget, err = emptySchema(ctx, postgres); err != nil {
			return nil, nil, err
		}
	}
	s, err = store.Open(ctx, address)
	if err != nil {
		forget()
		return nil, nil, err
	}
	if err := s.Migrate(ctx); err != nil {
		err = errors.Join(err, s.Close())
		forget()
		return nil, nil, err
	}
	drop := forget
	return s, func() { _ = s.Close(); drop() }, nil
}

// emptySchema makes one and returns the address by which the database is seen through it alone.
func emptySchema(ctx context.Context, postgres string) (address string, drop func(), err error) {
	at, err := url.Parse(postgres)
	if err != nil || at.Host == "" && at.RawQuery == "" {
		return "", nil, errors.New("the address of the PostgreSQL database is not understood")
	}
	name := "play_" + strings.ToLower(rand.Text()[:12])
	run := func(ctx context.Context, statement string) error {
		c, err := pgx.Connect(ctx, postgres)
		if err != nil {
			return fmt.Errorf("PostgreSQL: %w", err)
		}
		defer c.Close(ctx)
		_, err = c.Exec(ctx, statement)
		return err
	}
	if err := run(ctx, "CREATE SCHEMA "+name); err != nil {
		return "", nil, err
	}
	query := at.Query()
	query.Set("search_path", name)
	at.RawQuery = query.Encode()
	return at.String(), func() {
		// The schema goes even when the play was interrupted.
		_ = run(context.WithoutCancel(ctx), "DROP SCHEMA "+name+" CASCADE")
	}, nil
}
