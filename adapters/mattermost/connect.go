package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// The server pings every 60 s; a line on which nothing came for this long is dead. longestPause bounds the pauses between
// attempts, and a connection that held for steady is taken for a good one, after which they start small again.
const (
	silence      = 100 * time.Second
	longestPause = time.Minute
	steady       = 30 * time.Second
)

// line is a connection that can be taken up again: the server keeps what it sent under the connection's name, numbered, for
// five minutes and 128 events, and repeats it from the number that we ask for. Asking for the number of an event that could
// not be stored is how we do not acknowledge it.
type line struct {
	name   string // connection_id of hello; empty before the first
	next   int64  // number of the event that we expect
	behind bool   // something was missed that only resync can bring
}

// Listen stays connected until ctx ends. What was said while no bot was listening is read back first.
func (c *Chat) Listen(ctx context.Context, hear chat.Hear) error {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.Multiplier, pauses.MaxInterval = c.config.Pause, 2, longestPause
	c.hear.Store(&hear)
	defer c.hear.CompareAndSwap(&hear, nil)
	var at line
	heard := &mark{more: make(chan struct{}, 1)}
	defer func() {
		c.mu.Lock()
		me := c.me
		c.mu.Unlock()
		c.keep(context.WithoutCancel(ctx), heard, me)
	}()
	for {
		began := time.Now()
		err := c.stay(ctx, hear, &at, heard)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		// Once connected, only a token that is no longer valid is past mending: anything else may be a proxy at work.
		if errors.Is(err, errToken) || at.name == "" && errors.Is(err, chat.ErrRefused) {
			return err
		}
		if time.Since(began) > steady {
			pauses.Reset()
		}
		pause := pauses.NextBackOff()
		if asked := (chat.TooFast{}); errors.As(err, &asked) {
			pause = max(pause, asked.Pause)
		}
		c.log.Warn("connection lost", "err", err, "pause", pause)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// stay connects once and hears until the connection breaks, an event cannot be stored, or ctx ends.
func (c *Chat) stay(ctx context.Context, hear chat.Hear, at *line, heard *mark) error {
	me, now, err := c.greet(ctx)
	if err != nil {
		return err
	}
	if err := c.settle(ctx); err != nil {
		return err
	}
	if err := c.recall(ctx, heard, me, now); err != nil {
		return err
	}
	conn, err := c.dial(ctx, at)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if err := hear(ctx, chat.Event{Kind: chat.Back, Chat: c.config.Name}); err != nil {
		return err
	}
	if at.behind {
		if err := c.resync(ctx, hear, me, heard); err != nil {
			return err
		}
		at.behind = false
	}
	// Beside the line somebody feels its pulse, and somebody reads back what a gap left for later.
	var beside sync.WaitGroup
	defer beside.Wait()
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	var life pulse
	var turn sync.Mutex
	life.beat()
	beside.Go(func() { c.feel(ctx, conn, &life, me) })
	beside.Go(func() { c.catchUp(ctx, hear, me, heard, &turn) })
	for {
		_, message, err := conn.ReadMessage()
		if life.deaf.Load() {
			at.name = "" // a new line, and what this one did not bring is read back
		}
		if err != nil {
			return fmt.Errorf("mattermost %s: read: %w: %s", c.config.Name, chat.ErrUnavailable, strings.ReplaceAll(err.Error(), c.config.Token, "•••"))
		}
		if err := conn.SetReadDeadline(time.Now().Add(silence)); err != nil {
			return err
		}
		life.beat()
		turn.Lock()
		err = c.take(ctx, message, hear, me, at, heard)
		turn.Unlock()
		if err != nil {
			return err
		}
	}
}

// settle joins the channels of the configuration, once a connection.
func (c *Chat) settle(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	c.forget()
	c.noEphemeral.Store(false)
	for _, name := range c.config.Channels {
		channel, err := c.named(ctx, name)
		if err == nil && channel.Type == model.ChannelTypeOpen {
			err = c.join(ctx, channel)
		}
		if errors.Is(err, chat.ErrRefused) {
			c.log.Error("a channel of the configuration cannot be joined", "channel", name, "err", err)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dial opens the socket, taking up the former connection where there is one. Their own client is not used: it cannot be
// interrupted, and it sends on closed channels when it is closed at the wrong moment.
func (c *Chat) dial(ctx context.Context, at *line) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	address := "ws" + strings.TrimPrefix(c.api.APIURL, "http") + "/websocket?" + url.Values{
		"connection_id": {at.name}, "sequence_number": {strconv.FormatInt(at.next, 10)},
	}.Encode()
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: callTimeout}
	if c.config.Dial != nil {
		dialer.Proxy, dialer.NetDialContext = nil, c.config.Dial
	}
	conn, response, err := dialer.DialContext(ctx, address, http.Header{"Authorization": {"Bearer " + c.config.Token}})
	if err != nil {
		// A refusal here is not believed: greet has just spoken to the server, and has the last word on the token.
		return nil, fmt.Errorf("mattermost %s: connect: %w: %s", c.config.Name, chat.ErrUnavailable, c.fault("dial", model.BuildResponse(response), err, reading).Error())
	}
	conn.SetReadLimit(model.SocketMaxMessageSizeKb * 1024)
	alive := func() error { return conn.SetReadDeadline(time.Now().Add(silence)) }
	conn.SetPingHandler(func(data string) error {
		if err := alive(); err != nil {
			return err
		}
		return conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(callTimeout))
	})
	return conn, alive()
}

// take hears one message of the socket. An error means that it was not stored: the connection must be taken up again at
// this very message.
func (c *Chat) take(ctx context.Context, message []byte, hear chat.Hear, me *model.User, at *line, heard *mark) error {
	f, err := decode(message)
	if err != nil {
		// One unreadable message must not stop the others. If its number is unknown too, the next one shows the gap.
		c.log.Warn("an event was passed over", "err", err)
	}
	switch {
	case f.Event == "":
		return nil
	case f.Event == model.WebsocketEventHello:
		// They say hello only on a new connection: the first, or when they have forgotten the one that we asked for.
		at.name, at.next, at.behind = f.Connection, f.Sequence+1, true
	case f.Sequence < at.next:
		return nil // said twice
	case f.Sequence > at.next:
		c.log.Warn("events were missed", "expected", at.next, "came", f.Sequence)
		at.next, at.behind = f.Sequence, true
	}
	if at.behind {
		if err := c.resync(ctx, hear, me, heard); err != nil {
			return err
		}
		at.behind = false
	}
	e, happened, err := c.event(ctx, f, me)
	if err != nil {
		return err
	}
	switch {
	case happened && !heard.knows(e.ID):
		if err := hear(ctx, e); err != nil {
			return fmt.Errorf("mattermost %s: store an event: %w", c.config.Name, err)
		}
		heard.heard(e.ID, e.At.UnixMilli())
	case f.Post != nil:
		heard.heard("", f.Post.CreateAt)
	}
	at.next = f.Sequence + 1
	if time.Since(heard.keptAt) >= keepEvery {
		c.keep(ctx, heard, me)
	}
	return nil
}

// event returns what a frame tells, if it is an event for us. What cannot be looked up because the bot has just been put
// out of a channel is none.
func (c *Chat) event(ctx context.Context, f frame, me *model.User) (chat.Event, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	switch {
	case f.Post != nil:
		return c.posted(ctx, f.Post, f.ChannelName, f.ChannelType, me)
	case f.Reaction != nil:
		e, happened, err := c.reacted(ctx, f.Reaction, f.ChannelID, f.Event == model.WebsocketEventReactionRemoved, me)
		if errors.Is(err, chat.ErrRefused) {
			c.log.Warn("a reaction was passed over", "err", err)
			return chat.Event{}, false, nil
		}
		return e, happened, err
	}
	return chat.Event{}, false, nil
}
