package slacktest

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// envelope is something that the app must acknowledge.
type envelope struct {
	id      string
	kind    string // events_api, slash_commands, interactive
	payload object
	view    *View   // a form that was sent
	sent    *socket // over which; nil: not yet
	tries   int
	made    time.Time
	done    chan struct{} // closed when it is acknowledged, or given up
}

const (
	// retried is how long Slack tries to deliver an event: at once, after a minute and after five.
	retried = 6 * time.Minute

	pingEvery = 20 * time.Second
	pongWait  = 60 * time.Second
)

// socket is one open WebSocket.
type socket struct {
	conn    *websocket.Conn
	leaving bool // it was asked to leave, and gets nothing more
	gone    chan struct{}
	once    sync.Once

	mu    sync.Mutex
	queue [][]byte
	bell  chan struct{}
}

func (k *socket) close() { k.once.Do(func() { close(k.gone); k.conn.Close() }) }

func (k *socket) send(v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain values
	}
	k.mu.Lock()
	k.queue = append(k.queue, raw)
	k.mu.Unlock()
	ring(k.bell)
}

func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

func (k *socket) next() (raw []byte, more bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.queue) == 0 {
		return nil, false
	}
	raw, k.queue = k.queue[0], k.queue[1:]
	return raw, true
}

func (s *Server) connectionsOpen(c *call) (object, error) {
	ticket := s.id("ticket")
	s.tickets[ticket] = true
	return object{"url": "ws://" + c.base + "/link?ticket=" + ticket}, nil
}

// link opens a socket, once for each address that was given out.
func (s *Server) link(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	s.requests = append(s.requests, "link")
	fault := s.fault("link")
	valid := s.tickets[ticket]
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if fault != nil {
		fault.answer(w)
		return
	}
	if !valid {
		http.Error(w, "no such ticket", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // answered by Upgrade
	}
	k := &socket{conn: conn, gone: make(chan struct{}), bell: make(chan struct{}, 1)}
	s.mu.Lock()
	s.sockets = append(s.sockets, k)
	k.send(object{"type": "hello", "num_connections": len(s.sockets), "connection_info": object{"app_id": "A1"}, "debug_info": object{"host": "slacktest"}})
	s.deliver()
	s.mu.Unlock()
	go s.hear(k)
	s.speak(k)
	s.mu.Lock()
	s.leave(k)
	s.mu.Unlock()
}

// leave takes a socket out: what was not acknowledged goes over the next, except what a person waits for. s.mu is held.
func (s *Server) leave(k *socket) {
	s.sockets = slices.DeleteFunc(s.sockets, func(o *socket) bool { return o == k })
	for _, e := range slices.Clone(s.envelopes) {
		if e.sent != k {
			continue
		}
		e.sent = nil
		if e.kind != "events_api" {
			s.settle(e, nil)
		}
	}
	s.deliver()
}

// tell tells the app of an event in a channel that it is in. s.mu is held.
func (s *Server) tell(channel string, event object) {
	if ch := s.channel(channel); ch == nil || !slices.Contains(ch.Members, s.bot.ID) {
		return
	}
	if s.losing > 0 {
		s.losing--
		return
	}
	payload := object{
		"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": s.id("Ev"), "event_time": s.now().Unix(), "event": event,
		"authorizations": []object{{"team_id": "T1", "user_id": s.bot.ID, "is_bot": true}},
	}
	s.post(&envelope{kind: "events_api", payload: payload})
	if s.duplicates > 0 {
		s.duplicates--
		s.post(&envelope{kind: "events_api", payload: payload})
	}
}

// post puts an envelope before the app. s.mu is held.
func (s *Server) post(e *envelope) {
	e.id, e.made, e.done = s.id("envelope-"), s.now(), make(chan struct{})
	s.envelopes = append(s.envelopes, e)
	s.deliver()
}

// deliver sends what waits, if there is somebody to send it to. s.mu is held.
func (s *Server) deliver() {
	if s.callback != nil {
		ring(s.calling)
		return
	}
	i := slices.IndexFunc(s.sockets, func(k *socket) bool { return !k.leaving })
	if i < 0 {
		return
	}
	k := s.sockets[i]
	for _, e := range slices.Clone(s.envelopes) {
		if e.sent != nil {
			continue
		}
		if s.now().Sub(e.made) > retried {
			s.settle(e, nil)
			continue
		}
		e.sent = k
		out := object{"envelope_id": e.id, "type": e.kind, "payload": e.payload, "accepts_response_payload": e.kind != "events_api"}
		if e.kind == "events_api" {
			out["retry_attempt"], out["retry_reason"] = e.tries, ""
		}
		e.tries++
		k.send(out)
	}
}

// Redeliver sends again what was not acknowledged, as Slack does after three seconds.
func (s *Server) Redeliver() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.envelopes {
		if e.kind == "events_api" {
			e.sent = nil
		}
	}
	s.deliver()
}

// Unacknowledged is how many envelopes the app has not acknowledged.
func (s *Server) Unacknowledged() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.envelopes)
}

// Send puts a message of Slack's on the sockets as it is: an event of an unknown type, one that is broken.
func (s *Server) Send(raw []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.sockets {
		k.mu.Lock()
		k.queue = append(k.queue, raw)
		k.mu.Unlock()
		ring(k.bell)
	}
}

// Probe sends an event that means nothing to the app. What it returns is closed when the app has acknowledged it, and so has heard
// all that came before.
func (s *Server) Probe() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := &envelope{kind: "events_api", payload: object{"type": "event_callback", "event": object{"type": "emoji_changed"}}}
	s.post(e)
	return e.done
}

// settle ends an envelope. answer is what came with the acknowledgement; a form without one closes. s.mu is held.
func (s *Server) settle(e *envelope, answer json.RawMessage) {
	s.envelopes = slices.DeleteFunc(s.envelopes, func(o *envelope) bool { return o == e })
	if e.view != nil {
		s.answered(e.view, answer)
	}
	close(e.done)
}

// Connected says whether the app has a socket open.
func (s *Server) Connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets) > 0 || s.callback != nil
}

func (s *Server) isMute() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mute
}

// speak sends what waits until the socket breaks.
func (s *Server) speak(k *socket) {
	defer k.close()
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case <-k.gone:
			return
		case <-ping.C:
			if s.isMute() {
				continue
			}
			if k.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(pongWait)) != nil {
				return
			}
		case <-k.bell:
			for !s.isMute() {
				raw, more := k.next()
				if !more {
					break
				}
				if k.conn.WriteMessage(websocket.TextMessage, raw) != nil {
					return
				}
			}
		}
	}
}

// hear reads acknowledgements, and hangs up when nothing comes.
func (s *Server) hear(k *socket) {
	defer k.close()
	if s.isMute() {
		k.conn.SetPingHandler(func(string) error { return nil })
	} else {
		k.conn.SetPingHandler(func(data string) error {
			if s.isMute() {
				return nil
			}
			return k.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(pongWait))
		})
	}
	for {
		_, raw, err := k.conn.ReadMessage()
		if err != nil {
			if s.isMute() {
				<-k.gone // a dead line does not say that it is closed
			}
			return
		}
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if json.Unmarshal(raw, &ack) != nil {
			continue
		}
		s.mu.Lock()
		if e := find(s.envelopes, func(e *envelope) bool { return e.id == ack.ID }); e != nil {
			s.settle(e, ack.Payload)
		}
		s.mu.Unlock()
	}
}

// CallBack makes the workspace call this handler with signed requests, instead of sending over a socket, one after the other until Close.
func (s *Server) CallBack(h http.Handler) {
	s.mu.Lock()
	s.callback, s.calling = h, make(chan struct{}, 1)
	s.mu.Unlock()
	go func() {
		for range s.calling {
			for s.callNext() {
			}
		}
	}()
}

// callNext makes the next call, and says whether there may be another.
func (s *Server) callNext() bool {
	s.mu.Lock()
	e := find(s.envelopes, func(e *envelope) bool { return e.sent == nil })
	h, now, down := s.callback, s.now(), s.down
	if e == nil || down {
		s.mu.Unlock()
		return false
	}
	e.sent = &socket{}
	s.mu.Unlock()
	send := func() bool {
		contentType, body := "application/json", e.json()
		if e.kind != "events_api" {
			contentType, body = "application/x-www-form-urlencoded", e.encoded()
		}
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, Signed(now, contentType, body))
		if answer.Code != http.StatusOK && e.kind == "events_api" {
			return false
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if slices.Contains(s.envelopes, e) {
			s.settle(e, bytes.TrimSpace(answer.Body.Bytes()))
		}
		return true
	}
	if e.view != nil {
		go send() // the app may take its time, and hears others meanwhile
		return true
	}
	if !send() {
		s.mu.Lock()
		e.sent = nil
		s.mu.Unlock()
		return false
	}
	return true
}

func (e *envelope) json() []byte {
	raw, err := json.Marshal(e.payload)
	if err != nil {
		panic(err) // plain values
	}
	return raw
}

func (e *envelope) encoded() []byte {
	if e.kind == "interactive" {
		return []byte(url.Values{"payload": {string(e.json())}}.Encode())
	}
	form := url.Values{}
	for name, value := range e.payload {
		form.Set(name, fmt.Sprint(value))
	}
	return []byte(form.Encode())
}

// Signed makes a request as Slack signs it.
func Signed(at time.Time, contentType string, body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(SigningSecret))
	mac.Write([]byte("v0:" + stamp + ":" + string(body)))
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

// within says whether a channel of the app's is where a person acts. s.mu is held.
func (s *Server) within(channel, user string) error {
	ch := s.channel(channel)
	if ch == nil || !slices.Contains(ch.Members, user) {
		return fmt.Errorf("%s is no member of channel %q", user, channel)
	}
	return nil
}
