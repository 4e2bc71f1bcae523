package storagetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
)

// strange are texts that have broken somebody's database.
var strange = []struct{ name, written, read string }{
	{"empty", "", ""},
	{"quotes", `l'"office" \ % _ ; --`, `l'"office" \ % _ ; --`},
	{"SQL", "'); DROP TABLE proposals; --", "'); DROP TABLE proposals; --"},
	{"place holders", "? ?? $1 @name :name", "? ?? $1 @name :name"},
	{"line breaks", "a\r\nb\tc\u2028", "a\r\nb\tc\u2028"},
	{"accents, composed or not", "é e\u0301 œ ’ № ß", "é e\u0301 œ ’ № ß"},
	{"beyond the first plane", "🙋🏽‍♀️ 𝔄 \U0010FFFD", "🙋🏽‍♀️ 𝔄 \U0010FFFD"},
	{"what HTML would mind", "<!channel> & </script>", "<!channel> & </script>"},
	{"spaces at the ends", "  a\u00a0 ", "  a\u00a0 "},
	{"control characters", "\x01\x07\x1b[31m\x7f", "\x01\x07\x1b[31m\x7f"},
	{"NUL, which PostgreSQL refuses", "a\x00b\x00", "ab"},
	{"letters that spell an escaped NUL", `a\u0000b \\u0000`, `a\u0000b \\u0000`},
	{"a backslash before a NUL", "a\\\x00b", `a\b`},
	{"Latin-1, which is no UTF-8", "caf\xe9", "caf\uFFFD"},
	{"long", strings.Repeat("é", 20_000), strings.Repeat("é", 20_000)},
}

var values = []test{
	{"text comes back as it was", func(t *testing.T, s storage.Store) {
		for i, text := range strange {
			ref := proposal.NewRef(proposal.Need, i+1)
			key := fmt.Sprint("key ", i)
			update(t, s, here, func(tx storage.Tx) error {
				return all(
					func() error { return tx.Proposals().Put(proposal.Proposal{Ref: ref, Object: text.written}) },
					func() error { return tx.Settings().Put(key, map[string]string{"words": text.written}) },
					func() error {
						p := post(key)
						p.Draft = chat.Draft{Title: locale.Plain(text.written)}
						_, err := tx.Promises().Put(p)
						return err
					},
				)
			})
			view(t, s, here, func(tx storage.Tx) error {
				p, err := tx.Proposals().Get(ref)
				if err != nil {
					return err
				}
				same(t, text.name+" in a column", p.Object, text.read)
				var words map[string]string
				if err := tx.Settings().Get(key, &words); err != nil {
					return err
				}
				same(t, text.name+" in a setting", words["words"], text.read)
				said, err := tx.Promises().Get(key)
				same(t, text.name+" in a draft", said.Draft, chat.Draft{Title: locale.Plain(text.read)})
				return err
			})
		}
	}},
	{"what is named strangely is found by that name", func(t *testing.T, s storage.Store) {
		for _, text := range strange {
			if len(text.written) > 500 {
				continue // no name
			}
			update(t, s, here, func(tx storage.Tx) error {
				return all(
					func() error { return tx.Settings().Put("name "+text.written, text.name) },
					func() error { return tx.Journal().Add(entry("dsi-a", "1", "subject "+text.written, morning)) },
				)
			})
			view(t, s, here, func(tx storage.Tx) error {
				var name string
				if err := tx.Settings().Get("name "+text.written, &name); err != nil {
					return err
				}
				same(t, "setting", name, text.name)
				about, err := tx.Journal().About("subject " + text.written)
				if len(about) != 1 {
					t.Errorf("%s: %d entries", text.name, len(about))
				}
				return err
			})
		}
	}},
	{"instants are UTC and cut to the microsecond, days are days", func(t *testing.T, s storage.Store) {
		paris, err := time.LoadLocation("Europe/Paris")
		if err != nil {
			t.Skip("no time zones here: ", err)
		}
		for name, at := range map[string]time.Time{
			"in a zone":                     morning,
			"in UTC":                        morning.UTC(),
			"the hour that comes twice, 1":  time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC).In(paris),
			"the hour that comes twice, 2":  time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC).In(paris),
			"just before a microsecond":     time.Date(2026, 1, 1, 0, 0, 0, 1999, time.UTC),
			"before the epoch":              time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
			"long ago":                      time.Date(1, 1, 1, 0, 0, 0, 1000, time.UTC),
			"far away":                      time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
			"with the clock of the machine": time.Now(),
			"none":                          {},
		} {
			p := proposal.Proposal{Ref: "C-1", At: at, Changed: at, Decision: contract.Decision{At: at}}
			e := event("rives-slack", name)
			e.At = at
			update(t, s, here, func(tx storage.Tx) error {
				return all(func() error { return tx.Proposals().Put(p) }, func() error { _, err := tx.Inbox().Put(e); return err })
			})
			view(t, s, here, func(tx storage.Tx) error {
				got, err := tx.Proposals().Get("C-1")
				if err != nil {
					return err
				}
				events, err := tx.Inbox().Open()
				for where, instant := range map[string]time.Time{"column": got.At, "decision": got.Decision.At, "event": events[len(events)-1].At} {
					if instant != read(at) { // != and not Equal: the zone counts
						t.Errorf("%s, %s: %v came back as %v", name, where, at, instant)
					}
				}
				return err
			})
		}
		for _, d := range []calendar.Day{{}, day("2028-02-29"), day("0001-01-01"), day("9999-12-31"), day("2026-10-25"), day("1900-03-01")} {
			update(t, s, here, func(tx storage.Tx) error {
				return tx.Proposals().Put(proposal.Proposal{Ref: "C-1", Wanted: d, Terms: contract.Terms{End: d}})
			})
			got := seen(t, s, here, func(tx storage.Tx) (proposal.Proposal, error) { return tx.Proposals().Get("C-1") })
			same(t, "wanted", got.Wanted, d)
			same(t, "end", got.Terms.End, d)
		}
	}},
	{"numbers come back whole", func(t *testing.T, s storage.Store) {
		for _, cents := range []int64{0, 1, -1, 1<<53 + 1, money.Max, 1e14, 1<<63 - 1} {
			want := money.Amount{Cents: cents, Period: money.Total}
			update(t, s, here, func(tx storage.Tx) error { return tx.Proposals().Put(proposal.Proposal{Ref: "C-1", Amount: want}) })
			same(t, "amount", seen(t, s, here, func(tx storage.Tx) (proposal.Proposal, error) { return tx.Proposals().Get("C-1") }).Amount, want)
		}
	}},
	{"any proposal comes back as it was", func(t *testing.T, s storage.Store) {
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			circle := fmt.Sprint("circle ", round)
			want := rapid.SliceOfNDistinct(anyProposal(), 1, 5, func(p proposal.Proposal) proposal.Ref { return p.Ref }).Draw(r, "proposals")
			update(t, s, circle, func(tx storage.Tx) error {
				for _, p := range want {
					if err := tx.Proposals().Put(p); err != nil {
						return err
					}
				}
				return nil
			})
			same(t, "all", seen(t, s, circle, func(tx storage.Tx) ([]proposal.Proposal, error) { return tx.Proposals().All() }), want)
		})
	}},
}

// anyProposal draws proposals of which each field may say something or nothing.
func anyProposal() *rapid.Generator[proposal.Proposal] {
	anyDay := rapid.Custom(func(r *rapid.T) calendar.Day {
		if rapid.Bool().Draw(r, "no day") {
			return calendar.Day{}
		}
		return day("2020-01-01").AddDays(rapid.IntRange(0, 20_000).Draw(r, "day"))
	})
	anyInstant := rapid.Custom(func(r *rapid.T) time.Time {
		return time.UnixMicro(rapid.Int64Range(-1e15, 1e16).Draw(r, "µs")).UTC()
	})
	text := rapid.StringOfN(rapid.RuneFrom([]rune("aé '\"\\%_🙋\n\u202f")), 0, 20, -1)
	return rapid.Custom(func(r *rapid.T) proposal.Proposal {
		return proposal.Proposal{
			Ref:  proposal.NewRef(rapid.SampledFrom(proposal.Kinds).Draw(r, "kind"), rapid.IntRange(1, 1e6).Draw(r, "number")),
			Kind: rapid.SampledFrom(proposal.Kinds).Draw(r, "kind"), Org: text.Draw(r, "org"), Author: text.Draw(r, "author"),
			Object: text.Draw(r, "object"), Supplier: text.Draw(r, "supplier"), Said: text.Draw(r, "said"),
			Amount: money.Amount{Cents: rapid.Int64().Draw(r, "cents"), Period: money.Yearly}, Wanted: anyDay.Draw(r, "wanted"),
			Terms: contract.Terms{
				Start: anyDay.Draw(r, "start"), End: anyDay.Draw(r, "end"), Months: rapid.IntRange(0, 99).Draw(r, "months"),
				Renewal:     rapid.SampledFrom([]contract.Renewal{"", contract.Tacit, contract.Express, contract.None}).Draw(r, "renewal"),
				MaxRenewals: rapid.Ptr(rapid.IntRange(0, 5), true).Draw(r, "renewals"),
				Notice:      contract.Notice{Weeks: rapid.IntRange(0, 9).Draw(r, "weeks"), Known: rapid.Bool().Draw(r, "known")},
			},
			Decision: contract.Decision{Term: anyDay.Draw(r, "decided"), By: text.Draw(r, "by"), At: anyInstant.Draw(r, "decided at")},
			State:    proposal.Live, At: anyInstant.Draw(r, "at"), Changed: anyInstant.Draw(r, "changed"), Version: rapid.IntRange(1, 99).Draw(r, "version"),
		}
	})
}
