package mattermost

import (
	"context"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"
)

// A line may be open, answer pings and bring nothing: a proxy that lost what is behind it, a server that forgot us. So when nothing has
// come for a while we do something ourselves that the server tells all our connections: we write a preference of our own account. What does
// not come back on the line within a minute and a half shows that it is deaf.

const (
	quietFor     = 55 * time.Second
	echoedWithin = 30 * time.Second

	pulseName = "alive" // the preference
)

// pulse is when the latest event came on a line, and whether the line was found deaf.
type pulse struct {
	latest atomic.Int64 // nanoseconds
	deaf   atomic.Bool
}

func (p *pulse) beat() { p.latest.Store(time.Now().UnixNano()) }

func (p *pulse) since() time.Duration { return time.Since(time.Unix(0, p.latest.Load())) }

// feel closes a line that is deaf. It ends with ctx.
func (c *Chat) feel(ctx context.Context, conn *websocket.Conn, p *pulse, me *model.User) {
	for {
		if !wait(ctx, max(quietFor-p.since(), time.Second)) {
			return
		}
		if p.since() < quietFor {
			continue
		}
		if err := c.prod(ctx, me); err != nil {
			// Then it is the server that is away: the line breaks by itself, or falls silent.
			c.log.Info("the line could not be tried", "err", err)
			if !wait(ctx, quietFor) {
				return
			}
			continue
		}
		if !wait(ctx, echoedWithin) {
			return
		}
		if p.since() < quietFor {
			continue
		}
		c.log.Warn("the line is open but brings nothing: connecting anew", "quiet", p.since())
		p.deaf.Store(true)
		conn.Close()
		return
	}
}

// prod writes a preference of the bot's own account, of which the server tells its connections.
func (c *Chat) prod(ctx context.Context, me *model.User) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	response, err := c.api.UpdatePreferences(ctx, me.Id, model.Preferences{{
		UserId: me.Id, Category: markCategory, Name: pulseName, Value: strconv.FormatInt(time.Now().Unix(), 10),
	}})
	if err != nil {
		return c.fault("write a preference", response, err, reading)
	}
	return nil
}

// wait waits, and says whether ctx still goes on.
func wait(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
