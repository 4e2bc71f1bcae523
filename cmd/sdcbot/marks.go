package main

import (
	"context"
	"encoding/json"

	"sdcbot/bot/storage"
)

// marks keeps how far was heard in each chat whose platform keeps nothing for us. It stands among the settings of the circle, under keys that no
// use case reads, so that a bot that starts again, on whatever machine, knows what it missed.
type marks struct {
	store  storage.Store // set before anybody listens
	circle string
}

func markKey(chat string) string { return "heard " + chat }

// load reads a chat's mark: nothing the first time.
func (m *marks) load(chat string) func(ctx context.Context) ([]byte, error) {
	return func(ctx context.Context) (mark []byte, err error) {
		var kept json.RawMessage
		err = m.store.View(ctx, m.circle, func(tx storage.Tx) error { return tx.Settings().Get(markKey(chat), &kept) })
		return kept, err
	}
}

// keep writes a chat's mark, which is JSON.
func (m *marks) keep(chat string) func(ctx context.Context, mark []byte) error {
	return func(ctx context.Context, mark []byte) error {
		return m.store.Update(ctx, m.circle, func(tx storage.Tx) error { return tx.Settings().Put(markKey(chat), json.RawMessage(mark)) })
	}
}
