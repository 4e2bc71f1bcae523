package outbox_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/outbox"
	"sdcbot/bot/storage"
	"sdcbot/store"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// forgetful is a chat that posts whatever it is given, as Slack does: only Posted can tell what stands already.
type forgetful struct {
	*chattest.Recorder
	times int
}

func (f *forgetful) Post(ctx context.Context, to chat.Place, m chat.Message, key string) (chat.Ref, error) {
	f.times++
	return f.Recorder.Post(ctx, to, m, fmt.Sprint(key, "#", f.times))
}

func (f *forgetful) Posted(ctx context.Context, to chat.Place, key string) (chat.Ref, bool, error) {
	for _, p := range f.Posts() {
		if strings.HasPrefix(p.Key, key+"#") {
			return p.Ref, true, nil
		}
	}
	return chat.Ref{}, false, nil
}

type rig struct {
	*outbox.Outbox
	t    *testing.T
	chat *forgetful
	now  time.Time
}

func newRig(t *testing.T) *rig {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite::memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := circle.Circle{ID: "rives", Language: locale.French, Zone: time.UTC, People: []circle.Person{
		{Handle: "dsi-a"}, {Handle: "dsi-b", Language: locale.English},
	}}
	to := &forgetful{Recorder: &chattest.Recorder{}}
	return &rig{t: t, chat: to, now: noon, Outbox: &outbox.Outbox{
		Store: s, Circle: func() circle.Circle { return c }, Chats: []chat.Chat{to}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}}
}

// promise makes promises about the answer « oui », which reads differently in the two languages.
func (r *rig) promise(all ...storage.Promise) {
	r.t.Helper()
	err := r.Store.Update(r.t.Context(), "rives", func(tx storage.Tx) error {
		for _, p := range all {
			p.Chat, p.State, p.Made = "recorder", storage.Waiting, r.now
			if p.Kind == "" {
				p.Kind = storage.Post
			}
			if p.Draft.Title.IsZero() {
				p.Draft.Title = locale.T("word.yes")
			}
			if _, err := tx.Promises().Put(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) deliver() time.Time {
	r.t.Helper()
	next, err := r.Deliver(r.t.Context(), r.now)
	if err != nil {
		r.t.Fatal(err)
	}
	return next
}

func (r *rig) said() (titles []string) {
	for _, p := range r.chat.Posts() {
		titles = append(titles, p.To.Channel+p.To.Account+": "+p.Message.Title)
	}
	return titles
}

func (r *rig) state(key string) storage.Promise {
	r.t.Helper()
	var p storage.Promise
	err := r.Store.View(r.t.Context(), "rives", func(tx storage.Tx) (err error) {
		p, err = tx.Promises().Get(key)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return p
}

func TestDeliverInTheReadersLanguage(t *testing.T) {
	r := newRig(t)
	r.promise(storage.Promise{Key: "1", Channel: "commun"}, storage.Promise{Key: "2", Person: "dsi-a"}, storage.Promise{Key: "3", Person: "dsi-b"})
	if next := r.deliver(); !next.IsZero() {
		t.Errorf("something still waits until %s", next)
	}
	if got, want := r.said(), []string{"commun: oui", "dsi-a: oui", "dsi-b: yes"}; !slices.Equal(got, want) {
		t.Errorf("said %q, want %q", got, want)
	}
	r.deliver()
	if n := len(r.chat.Posts()); n != 3 {
		t.Errorf("said again: %d messages", n)
	}
}

func TestSameKeyIsOnePromise(t *testing.T) {
	r := newRig(t)
	r.promise(storage.Promise{Key: "1", Channel: "commun"}, storage.Promise{Key: "1", Channel: "commun"})
	r.deliver()
	if got := r.said(); len(got) != 1 {
		t.Errorf("said %q", got)
	}
}

// TestLooksBeforeItRepeats: the message was posted, the answer was lost.
func TestLooksBeforeItRepeats(t *testing.T) {
	r := newRig(t)
	r.chat.Lose(chat.ErrAmbiguous)
	r.promise(storage.Promise{Key: "1", Channel: "commun"})
	next := r.deliver()
	if next.IsZero() || r.state("1").State != storage.Trying {
		t.Fatalf("state %s, again at %s", r.state("1").State, next)
	}
	r.now = next
	r.deliver()
	if got := r.said(); len(got) != 1 || r.state("1").State != storage.Kept {
		t.Errorf("said %q, state %s", got, r.state("1").State)
	}
}

// TestCrashBetweenPostAndRecord: the process died after it spoke; the promise is found as begun.
func TestCrashBetweenPostAndRecord(t *testing.T) {
	r := newRig(t)
	r.promise(storage.Promise{Key: "1", Channel: "commun"})
	p := r.state("1")
	p.State, p.Attempts = storage.Trying, 1
	err := r.Store.Update(t.Context(), "rives", func(tx storage.Tx) error { return tx.Promises().Save(p) })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.chat.Post(t.Context(), chat.Place{Channel: "commun"}, chat.Message{Title: "oui"}, "1"); err != nil {
		t.Fatal(err)
	}
	r.deliver()
	if got := r.said(); len(got) != 1 || r.state("1").State != storage.Kept {
		t.Errorf("said %q, state %s", got, r.state("1").State)
	}
}

func TestFailureHoldsBackItsOwnLaneOnly(t *testing.T) {
	r := newRig(t)
	r.chat.Fail(chat.ErrUnavailable)
	r.promise(
		storage.Promise{Key: "1", Channel: "commun"}, storage.Promise{Key: "2", Channel: "commun"},
		storage.Promise{Key: "3", Person: "dsi-a"},
	)
	next := r.deliver()
	if got, want := r.said(), []string{"dsi-a: oui"}; !slices.Equal(got, want) {
		t.Errorf("said %q, want %q: the second message must not overtake the first", got, want)
	}
	r.now = next
	r.deliver()
	for _, key := range []string{"1", "2"} {
		if p := r.state(key); p.State != storage.Kept {
			t.Errorf("%s is %s after the chat came back", key, p.State)
		}
	}
}

func TestPausesGrow(t *testing.T) {
	r := newRig(t)
	r.promise(storage.Promise{Key: "1", Channel: "commun"})
	var before time.Duration
	for attempt := range 12 {
		r.chat.Fail(chat.ErrUnavailable)
		next := r.deliver()
		pause := next.Sub(r.now)
		if pause < before || pause > 10*time.Minute {
			t.Fatalf("attempt %d: pause %s after %s", attempt, pause, before)
		}
		before, r.now = pause, next
	}
	r.chat.Fail(chat.TooFast{Pause: 42 * time.Second})
	if next := r.deliver(); next.Sub(r.now) != 42*time.Second {
		t.Errorf("the chat asked for 42 s, the outbox waits %s", next.Sub(r.now))
	}
}

// TestHurryEndsPauses: the chat is back long before the pause is over.
func TestHurryEndsPauses(t *testing.T) {
	r := newRig(t)
	r.promise(storage.Promise{Key: "1", Channel: "commun"})
	for range 8 {
		r.chat.Fail(chat.ErrUnavailable)
		r.now = r.deliver()
	}
	r.now = r.now.Add(-time.Minute) // the pause is not over
	r.deliver()
	if got := r.said(); len(got) != 0 {
		t.Fatalf("said %q during the pause", got)
	}
	r.Hurry("another")
	r.deliver()
	if got := r.said(); len(got) != 0 {
		t.Fatalf("said %q though another chat is back", got)
	}
	r.Hurry("recorder")
	r.deliver()
	if got := r.said(); len(got) != 1 {
		t.Errorf("said %q once the chat was back", got)
	}
}

func TestRefusalIsGivenUp(t *testing.T) {
	r := newRig(t)
	r.chat.Fail(chat.ErrRefused)
	r.promise(
		storage.Promise{Key: "1", Channel: "commun"},
		storage.Promise{Key: "edit 1", Kind: storage.Edit, Target: "1", Channel: "commun"},
		storage.Promise{Key: "2", Channel: "commun"},
	)
	r.deliver()
	for key, want := range map[string]storage.PromiseState{
		"1":      storage.GivenUp,
		"edit 1": storage.Superseded, // there is nothing to edit
		"2":      storage.Kept,       // the lane goes on
	} {
		if p := r.state(key); p.State != want {
			t.Errorf("%s is %s, want %s (%s)", key, p.State, want, p.Fault)
		}
	}
}

func TestEditFindsItsMessage(t *testing.T) {
	r := newRig(t)
	r.promise(
		storage.Promise{Key: "1", Channel: "commun"},
		storage.Promise{Key: "edit 1", Kind: storage.Edit, Target: "1", Channel: "commun", Draft: chat.Draft{Title: locale.T("word.no")}},
		storage.Promise{Key: "reply", Channel: "commun", Thread: "1"},
	)
	r.deliver()
	edits := r.chat.Edits()
	if len(edits) != 1 || edits[0].Message.Title != "non" || edits[0].Ref != r.chat.Posts()[0].Ref {
		t.Errorf("edits: %+v", edits)
	}
	if posts := r.chat.Posts(); len(posts) != 2 || posts[1].To.Thread != posts[0].Ref.ID {
		t.Errorf("the reply does not hang on its message: %+v", posts)
	}
}

func TestPaceOfTheChat(t *testing.T) {
	r := newRig(t)
	r.chat.Cap = chat.Limits{Interval: time.Second}
	r.promise(storage.Promise{Key: "1", Channel: "commun"}, storage.Promise{Key: "2", Channel: "commun"}, storage.Promise{Key: "3", Channel: "commun"})
	for said := 1; said <= 3; said++ {
		next := r.deliver()
		if n := len(r.chat.Posts()); n != said {
			t.Fatalf("%d messages after %d seconds", n, said-1)
		}
		if said < 3 && next.Sub(r.now) != time.Second {
			t.Fatalf("next in %s", next.Sub(r.now))
		}
		r.now = next
	}
}

func TestNotBeforeItsTime(t *testing.T) {
	r := newRig(t)
	later := noon.Add(time.Hour)
	r.promise(storage.Promise{Key: "1", Channel: "commun", NotUntil: later})
	if next := r.deliver(); !next.Equal(later) || len(r.chat.Posts()) > 0 {
		t.Errorf("next %s, said %q", next, r.said())
	}
}

func TestPersonWhoLeftIsGivenUp(t *testing.T) {
	r := newRig(t)
	r.promise(storage.Promise{Key: "1", Person: "gone"})
	r.deliver()
	if p := r.state("1"); p.State != storage.GivenUp || p.Fault == "" {
		t.Errorf("%s: %q", p.State, p.Fault)
	}
}
