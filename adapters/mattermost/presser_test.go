package mattermost_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/adapters/mattermost/mattermosttest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// presser acts as people do whose server can call the bot: over REST, with a token of theirs.
type presser struct {
	people
	sent map[string]filled // by person: the dialog that was sent and came back
	last chan struct{}     // closed when what was sent last is answered; nil before
}

// filled is a dialog as its reader has it: who types into it, and what was wrong with it.
type filled struct {
	trigger string
	values  map[string]string
	errors  map[string]string
}

// client is their own client's connection.
func (w *world) client(person string) *model.Client4 {
	api := model.NewAPIv4Client(mattermosttest.Address)
	api.HTTPClient = w.server.Client()
	api.SetToken(w.server.Token(w.accounts[person]))
	return api
}

func (p *presser) Command(t testing.TB, person string, at chat.Place, text string) {
	t.Helper()
	if _, _, err := p.client(person).ExecuteCommand(t.Context(), p.room(person, at), "/sdc "+text); err != nil {
		t.Error(err)
	}
}

func (p *presser) Press(t testing.TB, person string, on chat.Ref, label string) {
	t.Helper()
	for _, post := range append(p.server.Posts(on.Channel), p.server.Ephemeral(p.accounts[person], on.Channel)...) {
		for _, card := range post.Attachments() {
			for _, action := range card.Actions {
				if post.Id != on.ID || action.Name != label {
					continue
				}
				if action.Integration != nil {
					t.Errorf("the reader sees what the button calls: %+v", action.Integration)
				}
				if _, err := p.client(person).DoPostActionWithCookie(t.Context(), on.ID, action.Id, "", action.Cookie, nil, ""); err != nil {
					t.Error(err)
				}
				return
			}
		}
	}
	t.Errorf("%s sees no button %q on %+v", person, label, on)
}

func (p *presser) Form(_ testing.TB, person string) (chattest.Form, bool) {
	if p.last != nil {
		<-p.last
	}
	open, yes := p.server.Dialog(p.accounts[person])
	if !yes {
		return chattest.Form{}, false
	}
	form := chattest.Form{Title: open.Dialog.Title, Values: map[string]string{}}
	for _, e := range open.Dialog.Elements {
		form.Labels = append(form.Labels, e.DisplayName)
		form.Values[e.Name] = e.Default
	}
	if sent := p.sent[person]; sent.trigger == open.TriggerId {
		maps.Copy(form.Values, sent.values)
		form.Errors = sent.errors
	}
	return form, true
}

func (p *presser) Submit(t testing.TB, person string, values map[string]string) {
	t.Helper()
	form, open := p.Form(t, person)
	if !open {
		t.Fatalf("no form stands open before %s", person)
	}
	asked, _ := p.server.Dialog(p.accounts[person])
	maps.Copy(form.Values, values)
	submission := map[string]any{}
	for key, value := range form.Values {
		submission[key] = strings.ReplaceAll(value, "\r\n", "\n")
	}
	request := model.SubmitDialogRequest{
		URL: asked.URL, CallbackId: asked.Dialog.CallbackId, State: asked.Dialog.State, ChannelId: p.channel, Submission: submission,
	}
	// It is answered when the bot has said what it thinks of it.
	answered := make(chan struct{})
	p.last = answered
	go func() {
		defer close(answered)
		answer, _, err := p.client(person).SubmitInteractiveDialog(t.Context(), request)
		if err != nil {
			t.Error(err)
			return
		}
		p.sent[person] = filled{asked.TriggerId, form.Values, answer.Errors}
	}()
}
