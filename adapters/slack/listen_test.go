package slack_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sdcbot/adapters/slack/slacktest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// ears listens in the background, and waits for nothing longer than it must.
type ears struct {
	w      *world
	events chan chat.Event
	backs  chan struct{}
	cancel context.CancelFunc
	ended  chan error
}

func (w *world) listen() *ears {
	ctx, cancel := context.WithCancel(w.t.Context())
	e := &ears{w: w, events: make(chan chat.Event, 1000), backs: make(chan struct{}, 1000), cancel: cancel, ended: make(chan error, 1)}
	go func() {
		e.ended <- w.chat.Listen(ctx, func(_ context.Context, event chat.Event) error {
			if event.Kind == chat.Back {
				e.backs <- struct{}{}
				return nil
			}
			e.events <- event
			return nil
		})
	}()
	w.t.Cleanup(cancel)
	<-e.backs
	e.quiet()
	return e
}

// next returns the next event.
func (e *ears) next() chat.Event {
	e.w.t.Helper()
	select {
	case event := <-e.events:
		return event
	case err := <-e.ended:
		e.w.t.Fatalf("Listen ended: %v", err)
	case <-time.After(time.Minute):
		e.w.t.Fatal("no event came")
	}
	return chat.Event{}
}

// quiet waits until all that Slack sent was heard, and returns how many events wait to be looked at.
func (e *ears) quiet() int {
	<-e.w.server.Probe()
	return len(e.events)
}

// stop ends Listen.
func (e *ears) stop() error {
	e.cancel()
	return <-e.ended
}

// again listens by another adapter on the same mark, as after a restart.
func (w *world) again() *ears {
	w.chat = w.another()
	return w.listen()
}

// texts takes what was heard so far.
func (e *ears) texts() (all []string) {
	for e.quiet() > 0 {
		event := <-e.events
		all = append(all, string(event.Kind)+" "+event.Emoji+event.Text)
	}
	return all
}

func (e *ears) want(t *testing.T, want ...string) {
	t.Helper()
	if got := e.texts(); !slices.Equal(got, want) {
		t.Errorf("heard %q, want %q", got, want)
	}
}

func TestWhatWasMissedIsReadBackOnce(t *testing.T) {
	w := open(t)
	p := people{w}
	e := w.listen()
	ref := post(t, w, chat.Message{Title: "B-1", Reactions: []string{"🙋"}})
	p.React(t, chattest.A, ref, "🙋")
	p.React(t, chattest.B, ref, "🤔")
	p.Say(t, chattest.A, channel, "avant")
	e.want(t, "reacted 🙋", "reacted 🤔", "said avant")
	if err := e.stop(); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}

	p.Say(t, chattest.A, channel, "@sdc pendant")
	p.Say(t, chattest.B, chat.Place{}, "en privé")
	p.Say(t, chattest.B, chat.Place{Channel: chattest.Channel, Thread: ref.ID}, "dans le fil")
	p.React(t, chattest.B, ref, "✅")
	p.Unreact(t, chattest.A, ref, "🙋")
	w.server.Forget() // Slack has given up telling
	e = w.again()
	got := e.texts()
	want := []string{"said pendant", "said dans le fil", "unreacted 🙋", "reacted ✅", "said en privé"}
	if !slices.Equal(got, want) {
		t.Errorf("after the gap it heard\n%q, want\n%q", got, want)
	}
	_ = e.stop()
	e = w.again()
	e.want(t)
}

// The same thing told in several ways is one event: as a mention, sent twice, sent again, read back.
func TestOneThingIsOneEvent(t *testing.T) {
	w := open(t)
	p := people{w}
	e := w.listen()
	ref := post(t, w, chat.Message{Title: "B-1"})
	w.server.Duplicate(10)
	p.Say(t, chattest.A, channel, "@sdc moi")
	p.React(t, chattest.A, ref, "🙋")
	e.want(t, "said moi", "reacted 🙋")
	w.server.Drop()
	<-e.backs
	e.want(t)
}

// An event that Slack lost while the line stood is read back when the line breaks.
func TestALostEventIsReadBack(t *testing.T) {
	w := open(t)
	p := people{w}
	e := w.listen()
	w.server.Lose(1)
	p.Say(t, chattest.A, channel, "perdu")
	e.want(t)
	w.server.Drop()
	<-e.backs
	e.want(t, "said perdu")
}

// The start costs the same few calls in a large workspace as in a small one.
func TestAStartCostsFewerThanTwentyCalls(t *testing.T) {
	w := open(t)
	for i := range 300 {
		account := w.server.AddPerson(fmt.Sprint("agent-", i), "")
		w.server.Direct(account)
		if i%10 == 0 {
			w.server.AddChannel(fmt.Sprint("canal-", i), true, w.accounts[chattest.A], w.accounts[chattest.Bot])
		}
	}
	w.mark = []byte(fmt.Sprintf(`{"at":%d}`, time.Now().Add(-time.Hour).UnixMicro()))
	w.server.Requests()
	e := w.listen()
	e.quiet()
	if calls := w.server.Requests(); len(calls) > 20 {
		t.Errorf("%d calls at the start: %q", len(calls), calls)
	}
}

func TestTheConversationsBeyondTheBudgetFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		e := w.listen()
		_ = e.stop()
		for i := range 30 {
			account := w.server.AddPerson(fmt.Sprint("agent-", i), "")
			if _, err := w.server.Say(account, w.server.Direct(account), "", fmt.Sprint("bonjour ", i)); err != nil {
				t.Fatal(err)
			}
		}
		w.server.Forget()
		e = w.again()
		if n := e.quiet(); n == 0 || n >= 30 {
			t.Errorf("%d of 30 private words are read back at once, want some", n)
		}
		time.Sleep(time.Minute)
		if n := e.quiet(); n != 30 {
			t.Errorf("%d of 30 private words are read back in a minute", n)
		}
		_ = e.stop()
		w.server.Close()
		synctest.Wait()
	})
}

// A connection that opens and drops at once is not opened again at once: their library asked 23,000 times in nine seconds.
func TestReconnectingIsThrottled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		w.config.Pause = time.Second
		w.chat = w.another()
		e := w.listen()
		w.server.Requests()
		for range 10_000 {
			w.server.Fail(slacktest.Fault{On: "link"})
		}
		w.server.Drop()
		time.Sleep(time.Hour)
		opened := 0
		for _, call := range w.server.Requests() {
			if call == "apps.connections.open" {
				opened++
			}
		}
		if opened < 30 || opened > 140 {
			t.Errorf("%d connections were asked for within an hour, want about one a minute", opened)
		}
		_ = e.stop()
		w.server.Close()
		synctest.Wait()
	})
}

// A line that is dead without notice is given up within two minutes.
func TestSilenceIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		e := w.listen()
		w.server.Mute(true)
		(people{w}).Say(t, chattest.A, channel, "dans le vide")
		time.Sleep(30 * time.Second)
		w.server.Mute(false)
		time.Sleep(90 * time.Second)
		if got := e.texts(); !slices.Equal(got, []string{"said dans le vide"}) {
			t.Errorf("within two minutes it heard %q", got)
		}
		_ = e.stop()
		w.server.Close()
		synctest.Wait()
	})
}

// Slack asks to be left about every hour. What comes meanwhile, over the line that is left or the next, is heard.
func TestLeavingALineLosesNothing(t *testing.T) {
	for _, reason := range []string{"warning", "refresh_requested", "too_many_websockets", "link_disabled", "something new"} {
		t.Run(reason, func(t *testing.T) {
			w := open(t)
			p := people{w}
			e := w.listen()
			p.Say(t, chattest.A, channel, "avant")
			w.server.Disconnect(reason)
			p.Say(t, chattest.A, channel, "pendant")
			<-e.backs
			p.Say(t, chattest.A, channel, "après")
			e.want(t, "said avant", "said pendant", "said après")
		})
	}
}

// What is broken, unknown or of another shape is passed over, and what follows is heard.
func TestBrokenMessagesStopNothing(t *testing.T) {
	w := open(t)
	e := w.listen()
	for _, raw := range []string{
		``, `{`, `[]`, `"x"`, `null`, `{"type":7}`, `{"type":"hello"}`, `{"type":"events_api","envelope_id":"x","payload":7}`,
		`{"type":"events_api","envelope_id":"x","payload":{"event":{"type":"message","ts":{},"user":"U1"}}}`,
		`{"type":"events_api","envelope_id":"x","payload":{"event":{"type":"reaction_added","item":[]}}}`,
		`{"type":"interactive","envelope_id":"x","payload":{"type":"view_submission","user":{"id":"U1"},"trigger_id":"t","view":{"id":"V","callback_id":"form","private_metadata":"{"}}}`,
		`{"type":"slash_commands","envelope_id":"x","payload":{"user_id":["U"]}}`, `{"type":"tomorrow","envelope_id":"x","payload":{}}`,
	} {
		w.server.Send([]byte(raw))
	}
	(people{w}).Say(t, chattest.A, channel, "toujours là")
	e.want(t, "said toujours là")
}

// A token that is revoked while the bot runs ends Listen, in one clear line without the token.
func TestARevokedTokenEndsListen(t *testing.T) {
	w := open(t)
	e := w.listen()
	w.server.Revoke()
	w.server.Drop()
	err := <-e.ended
	if !errors.Is(err, chat.ErrRefused) || strings.Contains(err.Error(), "xoxb") || strings.Contains(err.Error(), "xapp") {
		t.Errorf("Listen ended with %v", err)
	}
}

// No secret is ever logged or returned: tokens, tickets of sockets, addresses of answers and uploads.
func TestNoSecretLeaks(t *testing.T) {
	w := open(t)
	var log lockedBuilder
	w.config.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.chat = w.another()
	e := w.listen()
	(people{w}).Command(t, chattest.A, channel, "moi")
	h := e.next().Handle
	faults := []slacktest.Fault{{}, {Status: 500}, {Status: 200, Body: "<html>"}, {Error: "invalid_blocks"}, {Status: 302, Header: map[string]string{"Location": "https://elsewhere.example/"}}}
	for _, f := range faults {
		for _, on := range []string{"chat.postMessage", "response_url", "files.getUploadURLExternal", "upload", "users.info", "link", "apps.connections.open"} {
			f.On = on
			w.server.Fail(f)
		}
		file := chat.Message{Title: "x", Files: []chat.File{{Name: "a.csv", Content: []byte("a")}}}
		_, err := w.chat.Post(t.Context(), channel, file, "key")
		fmt.Fprintln(&log, err)
		_, err = w.chat.Post(t.Context(), channel, file, "key")
		fmt.Fprintln(&log, err)
		_, err = w.chat.Post(t.Context(), channel, chat.Message{Title: "x"}, "key")
		fmt.Fprintln(&log, err, w.chat.Reply(t.Context(), h, chat.Answer{Message: &chat.Message{Title: "x"}}))
		_, err = w.chat.Profile(t.Context(), w.accounts[chattest.A])
		fmt.Fprintln(&log, err)
		w.server.Drop()
		<-e.backs
	}
	for _, secret := range []string{slacktest.BotToken, slacktest.AppToken, slacktest.SigningSecret, "ticket0", "secret0", "/upload/", "/respond/"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q stands in\n%s", secret, log.String())
		}
	}
}

type lockedBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuilder) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuilder) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Two hundred events within a moment are heard, each once and in order.
func TestABurstLosesNothing(t *testing.T) {
	w := open(t)
	e := w.listen()
	var want []string
	for i := range 200 {
		(people{w}).Say(t, chattest.A, channel, fmt.Sprint(i))
		want = append(want, fmt.Sprint("said ", i))
	}
	e.want(t, want...)
	if n := w.server.Unacknowledged(); n != 0 {
		t.Errorf("%d events are not acknowledged", n)
	}
}
