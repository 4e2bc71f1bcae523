package storagetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
)

const (
	workers = 8
	rounds  = 12
)

// race starts all workers at once, round after round, and waits for each round's end.
func race(t *testing.T, work func(worker, round int) error) {
	t.Helper()
	for round := range rounds {
		start := make(chan bool)
		var ended sync.WaitGroup
		for worker := range workers {
			ended.Go(func() {
				<-start
				if err := work(worker, round); err != nil {
					t.Errorf("worker %d, round %d: %v", worker, round, err)
				}
			})
		}
		close(start)
		ended.Wait()
		if t.Failed() {
			return
		}
	}
}

var races = []test{
	{"numbers have no gap and no double", func(t *testing.T, s storage.Store) {
		var mutex sync.Mutex
		var got []int
		race(t, func(int, int) error {
			var number int
			err := s.Update(t.Context(), here, func(tx storage.Tx) (err error) {
				if number, err = tx.Proposals().Next(proposal.Contract); err != nil {
					return err
				}
				return tx.Proposals().Put(proposal.Proposal{Ref: proposal.NewRef(proposal.Contract, number), Version: number})
			})
			mutex.Lock()
			defer mutex.Unlock()
			got = append(got, number)
			return err
		})
		slices.Sort(got)
		for i, number := range got {
			if number != i+1 {
				t.Fatalf("number %d stands in place %d of %v", number, i, got)
			}
		}
		for i, p := range seen(t, s, here, func(tx storage.Tx) ([]proposal.Proposal, error) { return tx.Proposals().All() }) {
			if p.Version != i+1 {
				t.Errorf("%s was recorded as the %dth: the order is not that of the commits", p.Ref, i+1)
			}
		}
	}},
	{"no change is lost: each Update builds on the one before", func(t *testing.T, s storage.Store) {
		race(t, func(int, int) error {
			return s.Update(t.Context(), here, func(tx storage.Tx) error {
				count := 0
				if err := tx.Settings().Get("count", &count); err != nil {
					return err
				}
				return tx.Settings().Put("count", count+1)
			})
		})
		same(t, "count", seen(t, s, here, func(tx storage.Tx) (count int, err error) {
			err = tx.Settings().Get("count", &count)
			return count, err
		}), workers*rounds)
	}},
	{"of those who promise the same, one does", func(t *testing.T, s storage.Store) {
		var mutex sync.Mutex
		made := map[int]int{}
		race(t, func(_, round int) error {
			var fresh bool
			err := s.Update(t.Context(), here, func(tx storage.Tx) (err error) {
				fresh, err = tx.Promises().Put(post(fmt.Sprint("digest ", round)))
				return err
			})
			mutex.Lock()
			defer mutex.Unlock()
			if fresh {
				made[round]++
			}
			return err
		})
		for round := range rounds {
			same(t, fmt.Sprint("promises of round ", round), made[round], 1)
		}
		same(t, "open", len(seen(t, s, here, func(tx storage.Tx) ([]storage.Promise, error) { return tx.Promises().Open() })), rounds)
	}},
	{"of those who deliver the same, one is fresh", func(t *testing.T, s storage.Store) {
		var mutex sync.Mutex
		fresh := 0
		race(t, func(_, round int) error {
			var first bool
			err := s.Update(t.Context(), here, func(tx storage.Tx) (err error) {
				first, err = tx.Inbox().Put(event("rives-slack", fmt.Sprint(round)))
				return err
			})
			mutex.Lock()
			defer mutex.Unlock()
			if first {
				fresh++
			}
			return err
		})
		same(t, "fresh", fresh, rounds)
	}},
	{"who reads beside who writes sees all of a change or nothing of it", func(t *testing.T, s storage.Store) {
		race(t, func(worker, round int) error {
			if worker%2 == 0 {
				return s.Update(t.Context(), here, func(tx storage.Tx) error {
					n, err := tx.Proposals().Next(proposal.Need)
					if err != nil {
						return err
					}
					ref := proposal.NewRef(proposal.Need, n)
					return all(
						func() error { return tx.Proposals().Put(proposal.Proposal{Ref: ref}) },
						func() error { return tx.Asks().Put(proposal.Ask{Proposal: ref, Org: "B"}) },
						func() error { return tx.Journal().Add(entry("dsi-a", "1", "needs", morning)) },
					)
				})
			}
			return s.View(t.Context(), here, func(tx storage.Tx) error {
				entries, err := tx.Journal().About("needs")
				if err != nil {
					return err
				}
				needs, err := tx.Proposals().All()
				if err != nil {
					return err
				}
				asked, err := tx.Asks().All()
				if len(needs) != len(entries) || len(asked) != len(entries) {
					t.Errorf("%d entries, %d needs, %d questions", len(entries), len(needs), len(asked))
				}
				return err
			})
		})
	}},
	{"circles do not mix", func(t *testing.T, s storage.Store) {
		race(t, func(worker, round int) error {
			circle := fmt.Sprint("circle ", worker)
			return s.Update(t.Context(), circle, func(tx storage.Tx) error {
				n, err := tx.Proposals().Next(proposal.Contract)
				if n != round+1 {
					t.Errorf("%s got number %d in round %d", circle, n, round)
				}
				return err
			})
		})
	}},
}
