// Package slacktest is a small Slack in memory, to test an adapter against and to play conversations on. It speaks the Web API, Socket Mode,
// response addresses, modals and files in Slack's own JSON, over HTTP and WebSocket, and keeps Slack's limits: sizes, counts, three
// seconds of a trigger, five uses of a response address, membership. What it refuses, and with which word, follows Slack's documentation.
//
// It stops where the adapter's needs stop: one workspace, one app, no scopes, no login. People act through methods, in people.go; faults.go
// breaks things on demand. It shares no type with the adapter, so that neither's misreading hides the other's.
package slacktest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"sdcbot/bot/chat/chatnet"
)

// Address is where the Web API is found, through Dial.
const Address = "http://slack.example/api/"

// The app's tokens and secret.
const (
	BotToken      = "xoxb-1-2-token-of-the-bot"
	AppToken      = "xapp-1-A1-token-of-the-app"
	SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5"
)

// Server is the workspace. Its methods may be called concurrently.
type Server struct {
	now      func() time.Time
	listener *chatnet.Listener
	http     *http.Server

	mu       sync.Mutex
	changed  *sync.Cond // a form's answer came
	latest   int64      // microseconds of the latest thing that happened: no two share one
	count    int        // for ids
	base     string     // of the addresses that are given out
	users    []*User
	bot      *User
	channels []*Channel
	messages []*Message // in order of posting
	files    map[string]*File
	views    map[string]*View // by user: what stands open
	triggers map[string]*trigger
	answers  map[string]*answer // response addresses, by their secret
	feed     []Change

	envelopes []*envelope // not acknowledged
	sockets   []*socket
	tickets   map[string]bool // addresses of sockets that were given out
	callback  http.Handler
	calling   chan struct{} // rings when there is something to call back with

	faults     []*Fault
	requests   []string
	rates      map[string]int
	calls      map[string][]time.Time
	down       bool
	mute       bool
	revoked    bool
	duplicates int
	losing     int
}

// User is an account.
type User struct {
	ID, Name, Email string
	Bot             bool
	Deleted         bool
}

// Channel is a conversation.
type Channel struct {
	ID, Name string
	Private  bool // by invitation
	Direct   string
	Members  []string
	Archived bool
}

// File is a file that somebody sent, or that the app uploaded.
type File struct {
	ID, Name, Alt string
	Content       []byte
	Channel       string // where it is shared; empty: nowhere yet
	uploaded      bool
}

// Message is a message as it stands.
type Message struct {
	Channel, TS, Thread string
	User                string
	Subtype             string
	Text                string
	Blocks              []Block
	Raw                 json.RawMessage // the blocks as they were sent
	Metadata            json.RawMessage
	Reactions           []Reaction
	Files               []*File
	Only                string // seen by this user alone, and gone when their client starts anew
	Edited              bool

	deleted bool
}

// Reaction is an emoji under a message, and who put it there.
type Reaction struct {
	Name  string
	Users []string
}

// View is a form that stands open.
type View struct {
	ID, Title, Callback, Metadata string
	Blocks                        []Block
	Raw                           json.RawMessage // the view as it was sent
	Values                        map[string]string
	Errors                        map[string]string

	user    string
	pending bool // sent, and not answered yet
}

// Change is something that people were shown, in order.
type Change struct {
	Kind    ChangeKind
	Message Message // Posted, Edited, Whispered
	View    View    // Opened, Refused
	User    string  // of Opened and Refused
}

// ChangeKind says what happened.
type ChangeKind string

// The kinds of changes.
const (
	Posted    ChangeKind = "posted"
	Edited    ChangeKind = "edited"
	Whispered ChangeKind = "whispered"
	Opened    ChangeKind = "opened"
	Refused   ChangeKind = "refused"
)

// New starts a workspace with an app called botName in it. now is its clock; time.Now if nil.
func New(botName string, now func() time.Time) *Server {
	if now == nil {
		now = time.Now
	}
	s := &Server{
		now: now, listener: chatnet.New(), base: strings.TrimSuffix(Address, "/api/"), files: map[string]*File{}, views: map[string]*View{}, triggers: map[string]*trigger{},
		answers: map[string]*answer{}, tickets: map[string]bool{}, rates: map[string]int{}, calls: map[string][]time.Time{},
	}
	s.changed = sync.NewCond(&s.mu)
	s.bot = &User{ID: s.id("U"), Name: botName, Bot: true}
	s.users = append(s.users, s.bot)
	s.http = &http.Server{Handler: s.handler()}
	go func() { _ = s.http.Serve(s.listener) }() // returns when Close closes the listener
	return s
}

// Serve answers on another listener too, for clients that cannot use Dial, until Close. The addresses that it gives out are there from then on.
func (s *Server) Serve(l net.Listener) {
	s.mu.Lock()
	s.base = "http://" + l.Addr().String()
	s.mu.Unlock()
	_ = s.http.Serve(l) // returns when Close closes the listener
}

// Close stops it and breaks all connections.
func (s *Server) Close() {
	s.Drop()
	s.http.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = true
	s.changed.Broadcast()
}

// Dial opens a connection to it, whatever the address.
func (s *Server) Dial(ctx context.Context, network, _ string) (net.Conn, error) {
	s.mu.Lock()
	down := s.down
	s.mu.Unlock()
	if down {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
	}
	return s.listener.Dial(ctx)
}

// Bot is the app's account.
func (s *Server) Bot() string { return s.bot.ID }

// id makes an id of their form. s.mu is held, or nobody else knows s.
func (s *Server) id(kind string) string {
	s.count++
	return fmt.Sprintf("%s%08X", kind, s.count)
}

// ts is the present instant, later than every one before. s.mu is held.
func (s *Server) ts() string {
	s.latest = max(s.now().UnixMicro(), s.latest+1)
	return fmt.Sprintf("%d.%06d", s.latest/1_000_000, s.latest%1_000_000)
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.api)
	mux.HandleFunc("GET /link", s.link)
	mux.HandleFunc("POST /respond/{secret}", s.respond)
	mux.HandleFunc("POST /upload/{file}", s.receive)
	mux.HandleFunc("GET /files/{file}/{name}", s.give)
	return mux
}

// call is one call of the Web API, while s.mu is held.
type call struct {
	base string // of our addresses, as the caller sees them
	args map[string]any
}

// text is an argument, whatever it was sent as.
func (c *call) text(name string) string {
	switch v := c.args[name].(type) {
	case nil:
		return ""
	case string:
		return v
	case bool, float64:
		return fmt.Sprint(v)
	default:
		raw, err := json.Marshal(v)
		if err != nil {
			panic(err) // it was JSON
		}
		return string(raw)
	}
}

// yes is a switch, which clients write in two ways.
func (c *call) yes(name string) bool { return c.text(name) == "true" || c.text(name) == "1" }

type object = map[string]any

// failure is an error that the Web API names.
type failure string

func (f failure) Error() string { return string(f) }

type method func(*Server, *call) (object, error)

var methods = map[string]method{
	"auth.test": (*Server).authTest, "apps.connections.open": (*Server).connectionsOpen,
	"chat.postMessage": (*Server).postMessage, "chat.postEphemeral": (*Server).postEphemeral, "chat.update": (*Server).update,
	"reactions.add": (*Server).reactionsAdd, "reactions.remove": (*Server).reactionsRemove, "reactions.get": (*Server).reactionsGet,
	"conversations.history": (*Server).history, "conversations.replies": (*Server).replies, "conversations.info": (*Server).info,
	"conversations.open": (*Server).open, "users.conversations": (*Server).conversations,
	"users.info": (*Server).userInfo, "users.lookupByEmail": (*Server).userByEmail, "users.list": (*Server).userList,
	"views.open": (*Server).viewsOpen, "files.getUploadURLExternal": (*Server).uploadURL,
	"files.completeUploadExternal": (*Server).completeUpload, "files.info": (*Server).fileInfo,
}

// api answers one call.
func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, name)
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	fault := s.fault(name)
	if fault != nil && !fault.Done {
		fault.answer(w)
		return
	}
	c, token := readCall(r)
	answer, err := s.perform(name, token, c)
	if fault != nil {
		fault.answer(w)
		return
	}
	if slow := (tooFast{}); errors.As(err, &slow) {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	if answer == nil {
		answer = object{}
	}
	answer["ok"] = err == nil
	if err != nil {
		answer["error"] = err.Error()
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// tooFast is a rate that was exceeded.
type tooFast struct{}

func (tooFast) Error() string { return "ratelimited" }

func (s *Server) perform(name, token string, c *call) (object, error) {
	do, known := methods[name]
	wanted := BotToken
	if name == "apps.connections.open" {
		wanted = AppToken
	}
	switch {
	case !known:
		return nil, failure("unknown_method")
	case token == "":
		return nil, failure("not_authed")
	case s.revoked || token != BotToken && token != AppToken:
		return nil, failure("invalid_auth")
	case token != wanted:
		return nil, failure("not_allowed_token_type")
	case s.exceeded(name, c.text("channel")):
		return nil, tooFast{}
	}
	return do(s, c)
}

// readCall reads arguments and token, which may come as a form, as JSON or in the header.
func readCall(r *http.Request) (c *call, token string) {
	c = &call{base: r.Host, args: object{}}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		_ = json.NewDecoder(r.Body).Decode(&c.args) // what is no JSON has no arguments
	} else if r.ParseForm() == nil {
		for name, values := range r.Form {
			c.args[name] = values[0]
		}
	}
	token, _ = strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = c.text("token")
	}
	return c, token
}

func (s *Server) authTest(*call) (object, error) {
	return object{"url": "https://rives.slack.example/", "team": "Rives", "team_id": "T1", "user": s.bot.Name, "user_id": s.bot.ID, "bot_id": "B1"}, nil
}

func (s *Server) user(id string) *User {
	return find(s.users, func(u *User) bool { return u.ID == id && id != "" })
}

func (s *Server) channel(id string) *Channel {
	return find(s.channels, func(ch *Channel) bool { return ch.ID == id && id != "" })
}

func (s *Server) message(channel, ts string) *Message {
	return find(s.messages, func(m *Message) bool { return m.Channel == channel && m.TS == ts && !m.deleted })
}

func find[T any](all []*T, is func(*T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i]
	}
	return nil
}
