package storagetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/storage"
)

func event(chatName, id string) chat.Event {
	return chat.Event{ID: id, Chat: chatName, At: read(morning), Kind: chat.Said, From: "U1", Text: "bonjour"}
}

// hear stores events and says which were fresh.
func hear(t *testing.T, s storage.Store, circle string, events ...chat.Event) (fresh []bool) {
	t.Helper()
	for _, e := range events {
		update(t, s, circle, func(tx storage.Tx) error {
			isFresh, err := tx.Inbox().Put(e)
			fresh = append(fresh, isFresh)
			return err
		})
	}
	return fresh
}

func openEvents(tx storage.Tx) ([]chat.Event, error) { return tx.Inbox().Open() }

var inbox = []test{
	{"an event comes back as it came", func(t *testing.T, s storage.Store) {
		want := chat.Event{
			ID: "Ev1", Chat: "rives-slack", At: read(morning), Kind: chat.Submitted, From: "U1", Channel: "commun", Private: true, ToBot: true,
			Text: "Mon contrat <b>téléphonie</b> \"24 k€\"\n\tdans 6 mois 🙋", Message: chat.Ref{Chat: "rives-slack", Channel: "C024", ID: "1700.1"},
			Emoji: "🙋", Button: "answer C-1 B", Form: "complete C-1", Values: map[string]string{"échéance": "31/07/2027", "vide": ""},
			Files: []chat.File{{Name: "contrats.csv", Content: []byte{0, 0xff, 'a', ';', '\n'}}}, Handle: "trigger.1",
		}
		hear(t, s, here, want)
		same(t, "open", seen(t, s, here, openEvents), []chat.Event{want})
	}},
	{"delivered three times it is stored once, as it came first", func(t *testing.T, s storage.Store) {
		again := event("rives-slack", "Ev1")
		again.Text = "changed"
		same(t, "fresh", hear(t, s, here, event("rives-slack", "Ev1"), event("rives-slack", "Ev1"), again), []bool{true, false, false})
		same(t, "open", seen(t, s, here, openEvents), []chat.Event{event("rives-slack", "Ev1")})
	}},
	{"ids are a chat's own", func(t *testing.T, s storage.Store) {
		same(t, "fresh", hear(t, s, here, event("rives-slack", "1"), event("rives-mattermost", "1")), []bool{true, true})
	}},
	{"open comes in the order in which it was stored, not that of clocks or ids", func(t *testing.T, s storage.Store) {
		late := event("rives-slack", "9")
		late.At = read(morning.Add(time.Hour))
		early := event("rives-mattermost", "1")
		hear(t, s, here, late, early)
		same(t, "open", seen(t, s, here, openEvents), []chat.Event{late, early})
	}},
	{"worked it is open no more, and still known", func(t *testing.T, s storage.Store) {
		hear(t, s, here, event("rives-slack", "1"), event("rives-slack", "2"), event("rives-mattermost", "1"))
		for range 2 { // marked again, nothing happens
			update(t, s, here, func(tx storage.Tx) error { return tx.Inbox().Done("rives-slack", "1") })
		}
		same(t, "open", seen(t, s, here, openEvents), []chat.Event{event("rives-slack", "2"), event("rives-mattermost", "1")})
		same(t, "fresh", hear(t, s, here, event("rives-slack", "1")), []bool{false})
		same(t, "open", seen(t, s, here, openEvents), []chat.Event{event("rives-slack", "2"), event("rives-mattermost", "1")})
	}},
	{"what was never stored is not found", func(t *testing.T, s storage.Store) {
		if err := s.Update(t.Context(), here, func(tx storage.Tx) error { return tx.Inbox().Done("rives-slack", "1") }); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("Done: %v", err)
		}
	}},
	{"forgotten is what was worked and is old, and nothing else", func(t *testing.T, s storage.Store) {
		var events []chat.Event
		for i := range 4 { // 0 and 1 are old; 1 and 2 are worked
			e := event("rives-slack", fmt.Sprint(i))
			e.At = read(morning.Add(time.Duration(i/2) * time.Hour))
			events = append(events, e)
		}
		hear(t, s, here, events...)
		update(t, s, here, func(tx storage.Tx) error {
			return all(
				func() error { return tx.Inbox().Done("rives-slack", "1") },
				func() error { return tx.Inbox().Done("rives-slack", "2") },
				func() error { return tx.Inbox().Forget(morning.Add(time.Hour)) },
			)
		})
		same(t, "open", seen(t, s, here, openEvents), []chat.Event{events[0], events[3]})
		same(t, "fresh", hear(t, s, here, events...), []bool{false, true, false, false})
		same(t, "open", seen(t, s, here, openEvents), []chat.Event{events[0], events[3], events[1]})
	}},
}

func entry(person, act, subject string, at time.Time) storage.Entry {
	return storage.Entry{
		At: read(at), Person: person, Chat: "rives-slack", Channel: "commun", Verb: "propose", Act: act, Subject: subject,
		Before: []byte(`{"a": 1,  "b":[]}`), After: []byte(`{"a":"é"}`),
	}
}

// note adds entries, each in an Update of its own.
func note(t *testing.T, s storage.Store, circle string, entries ...storage.Entry) {
	t.Helper()
	for _, e := range entries {
		update(t, s, circle, func(tx storage.Tx) error { return tx.Journal().Add(e) })
	}
}

// unnumbered leaves the Seqs out, once they are known to go the right way.
func unnumbered(t *testing.T, entries []storage.Entry, up bool) []storage.Entry {
	t.Helper()
	var out []storage.Entry
	for i, e := range entries {
		if e.Seq <= 0 || (i > 0 && up != (e.Seq > entries[i-1].Seq)) {
			t.Errorf("Seq %d stands in place %d of %d", e.Seq, i, len(entries))
		}
		e.Seq = 0
		out = append(out, e)
	}
	return out
}

var journal = []test{
	{"what was noted is read, to the letter", func(t *testing.T, s storage.Store) {
		want := entry("dsi-a", "act 1", "proposal C-1", morning)
		note(t, s, here, want)
		got := seen(t, s, here, func(tx storage.Tx) ([]storage.Entry, error) { return tx.Journal().About("proposal C-1") })
		same(t, "about", unnumbered(t, got, true), []storage.Entry{want})
	}},
	{"before it was and after it was: nothing", func(t *testing.T, s storage.Store) {
		made, ended := entry("dsi-a", "act 1", "ask C-1 B", morning), entry("dsi-a", "act 2", "ask C-1 B", morning)
		made.Before, ended.After = nil, []byte{}
		note(t, s, here, made, ended)
		got := seen(t, s, here, func(tx storage.Tx) ([]storage.Entry, error) { return tx.Journal().About("ask C-1 B") })
		same(t, "about", unnumbered(t, got, true), []storage.Entry{made, ended})
	}},
	{"a subject's entries come oldest first, and no other's", func(t *testing.T, s storage.Store) {
		a, b, c := entry("dsi-a", "1", "proposal C-1", morning.Add(time.Hour)), entry("dsi-b", "2", "proposal C-1", morning), entry("dsi-a", "3", "proposal C-10", morning)
		note(t, s, here, a, c, b)
		got := seen(t, s, here, func(tx storage.Tx) ([]storage.Entry, error) { return tx.Journal().About("proposal C-1") })
		same(t, "about", unnumbered(t, got, true), []storage.Entry{a, b})
	}},
	{"a person's acts come newest first, from that instant on", func(t *testing.T, s storage.Store) {
		old, first, second, other := entry("dsi-a", "1", "x", morning.Add(-time.Microsecond)), entry("dsi-a", "2", "x", morning),
			entry("dsi-a", "2", "y", morning), entry("dsi-b", "3", "x", morning)
		bot := entry("", "4", "x", morning)
		note(t, s, here, old, first, second, other, bot)
		acts := func(person string) []storage.Entry {
			return unnumbered(t, seen(t, s, here, func(tx storage.Tx) ([]storage.Entry, error) {
				return tx.Journal().Acts(person, read(morning))
			}), false)
		}
		same(t, "of dsi-a", acts("dsi-a"), []storage.Entry{second, first})
		ever := seen(t, s, here, func(tx storage.Tx) ([]storage.Entry, error) { return tx.Journal().Acts("dsi-a", time.Time{}) })
		same(t, "of dsi-a, ever", unnumbered(t, ever, false), []storage.Entry{second, first, old})
		same(t, "of the bot", acts(""), []storage.Entry{bot})
		same(t, "of nobody", acts("nobody"), []storage.Entry{})
	}},
	{"instants compare as instants, whole seconds or not", func(t *testing.T, s storage.Store) {
		second := morning.Truncate(time.Second)
		before, at, after := entry("dsi-a", "1", "x", second.Add(-time.Microsecond)), entry("dsi-a", "2", "x", second), entry("dsi-a", "3", "x", second.Add(time.Millisecond))
		note(t, s, here, before, at, after)
		got := seen(t, s, here, func(tx storage.Tx) ([]storage.Entry, error) { return tx.Journal().Acts("dsi-a", second) })
		same(t, "acts", unnumbered(t, got, false), []storage.Entry{after, at})
	}},
}
