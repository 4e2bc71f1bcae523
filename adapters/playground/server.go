package playground

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
)

// Person is somebody who can speak in the playground. Their account is their handle.
type Person struct {
	Handle       string `json:"handle"`
	Name         string `json:"name"`
	Organisation string `json:"organisation,omitempty"` // as people read it: Office A
	Email        string `json:"email,omitempty"`

	Language locale.Lang `json:"-"` // in which they read, by the circle's file; French when empty
}

// Setting is what a server is told when it opens.
type Setting struct {
	Circle   string         // its name, for the page
	Zone     *time.Location // in which the page shows the time; UTC when nil
	Channels []string       // by name, without #
	People   []Person
	Now      func() time.Time
}

// Errors that people get. The page puts them into words.
var (
	ErrNobody  = errors.New("no such person")
	ErrNowhere = errors.New("no such channel or message")
	ErrNoForm  = errors.New("no form is open")
	ErrClosed  = errors.New("the playground is closed")
)

// Server is the chat. All its methods may be called concurrently.
type Server struct {
	setting   Setting
	journal   *journal
	id        string
	delivery  chan struct{} // holds one token: who has it hands events to the bot
	mu        sync.Mutex    // guards everything below
	seq       int           // of the latest entry
	posts     map[string]*Post
	order     []*Post
	keys      map[string]string // room and key of a promise → id of the message
	forms     map[string]*OpenForm
	read      map[string]int         // person and room → seq of the latest change read
	languages map[string]locale.Lang // person → what they chose to read, once they chose
	changes   []Change
	events    []pending // not yet acknowledged, oldest first
	heard     map[chat.Handle]heard
	changed   chan struct{} // closed at every change, and replaced
	closed    bool
	moved     time.Duration // by which the server's clock is ahead of Setting.Now
	forgotten time.Time     // handles were last swept then
}

// pending is an event that the bot has not acknowledged.
type pending struct {
	seq   int
	event chat.Event
}

// heard is what is kept of an event so that it can be answered: who did it and where, and until when that makes sense.
type heard struct {
	seq     int
	person  string
	room    string
	thread  string
	form    bool      // it was the sending of a form
	expires time.Time // zero while not acknowledged
}

// handleLife is how long an event can be answered after the bot acknowledged it. Mattermost gives half an hour.
const handleLife = 30 * time.Minute

// Open reads the server's file, or begins it. With an empty path everything is in memory, and gone with the process.
func Open(path string, setting Setting) (*Server, error) {
	s := &Server{
		setting:   setting,
		delivery:  make(chan struct{}, 1),
		posts:     map[string]*Post{},
		keys:      map[string]string{},
		forms:     map[string]*OpenForm{},
		read:      map[string]int{},
		languages: map[string]locale.Lang{},
		heard:     map[chat.Handle]heard{},
		changed:   make(chan struct{}),
	}
	var err error
	s.journal, s.id, err = openJournal(path, strings.ToLower(rand.Text()[:8]), func(id string, e entry) {
		s.id = id
		s.apply(e)
	})
	if err != nil {
		return nil, fmt.Errorf("playground: %w", err)
	}
	return s, nil
}

// Close closes the file. Whoever waits for changes is woken; what is done after that is refused with ErrClosed.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	close(s.changed)
	return s.journal.close()
}

// Meet tells the server who belongs to the circle now and where it speaks, after its file was reloaded.
func (s *Server) Meet(channels []string, people []Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setting.Channels, s.setting.People = slices.Clone(channels), slices.Clone(people)
	s.wake()
}

// People lists who can speak here.
func (s *Server) People() []Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.setting.People)
}

// Channels lists where everybody can speak, by name.
func (s *Server) Channels() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.setting.Channels)
}

// Now is the server's clock: Setting.Now, ahead by what it was moved. It is the rehearsal's, for the bot as well.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

func (s *Server) now() time.Time { return s.setting.Now().Add(s.moved) }

// Move puts the clock forward by d, for good: it is kept in the file.
func (s *Server) Move(d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d <= 0 {
		return nil // time does not go back, not even here
	}
	return s.do(entry{Kind: entryMoved, Moved: s.moved + d})
}

// Rooms are named "#commun" for a channel and "@dsi-a" for the private conversation between a person and the bot.
func channelRoom(name string) string   { return "#" + name }
func privateRoom(handle string) string { return "@" + handle }

// person finds somebody by handle; s.mu is held.
func (s *Server) person(handle string) (Person, error) {
	for _, p := range s.setting.People {
		if p.Handle == handle {
			return p, nil
		}
	}
	return Person{}, fmt.Errorf("%w: %q", ErrNobody, handle)
}

// do writes one entry and applies it; s.mu is held.
func (s *Server) do(e entry) error {
	if s.closed {
		return ErrClosed
	}
	e.Seq, e.At = s.seq+1, s.now().UTC()
	if err := s.journal.append(e); err != nil {
		return fmt.Errorf("playground: %w", err)
	}
	s.apply(e)
	s.wake()
	return nil
}

func (s *Server) wake() {
	if s.closed {
		return
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// name gives an entry's id: that of the message it posts and that of the event it is for the bot.
func (s *Server) name(seq int) string { return s.id + "-" + strconv.Itoa(seq) }

// apply makes an entry part of the state. It is the same for a new entry and for one read back, so it decides nothing and asks no clock.
func (s *Server) apply(e entry) {
	s.seq = e.Seq
	switch e.Kind {
	case entrySaid, entryCommanded, entrySent:
		s.put(&Post{ID: s.name(e.Seq), Seq: e.Seq, At: e.At, Room: e.Room, Thread: e.Thread, From: e.Person, Only: e.Only, Text: e.Text, Files: e.Files}, e.Seq)
	case entryPosted:
		p := &Post{ID: s.name(e.Seq), Seq: e.Seq, At: e.At, Room: e.Room, Thread: e.Thread, Only: e.Only, Message: *e.Message}
		if e.Key != "" {
			s.keys[e.Room+" "+e.Key] = p.ID
		}
		s.put(p, e.Seq)
	case entryEdited:
		if p := s.posts[e.ID]; p != nil {
			p.Message, p.Edited = *e.Message, e.At
			s.change(e.Seq, e.At, Edited, p)
		}
	case entryRemoved:
		if p := s.posts[e.ID]; p != nil {
			delete(s.posts, e.ID)
			s.order = slices.DeleteFunc(s.order, func(other *Post) bool { return other.ID == e.ID })
			if root := s.posts[p.Thread]; root != nil {
				root.Replies--
			}
			s.change(e.Seq, e.At, Removed, p)
		}
	case entryReacted, entryUnreacted:
		if p := s.posts[e.ID]; p != nil {
			p.react(e.Person, e.Emoji, e.Kind == entryReacted)
			s.change(e.Seq, e.At, Reacted, p)
		}
	case entryOpened:
		s.forms[e.Only] = &OpenForm{Form: *e.Form, Room: e.Room, Values: values(*e.Form)}
		s.changeForm(e, FormOpened)
	case entrySubmitted:
		if f := s.forms[e.Person]; f != nil {
			f.Sent, f.Errors, f.Values = true, nil, e.Values
		}
	case entryRefused:
		if f := s.forms[e.Only]; f != nil {
			f.Sent, f.Errors = false, e.Errors
			s.changeForm(e, FormRefused)
		}
	case entrySettled, entryDismissed:
		s.changeForm(e, FormClosed)
		delete(s.forms, e.Only)
	case entryRead:
		s.read[e.Person+" "+e.Room] = e.Upto
	case entryLanguage:
		s.languages[e.Person] = locale.Lang(e.Text)
	case entryMoved:
		s.moved = e.Moved
	case entryAcknowledged:
		s.acknowledged(e.Upto, e.At)
	}
	if event, ok := s.event(e); ok {
		s.events = append(s.events, pending{e.Seq, event})
		s.heard[event.Handle] = heard{seq: e.Seq, person: e.Person, room: e.Room, thread: e.Thread, form: e.Kind == entrySubmitted}
	}
}

// put adds a message.
func (s *Server) put(p *Post, seq int) {
	s.posts[p.ID] = p
	s.order = append(s.order, p)
	kind := Posted
	switch {
	case p.Only != "":
		kind = Whispered
	case p.Thread != "":
		kind = Threaded
		if root := s.posts[p.Thread]; root != nil {
			root.Replies++
		}
	}
	s.change(seq, p.At, kind, p)
}

// acknowledged forgets the events up to seq. They can be answered for a while from then.
func (s *Server) acknowledged(seq int, at time.Time) {
	for len(s.events) > 0 && s.events[0].seq <= seq {
		handle := s.events[0].event.Handle
		h := s.heard[handle]
		h.expires = at.Add(handleLife)
		s.heard[handle] = h
		s.events = s.events[1:]
	}
	if at.Sub(s.forgotten) > handleLife {
		s.forgotten = at
		for handle, h := range s.heard {
			if !h.expires.IsZero() && at.After(h.expires) {
				delete(s.heard, handle)
			}
		}
	}
}

// event says what an entry is to the bot, if it is anything.
func (s *Server) event(e entry) (chat.Event, bool) {
	id := s.name(e.Seq)
	event := chat.Event{ID: id, Chat: Name, At: e.At, From: e.Person, Text: e.Text, Handle: chat.Handle(id)}
	if channel, ok := strings.CutPrefix(e.Room, "#"); ok {
		event.Channel = channel
	} else {
		event.Private = true
	}
	if e.Thread != "" {
		event.Message = ref(e.Room, e.Thread)
	}
	switch e.Kind {
	case entrySaid:
		event.Kind = chat.Said
		event.Text, event.ToBot = withoutMention(e.Text)
	case entryCommanded:
		event.Kind = chat.Commanded
		_, event.Text, _ = cutCommand(e.Text)
	case entrySent:
		event.Kind, event.Files = chat.Sent, e.Files
	case entryReacted, entryUnreacted:
		event.Kind = chat.Reacted
		if e.Kind == entryUnreacted {
			event.Kind = chat.Unreacted
		}
		event.Emoji, event.Message = e.Emoji, ref(e.Room, e.ID)
	case entryPressed:
		event.Kind, event.Button, event.Message = chat.Pressed, e.Button, ref(e.Room, e.ID)
	case entrySubmitted:
		event.Kind, event.Form, event.Values = chat.Submitted, e.Form.ID, e.Values
	default:
		return chat.Event{}, false
	}
	return event, true
}

func ref(room, id string) chat.Ref { return chat.Ref{Chat: Name, Channel: room, ID: id} }
