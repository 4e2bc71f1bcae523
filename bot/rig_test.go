package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sdcbot/adapters/sheet"
	"sdcbot/bot"
	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
	"sdcbot/store"
)

// monday is when the tests begin: a working Monday, after the morning.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, paris)

var paris = must(time.LoadLocation("Europe/Paris"))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// rig is a running bot of a circle of four organisations, a chat that records what it says, and people who act in it. The bot does
// what it is to do when step is called, and at no other time.
type rig struct {
	*bot.Bot
	t      rapid.TB
	store  storage.Store
	chat   *chattest.Recorder
	chats  []chat.Chat
	circle circle.Circle
	now    time.Time
	clock  func() time.Time // what the bot reads while it runs by itself; nil: now

	mu     sync.Mutex
	events int
	acts   int
}

// memory opens an empty database that many circles may share.
func memory(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite::memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func newRig(t testing.TB) *rig { return newCircle(t, memory(t), "rives") }

// newCircle returns a rig on a circle of that id, which is empty if the id is new.
func newCircle(t rapid.TB, s storage.Store, id string) *rig {
	r := &rig{t: t, store: s, chat: &chattest.Recorder{}, circle: members(id), now: monday}
	r.chats = []chat.Chat{r.chat}
	r.begin(s)
	return r
}

// begin starts a bot as after a restart of the program, on a store that may be another one's wrapping.
func (r *rig) begin(s storage.Store) {
	r.Bot = bot.New(bot.Options{
		Sheets: sheet.Sheets(),
		Store:  s, Circle: func() circle.Circle { return r.circle }, Chats: r.chats,
		Now: func() time.Time {
			if r.clock != nil {
				return r.clock()
			}
			return r.now
		},
		NewID: func() string {
			r.acts++
			return fmt.Sprint("act", r.acts)
		},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	r.step()
}

// members is the circle: four organisations with their DSI, one deputy, and two people from outside.
func members(id string) circle.Circle {
	c := circle.Circle{ID: id, Name: "SdC des Rives", Language: locale.French, Zone: paris, Channel: "commun"}
	for _, code := range []string{"A", "B", "C", "D"} {
		c.Organisations = append(c.Organisations, circle.Organisation{Code: code, Name: "Office " + code})
		c.People = append(c.People, circle.Person{Handle: "dsi-" + strings.ToLower(code), Organisation: code, Roles: []circle.Role{circle.DSI}})
	}
	c.People = append(c.People,
		circle.Person{Handle: "adj-b", Organisation: "B", Roles: []circle.Role{circle.Deputy}},
		circle.Person{Handle: "lead-a", Organisation: "A", Roles: []circle.Role{circle.Lead}},
		circle.Person{Handle: "amo", Roles: []circle.Role{circle.Adviser}, Until: calendar.On(2027, 6, 30)},
		circle.Person{Handle: "ancien", Organisation: "D", Roles: []circle.Role{circle.DSI}, Until: calendar.On(2026, 10, 31)},
	)
	for i, p := range c.People {
		c.People[i].Accounts = map[string]string{"recorder": p.Handle}
	}
	return c
}

// event completes what somebody does with what a chat adds to it.
func (r *rig) event(e chat.Event) chat.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events++
	e.ID, e.Chat, e.At = fmt.Sprint("e", r.events), "recorder", r.now
	e.Handle = chat.Handle(e.ID)
	return e
}

func said(who, text string) chat.Event {
	return chat.Event{Kind: chat.Commanded, From: who, Channel: "commun", Text: text}
}

func pressed(who, button string) chat.Event {
	return chat.Event{Kind: chat.Pressed, From: who, Button: button}
}

func submitted(who, form string, values map[string]string) chat.Event {
	return chat.Event{Kind: chat.Submitted, From: who, Form: form, Values: values}
}

func reacted(who, emoji string, on chat.Ref) chat.Event {
	return chat.Event{Kind: chat.Reacted, From: who, Emoji: emoji, Message: on}
}

// do hands the event in, lets the bot work, and returns what its author was answered on the spot, as one text.
func (r *rig) do(e chat.Event) string {
	r.t.Helper()
	e = r.event(e)
	r.hear(e)
	r.step()
	return r.answerTo(e)
}

func (r *rig) hear(e chat.Event) {
	r.t.Helper()
	if err := r.Hear(context.Background(), e); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) step() time.Time {
	r.t.Helper()
	next, err := r.Step(context.Background(), r.now)
	if err != nil {
		r.t.Fatal(err)
	}
	return next
}

// until lets the time pass, and everything happen that falls due on the way.
func (r *rig) until(to time.Time) {
	r.t.Helper()
	for next := r.step(); !next.After(to); next = r.step() {
		r.now = next
	}
	r.now = to
	r.step()
}

func (r *rig) answerTo(e chat.Event) string {
	var all []string
	for _, reply := range r.chat.Replies() {
		if reply.To == e.Handle {
			all = append(all, answerText(reply.Answer))
		}
	}
	return strings.Join(all, "\n=====\n")
}

func answerText(a chat.Answer) string {
	switch {
	case a.Message != nil:
		return messageText(*a.Message)
	case a.Form != nil:
		return typed(a.Form.Title + "\n" + a.Form.Intro)
	}
	return typed(fmt.Sprint(a.Errors))
}

func messageText(m chat.Message) string {
	lines := append([]string{m.Title}, m.Lines...)
	for _, f := range m.Fields {
		lines = append(lines, f.Label+" : "+f.Value)
	}
	for _, b := range m.Buttons {
		lines = append(lines, "["+b.Label+"]")
	}
	return typed(strings.Join(append(lines, m.Footer), "\n"))
}

// typed writes words as people type them, without the no-break spaces of a French line.
func typed(words string) string { return strings.ReplaceAll(words, "\u00a0", " ") }

// to returns what was said to a person in private, or in the channel where that is named "#commun".
func (r *rig) to(where string) (posts []chattest.Post) {
	for _, p := range r.chat.Posts() {
		if p.To.Account == where || p.To.Channel != "" && "#"+p.To.Channel == where {
			posts = append(posts, p)
		}
	}
	return posts
}

// held is what the store holds of a circle.
type held struct {
	Proposals []proposal.Proposal
	Asks      []proposal.Ask
	Pairs     []proposal.Pair
	Settings  []string
	Promises  []storage.Promise // open
}

func (r *rig) held() (h held) {
	r.t.Helper()
	err := r.store.View(context.Background(), r.circle.ID, func(tx storage.Tx) (err error) {
		h, err = heldBy(tx)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return h
}

func heldBy(tx storage.Tx) (h held, err error) {
	var faults [5]error
	h.Proposals, faults[0] = tx.Proposals().All()
	h.Asks, faults[1] = tx.Asks().All()
	h.Pairs, faults[2] = tx.Pairs().All()
	h.Settings, faults[3] = tx.Settings().Keys("")
	h.Promises, faults[4] = tx.Promises().Open()
	return h, errors.Join(faults[:]...)
}

// keptOn is the day on which the promise of that key was kept.
func (r *rig) keptOn(key string) string {
	r.t.Helper()
	var p storage.Promise
	err := r.store.View(context.Background(), r.circle.ID, func(tx storage.Tx) (err error) {
		p, err = tx.Promises().Get(key)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return r.circle.Today(p.KeptAt).String()
}
