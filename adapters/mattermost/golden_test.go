package mattermost_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What the server gets for each kind of message, as it stands there afterwards: testdata/*.golden.json.
func TestGolden(t *testing.T) {
	card := chat.Message{
		Title:  "C-1 · Office A · Téléphonie fixe",
		Lines:  []string{"Échéances à 3 mois d'écart : 23/05 et 31/08/2027.", "Un achat mutualisé ?"},
		Fields: []chat.Field[string]{{Label: "Échéance", Value: "23/05/2027"}, {Label: "Fournisseur", Value: "à préciser"}, {Label: "Objet", Value: strings.Repeat("lignes fixes des agences, ", 3)}},
		Footer: "Proposé par DSI de l'Office A. Répondez d'une réaction.",
		Tone:   chat.Good,
	}
	question := card
	question.Reactions = []string{"🙋", "🤔", "🚫", "✅"}
	question.Buttons = []chat.Button[string]{
		{ID: "answer C-1 interested", Label: "🙋 Intéressé"},
		{ID: "answer C-1 maybe", Label: "🤔 Peut-être"},
		{ID: "answer C-1 no", Label: "🚫 Non"},
		{ID: "answer C-1 done", Label: "✅ Déjà fait"},
	}
	reminder := card
	reminder.Tone = chat.Warn
	reminder.Buttons = []chat.Button[string]{{ID: "decide C-1 renew", Label: "On reconduit"}, {ID: "decide C-1 terminate", Label: "On dénonce", Tone: chat.Danger}, {ID: "decide C-1 later", Label: "Plus tard"}}
	wordy := chat.Message{Lines: []string{"Voici."}, Footer: strings.Repeat("petits caractères, ", 20)}
	hostile := chat.Message{Title: "*titre* @all", Lines: []string{"# @channel ~commun\n[lien](https://mauvais.example)"}, Fields: []chat.Field[string]{{Label: "@here *l*", Value: "`code` <b>"}}, Footer: "#tag @all *x*"}
	form := chat.Form[string]{
		ID: "complete C-1", Title: "Compléter C-1", Intro: "Tout peut rester ouvert.", Submit: "Enregistrer",
		Words: "Pour répondre, écrivez dans le fil de ce message, un champ par ligne, par exemple « Fournisseur : … ».",
		Fields: []chat.Input[string]{
			{Key: "supplier", Label: "Fournisseur", Value: "Opérateur *Nord*"},
			{Key: "notice", Label: "Préavis", Hint: "par exemple 3 mois"},
			{Key: "renewal", Label: "Reconduction", Value: "tacit", Options: []chat.Option[string]{{Value: "tacit", Label: "tacite"}, {Value: "none", Label: "aucune"}}},
			{Key: "reason", Label: "Motif", Long: true, Optional: true},
		},
	}
	picture := chat.Message{Title: "Convergence : Téléphonie", Files: []chat.File{{Name: "convergence.png", Content: []byte("PNG"), Alt: "Office A, C-1 : échéance le 31/05/2027"}}}
	form.Again = chat.Button[string]{ID: "complete C-1", Label: "Compléter"}
	answers := map[string]chat.Answer{
		"plain":     {Message: &chat.Message{Lines: []string{"C'est noté.", "Rien d'autre ne vous attend."}}},
		"card":      {Message: &card},
		"question":  {Message: &question},
		"reminder":  {Message: &reminder},
		"withdrawn": {Message: &chat.Message{Title: "C-1 · retiré", Lines: []string{"Office A a retiré sa proposition."}, Tone: chat.Muted}},
		"footer":    {Message: &wordy},
		"hostile":   {Message: &hostile},
		"form":      {Form: &form},
		"errors":    {Errors: map[string]string{"notice": "Un nombre de mois, par exemple 3.", "amount": "Un montant en euros."}},
		"picture":   {Message: &picture},
	}
	worlds := map[string]func(testing.TB) *world{}
	for name := range answers {
		worlds[name] = open
	}
	// What has buttons looks otherwise where the server can call the bot. What a button calls, nobody sees.
	for _, name := range []string{"question", "reminder", "form"} {
		answers[name+".called"], worlds[name+".called"] = answers[name], callable
	}
	for name, say := range answers {
		t.Run(name, func(t *testing.T) {
			w := worlds[name](t)
			room := w.server.Direct(w.accounts[chattest.A], w.accounts[chattest.Bot])
			reply := chat.Handle(fmt.Sprintf(`{"c":%q,"a":%q,"p":true}`, room, w.accounts[chattest.A]))
			if err := w.chat.Reply(t.Context(), reply, say); err != nil {
				t.Fatal(err)
			}
			posts := w.server.Posts(room)
			if len(posts) != 1 {
				t.Fatalf("%d posts, want 1", len(posts))
			}
			var seeds []string
			for _, r := range posts[0].Metadata.Reactions {
				seeds = append(seeds, r.EmojiName)
			}
			golden(t, name, map[string]any{"message": posts[0].Message, "props": posts[0].Props, "reactions": seeds})
		})
	}
}

// What their server gets to open a dialog.
func TestGoldenDialog(t *testing.T) {
	w := callable(t)
	p := &presser{people: people{w}, sent: map[string]filled{}}
	e := &ears{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	answered := make(chan error, 1)
	e.answer = func(event chat.Event) {
		answered <- w.chat.Reply(t.Context(), event.Handle, chat.Answer{Form: &chat.Form[string]{
			ID: "fix C-1 1", Title: "Corriger C-1", Intro: "Tout ce qui est *enregistré*.", Submit: "Envoyer",
			Fields: []chat.Input[string]{
				{Key: "supplier", Label: "Fournisseur", Value: "Opérateur *Nord*", Optional: true},
				{Key: "max_renewals", Label: "Nombre de reconductions possibles", Hint: "par exemple 3"},
				{Key: "renewal", Label: "Reconduction", Value: "tacit", Options: []chat.Option[string]{{Value: "tacit", Label: "tacite"}, {Value: "none", Label: "aucune"}}},
				{Key: "reason", Label: "Motif", Long: true, Optional: true},
			},
		}})
	}
	listening := make(chan struct{})
	go func() {
		_ = w.chat.Listen(ctx, func(ctx context.Context, event chat.Event) error {
			if event.Kind == chat.Back {
				close(listening)
				return nil
			}
			return e.hear(ctx, event)
		})
	}()
	<-listening
	p.Command(t, chattest.A, chat.Place{Channel: chattest.Channel}, "corriger C-1")
	if err := <-answered; err != nil {
		t.Fatal(err)
	}
	asked, _ := w.server.Dialog(w.accounts[chattest.A])
	asked.TriggerId = "…"
	asked.Dialog.State = "…"
	golden(t, "dialog", asked)
}

// golden compares with the file, in which the invisible space shows as ‹z›.
func golden(t *testing.T, name string, got any) {
	t.Helper()
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(got); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(b.String(), "\u200b", "‹z›")
	file := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s (go test ./adapters/mattermost -update writes it anew):\n%s\nwant\n%s", file, text, want)
	}
}
