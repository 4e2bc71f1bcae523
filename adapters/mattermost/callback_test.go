package mattermost_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// called is a world whose server calls the bot, which listens.
func called(t *testing.T, test func(t *testing.T, w *world, p *presser, e *ears)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w, e := callable(t), &ears{}
		stop := w.listen(e)
		test(t, w, &presser{people: people{w}, sent: map[string]filled{}}, e)
		_ = stop()
		w.server.Close()
		synctest.Wait()
	})
}

// knock sends a request to what the server would call.
func (w *world) knock(path, authorization, contentType, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(w.t.Context(), http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Authorization", authorization)
	answer := httptest.NewRecorder()
	w.chat.Handler().ServeHTTP(answer, r)
	return answer
}

// What does not prove that it comes from the server is refused, counted, and heard by nobody.
func TestForgedCalls(t *testing.T) {
	var log bytes.Buffer
	called(t, func(t *testing.T, w *world, p *presser, e *ears) {
		w.config.Log = slog.New(slog.NewTextHandler(&log, nil))
		w.chat = w.another()
		command := url.Values{"user_id": {w.accounts[chattest.A]}, "channel_id": {w.channel}, "channel_name": {"commun"}, "text": {"aide"}}.Encode()
		const form, plain = "application/x-www-form-urlencoded", "application/json"
		button := func(context map[string]any) string {
			raw, err := json.Marshal(model.PostActionIntegrationRequest{UserId: w.accounts[chattest.A], ChannelId: w.channel, Context: context})
			if err != nil {
				t.Fatal(err)
			}
			return string(raw)
		}
		token := w.config.CommandToken
		forged := []struct{ why, path, authorization, kind, body string }{
			{"a command without a token", "/command", "", form, command},
			{"with another", "/command", "Token " + model.NewId(), form, command},
			{"with the beginning of the right one", "/command", "Token " + token[:25], form, command},
			{"with the token where a bearer's would be", "/command", "Bearer " + token, form, command},
			{"with the token in the body alone, as any page may send it", "/command", "", form, command + "&token=" + token},
			{"a button without a proof", "/button", "", plain, button(map[string]any{"button": "undo 1"})},
			{"a button with somebody's idea of one", "/button", "", plain, button(map[string]any{"button": "undo 1", "proof": "AAAA"})},
			{"a proof that is no word", "/button", "", plain, button(map[string]any{"button": "undo 1", "proof": 7})},
			{"a form without a proof", "/dialog", "", plain, `{"callback_id":"fix C-1","user_id":"` + w.accounts[chattest.A] + `"}`},
		}
		for _, row := range forged {
			if got := w.knock(row.path, row.authorization, row.kind, row.body); got.Code != http.StatusForbidden || strings.TrimSpace(got.Body.String()) != "refused" {
				t.Errorf("%s: %d %q", row.why, got.Code, got.Body)
			}
		}
		if n := w.chat.Refused(); n != int64(len(forged)) {
			t.Errorf("%d refusals counted, want %d", n, len(forged))
		}
		if n := strings.Count(log.String(), "a call was refused"); n != len(forged) || strings.Contains(log.String(), token) {
			t.Errorf("%d lines in the log: %s", n, log.String())
		}
		heard(t, e)
	})
}

// The proof of a form is its reader's alone, and that of a button is the button's.
func TestProofsAreNotTransferable(t *testing.T) {
	called(t, func(t *testing.T, w *world, p *presser, e *ears) {
		e.answer = func(event chat.Event) {
			f := chat.Form[string]{ID: "fix C-1 1", Title: "C-1", Fields: []chat.Input[string]{{Key: "notice", Label: "Préavis"}}}
			if err := w.chat.Reply(t.Context(), event.Handle, chat.Answer{Form: &f}); err != nil {
				t.Error(err)
			}
		}
		p.Command(t, chattest.A, chat.Place{Channel: chattest.Channel}, "contrat C-1")
		w.settle()
		asked, _ := w.server.Dialog(w.accounts[chattest.A])
		if asked.Dialog.State == "" {
			t.Fatal("no dialog")
		}
		e.answer = nil
		e.texts()
		for why, said := range map[string]model.SubmitDialogRequest{
			"another person": {CallbackId: asked.Dialog.CallbackId, State: asked.Dialog.State, UserId: w.accounts[chattest.B]},
			"another form":   {CallbackId: "fix C-2 1", State: asked.Dialog.State, UserId: w.accounts[chattest.A]},
		} {
			raw, err := json.Marshal(said)
			if err != nil {
				t.Fatal(err)
			}
			if got := w.knock("/dialog", "", "application/json", string(raw)); got.Code != http.StatusForbidden {
				t.Errorf("%s: %d", why, got.Code)
			}
		}
		heard(t, e)
	})
}

// What cannot be stored is not acknowledged: the person is told by the server, and tries again. The same request again is the same event.
func TestCallsAreStoredBeforeTheyAreAcknowledged(t *testing.T) {
	called(t, func(t *testing.T, w *world, p *presser, e *ears) {
		e.fail = 1
		if _, _, err := p.client(chattest.A).ExecuteCommand(t.Context(), w.channel, "/sdc aide"); err == nil {
			t.Error("a command that was not stored is acknowledged")
		}
		if _, _, err := p.client(chattest.A).ExecuteCommand(t.Context(), w.channel, "/sdc aide"); err != nil {
			t.Error(err)
		}
		heard(t, e, "aide")
		body := url.Values{"user_id": {w.accounts[chattest.A]}, "channel_id": {w.channel}, "channel_name": {"commun"}, "text": {"moi"}, "trigger_id": {"one"}}.Encode()
		for range 2 {
			if got := w.knock("/command", "Token "+w.config.CommandToken, "application/x-www-form-urlencoded", body); got.Code != http.StatusOK {
				t.Errorf("%d %s", got.Code, got.Body)
			}
		}
		if a, b := e.events[0].ID, e.events[1].ID; a != b {
			t.Errorf("a request that is replayed has another id: %q, %q", a, b)
		}
	})
}

// Before the bot listens there is nobody to store for.
func TestCallsBeforeTheBotListens(t *testing.T) {
	w := callable(t)
	body := url.Values{"user_id": {w.accounts[chattest.A]}, "channel_id": {w.channel}}.Encode()
	if got := w.knock("/command", "Token "+w.config.CommandToken, "application/x-www-form-urlencoded", body); got.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

// A form that comes too late for its trigger, or that nothing was pressed for, is a message with a button that brings it.
func TestFormThatCannotBeOpened(t *testing.T) {
	form := chat.Form[string]{
		ID: "fix C-1 1", Title: "Corriger C-1", Submit: "Envoyer", Words: "Répondez dans le fil.", Again: chat.Button[string]{ID: "fix C-1", Label: "Compléter"},
		Fields: []chat.Input[string]{{Key: "notice", Label: "Préavis"}, {Key: "amount", Label: "Montant"}},
	}
	for why, ask := range map[string]func(t *testing.T, w *world, p *presser){
		"words": func(t *testing.T, w *world, p *presser) { p.Say(t, chattest.A, chat.Place{}, "corriger C-1") },
		"late": func(t *testing.T, w *world, p *presser) {
			p.Command(t, chattest.A, chat.Place{}, "corriger C-1")
			time.Sleep(31 * time.Second)
		},
	} {
		called(t, func(t *testing.T, w *world, p *presser, e *ears) {
			ask(t, w, p)
			w.settle()
			if err := w.chat.Reply(t.Context(), e.events[0].Handle, chat.Answer{Form: &form}); err != nil {
				t.Fatalf("%s: %v", why, err)
			}
			room := p.room(chattest.A, chat.Place{})
			posts := w.server.Posts(room)
			last := posts[len(posts)-1]
			if !slices.Equal(buttons(last), []string{"Compléter"}) || !strings.Contains(shown(last), "Répondez dans le fil.") {
				t.Fatalf("%s: %q with %q", why, shown(last), buttons(last))
			}
			e.texts()
			p.Press(t, chattest.A, chat.Ref{Channel: room, ID: last.Id}, "Compléter")
			w.settle()
			if err := w.chat.Reply(t.Context(), e.events[0].Handle, chat.Answer{Form: &form}); err != nil {
				t.Fatalf("%s: %v", why, err)
			}
			if asked, open := w.server.Dialog(w.accounts[chattest.A]); !open || asked.Dialog.Title != "Corriger C-1" {
				t.Errorf("%s: the button opened %+v", why, asked)
			}
		})
	}
}

// A form waits for what the bot says of it as long as its sender's client would, and then closes; faults that come later are too late
// to be shown in it.
func TestFormWaitsForItsAnswer(t *testing.T) {
	called(t, func(t *testing.T, w *world, p *presser, e *ears) {
		f := chat.Form[string]{ID: "fix C-1 1", Title: "C-1", Fields: []chat.Input[string]{{Key: "notice", Label: "Préavis"}}}
		p.Command(t, chattest.A, chat.Place{Channel: chattest.Channel}, "contrat C-1")
		w.settle()
		if err := w.chat.Reply(t.Context(), e.events[0].Handle, chat.Answer{Form: &f}); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		p.Submit(t, chattest.A, map[string]string{"notice": "bientôt"})
		if _, open := p.Form(t, chattest.A); open {
			t.Error("the form stands open though nobody answered")
		}
		if waited := time.Since(began); waited < 5*time.Second || waited > 25*time.Second {
			t.Errorf("it waited for %s", waited)
		}
		sent := e.events[1]
		if err := w.chat.Reply(t.Context(), sent.Handle, chat.Answer{Errors: map[string]string{"notice": "?"}}); !errors.Is(err, chat.ErrStale) {
			t.Errorf("faults that come late: %v, want ErrStale", err)
		}
	})
}

// The answer to a command shows to who typed it alone, where it was typed, without any right; when its address is used up it comes in
// private.
func TestAnswersToACommand(t *testing.T) {
	called(t, func(t *testing.T, w *world, p *presser, e *ears) {
		p.Command(t, chattest.A, chat.Place{Channel: chattest.Channel}, "moi")
		w.settle()
		for range 6 {
			if err := w.chat.Reply(t.Context(), e.events[0].Handle, chat.Answer{Message: &chat.Message{Title: "Ce qui vous attend"}}); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(w.server.Ephemeral(w.accounts[chattest.A], w.channel)); n != 5 {
			t.Errorf("%d answers in the channel, want 5", n)
		}
		if n := len(w.server.Posts(p.room(chattest.A, chat.Place{}))); n != 1 {
			t.Errorf("%d answers in private, want 1", n)
		}
	})
}

// Their dialogs take titles and labels of 24 bytes and lines of 150: what is longer still shows whole, or is visibly cut.
func TestDialogFitsTheirLimits(t *testing.T) {
	called(t, func(t *testing.T, w *world, p *presser, e *ears) {
		f := chat.Form[string]{ID: "needs AC-1", Title: "Vos besoins pour la téléphonie", Intro: "*Tout* @all", Fields: []chat.Input[string]{
			{Key: "softphones", Label: "Nombre de postes logiciels", Hint: strings.Repeat("par exemple ", 20)},
			{Key: "object", Label: "Objet", Value: strings.Repeat("é", 200)},
			{Key: "choice", Label: "Choix", Value: "gone", Options: []chat.Option[string]{{Value: "", Label: "aucun"}, {Value: "a", Label: "A"}}},
		}}
		p.Command(t, chattest.A, chat.Place{}, "x")
		w.settle()
		if err := w.chat.Reply(t.Context(), e.events[0].Handle, chat.Answer{Form: &f}); err != nil {
			t.Fatal(err)
		}
		asked, open := w.server.Dialog(w.accounts[chattest.A]) // which refuses a dialog that is not valid
		if !open || !strings.HasPrefix(asked.Dialog.Elements[0].HelpText, "Nombre de postes logiciels\n") {
			t.Errorf("%+v", asked.Dialog)
		}
	})
}

// FuzzCalls looks for a body that makes the handler panic, or that is heard without a proof.
func FuzzCalls(f *testing.F) {
	w := callable(f)
	ctx, cancel := context.WithCancel(f.Context())
	defer cancel()
	var count int
	go func() {
		_ = w.chat.Listen(ctx, func(_ context.Context, e chat.Event) error {
			if e.Kind != chat.Back {
				count++
			}
			return nil
		})
	}()
	f.Add("/button", `{"user_id":"x","context":{"button":"a","proof":"b"}}`)
	f.Add("/dialog", `{"callback_id":"a","state":"b","submission":{"a":null,"b":[1]}}`)
	f.Add("/command", "text=%zz&user_id=")
	f.Fuzz(func(t *testing.T, path, body string) {
		if !slices.Contains([]string{"/button", "/dialog", "/command"}, path) {
			path = "/button"
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body))
		answer := httptest.NewRecorder()
		w.chat.Handler().ServeHTTP(answer, r)
		if answer.Code == http.StatusOK || count > 0 {
			t.Errorf("%s %q is heard: %d", path, body, answer.Code)
		}
	})
}
