package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
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
)

// The bot is in service once its chat has answered, and says so once; /readyz tells the same.
func TestAChatIsInServiceOnceItAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, opened := rehearse(t)
		loaded, _, err := config.Parse("rehearsal.yaml", rehearsalCircle)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Stop(); err != nil {
			t.Fatal(err)
		}
		page := playground.NewChat(h.server)
		page.SetDown(true)
		var told []string
		chats := []chat.Chat{&connection{Chat: page, tell: func(name string) { told = append(told, name) }}}
		b := bot.New(bot.Options{Store: opened, Circle: func() circle.Circle { return loaded.Circle }, Chats: chats, Now: h.server.Now, NewID: rand.Text, Log: slog.New(slog.DiscardHandler)})
		mux := http.NewServeMux()
		health{opened.Check, func() *bot.Bot { return b }, chats}.register(mux)
		says := func(path, words string) bool {
			answer := httptest.NewRecorder()
			mux.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			return strings.Contains(answer.Body.String(), words)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- b.Run(ctx) }()

		synctest.Wait()
		if len(told) > 0 || !says("/readyz", "chat playground not reached yet") || !says("/metrics", `sdcbot_chat_listening{chat="playground"} 0`) {
			t.Errorf("the chat is away, and we told %v", told)
		}
		for range 2 {
			page.SetDown(false)
			synctest.Wait()
			page.SetDown(true)
			synctest.Wait()
		}
		if !slices.Equal(told, []string{"playground"}) || !says("/readyz", "chat playground ok") || !says("/metrics", `sdcbot_chat_listening{chat="playground"} 1`) {
			t.Errorf("the chat answered twice, and we told %v", told)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// A length of time is logged as people read it, and not in nanoseconds.
func TestLogSaysLengthsOfTime(t *testing.T) {
	var out bytes.Buffer
	logger(&out, "info").Info("connection lost", "pause", 1_234_567_891*time.Nanosecond, slog.Group("of", "call", 90*time.Second))
	if line := out.String(); !strings.Contains(line, `"pause":"1.235s"`) || !strings.Contains(line, `"call":"1m30s"`) {
		t.Error(line)
	}
}
