package playground

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
)

// Controls are what the page may do with the rehearsal around the chat: its clock, and the bot. Each call returns when what it asked
// for is done, and what fell due with it.
type Controls interface {
	Now() time.Time
	// Advance moves the clock forward by d.
	Advance(d time.Duration) error
	// ToNext moves the clock to the next thing that falls due, and says whether there was any.
	ToNext() (found bool, err error)
	Stop() error  // the bot; what people do then waits for it
	Start() error // the bot
	Running() bool
}

// The page: one document and a few plain scripts, all inside the program.
//
//go:embed page
var pageFiles embed.FS

var document = template.Must(template.ParseFS(pageFiles, "page/index.html"))

const (
	mostJSON = 1 << 20  // of a request, in bytes: a form of long texts
	mostFile = 10 << 20 // of a file sent to the bot
)

// policy lets the page load what this server sends and nothing else: no foreign origin, no inline script, no frame around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// site serves the page and what it asks for.
type site struct {
	server   *Server
	controls Controls
}

// Handler is the page on a server. controls may be nil: clock and bot are not shown then. Streams stay open until the server is
// closed or their request ends; close the server before waiting for the last request.
func Handler(server *Server, controls Controls) http.Handler {
	s := &site{server, controls}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.index)
	for _, kind := range []string{"js", "css", "svg"} {
		names, err := fs.Glob(pageFiles, "page/*."+kind)
		if err != nil {
			panic(err) // the pattern is constant
		}
		for _, name := range names {
			mux.Handle("GET /"+name, http.FileServerFS(pageFiles))
		}
	}
	mux.HandleFunc("GET /api/state", s.state)
	mux.HandleFunc("GET /api/stream", s.stream)
	mux.HandleFunc("GET /api/changes", s.changes)
	mux.HandleFunc("POST /api/say", act(s.say))
	mux.HandleFunc("POST /api/react", act(s.react))
	mux.HandleFunc("POST /api/press", act(s.press))
	mux.HandleFunc("POST /api/submit", act(s.submit))
	mux.HandleFunc("POST /api/dismiss", act(s.dismiss))
	mux.HandleFunc("POST /api/read", act(s.read))
	mux.HandleFunc("POST /api/clock", act(s.clock))
	mux.HandleFunc("POST /api/bot", act(s.bot))
	mux.HandleFunc("POST /api/file", s.file)
	mux.HandleFunc("GET /api/given", s.given)
	return guarded(mux)
}

// guarded keeps other sites out of a page without login. A foreign Host means that a name of theirs was made to point here (DNS
// rebinding); a foreign Origin, that their page sends the request.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		if !local(r.Host) || !sameOrigin(r) {
			http.Error(w, locale.T("playground.refused").In(spoken(r)), http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// local says whether a Host header names this machine.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// sameOrigin says whether a request comes from this very page, or from no page at all (a typed address, a program).
func sameOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		return r.Method == http.MethodGet && r.URL.Path == "/" // a link from elsewhere may lead here
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Scheme == "http" && strings.EqualFold(u.Host, r.Host)
}

// spoken is the language of the page: ?lang=en, or French.
func spoken(r *http.Request) locale.Lang {
	if r.URL.Query().Get("lang") == string(locale.English) {
		return locale.English
	}
	return locale.French
}

func (s *site) index(w http.ResponseWriter, r *http.Request) {
	lang, asked := spoken(r), ""
	if r.URL.Query().Has("lang") {
		asked = string(lang)
	}
	people, chosen := s.server.People(), ""
	if i := slices.IndexFunc(people, func(p Person) bool { return p.Handle == r.URL.Query().Get("as") }); i >= 0 {
		chosen = people[i].Handle
		if asked == "" {
			lang = s.server.Language(chosen)
		} else if err := s.server.Read(chosen, lang); err != nil {
			fail(w, lang, http.StatusInternalServerError, err)
			return
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	err := document.Execute(w, map[string]any{
		"Lang":     lang,
		"Asked":    asked,
		"Other":    map[locale.Lang]locale.Lang{locale.French: locale.English, locale.English: locale.French}[lang],
		"Circle":   s.server.circle(),
		"As":       chosen,
		"Groups":   groups(people),
		"Controls": s.controls != nil,
		"Say":      func(key string) string { return pageWords()[lang][key] },
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// group is the people of one organisation, for the first page.
type group struct {
	Organisation string
	People       []Person
}

// groups keeps the order in which the circle's file names people and organisations.
func groups(people []Person) []group {
	var out []group
	for _, p := range people {
		i := slices.IndexFunc(out, func(g group) bool { return g.Organisation == p.Organisation })
		if i < 0 {
			out, i = append(out, group{Organisation: p.Organisation}), len(out)
		}
		out[i].People = append(out[i].People, p)
	}
	return out
}

// asked is what the page sends. Each request reads the fields that it needs.
type asked struct {
	As      string            `json:"as"`
	Lang    locale.Lang       `json:"lang"`
	Channel string            `json:"channel"`
	Thread  string            `json:"thread"`
	Text    string            `json:"text"`
	Message string            `json:"message"`
	Emoji   string            `json:"emoji"`
	On      bool              `json:"on"`
	Button  string            `json:"button"`
	Values  map[string]string `json:"values"`
	Room    string            `json:"room"`
	Seq     int               `json:"seq"`
	Hours   float64           `json:"hours"` // to move the clock by; 0: to the next thing due
}

// act reads a request of the page, does it and answers with JSON: what do returns, or a sentence that says why not.
func act(do func(asked) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); media != "application/json" {
			// A form of another site can send text, but not this type without asking first.
			fail(w, spoken(r), http.StatusUnsupportedMediaType, errors.New(media))
			return
		}
		var a asked
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostJSON)).Decode(&a); err != nil {
			fail(w, spoken(r), http.StatusBadRequest, err)
			return
		}
		out, err := do(a)
		if err != nil {
			fail(w, a.Lang, http.StatusConflict, err)
			return
		}
		answer(w, http.StatusOK, out)
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

// fail puts an error into a sentence of the reader's language.
func fail(w http.ResponseWriter, lang locale.Lang, status int, err error) {
	var tooLarge *http.MaxBytesError
	text := locale.T("playground.failed", "cause", err.Error())
	switch {
	case errors.As(err, &tooLarge):
		text, status = locale.T("playground.too_large"), http.StatusRequestEntityTooLarge
	case errors.Is(err, ErrNobody):
		text = locale.T("playground.nobody")
	case errors.Is(err, ErrNowhere):
		text = locale.T("playground.nowhere")
	case errors.Is(err, ErrNoForm):
		text = locale.T("playground.no_form")
	case errors.Is(err, ErrClosed):
		text = locale.T("playground.closed")
	}
	answer(w, status, map[string]string{"error": text.In(lang)})
}

func (s *site) say(a asked) (any, error) {
	id, err := s.server.Say(a.As, chat.Place{Channel: a.Channel, Thread: a.Thread}, a.Text)
	return map[string]string{"id": id}, err
}

func (s *site) react(a asked) (any, error) {
	return nil, s.server.setReaction(a.As, a.Message, a.Emoji, a.On)
}

func (s *site) press(a asked) (any, error)   { return nil, s.server.Press(a.As, a.Message, a.Button) }
func (s *site) submit(a asked) (any, error)  { return nil, s.server.Submit(a.As, a.Values) }
func (s *site) dismiss(a asked) (any, error) { return nil, s.server.Dismiss(a.As) }
func (s *site) read(a asked) (any, error)    { return nil, s.server.MarkRead(a.As, a.Room, a.Seq) }

// furthest is how far the page may move the clock at once.
const furthest = 400 * 24 * time.Hour

// moved is what came of moving the clock, for whoever moved it: a page on which nothing changes must say so.
type moved struct {
	Now     time.Time `json:"now"`
	Running bool      `json:"running"` // otherwise there was no bot to say anything
	Found   bool      `json:"found"`   // something fell due, where that was asked for
	Rooms   []string  `json:"rooms"`   // where the bot said something that this person sees
	Others  []string  `json:"others"`  // to whom else it wrote, by handle
}

func (s *site) clock(a asked) (any, error) {
	if s.controls == nil {
		return nil, ErrNowhere
	}
	// Whoever looks at the page sees the date change, even when nobody says anything.
	defer s.server.nudge()
	before, found := s.server.Seq(), true
	var err error
	if a.Hours == 0 {
		found, err = s.controls.ToNext()
	} else {
		d := time.Duration(a.Hours * float64(time.Hour))
		if d < 0 || d > furthest {
			return nil, fmt.Errorf("%v", d)
		}
		err = s.controls.Advance(d)
	}
	rooms, others := told(s.server.Feed(before), a.As)
	return moved{s.controls.Now(), s.controls.Running(), found, rooms, others}, err
}

// told says where the bot has spoken to this person, and in private to which others. What it changed where it stood counts only when
// nothing was said besides: it rarely catches the eye.
func told(feed []Change, as string) (rooms, others []string) {
	said := func(c Change) bool { return c.FromBot() && c.Post != nil && c.Kind != Edited }
	if !slices.ContainsFunc(feed, said) {
		said = Change.FromBot
	}
	rooms, others = []string{}, []string{}
	for _, change := range feed {
		if !said(change) || change.Post == nil {
			continue
		}
		room := change.Post.Room
		private, only := strings.CutPrefix(room, "@")
		switch {
		case change.SeenBy(as) && !slices.Contains(rooms, room):
			rooms = append(rooms, room)
		case only && private != as && !slices.Contains(others, private):
			others = append(others, private)
		}
	}
	return rooms, others
}

func (s *site) bot(a asked) (any, error) {
	if s.controls == nil {
		return nil, ErrNowhere
	}
	defer s.server.nudge()
	if a.On {
		return nil, s.controls.Start()
	}
	return nil, s.controls.Stop()
}

// given hands a file that the bot gave to whoever sees its message: to be kept, or shown where it is a picture.
func (s *site) given(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	number, err := strconv.Atoi(q.Get("file"))
	f, ok := s.server.given(q.Get("as"), q.Get("message"), number)
	if err != nil || !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	w.Header().Set("Content-Type", "application/octet-stream")
	if strings.HasSuffix(f.Name, ".png") {
		w.Header().Set("Content-Type", "image/png")
	}
	_, _ = w.Write(f.Content) // whoever asked may have gone
}

// file takes a file as it is, its name in the address.
func (s *site) file(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Content-Type") != "application/octet-stream" {
		fail(w, spoken(r), http.StatusUnsupportedMediaType, errors.New(r.Header.Get("Content-Type")))
		return
	}
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostFile))
	if err != nil {
		fail(w, spoken(r), http.StatusBadRequest, err)
		return
	}
	id, err := s.server.SendFile(r.URL.Query().Get("as"), r.URL.Query().Get("name"), content)
	if err != nil {
		fail(w, spoken(r), http.StatusConflict, err)
		return
	}
	answer(w, http.StatusOK, map[string]string{"id": id})
}
