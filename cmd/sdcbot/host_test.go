package main

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/bot"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/config"
	"sdcbot/store"
)

// rehearse opens the fictitious circle with its past, in memory, inside a synctest bubble, and runs the bot beside it.
func rehearse(t *testing.T) (*host, *store.Store) {
	t.Helper()
	loaded, _, err := config.Parse("rehearsal.yaml", rehearsalCircle)
	if err != nil {
		t.Fatal(err)
	}
	members := loaded.Circle.WithAccounts(playground.Name)
	server, err := playground.Open("", setting(members))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := store.Open(t.Context(), "sqlite::memory:")
	if err != nil {
		t.Fatal(err)
	}
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := seedRehearsal(t.Context(), opened, members, server.Now(), rand.Text); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	page := playground.NewChat(server)
	log := slog.New(slog.DiscardHandler)
	h := &host{ctx: ctx, server: server, chat: page, log: log, open: func() *bot.Bot {
		return bot.New(bot.Options{
			Store: opened, Circle: func() circle.Circle { return members }, Chats: []chat.Chat{page}, Now: server.Now, NewID: rand.Text, Log: log,
		})
	}}
	if err := h.Start(); err != nil {
		t.Fatal(err)
	}
	// Inside the bubble: what it leaves open it would wait for.
	t.Cleanup(func() {
		if h.Stop() != nil || server.Close() != nil || opened.Close() != nil {
			t.Error("the rehearsal does not end well")
		}
		cancel()
	})
	return h, opened
}

func TestMovingTheClockSaysWhatFallsDueOnTheWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := rehearse(t)
		synctest.Wait()
		before, said := h.Now(), h.said(0)
		if err := h.Advance(35 * 24 * time.Hour); err != nil {
			t.Fatal(err)
		}
		if moved := h.Now().Sub(before); moved < 35*24*time.Hour || moved > 36*24*time.Hour {
			t.Errorf("moved by %v", moved)
		}
		if h.said(said) == said {
			t.Error("five weeks of a circle with contracts, and nothing was said")
		}
		// What was said on the way bears the time at which it fell due, in order.
		last := before
		for _, change := range h.server.Feed(said) {
			if change.At.Before(last) {
				t.Fatalf("said at %v after %v", change.At, last)
			}
			last = change.At
		}
		if last.After(before.Add(34 * 24 * time.Hour)) {
			t.Errorf("nothing was said before the clock stood at its end: %v", last)
		}
	})
}

func TestToNextGoesOnUntilSomethingIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := rehearse(t)
		synctest.Wait()
		before, said := h.Now(), h.said(0)
		found, err := h.ToNext()
		if err != nil || !found || h.said(said) == said || !h.Now().After(before) {
			t.Errorf("found %v, %v, from %v to %v", found, err, before, h.Now())
		}
	})
}

// What people say while the bot is stopped waits for it, and is answered once.
func TestWhatIsSaidWhileTheBotIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := rehearse(t)
		if err := h.Stop(); err != nil || h.Running() {
			t.Fatal(err)
		}
		said := h.said(0)
		if _, err := h.server.Say("dsi-a", chat.Place{}, "aide"); err != nil {
			t.Fatal(err)
		}
		if found, err := h.ToNext(); found || err != nil {
			t.Error("nobody is there to say what falls due")
		}
		if err := h.Advance(time.Hour); err != nil {
			t.Fatal(err)
		}
		if h.said(said) != said {
			t.Error("a stopped bot spoke")
		}
		if err := h.Start(); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		answers := 0
		for _, change := range h.server.Feed(said) {
			if change.FromBot() {
				answers++
			}
		}
		if answers != 1 {
			t.Errorf("answered %d times", answers)
		}
	})
}

func TestHealth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, opened := rehearse(t)
		mux := http.NewServeMux()
		health{opened.Check, h.Bot, []chat.Chat{h.chat}}.register(mux)
		ask := func(path string) (int, string) {
			answer := httptest.NewRecorder()
			mux.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			return answer.Code, string(body)
		}
		synctest.Wait()
		for _, test := range []struct {
			path, says string
			status     int
		}{
			{"/healthz", "ok\n", 200},
			{"/readyz", "database ok\nbot ok\nchat playground ok\n", 200},
			{"/metrics", "sdcbot_running 1", 200},
			{"/metrics", "go_goroutines", 200},
		} {
			if status, body := ask(test.path); status != test.status || !strings.Contains(body, test.says) {
				t.Errorf("%s: %d %s", test.path, status, body)
			}
		}
		if err := h.Stop(); err != nil {
			t.Fatal(err)
		}
		if status, body := ask("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "bot stopped") {
			t.Errorf("a stopped bot is not ready: %d %s", status, body)
		}
		if status, _ := ask("/healthz"); status != http.StatusOK {
			t.Error("a stopped bot is no reason to restart the program")
		}
	})
}

// The tour of README.md: each of its two sentences finds peers in the rehearsal's circle.
func TestTheTourFindsPeers(t *testing.T) {
	for sentence, peers := range map[string][]string{
		"/sdc propose Mon contrat téléphonie arrive à échéance dans 6 mois":                                        {"dsi-b", "dsi-c"},
		"Je songe à mettre en place un extranet fournisseur, est-ce que mon confrère serait également intéressé ?": {"dsi-c"},
	} {
		synctest.Test(t, func(t *testing.T) {
			h, _ := rehearse(t)
			synctest.Wait()
			before := h.server.Seq()
			if _, err := h.server.Say("dsi-a", chat.Place{}, sentence); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			asked := map[string]bool{}
			for _, change := range h.server.Feed(before) {
				if person, private := strings.CutPrefix(change.Post.Room, "@"); private && person != "dsi-a" {
					asked[person] = true
				}
			}
			if got := slices.Sorted(maps.Keys(asked)); !slices.Equal(got, peers) {
				t.Errorf("%s: asked %v, want %v", sentence, got, peers)
			}
		})
	}
}
