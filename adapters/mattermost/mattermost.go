// Package mattermost lets the bot live in a Mattermost server: it implements chat.Chat over their WebSocket and REST API, with
// a bot account's token and nothing else. No address of ours has to be reachable from the server: a mention or a private message
// stands for a command, a reaction for a button, words in a thread for a form. Where the server can reach us (Config.Callback), slash
// commands, real buttons and dialogs come by Handler.
//
// It translates and holds no rule of the product: which words mean what is decided in bot/command, what to say in
// bot/usecase, when to repeat a message in bot/outbox.
//
//	connect.go    their socket: hello, resuming, pings, pauses       resync.go   what was missed beyond their replay buffer
//	pulse.go      is a line that looks alive heard on?
//	events.go     theirs → ours; files.go: what people send         render.go   ours → theirs; escape.go: no text of a person's acts
//	callback.go   what the server calls us for                      dialog.go   forms as their dialogs;  words.go: forms without
//	post.go       messages that stay                                reply.go    answers to one person
//	channels.go   names and ids of places                           directory.go accounts;  fault.go: their errors → ours
package mattermost

import (
	"context"
	"crypto/sha256"
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

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// Config says which server to join, and as whom. Name, URL, Token and Team are needed.
type Config struct {
	Name  string // the connection's name in the circle's file
	URL   string // https://chat.example.org, with a path if the server lives under one
	Token string // of a bot account; it stands in no error and no log
	Team  string // the team's name as in its addresses

	// Channels are public channels, by name, that the bot joins when it connects. It stays in those it was invited to anyhow.
	Channels []string

	// Callback is the address at which the server reaches Handler, without a slash at its end. Empty: it cannot, and buttons and
	// forms are answered by reactions and words.
	Callback string
	// CommandToken is what the server says by which a slash command proves itself. Empty: there is no slash command.
	CommandToken string

	// Now is the clock by which a call is dated, which bears no time of its own; time.Now if nil.
	Now func() time.Time

	// Pause is the first pause before reconnecting, one second if zero. It grows, with jitter, to a minute.
	Pause time.Duration

	// Dial opens connections; the network's own, through the proxy of the environment, if nil.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	Log *slog.Logger
}

// Chat is one bot account on one Mattermost server.
type Chat struct {
	config Config
	api    *model.Client4
	log    *slog.Logger

	key     [sha256.Size]byte // of our proofs
	hear    atomic.Pointer[chat.Hear]
	refused atomic.Int64 // calls that proved nothing

	noEphemeral atomic.Bool // the server has refused one: answers go by private message from then on

	mu       sync.Mutex
	me       *model.User               // the bot's account, once asked
	teamID   string                    // of Config.Team, once asked
	byName   map[string]*model.Channel // by name, in the team
	byID     map[string]*model.Channel
	directly map[string]string                 // private channels by account
	tries    map[string]int                    // that failed, by file
	open     map[string]chan map[string]string // forms that wait for what the bot says of them
}

var _ chat.Chat = (*Chat)(nil)

// callTimeout is how long one call to the server may take. Their own limit for a request is 30 s.
const callTimeout = 20 * time.Second

// New prepares a connection. It makes no call: what the server says of the token comes out of Listen.
func New(c Config) (*Chat, error) {
	var faults []error
	for what, value := range map[string]string{"name": c.Name, "url": c.URL, "token": c.Token, "team": c.Team} {
		if strings.TrimSpace(value) == "" {
			faults = append(faults, fmt.Errorf("mattermost %q: no %s is given", c.Name, what))
		}
	}
	address, err := url.Parse(c.URL)
	if err != nil || c.URL != "" && (address.Host == "" || address.Scheme != "http" && address.Scheme != "https") {
		// The parser's own error would quote the address, and with it a password that somebody wrote into it.
		faults = append(faults, fmt.Errorf("mattermost %q: the url is not of the form https://chat.example.org", c.Name))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	if c.Pause == 0 {
		c.Pause = time.Second
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if c.Dial != nil {
		transport.Proxy, transport.DialContext = nil, c.Dial
	}
	c.Callback = strings.TrimRight(c.Callback, "/")
	api := model.NewAPIv4Client(c.URL)
	api.HTTPClient = &http.Client{Transport: transport}
	api.SetToken(c.Token)
	return &Chat{
		config: c, api: api, log: c.Log.With("chat", c.Name),
		byName: map[string]*model.Channel{}, byID: map[string]*model.Channel{}, directly: map[string]string{},
		tries: map[string]int{}, open: map[string]chan map[string]string{}, key: sha256.Sum256([]byte("sdcbot proofs " + c.Token)),
	}, nil
}

// Name is the connection's name in the circle's file.
func (c *Chat) Name() string { return c.config.Name }

// Limits says what Mattermost takes. Without a callback address buttons come as a numbered menu answered by reactions, so
// Callbacks is false although chat.Pressed events do come. Whether ephemeral answers are allowed is known only once one was tried, so none is
// promised.
func (c *Chat) Limits() chat.Limits {
	return chat.Limits{MessageRunes: model.PostMessageMaxRunesV2, Callbacks: c.callable()}
}

// callable says whether the server can call us.
func (c *Chat) callable() bool { return c.config.Callback != "" }

// hook makes buttons that call us, or nil. What proves that a press comes from our server is bound to the button: nobody who presses
// one learns how to press another.
func (c *Chat) hook() hooks {
	if !c.callable() {
		return nil
	}
	return func(button string) *model.PostActionIntegration {
		return &model.PostActionIntegration{
			URL:     c.config.Callback + buttonPath,
			Context: map[string]any{contextButton: button, contextProof: c.proof("button", button)},
		}
	}
}

func (c *Chat) now() time.Time { return c.config.Now().UTC() }

// self returns the bot's own account.
func (c *Chat) self(ctx context.Context) (*model.User, error) {
	c.mu.Lock()
	me := c.me
	c.mu.Unlock()
	if me != nil {
		return me, nil
	}
	me, _, err := c.greet(ctx)
	return me, err
}

// greet asks the server who we are, and what time it is there. A revoked token comes out here, as ErrRefused.
func (c *Chat) greet(ctx context.Context) (*model.User, time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, response, err := c.api.GetMe(ctx, "")
	if err != nil {
		return nil, time.Time{}, c.fault("ask who we are", response, err, reading)
	}
	c.mu.Lock()
	c.me = me
	c.mu.Unlock()
	now, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		now = time.UnixMilli(me.UpdateAt) // a proxy that strips the date: too early is safe, events are known by their id
	}
	return me, now, nil
}
