package main

import (
	"strings"
	"testing"
	"time"

	"sdcbot/adapters/sheet"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
)

// A circle's own words count in an explanation where its file is named, and nowhere else.
func TestExplainByTheCirclesWords(t *testing.T) {
	d := newDesk(t)
	d.must("migrate")
	d.teaches("Zorval", "ERP bailleur")
	here := []string{"--circle", d.path("circle.yaml")}
	const family = `"family":"housing-erp"`
	for _, tt := range []struct {
		why, stdin string
		arguments  []string
	}{
		{"a sentence", "", []string{"explain", "statement", "Notre contrat Zorval se termine le 31/12/2027", "--on", "2026-11-23", "--json"}},
		{"lines of sentences", `{"text":"Notre contrat Zorval se termine le 31/12/2027","on":"2026-11-23"}`, []string{"explain", "statement", "--json"}},
		{"a title", "", []string{"explain", "family", "Licences Zorval", "--json"}},
		{"lines of titles", `{"id":"1","title":"LICENCES ZORVAL"}`, []string{"explain", "family", "--json"}},
	} {
		if stdout, stderr, code := d.types(tt.stdin, append(tt.arguments, here...)...); code != exitFine || !strings.Contains(stdout, family) {
			t.Errorf("%s, by the circle's words: %d %s%s", tt.why, code, stdout, stderr)
		}
		if stdout, stderr, code := d.types(tt.stdin, tt.arguments...); code != exitFine || strings.Contains(stdout, family) {
			t.Errorf("%s, by everyone's: %d %s%s", tt.why, code, stdout, stderr)
		}
	}
}

// teaches adds a word to the circle's glossary, as DSI A does in a chat.
func (d desk) teaches(phrase, means string) {
	d.t.Helper()
	opened, members := d.open(), d.circle()
	defer opened.Close()
	who, _ := members.Person("dsi-a")
	err := opened.Update(d.t.Context(), members.ID, func(tx storage.Tx) error {
		_, err := usecase.AddTerm(&usecase.Turn{Tx: tx, Circle: members, Now: time.Now(), Act: "teach", Who: who, Sheets: sheet.Sheets()}, phrase, means, false)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
}
