package playground

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"sdcbot/bot/chat"
)

// heartbeat is how often a silent stream says that it is alive, and what time it is.
const heartbeat = 20 * time.Second

// status is what stands beside the talk: the time, and how the bot is.
type status struct {
	Now     time.Time `json:"now"`
	Running bool      `json:"running"`
	Pending int       `json:"pending"` // what people did that the bot has not taken yet
}

func (s *site) status() status {
	st := status{Now: s.server.Now(), Running: true, Pending: s.server.Pending()}
	if s.controls != nil {
		st.Now, st.Running = s.controls.Now(), s.controls.Running()
	}
	return st
}

// state answers with all that one person sees now. The stream goes on from its seq.
func (s *site) state(w http.ResponseWriter, r *http.Request) {
	as, lang := r.URL.Query().Get("as"), spoken(r)
	view, err := s.server.view(as)
	if err != nil {
		fail(w, lang, http.StatusNotFound, err)
		return
	}
	view["words"], view["lang"], view["status"] = pageWords()[lang], lang, s.status()
	answer(w, http.StatusOK, view)
}

// view is what one person sees: rooms, people, messages as they stand, the form before them, what they have read.
func (s *Server) view(as string) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.person(as); err != nil {
		return nil, err
	}
	posts := []Post{}
	for _, p := range s.order {
		if p.SeenBy(as) {
			posts = append(posts, shown(p.clone()))
		}
	}
	read := map[string]int{}
	for _, room := range append([]string{privateRoom(as)}, s.rooms()...) {
		read[room] = s.read[as+" "+room]
	}
	view := map[string]any{
		"id": s.id, "seq": s.seq, "as": as, "circle": s.setting.Circle, "zone": s.zone(),
		"people": s.setting.People, "channels": s.setting.Channels, "posts": posts, "read": read,
	}
	if f := s.forms[as]; f != nil && !f.Sent {
		view["form"] = f
	}
	return view, nil
}

func (s *Server) rooms() []string {
	var out []string
	for _, c := range s.setting.Channels {
		out = append(out, channelRoom(c))
	}
	return out
}

func (s *Server) zone() string {
	if s.setting.Zone == nil {
		return "UTC"
	}
	return s.setting.Zone.String()
}

func (s *Server) circle() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setting.Circle
}

// shown is a message without the content of its files: the page needs their names and sizes.
func shown(p Post) Post {
	p.Files, p.Message.Files = named(p.Files), named(p.Message.Files)
	return p
}

func named(files []chat.File) (names []chat.File) {
	for _, f := range files {
		names = append(names, chat.File{Name: f.Name, Alt: f.Alt})
	}
	return names
}

// nudge wakes whoever waits, although nothing was said.
func (s *Server) nudge() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wake()
}

// stream tells one person's tab, as server-sent events, what it sees from a seq on: "hello" with the server's id, "change" for each change, "status".
func (s *site) stream(w http.ResponseWriter, r *http.Request) {
	as, after := r.URL.Query().Get("as"), r.URL.Query().Get("after")
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		after = last // the browser connects again by itself, from where it was
	}
	seq, err := strconv.Atoi(after)
	if err != nil {
		fail(w, spoken(r), http.StatusBadRequest, err)
		return
	}
	s.server.mu.Lock()
	_, err = s.server.person(as)
	s.server.mu.Unlock()
	if err != nil {
		fail(w, spoken(r), http.StatusNotFound, err)
		return
	}
	control := http.NewResponseController(w)
	control.SetWriteDeadline(time.Time{}) // not every connection has one; a stream outlives any
	w.Header().Set("Content-Type", "text/event-stream")
	send(w, "hello", 0, map[string]string{"id": s.server.id})

	var told status
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for {
		s.server.mu.Lock()
		changes, changed, closed := s.server.feed(seq), s.server.changed, s.server.closed
		s.server.mu.Unlock()
		for _, c := range seenBy(changes, as) {
			send(w, "change", c.Seq, c)
		}
		if len(changes) > 0 {
			seq = changes[len(changes)-1].Seq
		}
		if now := s.status(); now != told {
			told = now
			send(w, "status", 0, now)
		}
		if control.Flush() != nil || closed {
			return
		}
		select {
		case <-changed:
		case <-alive.C:
		case <-r.Context().Done():
			return
		}
	}
}

// changes answers with what stream would tell, once: for tabs that are not looked at.
func (s *site) changes(w http.ResponseWriter, r *http.Request) {
	as := r.URL.Query().Get("as")
	seq, err := strconv.Atoi(r.URL.Query().Get("after"))
	if err != nil {
		fail(w, spoken(r), http.StatusBadRequest, err)
		return
	}
	answer(w, http.StatusOK, map[string]any{"id": s.server.id, "changes": seenBy(s.server.Feed(seq), as), "status": s.status()})
}

// seenBy is the part of a feed that one person sees, as the page takes it.
func seenBy(feed []Change, as string) []Change {
	out := []Change{}
	for _, c := range feed {
		if !c.SeenBy(as) {
			continue
		}
		if c.Post != nil {
			p := shown(*c.Post)
			c.Post = &p
		}
		out = append(out, c)
	}
	return out
}

// send writes one event. JSON holds no line break, so one data line is enough. What cannot be written shows at the next flush.
func send(w io.Writer, event string, id int, data any) {
	body, err := json.Marshal(data)
	if err != nil {
		panic(err) // only our own types come here
	}
	if id > 0 {
		fmt.Fprintf(w, "id: %d\n", id)
	}
	fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, body)
}
