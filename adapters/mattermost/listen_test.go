package mattermost_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/adapters/mattermost/mattermosttest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// These tests run in a bubble of synctest: the server and its connections are in memory, so that the clock moves only when
// everybody waits, and hours pass at once.

// ears keep what was heard. fail makes so many stores fail first; of those words only, if failOn names some.
type ears struct {
	mu     sync.Mutex
	events []chat.Event
	backs  int // how often the chat was said to answer again
	fail   int
	failOn string
	answer func(chat.Event) // is called with what was heard; nil: nothing is
}

func (e *ears) hear(_ context.Context, event chat.Event) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if event.Kind == chat.Back {
		e.backs++
		return nil
	}
	if e.fail > 0 && (e.failOn == "" || e.failOn == event.Text) {
		e.fail--
		return errors.New("the store is full")
	}
	e.events = append(e.events, event)
	if e.answer != nil {
		go e.answer(event)
	}
	return nil
}

// texts lists the words heard, and clears them.
func (e *ears) texts() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []string
	for _, event := range e.events {
		out = append(out, event.Text+event.Emoji+event.Button)
	}
	e.events = nil
	return out
}

// listening is a world in a bubble whose bot listens. Everything has settled when it is handed to the test.
func listening(t *testing.T, test func(t *testing.T, w *world, e *ears)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		e := &ears{}
		stop := w.listen(e)
		test(t, w, e)
		if err := stop(); !errors.Is(err, context.Canceled) {
			t.Errorf("Listen ended with %v", err)
		}
		w.server.Close()
		synctest.Wait()
	})
}

// listen lets the bot listen until stop, which returns what Listen returned.
func (w *world) listen(e *ears) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.chat.Listen(ctx, e.hear) }()
	w.settle()
	return func() error {
		cancel()
		return <-ended
	}
}

// settle lets a second pass, and all that it brings about.
func (w *world) settle() {
	time.Sleep(time.Second) // in a bubble: at once
	synctest.Wait()
}

func (w *world) say(text string) {
	w.t.Helper()
	if _, err := w.server.Say(w.accounts[chattest.A], w.channel, "", text); err != nil {
		w.t.Error(err)
	}
}

func heard(t testing.TB, e *ears, want ...string) {
	t.Helper()
	if got := e.texts(); !slices.Equal(got, want) {
		t.Errorf("heard %q, want %q", got, want)
	}
}

// count says how many requests began so since Requests was called.
func count(requests []string, begins string) (n int) {
	for _, r := range requests {
		if strings.HasPrefix(r, begins) {
			n++
		}
	}
	return n
}

func TestBrokenConnectionIsTakenUpAgain(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		w.say("avant")
		w.settle()
		w.server.Requests()
		w.server.Down(true)
		for i := range 100 {
			w.say(fmt.Sprint("pendant ", i))
		}
		w.server.Down(false)
		w.settle()
		w.say("après")
		w.settle()
		want := []string{"avant"}
		for i := range 100 {
			want = append(want, fmt.Sprint("pendant ", i))
		}
		heard(t, e, append(want, "après")...)
		if e.backs != 2 {
			t.Errorf("said %d times that it answers, want once a connection", e.backs)
		}
		if requests := w.server.Requests(); count(requests, "GET /channels") != 0 {
			t.Errorf("asked %q, although the server repeats what was missed by itself", requests)
		}
	})
}

func TestWhatTheServerForgotIsReadBack(t *testing.T) {
	for _, row := range []struct {
		why    string
		said   int
		forget bool
	}{
		{"more events than it keeps", 400, false},
		{"it was started anew", 3, true},
	} {
		listening(t, func(t *testing.T, w *world, e *ears) {
			w.say("avant")
			w.settle()
			w.server.Down(true)
			if row.forget {
				w.server.Forget()
			}
			want := []string{"avant"}
			for i := range row.said {
				w.say(fmt.Sprint("pendant ", i))
				want = append(want, fmt.Sprint("pendant ", i))
			}
			w.server.Down(false)
			w.settle()
			w.say("après")
			w.settle()
			if got := e.texts(); !slices.Equal(got, append(want, "après")) {
				t.Errorf("%s: heard %d messages, want %d: %q …", row.why, len(got), len(want)+1, got[:min(5, len(got))])
			}
		})
	}
}

func TestGapInTheNumbersIsReadBack(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		w.say("un")
		w.settle()
		w.server.Requests()
		w.server.Lose(w.accounts[chattest.Bot])
		w.say("deux")
		w.settle()
		heard(t, e, "un", "deux")
		if requests := w.server.Requests(); count(requests, "GET /channels/"+w.channel+"/posts") != 1 {
			t.Errorf("asked %q, want the channel to be read back once", requests)
		}
	})
}

func TestEventsSentTwiceAreHeardOnce(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		w.server.Duplicate(3)
		w.say("un")
		w.say("deux")
		w.say("trois")
		w.settle()
		heard(t, e, "un", "deux", "trois")
	})
}

func TestEventsThatCannotBeStoredComeAgainInOrder(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		e.fail = 3
		w.say("un")
		w.say("deux")
		w.settle()
		heard(t, e, "un", "deux")
	})
}

// Nothing that was said is lost while reading back fails, whatever fails and however often.
func TestReadingBackMayFail(t *testing.T) {
	for _, on := range []string{"GET /users/me", "GET /users/", "GET /channels/", "GET /websocket", ""} {
		listening(t, func(t *testing.T, w *world, e *ears) {
			w.server.Down(true)
			w.server.Forget()
			if _, err := w.server.Say(w.accounts[chattest.B], w.server.Direct(w.accounts[chattest.B], w.accounts[chattest.Bot]), "", "en privé"); err != nil {
				t.Fatal(err)
			}
			w.say("pendant")
			for _, status := range []int{500, 0, 429, 502} {
				w.server.Fail(mattermosttest.Fault{On: on, Status: status})
			}
			w.server.Down(false)
			time.Sleep(5 * time.Minute)
			got := e.texts()
			slices.Sort(got)
			if !slices.Equal(got, []string{"en privé", "pendant"}) {
				t.Errorf("%q failed four times: heard %q", on, got)
			}
		})
	}
}

// A store that fails in the midst of reading back gets everything in the end: that later words of another channel are stored
// already does not make the earlier ones of this one known.
func TestStoreFailsWhileReadingBack(t *testing.T) {
	for _, failOn := range []string{"", "public", "privé"} {
		listening(t, func(t *testing.T, w *world, e *ears) {
			w.server.Down(true)
			w.server.Forget()
			room := w.server.Direct(w.accounts[chattest.B], w.accounts[chattest.Bot])
			if _, err := w.server.Say(w.accounts[chattest.B], room, "", "privé"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Minute)
			w.say("public")
			e.mu.Lock()
			e.fail, e.failOn = 3, failOn
			e.mu.Unlock()
			w.server.Down(false)
			time.Sleep(10 * time.Minute) // the pauses have grown
			got := e.texts()
			for _, want := range []string{"privé", "public"} {
				if !slices.Contains(got, want) {
					t.Errorf("%q could not be stored at first: heard %q, without %q", failOn, got, want)
				}
			}
		})
	}
}

// A post may become visible after a later one was heard: another node of the server was slow.
func TestLateWordsAreReadBack(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		w.say("à l'heure")
		w.settle()
		w.server.Down(true)
		w.server.Forget()
		late := &model.Post{UserId: w.accounts[chattest.B], ChannelId: w.channel, Message: "en retard", CreateAt: time.Now().Add(-5 * time.Second).UnixMilli()}
		if _, err := w.server.Write(late); err != nil {
			t.Fatal(err)
		}
		w.server.Down(false)
		w.settle()
		heard(t, e, "à l'heure", "en retard")
	})
}

// A second adapter on another machine, with no memory but the server's, goes on where the first one stopped.
func TestAnotherBotGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, e := open(t), &ears{}
		stop := w.listen(e)
		w.say("avant")
		post, err := w.chat.Post(t.Context(), chat.Place{Channel: chattest.Channel}, chat.Message{Title: "C-1", Reactions: []string{"🙋"}}, "k")
		if err != nil {
			t.Fatal(err)
		}
		react := func(act func(account, post, emoji string) error, emoji string) {
			if err := act(w.accounts[chattest.B], post.ID, emoji); err != nil {
				t.Fatal(err)
			}
		}
		react(w.server.React, "no_entry_sign")
		react(w.server.Unreact, "no_entry_sign")
		w.settle()
		stop()
		heard(t, e, "avant", "🚫", "🚫")
		time.Sleep(72 * time.Hour)
		w.say("pendant")
		react(w.server.React, "raising_hand")
		react(w.server.React, "no_entry_sign") // their database keeps the time of its first creation
		w.server.Forget()
		w.chat = w.another()
		stop = w.listen(e)
		heard(t, e, "pendant", "🙋", "🚫")
		stop()
		w.chat = w.another()
		stop = w.listen(e)
		heard(t, e) // nothing twice
		stop()
		w.server.Close()
		synctest.Wait()
	})
}

func TestPausesGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		var tried []time.Time
		w.config.Pause = 0 // the default, a second
		w.config.Dial = func(context.Context, string, string) (net.Conn, error) {
			tried = append(tried, time.Now())
			return nil, &net.OpError{Op: "dial", Err: io.EOF}
		}
		w.chat = w.another()
		stop := w.listen(&ears{})
		time.Sleep(20 * time.Minute)
		stop()
		var pauses []time.Duration
		for i := range len(tried) - 1 {
			pauses = append(pauses, tried[i+1].Sub(tried[i]))
		}
		if len(pauses) < 15 || len(pauses) > 60 {
			t.Fatalf("%d attempts in 20 minutes: %v", len(pauses)+1, pauses)
		}
		if pauses[0] > 1500*time.Millisecond || slices.Max(pauses) > 90*time.Second || slices.Min(pauses[6:]) < 30*time.Second {
			t.Errorf("pauses of %v: want them from a second to a minute, half more or less", pauses)
		}
		if slices.Max(pauses[8:])-slices.Min(pauses[8:]) < time.Second {
			t.Errorf("pauses of %v without jitter", pauses[8:])
		}
		w.server.Close()
		synctest.Wait()
	})
}

// A connection that opens and breaks at once does not make the bot hammer the server.
func TestNoHammering(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		w.config.Pause = 0
		w.chat = w.another()
		for range 1000 {
			w.server.Fail(mattermosttest.Fault{On: "GET /websocket", Status: 502})
		}
		stop := w.listen(&ears{})
		time.Sleep(10 * time.Minute)
		if n := count(w.server.Requests(), "GET /websocket"); n < 8 || n > 40 {
			t.Errorf("%d attempts in 10 minutes", n)
		}
		stop()
		w.server.Close()
		synctest.Wait()
	})
}

func TestPausesAsLongAsTheServerAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, e := open(t), &ears{}
		w.server.Fail(mattermosttest.Fault{On: "GET /users/me", Status: 429, Header: map[string]string{"Retry-After": "600"}})
		stop := w.listen(e)
		time.Sleep(590 * time.Second)
		if n := count(w.server.Requests(), "GET /"); n != 1 {
			t.Errorf("%d requests in the time of quiet that the server asked for", n)
		}
		time.Sleep(20 * time.Second)
		w.say("un")
		w.settle()
		heard(t, e, "un")
		stop()
		w.server.Close()
		synctest.Wait()
	})
}

func TestQuietLineIsKeptAndDeadLineIsNoticed(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		w.server.Requests()
		time.Sleep(24 * time.Hour) // nobody says anything: the server's pings keep it open
		if n := count(w.server.Requests(), "GET /websocket"); n != 0 {
			t.Errorf("connected anew %d times in a quiet day", n)
		}
		w.server.Mute(true)
		w.say("dans le vide")
		time.Sleep(90 * time.Second)
		w.server.Mute(false)
		heard(t, e)
		time.Sleep(30 * time.Second)
		heard(t, e, "dans le vide")
		w.server.Requests()
		w.server.Mute(true)
		w.server.DropConnections()
		time.Sleep(5 * time.Minute) // dead from the start
		if n := count(w.server.Requests(), "GET /websocket"); n < 2 {
			t.Errorf("connected %d times in five minutes of a server that says nothing", n)
		}
		w.server.Mute(false)
	})
}

func TestRevokedTokenEndsListening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, when := range []string{"before", "while"} {
			w := open(t)
			if when == "before" {
				w.server.Revoke(w.token)
			}
			ended := make(chan error, 1)
			go func() { ended <- w.chat.Listen(t.Context(), (&ears{}).hear) }()
			w.settle()
			if when == "while" {
				w.server.Revoke(w.token)
				w.server.DropConnections()
			}
			if err := <-ended; !errors.Is(err, chat.ErrRefused) {
				t.Errorf("revoked %s listening: Listen ended with %v", when, err)
			}
			w.server.Close()
			synctest.Wait()
		}
	})
}

func TestJoinsItsChannels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, e := open(t), &ears{}
		other := w.server.AddChannel("autre", true, w.accounts[chattest.A])
		w.server.AddChannel("prive", false, w.accounts[chattest.A])
		w.config.Channels = []string{"autre", "prive", "absent"} // two of them cannot be joined, which stops nothing
		w.chat = w.another()
		stop := w.listen(e)
		if _, err := w.server.Say(w.accounts[chattest.A], other, "", "ici"); err != nil {
			t.Fatal(err)
		}
		w.settle()
		heard(t, e, "ici")
		if n := len(w.server.Requests()); n > 20 {
			t.Errorf("%d calls at the start, want at most 20", n)
		}
		stop()
		w.server.Close()
		synctest.Wait()
	})
}

func TestWhatIsNoEvent(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		bot, a := w.accounts[chattest.Bot], w.accounts[chattest.A]
		write := func(post *model.Post) {
			post.ChannelId = w.channel
			if _, err := w.server.Write(post); err != nil {
				t.Error(err)
			}
		}
		if _, err := w.chat.Post(t.Context(), chat.Place{Channel: chattest.Channel}, chat.Message{Title: "C-1", Reactions: []string{"🙋"}}, "k"); err != nil {
			t.Fatal(err)
		}
		write(&model.Post{UserId: bot, Message: "@sdc aide"})
		write(&model.Post{UserId: a, Type: model.PostTypeJoinChannel, Message: "@sdc aide"})
		write(&model.Post{UserId: a, Type: model.PostTypeAutoResponder, Message: "@sdc aide"})
		write(&model.Post{UserId: a, Message: "@sdc retirer C-1", Props: model.StringInterface{"from_webhook": "true"}})
		write(&model.Post{UserId: a, Message: "@sdc retirer C-1", Props: model.StringInterface{"from_bot": "true"}})
		w.settle()
		heard(t, e)
	})
}

func TestNumbersPressButtons(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		m := chat.Message{
			Title:     "C-1",
			Reactions: []string{"🙋"},
			Buttons:   []chat.Button[string]{{ID: "yes", Label: "🙋 Intéressé"}, {ID: "fill C-1", Label: "Compléter"}, {ID: "undo", Label: "Annuler"}},
		}
		ref, err := w.chat.Post(t.Context(), chat.Place{Channel: chattest.Channel}, m, "k")
		if err != nil {
			t.Fatal(err)
		}
		b := w.accounts[chattest.B]
		for _, emoji := range []string{"two", "raising_hand", "three", "one"} {
			if err := w.server.React(b, ref.ID, emoji); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.server.Unreact(b, ref.ID, "two"); err != nil {
			t.Fatal(err)
		}
		w.settle()
		e.mu.Lock()
		events := slices.Clone(e.events)
		e.mu.Unlock()
		// "three" is on no menu, so it is a reaction like any other; a press cannot be taken back.
		heard(t, e, "undo", "🙋", "three", "fill C-1")
		if events[0].Kind != chat.Pressed || events[0].Message != ref || events[0].From != b || events[1].Kind != chat.Reacted {
			t.Errorf("heard %+v", events)
		}
		if got, err := w.chat.Reactions(t.Context(), ref); err != nil || len(got) != 2 {
			t.Errorf("Reactions = %v, %v: want those that are no presses", got, err)
		}
	})
}

// Neither errors nor logs hold the token, even when the server repeats it.
func TestTokenIsNowhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		var mu sync.Mutex
		var told strings.Builder
		w.config.Log = slog.New(slog.NewTextHandler(writer(func(p []byte) (int, error) {
			mu.Lock()
			defer mu.Unlock()
			return told.Write(p)
		}), nil))
		w.chat = w.another()
		for _, status := range []int{500, 403, 429, 200, 302} {
			for _, on := range []string{"GET /users", "POST /posts", "GET /websocket", "POST /reactions", "PUT /users"} {
				w.server.Fail(mattermosttest.Fault{On: on, Status: status, Body: "your Bearer " + w.token + " is bad"})
			}
		}
		stop := w.listen(&ears{})
		time.Sleep(10 * time.Minute)
		for range 6 {
			_, err := w.chat.Post(t.Context(), chat.Place{Channel: chattest.Channel}, chat.Message{Title: "x", Reactions: []string{"🙋"}}, "k")
			fmt.Fprintln(&told, err)
		}
		fmt.Fprintln(&told, stop())
		if got := told.String(); strings.Contains(got, w.token) || !strings.Contains(got, "•••") {
			t.Errorf("the token stands in\n%s", got)
		}
		w.server.Close()
		synctest.Wait()
	})
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }
