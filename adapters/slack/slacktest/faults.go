package slacktest

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// Fault is something that goes wrong with one call.
type Fault struct {
	On     string // the method; any call if empty
	Error  string // their word for it, with status 200
	Status int    // else what is answered; 0: the connection breaks
	Header map[string]string
	Body   string
	Done   bool // what was asked is done all the same
}

// Fail makes the next calls that fit go wrong, once each.
func (s *Server) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		s.faults = append(s.faults, &f)
	}
}

// fault takes the first fault that fits. s.mu is held.
func (s *Server) fault(call string) *Fault {
	i := slices.IndexFunc(s.faults, func(f *Fault) bool { return f.On == "" || f.On == call })
	if i < 0 {
		return nil
	}
	f := s.faults[i]
	s.faults = slices.Delete(s.faults, i, i+1)
	return f
}

func (f *Fault) answer(w http.ResponseWriter) {
	if f.Error != "" {
		_ = json.NewEncoder(w).Encode(object{"ok": false, "error": f.Error})
		return
	}
	if f.Status == 0 {
		panic(http.ErrAbortHandler) // breaks the connection, and net/http says nothing of it
	}
	for name, value := range f.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(f.Body))
}

// Down makes the workspace unreachable and breaks all connections, or makes it reachable again.
func (s *Server) Down(down bool) {
	s.mu.Lock()
	s.down = down
	s.mu.Unlock()
	if down {
		s.Drop()
	}
}

// Drop breaks all sockets and connections.
func (s *Server) Drop() {
	s.mu.Lock()
	sockets := slices.Clone(s.sockets)
	for _, k := range sockets {
		s.leave(k)
	}
	s.mu.Unlock()
	for _, k := range sockets {
		k.close()
	}
	s.listener.Break()
}

// Forget drops what was not acknowledged, as Slack does after its last attempt.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.envelopes = nil
}

// Mute makes the sockets say nothing any more, pings neither, while they stay open: a line that is dead without notice. Sockets
// opened after Mute(false) speak again.
func (s *Server) Mute(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mute = yes
}

// Disconnect asks the app to leave its sockets, for that reason: "warning", "refresh_requested", "link_disabled", "too_many_websockets".
func (s *Server) Disconnect(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.sockets {
		k.leaving = true
		k.send(object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "slacktest"}})
	}
}

// Duplicate makes each of the next n events be sent twice.
func (s *Server) Duplicate(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.duplicates = n
}

// Lose makes the next n events be lost.
func (s *Server) Lose(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.losing = n
}

// Vanish takes away what only this user was shown, as when their client starts anew.
func (s *Server) Vanish(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = slices.DeleteFunc(s.messages, func(m *Message) bool { return m.Only == user })
}

// Revoke makes the tokens invalid.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
}

// Rate bounds how often a method may be called within a second, in each channel where it has one.
func (s *Server) Rate(method string, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rates[method] = times
}

// exceeded counts a call. s.mu is held.
func (s *Server) exceeded(method, channel string) bool {
	most, bounded := s.rates[method]
	if !bounded {
		return false
	}
	key, now := method+" "+channel, s.now()
	s.calls[key] = slices.DeleteFunc(s.calls[key], func(at time.Time) bool { return now.Sub(at) >= time.Second })
	if len(s.calls[key]) >= most {
		return true
	}
	s.calls[key] = append(s.calls[key], now)
	return false
}

// Requests lists what was called since the last time it was asked.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.requests
	s.requests = nil
	return out
}
