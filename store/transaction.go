package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"

	"gorm.io/gorm"

	"sdcbot/bot/storage"
)

// View runs f on a snapshot.
func (s *Store) View(ctx context.Context, circle string, f func(storage.Tx) error) error {
	return s.retry(ctx, func() error { return s.once(ctx, circle, false, f) })
}

// Update runs f in one transaction, alone on its circle.
func (s *Store) Update(ctx context.Context, circle string, f func(storage.Tx) error) error {
	return s.retry(ctx, func() error { return s.once(ctx, circle, true, f) })
}

// once tries a transaction once.
func (s *Store) once(ctx context.Context, circle string, write bool, f func(storage.Tx) error) (err error) {
	pool, options := s.readers, s.snapshot()
	if write {
		pool, options = s.writer, &sql.TxOptions{}
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()

	// The end of ctx ends our statements, one by one. It must not reach the transaction itself: a COMMIT that was cut short may have
	// happened or not, and nobody could tell.
	begun, err := conn.BeginTx(context.WithoutCancel(ctx), options)
	if err != nil {
		return err
	}
	open := true
	defer func() {
		if open { // f failed or panicked
			_ = begun.Rollback() // what cannot be rolled back is lost with its connection
		}
	}()

	db := s.gorm.WithContext(ctx)
	db.Statement.ConnPool = cleaning{begun}
	t := &tx{db: db, circle: circle, write: write}
	if write && s.postgres() {
		// Read committed, so each statement after this one sees what the Update that we waited for has left.
		if err := db.Exec("SELECT pg_advisory_xact_lock(?)", lockOf(circle)).Error; err != nil {
			return err
		}
	}
	err = f(t)
	if err == nil {
		err = t.fault
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	open = false
	if err := begun.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// snapshot is how a transaction begins that reads.
func (s *Store) snapshot() *sql.TxOptions {
	if s.postgres() {
		return &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	}
	return &sql.TxOptions{ReadOnly: true}
}

// lockOf is the number of a circle's advisory lock. Two circles of one number would only wait for each other.
func lockOf(circle string) int64 {
	h := fnv.New64a()
	h.Write([]byte("sdcbot circle " + clean(circle)))
	return int64(h.Sum64())
}

// tx is one circle's state inside a transaction.
type tx struct {
	db     *gorm.DB
	circle string
	write  bool
	fault  error            // the first one of the database: what follows it cannot be trusted, so nothing will be committed
	last   map[string]int64 // the highest seq in use, by table
}

func (t *tx) Proposals() storage.Proposals { return proposals{t} }
func (t *tx) Asks() storage.Asks           { return asks{t} }
func (t *tx) Pairs() storage.Pairs         { return pairs{t} }
func (t *tx) Purchases() storage.Purchases { return purchases{t} }
func (t *tx) Settings() storage.Settings   { return settings{t} }
func (t *tx) Promises() storage.Promises   { return promises{t} }
func (t *tx) Inbox() storage.Inbox         { return inbox{t} }
func (t *tx) Journal() storage.Journal     { return journal{t} }

// errView is a fault of the program.
var errView = errors.New("a View cannot write")

// in begins every query: the rows of this circle and no other.
func (t *tx) in(row any) *gorm.DB { return t.db.Model(row).Where("circle = ?", t.circle) }

// did says what a statement came to.
func (t *tx) did(what string, result *gorm.DB) error { return t.failed(what, result.Error) }

// failed says what was tried when it failed, and remembers the fault.
func (t *tx) failed(what string, err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("%s: %w", what, err)
	if t.fault == nil {
		t.fault = err
	}
	return err
}

// changed is did for a statement that must find a row to change.
func (t *tx) changed(what string, result *gorm.DB) error {
	if err := t.did(what, result); err != nil {
		return err
	}
	if result.RowsAffected == 0 {
		return fmt.Errorf("%s: %w", what, storage.ErrNotFound)
	}
	return nil
}

// may says whether something can be written now.
func (t *tx) may(what string) error {
	if !t.write {
		return fmt.Errorf("%s: %w", what, errView)
	}
	return t.fault
}

// next returns the number of the next row of a table that counts its rows.
func (t *tx) next(what, table string) (int64, error) {
	last, known := t.last[table]
	if !known {
		found := t.db.Table(table).Where("circle = ?", t.circle).Select("COALESCE(MAX(seq), 0)").Scan(&last)
		if err := t.did(what, found); err != nil {
			return 0, err
		}
	}
	if t.last == nil {
		t.last = map[string]int64{}
	}
	t.last[table] = last + 1
	return last + 1, nil
}

// number counts one further under that name, from 1.
func (t *tx) number(what, name string) (int, error) {
	if err := t.may(what); err != nil {
		return 0, err
	}
	var number int
	err := t.did(what, t.db.Raw(`INSERT INTO counters (circle, name, value) VALUES (?, ?, 1)
		ON CONFLICT (circle, name) DO UPDATE SET value = counters.value + 1 RETURNING value`, t.circle, name).Scan(&number))
	return number, err
}

// first returns the first row of a query, or ErrNotFound.
func first[R any](t *tx, what string, query *gorm.DB) (R, error) {
	var rows []R
	if err := t.did(what, query.Limit(1).Find(&rows)); err != nil {
		var none R
		return none, err
	}
	if len(rows) == 0 {
		var none R
		return none, fmt.Errorf("%s: %w", what, storage.ErrNotFound)
	}
	return rows[0], nil
}

// each returns all the rows of a query, made into what they stand for.
func each[R, T any](t *tx, what string, query *gorm.DB, made func(R) T) ([]T, error) {
	var rows []R
	if err := t.did(what, query.Find(&rows)); err != nil {
		return nil, err
	}
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = made(row)
	}
	return out, nil
}

// cleaning is a transaction whose every string is clean, those that are looked for like those that are written.
type cleaning struct{ *sql.Tx }

func (c cleaning) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return c.Tx.ExecContext(ctx, query, cleaned(args)...)
}

func (c cleaning) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return c.Tx.QueryContext(ctx, query, cleaned(args)...)
}

func (c cleaning) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return c.Tx.QueryRowContext(ctx, query, cleaned(args)...)
}

func cleaned(args []any) []any {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = clean(s)
		}
	}
	return args
}
