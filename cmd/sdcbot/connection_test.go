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

// What a chat's platform calls arrives at /chat/<name>/. Who proves nothing is refused and counted, and nobody is told why.
func TestCallsOfAPlatform(t *testing.T) {
	var log bytes.Buffer
	chats, err := connect(&config.Config{Mattermost: []config.Mattermost{
		{Name: "rives", URL: "https://chat.example", Team: "rives", Token: config.NewSecret("hush"), Callback: "https://bot.example", CommandToken: config.NewSecret("shush")},
		{Name: "lacs", URL: "https://chat.example", Team: "lacs", Token: config.NewSecret("hush")},
	}}, slog.New(slog.NewTextHandler(&log, nil)), &marks{}, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	health{nil, func() *bot.Bot { return bot.New(bot.Options{Chats: chats}) }, chats}.register(mux)
	registerCalls(mux, chats)
	ask := func(method, path, body string) *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		mux.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body)))
		return answer
	}
	for _, row := range []struct {
		why, path, body string
		want            int
	}{
		{"a command without a token", "/chat/rives/command", "text=aide", http.StatusForbidden},
		{"a button of somebody else's", "/chat/rives/button", `{"context":{"button":"undo","proof":"x"}}`, http.StatusForbidden},
		{"a form of somebody else's", "/chat/rives/dialog", `{"callback_id":"fix C-1","state":"x"}`, http.StatusForbidden},
		{"a chat that is not called", "/chat/lacs/command", "", http.StatusNotFound},
		{"a chat that is not there", "/chat/monts/command", "", http.StatusNotFound},
	} {
		if got := ask(http.MethodPost, row.path, row.body); got.Code != row.want || strings.Contains(got.Body.String(), "token") {
			t.Errorf("%s: %d %q, want %d", row.why, got.Code, got.Body, row.want)
		}
	}
	metrics := ask(http.MethodGet, "/metrics", "").Body.String()
	if !strings.Contains(metrics, `sdcbot_calls_refused_total{chat="rives"} 3`) || strings.Contains(metrics, `refused_total{chat="lacs"}`) {
		t.Errorf("the metrics do not count three refusals")
	}
	if strings.Count(log.String(), "a call was refused") != 3 || strings.Contains(log.String(), "hush") {
		t.Errorf("log: %s", log.String())
	}
}
