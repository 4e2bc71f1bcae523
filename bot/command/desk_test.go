package command_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sdcbot/adapters/sheet"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/command"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
	"sdcbot/store"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// desk is where commands arrive: a circle of two organisations with somebody of each role, on an empty database.
type desk struct {
	t      testing.TB
	store  *store.Store
	circle circle.Circle
	acts   int
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite::memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := circle.Circle{
		ID: "rives", Language: locale.French, Zone: time.UTC, Channel: "commun",
		Organisations: []circle.Organisation{{Code: "A", Name: "Office A"}, {Code: "B", Name: "Office B"}},
	}
	for _, role := range circle.Roles {
		org := "A"
		if role == circle.Adviser || role == circle.Reader {
			org = ""
		}
		c.People = append(c.People, circle.Person{Handle: string(role) + "-a", Organisation: org, Roles: []circle.Role{role}})
	}
	c.People = append(c.People,
		circle.Person{Handle: "dsi-b", Organisation: "B", Roles: []circle.Role{circle.DSI}},
		circle.Person{Handle: "reader-en", Roles: []circle.Role{circle.Reader}, Language: locale.English})
	return &desk{t: t, store: s, circle: c}
}

// does lets a person do something and returns what they are answered, as one text. Refused, nothing is written.
func (d *desk) does(who string, do func(*usecase.Turn) (usecase.Reply, error)) string {
	d.t.Helper()
	var reply usecase.Reply
	err := d.store.Update(context.Background(), d.circle.ID, func(tx storage.Tx) (err error) {
		reply, err = do(d.turn(tx, who))
		return err
	})
	var refusal usecase.Refusal
	switch {
	case errors.As(err, &refusal):
		return typed(refusal.Text.In(d.circle.LanguageOf(who)))
	case err != nil:
		d.t.Fatal(err)
	}
	return typed(d.text(reply, d.circle.LanguageOf(who)))
}

func (d *desk) turn(tx storage.Tx, who string) *usecase.Turn {
	d.acts++
	person, ok := d.circle.Person(who)
	if !ok {
		d.t.Fatalf("nobody is called %q", who)
	}
	return &usecase.Turn{
		Sheets: sheet.Sheets(),
		Tx:     tx, Circle: d.circle, Chats: []string{"recorder"}, Now: now, Act: fmt.Sprint("act", d.acts), Who: person, Chat: "recorder", Channel: "commun",
	}
}

// typed writes words as people type them, without the no-break spaces of a French line.
func typed(words string) string { return strings.ReplaceAll(words, "\u00a0", " ") }

func (d *desk) says(who, line string) string {
	d.t.Helper()
	return d.does(who, func(t *usecase.Turn) (usecase.Reply, error) { return command.Said(t, line) })
}

func (d *desk) presses(who, button string) string {
	d.t.Helper()
	return d.does(who, func(t *usecase.Turn) (usecase.Reply, error) { return command.Pressed(t, button) })
}

func (d *desk) sends(who, form string, values map[string]string) string {
	d.t.Helper()
	return d.does(who, func(t *usecase.Turn) (usecase.Reply, error) { return command.Submitted(t, form, values) })
}

func (d *desk) text(r usecase.Reply, lang locale.Lang) string {
	var lines []string
	switch {
	case r.Form != nil:
		f := chat.SayForm(*r.Form, lang)
		lines = append(lines, "form "+f.ID, f.Title, f.Intro)
	case r.Errors != nil:
		for key, fault := range r.Errors {
			lines = append(lines, key+": "+fault.In(lang))
		}
	case r.Draft != nil:
		m := chat.Say(*r.Draft, lang)
		lines = append(append(lines, m.Title), m.Lines...)
		for _, f := range m.Fields {
			lines = append(lines, f.Label+" : "+f.Value)
		}
		for _, b := range m.Buttons {
			lines = append(lines, "["+b.Label+"]")
		}
		lines = append(lines, m.Footer)
	}
	return strings.Join(lines, "\n")
}

// heldBy is what the store holds, as one text.
func heldBy(tx storage.Tx) (string, error) {
	var faults [5]error
	proposals, fault := tx.Proposals().All()
	faults[0] = fault
	asks, fault := tx.Asks().All()
	faults[1] = fault
	pairs, fault := tx.Pairs().All()
	faults[2] = fault
	settings, fault := tx.Settings().Keys("")
	faults[3] = fault
	promises, fault := tx.Promises().Open()
	faults[4] = fault
	all, fault := json.Marshal([]any{proposals, asks, pairs, settings, promises})
	return string(all), errors.Join(append(faults[:], fault)...)
}
