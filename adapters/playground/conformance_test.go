package playground_test

import (
	"strings"
	"testing"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

func TestChatKeepsThePromisesOfThePort(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Stage {
		s, err := playground.Open("", playground.Setting{
			Channels: []string{chattest.Channel},
			People: []playground.Person{
				{Handle: chattest.A, Name: "DSI A", Email: "dsi-a@a.example"},
				{Handle: chattest.B, Name: "DSI B", Email: "dsi-b@b.example"},
			},
			Now: time.Now,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		c := playground.NewChat(s)
		return chattest.Stage{
			Chat:         c,
			People:       people{s, c},
			Reconnect:    func() chat.Chat { return playground.NewChat(s) },
			Keeps:        true,
			Deduplicates: true,
		}
	})
}

// people acts on the server as its page does.
type people struct {
	*playground.Server
	chat *playground.Chat
}

func (p people) Say(t testing.TB, person string, at chat.Place, text string) {
	must[string](t)(p.Server.Say(person, at, text))
}

func (p people) React(t testing.TB, person string, on chat.Ref, emoji string) {
	do(t, p.Server.React(person, on.ID, emoji))
}

func (p people) Unreact(t testing.TB, person string, on chat.Ref, emoji string) {
	do(t, p.Server.Unreact(person, on.ID, emoji))
}

func (p people) Remove(t testing.TB, at chat.Ref) { do(t, p.Server.Remove(at.ID)) }

func (p people) Break(_ testing.TB, down bool) { p.chat.SetDown(down) }

func (p people) See(_ testing.TB, person string, at chat.Place) []chattest.Message {
	room := "@" + person
	if at.Channel != "" {
		room = "#" + at.Channel
	}
	var seen []chattest.Message
	for _, post := range p.Posts() {
		if post.SeenBy(person) && post.Room == room && post.Thread == at.Thread {
			m := chattest.Message{Ref: post.Ref(), Text: post.Words(), Files: post.Message.Files}
			for _, b := range post.Message.Buttons {
				m.Buttons = append(m.Buttons, b.Label)
			}
			seen = append(seen, m)
		}
	}
	return seen
}

func (p people) Command(t testing.TB, person string, at chat.Place, text string) {
	must[string](t)(p.Server.Say(person, at, "/sdc "+text))
}

func (p people) Press(t testing.TB, person string, on chat.Ref, label string) {
	for _, post := range p.Posts() {
		for _, b := range post.Message.Buttons {
			if post.ID == on.ID && b.Label == label {
				do(t, p.Server.Press(person, on.ID, b.ID))
				return
			}
		}
	}
	t.Fatalf("no button %q on %v", label, on)
}

func (p people) Form(_ testing.TB, person string) (chattest.Form, bool) {
	f, ok := p.OpenForm(person)
	out := chattest.Form{Title: f.Form.Title, Values: f.Values, Errors: f.Errors}
	for _, in := range f.Form.Fields {
		out.Labels = append(out.Labels, strings.TrimSpace(in.Label))
	}
	return out, ok
}

func (p people) Submit(t testing.TB, person string, values map[string]string) {
	do(t, p.Server.Submit(person, values))
}

func (p people) Send(t testing.TB, person, name string, content []byte) {
	must[string](t)(p.SendFile(person, name, content))
}
