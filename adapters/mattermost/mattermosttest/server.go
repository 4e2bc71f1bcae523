// Package mattermosttest is a small Mattermost server in memory, to test an adapter against and to play conversations on. What
// it takes and returns is the JSON of their own types (server/public/model), over HTTP and WebSocket; what it refuses, and
// with which status, follows what a real server was seen to do.
//
// It stops where the adapter's needs stop: one team, no sessions but tokens, no rights but membership. People act through methods,
// in people.go, or over REST as their own clients do, with a token of theirs; what the server calls others for is in integrations.go;
// faults.go breaks things on demand.
package mattermosttest

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat/chatnet"
)

// Address is where the server is found, through Dial.
const Address = "http://mattermost.example"

// Server is the server. Its methods may be called concurrently.
type Server struct {
	now      func() time.Time
	listener *chatnet.Listener
	people   *chatnet.Listener // of people's own clients
	http     *http.Server

	mu         sync.Mutex
	latest     int64 // milliseconds of the latest thing that happened: no two share one
	team       *model.Team
	users      []*model.User
	tokens     map[string]string // user id by token
	channels   []*model.Channel
	members    map[string][]string // user ids by channel id
	posts      []*model.Post       // in order of posting
	reactions  map[string][]*model.Reaction
	ephemeral  []*model.PostEphemeral
	pending    map[string]pending // by pending_post_id
	files      map[string]File    // by id
	settings   map[string]string  // preferences: user/category/name
	sessions   []*session
	faults     []*Fault
	requests   []string
	commands   []command
	responses  map[string]*response
	cookies    map[string]pressable
	dialogs    map[string]*model.OpenDialogRequest // by account
	outgoing   *http.Client                        // nil: the server reaches nobody
	mounted    []*http.Server
	down       bool
	whispers   bool
	mute       bool
	stalled    chan struct{} // nil: nothing waits
	duplicates int
}

type pending struct {
	post string
	till time.Time
}

// pendingFor is how long the server remembers a pending_post_id.
const pendingFor = 30 * time.Second

// New starts a server with one team of that name. now is its clock; time.Now if nil.
func New(team string, now func() time.Time) *Server {
	if now == nil {
		now = time.Now
	}
	s := &Server{
		now: now, listener: chatnet.New(), people: chatnet.New(), team: &model.Team{Id: model.NewId(), Name: team, DisplayName: team},
		tokens: map[string]string{}, members: map[string][]string{}, reactions: map[string][]*model.Reaction{},
		pending: map[string]pending{}, files: map[string]File{}, settings: map[string]string{},
		responses: map[string]*response{}, cookies: map[string]pressable{}, dialogs: map[string]*model.OpenDialogRequest{},
	}
	s.http = &http.Server{Handler: s.handler()}
	for _, l := range []*chatnet.Listener{s.listener, s.people} {
		go func() { _ = s.http.Serve(l) }() // returns when Close closes the listener
	}
	return s
}

// Close stops it and breaks all connections.
func (s *Server) Close() {
	s.DropConnections()
	s.http.Close()
	for _, there := range s.mounted {
		there.Close()
	}
}

// Dial opens a connection to it, whatever the address.
func (s *Server) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	s.mu.Lock()
	down := s.down
	s.mu.Unlock()
	if down {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
	}
	return s.listener.Dial(ctx)
}

// Client speaks to it by HTTP, whatever the address, for people: Down and DropConnections are the bot's trouble alone.
func (s *Server) Client() *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: s.DialAsPerson}}
}

// DialAsPerson opens a connection for somebody's own client.
func (s *Server) DialAsPerson(ctx context.Context, _, _ string) (net.Conn, error) {
	return s.people.Dial(ctx)
}

// millis is the present instant, later than every one before. s.mu is held.
func (s *Server) millis() int64 {
	s.latest = max(s.now().UnixMilli(), s.latest+1)
	return s.latest
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, do func(*call) (any, *model.AppError)) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" "+model.APIURLSuffix+path, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, do) })
	}
	handle("GET /users/{user}", s.getUser)
	handle("GET /users/{user}/{what}", s.getOfUser) // /users/email/…, /users/username/…, /users/…/channels: one pattern, for they overlap
	handle("GET /users/{user}/preferences/{category}/name/{name}", s.getPreference)
	handle("PUT /users/{user}/preferences", s.putPreferences)
	handle("DELETE /users/{user}/posts/{post}/reactions/{emoji}", s.deleteReaction)
	handle("GET /teams/name/{team}", s.getTeam)
	handle("GET /teams/{team}/channels/name/{channel}", s.getChannelByName)
	handle("GET /channels/{channel}", s.getChannel)
	handle("GET /channels/{channel}/posts", s.getPosts)
	handle("POST /channels/direct", s.postDirect)
	handle("POST /channels/{channel}/members", s.postMember)
	handle("POST /files", s.postFile)
	handle("GET /files/{file}/info", s.getFileInfo)
	handle("POST /posts", s.postPost)
	handle("POST /posts/{post}/actions/{action}", s.postAction)
	handle("POST /commands/execute", s.postCommand)
	handle("POST /actions/dialogs/open", s.openDialog)
	handle("POST /actions/dialogs/submit", s.submitDialog)
	handle("POST /posts/ephemeral", s.postEphemeral)
	handle("GET /posts/{post}", s.getPost)
	handle("GET /posts/{post}/reactions", s.getReactions)
	handle("PUT /posts/{post}/patch", s.patchPost)
	handle("POST /reactions", s.postReaction)
	mux.HandleFunc("GET "+model.APIURLSuffix+"/websocket", s.websocket)
	mux.HandleFunc("GET "+model.APIURLSuffix+"/files/{file}", s.getFile)
	mux.HandleFunc("POST /hooks/commands/{hook}", s.answerCommand)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, refusal(http.StatusNotFound, "api.context.404.app_error"))
	})
	return mux
}

// call is one request, by somebody known, while s.mu is held.
type call struct {
	*http.Request
	user *model.User
}

// read decodes the body.
func (c *call) read(into any) *model.AppError {
	if err := json.NewDecoder(c.Body).Decode(into); err != nil {
		return refusal(http.StatusBadRequest, "api.context.invalid_body_param.app_error")
	}
	return nil
}

func refusal(status int, id string) *model.AppError {
	return model.NewAppError("mattermosttest", id, nil, "", status)
}

func refuse(w http.ResponseWriter, err *model.AppError) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(err.StatusCode)
	_, _ = w.Write([]byte(err.ToJSON()))
}

// serve answers one request of their REST API.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, do func(*call) (any, *model.AppError)) {
	s.mu.Lock()
	stalled := s.stalled
	s.mu.Unlock()
	if stalled != nil {
		<-stalled
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	request := r.Method + " " + strings.TrimPrefix(r.URL.Path, model.APIURLSuffix)
	s.requests = append(s.requests, request)
	fault := s.fault(request)
	if fault != nil && !fault.Done {
		fault.answer(w)
		return
	}
	user := s.bearer(r)
	if user == nil {
		refuse(w, refusal(http.StatusUnauthorized, "api.context.session_expired.app_error"))
		return
	}
	answer, err := do(&call{r, user})
	if fault != nil {
		fault.answer(w)
		return
	}
	if err != nil {
		refuse(w, err)
		return
	}
	raw, fail := json.Marshal(answer)
	if fail != nil {
		panic(fail) // their own types
	}
	w.Header().Set("Content-Type", "application/json")
	if r.Method == http.MethodPost {
		w.WriteHeader(http.StatusCreated)
	}
	_, _ = w.Write(raw)
}

// bearer returns whose token the request bears. s.mu is held.
func (s *Server) bearer(r *http.Request) *model.User {
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "bearer") {
		return nil
	}
	return s.user(s.tokens[token])
}

func (s *Server) user(id string) *model.User {
	return find(s.users, func(u *model.User) bool { return u.Id == id && id != "" })
}

func (s *Server) channel(id string) *model.Channel {
	return find(s.channels, func(c *model.Channel) bool { return c.Id == id && id != "" })
}

func (s *Server) post(id string) *model.Post {
	return find(s.posts, func(p *model.Post) bool { return p.Id == id && id != "" && p.DeleteAt == 0 })
}

func (s *Server) member(channel, user string) bool { return slices.Contains(s.members[channel], user) }

func find[T any](all []*T, is func(*T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i]
	}
	return nil
}
