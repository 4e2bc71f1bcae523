package mattermost_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// A line that answers pings and brings nothing is noticed within two minutes, and what it did not bring is heard then.
func TestDeafLineIsNoticed(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		w.say("avant")
		w.settle()
		heard(t, e, "avant")
		w.server.Deafen()
		w.say("perdu")
		w.settle()
		heard(t, e)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		heard(t, e, "perdu")
		w.say("après")
		w.settle()
		heard(t, e, "après")
	})
}

// A line on which nothing happens is tried about once a minute, and not given up.
func TestQuietLineIsTried(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		w.server.Requests()
		time.Sleep(time.Hour)
		synctest.Wait()
		asked := w.server.Requests()
		if n := count(asked, "PUT /users"); n < 30 || n > 66 || len(asked) != n {
			t.Errorf("%d requests in a quiet hour, %d of them to try the line", len(asked), n)
		}
		if e.backs != 1 {
			t.Errorf("connected %d times", e.backs)
		}
	})
}

// However many channels there are, a start costs the server at most twenty calls; what was missed in them is heard first where people
// spoke last, and everywhere within a few minutes.
func TestStartInManyChannels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		e := &ears{}
		stop := w.listen(e)
		ref := post(t, w.chat, chat.Place{Channel: chattest.Channel}, "C-1")
		var channels []string
		for i := range 60 {
			name := fmt.Sprint("salon-", i)
			channels = append(channels, w.server.AddChannel(name, true, w.accounts[chattest.A], w.accounts[chattest.Bot]))
		}
		w.settle()
		if err := stop(); err == nil {
			t.Error("Listen ended without its context's error")
		}
		e.texts()
		time.Sleep(time.Hour)
		if err := w.server.React(w.accounts[chattest.B], ref.ID, "white_check_mark"); err != nil { // in a channel where nobody speaks any more
			t.Error(err)
		}
		var want []string
		for i, channel := range channels[:12] {
			words := fmt.Sprint("pendant ", i)
			if _, err := w.server.Say(w.accounts[chattest.A], channel, "", words); err != nil {
				t.Error(err)
			}
			want = append(want, words)
		}
		w.server.Requests()
		w.chat = w.another()
		stop = w.listen(e)
		if asked := w.server.Requests(); len(asked) > 20 {
			t.Errorf("%d calls at start: %q", len(asked), asked)
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		got := e.texts()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("after four seconds heard %q, want %q", got, want)
		}
		// A bot that is killed before it has read everything leaves the rest to the next one.
		_ = stop()
		w.chat = w.another()
		stop = w.listen(e)
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if got := e.texts(); !slices.Contains(got, "✅") {
			t.Errorf("after three minutes heard %q, without the reaction", got)
		}
		_ = stop()
		w.server.Close()
		synctest.Wait()
	})
}

// post posts a card.
func post(t *testing.T, c chat.Chat, to chat.Place, title string) chat.Ref {
	t.Helper()
	ref, err := c.Post(t.Context(), to, chat.Message{Title: title, Reactions: []string{"✅"}}, title)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}
