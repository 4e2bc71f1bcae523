package slack_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sdcbot/adapters/slack"
	"sdcbot/adapters/slack/slacktest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

func TestChat(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Stage { return open(t).stage() })
}

// Where Slack calls us instead, all is the same.
func TestChatOverHTTP(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Stage { return openCalled(t).stage() })
}

// world is a workspace with the suite's people and channel, and a bot in it.
type world struct {
	t        testing.TB
	server   *slacktest.Server
	accounts map[string]string // by handle
	channel  string            // id of the suite's
	config   slack.Config
	chat     *slack.Chat

	mu   sync.Mutex
	mark []byte
}

func open(t testing.TB) *world {
	w := &world{t: t, server: slacktest.New(chattest.Bot, nil), accounts: map[string]string{}}
	t.Cleanup(w.server.Close)
	w.accounts[chattest.Bot] = w.server.Bot()
	for _, handle := range []string{chattest.A, chattest.B} {
		w.accounts[handle] = w.server.AddPerson(handle, handle+"@"+strings.TrimPrefix(handle, "dsi-")+".example")
	}
	w.channel = w.server.AddChannel(chattest.Channel, true, w.accounts[chattest.A], w.accounts[chattest.B], w.accounts[chattest.Bot])
	w.config = slack.Config{
		Name: "rives-slack", BotToken: slacktest.BotToken, AppToken: slacktest.AppToken, URL: slacktest.Address, Dial: w.server.Dial, Pause: time.Millisecond,
		Load: func(context.Context) ([]byte, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			return w.mark, nil
		},
		Keep: func(_ context.Context, mark []byte) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.mark = slices.Clone(mark)
			return nil
		},
	}
	w.chat = w.another()
	return w
}

func openCalled(t testing.TB) *world {
	w := open(t)
	w.config.AppToken, w.config.SigningSecret = "", slacktest.SigningSecret
	w.chat = w.another()
	w.server.CallBack(w.chat.Handler())
	return w
}

// another is a second adapter for the same app, as after a restart.
func (w *world) another() *slack.Chat {
	w.t.Helper()
	c, err := slack.New(w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) stage() chattest.Stage {
	return chattest.Stage{
		Chat: w.chat, People: people{w}, Keeps: true,
		Reconnect: func() chat.Chat {
			c := w.another()
			if w.config.AppToken == "" {
				w.server.CallBack(c.Handler())
			}
			return c
		},
	}
}

// people acts on the fake.
type people struct{ *world }

// room is the channel of a place, as the person sees it.
func (p people) room(person string, at chat.Place) string {
	if at.Channel != "" {
		return p.server.Channel(at.Channel)
	}
	return p.server.Direct(p.accounts[person])
}

func (p people) Say(t testing.TB, person string, at chat.Place, text string) {
	t.Helper()
	if _, err := p.server.Say(p.accounts[person], p.room(person, at), at.Thread, text); err != nil {
		t.Error(err)
	}
}

func (p people) React(t testing.TB, person string, on chat.Ref, emoji string) {
	t.Helper()
	if err := p.server.React(p.accounts[person], on.Channel, on.ID, chat.Names[emoji]); err != nil {
		t.Error(err)
	}
}

func (p people) Unreact(t testing.TB, person string, on chat.Ref, emoji string) {
	t.Helper()
	if err := p.server.Unreact(p.accounts[person], on.Channel, on.ID, chat.Names[emoji]); err != nil {
		t.Error(err)
	}
}

func (p people) See(_ testing.TB, person string, at chat.Place) []chattest.Message {
	var seen []chattest.Message
	for _, m := range p.server.Messages(p.accounts[person], p.room(person, at), at.Thread) {
		out := chattest.Message{Ref: chat.Ref{Chat: p.config.Name, Channel: m.Channel, ID: m.TS}, Text: m.Shown(), Pings: m.Pings()}
		for _, b := range m.Buttons() {
			out.Buttons = append(out.Buttons, b.Label)
		}
		for _, f := range m.Files {
			out.Files = append(out.Files, chat.File{Name: f.Name, Content: f.Content})
		}
		seen = append(seen, out)
	}
	return seen
}

func (p people) Remove(t testing.TB, at chat.Ref) {
	t.Helper()
	if err := p.server.Delete(at.Channel, at.ID); err != nil {
		t.Error(err)
	}
}

func (p people) Break(_ testing.TB, down bool) { p.server.Down(down) }

func (p people) Command(t testing.TB, person string, at chat.Place, text string) {
	t.Helper()
	if err := p.server.Command(p.accounts[person], p.room(person, at), text); err != nil {
		t.Error(err)
	}
}

func (p people) Press(t testing.TB, person string, on chat.Ref, label string) {
	t.Helper()
	m, _ := p.server.Message(on.Channel, on.ID)
	for _, b := range m.Buttons() {
		if b.Label == label {
			if err := p.server.Press(p.accounts[person], on.Channel, on.ID, b.Action); err != nil {
				t.Error(err)
			}
			return
		}
	}
	t.Errorf("no button %q", label)
}

func (p people) Form(_ testing.TB, person string) (chattest.Form, bool) {
	v, open := p.server.View(p.accounts[person])
	if !open {
		return chattest.Form{}, false
	}
	return chattest.Form{Title: v.Title, Labels: v.Inputs(), Values: v.Values, Errors: v.Errors}, true
}

func (p people) Submit(t testing.TB, person string, values map[string]string) {
	t.Helper()
	if err := p.server.Fill(p.accounts[person], values); err != nil {
		t.Error(err)
	}
}

func (p people) Send(t testing.TB, person, name string, content []byte) {
	t.Helper()
	if err := p.server.SendFile(p.accounts[person], p.server.Direct(p.accounts[person]), name, content); err != nil {
		t.Error(err)
	}
}
