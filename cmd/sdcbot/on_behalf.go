package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"time"

	"sdcbot/adapters/sheet"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
	"sdcbot/config"
	"sdcbot/store"
)

// behalf is where an operator's command does what people do by chat: in the circle's database, for one organisation, without any chat.
type behalf struct {
	loaded *config.Config
	store  *store.Store
	org    circle.Organisation
}

// onBehalf opens the circle's database for the organisation that is named. What only reads makes none, and leaves an old schema alone; what writes
// keeps others away from a SQLite file as serve does.
func (c console) onBehalf(ctx context.Context, loaded *config.Config, named string, writes bool) (*behalf, error) {
	org, err := c.organisation(loaded, named)
	if err != nil {
		return nil, err
	}
	b := &behalf{loaded: loaded, org: org}
	if !writes {
		b.store, err = openToRead(ctx, loaded)
		return b, err
	}
	if b.store, err = openStore(ctx, loaded); err != nil {
		return nil, err
	}
	if err := b.store.Lock(); err != nil {
		return nil, errors.Join(ownWork(storeFailure(err)), b.store.Close())
	}
	if err := b.store.Migrate(ctx); err != nil {
		return nil, errors.Join(storeFailure(err), b.store.Close())
	}
	return b, nil
}

// ownWork says what to do where a serve holds the file: the chat takes the same file.
func ownWork(err error) error {
	var known failure
	if errors.As(err, &known) && known.code == exitBusy {
		known.says = locale.T("operator.import.in-use")
		return known
	}
	return err
}

// organisation finds the member that is named, or the only one.
func (c console) organisation(loaded *config.Config, named string) (circle.Organisation, error) {
	all := loaded.Circle.Organisations
	if named == "" && len(all) == 1 {
		return all[0], nil
	}
	if o, ok := loaded.Circle.OrganisationNamed(named); ok {
		return o, nil
	}
	var codes []locale.Text
	for _, o := range all {
		codes = append(codes, locale.T("operator.organisation.one", "code", o.Code, "name", cmp.Or(o.Name, o.Code)))
	}
	codes = codes[:min(len(codes), mostNamed)]
	if named == "" {
		return circle.Organisation{}, failure{code: exitUsage, says: locale.T("operator.organisation.which", "organisations", codes)}
	}
	return circle.Organisation{}, failure{code: exitUsage, says: locale.T("operator.organisation.unknown", "typed", named, "organisations", codes)}
}

// mostNamed is how many organisations a sentence names.
const mostNamed = 20

// turn hands do a use case's turn in the name of the organisation: on a snapshot, or in a transaction that is written whole or not at all.
func (b *behalf) turn(ctx context.Context, writes bool, do func(*usecase.Turn) error) error {
	transaction := b.store.View
	if writes {
		transaction = b.store.Update
	}
	var refusal usecase.Refusal
	err := transaction(ctx, b.loaded.Circle.ID, func(tx storage.Tx) error {
		t := &usecase.Turn{
			Tx: tx, Circle: b.loaded.Circle, Chats: b.loaded.Connections(), Now: time.Now().UTC().Truncate(time.Microsecond), Act: rand.Text(), Sheets: sheet.Sheets(),
			Handbook: &b.loaded.Handbook,
		}
		if err := usecase.ActFor(t, b.org.Code); err != nil {
			return err
		}
		return do(t)
	})
	if errors.As(err, &refusal) {
		return failure{exitFailed, refusal.Text, err}
	}
	return storeFailure(err)
}

func (b *behalf) close() { _ = b.store.Close() }
