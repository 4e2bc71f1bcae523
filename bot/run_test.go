package bot_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
)

// flaky is a store that fails while it is told to.
type flaky struct {
	storage.Store
	down *atomic.Bool
}

func (s flaky) View(ctx context.Context, circle string, f func(storage.Tx) error) error {
	if s.down.Load() {
		return errors.New("no space left on device")
	}
	return s.Store.View(ctx, circle, f)
}

// running runs the bot in a bubble whose clock it reads, and returns what ends it and waits for that.
func running(t *testing.T, r *rig) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	synctest.Wait()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the end of a run is an error: %v", err)
		}
	}
}

// inBubble makes a rig whose clock is the bubble's.
func inBubble(t *testing.T) *rig {
	r := newRig(t)
	r.clock = time.Now
	return r
}

func TestRunHearsWorksAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := inBubble(t)
		stop := running(t, r)
		e := r.event(said("dsi-a", "aide"))
		if err := r.chat.Deliver(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := r.answerTo(e); !strings.Contains(got, "Ce que je sais faire") {
			t.Errorf("answered %q", got)
		}
		stop()
	})
}

// A store that fails is tried again every second; what was heard before is worked when it is mended.
func TestRunOutlivesItsStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := inBubble(t)
		var down atomic.Bool
		r.begin(flaky{r.store, &down})
		stop := running(t, r)
		defer stop()
		down.Store(true)
		e := r.event(said("dsi-a", "aide"))
		if err := r.chat.Deliver(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := r.answerTo(e); got != "" {
			t.Fatalf("answered %q without a store", got)
		}
		down.Store(false)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if got := r.answerTo(e); !strings.Contains(got, "Ce que je sais faire") {
			t.Errorf("answered %q once the store was mended", got)
		}
	})
}

// A chat that throws the bot out is named in its health, and the bot goes on in the others.
func TestRunNamesAChatThatRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := inBubble(t)
		r.chats = []chat.Chat{r.chat, &refusing{}}
		r.begin(r.store)
		stop := running(t, r)
		defer stop()
		if faults := r.Health().Chats; !strings.Contains(faults["refusing"], "revoked") || faults["recorder"] != "" {
			t.Errorf("health names %q", faults)
		}
		e := r.event(said("dsi-a", "aide"))
		if err := r.chat.Deliver(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if r.answerTo(e) == "" {
			t.Error("nobody is answered in the chat that works")
		}
	})
}

// refusing is a chat whose token was revoked.
type refusing struct{ chat.Chat }

func (*refusing) Name() string { return "refusing" }

func (*refusing) Listen(context.Context, chat.Hear) error { return errors.New("token revoked") }

// What another program writes into the database, such as an import on the command line, is said within a minute although nobody speaks.
func TestRunSeesWhatOthersWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := inBubble(t)
		stop := running(t, r)
		defer stop()
		err := r.store.Update(t.Context(), r.circle.ID, func(tx storage.Tx) error {
			_, err := tx.Promises().Put(storage.Promise{
				Key: "import", Kind: storage.Post, Chat: r.chat.Name(), Channel: r.circle.Channel, State: storage.Waiting, Made: time.Now(),
				Draft: chat.Draft{Lines: []locale.Text{locale.Plain("importé")}},
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(61 * time.Second)
		synctest.Wait()
		if posts := r.chat.Posts(); len(posts) != 1 {
			t.Errorf("said %v", posts)
		}
	})
}
