package playground_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
)

// stage is a Controls that remembers what it was asked.
type stage struct {
	server *playground.Server
	mu     sync.Mutex
	down   bool
	due    bool
	says   func() // what the bot does when the clock is moved
	moved  []time.Duration
}

func (s *stage) Now() time.Time { return s.server.Now() }

func (s *stage) Advance(d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moved = append(s.moved, d)
	s.speak()
	return s.server.Move(d)
}

func (s *stage) ToNext() (bool, error) {
	s.speak()
	return s.due, nil
}

func (s *stage) speak() {
	if s.says != nil {
		s.says()
	}
}

func (s *stage) Stop() error  { return s.set(true) }
func (s *stage) Start() error { return s.set(false) }

func (s *stage) set(down bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
	return nil
}

func (s *stage) Running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.down
}

// Whoever moves the clock learns what came of it where their page does not show it.
func TestMovingTheClockSaysWhoWasTold(t *testing.T) {
	web, s, controls := serve(t)
	bot := playground.NewChat(s)
	post := func(to chat.Place) func() {
		return func() { must[chat.Ref](t)(bot.Post(t.Context(), to, chat.Message{Title: "Échéance"}, "")) }
	}
	card, edits := must[chat.Ref](t)(bot.Post(t.Context(), chat.Place{Channel: "commun"}, chat.Message{Title: "C-1"}, "")), 0
	edit := func(words string) {
		edits++ // the same words again would be no change
		do(t, bot.Edit(t.Context(), card, chat.Message{Title: words, Footer: strings.Repeat(".", edits)}))
	}
	for _, row := range []struct {
		why  string
		says func()
		want string
	}{
		{"nothing was due", nil, `"rooms":[],"others":[]`},
		{"something in the channel, for all", post(chat.Place{Channel: "commun"}), `"rooms":["#commun"],"others":[]`},
		{"something for who moved it", post(chat.Place{Account: "dsi-a"}), `"rooms":["@dsi-a"],"others":[]`},
		{"something for somebody else", post(chat.Place{Account: "dsi-b"}), `"rooms":[],"others":["dsi-b"]`},
		{"a card was changed", func() { edit("changed") }, `"rooms":["#commun"],"others":[]`},
		{"a card was changed and somebody told", func() { edit("again"); post(chat.Place{Account: "dsi-b"})() }, `"rooms":[],"others":["dsi-b"]`},
	} {
		controls.says = row.says
		for _, hours := range []string{"24", "0"} {
			if _, body := act(t, web, "clock", `{"as":"dsi-a","hours":`+hours+`}`); !strings.Contains(body, row.want) {
				t.Errorf("%s, by %s hours: %s, want %s", row.why, hours, body, row.want)
			}
		}
	}
}

// A person reads what the circle's file says until they choose on the page, and from then on what they chose.
func TestAPersonReadsTheLanguageThatTheyChose(t *testing.T) {
	path := filepath.Join(t.TempDir(), "playground.jsonl")
	setting := rives(func() time.Time { return morning })
	setting.People[1].Language = locale.English
	s := must[*playground.Server](t)(playground.Open(path, setting))
	visit := func(query string) string {
		answer := httptest.NewRecorder()
		playground.Handler(s, nil).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/"+query, nil))
		return regexp.MustCompile(`<html lang="(..)">`).FindStringSubmatch(answer.Body.String())[1]
	}
	for _, row := range []struct {
		why, query, page string
		a, b             locale.Lang
	}{
		{"nobody has chosen", "?as=dsi-a", "fr", "fr", "en"},
		{"the file's word for them", "?as=dsi-b", "en", "fr", "en"},
		{"to choose on the first page is to choose for nobody yet", "?lang=en", "en", "fr", "en"},
		{"one chooses", "?as=dsi-a&lang=en", "en", "en", "en"},
		{"and keeps it", "?as=dsi-a", "en", "en", "en"},
		{"another chooses against the file", "?as=dsi-b&lang=fr", "fr", "en", "fr"},
	} {
		if got := visit(row.query); got != row.page || s.Language("dsi-a") != row.a || s.Language("dsi-b") != row.b {
			t.Errorf("%s: the page is in %s, they read %s and %s", row.why, got, s.Language("dsi-a"), s.Language("dsi-b"))
		}
	}
	do(t, s.Close())
	s = must[*playground.Server](t)(playground.Open(path, setting))
	if s.Language("dsi-a") != "en" || s.Language("dsi-b") != "fr" || s.Language("stranger") != "fr" {
		t.Errorf("after a restart: %s %s", s.Language("dsi-a"), s.Language("dsi-b"))
	}
	do(t, s.Close())
}

// serve opens a page on a server of its own.
func serve(t *testing.T) (*httptest.Server, *playground.Server, *stage) {
	t.Helper()
	s := open(t, "")
	controls := &stage{server: s}
	web := httptest.NewServer(playground.Handler(s, controls))
	t.Cleanup(func() {
		s.Close() // ends the streams, or Close would wait for them
		web.Close()
	})
	return web, s, controls
}

// ask sends a request with these headers and returns status and body.
func ask(t *testing.T, method, address, body string, header map[string]string) (int, string) {
	t.Helper()
	r := must[*http.Request](t)(http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body)))
	for name, value := range header {
		if name == "Host" {
			r.Host = value
		} else {
			r.Header.Set(name, value)
		}
	}
	answer := must[*http.Response](t)(http.DefaultClient.Do(r))
	defer answer.Body.Close()
	return answer.StatusCode, string(must[[]byte](t)(io.ReadAll(answer.Body)))
}

// act sends what the page would send.
func act(t *testing.T, web *httptest.Server, path, body string) (int, string) {
	t.Helper()
	return ask(t, "POST", web.URL+"/api/"+path, body, map[string]string{"Content-Type": "application/json", "Origin": web.URL})
}

func TestOnlyThisMachineAndThisPageAreAnswered(t *testing.T) {
	web, s, _ := serve(t)
	port := web.URL[strings.LastIndex(web.URL, ":"):]
	say := `{"as":"dsi-a","channel":"commun","text":"bonjour"}`
	for _, row := range []struct {
		why, method, path string
		header            map[string]string
		want              int
	}{
		{"the page itself", "GET", "/", nil, 200},
		{"by another name of this machine", "GET", "/", map[string]string{"Host": "localhost" + port}, 200},
		{"by IPv6", "GET", "/", map[string]string{"Host": "[::1]" + port}, 200},
		{"a name made to point here (DNS rebinding)", "GET", "/", map[string]string{"Host": "mauvais.example" + port}, 403},
		{"a name that only begins like ours", "GET", "/", map[string]string{"Host": "127.0.0.1.mauvais.example"}, 403},
		{"the machine's address in the network", "GET", "/", map[string]string{"Host": "192.168.1.7" + port}, 403},
		{"no host", "GET", "/", map[string]string{"Host": ":80"}, 403},
		{"another site's script", "POST", "/api/say", map[string]string{"Content-Type": "application/json", "Origin": "https://mauvais.example"}, 403},
		{"another program's page on this machine", "POST", "/api/say", map[string]string{"Content-Type": "application/json", "Origin": "http://127.0.0.1:1"}, 403},
		{"a page without origin, such as a file", "POST", "/api/say", map[string]string{"Content-Type": "application/json", "Origin": "null"}, 403},
		{"another site's form: text is no JSON", "POST", "/api/say", map[string]string{"Content-Type": "text/plain"}, 415},
		{"another site reads", "GET", "/api/state?as=dsi-a", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"another site's link to the page", "GET", "/?as=dsi-a", map[string]string{"Sec-Fetch-Site": "cross-site"}, 200},
		{"another site sends a file", "POST", "/api/file?as=dsi-a&name=x", map[string]string{"Content-Type": "application/octet-stream", "Origin": "https://mauvais.example"}, 403},
		{"a file as a form would send it", "POST", "/api/file?as=dsi-a&name=x", map[string]string{"Content-Type": "multipart/form-data"}, 415},
	} {
		if got, body := ask(t, row.method, web.URL+row.path, say, row.header); got != row.want {
			t.Errorf("%s: %d, want %d: %.200s", row.why, got, row.want, body)
		}
	}
	if n := len(s.Posts()); n != 0 {
		t.Errorf("%d messages were written by those who may not", n)
	}
}

func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	web, _, _ := serve(t)
	for _, path := range []string{"/", "/?as=dsi-a", "/page/app.js", "/api/state?as=dsi-a"} {
		answer := must[*http.Response](t)(http.Get(web.URL + path))
		answer.Body.Close()
		policy := answer.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", path, answer.Header)
		}
	}
	// Names of XML are no addresses; anything else with // would be one.
	foreign := regexp.MustCompile(`(https?:)?//[a-z0-9-]+\.[a-z]|@import|url\(|<script>|style=|\son[a-z]+=|innerHTML|insertAdjacentHTML|eval\(`)
	page := os.DirFS("page")
	do(t, fs.WalkDir(page, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text := strings.ReplaceAll(string(must[[]byte](t)(fs.ReadFile(page, path))), "http://www.w3.org/", "")
		if found := foreign.FindString(text); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
		return nil
	}))
}

func TestThePageIsWhole(t *testing.T) {
	web, _, _ := serve(t)
	_, french := ask(t, "GET", web.URL+"/?as=dsi-a", "", nil)
	_, english := ask(t, "GET", web.URL+"/?as=dsi-a&lang=en", "", nil)
	_, chooser := ask(t, "GET", web.URL+"/?as=stranger", "", nil)
	_, chosen := ask(t, "GET", web.URL+"/?lang=en", "", nil)
	for _, row := range []struct{ why, page, want string }{
		{"French by default", french, `<html lang="fr">`},
		{"English when asked for", english, `<html lang="en">`},
		{"and a way to the other", english, `/?as=dsi-a&amp;lang=fr`},
		{"the two sentences", french, "Mon contrat téléphonie arrive à échéance dans 6 mois"},
		{"a stranger is asked who they are", chooser, `/?as=dsi-b"`},
		{"and whom they choose reads the language that they asked for", chosen, `/?as=dsi-b&amp;lang=en"`},
		{"by organisation", chooser, "Office B"},
	} {
		if !strings.Contains(row.page, row.want) {
			t.Errorf("%s: no %q in the page", row.why, row.want)
		}
	}

	// Every sentence that the scripts and the page name exists, and every one that exists is named.
	var state struct{ Words map[string]string }
	_, body := ask(t, "GET", web.URL+"/api/state?as=dsi-a", "", nil)
	do(t, json.Unmarshal([]byte(body), &state))
	named := map[string]bool{}
	page := os.DirFS("page")
	for _, file := range must[[]fs.DirEntry](t)(fs.ReadDir(page, ".")) {
		text := string(must[[]byte](t)(fs.ReadFile(page, file.Name())))
		for _, found := range regexp.MustCompile(`\b(?:say|count|Say)\(?[^"\n\x60]{0,20}"([a-z_.]+)"(?: : "([a-z_.]+)")?`).FindAllStringSubmatch(text, -1) {
			for _, key := range found[1:] {
				named[key] = key != ""
			}
		}
	}
	for key := range named {
		if _, ok := state.Words[key]; !ok && key != "" && state.Words[key+".one"] == "" {
			t.Errorf("the page says %q, which is no sentence", key)
		}
	}
	for key, sentence := range state.Words {
		base := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
		if !named[key] && !named[base] && !strings.HasPrefix(key, "emoji.") {
			t.Errorf("%s (%s) is never said", key, sentence)
		}
		if strings.Contains(sentence, "⟨") || strings.Contains(sentence, "<no value>") {
			t.Errorf("%s is %q", key, sentence)
		}
	}
}

func TestNamesAreEscapedInThePage(t *testing.T) {
	s := must[*playground.Server](t)(playground.Open("", playground.Setting{
		Circle: "<i>cercle</i>", People: []playground.Person{{Handle: `a"><script>`, Name: "<b>DSI</b>", Organisation: "A & B"}}, Now: time.Now,
	}))
	w := httptest.NewRecorder()
	playground.Handler(s, nil).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/", nil))
	if body := w.Body.String(); strings.Contains(body, "<b>DSI") || strings.Contains(body, "<i>") || strings.Contains(body, `"><script>`) || !strings.Contains(body, "&lt;b&gt;DSI") {
		t.Errorf("not escaped:\n%s", body)
	}
	if strings.Contains(w.Body.String(), `id="moves"`) {
		t.Error("a clock is shown that nobody moves")
	}
}

func TestWhatThePageSends(t *testing.T) {
	web, s, controls := serve(t)
	c := playground.NewChat(s)
	card := must[chat.Ref](t)(c.Post(t.Context(), chat.Place{Channel: "commun"}, chat.Message{Title: "B-1", Buttons: []chat.Button[string]{{ID: "yes", Label: "Oui"}}}, "card"))
	controls.due = true
	for _, row := range []struct {
		why, path, body string
		status          int
		want            string
	}{
		{"words in a channel", "say", `{"as":"dsi-a","channel":"commun","text":"un"}`, 200, `"id"`},
		{"in private", "say", `{"as":"dsi-a","text":"deux"}`, 200, `"id"`},
		{"in a thread", "say", `{"as":"dsi-a","channel":"commun","thread":"` + card.ID + `","text":"trois"}`, 200, `"id"`},
		{"a reaction", "react", `{"as":"dsi-b","message":"` + card.ID + `","emoji":"🙋","on":true}`, 200, ""},
		{"and back", "react", `{"as":"dsi-b","message":"` + card.ID + `","emoji":"🙋"}`, 200, ""},
		{"a button", "press", `{"as":"dsi-b","message":"` + card.ID + `","button":"yes"}`, 200, ""},
		{"what was read", "read", `{"as":"dsi-b","room":"#commun","seq":1}`, 200, ""},
		{"a form that is not open", "submit", `{"as":"dsi-b","values":{}}`, 409, "formulaire"},
		{"the same in English", "submit", `{"as":"dsi-b","lang":"en","values":{}}`, 409, "no longer open"},
		{"closing nothing", "dismiss", `{"as":"dsi-b"}`, 200, ""},
		{"a stranger", "say", `{"as":"stranger","text":"x"}`, 409, "cercle"},
		{"a message that is gone", "press", `{"as":"dsi-b","message":"x","button":"yes"}`, 409, "plus là"},
		{"no JSON", "say", `{`, 400, "error"},
		{"far too long", "say", `{"text":"` + strings.Repeat("é", 1<<20) + `"}`, 413, "10"},
		{"a week on, and nobody says anything", "clock", `{"as":"dsi-a","hours":168}`, 200, `"running":true,"found":true,"rooms":[],"others":[]`},
		{"to the next thing due", "clock", `{"as":"dsi-a","hours":0}`, 200, `"found":true`},
		{"back in time", "clock", `{"as":"dsi-a","hours":-1}`, 409, "error"},
		{"to the end of time", "clock", `{"as":"dsi-a","hours":1e300}`, 409, "error"},
		{"the bot stops", "bot", `{"as":"dsi-a","on":false}`, 200, ""},
	} {
		if status, body := act(t, web, row.path, row.body); status != row.status || !strings.Contains(body, row.want) {
			t.Errorf("%s: %d %s, want %d with %q", row.why, status, body, row.status, row.want)
		}
	}
	var kinds []string
	for _, e := range drain(t, s) {
		kinds = append(kinds, string(e.Kind))
	}
	if got := strings.Join(kinds, " "); got != "said said said reacted unreacted pressed" {
		t.Errorf("the bot hears %s", got)
	}
	if controls.Running() || len(controls.moved) != 1 || controls.moved[0] != 7*24*time.Hour || !s.Now().Equal(morning.Add(7*24*time.Hour)) {
		t.Errorf("running %v, moved %v", controls.Running(), controls.moved)
	}

	status, _ := ask(t, "POST", web.URL+"/api/file?as=dsi-a&name=contrats%20%C3%A9t%C3%A9.csv", "a;b", map[string]string{"Content-Type": "application/octet-stream", "Origin": web.URL})
	if sent := drain(t, s); status != 200 || len(sent) != 1 || sent[0].Files[0].Name != "contrats été.csv" || string(sent[0].Files[0].Content) != "a;b" {
		t.Errorf("a file: %d, heard %+v", status, sent)
	}
}

// A file of the bot is for whoever sees its message, is kept rather than opened, and does not travel with the feed.
func TestFilesThatTheBotGives(t *testing.T) {
	web, s, _ := serve(t)
	c := playground.NewChat(s)
	ref := must[chat.Ref](t)(c.Post(t.Context(), chat.Place{Account: "dsi-a"}, chat.Message{Title: "export", Files: []chat.File{
		{Name: "contrats été.csv", Content: []byte("a;b")}, {Name: "dates.png", Content: []byte("PNG"), Alt: "trois contrats"},
	}}, ""))
	for _, row := range []struct {
		as, message, file string
		status            int
		want, kind, why   string
	}{
		{"dsi-a", ref.ID, "0", 200, "a;b", "application/octet-stream", "its reader"},
		{"dsi-a", ref.ID, "1", 200, "PNG", "image/png", "a picture is shown"},
		{"dsi-b", ref.ID, "0", 404, "", "", "a private message is nobody else's"},
		{"dsi-a", ref.ID, "2", 404, "", "", "there are two"},
		{"dsi-a", ref.ID, "-1", 404, "", "", "there are two"},
		{"dsi-a", "nothing", "0", 404, "", "", "no such message"},
	} {
		got, err := http.Get(web.URL + "/api/given?as=" + row.as + "&message=" + url.QueryEscape(row.message) + "&file=" + row.file)
		if err != nil {
			t.Fatal(err)
		}
		body := must[[]byte](t)(io.ReadAll(got.Body))
		do(t, got.Body.Close())
		if got.StatusCode != row.status || row.status == 200 && (string(body) != row.want || got.Header.Get("Content-Type") != row.kind || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment")) {
			t.Errorf("%s: %d %q %v", row.why, got.StatusCode, body, got.Header)
		}
	}
	if _, state := ask(t, "GET", web.URL+"/api/state?as=dsi-a", "", nil); strings.Contains(state, "YTti") || !strings.Contains(state, "trois contrats") {
		t.Errorf("the feed holds names and no content: %s", state)
	}
}

func TestStateShowsWhatThePersonSeesAndNoMore(t *testing.T) {
	web, s, _ := serve(t)
	c := playground.NewChat(s)
	must[string](t)(s.Say("dsi-a", chat.Place{Channel: "commun"}, "/sdc secret de A"))
	must[chat.Ref](t)(c.Post(t.Context(), chat.Place{Account: "dsi-a"}, chat.Message{Title: "privé pour A"}, ""))
	must[chat.Ref](t)(c.Post(t.Context(), chat.Place{Channel: "commun"}, chat.Message{Title: "pour tous"}, ""))
	do(t, c.Reply(t.Context(), drain(t, s)[0].Handle, chat.Answer{Form: &chat.Form[string]{ID: "f", Title: "formulaire de A"}}))
	must[string](t)(s.SendFile("dsi-a", "a.csv", []byte("contenu")))

	_, a := ask(t, "GET", web.URL+"/api/state?as=dsi-a", "", nil)
	_, b := ask(t, "GET", web.URL+"/api/state?as=dsi-b", "", nil)
	_, missed := ask(t, "GET", web.URL+"/api/changes?as=dsi-b&after=0", "", nil)
	for _, words := range []string{"secret de A", "privé pour A", "formulaire de A", "a.csv"} {
		if !strings.Contains(a, words) {
			t.Errorf("A's page lacks %q", words)
		}
		if strings.Contains(b, words) || strings.Contains(missed, words) {
			t.Errorf("B's page holds %q", words)
		}
	}
	if !strings.Contains(a, "pour tous") || !strings.Contains(b, "pour tous") || !strings.Contains(missed, "pour tous") {
		t.Error("a page lacks what all see")
	}
	if strings.Contains(a, "Y29udGVudQ") {
		t.Error("the page is sent the content of a file")
	}
	for _, path := range []string{"/api/state?as=stranger", "/api/stream?as=stranger&after=0"} {
		if status, _ := ask(t, "GET", web.URL+path, "", nil); status != 404 {
			t.Errorf("%s: %d, want 404", path, status)
		}
	}
}

// listenTo reads a stream and returns the next event of that name.
func listenTo(t *testing.T, web *httptest.Server, query string, header map[string]string) (next func(event string) string, ended <-chan error) {
	t.Helper()
	r := must[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodGet, web.URL+"/api/stream?"+query, nil))
	for name, value := range header {
		r.Header.Set(name, value)
	}
	answer := must[*http.Response](t)(http.DefaultClient.Do(r))
	t.Cleanup(func() { answer.Body.Close() })
	if got := answer.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("stream: %s %s", answer.Status, got)
	}
	lines, end := make(chan string, 1000), make(chan error, 1)
	go func() {
		scanner := bufio.NewScanner(answer.Body)
		for scanner.Scan() {
			lines <- scanner.Text()
		}
		end <- errors.Join(scanner.Err(), io.EOF)
	}()
	return func(event string) string {
		t.Helper()
		deadline, stop := context.WithTimeout(t.Context(), 10*time.Second)
		defer stop()
		for name := ""; ; {
			select {
			case line := <-lines:
				if rest, ok := strings.CutPrefix(line, "event: "); ok {
					name = rest
				}
				if data, ok := strings.CutPrefix(line, "data: "); ok && name == event {
					return data
				}
			case <-deadline.Done():
				t.Fatalf("no %s came", event)
			}
		}
	}, end
}

func TestStreamTellsLiveAndGoesOnWhereItWas(t *testing.T) {
	web, s, controls := serve(t)
	must[string](t)(s.Say("dsi-a", chat.Place{Channel: "commun"}, "avant"))
	next, ended := listenTo(t, web, "as=dsi-b&after=0", nil)
	next("hello")
	if got := next("change"); !strings.Contains(got, "avant") {
		t.Errorf("first change %s", got)
	}
	if got := next("status"); !strings.Contains(got, `"running":true`) || !strings.Contains(got, `"pending":1`) {
		t.Errorf("status %s", got)
	}
	must[string](t)(s.Say("dsi-a", chat.Place{}, "en privé")) // not for B
	must[string](t)(s.Say("dsi-a", chat.Place{Channel: "commun"}, "en\ndirect <b>"))
	if got := next("change"); !strings.Contains(got, `en\ndirect \u003cb\u003e`) {
		t.Errorf("next change %s, want what was said in the channel", got)
	}
	act(t, web, "bot", `{"as":"dsi-a","on":false}`)
	for got := next("status"); !strings.Contains(got, `"running":false`); got = next("status") {
	}
	act(t, web, "clock", `{"as":"dsi-a","hours":24}`)
	for got := next("status"); !strings.Contains(got, "2026-11-24"); got = next("status") {
	}
	if len(controls.moved) != 1 {
		t.Errorf("moved %v", controls.moved)
	}

	again, _ := listenTo(t, web, "as=dsi-b&after=0", map[string]string{"Last-Event-ID": "1"})
	if got := again("change"); !strings.Contains(got, "direct") {
		t.Errorf("a browser that connects again gets %s, want what it missed", got)
	}

	do(t, s.Close())
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the stream goes on after the server was closed")
	}
}
