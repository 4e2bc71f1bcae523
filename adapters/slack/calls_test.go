package slack_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"sdcbot/adapters/slack"
	"sdcbot/adapters/slack/slacktest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

// What Slack answers, and what that means to the outbox: try again, look before, wait so long, never.
func TestErrors(t *testing.T) {
	for _, row := range []struct {
		why   string
		fault slacktest.Fault
		want  error
	}{
		{"the line breaks: it may stand there", slacktest.Fault{}, chat.ErrAmbiguous},
		{"it breaks after the deed", slacktest.Fault{Done: true}, chat.ErrAmbiguous},
		{"an answer cut short", slacktest.Fault{Status: 200, Body: `{"ok":tr`, Done: true}, chat.ErrAmbiguous},
		{"an answer that says nothing", slacktest.Fault{Status: 200, Body: `{"ok":true}`}, chat.ErrAmbiguous},
		{"a page in place of an answer", slacktest.Fault{Status: 200, Body: `<html>`}, chat.ErrAmbiguous},
		{"their server fails", slacktest.Fault{Status: 503}, chat.ErrAmbiguous},
		{"they say that they failed", slacktest.Fault{Error: "internal_error"}, chat.ErrAmbiguous},
		{"a proxy wants a password", slacktest.Fault{Status: 407}, chat.ErrRefused},
		{"their word for too fast", slacktest.Fault{Error: "ratelimited"}, chat.TooFast{Pause: time.Second}},
		{"no such channel any more", slacktest.Fault{Error: "channel_not_found"}, chat.ErrRefused},
		{"archived", slacktest.Fault{Error: "is_archived"}, chat.ErrRefused},
		{"a scope is missing", slacktest.Fault{Error: "missing_scope"}, chat.ErrRefused},
		{"the token is revoked", slacktest.Fault{Error: "token_revoked"}, chat.ErrRefused},
		{"the message is gone", slacktest.Fault{Error: "message_not_found"}, chat.ErrGone},
	} {
		t.Run(row.why, func(t *testing.T) {
			w := open(t)
			row.fault.On = "chat.postMessage"
			w.server.Fail(row.fault)
			if _, err := w.chat.Post(t.Context(), channel, chat.Message{Title: "x"}, "key"); !errors.Is(err, row.want) {
				t.Errorf("Post: %v, want %v", err, row.want)
			}
		})
	}
}

// A method that asked for a pause is left alone for so long, in that channel and no other.
func TestPausesAreKept(t *testing.T) {
	for _, row := range []struct {
		why  string
		with map[string]string
		want time.Duration
	}{
		{"for so many seconds", map[string]string{"Retry-After": "30"}, 30 * time.Second},
		{"for how long is not said", nil, time.Second},
	} {
		t.Run(row.why, func(t *testing.T) {
			w := open(t)
			w.server.AddChannel("autre", true, w.accounts[chattest.Bot])
			w.server.Fail(slacktest.Fault{On: "chat.postMessage", Status: http.StatusTooManyRequests, Header: row.with})
			m := chat.Message{Title: "x"}
			_, err := w.chat.Post(t.Context(), channel, m, "key")
			if fast := (chat.TooFast{}); !errors.As(err, &fast) || fast.Pause != row.want {
				t.Errorf("Post: %v, want a pause of %s", err, row.want)
			}
			w.server.Requests()
			if _, err := w.chat.Post(t.Context(), channel, m, "key"); !errors.As(err, new(chat.TooFast)) || len(w.server.Requests()) > 0 {
				t.Errorf("Post within the pause: %v, want that Slack is left alone", err)
			}
			if _, err := w.chat.Post(t.Context(), chat.Place{Channel: "autre"}, m, "key"); err != nil {
				t.Errorf("Post elsewhere: %v", err)
			}
		})
	}
}

// What broke off half way is completed by the look before the second attempt: one message, with its reactions and its files.
func TestPostedCompletes(t *testing.T) {
	for _, on := range []string{"reactions.add", "files.completeUploadExternal"} {
		w := open(t)
		m := chat.Message{Title: "Export", Reactions: []string{"🙋", "✅"}, Files: []chat.File{{Name: "a.csv", Content: []byte("a")}}}
		w.server.Fail(slacktest.Fault{On: on, Status: 500})
		ref, err := w.chat.Post(t.Context(), channel, m, "key")
		if on == "files.completeUploadExternal" && !errors.Is(err, chat.ErrAmbiguous) {
			t.Errorf("%s fails: %v", on, err)
		}
		for range 2 {
			found, ok, err := w.chat.Posted(t.Context(), channel, "key")
			if err != nil || !ok || !ref.IsZero() && found != ref {
				t.Fatalf("Posted = %+v %v %v", found, ok, err)
			}
			ref = found
		}
		seen := w.server.Messages(w.accounts[chattest.A], w.channel, "")
		stands, _ := w.server.Message(ref.Channel, ref.ID)
		if len(seen) != 2 || len(stands.Reactions) != 2 || len(seen[1].Files) != 1 {
			t.Errorf("%s failed: %d messages, %d reactions, want one and its file, and two", on, len(seen), len(stands.Reactions))
		}
	}
}

// Where Slack gives no trigger, a form is a message that says what it asks, and its button brings it.
func TestAFormWithoutATriggerIsBehindAButton(t *testing.T) {
	for _, at := range []chat.Place{channel, {}} {
		w := open(t)
		p, e := people{w}, w.listen()
		form := completeForm()
		p.Say(t, chattest.A, at, "@sdc contrat C-1")
		if err := w.chat.Reply(t.Context(), e.next().Handle, chat.Answer{Form: &form}); err != nil {
			t.Fatal(err)
		}
		seen := p.See(t, chattest.A, at)
		door := seen[len(seen)-1]
		if !strings.Contains(door.Text, "Opérateur *Nord* & Cie") || len(door.Buttons) != 1 {
			t.Fatalf("A sees %+v", door)
		}
		p.Press(t, chattest.A, door.Ref, "Compléter")
		pressed := e.next()
		if pressed.Kind != chat.Pressed || pressed.Button != "complete C-1" {
			t.Fatalf("heard %+v", pressed)
		}
		if err := w.chat.Reply(t.Context(), pressed.Handle, chat.Answer{Form: &form}); err != nil {
			t.Fatal(err)
		}
		if _, open := p.Form(t, chattest.A); !open {
			t.Error("no form stands open")
		}
	}
}

// A trigger serves once, a response address five times; after that the answer goes another way or is refused as late, never lost in silence.
func TestHandlesWearOut(t *testing.T) {
	w := open(t)
	p, e := people{w}, w.listen()
	p.Command(t, chattest.A, channel, "contrat C-1")
	h, form := e.next().Handle, completeForm()
	if err := w.chat.Reply(t.Context(), h, chat.Answer{Form: &form}); err != nil {
		t.Fatal(err)
	}
	if err := w.chat.Reply(t.Context(), h, chat.Answer{Form: &form}); !errors.Is(err, chat.ErrStale) {
		t.Errorf("a second form by one trigger: %v", err)
	}
	for range 7 {
		if err := w.chat.Reply(t.Context(), h, chat.Answer{Message: &chat.Message{Title: "encore"}}); err != nil {
			t.Fatal(err)
		}
	}
	if seen := p.See(t, chattest.A, channel); len(seen) != 7 {
		t.Errorf("A sees %d answers, want 7", len(seen))
	}
	w.server.Vanish(w.accounts[chattest.A])
	if seen := p.See(t, chattest.A, channel); len(seen) != 0 {
		t.Errorf("after a new start of the client A sees %+v", seen)
	}
}

// A fault that belongs to no field shows under the first: Slack shows nothing of a field that it does not know.
func TestAFaultOfNoFieldIsShown(t *testing.T) {
	w := open(t)
	p, e := people{w}, w.listen()
	p.Command(t, chattest.A, channel, "contrat C-1")
	form := completeForm()
	if err := w.chat.Reply(t.Context(), e.next().Handle, chat.Answer{Form: &form}); err != nil {
		t.Fatal(err)
	}
	p.Submit(t, chattest.A, nil)
	if err := w.chat.Reply(t.Context(), e.next().Handle, chat.Answer{Errors: map[string]string{"elsewhere": "Trop tard & fini.", "notice": "Un nombre."}}); err != nil {
		t.Fatal(err)
	}
	if shown, _ := p.Form(t, chattest.A); shown.Errors["supplier"] != "Trop tard & fini." || shown.Errors["notice"] != "Un nombre." {
		t.Errorf("the form shows %q", shown.Errors)
	}
}

// A form that gets no answer closes within Slack's three seconds all the same, and a fault that comes later says that it is late.
func TestAFormThatIsNotAnsweredCloses(t *testing.T) {
	w := open(t)
	w.config.Patience = 10 * time.Millisecond
	w.chat = w.another()
	p, e := people{w}, w.listen()
	p.Command(t, chattest.A, channel, "contrat C-1")
	form := completeForm()
	if err := w.chat.Reply(t.Context(), e.next().Handle, chat.Answer{Form: &form}); err != nil {
		t.Fatal(err)
	}
	p.Submit(t, chattest.A, nil)
	sent := e.next()
	if _, open := p.Form(t, chattest.A); open {
		t.Error("the form stays open")
	}
	if err := w.chat.Reply(t.Context(), sent.Handle, chat.Answer{Errors: map[string]string{"notice": "non"}}); !errors.Is(err, chat.ErrStale) {
		t.Errorf("faults for a form that is closed: %v", err)
	}
}

// Channels are renamed, archived and left.
func TestChannelsChange(t *testing.T) {
	w := open(t)
	e := w.listen()
	post(t, w, chat.Message{Title: "x"})
	w.server.Rename(w.channel, "sdc-des-rives")
	(people{w}).Say(t, chattest.A, chat.Place{Channel: "sdc-des-rives"}, "bonjour")
	if got := e.next(); got.Channel != "sdc-des-rives" {
		t.Errorf("heard %+v in a renamed channel", got)
	}
	m := chat.Message{Title: "x"}
	if _, err := w.chat.Post(t.Context(), chat.Place{Channel: "sdc-des-rives"}, m, "key"); err != nil {
		t.Errorf("Post under the new name: %v", err)
	}
	if _, err := w.chat.Post(t.Context(), channel, m, "key"); !errors.Is(err, chat.ErrRefused) {
		t.Errorf("Post under the old name: %v", err)
	}
	w.server.RemoveMember(w.channel, w.accounts[chattest.Bot])
	if _, err := w.chat.Post(t.Context(), chat.Place{Channel: "sdc-des-rives"}, m, "key"); !errors.Is(err, chat.ErrRefused) {
		t.Errorf("Post where the app is no member: %v", err)
	}
}

// Requests that are not Slack's, or that are old ones sent again, are refused and counted; nothing is heard of them.
func TestForgedRequestsAreRefused(t *testing.T) {
	w := openCalled(t)
	e := w.listen()
	body := []byte(`{"event":{"type":"message","channel":"C1","user":"U1","text":"faux","ts":"1700000000.000100"}}`)
	sign := func(at time.Time) *http.Request { return slacktest.Signed(at, "application/json", body) }
	rows := []struct {
		why string
		do  func() *http.Request
	}{
		{"no signature", func() *http.Request { r := sign(time.Now()); r.Header.Del("X-Slack-Signature"); return r }},
		{"another signature", func() *http.Request {
			r := sign(time.Now())
			r.Header.Set("X-Slack-Signature", "v0="+strings.Repeat("0", 64))
			return r
		}},
		{"a signature that is cut", func() *http.Request { r := sign(time.Now()); r.Header.Set("X-Slack-Signature", "v0=00"); return r }},
		{"six minutes old", func() *http.Request { return sign(time.Now().Add(-6 * time.Minute)) }},
		{"from the future", func() *http.Request { return sign(time.Now().Add(6 * time.Minute)) }},
		{"an old one with a new time", func() *http.Request {
			r := sign(time.Now().Add(-6 * time.Minute))
			r.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(time.Now().Unix(), 10))
			return r
		}},
		{"not a POST", func() *http.Request { r := sign(time.Now()); r.Method = http.MethodGet; return r }},
		{"too long", func() *http.Request {
			return slacktest.Signed(time.Now(), "application/json", []byte(strings.Repeat(" ", 2<<20)))
		}},
	}
	for i, row := range rows {
		answer := httptest.NewRecorder()
		w.chat.Handler().ServeHTTP(answer, row.do())
		if answer.Code < 400 || answer.Code >= 500 {
			t.Errorf("%s: answered %d", row.why, answer.Code)
		}
		if n := w.chat.Refused(); n != int64(i+1) {
			t.Errorf("%s: %d requests are counted as refused, want %d", row.why, n, i+1)
		}
	}
	e.want(t)

	challenge := httptest.NewRecorder()
	w.chat.Handler().ServeHTTP(challenge, slacktest.Signed(time.Now(), "application/json", []byte(`{"type":"url_verification","challenge":"3eZbrw1aB"}`)))
	if challenge.Body.String() != "3eZbrw1aB" {
		t.Errorf("the challenge is answered by %q", challenge.Body)
	}
}

// In Socket Mode there is no secret to check by, so nothing that comes over HTTP is believed.
func TestWithoutASecretNothingIsBelieved(t *testing.T) {
	w := open(t)
	answer := httptest.NewRecorder()
	w.chat.Handler().ServeHTTP(answer, slacktest.Signed(time.Now(), "application/json", []byte(`{}`)))
	if answer.Code != http.StatusUnauthorized {
		t.Errorf("answered %d", answer.Code)
	}
}

// Settings that cannot work are refused at once, and none of them repeats a secret.
func TestNew(t *testing.T) {
	good := slack.Config{Name: "r", BotToken: "xoxb-1", AppToken: "xapp-1"}
	if _, err := slack.New(good); err != nil {
		t.Error(err)
	}
	for _, row := range []struct {
		why    string
		change func(*slack.Config)
	}{
		{"no name", func(c *slack.Config) { c.Name = "" }},
		{"no bot token", func(c *slack.Config) { c.BotToken = " " }},
		{"neither app token nor secret", func(c *slack.Config) { c.AppToken = "" }},
		{"a person's token", func(c *slack.Config) { c.BotToken = "xoxp-hush" }},
		{"tokens that are swapped", func(c *slack.Config) { c.BotToken, c.AppToken = "xapp-hush", "xoxb-hush" }},
		{"an address that is none", func(c *slack.Config) { c.URL = "slack" }},
	} {
		c := good
		row.change(&c)
		if _, err := slack.New(c); err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v", row.why, err)
		}
	}
}

// Handles are found among the workspace's people, who are listed once for many.
func TestHandlesAreListedOnce(t *testing.T) {
	w := open(t)
	for range 3 {
		if _, err := w.chat.Account(t.Context(), "@"+chattest.B, ""); err != nil {
			t.Fatal(err)
		}
	}
	lists := 0
	for _, call := range w.server.Requests() {
		if call == "users.list" {
			lists++
		}
	}
	if lists != 1 {
		t.Errorf("%d lists, want one", lists)
	}
	w.server.Deactivate(w.accounts[chattest.A])
	if _, err := w.chat.Account(t.Context(), "", "dsi-a@a.example"); !errors.Is(err, chat.ErrUnknown) {
		t.Errorf("an account out of use is found: %v", err)
	}
}
