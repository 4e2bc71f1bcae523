package slacktest

import (
	"encoding/json"
	"time"
)

// trigger lets the app open one form, within three seconds.
type trigger struct {
	user string
	till time.Time
	used bool
}

const triggerTime = 3 * time.Second

// trigger makes one for what a person just did. s.mu is held.
func (s *Server) trigger(user string) string {
	id := s.id("trigger.")
	s.triggers[id] = &trigger{user: user, till: s.now().Add(triggerTime)}
	return id
}

func (s *Server) viewsOpen(c *call) (object, error) {
	t := s.triggers[c.text("trigger_id")]
	switch {
	case t == nil:
		return nil, failure("invalid_trigger_id")
	case t.used:
		return nil, failure("exchanged_trigger_id")
	case s.now().After(t.till):
		return nil, failure("expired_trigger_id")
	}
	v, err := readView([]byte(c.text("view")))
	if err != nil {
		return nil, err
	}
	t.used = true
	v.ID, v.user = s.id("V"), t.user
	s.views[t.user] = v
	s.opened(v)
	return object{"view": object{"id": v.ID, "type": "modal"}}, nil
}

func (s *Server) opened(v *View) {
	s.feed = append(s.feed, Change{Kind: Opened, User: v.user, View: v.copy()})
}

func (v *View) copy() View {
	out := *v
	out.Values, out.Errors = map[string]string{}, map[string]string{}
	for key, value := range v.Values {
		out.Values[key] = value
	}
	for key, value := range v.Errors {
		out.Errors[key] = value
	}
	return out
}

// readView reads a modal, if it is within the limits.
func readView(raw []byte) (*View, error) {
	var in struct {
		Type     string          `json:"type"`
		Title    *Text           `json:"title"`
		Submit   *Text           `json:"submit"`
		Callback string          `json:"callback_id"`
		Metadata string          `json:"private_metadata"`
		Blocks   json.RawMessage `json:"blocks"`
	}
	if json.Unmarshal(raw, &in) != nil || in.Type != "modal" || in.Title == nil || in.Submit == nil {
		return nil, failure("invalid_arguments")
	}
	blocks, err := readBlocks(in.Blocks)
	if err != nil {
		return nil, err
	}
	if err := checkView(in.Title, in.Submit, in.Metadata, blocks); err != nil {
		return nil, err
	}
	v := &View{Title: Shown(in.Title), Callback: in.Callback, Metadata: in.Metadata, Blocks: blocks, Raw: raw, Values: map[string]string{}}
	for _, b := range blocks {
		if b.Type == "input" {
			v.Values[b.ID] = b.Element.initial()
		}
	}
	return v, nil
}

// answered takes the answer to a form that was sent. s.mu is held.
func (s *Server) answered(v *View, raw json.RawMessage) {
	defer s.changed.Broadcast()
	v.pending = false
	var answer struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if len(raw) > 0 && json.Unmarshal(raw, &answer) != nil {
		return // Slack says that something went wrong, and the form stays
	}
	switch answer.Action {
	case "errors":
		v.Errors = map[string]string{}
		for key, fault := range answer.Errors {
			v.Errors[key] = unescape.Replace(fault)
		}
		s.feed = append(s.feed, Change{Kind: Refused, User: v.user, View: v.copy()})
	case "update":
		next, err := readView(answer.View)
		if err != nil {
			return
		}
		next.ID, next.user = v.ID, v.user
		s.views[v.user] = next
		s.opened(next)
	default:
		if s.views[v.user] == v {
			delete(s.views, v.user)
		}
	}
}

// View returns the form that stands open before somebody, once what they have sent is answered.
func (s *Server) View(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unpended()
	v, open := s.views[user]
	if !open {
		return View{}, false
	}
	return v.copy(), true
}

// unpended waits until every form that was sent is answered. s.mu is held.
func (s *Server) unpended() {
	for {
		waits := false
		for _, v := range s.views {
			waits = waits || v.pending
		}
		if !waits || s.down {
			return
		}
		s.changed.Wait()
	}
}

// Feed returns what people were shown from the n-th on, once every form that was sent is answered.
func (s *Server) Feed(n int) []Change {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unpended()
	return append([]Change(nil), s.feed[n:]...)
}
