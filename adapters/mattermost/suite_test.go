package mattermost_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/adapters/mattermost"
	"sdcbot/adapters/mattermost/mattermosttest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

func TestChat(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Stage { return open(t).stage() })
}

// Where the server can call the bot, real buttons, dialogs and slash commands keep the same promises.
func TestChatWithCallbacks(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Stage {
		w := callable(t)
		return chattest.Stage{
			Chat: w.chat, People: &presser{people: people{w}, sent: map[string]filled{}}, Keeps: true, Deduplicates: true,
			Reconnect: func() chat.Chat { return w.another() },
		}
	})
}

// world is a server with the suite's people and channel, and a bot on it.
type world struct {
	t        testing.TB
	server   *mattermosttest.Server
	accounts map[string]string // by handle
	token    string
	channel  string // id of the suite's
	config   mattermost.Config
	chat     *mattermost.Chat
}

func open(t testing.TB) *world {
	w := &world{t: t, server: mattermosttest.New("rives", nil), accounts: map[string]string{}}
	t.Cleanup(w.server.Close)
	for _, handle := range []string{chattest.A, chattest.B} {
		w.accounts[handle] = w.server.AddPerson(handle, handle+"@"+strings.TrimPrefix(handle, "dsi-")+".example")
	}
	w.accounts[chattest.Bot], w.token = w.server.AddBot(chattest.Bot)
	w.channel = w.server.AddChannel(chattest.Channel, true, w.accounts[chattest.A], w.accounts[chattest.B], w.accounts[chattest.Bot])
	w.config = mattermost.Config{
		Name: "rives-mattermost", URL: mattermosttest.Address, Token: w.token, Team: "rives",
		Pause: time.Millisecond, Dial: w.server.Dial,
	}
	w.chat = w.another()
	return w
}

// callable is open with a server that can call the bot.
func callable(t testing.TB) *world {
	w := open(t)
	w.config.Callback = mattermosttest.Callback
	w.config.CommandToken = w.server.AddCommand("sdc", mattermosttest.Callback+"/command")
	w.chat = w.another()
	w.server.Mount(w.chat.Handler())
	return w
}

// another is a second adapter for the same bot, as after a restart.
func (w *world) another() *mattermost.Chat {
	w.t.Helper()
	c, err := mattermost.New(w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) stage() chattest.Stage {
	return chattest.Stage{
		Chat: w.chat, People: people{w}, Keeps: true, Deduplicates: true,
		Reconnect: func() chat.Chat { return w.another() },
	}
}

// people acts on the fake.
type people struct{ *world }

// room is the channel of a place, as the person sees it.
func (p people) room(person string, at chat.Place) string {
	if at.Channel != "" {
		return p.server.Channel(at.Channel)
	}
	return p.server.Direct(p.accounts[person], p.accounts[chattest.Bot])
}

func (p people) Say(t testing.TB, person string, at chat.Place, text string) {
	t.Helper()
	if _, err := p.server.Say(p.accounts[person], p.room(person, at), at.Thread, text); err != nil {
		t.Error(err)
	}
}

func (p people) React(t testing.TB, person string, on chat.Ref, emoji string) {
	t.Helper()
	if err := p.server.React(p.accounts[person], on.ID, chat.Names[emoji]); err != nil {
		t.Error(err)
	}
}

func (p people) Unreact(t testing.TB, person string, on chat.Ref, emoji string) {
	t.Helper()
	if err := p.server.Unreact(p.accounts[person], on.ID, chat.Names[emoji]); err != nil {
		t.Error(err)
	}
}

func (p people) See(_ testing.TB, person string, at chat.Place) []chattest.Message {
	room := p.room(person, at)
	var seen []chattest.Message
	for _, post := range append(p.server.Posts(room), p.server.Ephemeral(p.accounts[person], room)...) {
		if post.RootId != at.Thread {
			continue
		}
		var files []chat.File
		for _, f := range p.server.Files(post) {
			files = append(files, chat.File{Name: f.Name, Content: f.Content})
		}
		seen = append(seen, chattest.Message{
			Files: files, Buttons: buttons(post),
			Ref: chat.Ref{Chat: p.config.Name, Channel: post.ChannelId, ID: post.Id}, Text: shown(post), Pings: p.server.Mentioned(post),
		})
	}
	return seen
}

// Send uploads a file and posts it, as clients do.
func (p people) Send(t testing.TB, person, name string, content []byte) {
	t.Helper()
	room := p.server.Direct(p.accounts[person], p.accounts[chattest.Bot])
	post := &model.Post{UserId: p.accounts[person], ChannelId: room, FileIds: []string{p.server.Upload(room, name, content)}}
	if _, err := p.server.Write(post); err != nil {
		t.Error(err)
	}
}

func (p people) Remove(t testing.TB, at chat.Ref) {
	t.Helper()
	if err := p.server.Delete(at.ID); err != nil {
		t.Error(err)
	}
}

func (p people) Break(_ testing.TB, down bool) { p.server.Down(down) }

// buttons are the labels of a post's real ones.
func buttons(post *model.Post) (labels []string) {
	for _, card := range post.Attachments() {
		for _, action := range card.Actions {
			labels = append(labels, action.Name)
		}
	}
	return labels
}

// shown is a post as it meets the eye: messages, titles, texts and values are Markdown, labels and small print are not.
func shown(post *model.Post) string {
	parts := []string{mattermosttest.Read(post.Message)}
	for _, a := range post.Attachments() {
		parts = append(parts, mattermosttest.Read(a.Title), mattermosttest.Read(a.Text))
		for _, f := range a.Fields {
			parts = append(parts, f.Title, mattermosttest.Read(fmt.Sprint(f.Value)))
		}
		parts = append(parts, a.Footer)
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.ReplaceAll(strings.Join(parts, "\n"), "\u200b", "")
}
