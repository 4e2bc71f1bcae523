package mattermosttest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Fault is something that goes wrong with one request.
type Fault struct {
	On     string // the request begins so: "POST /posts"; any request if empty
	Status int    // what is answered; 0: the connection breaks
	Header map[string]string
	Body   string // instead of their own error
	Done   bool   // what was asked is done all the same
}

// Fail makes the next request that fits go wrong, once each.
func (s *Server) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		s.faults = append(s.faults, &f)
	}
}

// fault takes the first fault that fits the request. s.mu is held.
func (s *Server) fault(request string) *Fault {
	i := slices.IndexFunc(s.faults, func(f *Fault) bool { return strings.HasPrefix(request, f.On) })
	if i < 0 {
		return nil
	}
	f := s.faults[i]
	s.faults = slices.Delete(s.faults, i, i+1)
	return f
}

func (f *Fault) answer(w http.ResponseWriter) {
	if f.Status == 0 {
		panic(http.ErrAbortHandler) // breaks the connection, and net/http says nothing of it
	}
	for name, value := range f.Header {
		w.Header().Set(name, value)
	}
	if f.Body != "" {
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(f.Body))
		return
	}
	refuse(w, refusal(f.Status, "api.mattermosttest."+strconv.Itoa(f.Status)))
}

// Down makes the server unreachable for bots and breaks their connections, or makes it reachable again. What it remembers of them stays.
func (s *Server) Down(down bool) {
	s.mu.Lock()
	s.down = down
	s.mu.Unlock()
	if down {
		s.DropConnections()
	}
}

// DropConnections breaks all sockets and connections of bots. They can be taken up again.
func (s *Server) DropConnections() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.sessions {
		if session.socket != nil && s.user(session.user).IsBot {
			session.socket.close()
		}
	}
	s.listener.Break()
}

// Forget breaks all sockets, and what was kept to take them up again is lost, as when the server starts anew.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range slices.Clone(s.sessions) {
		s.drop(session)
	}
}

// Mute makes the sockets say nothing any more, pings neither, while they stay open: a line that is dead without notice. Sockets
// opened after Mute(false) speak again.
func (s *Server) Mute(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mute = yes
}

// Deafen makes the open connections of bots bring nothing any more, while they stay open and answer pings: what is behind them has
// forgotten them. New ones bring what happens.
func (s *Server) Deafen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.sessions {
		session.deaf = s.user(session.user).IsBot
	}
}

// Stall keeps all requests waiting for an answer, until Stall(false).
func (s *Server) Stall(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if yes {
		s.stalled = make(chan struct{})
	} else {
		close(s.stalled)
		s.stalled = nil
	}
}

func (s *Server) isMute() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mute
}

// Lose skips a number in what is sent to that user, as when an event was lost on the way.
func (s *Server) Lose(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.sessions {
		if session.user == user {
			session.next++
			session.sent = nil
		}
	}
}

// Duplicate makes each of the next n events be sent twice.
func (s *Server) Duplicate(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.duplicates = n
}

// AllowEphemeral grants bots the right to ephemeral posts.
func (s *Server) AllowEphemeral(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.whispers = yes
}

// Revoke makes a token invalid.
func (s *Server) Revoke(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tokens, token)
}

// Requests lists what was asked of it since the last call: method and path below /api/v4.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.requests
	s.requests = nil
	return out
}
