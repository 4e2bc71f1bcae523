package play

import (
	"context"
	"strings"
	"testing"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
)

// toy is the smallest bot that shows what a player must see: it remembers in its own memory what a real one keeps in the
// database, and forgets the rest when it crashes.
type toy struct {
	chat   *playground.Chat
	memory *memory
}

// memory is what outlives a crash of the toy.
type memory struct {
	inbox  []chat.Event
	posts  map[string]chat.Ref // by key
	due    time.Time
	now    func() time.Time
	lives  int
	worked int
}

func (b *toy) Hear(_ context.Context, e chat.Event) error {
	if e.Kind != chat.Back { // it tries again by itself
		b.memory.inbox = append(b.memory.inbox, e)
	}
	return nil
}

func (b *toy) Step(ctx context.Context, now time.Time) (time.Time, error) {
	for len(b.memory.inbox) > 0 {
		e := b.memory.inbox[0]
		if err := b.work(ctx, e); err != nil {
			return now.Add(time.Minute), nil //nolint:nilerr // it tries again in a minute, as an outbox does
		}
		b.memory.inbox = b.memory.inbox[1:]
		b.memory.worked++
	}
	if due := b.memory.due; !due.IsZero() && !due.After(now) {
		b.memory.due = time.Time{}
		if _, err := b.chat.Post(ctx, chat.Place{Channel: "commun"}, chat.Message{Title: "C'est l'heure : " + now.Format("02/01/2006 15:04")}, "due"); err != nil {
			return now, err
		}
	}
	return b.memory.due, nil
}

// work does what the event's words or button say.
func (b *toy) work(ctx context.Context, e chat.Event) error {
	say := func(a chat.Answer) error { return b.chat.Reply(ctx, e.Handle, a) }
	post := func(to chat.Place, m chat.Message) error {
		ref, err := b.chat.Post(ctx, to, m, e.ID)
		b.memory.posts[m.Title] = ref
		return err
	}
	words := strings.Fields(e.Text)
	switch {
	case e.Kind == chat.Said && !e.ToBot && !e.Private && e.Message.IsZero():
		return nil // talk
	case e.Kind == chat.Said && !e.Message.IsZero():
		return post(chat.Place{Channel: e.Channel, Thread: e.Message.ID}, chat.Message{Title: "re: " + e.Text})
	case e.Kind == chat.Sent:
		return post(chat.Place{Account: e.From}, chat.Message{Title: "reçu " + e.Files[0].Name})
	case e.Kind == chat.Reacted, e.Kind == chat.Unreacted:
		return b.chat.Edit(ctx, e.Message, chat.Message{Title: "carte", Lines: []string{string(e.Kind) + " " + e.Emoji + " par " + e.From}, Reactions: []string{"🙋"}})
	case e.Kind == chat.Pressed && e.Button == "open":
		return say(chat.Answer{Form: &chat.Form[string]{ID: "f", Title: "Compléter C-1", Submit: "Enregistrer", Fields: []chat.Input[string]{
			{Key: "notice", Label: "Préavis", Value: "3 mois", Hint: "en mois ou en jours"},
			{Key: "amount", Label: "Montant annuel (€)", Optional: true},
			{Key: "renewal", Label: "Reconduction", Value: "none", Options: []chat.Option[string]{{Value: "none", Label: "aucune"}, {Value: "tacit", Label: "tacite"}}},
		}}})
	case e.Kind == chat.Pressed:
		return say(chat.Answer{Message: &chat.Message{Title: "pressé " + e.Button}})
	case e.Kind == chat.Submitted && e.Values["notice"] == "bientôt":
		return say(chat.Answer{Errors: map[string]string{"notice": "ce n'est pas une durée"}})
	case e.Kind == chat.Submitted:
		return say(chat.Answer{Message: &chat.Message{Title: "noté", Fields: []chat.Field[string]{{Label: "Préavis", Value: e.Values["notice"]}, {Label: "Montant", Value: e.Values["amount"]}, {Label: "Reconduction", Value: e.Values["renewal"]}}}})
	case len(words) == 0:
		return say(chat.Answer{Message: &chat.Message{Title: "vide"}})
	}
	switch words[0] {
	case "carte":
		return post(chat.Place{Channel: "commun"}, chat.Message{Title: "carte", Lines: words[1:], Reactions: []string{"🙋"}})
	case "privé":
		return post(chat.Place{Account: words[1]}, chat.Message{Title: "C-1", Lines: words[2:], Buttons: []chat.Button[string]{{ID: "open", Label: "✏️ Compléter"}, {ID: "undo", Label: "Annuler"}}})
	case "redite":
		return b.chat.Edit(ctx, b.memory.posts["carte"], chat.Message{Title: "carte", Lines: words[1:], Reactions: []string{"🙋"}})
	case "demain":
		b.memory.due = b.memory.now().Add(24 * time.Hour)
	case "vies":
		return say(chat.Answer{Message: &chat.Message{Title: strings.Repeat("vie ", b.memory.lives), Lines: []string{string(e.Kind)}}})
	}
	return say(chat.Answer{Message: &chat.Message{Title: "entendu : " + e.Text, Buttons: []chat.Button[string]{{ID: "no", Label: "Non, merci"}}}})
}

// playToy plays the steps with a toy in the time zone of Paris and returns what failed, one line a step.
func playToy(t *testing.T, everywhere bool, steps string) []string {
	t.Helper()
	script, err := Parse("toy.txt", "circle: rives.yaml\nnow 2026-11-23 09:00\n"+steps)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	player := &Player{Zone: zone, CrashEverywhere: everywhere}
	stage, err := NewPlayground(playground.Setting{Channels: []string{"commun"}, People: []playground.Person{{Handle: "dsi-a"}, {Handle: "dsi-b"}}, Now: player.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer stage.Close()
	kept := &memory{posts: map[string]chat.Ref{}, now: player.Now}
	player.Stage = stage
	player.Start = func() Bot { kept.lives++; return &toy{chat: stage.Chat, memory: kept} }
	var failed []string
	for _, f := range player.Play(t.Context(), script) {
		failed = append(failed, f.Step.Source+": "+f.Problem+": "+strings.Join(f.Instead, " | "))
	}
	return failed
}
