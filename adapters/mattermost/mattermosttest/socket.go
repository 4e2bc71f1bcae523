package mattermosttest

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"
)

// What the server keeps for a connection: so many events that it has sent, to send them again, and so many that it could not
// send yet. A connection that is broken for longer than patience is forgotten.
const (
	sentKept    = 128
	waitingKept = 256
	patience    = 5 * time.Minute

	pingEvery = 60 * time.Second
	pongWait  = 100 * time.Second
	authWait  = 5 * time.Second
)

// session is one connection_id. It outlives its socket.
type session struct {
	id       string
	user     string
	next     int64 // the number that the next event gets when it is sent
	sent     []*model.WebSocketEvent
	waiting  []*model.WebSocketEvent
	socket   *socket // nil while broken
	brokenAt time.Time
	deaf     bool // it is told nothing any more
}

// socket is one open WebSocket. bell rings when something waits.
type socket struct {
	conn *websocket.Conn
	bell chan struct{}
	gone chan struct{}
	once sync.Once
}

func (k *socket) close() {
	k.once.Do(func() { close(k.gone) })
	k.conn.Close()
}

func (k *socket) ring() {
	select {
	case k.bell <- struct{}{}:
	default:
	}
}

// publish puts an event before all connections of these users. s.mu is held.
func (s *Server) publish(e *model.WebSocketEvent, users []string) {
	times := 1
	if s.duplicates > 0 {
		s.duplicates--
		times = 2
	}
	for _, session := range slices.Clone(s.sessions) {
		if session.deaf || !slices.Contains(users, session.user) {
			continue
		}
		for range times {
			session.waiting = append(session.waiting, e)
		}
		if len(session.waiting) > waitingKept {
			s.drop(session)
			continue
		}
		if session.socket != nil {
			session.socket.ring()
		}
	}
}

// drop forgets a connection. s.mu is held.
func (s *Server) drop(gone *session) {
	s.sessions = slices.DeleteFunc(s.sessions, func(o *session) bool { return o == gone })
	if gone.socket != nil {
		gone.socket.close()
	}
}

func (s *Server) websocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, "GET /websocket")
	user := s.bearer(r)
	fault := s.fault("GET /websocket")
	s.mu.Unlock()
	if fault != nil {
		fault.answer(w)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // answered by Upgrade
	}
	k := &socket{conn: conn, bell: make(chan struct{}, 1), gone: make(chan struct{})}
	if user == nil {
		// They let anybody in, and wait for a token in a message before they hang up.
		time.AfterFunc(authWait, k.close)
		return
	}
	s.mu.Lock()
	session := s.take(user.Id, r.URL.Query().Get("connection_id"), r.URL.Query().Get("sequence_number"))
	if session.socket != nil {
		session.socket.close()
	}
	session.socket = k
	k.ring()
	s.mu.Unlock()
	go s.hear(k)
	s.speak(session, k)
	s.mu.Lock()
	if session.socket == k {
		session.socket, session.brokenAt = nil, s.now()
	}
	s.mu.Unlock()
}

// take takes a connection up again at the number that the client expects, or begins a new one with hello. s.mu is held.
func (s *Server) take(user, id, sequence string) *session {
	expected, err := strconv.ParseInt(sequence, 10, 64)
	old := find(s.sessions, func(o *session) bool { return o.id == id && o.user == user && id != "" })
	if old != nil && err == nil && (old.socket != nil || s.now().Sub(old.brokenAt) <= patience) {
		behind := old.next - expected
		if behind >= 0 && behind <= int64(len(old.sent)) {
			// Say again what the client has not seen.
			again := old.sent[int64(len(old.sent))-behind:]
			old.waiting = append(slices.Clone(again), old.waiting...)
			old.sent = old.sent[:int64(len(old.sent))-behind]
			old.next = expected
			return old
		}
	}
	if old != nil {
		s.drop(old)
	}
	fresh := &session{id: model.NewId(), user: user}
	hello := model.NewWebSocketEvent(model.WebsocketEventHello, "", "", user, nil, "")
	hello.Add("connection_id", fresh.id)
	hello.Add("server_version", "11.11.0")
	fresh.waiting = []*model.WebSocketEvent{hello}
	s.sessions = append(s.sessions, fresh)
	return fresh
}

// speak sends what waits, numbered, until the socket breaks.
func (s *Server) speak(session *session, k *socket) {
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
				raw, more := s.number(session, k)
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

// number takes the next event that waits, gives it its number and keeps it. An event that waits twice is sent twice under one
// number.
func (s *Server) number(session *session, k *socket) (raw []byte, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(session.waiting) == 0 || session.socket != k {
		return nil, false
	}
	e := session.waiting[0]
	session.waiting = session.waiting[1:]
	if last := len(session.sent) - 1; last >= 0 && session.sent[last] == e {
		session.next--
		session.sent = session.sent[:last]
	}
	raw, err := e.SetSequence(session.next).ToJSON()
	if err != nil {
		panic(err) // their own types
	}
	session.next++
	session.sent = append(session.sent, e)
	if extra := len(session.sent) - sentKept; extra > 0 {
		session.sent = slices.Clone(session.sent[extra:])
	}
	return raw, true
}

// hear reads what the client sends, pongs above all, and hangs up when nothing comes.
func (s *Server) hear(k *socket) {
	defer k.close()
	alive := func(string) error { return k.conn.SetReadDeadline(time.Now().Add(pongWait)) }
	k.conn.SetPongHandler(alive)
	for alive("") == nil {
		if _, _, err := k.conn.ReadMessage(); err != nil {
			if s.isMute() {
				<-k.gone // a dead line does not say that it is closed
			}
			return
		}
	}
}
