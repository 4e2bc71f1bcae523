package mattermost_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/adapters/mattermost"
	"sdcbot/adapters/mattermost/mattermosttest"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

var channel = chat.Place{Channel: chattest.Channel}

func TestNewSaysEveryFault(t *testing.T) {
	_, err := mattermost.New(mattermost.Config{Name: "rives", URL: "chat.example.org"})
	if err == nil {
		t.Fatal("a connection without token, team and scheme is taken")
	}
	for _, want := range []string{"token", "team", "https://"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not speak of %q", err, want)
		}
	}
	_, err = mattermost.New(mattermost.Config{Name: "rives", URL: "https://me:hunter2@ bad", Token: "x", Team: "t"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("error %v: want one that keeps the password to itself", err)
	}
}

// What their answers mean, by what was asked.
func TestFaults(t *testing.T) {
	const post, read = "POST /posts", "GET /posts"
	for _, row := range []struct {
		why   string
		fault mattermosttest.Fault
		want  error
	}{
		{"overload: it may be posted", mattermosttest.Fault{On: post, Status: 500}, chat.ErrAmbiguous},
		{"a proxy gave up waiting: it may be posted", mattermosttest.Fault{On: post, Status: 504, Body: "<html>timeout</html>"}, chat.ErrAmbiguous},
		{"the connection broke before it was done", mattermosttest.Fault{On: post}, chat.ErrAmbiguous},
		{"the connection broke after it was done", mattermosttest.Fault{On: post, Done: true}, chat.ErrAmbiguous},
		{"the answer was cut short", mattermosttest.Fault{On: post, Status: 201, Body: `{"id":"abc`, Done: true}, chat.ErrAmbiguous},
		{"a login page in the way", mattermosttest.Fault{On: post, Status: 200, Body: "<html>please log in</html>"}, chat.ErrAmbiguous},
		{"no right", mattermosttest.Fault{On: post, Status: 403, Body: "{}"}, nil}, // it joins the channel and tries again
		{"not acceptable", mattermosttest.Fault{On: post, Status: 400}, chat.ErrRefused},
		{"too large", mattermosttest.Fault{On: post, Status: 413, Body: "http: request body too large\n"}, chat.ErrRefused},
		{"token not valid", mattermosttest.Fault{On: post, Status: 401}, chat.ErrRefused},
		{"too fast, in seconds", mattermosttest.Fault{On: post, Status: 429, Header: map[string]string{"Retry-After": "7"}}, chat.TooFast{Pause: 7 * time.Second}},
		{"too fast, as their own limiter says it", mattermosttest.Fault{On: post, Status: 429, Header: map[string]string{"X-RateLimit-Reset": "3"}}, chat.TooFast{Pause: 3 * time.Second}},
		{"too fast, as a date that we do not read", mattermosttest.Fault{On: post, Status: 429, Header: map[string]string{"Retry-After": "Mon, 23 Nov 2026 08:30:00 GMT"}}, chat.TooFast{Pause: time.Second}},
		{"reading may be repeated", mattermosttest.Fault{On: read, Status: 500}, chat.ErrUnavailable},
		{"reading was cut", mattermosttest.Fault{On: read}, chat.ErrUnavailable},
		{"reading, too fast", mattermosttest.Fault{On: read, Status: 429}, chat.TooFast{Pause: time.Second}},
		{"reading what is gone", mattermosttest.Fault{On: read, Status: 404}, chat.ErrGone},
		{"editing may be repeated", mattermosttest.Fault{On: "PUT /posts", Status: 502}, chat.ErrUnavailable},
		{"editing somebody else's", mattermosttest.Fault{On: "PUT /posts", Status: 403}, chat.ErrRefused},
		{"a reaction that is missing does not undo the message", mattermosttest.Fault{On: "POST /reactions", Status: 404}, nil},
	} {
		w := open(t)
		m := chat.Message{Title: "C-1", Reactions: []string{"🙋"}}
		act := func() error {
			_, err := w.chat.Post(t.Context(), channel, m, "key 2")
			return err
		}
		if !strings.HasPrefix(row.fault.On, "POST") {
			ref, err := w.chat.Post(t.Context(), channel, m, "key 1")
			if err != nil {
				t.Fatal(err)
			}
			act = func() error { return w.chat.Edit(t.Context(), ref, chat.Message{Title: "C-1 · changé"}) }
		}
		w.server.Fail(row.fault)
		if row.fault.On == read && row.fault.Status == 0 {
			w.server.Fail(row.fault) // net/http itself repeats a reading that was cut, once
		}
		err := act()
		if asked := (chat.TooFast{}); errors.As(row.want, &asked) {
			if got := (chat.TooFast{}); !errors.As(err, &got) || got != asked {
				t.Errorf("%s: error %v, want a pause of %v", row.why, err, asked.Pause)
			}
			continue
		}
		if !errors.Is(err, row.want) {
			t.Errorf("%s: error %v, want %v", row.why, err, row.want)
		}
		if err != nil && len(err.Error()) > 500 {
			t.Errorf("%s: an error of %d bytes", row.why, len(err.Error()))
		}
	}
}

// After an unknown outcome, looking tells; and repeating at once does no harm either.
func TestUnknownOutcome(t *testing.T) {
	for _, done := range []bool{true, false} {
		w := open(t)
		m := chat.Message{Title: "C-1", Reactions: []string{"🙋", "🚫"}}
		w.server.Fail(mattermosttest.Fault{On: "POST /posts", Done: done})
		if _, err := w.chat.Post(t.Context(), channel, m, "key"); !errors.Is(err, chat.ErrAmbiguous) {
			t.Fatalf("error %v", err)
		}
		ref, found, err := w.chat.Posted(t.Context(), channel, "key")
		if err != nil || found != done {
			t.Errorf("done %v: Posted says %v, %v", done, found, err)
		}
		again, err := w.chat.Post(t.Context(), channel, m, "key")
		if err != nil || done && again != ref {
			t.Errorf("done %v: posted again as %v, %v, want %v", done, again, err, ref)
		}
		posts := w.server.Posts(w.channel)
		if len(posts) != 1 || len(posts[0].Metadata.Reactions) != 2 {
			t.Errorf("done %v: %d posts stand there, want one with both reactions: %+v", done, len(posts), posts)
		}
	}
}

// A post whose reactions were not all put before the bot died gets the rest when it is found.
func TestPostedCompletesReactions(t *testing.T) {
	w := open(t)
	w.server.Fail(mattermosttest.Fault{On: "POST /reactions", Status: 500})
	if _, err := w.chat.Post(t.Context(), channel, chat.Message{Title: "C-1", Reactions: []string{"🙋", "🚫"}}, "key"); err != nil {
		t.Fatal(err)
	}
	if got := emojis(w.server.Posts(w.channel)[0]); !slices.Equal(got, []string{"no_entry_sign"}) {
		t.Fatalf("%q stand under it", got)
	}
	if _, found, err := w.another().Posted(t.Context(), channel, "key"); err != nil || !found {
		t.Fatal(found, err)
	}
	if got := emojis(w.server.Posts(w.channel)[0]); !slices.Contains(got, "raising_hand") {
		t.Errorf("%q stand under it", got)
	}
}

func TestPostedLooksBackFarEnough(t *testing.T) {
	w := open(t)
	ref, err := w.chat.Post(t.Context(), channel, chat.Message{Title: "C-1"}, "key")
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		w.say("bavardage")
	}
	if got, found, err := w.chat.Posted(t.Context(), channel, "key"); err != nil || !found || got != ref {
		t.Errorf("behind 500 messages: %v %v %v", got, found, err)
	}
}

// Time-outs, without waiting for them: a server that never answers.
func TestServerThatNeverAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t)
		if _, err := w.chat.Post(t.Context(), channel, chat.Message{Title: "C-1"}, "key 1"); err != nil {
			t.Fatal(err)
		}
		w.server.Stall(true)
		began := time.Now()
		_, err := w.chat.Post(t.Context(), channel, chat.Message{Title: "C-1"}, "key 2")
		if !errors.Is(err, chat.ErrAmbiguous) || time.Since(began) > 30*time.Second {
			t.Errorf("after %v: %v, want that the outcome is unknown", time.Since(began), err)
		}
		if _, _, err := w.chat.Posted(t.Context(), channel, "key 2"); !errors.Is(err, chat.ErrUnavailable) {
			t.Errorf("looking: %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := w.chat.Post(ctx, channel, chat.Message{Title: "C-1"}, "key 3"); !errors.Is(err, chat.ErrAmbiguous) {
			t.Errorf("within the caller's own second: %v", err)
		}
		w.server.Stall(false)
		w.server.Close()
		synctest.Wait()
	})
}

func TestJoinsWhereItPosts(t *testing.T) {
	w := open(t)
	public := w.server.AddChannel("autre", true, w.accounts[chattest.A])
	w.server.AddChannel("prive", false, w.accounts[chattest.A])
	if _, err := w.chat.Post(t.Context(), chat.Place{Channel: "autre"}, chat.Message{Title: "x"}, "k"); err != nil || len(w.server.Posts(public)) != 1 {
		t.Errorf("a public channel: %v", err)
	}
	if _, err := w.chat.Post(t.Context(), chat.Place{Channel: "prive"}, chat.Message{Title: "x"}, "k"); !errors.Is(err, chat.ErrRefused) {
		t.Errorf("a private channel: %v", err)
	}
	w.server.RemoveMember(w.channel, w.accounts[chattest.Bot])
	if _, err := w.chat.Post(t.Context(), channel, chat.Message{Title: "x"}, "k"); err != nil {
		t.Errorf("a channel that it was put out of: %v", err)
	}
}

func TestThreadsHaveOneLevel(t *testing.T) {
	w := open(t)
	first, err := w.chat.Post(t.Context(), channel, chat.Message{Title: "un"}, "1")
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.chat.Post(t.Context(), chat.Place{Channel: chattest.Channel, Thread: first.ID}, chat.Message{Title: "deux"}, "2")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.chat.Post(t.Context(), chat.Place{Channel: chattest.Channel, Thread: second.ID}, chat.Message{Title: "trois"}, "3"); err != nil {
		t.Errorf("an answer to an answer: %v", err)
	}
	if err := w.server.Delete(first.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.chat.Post(t.Context(), chat.Place{Channel: chattest.Channel, Thread: first.ID}, chat.Message{Title: "quatre"}, "4"); !errors.Is(err, chat.ErrGone) {
		t.Errorf("an answer to what is gone: %v", err)
	}
}

func TestEditKeepsWhatIsNotOurs(t *testing.T) {
	w := open(t)
	m := chat.Message{Title: "C-1", Reactions: []string{"🙋", "🚫"}, Buttons: []chat.Button[string]{{ID: "undo", Label: "Annuler"}}}
	ref, err := w.chat.Post(t.Context(), channel, m, "key")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.server.React(w.accounts[chattest.B], ref.ID, "raising_hand"); err != nil {
		t.Fatal(err)
	}
	w.server.Requests()
	if err := w.chat.Edit(t.Context(), ref, m); err != nil || count(w.server.Requests(), "PUT") != 0 {
		t.Errorf("an edit to what stands there already: %v, and the post was written anew", err)
	}
	if err := w.chat.Edit(t.Context(), ref, chat.Message{Title: "C-1 · retiré", Tone: chat.Muted, Reactions: []string{"✅"}}); err != nil {
		t.Fatal(err)
	}
	post := w.server.Posts(w.channel)[0]
	if got := emojis(post); !slices.Equal(got, []string{"raising_hand", "white_check_mark"}) {
		t.Errorf("%q stand under it, want B's hand and the new seed", got)
	}
	if post.GetProp("from_bot") == nil || post.GetProp("sdcbot_key") != "key" || post.GetProp("sdcbot_menu") != nil {
		t.Errorf("props %v: want the server's and the key kept, and the menu gone", post.Props)
	}
	theirs, err := w.server.Say(w.accounts[chattest.A], w.channel, "", "à moi")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.chat.Edit(t.Context(), chat.Ref{ID: theirs}, m); !errors.Is(err, chat.ErrRefused) {
		t.Errorf("an edit of somebody's own words: %v", err)
	}
	if err := w.chat.Edit(t.Context(), chat.Ref{ID: "no id at all"}, m); !errors.Is(err, chat.ErrGone) {
		t.Errorf("an edit of nothing: %v", err)
	}
}

// An answer is seen by its reader alone, wherever they asked.
func TestReplies(t *testing.T) {
	plain := chat.Message{Lines: []string{"C'est noté."}}
	menu := chat.Message{Title: "Que voulez-vous ?", Buttons: []chat.Button[string]{{ID: "fill", Label: "Compléter"}}}
	for _, row := range []struct {
		why       string
		private   bool // asked in private
		thread    bool // asked in a thread
		ephemeral bool // the server allows it
		say       chat.Message
		want      string
	}{
		{"in private: there", true, false, false, plain, "private"},
		{"in a thread in private: in the thread", true, true, false, plain, "private thread"},
		{"in a channel, as the server is by default: in private", false, false, false, plain, "private"},
		{"in a thread of a channel: likewise", false, true, false, plain, "private"},
		{"in a channel, where the bot has the right: there, for one pair of eyes", false, false, true, plain, "ephemeral"},
		{"in a thread of a channel: likewise", false, true, true, plain, "ephemeral thread"},
		{"a menu has to be reacted to, which ephemeral posts do not allow", false, false, true, menu, "private"},
	} {
		w, e := open(t), &ears{}
		w.server.AllowEphemeral(row.ephemeral)
		a, bot := w.accounts[chattest.A], w.accounts[chattest.Bot]
		room, at := w.server.Direct(a, bot), w.channel
		if row.private {
			at = room
		}
		var root string
		if row.thread {
			var err error
			if root, err = w.server.Say(a, at, "", "début"); err != nil {
				t.Fatal(err)
			}
		}
		event := w.asked(e, at, root, "@sdc moi")
		for range 2 { // the second time it is known what the server allows
			if err := w.chat.Reply(t.Context(), event.Handle, chat.Answer{Message: &row.say}); err != nil {
				t.Errorf("%s: %v", row.why, err)
			}
		}
		for _, post := range append(w.server.Posts(room), w.server.Ephemeral(a, w.channel)...) {
			if post.UserId != bot {
				continue
			}
			got := "private"
			if post.Type == model.PostTypeEphemeral {
				got = "ephemeral"
			}
			if post.RootId != "" {
				got += " thread"
			}
			if got != row.want {
				t.Errorf("%s: answered %s, want %s", row.why, got, row.want)
			}
		}
		if row.want == "ephemeral" != (len(w.server.Ephemeral(a, w.channel)) == 2) && !row.thread {
			t.Errorf("%s: %d ephemeral answers", row.why, len(w.server.Ephemeral(a, w.channel)))
		}
		for _, post := range w.server.Posts(w.channel) {
			if post.UserId == bot {
				t.Errorf("%s: everybody sees %q", row.why, post.Message)
			}
		}
	}
}

// asked says something to the bot and returns the event that it hears.
func (w *world) asked(e *ears, at, root, words string) chat.Event {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	events := make(chan chat.Event, 10)
	go w.chat.Listen(ctx, func(_ context.Context, event chat.Event) error {
		events <- event
		return nil
	})
	if _, err := w.server.Say(w.accounts[chattest.A], at, root, words); err != nil {
		w.t.Fatal(err)
	}
	for {
		select {
		case event := <-events:
			if event.ToBot {
				return event
			}
		case <-time.After(10 * time.Second):
			w.t.Fatal("nothing was heard")
		}
	}
}

func TestRepliesToNothing(t *testing.T) {
	w := open(t)
	if err := w.chat.Reply(t.Context(), "", chat.Answer{Message: &chat.Message{Title: "x"}}); !errors.Is(err, chat.ErrStale) {
		t.Errorf("no handle: %v", err)
	}
	if err := w.chat.Reply(t.Context(), `{"c":"x","a":"y"}`, chat.Answer{}); err != nil || len(w.server.Requests()) != 0 {
		t.Errorf("an empty answer: %v", err)
	}
}

func TestAccounts(t *testing.T) {
	w := open(t)
	gone := w.server.AddPerson("parti", "parti@a.example")
	w.server.Deactivate(gone)
	for _, row := range []struct {
		why, handle, email, want string
		err                      error
	}{
		{"by e-mail, whatever the case", "", " DSI-B@B.example ", w.accounts[chattest.B], nil},
		{"the address counts more than the handle", chattest.A, "dsi-b@b.example", w.accounts[chattest.B], nil},
		{"an address that the server does not know", chattest.A, "dsi@other.example", w.accounts[chattest.A], nil},
		{"by handle, with its sign and in capitals", "@DSI-A", "", w.accounts[chattest.A], nil},
		{"somebody who has left", "parti", "parti@a.example", "", chat.ErrUnknown},
		{"nobody", "", "", "", chat.ErrUnknown},
		{"no such person", "nobody", "", "", chat.ErrUnknown},
	} {
		got, err := w.chat.Account(t.Context(), row.handle, row.email)
		if got != row.want || !errors.Is(err, row.err) {
			t.Errorf("%s: %q, %v, want %q, %v", row.why, got, err, row.want, row.err)
		}
	}
	w.server.Fail(mattermosttest.Fault{On: "GET /users/email", Status: 403}) // addresses are hidden from the bot
	if got, err := w.chat.Account(t.Context(), chattest.A, "dsi-a@a.example"); err != nil || got != w.accounts[chattest.A] {
		t.Errorf("where addresses are hidden: %q, %v", got, err)
	}
	w.server.Fail(mattermosttest.Fault{On: "GET /users/email", Status: 500}) // this is no answer: the handle may be another's
	if _, err := w.chat.Account(t.Context(), chattest.A, "dsi-b@b.example"); !errors.Is(err, chat.ErrUnavailable) {
		t.Errorf("where the server fails: %v", err)
	}
	if p, err := w.chat.Profile(t.Context(), w.accounts[chattest.Bot]); err != nil || !p.Bot || p.Handle != chattest.Bot {
		t.Errorf("the bot's own profile: %+v, %v", p, err)
	}
}

func emojis(post *model.Post) (names []string) {
	for _, r := range post.Metadata.Reactions {
		names = append(names, r.EmojiName)
	}
	slices.Sort(names)
	return names
}
