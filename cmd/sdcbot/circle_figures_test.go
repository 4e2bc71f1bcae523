package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"text/tabwriter"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
	"sdcbot/bot/match/matchtest"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
	"sdcbot/store"
)

// circled is what a proposal and a morning take in a circle of 10,000 contracts.
type circled struct {
	answer, lateAnswer time.Duration // from an event that arrives to the answer that can be given, the database included
	morning            time.Duration
}

// circleFigures measures how a proposal and a working morning grow with what a circle holds, on SQLite, database included. It prints the table
// of growth to out.
func circleFigures(t *testing.T, out io.Writer) (most circled) {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "a circle of four that holds\tpairs known\tproposal, median\tp99\ta morning, longest of a week (at 10,000: one)\t")
	for _, n := range []int{100, 400, 1_000, 10_000} {
		file := filepath.Join(t.TempDir(), playgroundDatabase)
		pairs := populate(t, file, n)
		mornings := 5
		if n == 10_000 {
			mornings = 1 // on which some hundred pairs come within reach
		}
		most.morning = morningTime(t, file, mornings)
		most.answer, most.lateAnswer = proposeTimes(t, file)
		fmt.Fprintf(w, "%d\t%d\t%.3g ms\t%.3g ms\t%.3g ms\t\n", n, pairs, milliseconds(most.answer), milliseconds(most.lateAnswer), milliseconds(most.morning))
	}
	w.Flush()
	return most
}

// proposals are what people propose of families large and small.
var proposals = []string{
	"Notre contrat de téléphonie mobile SFR se termine le 31/08/2028, préavis de 3 mois, tacite, 24 k€/an",
	"Je songe à mettre en place un extranet fournisseur, est-ce que mon confrère serait également intéressé ?",
	"Nos copieurs Konica : fin de location le 31/03/2029",
	"Notre marché de GED se termine fin juin 2029, reconduction tacite",
	"On cherche un SIG pour 2029",
}

// populate writes a circle that holds so many contracts, needs and offers of matchtest's market, and the pairs that its members have been told of. It
// returns how many these are.
func populate(t *testing.T, dsn string, n int) (pairs int) {
	t.Helper()
	opened, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	members := fictitious(t)
	now := time.Now().UTC().Truncate(time.Microsecond)
	held := holdings(members, n, now.AddDate(0, -1, 0))
	known := known(held, members.Today(now))
	err = opened.Update(t.Context(), members.ID, func(tx storage.Tx) error {
		for _, p := range held {
			if _, err := tx.Proposals().Next(p.Kind); err != nil {
				return err
			}
		}
		if err := tx.Proposals().Put(held...); err != nil {
			return err
		}
		return tx.Pairs().Put(known...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return len(known)
}

// holdings are the first n of the market as proposals of the circle's members. Every other contract renews by the year.
func holdings(members circle.Circle, n int, at time.Time) (held []proposal.Proposal) {
	numbers := map[proposal.Kind]int{}
	for _, side := range matchtest.Market(n) {
		org := members.Organisations[len(held)%len(members.Organisations)]
		kind := proposal.Kind(side.Kind)
		numbers[kind]++
		p := proposal.Proposal{
			Ref: proposal.NewRef(kind, numbers[kind]), Kind: kind, Org: org.Code, Family: side.Family, Object: side.Object, Supplier: side.Supplier,
			State: proposal.Live, At: at, Changed: at, Version: 1,
		}
		for _, person := range members.People {
			if person.Organisation == org.Code && p.Author == "" {
				p.Author = person.Handle
			}
		}
		if kind == proposal.Contract {
			p.Terms = contract.Terms{End: side.Date, Notice: contract.Notice{Known: true, Months: 3}, Renewal: contract.None}
			if numbers[kind]%2 == 0 {
				p.Terms.Renewal, p.Terms.RenewalMonths = contract.Tacit, 12
			}
			p.Books.Owner = p.Author
		} else {
			p.Wanted = side.Date
		}
		held = append(held, p)
	}
	return held
}

// closest is how many of those that match it each proposal was put together with: all of them would be a million pairs of 10,000.
const closest = 20

// known are the pairs that are due among the proposals.
func known(held []proposal.Proposal, on calendar.Day) (pairs []proposal.Pair) {
	sideOf := func(p proposal.Proposal) match.Side {
		return match.Side{Org: p.Org, Kind: intake.Kind(p.Kind), Family: p.Family, Object: p.Object, Supplier: p.Supplier, Date: p.Date(on)}
	}
	index := match.NewIndex(func(yield func(string, match.Side) bool) {
		for _, p := range held {
			if !yield(string(p.Ref), sideOf(p)) {
				return
			}
		}
	})
	for _, p := range held {
		for _, found := range index.Against(sideOf(p), closest, func(key string) bool { return key < string(p.Ref) }).Matches {
			if day, ok := found.Due(on); ok && !day.After(on) {
				a, b := proposal.Order(p.Ref, proposal.Ref(found.Key))
				pairs = append(pairs, proposal.Pair{A: a, B: b, At: p.At})
			}
		}
	}
	return pairs
}

// morningTime is the longest of so many mornings.
func morningTime(t *testing.T, dsn string, many int) time.Duration {
	t.Helper()
	opened, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	members := fictitious(t)
	now := time.Now().UTC().Truncate(time.Microsecond)
	var times []time.Duration
	for range 1 + many {
		begun := time.Now()
		err := opened.Update(t.Context(), members.ID, func(tx storage.Tx) error {
			_, err := usecase.Morning(&usecase.Turn{Tx: tx, Circle: members, Chats: []string{"playground"}, Now: now, Act: rand.Text(), Verb: "morning"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		times = append(times, time.Since(begun))
		now = usecase.NextMorning(members, now)
	}
	return slices.Max(times[1:]) // the first only begins the count
}

// proposeTimes are those of what people propose, from the event that is stored to the transaction that holds the answer.
func proposeTimes(t *testing.T, dsn string) (median, late time.Duration) {
	t.Helper()
	opened, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	members := fictitious(t)
	now := time.Now().UTC().Truncate(time.Microsecond)
	var times []time.Duration
	for i := range 101 {
		who, _ := members.Person([]string{"dsi-a", "dsi-b", "dsi-c", "dsi-d"}[i%4])
		event := chat.Event{Chat: "playground", ID: rand.Text(), Kind: chat.Said, At: now, From: who.Handle, Text: proposals[i%len(proposals)]}
		begun := time.Now()
		heard := opened.Update(t.Context(), members.ID, func(tx storage.Tx) error {
			_, err := tx.Inbox().Put(event)
			return err
		})
		worked := opened.Update(t.Context(), members.ID, func(tx storage.Tx) error {
			turn := &usecase.Turn{Tx: tx, Circle: members, Chats: []string{"playground"}, Now: now, Act: event.ID, Verb: "propose", Who: who, Chat: event.Chat}
			reply, err := usecase.Propose(turn, event.Text)
			if err != nil {
				return err
			}
			chat.Say(*reply.Draft, locale.French)
			return tx.Inbox().Done(event.Chat, event.ID)
		})
		if err := errors.Join(heard, worked); err != nil {
			t.Fatal(err)
		}
		if i > 0 { // the first one makes the dictionary
			times = append(times, time.Since(begun))
		}
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100]
}
