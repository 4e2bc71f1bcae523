package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/gorilla/websocket"

	"sdcbot/bot/chat"
)

// The socket is read here and not by slack-go's socketmode: that opens connections without a pause when they drop at once, acknowledges by a
// queue of 20 that blocks, holds 50 events before it stops reading (and answering pings), and cannot acknowledge after the fact. See bot/DECISIONS.md.

const (
	// pingEvery and silence: Slack pings within 30 s, and we ping too; a line on which nothing came for so long is dead.
	pingEvery = 20 * time.Second
	silence   = 60 * time.Second
	// helloTime is how long Slack may take to say hello.
	helloTime = 10 * time.Second
	// steady is how long a connection must have held to be taken for a good one, after which pauses start small again.
	steady = 30 * time.Second
	// leaveTime is how long Slack keeps a line open after it has asked us to leave it.
	leaveTime = 15 * time.Second
	// queued is how many messages wait while one is heard; while the socket is read its pings are answered.
	queued = 1000
	// largest is how many bytes a message of theirs may have.
	largest = 4 << 20
)

// errAsked is their asking us to come again: for a change of servers, about every hour.
var errAsked = errors.New("asked to connect anew")

func (c *Chat) pausesFrom(first time.Duration) *backoff.ExponentialBackOff {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.Multiplier, pauses.MaxInterval = max(first, time.Microsecond), 2, growth*c.config.Pause
	return pauses
}

// Listen stays connected until ctx ends. What was said while no bot was listening is read back first. Without an app token it only makes
// Handler hear.
func (c *Chat) Listen(ctx context.Context, hear chat.Hear) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e := &ear{hear: hear}
	defer func() {
		c.mu.Lock()
		c.ear = nil
		c.mu.Unlock()
		e.leaving.Wait()
		e.mu.Lock()
		defer e.mu.Unlock()
		c.keep(context.WithoutCancel(ctx), e)
	}()
	pauses := c.pausesFrom(c.config.Pause)
	missed, connected := true, false
	for {
		began := time.Now()
		held, err := c.stay(ctx, e, &missed)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		// Once connected, only a token that is no longer valid is past mending: anything else may be a proxy at work.
		if connected = connected || held; errors.Is(err, errToken) || !connected && errors.Is(err, chat.ErrRefused) {
			return err
		}
		if held && time.Since(began) > steady {
			pauses.Reset()
		}
		pause := pauses.NextBackOff()
		if asked := (chat.TooFast{}); errors.As(err, &asked) {
			pause = max(pause, asked.Pause)
		}
		if errors.Is(err, errAsked) {
			c.log.Info("connecting anew", "why", err, "pause", pause)
		} else {
			c.log.Warn("connection lost", "err", err, "pause", pause)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// stay connects once and hears until the connection breaks or ctx ends. held says whether there was a connection; missed, whether something may
// have been missed before.
func (c *Chat) stay(ctx context.Context, e *ear, missed *bool) (held bool, err error) {
	me, err := c.greet(ctx)
	if err != nil {
		return false, err
	}
	e.mu.Lock()
	e.me = me
	err = c.recall(ctx, e)
	e.mu.Unlock()
	if err != nil {
		return false, err
	}
	if c.config.AppToken == "" {
		return true, c.hold(ctx, e, missed)
	}
	l, err := c.dial(ctx)
	if err != nil {
		return false, err
	}
	stop := context.AfterFunc(ctx, l.close)
	if err := c.arrive(ctx, e, missed); err != nil {
		l.close()
		return true, err
	}
	err = c.attend(ctx, e, l)
	if errors.Is(err, errAsked) {
		// What was sent before they hang up is still heard, beside the next line.
		e.leaving.Go(func() {
			defer stop()
			timer := time.AfterFunc(leaveTime, l.close)
			defer timer.Stop()
			_ = c.attend(ctx, e, l)
			l.close()
		})
		return true, err
	}
	stop()
	l.close()
	// What waits unheard was not acknowledged: Slack sends it again, or it is read back.
	*missed = true
	return true, err
}

// attend hears what comes over the line until it breaks, ctx ends or Slack asks us to come again.
func (c *Chat) attend(ctx context.Context, e *ear, l *line) error {
	for {
		select {
		case raw := <-l.frames:
			if err := c.frame(ctx, e, l, raw); err != nil {
				return err
			}
		case <-l.gone:
			return c.wrap("read", chat.ErrUnavailable, l.why())
		}
	}
}

// arrive tells that the chat answers, and reads back what was missed.
func (c *Chat) arrive(ctx context.Context, e *ear, missed *bool) error {
	c.mu.Lock()
	c.ear = e
	c.mu.Unlock()
	if err := c.persist(ctx, "say that the chat is back", func() error {
		return e.hear(ctx, chat.Event{Kind: chat.Back, Chat: c.config.Name})
	}); err != nil {
		return err
	}
	if *missed {
		if err := c.resync(ctx, e); err != nil {
			return err
		}
		*missed = false
	}
	return nil
}

// hold is stay where Slack calls us: nothing is open, so there is nothing to lose.
func (c *Chat) hold(ctx context.Context, e *ear, missed *bool) error {
	if err := c.arrive(ctx, e, missed); err != nil {
		return err
	}
	<-ctx.Done()
	return ctx.Err()
}

// line is an open socket. Its messages are read in the background as fast as they come.
type line struct {
	conn   *websocket.Conn
	frames chan []byte
	gone   chan struct{} // closed when the line is

	writing sync.Mutex
	once    sync.Once
	mu      sync.Mutex
	cause   string
}

func (l *line) close() {
	l.once.Do(func() { close(l.gone); l.conn.Close() })
}

func (l *line) fail(err error) {
	l.mu.Lock()
	if l.cause == "" {
		l.cause = err.Error()
	}
	l.mu.Unlock()
	l.close()
}

func (l *line) why() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cause
}

// dial asks for an address, opens the socket there and waits for hello.
func (c *Chat) dial(ctx context.Context) (*line, error) {
	var address string
	err := c.call("apps.connections.open", "", reading, func() (err error) {
		_, address, err = c.api.StartSocketModeContext(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: callTimeout}
	if c.config.Dial != nil {
		dialer.Proxy, dialer.NetDialContext = nil, c.config.Dial
	}
	// The address holds a ticket, so it stands in no error.
	hide := func(err error) string { return strings.ReplaceAll(err.Error(), address, "•••") }
	conn, response, err := dialer.DialContext(ctx, address, nil)
	if response != nil && response.Body != nil {
		response.Body.Close()
	}
	if err != nil {
		return nil, c.wrap("connect", chat.ErrUnavailable, hide(err))
	}
	conn.SetReadLimit(largest)
	l := &line{conn: conn, frames: make(chan []byte, queued), gone: make(chan struct{})}
	stop := context.AfterFunc(ctx, l.close)
	defer stop()
	if err := l.hello(); err != nil {
		l.close()
		return nil, c.wrap("connect", chat.ErrUnavailable, hide(err))
	}
	go l.listen()
	go l.ping()
	return l, nil
}

// hello waits for the first message, which says that the line is open.
func (l *line) hello() error {
	if err := l.conn.SetReadDeadline(time.Now().Add(helloTime)); err != nil {
		return err
	}
	_, raw, err := l.conn.ReadMessage()
	if err != nil {
		return err
	}
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil || e.Type != "hello" {
		return errors.New("no hello but " + e.Type + " " + e.Reason)
	}
	return nil
}

// listen reads until the line is gone. Whatever comes shows that it is alive.
func (l *line) listen() {
	alive := func() error { return l.conn.SetReadDeadline(time.Now().Add(silence)) }
	l.conn.SetPongHandler(func(string) error { return alive() })
	l.conn.SetPingHandler(func(data string) error {
		if err := alive(); err != nil {
			return err
		}
		return l.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(callTimeout))
	})
	for {
		if err := alive(); err != nil {
			l.fail(err)
			return
		}
		_, raw, err := l.conn.ReadMessage()
		if err != nil {
			l.fail(err)
			return
		}
		select {
		case l.frames <- raw:
		case <-l.gone:
			return
		}
	}
}

// ping asks for a sign of life.
func (l *line) ping() {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-l.gone:
			return
		case <-tick.C:
			if err := l.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(callTimeout)); err != nil {
				l.fail(err)
				return
			}
		}
	}
}

// acknowledge tells Slack that an envelope need not be sent again.
func (l *line) acknowledge(id string, payload any) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	if err := l.conn.SetWriteDeadline(time.Now().Add(callTimeout)); err != nil {
		return err
	}
	answer := map[string]any{"envelope_id": id}
	if payload != nil {
		answer["payload"] = payload
	}
	return l.conn.WriteJSON(answer)
}

// frame hears one message of the socket and acknowledges it.
func (c *Chat) frame(ctx context.Context, e *ear, l *line, raw []byte) error {
	var env envelope
	if err := json.Unmarshal(raw, &env); err != nil {
		// One unreadable message must not stop the others.
		c.log.Warn("an event was passed over", "err", err)
		return nil
	}
	if env.Type == "disconnect" {
		return c.disconnected(env.Reason)
	}
	if env.ID == "" {
		return nil
	}
	a, err := decode(env.Type, env.Payload)
	if err != nil {
		c.log.Warn("an event was passed over", "type", env.Type, "err", err)
	}
	if env.Type == "events_api" && renamed(env.Payload) {
		c.forget()
	}
	wait, err := c.receive(ctx, e, a)
	if err != nil {
		return err
	}
	if wait != nil {
		// The form waits for its answer while others are heard.
		go func() {
			if err := l.acknowledge(env.ID, wait(ctx)); err != nil {
				l.fail(err)
			}
		}()
		return nil
	}
	if err := l.acknowledge(env.ID, nil); err != nil {
		l.fail(err)
	}
	return nil
}

// disconnected is what to make of their hanging up.
func (c *Chat) disconnected(reason string) error {
	switch reason {
	case "link_disabled":
		return c.wrap("listen", chat.ErrUnavailable, "Socket Mode is switched off for this app")
	case "too_many_websockets":
		return c.wrap("listen", chat.ErrUnavailable, reason)
	}
	return c.wrap("listen", errAsked, reason)
}
