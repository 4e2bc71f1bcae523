package storagetest

import (
	"errors"
	"testing"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/storage"
)

// joint is a purchase of which every field says something.
func joint(ref purchase.Ref) purchase.Purchase {
	return purchase.Purchase{
		Ref: ref, Family: "telephony", Object: "Téléphonie « fixe & mobile »", Coordinator: purchase.Coordinator{Org: "A", Person: "dsi-a"},
		State: purchase.Collection, Lots: []purchase.Lot{{Number: 1, Object: "fixe"}, {Number: 3, Object: "mobile"}},
		Members: []purchase.Member{{
			Org: "A", By: "dsi-a", Since: day("2026-11-23"), Lots: []int{1}, Contracts: []proposal.Ref{"C-1", "B-2"},
			Answers:  map[string]purchase.Value{"sites": {Number: 12}, "cost": {Amount: money.Amount{Cents: 24_000_00, Period: money.Yearly}}, "constraints": {Words: "œuvre"}},
			Answered: day("2026-12-01"), Consents: true, Signed: day("2027-01-04"),
		}, {Org: "B", By: "adj-b", Since: day("2026-11-24")}},
		Target: day("2027-06-01"), Closing: day("2027-02-15"), Months: 48, Deadlines: map[purchase.State]calendar.Day{purchase.Tender: day("2027-04-01")},
		Savings: []purchase.Saving{{
			Org: "A", Kind: purchase.Running, Before: money.Amount{Cents: 2, Period: money.Yearly}, After: money.Amount{Cents: 1, Period: money.Yearly}, By: "dsi-a", On: day("2028-01-03"),
		}},
		By: "dsi-a", Opened: read(morning), Changed: read(morning.Add(time.Hour)), Version: 3,
	}
}

var purchases = []test{
	{"what was put is got", func(t *testing.T, s storage.Store) {
		want := joint("AC-1")
		update(t, s, here, func(tx storage.Tx) error {
			given := joint("AC-1")
			given.Opened, given.Changed = morning, morning.Add(time.Hour)
			return tx.Purchases().Put(given)
		})
		same(t, "AC-1", seen(t, s, here, func(tx storage.Tx) (purchase.Purchase, error) { return tx.Purchases().Get("AC-1") }), want)
	}},
	{"what is not there is not found", func(t *testing.T, s storage.Store) {
		view(t, s, here, func(tx storage.Tx) error {
			if _, err := tx.Purchases().Get("AC-1"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("Get: %v", err)
			}
			return nil
		})
	}},
	{"all come in the order in which they were opened, changed ones at their place and whole", func(t *testing.T, s storage.Store) {
		for _, ref := range []purchase.Ref{"AC-10", "AC-9"} {
			update(t, s, here, func(tx storage.Tx) error { return tx.Purchases().Put(joint(ref)) })
		}
		bare := purchase.Purchase{Ref: "AC-10", State: purchase.Dropped, Version: 4}
		update(t, s, here, func(tx storage.Tx) error { return tx.Purchases().Put(bare) })
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]purchase.Purchase, error) { return tx.Purchases().All() }),
			[]purchase.Purchase{bare, joint("AC-9")})
	}},
	{"numbers count from 1, apart from those of proposals", func(t *testing.T, s storage.Store) {
		var got []int
		update(t, s, here, func(tx storage.Tx) error {
			got = nil
			if _, err := tx.Proposals().Next(proposal.Contract); err != nil {
				return err
			}
			for range 2 {
				n, err := tx.Purchases().Next()
				if err != nil {
					return err
				}
				got = append(got, n)
			}
			return nil
		})
		same(t, "numbers", got, []int{1, 2})
	}},
}
