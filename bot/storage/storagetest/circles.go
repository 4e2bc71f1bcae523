package storagetest

import (
	"errors"
	"testing"
	"time"

	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/storage"
)

// fill gives a circle one of everything.
func fill(t *testing.T, s storage.Store, circle string) {
	t.Helper()
	update(t, s, circle, func(tx storage.Tx) error { return fillIn(tx, circle) })
}

func fillIn(tx storage.Tx, circle string) error {
	said := kept(private("told", "dsi-a"), morning)
	said.Subject = "digest"
	worked := event("rives-slack", "worked")
	return all(
		func() error { _, err := tx.Proposals().Next(proposal.Contract); return err },
		func() error { return tx.Proposals().Put(proposal.Proposal{Ref: "C-1", Object: circle}) },
		func() error { return tx.Asks().Put(proposal.Ask{Proposal: "C-1", Org: "B", Comment: circle}) },
		func() error { return tx.Pairs().Put(proposal.Pair{A: "B-1", B: "C-1", At: read(morning)}) },
		func() error { return tx.Purchases().Put(purchase.Purchase{Ref: "AC-1", Object: circle}) },
		func() error { return tx.Settings().Put("name", circle) },
		func() error { _, err := tx.Promises().Put(edit("edit", "card")); return err },
		func() error { _, err := tx.Promises().Put(said); return err },
		func() error { _, err := tx.Inbox().Put(event("rives-slack", "open")); return err },
		func() error { _, err := tx.Inbox().Put(worked); return err },
		func() error { return tx.Inbox().Done("rives-slack", "worked") },
		func() error { return tx.Journal().Add(entry("dsi-a", "1", "proposal C-1", morning)) },
	)
}

// state is everything that can be read of what fill writes.
type state struct {
	Proposals                []proposal.Proposal
	LiveOf                   []proposal.Proposal
	Asks, AsksOf             []proposal.Ask
	Pairs, PairsOf           []proposal.Pair
	Purchases                []purchase.Purchase
	Name                     string
	Keys                     []string
	Open, About, Told        []storage.Promise
	Acts, JournalOf          []storage.Entry
	Events                   int
	Found, FoundAsk, FoundBy bool
}

func look(tx storage.Tx) (st state, err error) {
	found := func(err error) (bool, error) {
		if errors.Is(err, storage.ErrNotFound) {
			return false, nil
		}
		return err == nil, err
	}
	err = all(
		func() (err error) { st.Proposals, err = tx.Proposals().All(); return },
		func() (err error) { st.LiveOf, err = tx.Proposals().LiveOf("", "gis", "telephony-fixed"); return },
		func() (err error) { st.Asks, err = tx.Asks().All(); return },
		func() (err error) { st.AsksOf, err = tx.Asks().Of("C-1"); return },
		func() (err error) { st.Pairs, err = tx.Pairs().All(); return },
		func() (err error) { st.Purchases, err = tx.Purchases().All(); return },
		func() (err error) { st.PairsOf, err = tx.Pairs().Of("C-1"); return },
		func() error { return tx.Settings().Get("name", &st.Name) },
		func() (err error) { st.Keys, err = tx.Settings().Keys(""); return },
		func() (err error) { st.Open, err = tx.Promises().Open(); return },
		func() (err error) { st.About, err = tx.Promises().About("digest"); return },
		func() (err error) { st.Told, err = tx.Promises().ToldTo("dsi-a", 10); return },
		func() (err error) { st.Acts, err = tx.Journal().Acts("dsi-a", time.Time{}); return },
		func() (err error) { st.JournalOf, err = tx.Journal().About("proposal C-1"); return },
		func() error { events, err := tx.Inbox().Open(); st.Events = len(events); return err },
		func() error { _, err := tx.Proposals().Get("C-1"); st.Found, err = found(err); return err },
		func() error { _, err := tx.Asks().Get("C-1", "B"); st.FoundAsk, err = found(err); return err },
		func() error {
			_, err := tx.Promises().ByRef(kept(private("told", "dsi-a"), morning).Ref)
			st.FoundBy, err = found(err)
			return err
		},
	)
	return st, err
}

var circles = []test{
	{"one sees nothing of another", func(t *testing.T, s storage.Store) {
		fill(t, s, here)
		for _, other := range []string{"autre", "", "Rives", "rives ", "rive%"} {
			same(t, other, seen(t, s, other, look), state{})
		}
	}},
	{"one changes nothing of another", func(t *testing.T, s storage.Store) {
		fill(t, s, here)
		before := seen(t, s, here, look)
		if !before.Found || !before.FoundAsk || !before.FoundBy || before.Events != 1 || len(before.Told) != 1 {
			t.Fatalf("the circle is not filled: %+v", before)
		}
		fill(t, s, "autre") // the same keys, numbers and ids
		update(t, s, "autre", func(tx storage.Tx) error {
			return all(
				func() error { return tx.Asks().Delete("C-1", "B") },
				func() error { return tx.Purchases().Put(purchase.Purchase{Ref: "AC-1", Object: "elsewhere"}) },
				func() error { return tx.Pairs().Delete("B-1", "C-1") },
				func() error { return tx.Pairs().Put(proposal.Pair{A: "B-1", B: "C-1", Refused: true}) },
				func() error { return tx.Promises().Supersede("card") },
				func() error { return tx.Promises().Save(post("told")) },
				func() error { return tx.Inbox().Done("rives-slack", "open") },
				func() error { return tx.Inbox().Forget(morning.AddDate(1, 0, 0)) },
			)
		})
		same(t, here, seen(t, s, here, look), before)
		same(t, "fresh", hear(t, s, here, event("rives-slack", "worked")), []bool{false})
		same(t, "fresh", hear(t, s, "autre", event("rives-slack", "worked")), []bool{true})
	}},
	{"each counts its own numbers", func(t *testing.T, s storage.Store) {
		for _, circle := range []string{here, "autre"} {
			for want := 1; want <= 3; want++ {
				update(t, s, circle, func(tx storage.Tx) error {
					got, err := tx.Proposals().Next(proposal.Contract)
					same(t, "number in "+circle, got, want)
					return err
				})
			}
		}
	}},
}
