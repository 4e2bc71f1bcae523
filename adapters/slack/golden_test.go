package slack_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// kinds are messages of every kind, which the golden files show and the types of Slack's own library check.
func kinds() map[string]chat.Message {
	card := chat.Message{
		Title:  "C-1 · Office A · Téléphonie fixe",
		Lines:  []string{"Échéances à 3 mois d'écart : 23/05 et 31/08/2027.", "Un achat mutualisé ?"},
		Fields: []chat.Field[string]{{Label: "Échéance", Value: "23/05/2027"}, {Label: "Fournisseur", Value: "à préciser"}, {Label: "Objet", Value: "lignes *fixes* des agences"}},
		Footer: "Proposé par DSI de l'Office A. Répondez d'une réaction.",
		Tone:   chat.Good,
	}
	question := card
	question.Reactions = []string{"🙋", "🤔", "🚫", "✅"}
	question.Buttons = []chat.Button[string]{
		{ID: "answer C-1 interested", Label: "🙋 Intéressé", Tone: chat.Good},
		{ID: "answer C-1 maybe", Label: "🤔 Peut-être"},
		{ID: "answer C-1 no", Label: "🚫 Non"},
		{ID: "answer C-1 done", Label: "✅ Déjà fait"},
	}
	reminder := card
	reminder.Tone = chat.Warn
	reminder.Buttons = []chat.Button[string]{{ID: "decide C-1 renew", Label: "On reconduit"}, {ID: "decide C-1 terminate", Label: "On dénonce", Tone: chat.Danger}, {ID: "decide C-1 later", Label: "Plus tard"}}
	long := chat.Message{Title: strings.Repeat("un titre qui ne finit pas ", 10), Lines: []string{strings.Repeat("Une phrase après l'autre. ", 300)}, Fields: []chat.Field[string]{{Label: "Objet", Value: strings.Repeat("lignes fixes ", 30)}}}
	return map[string]chat.Message{
		"plain":     {Lines: []string{"C'est noté.", "Rien d'autre ne vous attend."}},
		"card":      card,
		"question":  question,
		"reminder":  reminder,
		"withdrawn": {Title: "C-1 · retiré", Lines: []string{"Office A a retiré sa proposition."}, Tone: chat.Muted},
		"long":      long,
		"hostile": {
			Title: "*titre* <!channel>", Lines: []string{"<@U024BE7LH> & <https://mauvais.example|lien>\n> citation"},
			Fields: []chat.Field[string]{{Label: "<!here> *l*", Value: "`code` <b>"}}, Footer: ":smile: _x_",
		},
	}
}

func completeForm() chat.Form[string] {
	return chat.Form[string]{
		ID: "complete C-1", Title: "Compléter C-1 · contrat de téléphonie", Intro: "Tout peut rester ouvert.", Submit: "Enregistrer",
		Fields: []chat.Input[string]{
			{Key: "supplier", Label: "Fournisseur", Value: "Opérateur *Nord* & Cie"},
			{Key: "notice", Label: "Préavis", Hint: "par exemple 3 mois", Optional: true},
			{Key: "renewal", Label: "Reconduction", Value: "tacit", Options: []chat.Option[string]{{Value: "tacit", Label: "tacite"}, {Value: "none", Label: "aucune"}}},
			{Key: "reason", Label: "Motif", Long: true, Optional: true},
		},
		Again: chat.Button[string]{ID: "complete C-1", Label: "Compléter"},
	}
}

// What Slack gets for each kind of message, as it stands there afterwards: testdata/*.golden.json.
func TestGolden(t *testing.T) {
	for name, m := range kinds() {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			ref := post(t, w, m)
			stands, _ := w.server.Message(ref.Channel, ref.ID)
			var seeds []string
			for _, r := range stands.Reactions {
				seeds = append(seeds, r.Name)
			}
			golden(t, name, map[string]any{"text": stands.Text, "blocks": stands.Raw, "metadata": stands.Metadata, "reactions": seeds})
		})
	}
	t.Run("form", func(t *testing.T) {
		w := open(t)
		e := w.listen()
		(people{w}).Command(t, chattest.A, channel, "contrat C-1")
		form := completeForm()
		if err := w.chat.Reply(t.Context(), e.next().Handle, chat.Answer{Form: &form}); err != nil {
			t.Fatal(err)
		}
		v, _ := w.server.View(w.accounts[chattest.A])
		var view map[string]any
		if err := json.Unmarshal(v.Raw, &view); err != nil {
			t.Fatal(err)
		}
		view["private_metadata"] = "…" // it holds the address of an answer, which is another each time
		golden(t, "form", view)
	})
}

func post(t *testing.T, w *world, m chat.Message) chat.Ref {
	t.Helper()
	ref, err := w.chat.Post(t.Context(), channel, m, "key")
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

var channel = chat.Place{Channel: chattest.Channel}

func golden(t *testing.T, name string, got any) {
	t.Helper()
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(got); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s (go test ./adapters/slack -update writes it anew):\n%s\nwant\n%s", file, b.String(), want)
	}
}
