// Package slack lets the bot live in a Slack workspace: it implements chat.Chat over Slack's Web API and Socket Mode, for which no
// address of ours has to be reachable; or, where a circle prefers that, over signed HTTP requests from Slack (Handler).
//
// It translates and holds no rule of the product: which words mean what is decided in bot/command, what to say in
// bot/usecase, when to repeat a message in bot/outbox. It never retries what it says, and keeps nothing but how far it has heard.
//
//	connect.go    their socket: opening, silence, pauses          receive.go   store, acknowledge, then work
//	decode.go     their JSON → what was done                      events.go    what was done → chat.Event
//	resync.go     what was missed                                 mark.go      how far was heard
//	render.go     messages → blocks; view.go: forms → modals      text.go      no text of a person's acts; texts cut by meaning
//	post.go       messages that stay                              reply.go     answers to one person
//	files.go      both ways                                       http.go      requests from Slack instead of the socket
//	channels.go   names and ids of places                         directory.go accounts;  fault.go: their errors → ours
package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"sdcbot/bot/chat"
)

// Config says which workspace to join, and as whom. Name, BotToken and one of AppToken and SigningSecret are needed.
type Config struct {
	Name     string // the connection's name in the circle's file
	BotToken string // xoxb-…; it stands in no error and no log, nor does any of the following

	AppToken      string // xapp-…, with connections:write: Socket Mode
	SigningSecret string // with no AppToken: Slack calls Handler

	// Load and Keep read and write the mark of how far was heard, a few kilobytes, wherever the caller keeps such things. Load returns
	// nothing the first time. Without them what happens while the program is down is not read back.
	Load func(ctx context.Context) ([]byte, error)
	Keep func(ctx context.Context, mark []byte) error

	// Pause is the first pause before reconnecting, one second if zero. It grows, with jitter, to sixty times that.
	Pause time.Duration
	// Patience is how long the acknowledgement of a form waits for its answer, so that faults show in place: 2.5 seconds if zero. Slack gives three.
	Patience time.Duration
	// Interval is the least time between two messages in one channel, for Limits: a second if zero, none if negative.
	Interval time.Duration

	// URL is where the Web API is found, with a slash at its end: Slack's own if empty.
	URL string
	// Dial opens connections; the network's own, through the proxy of the environment, if nil.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	Log *slog.Logger
}

// Chat is one app in one workspace.
type Chat struct {
	config Config
	api    *slack.Client
	client *http.Client
	log    *slog.Logger

	serverTime atomic.Int64 // of Slack's latest answer, in seconds
	refused    atomic.Int64 // requests to Handler that were not Slack's

	mu       sync.Mutex
	me       *self
	channels map[string]channel       // by id
	byName   map[string]string        // ids of channels
	directly map[string]string        // private channels by account
	people   map[string]chat.Profile  // by account, for names in texts
	handles  map[string]string        // accounts by handle, once the workspace was listed
	listedAt time.Time                // when that was
	pauses   map[string]time.Time     // until when a method is to be left alone
	seeds    map[chat.Ref][]string    // the reactions that we last put on messages
	waiting  map[string]chan *outcome // forms whose acknowledgement waits for its answer, by event
	ear      *ear                     // while Listen runs
}

// self is who the bot is there.
type self struct {
	User, Bot, Team string // ids
	Name            string
}

var _ chat.Chat = (*Chat)(nil)

const (
	// callTimeout is how long one call may take.
	callTimeout = 20 * time.Second
	// defaultPatience leaves Slack's three seconds some room for the way.
	defaultPatience = 2500 * time.Millisecond
	// defaultInterval is what Slack asks of apps: about a message a second in one channel.
	defaultInterval = time.Second
	// growth is how often the first pause goes into the longest.
	growth = 60
)

// New prepares a connection. It makes no call: what Slack says of the tokens comes out of Listen.
func New(c Config) (*Chat, error) {
	var faults []error
	for _, needed := range []struct{ what, value string }{{"name", c.Name}, {"bot token", c.BotToken}, {"app token and no signing secret", c.AppToken + c.SigningSecret}} {
		if strings.TrimSpace(needed.value) == "" {
			faults = append(faults, fmt.Errorf("slack %q: no %s is given", c.Name, needed.what))
		}
	}
	// Swapped tokens are the commonest mistake, and Slack's own answer does not name it.
	if c.BotToken != "" && !strings.HasPrefix(c.BotToken, "xoxb-") {
		faults = append(faults, fmt.Errorf("slack %q: the bot token does not begin with xoxb-", c.Name))
	}
	if c.AppToken != "" && !strings.HasPrefix(c.AppToken, "xapp-") {
		faults = append(faults, fmt.Errorf("slack %q: the app token does not begin with xapp-", c.Name))
	}
	if c.URL == "" {
		c.URL = slack.APIURL
	}
	if address, err := url.Parse(c.URL); err != nil || address.Host == "" {
		faults = append(faults, fmt.Errorf("slack %q: the url is not of the form %s", c.Name, slack.APIURL))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	if c.Pause == 0 {
		c.Pause = time.Second
	}
	if c.Patience == 0 {
		c.Patience = defaultPatience
	}
	if c.Interval == 0 {
		c.Interval = defaultInterval
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if c.Dial != nil {
		transport.Proxy, transport.DialContext = nil, c.Dial
	}
	out := &Chat{
		config: c, log: c.Log.With("chat", c.Name),
		channels: map[string]channel{}, byName: map[string]string{}, directly: map[string]string{}, people: map[string]chat.Profile{},
		pauses: map[string]time.Time{}, seeds: map[chat.Ref][]string{}, waiting: map[string]chan *outcome{},
	}
	out.client = &http.Client{Transport: clocked{transport, &out.serverTime}, Timeout: callTimeout}
	out.api = slack.New(c.BotToken, slack.OptionAppLevelToken(c.AppToken), slack.OptionAPIURL(c.URL), slack.OptionHTTPClient(out.client))
	return out, nil
}

// clocked notes what time it is at the other side.
type clocked struct {
	http.RoundTripper
	seconds *atomic.Int64
}

func (t clocked) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := t.RoundTripper.RoundTrip(r)
	if err == nil {
		if at, err := http.ParseTime(response.Header.Get("Date")); err == nil {
			t.seconds.Store(at.Unix())
		}
	}
	return response, err
}

// now is the instant of Slack's latest answer by Slack's own clock, or ours where it said none.
func (c *Chat) now() time.Time {
	if seconds := c.serverTime.Load(); seconds > 0 {
		return time.Unix(seconds, 0)
	}
	return time.Now()
}

// Name is the connection's name in the circle's file.
func (c *Chat) Name() string { return c.config.Name }

// Limits says what Slack takes. The characters are ours: a message may hold more, and nobody would read it.
func (c *Chat) Limits() chat.Limits {
	return chat.Limits{MessageRunes: messageRunes, Buttons: mostButtons, Callbacks: true, Ephemeral: true, Interval: max(c.config.Interval, 0)}
}

// Refused counts the requests to Handler that did not come from Slack, or came too late.
func (c *Chat) Refused() int64 { return c.refused.Load() }

// self returns who we are, asking once.
func (c *Chat) self(ctx context.Context) (*self, error) {
	c.mu.Lock()
	me := c.me
	c.mu.Unlock()
	if me != nil {
		return me, nil
	}
	return c.greet(ctx)
}

// greet asks Slack who we are. A revoked token comes out here, as ErrRefused.
func (c *Chat) greet(ctx context.Context) (*self, error) {
	var said *slack.AuthTestResponse
	err := c.call("auth.test", "", reading, func() (err error) {
		said, err = c.api.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	me := &self{User: said.UserID, Bot: said.BotID, Team: said.TeamID, Name: said.User}
	if me.User == "" {
		return nil, c.wrap("auth.test", chat.ErrUnavailable, "an answer without an account")
	}
	c.mu.Lock()
	c.me = me
	c.mu.Unlock()
	return me, nil
}
