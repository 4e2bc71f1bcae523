package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
	"sdcbot/store"
)

// many is how many contracts the figures of the product are given for.
const many = 400

func contractOf(number int) proposal.Proposal {
	most := 2
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	return proposal.Proposal{
		Ref: proposal.NewRef(proposal.Contract, number), Kind: proposal.Contract, Org: "A", Author: "dsi-a", Family: "telephony-fixed",
		Object: "Téléphonie fixe des agences", Supplier: "Opérateur", Amount: money.Amount{Cents: 24_000_00, Period: money.Yearly},
		Terms: contract.Terms{
			Start: calendar.On(2023, 6, 1), Months: 36, Renewal: contract.Tacit, RenewalMonths: 12, MaxRenewals: &most,
			Notice: contract.Notice{Months: 3, Known: true},
		},
		Said: "Mon contrat téléphonie arrive à échéance dans 6 mois", State: proposal.Live, At: at, Changed: at, Version: 1,
	}
}

// filled is a circle of many contracts.
func filled(b *testing.B, s *store.Store) *store.Store {
	b.Helper()
	err := s.Update(b.Context(), "rives", func(tx storage.Tx) error {
		for number := range many {
			if err := tx.Proposals().Put(contractOf(number + 1)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	return s
}

var databases = []struct {
	name string
	open func(b *testing.B) *store.Store
}{
	{"memory", func(b *testing.B) *store.Store { return open(b, "sqlite::memory:") }},
	{"SQLite", func(b *testing.B) *store.Store { return open(b, filepath.Join(b.TempDir(), "sdcbot.db")) }},
	{"PostgreSQL", func(b *testing.B) *store.Store { return open(b, postgres.Database(b)) }},
}

// BenchmarkAll reads 400 contracts.
func BenchmarkAll(b *testing.B) {
	for _, on := range databases {
		b.Run(on.name, func(b *testing.B) {
			s := filled(b, on.open(b))
			for b.Loop() {
				err := s.View(b.Context(), "rives", func(tx storage.Tx) error {
					all, err := tx.Proposals().All()
					if len(all) != many {
						b.Errorf("%d contracts", len(all))
					}
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkUpdate does what an answer to a question does: a change, its journal line, two promises, an event done with.
func BenchmarkUpdate(b *testing.B) {
	for _, on := range databases {
		b.Run(on.name, func(b *testing.B) {
			s := filled(b, on.open(b))
			round := 0
			for b.Loop() {
				round++
				id := fmt.Sprint(round)
				at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
				err := s.Update(b.Context(), "rives", func(tx storage.Tx) error {
					ask := proposal.Ask{Proposal: "C-1", Org: "B", Person: "dsi-b", At: at, Answer: proposal.Interested}
					if err := tx.Asks().Put(ask); err != nil {
						return err
					}
					if err := tx.Journal().Add(storage.Entry{At: at, Person: "dsi-b", Subject: "ask C-1 B", Before: []byte("{}"), After: []byte("{}")}); err != nil {
						return err
					}
					for _, key := range []string{"told ", "card "} {
						p := storage.Promise{
							Key: key + id, Kind: storage.Post, Chat: "rives", Channel: "commun", State: storage.Waiting,
							Draft: chat.Draft{Title: locale.T("card.title", "ref", "C-1")}, Made: at,
						}
						if _, err := tx.Promises().Put(p); err != nil {
							return err
						}
					}
					_, err := tx.Inbox().Put(chat.Event{ID: id, Chat: "rives", At: at})
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
