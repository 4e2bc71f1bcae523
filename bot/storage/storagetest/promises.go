package storagetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/storage"
)

// card is a draft with a sentence in a sentence in a list.
func card() chat.Draft {
	return chat.Draft{
		Title: locale.T("card.title", "ref", "C-1", "family", locale.Plain("Téléphonie")),
		Lines: []locale.Text{locale.T("card.because", "reasons", []locale.Text{
			locale.T("match.family"), locale.T("match.dates", "a", day("2027-05-23"), "b", day("2027-08-31"), "count", 3),
		})},
		Fields: []chat.Field[locale.Text]{{
			Label: locale.T("field.amount"),
			Value: locale.T("amount.band", "band", money.Band{From: 15_000, Below: 40_000}, "exact", money.Amount{Cents: 1, Period: money.Total}),
		}},
		Footer:    locale.T("card.footer", "how", locale.T("card.how", "count", 0)),
		Buttons:   []chat.Button[locale.Text]{{ID: "answer C-1 B interested", Label: locale.T("answer.interested"), Tone: chat.Good}},
		Reactions: []string{"🙋", "🤔", "🚫", "✅"},
		Tone:      chat.Warn,
	}
}

func post(key string) storage.Promise {
	return storage.Promise{Key: key, Kind: storage.Post, Chat: "rives-slack", Channel: "commun", State: storage.Waiting, Made: read(morning)}
}

func edit(key, target string) storage.Promise {
	p := post(key)
	p.Kind, p.Target = storage.Edit, target
	return p
}

func private(key, person string) storage.Promise {
	p := post(key)
	p.Channel, p.Person = "", person
	return p
}

// kept is the promise once it was said.
func kept(p storage.Promise, at time.Time) storage.Promise {
	p.State, p.KeptAt, p.Ref = storage.Kept, read(at), chat.Ref{Chat: p.Chat, Channel: "C024", ID: "id of " + p.Key}
	return p
}

// promise puts promises, saves those that are further than waiting, and returns them with their Seq.
func promise(t *testing.T, s storage.Store, circle string, made ...storage.Promise) []storage.Promise {
	t.Helper()
	update(t, s, circle, func(tx storage.Tx) error {
		for i, p := range made {
			if _, err := tx.Promises().Put(p); err != nil {
				return err
			}
			got, err := tx.Promises().Get(p.Key)
			if err != nil {
				return err
			}
			made[i].Seq = got.Seq
		}
		return nil
	})
	return made
}

// keysOf names promises in the order in which they came.
func keysOf(all []storage.Promise, err error) ([]string, error) {
	var keys []string
	for _, p := range all {
		keys = append(keys, p.Key)
	}
	return keys, err
}

var promises = []test{
	{"what was promised is got", func(t *testing.T, s storage.Store) {
		want := storage.Promise{
			Key: "card C-1", Kind: storage.Post, Chat: "rives-slack", Channel: "commun", Person: "dsi-b", Thread: "digest 2026-W48",
			Target: "card C-0", Subject: "card C-1", Draft: card(), NotUntil: read(morning.Add(time.Hour)), State: storage.Trying,
			Attempts: 3, Fault: "429 too many requests", Ref: chat.Ref{Chat: "rives-slack", Channel: "C024", ID: "1700.1"},
			Made: read(morning), KeptAt: read(morning.Add(2 * time.Hour)),
		}
		want = promise(t, s, here, want)[0]
		if want.Seq <= 0 {
			t.Errorf("Seq is %d", want.Seq)
		}
		same(t, "promise", seen(t, s, here, func(tx storage.Tx) (storage.Promise, error) { return tx.Promises().Get("card C-1") }), want)
	}},
	{"the same promise twice is one, the first", func(t *testing.T, s storage.Store) {
		var made []bool
		first, second := post("digest 2026-W48"), post("digest 2026-W48")
		second.Channel, second.State = "autre", storage.Kept
		for _, p := range []storage.Promise{first, first, second} {
			update(t, s, here, func(tx storage.Tx) error {
				fresh, err := tx.Promises().Put(p)
				made = append(made, fresh)
				return err
			})
		}
		same(t, "made", made, []bool{true, false, false})
		got := seen(t, s, here, func(tx storage.Tx) ([]storage.Promise, error) { return tx.Promises().Open() })
		if len(got) == 1 {
			first.Seq = got[0].Seq
		}
		same(t, "open", got, []storage.Promise{first})
	}},
	{"twice in one transaction is one too", func(t *testing.T, s storage.Store) {
		update(t, s, here, func(tx storage.Tx) error {
			for _, p := range []struct {
				key  string
				made bool
			}{{"a", true}, {"a", false}, {"b", true}} {
				if made, err := tx.Promises().Put(post(p.key)); err != nil || made != p.made {
					return fmt.Errorf("%s: made %v, %w", p.key, made, err)
				}
			}
			return nil
		})
		same(t, "open", seen(t, s, here, func(tx storage.Tx) ([]string, error) { return keysOf(tx.Promises().Open()) }), []string{"a", "b"})
	}},
	{"Save writes how far it is and not what was promised", func(t *testing.T, s storage.Store) {
		want := promise(t, s, here, post("a"))[0]
		further := kept(edit("a", "elsewhere"), morning)
		further.Attempts, further.Fault, further.NotUntil, further.Draft = 2, "timeout", read(morning.Add(time.Hour)), card()
		update(t, s, here, func(tx storage.Tx) error { return tx.Promises().Save(further) })
		want.State, want.Attempts, want.Fault = storage.Kept, 2, "timeout"
		want.NotUntil, want.Ref, want.KeptAt = further.NotUntil, further.Ref, further.KeptAt
		same(t, "a", seen(t, s, here, func(tx storage.Tx) (storage.Promise, error) { return tx.Promises().Get("a") }), want)

		update(t, s, here, func(tx storage.Tx) error { return tx.Promises().Save(post("a")) })
		want.State, want.Attempts, want.Fault = storage.Waiting, 0, ""
		want.NotUntil, want.Ref, want.KeptAt = time.Time{}, chat.Ref{}, time.Time{}
		same(t, "a, taken back", seen(t, s, here, func(tx storage.Tx) (storage.Promise, error) { return tx.Promises().Get("a") }), want)
	}},
	{"what was never promised is not found", func(t *testing.T, s storage.Store) {
		promise(t, s, here, post("a"))
		update(t, s, here, func(tx storage.Tx) error {
			if _, err := tx.Promises().Get("b"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("Get: %v", err)
			}
			if err := tx.Promises().Save(post("b")); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("Save: %v", err)
			}
			if _, err := tx.Promises().ByRef(chat.Ref{Chat: "rives-slack", Channel: "C024", ID: "1"}); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("ByRef: %v", err)
			}
			// "a" stands nowhere yet: nowhere is not its place.
			if _, err := tx.Promises().ByRef(chat.Ref{}); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("ByRef of nowhere: %v", err)
			}
			return nil
		})
	}},
	{"open is what waits or is tried, in order", func(t *testing.T, s storage.Store) {
		var made []storage.Promise
		for i, state := range []storage.PromiseState{storage.Waiting, storage.Kept, storage.Trying, storage.Superseded, storage.GivenUp, storage.Waiting} {
			p := post(fmt.Sprint(9 - i)) // the order is that of promising, not of keys
			p.State = state
			made = append(made, p)
		}
		made = promise(t, s, here, made...)
		same(t, "open", seen(t, s, here, func(tx storage.Tx) ([]storage.Promise, error) { return tx.Promises().Open() }),
			[]storage.Promise{made[0], made[2], made[5]})
	}},
	{"a message is found by where it stands, edits of it are not", func(t *testing.T, s storage.Store) {
		card, change, other := kept(post("card"), morning), kept(edit("change", "card"), morning), kept(post("other"), morning)
		change.Ref = card.Ref
		other.Ref = chat.Ref{Chat: "rives-mattermost", Channel: card.Ref.Channel, ID: card.Ref.ID} // ids are a chat's own
		made := promise(t, s, here, card, change, other)
		for _, want := range []storage.Promise{made[0], made[2]} {
			same(t, want.Key, seen(t, s, here, func(tx storage.Tx) (storage.Promise, error) { return tx.Promises().ByRef(want.Ref) }), want)
		}
	}},
	{"messages about a subject come in order, edits left out", func(t *testing.T, s storage.Store) {
		about := func(p storage.Promise, subject string) storage.Promise { p.Subject = subject; return p }
		promise(t, s, here, about(post("b"), "ask C-1 B"), about(post("c"), "ask C-1 BC"), about(edit("d", "b"), "ask C-1 B"), about(post("a"), "ask C-1 B"))
		same(t, "about", seen(t, s, here, func(tx storage.Tx) ([]string, error) { return keysOf(tx.Promises().About("ask C-1 B")) }), []string{"b", "a"})
	}},
	{"Supersede marks waiting edits of that message only", func(t *testing.T, s storage.Store) {
		begun, done, answer := edit("begun", "card"), kept(edit("done", "card"), morning), post("answer")
		begun.State, answer.Target = storage.Trying, "card"
		promise(t, s, here, edit("e1", "card"), begun, done, edit("e2", "card"), edit("elsewhere", "other card"), answer)
		update(t, s, here, func(tx storage.Tx) error {
			return all(func() error { return tx.Promises().Supersede("card") }, func() error { return tx.Promises().Supersede("no such card") })
		})
		for key, want := range map[string]storage.PromiseState{
			"e1": storage.Superseded, "begun": storage.Trying, "done": storage.Kept,
			"e2": storage.Superseded, "elsewhere": storage.Waiting, "answer": storage.Waiting,
		} {
			got := seen(t, s, here, func(tx storage.Tx) (storage.Promise, error) { return tx.Promises().Get(key) })
			same(t, key, got.State, want)
		}
	}},
	{"what a person was told comes newest first, and no more than asked for", func(t *testing.T, s storage.Store) {
		at := func(minutes int) time.Time { return morning.Add(time.Duration(minutes) * time.Minute) }
		inChannel := kept(private("in a channel", "dsi-a"), at(9))
		inChannel.Channel = "commun"
		change := kept(private("an edit", "dsi-a"), at(9))
		change.Kind = storage.Edit
		promise(t, s, here,
			kept(private("third", "dsi-a"), at(1)), kept(private("first", "dsi-a"), at(3)), kept(private("second", "dsi-a"), at(2)),
			private("not yet", "dsi-a"), kept(private("to another", "dsi-b"), at(9)), inChannel, change)
		for limit, want := range map[int][]string{0: nil, 2: {"first", "second"}, 10: {"first", "second", "third"}} {
			same(t, fmt.Sprint(limit), seen(t, s, here, func(tx storage.Tx) ([]string, error) { return keysOf(tx.Promises().ToldTo("dsi-a", limit)) }), want)
		}
	}},
	{"whatever is done with them, they are as a list would have them", func(t *testing.T, s storage.Store) {
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			circle := fmt.Sprint("circle ", round)
			key := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"})
			state := rapid.SampledFrom([]storage.PromiseState{storage.Waiting, storage.Trying, storage.Kept, storage.GivenUp})
			var list []storage.Promise // the model
			find := func(key string) int {
				for i := range list {
					if list[i].Key == key {
						return i
					}
				}
				return -1
			}
			for range rapid.IntRange(1, 12).Draw(r, "steps") {
				k := key.Draw(r, "key")
				p := edit(k, key.Draw(r, "target"))
				p.State = state.Draw(r, "state")
				verb := rapid.SampledFrom([]string{"put", "save", "supersede"}).Draw(r, "verb")
				update(t, s, circle, func(tx storage.Tx) error {
					switch verb {
					case "put":
						made, err := tx.Promises().Put(p)
						if made != (find(k) < 0) {
							r.Fatalf("put %s: made %v", k, made)
						}
						return err
					case "save":
						if err := tx.Promises().Save(p); (find(k) < 0) != errors.Is(err, storage.ErrNotFound) {
							return err
						}
						return nil
					}
					return tx.Promises().Supersede(p.Target)
				})
				switch i := find(k); {
				case verb == "put" && i < 0:
					list = append(list, p)
				case verb == "save" && i >= 0:
					list[i].State = p.State
				case verb == "supersede":
					for i := range list {
						if list[i].Target == p.Target && list[i].State == storage.Waiting {
							list[i].State = storage.Superseded
						}
					}
				}
			}
			var want []string
			for _, p := range list {
				if p.State == storage.Waiting || p.State == storage.Trying {
					want = append(want, p.Key)
				}
			}
			same(t, "open", seen(t, s, circle, func(tx storage.Tx) ([]string, error) { return keysOf(tx.Promises().Open()) }), want)
		})
	}},
}
