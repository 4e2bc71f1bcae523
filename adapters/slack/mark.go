package slack

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"sdcbot/bot/chat"
)

const (
	// overlap allows for messages that become visible in another order than that of their times.
	overlap = 10 * time.Second
	// mostRecent is how many ids are kept of what was heard in the overlap, mostMessages on how many messages we know the reactions: about
	// twice what is read back of a channel at once.
	mostRecent   = 200
	mostMessages = 400
	// keepEvery is how often the mark is kept at most for messages alone: what is between is heard twice after a crash, under the same ids.
	keepEvery = 5 * time.Second
)

// mark is how far was heard: the instant, in microseconds by Slack's clock, what came shortly before it, and which reactions stand on our
// recent messages as far as was told. The last is what lets a reaction that came or went meanwhile be told once, though Slack does not say when.
type mark struct {
	At        int64                          `json:"at"`
	Recent    []recent                       `json:"recent,omitempty"` // oldest first
	Reactions map[string]map[string]standing `json:"reactions,omitempty"`

	dirty  bool
	keptAt time.Time
}

type recent struct {
	ID      string `json:"id"`
	Channel string `json:"c"`
	At      int64  `json:"at"`
}

// standing is whether an emoji of somebody's stands on a message, and since when we know.
type standing struct {
	On bool  `json:"on"`
	At int64 `json:"at"`
}

func loadMark(raw []byte) mark {
	var m mark
	if len(raw) == 0 || json.Unmarshal(raw, &m) != nil || m.At <= 0 {
		return mark{}
	}
	return m
}

func (m *mark) write() []byte {
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err) // numbers and strings
	}
	return raw
}

func (m *mark) knows(id string) bool {
	return slices.ContainsFunc(m.Recent, func(r recent) bool { return r.ID == id })
}

// since is from when on there may be something that was not heard.
func (m *mark) since() int64 { return m.At - overlap.Microseconds() }

// heard moves the mark over an act that is stored.
func (m *mark) heard(a act) {
	m.dirty = true
	if a.At > m.At {
		m.At = a.At
	}
	if a.Emoji != "" {
		m.stands(a)
		return
	}
	at := a.At
	if at == 0 {
		at = m.At
	}
	m.Recent = append(m.Recent, recent{a.ID, a.Channel, at})
	if extra := len(m.Recent) - mostRecent; extra > 0 {
		m.Recent = slices.Delete(m.Recent, 0, extra)
	}
}

// stale says whether a change of a reaction tells nothing: it stands so already, or something later is known.
func (m *mark) stale(a act) bool {
	known, ok := m.Reactions[a.Channel+":"+a.On][a.From+" "+a.Emoji]
	return ok && (a.At < known.At || known.On == (a.Kind == chat.Reacted))
}

func (m *mark) stands(a act) {
	on := a.Channel + ":" + a.On
	if m.Reactions == nil {
		m.Reactions = map[string]map[string]standing{}
	}
	if m.Reactions[on] == nil {
		m.Reactions[on] = map[string]standing{}
	}
	m.Reactions[on][a.From+" "+a.Emoji] = standing{a.Kind == chat.Reacted, a.At}
	for len(m.Reactions) > mostMessages {
		delete(m.Reactions, m.oldest())
	}
}

// oldest is the message with reactions that was posted first.
func (m *mark) oldest() (oldest string) {
	least := int64(1<<63 - 1)
	for on := range m.Reactions {
		_, ts, _ := strings.Cut(on, ":")
		if at, _ := instant(ts); at < least {
			least, oldest = at, on
		}
	}
	return oldest
}
