package storagetest

import (
	"errors"
	"testing"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
)

// whole is a proposal of which every field says something.
func whole(ref proposal.Ref) proposal.Proposal {
	most := 2
	return proposal.Proposal{
		Ref: ref, Kind: ref.Kind(), Org: "A", Author: "dsi-a", Family: "telephony-fixed", Object: "Téléphonie fixe des agences",
		Supplier: "Opérateur « Œil & Fils »", Amount: money.Amount{Cents: 24_000_00, Period: money.Yearly}, Wanted: day("2027-09-15"),
		Terms: contract.Terms{
			Start: day("2023-06-01"), Months: 36, End: day("2026-05-31"), Renewal: contract.Tacit, RenewalMonths: 12,
			MaxRenewals: &most, Notice: contract.Notice{Months: 3, Known: true},
		},
		Said:     "Mon contrat téléphonie arrive à échéance dans 6 mois, 24 k€/an",
		Decision: contract.Decision{Kind: contract.Later, Term: day("2027-05-31"), By: "adj-a", At: read(morning)},
		Books: proposal.Books{
			Number: "2023-014", Keys: []string{"glpi:42", "row:telephonie|operateur"}, Owner: "dsi-a", Deputy: "adj-a", Note: "à revoir",
			Guessed: []string{"family"}, Corrected: []string{"date", "notice"},
		},
		State: proposal.Live, At: read(morning), Changed: read(morning.Add(time.Hour)), Version: 3,
	}
}

var proposals = []test{
	{"what was put is got", func(t *testing.T, s storage.Store) {
		want := whole("C-1")
		update(t, s, here, func(tx storage.Tx) error { return tx.Proposals().Put(want) })
		same(t, "C-1", seen(t, s, here, func(tx storage.Tx) (proposal.Proposal, error) { return tx.Proposals().Get("C-1") }), want)
	}},
	{"what was not said stays unsaid", func(t *testing.T, s storage.Store) {
		want := proposal.Proposal{Ref: "B-1", Kind: proposal.Need}
		update(t, s, here, func(tx storage.Tx) error { return tx.Proposals().Put(want) })
		same(t, "B-1", seen(t, s, here, func(tx storage.Tx) (proposal.Proposal, error) { return tx.Proposals().Get("B-1") }), want)
	}},
	{"no renewal is not the same as renewals not said", func(t *testing.T, s storage.Store) {
		none := 0
		said, unsaid := proposal.Proposal{Ref: "C-1"}, proposal.Proposal{Ref: "C-2"}
		said.Terms.MaxRenewals = &none
		update(t, s, here, func(tx storage.Tx) error {
			return all(func() error { return tx.Proposals().Put(said) }, func() error { return tx.Proposals().Put(unsaid) })
		})
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]proposal.Proposal, error) { return tx.Proposals().All() }),
			[]proposal.Proposal{said, unsaid})
	}},
	{"what is not there is not found", func(t *testing.T, s storage.Store) {
		view(t, s, here, func(tx storage.Tx) error {
			if _, err := tx.Proposals().Get("C-1"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("Get: %v", err)
			}
			return nil
		})
	}},
	{"all come in the order in which they were recorded, withdrawn and changed ones too", func(t *testing.T, s storage.Store) {
		for _, ref := range []proposal.Ref{"O-1", "C-10", "B-1", "C-9"} {
			update(t, s, here, func(tx storage.Tx) error {
				return tx.Proposals().Put(proposal.Proposal{Ref: ref, State: proposal.Live})
			})
		}
		update(t, s, here, func(tx storage.Tx) error {
			return tx.Proposals().Put(proposal.Proposal{Ref: "C-10", State: proposal.Withdrawn, Version: 2})
		})
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]proposal.Proposal, error) { return tx.Proposals().All() }), []proposal.Proposal{
			{Ref: "O-1", State: proposal.Live},
			{Ref: "C-10", State: proposal.Withdrawn, Version: 2},
			{Ref: "B-1", State: proposal.Live},
			{Ref: "C-9", State: proposal.Live},
		})
	}},
	{"those of some families come alone, live and in their order", func(t *testing.T, s storage.Store) {
		in := func(ref proposal.Ref, code family.Code, state proposal.State) proposal.Proposal {
			return proposal.Proposal{Ref: ref, Family: code, State: state}
		}
		put := func(circle string, some ...proposal.Proposal) {
			update(t, s, circle, func(tx storage.Tx) error { return tx.Proposals().Put(some...) })
		}
		put(here, in("C-2", "gis", proposal.Live), in("C-1", "printing", proposal.Live), in("C-3", "gis", proposal.Draft), in("B-1", "", proposal.Live),
			in("C-4", "gis", proposal.Withdrawn), in("O-1", "gis", proposal.Live), in("C-5", "bim", proposal.Live))
		put(here, in("C-5", "gis", proposal.Live), in("O-1", "gis", proposal.Withdrawn)) // found by what they are now
		put("elsewhere", in("C-6", "gis", proposal.Live))
		of := func(families ...family.Code) []proposal.Proposal {
			return seen(t, s, here, func(tx storage.Tx) ([]proposal.Proposal, error) { return tx.Proposals().LiveOf(families...) })
		}
		same(t, "of one", of("gis"), []proposal.Proposal{in("C-2", "gis", proposal.Live), in("C-5", "gis", proposal.Live)})
		same(t, "of two, however often", of("printing", "gis", "printing"), []proposal.Proposal{
			in("C-2", "gis", proposal.Live), in("C-1", "printing", proposal.Live), in("C-5", "gis", proposal.Live),
		})
		same(t, "of none", of(""), []proposal.Proposal{in("B-1", "", proposal.Live)})
		same(t, "of no such", of("bim"), []proposal.Proposal{})
		same(t, "none asked for", of(), []proposal.Proposal{})
	}},
	{"a change is written whole: what was taken away is gone", func(t *testing.T, s storage.Store) {
		update(t, s, here, func(tx storage.Tx) error { return tx.Proposals().Put(whole("C-1")) })
		bare := proposal.Proposal{Ref: "C-1", Kind: proposal.Contract}
		update(t, s, here, func(tx storage.Tx) error { return tx.Proposals().Put(bare) })
		same(t, "C-1", seen(t, s, here, func(tx storage.Tx) (proposal.Proposal, error) { return tx.Proposals().Get("C-1") }), bare)
	}},
	{"thousands are written at once, in their order, beside what is changed", func(t *testing.T, s storage.Store) {
		const many = 1201 // more than one statement holds
		update(t, s, here, func(tx storage.Tx) error { return tx.Proposals().Put(proposal.Proposal{Ref: "C-7", Version: 1}) })
		want := []proposal.Proposal{{Ref: "C-7", Version: 2}}
		var lines []storage.Entry
		var brought []proposal.Pair
		for n := 100; n < 100+many; n++ {
			want = append(want, whole(proposal.NewRef(proposal.Contract, n)))
			lines = append(lines, storage.Entry{At: read(morning), Person: "dsi-a", Subject: "import", After: []byte(`{}`)})
			brought = append(brought, proposal.Pair{A: proposal.NewRef(proposal.Contract, n), B: "B-1", At: read(morning)})
		}
		update(t, s, here, func(tx storage.Tx) error {
			return all(
				func() error { return tx.Proposals().Put(want[1:]...) }, func() error { return tx.Proposals().Put(want[0]) },
				func() error { return tx.Proposals().Put() },
				func() error { return tx.Journal().Add(lines...) }, func() error { return tx.Pairs().Put(brought...) },
			)
		})
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]proposal.Proposal, error) { return tx.Proposals().All() }), want)
		view(t, s, here, func(tx storage.Tx) error {
			written, err := tx.Journal().About("import")
			if err != nil {
				return err
			}
			for i, e := range written {
				if e.Seq != written[0].Seq+int64(i) {
					t.Errorf("line %d has the number %d", i, e.Seq)
				}
			}
			pairs, err := tx.Pairs().All()
			if len(written) != many || len(pairs) != many {
				t.Errorf("%d lines and %d pairs, want %d of each", len(written), len(pairs), many)
			}
			return err
		})
	}},
	{"numbers count from 1, by kind", func(t *testing.T, s storage.Store) {
		var got []int
		update(t, s, here, func(tx storage.Tx) error {
			got = nil
			for _, kind := range []proposal.Kind{proposal.Contract, proposal.Contract, proposal.Need, proposal.Contract, proposal.Offer} {
				n, err := tx.Proposals().Next(kind)
				if err != nil {
					return err
				}
				got = append(got, n)
			}
			return nil
		})
		same(t, "numbers", got, []int{1, 2, 1, 3, 1})
	}},
	{"a number that was not kept is given again", func(t *testing.T, s storage.Store) {
		undone := errors.New("undone")
		for want := range 2 { // 1, undone; 1, kept
			var got int
			err := s.Update(t.Context(), here, func(tx storage.Tx) (err error) {
				got, err = tx.Proposals().Next(proposal.Contract)
				if want == 0 {
					return undone
				}
				return err
			})
			if got != 1 || (want == 0) != errors.Is(err, undone) {
				t.Errorf("got number %d, error %v", got, err)
			}
		}
	}},
}

var asks = []test{
	{"what was put is got", func(t *testing.T, s storage.Store) {
		want := proposal.Ask{
			Proposal: "C-1", Org: "B", Person: "dsi-b", At: read(morning),
			With: []proposal.Ref{"C-7", "B-2"}, Answer: proposal.No, Before: proposal.Interested, By: "adj-b",
			Answered: read(morning.Add(time.Minute)), Comment: "déjà engagé", Recalls: 14,
		}
		update(t, s, here, func(tx storage.Tx) error { return tx.Asks().Put(want) })
		same(t, "ask", seen(t, s, here, func(tx storage.Tx) (proposal.Ask, error) { return tx.Asks().Get("C-1", "B") }), want)
	}},
	{"one question for a proposal and an organisation", func(t *testing.T, s storage.Store) {
		first := proposal.Ask{Proposal: "C-1", Org: "B", Person: "dsi-b", At: read(morning), With: []proposal.Ref{"C-7"}, Recalls: 7}
		second := proposal.Ask{Proposal: "C-1", Org: "B", Answer: proposal.Maybe}
		update(t, s, here, func(tx storage.Tx) error {
			return all(func() error { return tx.Asks().Put(first) }, func() error { return tx.Asks().Put(second) })
		})
		same(t, "asks", seen(t, s, here, func(tx storage.Tx) ([]proposal.Ask, error) { return tx.Asks().All() }), []proposal.Ask{second})
	}},
	{"those of one proposal come by organisation, all by proposal first", func(t *testing.T, s storage.Store) {
		update(t, s, here, func(tx storage.Tx) error {
			for _, a := range []proposal.Ask{{Proposal: "C-2", Org: "B"}, {Proposal: "C-1", Org: "C"}, {Proposal: "C-1", Org: "B"}, {Proposal: "C-1", Org: "a"}, {Proposal: "C-10", Org: "B"}} {
				if err := tx.Asks().Put(a); err != nil {
					return err
				}
			}
			return nil
		})
		of := []proposal.Ask{{Proposal: "C-1", Org: "B"}, {Proposal: "C-1", Org: "C"}, {Proposal: "C-1", Org: "a"}}
		same(t, "of C-1", seen(t, s, here, func(tx storage.Tx) ([]proposal.Ask, error) { return tx.Asks().Of("C-1") }), of)
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]proposal.Ask, error) { return tx.Asks().All() }),
			append(of, proposal.Ask{Proposal: "C-10", Org: "B"}, proposal.Ask{Proposal: "C-2", Org: "B"}))
		same(t, "of none", seen(t, s, here, func(tx storage.Tx) ([]proposal.Ask, error) { return tx.Asks().Of("C-3") }), []proposal.Ask{})
	}},
	{"deleted is gone, and nothing else with it", func(t *testing.T, s storage.Store) {
		update(t, s, here, func(tx storage.Tx) error {
			return all(
				func() error { return tx.Asks().Put(proposal.Ask{Proposal: "C-1", Org: "B"}) },
				func() error { return tx.Asks().Put(proposal.Ask{Proposal: "C-1", Org: "C"}) },
				func() error { return tx.Asks().Put(proposal.Ask{Proposal: "C-2", Org: "B"}) },
				func() error { return tx.Asks().Delete("C-1", "B") },
				func() error { return tx.Asks().Delete("C-9", "B") }, // none such: no error
			)
		})
		view(t, s, here, func(tx storage.Tx) error {
			if _, err := tx.Asks().Get("C-1", "B"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("Get: %v", err)
			}
			return nil
		})
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]proposal.Ask, error) { return tx.Asks().All() }),
			[]proposal.Ask{{Proposal: "C-1", Org: "C"}, {Proposal: "C-2", Org: "B"}})
	}},
}

var pairs = []test{
	{"a pair is found from both sides", func(t *testing.T, s storage.Store) {
		ab := proposal.Pair{A: "B-1", B: "C-1", At: read(morning)}
		bc := proposal.Pair{A: "C-1", B: "C-2", At: read(morning), Refused: true}
		update(t, s, here, func(tx storage.Tx) error {
			return all(func() error { return tx.Pairs().Put(bc) }, func() error { return tx.Pairs().Put(ab) })
		})
		for ref, want := range map[proposal.Ref][]proposal.Pair{"B-1": {ab}, "C-1": {ab, bc}, "C-2": {bc}, "C-3": nil} {
			same(t, "of "+string(ref), seen(t, s, here, func(tx storage.Tx) ([]proposal.Pair, error) { return tx.Pairs().Of(ref) }), want)
		}
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]proposal.Pair, error) { return tx.Pairs().All() }), []proposal.Pair{ab, bc})
	}},
	{"a pair is one whichever way round it is put", func(t *testing.T, s storage.Store) {
		update(t, s, here, func(tx storage.Tx) error {
			return all(
				func() error { return tx.Pairs().Put(proposal.Pair{A: "B-1", B: "C-1", At: read(morning)}) },
				func() error {
					return tx.Pairs().Put(proposal.Pair{A: "C-1", B: "B-1", At: read(morning), Refused: true})
				},
			)
		})
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]proposal.Pair, error) { return tx.Pairs().All() }),
			[]proposal.Pair{{A: "B-1", B: "C-1", At: read(morning), Refused: true}})
	}},
	{"a pair is taken away whichever way round it is named, and no other", func(t *testing.T, s storage.Store) {
		left := proposal.Pair{A: "B-1", B: "C-2", At: read(morning)}
		update(t, s, here, func(tx storage.Tx) error {
			return all(
				func() error { return tx.Pairs().Put(proposal.Pair{A: "B-1", B: "C-1", At: read(morning)}) },
				func() error { return tx.Pairs().Put(left) },
				func() error { return tx.Pairs().Delete("C-1", "B-1") },
				func() error { return tx.Pairs().Delete("C-1", "B-1") },
			)
		})
		same(t, "all", seen(t, s, here, func(tx storage.Tx) ([]proposal.Pair, error) { return tx.Pairs().All() }), []proposal.Pair{left})
	}},
}

// absence is a setting as a use case might have it.
type absence struct {
	From, To calendar.Day
	Why      *string `json:",omitempty"`
}

var settings = []test{
	{"what was put is got, and replaced", func(t *testing.T, s storage.Store) {
		why := "congé"
		for _, want := range []absence{{From: day("2026-08-01"), To: day("2026-08-20"), Why: &why}, {From: day("2026-09-01")}} {
			update(t, s, here, func(tx storage.Tx) error { return tx.Settings().Put("absence dsi-a", want) })
			same(t, "absence", seen(t, s, here, func(tx storage.Tx) (got absence, err error) {
				err = tx.Settings().Get("absence dsi-a", &got)
				return got, err
			}), want)
		}
	}},
	{"a setting that is not there leaves the default", func(t *testing.T, s storage.Store) {
		same(t, "consent", seen(t, s, here, func(tx storage.Tx) (bool, error) {
			consent := true
			return consent, tx.Settings().Get("consent A", &consent)
		}), true)
	}},
	{"keys come in order, by prefix, letter by letter", func(t *testing.T, s storage.Store) {
		update(t, s, here, func(tx storage.Tx) error {
			for _, key := range []string{"absence b", "absence a", "absence_a", "Absence c", "absence é", "absence 100%", "absenc", "mark"} {
				if err := tx.Settings().Put(key, 1); err != nil {
					return err
				}
			}
			return nil
		})
		for prefix, want := range map[string][]string{
			"absence ":  {"absence 100%", "absence a", "absence b", "absence é"},
			"absence_":  {"absence_a"}, // no wild card
			"absence é": {"absence é"},
			"%":         nil,
			"zzz":       nil,
			"":          {"Absence c", "absenc", "absence 100%", "absence a", "absence b", "absence é", "absence_a", "mark"},
		} {
			same(t, prefix, seen(t, s, here, func(tx storage.Tx) ([]string, error) { return tx.Settings().Keys(prefix) }), want)
		}
	}},
	{"what is no JSON, or of another shape, fails and spoils nothing", func(t *testing.T, s storage.Store) {
		update(t, s, here, func(tx storage.Tx) error {
			if err := tx.Settings().Put("a", func() {}); err == nil {
				t.Error("a function was stored")
			}
			if err := tx.Settings().Put("a", "words"); err != nil {
				return err
			}
			number := 7
			if err := tx.Settings().Get("a", &number); err == nil {
				t.Errorf("words were read as the number %d", number)
			}
			return tx.Settings().Put("b", 2)
		})
		same(t, "keys", seen(t, s, here, func(tx storage.Tx) ([]string, error) { return tx.Settings().Keys("") }), []string{"a", "b"})
	}},
}
