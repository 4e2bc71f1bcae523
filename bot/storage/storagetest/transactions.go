package storagetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
)

var transactions = []test{
	{"an error leaves nothing of anything", func(t *testing.T, s storage.Store) {
		refused := errors.New("refused")
		err := s.Update(t.Context(), here, func(tx storage.Tx) error {
			return errors.Join(fillIn(tx, here), refused)
		})
		if !errors.Is(err, refused) {
			t.Errorf("Update: %v", err)
		}
		same(t, "state", seen(t, s, here, look), state{})
	}},
	{"an error leaves what was before", func(t *testing.T, s storage.Store) {
		fill(t, s, here)
		before := seen(t, s, here, look)
		_ = s.Update(t.Context(), here, func(tx storage.Tx) error {
			err := all(
				func() error { return tx.Proposals().Put(whole("C-1")) },
				func() error { return tx.Asks().Delete("C-1", "B") },
				func() error { return tx.Pairs().Put(proposal.Pair{A: "B-1", B: "C-1", Refused: true}) },
				func() error { return tx.Purchases().Put(joint("AC-1")) },
				func() error { return tx.Settings().Put("name", "changed") },
				func() error { return tx.Promises().Save(post("told")) },
				func() error { return tx.Promises().Supersede("card") },
				func() error { return tx.Inbox().Done("rives-slack", "open") },
				func() error { return tx.Inbox().Forget(morning.AddDate(1, 0, 0)) },
				func() error { return tx.Journal().Add(entry("dsi-a", "2", "proposal C-1", morning)) },
			)
			if err != nil {
				t.Errorf("change: %v", err)
			}
			return errors.New("refused")
		})
		same(t, "state", seen(t, s, here, look), before)
	}},
	{"a panic leaves nothing, and goes on to the caller", func(t *testing.T, s storage.Store) {
		func() {
			defer func() { same(t, "panic", recover(), any("broken")) }()
			_ = s.Update(t.Context(), here, func(tx storage.Tx) error {
				if err := fillIn(tx, here); err != nil {
					t.Error(err)
				}
				panic("broken")
			})
		}()
		same(t, "state", seen(t, s, here, look), state{})
		fill(t, s, here) // nothing stayed locked
	}},
	{"an Update reads what it has written", func(t *testing.T, s storage.Store) {
		var within state
		update(t, s, here, func(tx storage.Tx) (err error) {
			if err = fillIn(tx, here); err != nil {
				return err
			}
			within, err = look(tx)
			return err
		})
		same(t, "state", within, seen(t, s, here, look))
		if !within.Found {
			t.Error("nothing was written")
		}
	}},
	{"what is not found spoils nothing", func(t *testing.T, s storage.Store) {
		update(t, s, here, func(tx storage.Tx) error {
			if _, err := tx.Proposals().Get("C-1"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("Get: %v", err)
			}
			return fillIn(tx, here)
		})
		if !seen(t, s, here, look).Found {
			t.Error("nothing was written")
		}
	}},
	{"a View returns its error, and writes nothing", func(t *testing.T, s storage.Store) {
		refused := errors.New("refused")
		err := s.View(t.Context(), here, func(tx storage.Tx) error {
			for name, write := range map[string]func() error{
				"Next":      func() error { _, err := tx.Proposals().Next(proposal.Contract); return err },
				"Proposal":  func() error { return tx.Proposals().Put(whole("C-1")) },
				"Ask":       func() error { return tx.Asks().Put(proposal.Ask{Proposal: "C-1", Org: "B"}) },
				"Delete":    func() error { return tx.Asks().Delete("C-1", "B") },
				"Pair":      func() error { return tx.Pairs().Put(proposal.Pair{A: "B-1", B: "C-1"}) },
				"no pair":   func() error { return tx.Pairs().Delete("B-1", "C-1") },
				"Number":    func() error { _, err := tx.Purchases().Next(); return err },
				"Purchase":  func() error { return tx.Purchases().Put(joint("AC-1")) },
				"Setting":   func() error { return tx.Settings().Put("name", 1) },
				"Promise":   func() error { _, err := tx.Promises().Put(post("a")); return err },
				"Save":      func() error { return tx.Promises().Save(post("a")) },
				"Supersede": func() error { return tx.Promises().Supersede("a") },
				"Event":     func() error { _, err := tx.Inbox().Put(event("rives-slack", "1")); return err },
				"Done":      func() error { return tx.Inbox().Done("rives-slack", "1") },
				"Forget":    func() error { return tx.Inbox().Forget(morning) },
				"Entry":     func() error { return tx.Journal().Add(entry("dsi-a", "1", "x", morning)) },
			} {
				if err := write(); err == nil || errors.Is(err, storage.ErrNotFound) {
					t.Errorf("%s in a View: %v", name, err)
				}
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Errorf("View: %v", err)
		}
		same(t, "state", seen(t, s, here, look), state{})
	}},
	{"a View does not change while it runs", func(t *testing.T, s storage.Store) {
		fill(t, s, here)
		done := make(chan error)
		view(t, s, here, func(tx storage.Tx) error {
			before, err := look(tx)
			if err != nil {
				return err
			}
			go func() {
				done <- s.Update(t.Context(), here, func(tx storage.Tx) error { return tx.Proposals().Put(whole("C-2")) })
			}()
			// The Update may have to wait for this View; so it is given some time and not waited for.
			select {
			case err := <-done:
				go func() { done <- err }()
			case <-time.After(50 * time.Millisecond):
			}
			after, err := look(tx)
			same(t, "state", after, before)
			return err
		})
		if err := <-done; err != nil {
			t.Errorf("Update: %v", err)
		}
		if got := len(seen(t, s, here, look).Proposals); got != 2 {
			t.Errorf("%d proposals after the Update", got)
		}
	}},
	{"kept beyond its end, a Tx fails", func(t *testing.T, s storage.Store) {
		var keptTx storage.Tx
		update(t, s, here, func(tx storage.Tx) error { keptTx = tx; return nil })
		if err := keptTx.Settings().Put("a", 1); err == nil {
			t.Error("Put was taken")
		}
		if _, err := keptTx.Proposals().All(); err == nil {
			t.Error("All was answered")
		}
		same(t, "state", seen(t, s, here, look), state{})
	}},
	{"who has no time any more gets nothing, at once", func(t *testing.T, s storage.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		run := func(storage.Tx) error { t.Error("f was run"); return nil }
		for name, err := range map[string]error{"Update": s.Update(ctx, here, run), "View": s.View(ctx, here, run), "Check": s.Check(ctx)} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}},
	{"who waits for another Update stops when its time is up", func(t *testing.T, s storage.Store) {
		inside, leave := make(chan bool), make(chan bool)
		first := make(chan error)
		go func() {
			first <- s.Update(t.Context(), here, func(tx storage.Tx) error {
				inside <- true
				<-leave
				return tx.Settings().Put("name", "first")
			})
		}()
		<-inside
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		begun := time.Now()
		err := s.Update(ctx, here, func(tx storage.Tx) error { return tx.Settings().Put("name", "second") })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Update: %v", err)
		}
		if waited := time.Since(begun); waited > 2*time.Second {
			t.Errorf("it took %v to notice", waited)
		}
		leave <- true
		if err := <-first; err != nil {
			t.Errorf("the first Update: %v", err)
		}
		same(t, "name", seen(t, s, here, look).Name, "first")
	}},
	{"an Update whose time ends in the middle leaves nothing, even if f says nothing of it", func(t *testing.T, s storage.Store) {
		fill(t, s, here)
		before := seen(t, s, here, look)
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Update(ctx, here, func(tx storage.Tx) error {
			if err := tx.Settings().Put("name", "changed"); err != nil {
				return err
			}
			cancel()
			if err := tx.Proposals().Put(whole("C-2")); err == nil {
				t.Error("a write went on")
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Update: %v", err)
		}
		same(t, "state", seen(t, s, here, look), before)
		fill(t, s, "autre") // the store is as good as before
	}},
	{"an Update whose time ends at its end leaves nothing either", func(t *testing.T, s storage.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Update(ctx, here, func(tx storage.Tx) error {
			defer cancel()
			return fillIn(tx, here)
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Update: %v", err)
		}
		same(t, "state", seen(t, s, here, look), state{})
	}},
	{"Check is content", func(t *testing.T, s storage.Store) {
		if err := s.Check(t.Context()); err != nil {
			t.Errorf("Check: %v", err)
		}
	}},
}
