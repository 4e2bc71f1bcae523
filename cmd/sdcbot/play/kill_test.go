package play

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sdcbot/bot"
	"sdcbot/bot/chat"
	"sdcbot/bot/storage"
)

// A bot that is killed says all that one says that lives: wherever it dies between two things that it does to the database or the chat,
// and whether or not the last of them was still done. Answers on the spot are given at most once, so only promises are compared.
func TestKilledAnywhereNothingIsLostNorSaidTwice(t *testing.T) {
	kills := 5 // a sample at fixed moments; make soak takes them all
	if os.Getenv("SDCBOT_SOAK") != "" {
		kills = 1 << 20
	}
	for _, name := range []string{
		"05-answers-by-reaction", "10-deputy-asked-while-dsi-away", "11-silence-recalled-7-14-21", "15-terms-come-within-twenty-four-months",
		"17-weekly-digest-on-monday", "24-undo-within-ten-minutes-retracts-pings", "39-what-happened-while-the-bot-was-down",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("../testdata/conversations", name+".txt")
			unhurt := &death{at: -1}
			want := promised(t, file, unhurt)
			moments := rand.New(rand.NewPCG(3, uint64(len(name)))).Perm(unhurt.breaths)
			for _, at := range moments[:min(kills, len(moments))] {
				for _, done := range []bool{false, true} {
					d := &death{at: at, done: done}
					if got := promised(t, file, d); !slices.Equal(got, want) {
						t.Errorf("killed at %d of %d (done %v), in %s:\n%s", at, unhurt.breaths, done, d.doing, differences(want, got))
					}
					if d.doing == "" {
						t.Errorf("killed at %d: it did not die", at)
					}
				}
			}
		})
	}
}

// promised plays the conversation with a bot that dies and returns every message that it had promised, as it stands at the end.
func promised(t *testing.T, file string, d *death) []string {
	t.Helper()
	o := Options{start: func(o bot.Options) Bot { return &mortal{options: o, death: d} }}
	record, _, err := play(t.Context(), file, o, new(bytes.Buffer))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range record.messages {
		if d.posted[m.Message] {
			out = append(out, fmt.Sprintf("#%s @%s in thread: %v: %s", m.Channel, m.Person, m.Thread != "", spaced(messageTexts(m.Content)[0])))
		}
	}
	slices.Sort(out)
	return out
}

func differences(want, got []string) string {
	var b strings.Builder
	for _, line := range want {
		if !slices.Contains(got, line) {
			fmt.Fprintln(&b, "lost: ", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			fmt.Fprintln(&b, "added:", line)
		}
	}
	return fmt.Sprintf("%d wanted, %d got\n%s", len(want), len(got), b.String())
}

// death is when a bot dies: at one of the things that it does to the database or the chat, before it is done or after.
type death struct {
	at      int
	done    bool
	breaths int             // how many things were done so far
	doing   string          // what it did when it died
	posted  map[string]bool // ids of messages that were promised
}

var errKilled = errors.New("killed")

// breathe does one thing, unless this is when the bot dies. dead is that of one life: who is dead does nothing more.
func (d *death) breathe(dead *bool, doing string, do func() error) error {
	if *dead {
		return errKilled
	}
	now := d.breaths == d.at
	d.breaths++
	if !now {
		return do()
	}
	d.doing = doing
	*dead = true
	if d.done {
		_ = do()
	}
	return errKilled
}

// mortal is a bot that dies once and is started again at once, as by a supervisor. What it was hearing is delivered again.
type mortal struct {
	options bot.Options
	death   *death
	bot     *bot.Bot
	dead    *bool
}

func (m *mortal) live() *bot.Bot {
	if m.bot == nil || *m.dead {
		m.dead = new(bool)
		o := m.options
		o.Store = mortalStore{o.Store, m.death, m.dead}
		o.Chats = []chat.Chat{mortalChat{o.Chats[0], m.death, m.dead}}
		m.bot = bot.New(o)
	}
	return m.bot
}

func (m *mortal) Hear(ctx context.Context, e chat.Event) error {
	err := m.live().Hear(ctx, e)
	if *m.dead {
		err = m.live().Hear(ctx, e)
	}
	return err
}

func (m *mortal) Step(ctx context.Context, now time.Time) (time.Time, error) {
	next, err := m.live().Step(ctx, now)
	if *m.dead {
		next, err = m.live().Step(ctx, now)
	}
	return next, err
}

type mortalStore struct {
	storage.Store
	death *death
	dead  *bool
}

func (s mortalStore) View(ctx context.Context, circle string, f func(storage.Tx) error) error {
	return s.death.breathe(s.dead, "a view", func() error { return s.Store.View(ctx, circle, f) })
}

func (s mortalStore) Update(ctx context.Context, circle string, f func(storage.Tx) error) error {
	return s.death.breathe(s.dead, "an update", func() error { return s.Store.Update(ctx, circle, f) })
}

type mortalChat struct {
	chat.Chat
	death *death
	dead  *bool
}

func (c mortalChat) Post(ctx context.Context, to chat.Place, m chat.Message, key string) (ref chat.Ref, err error) {
	err = c.death.breathe(c.dead, "a post of "+key, func() error {
		ref, err = c.Chat.Post(ctx, to, m, key)
		if err == nil {
			if c.death.posted == nil {
				c.death.posted = map[string]bool{}
			}
			c.death.posted[ref.ID] = true
		}
		return err
	})
	return ref, err
}

func (c mortalChat) Edit(ctx context.Context, ref chat.Ref, m chat.Message) error {
	return c.death.breathe(c.dead, "an edit", func() error { return c.Chat.Edit(ctx, ref, m) })
}

func (c mortalChat) Reply(ctx context.Context, to chat.Handle, a chat.Answer) error {
	return c.death.breathe(c.dead, "a reply", func() error { return c.Chat.Reply(ctx, to, a) })
}
