package mattermost_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/adapters/mattermost/mattermosttest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// sends posts files somewhere, with words.
func (w *world) sends(room, words string, files map[string][]byte) {
	w.t.Helper()
	post := &model.Post{UserId: w.accounts[chattest.A], ChannelId: room, Message: words}
	for name, content := range files {
		post.FileIds = append(post.FileIds, w.server.Upload(room, name, content))
	}
	if _, err := w.server.Write(post); err != nil {
		w.t.Error(err)
	}
}

// Files sent in private are heard with their content, also those that came during an absence; a file among people is theirs.
func TestFilesAreHeard(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		private := w.server.Direct(w.accounts[chattest.A], w.accounts[chattest.Bot])
		got := func() []chat.File {
			t.Helper()
			w.settle()
			e.mu.Lock()
			defer e.mu.Unlock()
			if len(e.events) != 1 {
				t.Fatalf("%d events, want one: %+v", len(e.events), e.events)
			}
			defer func() { e.events = nil }()
			if e.events[0].Kind != chat.Sent {
				t.Errorf("heard %+v", e.events[0])
			}
			return e.events[0].Files
		}
		one := map[string][]byte{"a.csv": []byte("é;\x00")}

		w.sends(private, "voici", one)
		if files := got(); len(files) != 1 || files[0].Name != "a.csv" || !bytes.Equal(files[0].Content, one["a.csv"]) || files[0].Missing != "" {
			t.Errorf("a file: %+v", files)
		}
		w.sends(private, "", map[string][]byte{"a.csv": []byte("a"), "b.csv": []byte("b")})
		if files := got(); len(files) != 2 {
			t.Errorf("two files: %+v", files)
		}
		w.sends(private, "", map[string][]byte{"big.csv": make([]byte, chat.MostFile+1)})
		if files := got(); files[0].Missing != chat.TooBig || len(files[0].Content) > 0 {
			t.Errorf("a file that is too big: %s, %d bytes", files[0].Missing, len(files[0].Content))
		}
		w.sends(w.channel, "regardez", one)
		w.settle()
		if e.events[0].Kind != chat.Said || len(e.events[0].Files) > 0 {
			t.Errorf("a file in a channel: %+v", e.events[0])
		}
		e.texts()

		// The server was away for longer than it remembers connections.
		w.server.Down(true)
		time.Sleep(time.Second)
		w.sends(private, "", one)
		w.server.Forget()
		time.Sleep(10 * time.Minute)
		w.server.Down(false)
		time.Sleep(2 * time.Minute)
		if files := got(); len(files) != 1 || !bytes.Equal(files[0].Content, one["a.csv"]) {
			t.Errorf("a file sent meanwhile: %+v", files)
		}
	})
}

// A file that fails to come is asked for again, and holds up nobody for good: the bot is told that it is missing.
func TestFilesThatDoNotCome(t *testing.T) {
	for _, row := range []struct {
		why    string
		faults []mattermosttest.Fault
		want   chat.Missing
	}{
		{"an overload passes", []mattermosttest.Fault{{On: "GET /files", Status: 503}}, ""},
		{"a broken connection", []mattermosttest.Fault{{On: "GET /files/content"}}, ""},
		{"a page in its place", []mattermosttest.Fault{{On: "GET /files/content", Status: 200, Body: "<html>"}}, ""},
		{"it is not given to the bot", []mattermosttest.Fault{{On: "GET /files/content", Status: 403}}, chat.Unreachable},
		{"it is lost", []mattermosttest.Fault{{On: "GET /files", Status: 404}}, chat.Unreachable},
		{"it fails for ever", []mattermosttest.Fault{{On: "GET /files", Status: 500}, {On: "GET /files", Status: 500}, {On: "GET /files", Status: http.StatusBadGateway}}, chat.Unreachable},
	} {
		listening(t, func(t *testing.T, w *world, e *ears) {
			private := w.server.Direct(w.accounts[chattest.A], w.accounts[chattest.Bot])
			w.server.Fail(row.faults...)
			w.sends(private, "", map[string][]byte{"a.csv": []byte("contenu")})
			w.say("après")
			time.Sleep(time.Minute)
			w.settle()
			e.mu.Lock()
			defer e.mu.Unlock()
			if len(e.events) != 2 || e.events[0].Kind != chat.Sent || e.events[0].Files[0].Missing != row.want || e.events[1].Text != "après" {
				t.Errorf("%s: heard %+v", row.why, e.events)
			}
		})
	}
}
