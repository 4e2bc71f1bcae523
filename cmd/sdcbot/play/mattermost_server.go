package play

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/adapters/playground"
)

// Server is a real server to play on, by an administrator's leave.
type Server struct {
	URL   string
	Token string // an administrator's

	// Callback is the address (host:port) on which the bot listens for the server's calls, if it is to be called.
	Callback string
}

// cleaning is how long putting a server in order again may take.
const cleaning = time.Minute

// onServer prepares a team of its own on a real server, with channels, people and a bot; close archives and deactivates them: such a server
// deletes nothing.
func onServer(ctx context.Context, setting playground.Setting, at Server, calls bool) (g ground, err error) {
	m := &mattermostAdmin{api: model.NewAPIv4Client(strings.TrimRight(at.URL, "/")), mark: strings.ToLower(rand.Text()[:8])}
	m.api.SetToken(at.Token)
	g = ground{
		address: m.api.URL, http: &http.Client{}, team: "play-" + m.mark, username: "sdc-" + m.mark, real: true,
		channels: map[string]string{}, accounts: map[string]string{}, tokens: map[string]string{}, close: m.clean,
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("prepare %s: %w", at.URL, err), m.clean())
		}
	}()
	team, _, err := m.api.CreateTeam(ctx, &model.Team{Name: g.team, DisplayName: "Play " + m.mark, Type: model.TeamOpen})
	if err != nil {
		return g, err
	}
	g.teamID = team.Id
	m.later(func(ctx context.Context) error { _, err := m.api.SoftDeleteTeam(ctx, team.Id); return err })
	for _, name := range setting.Channels {
		ch, _, err := m.api.CreateChannel(ctx, &model.Channel{TeamId: team.Id, Name: name, DisplayName: name, Type: model.ChannelTypeOpen})
		if err != nil {
			return g, err
		}
		g.channels[name] = ch.Id
		m.later(func(ctx context.Context) error { _, err := m.api.DeleteChannel(ctx, ch.Id); return err })
	}
	if err := m.bot(ctx, &g); err != nil {
		return g, err
	}
	for _, p := range setting.People {
		if err := m.person(ctx, &g, p.Handle); err != nil {
			return g, err
		}
	}
	if calls {
		err = m.callable(ctx, &g, at.Callback)
	}
	return g, err
}

// mattermostAdmin prepares a server, and puts it in order again.
type mattermostAdmin struct {
	api  *model.Client4
	mark string // in the names of all that it makes: a server never forgets a name
	undo []func(context.Context) error
}

func (m *mattermostAdmin) later(undo func(context.Context) error) { m.undo = append(m.undo, undo) }

// clean undoes all that was made, last first, even when the play was interrupted.
func (m *mattermostAdmin) clean() error {
	ctx, cancel := context.WithTimeout(context.Background(), cleaning)
	defer cancel()
	var faults []error
	for i := len(m.undo) - 1; i >= 0; i-- {
		faults = append(faults, m.undo[i](ctx))
	}
	m.undo = nil
	return errors.Join(faults...)
}

// join makes an account a member of the team and of all channels.
func (m *mattermostAdmin) join(ctx context.Context, g *ground, account string) error {
	if _, _, err := m.api.AddTeamMember(ctx, g.teamID, account); err != nil {
		return err
	}
	for _, channel := range g.channels {
		if _, _, err := m.api.AddChannelMember(ctx, channel, account); err != nil {
			return err
		}
	}
	return nil
}

func (m *mattermostAdmin) bot(ctx context.Context, g *ground) error {
	bot, _, err := m.api.CreateBot(ctx, &model.Bot{Username: g.username, DisplayName: "sdc"})
	if err != nil {
		return err
	}
	g.bot = bot.UserId
	m.later(func(ctx context.Context) error { _, _, err := m.api.DisableBot(ctx, bot.UserId); return err })
	token, _, err := m.api.CreateUserAccessToken(ctx, bot.UserId, "play", 0)
	if err != nil {
		return err
	}
	g.token = token.Token
	m.later(func(ctx context.Context) error { _, err := m.api.RevokeUserAccessToken(ctx, token.Id); return err })
	return m.join(ctx, g, bot.UserId)
}

// person makes an account, and a token to act with: to log in would take the server longer.
func (m *mattermostAdmin) person(ctx context.Context, g *ground, handle string) error {
	password := rand.Text() + "a1!" // whatever the server wants of passwords
	name := handle + "-" + m.mark
	user, _, err := m.api.CreateUser(ctx, &model.User{Username: name, Email: name + "@play.example.com", Password: password})
	if err != nil {
		return err
	}
	m.later(func(ctx context.Context) error { _, err := m.api.UpdateUserActive(ctx, user.Id, false); return err })
	if err := m.join(ctx, g, user.Id); err != nil {
		return err
	}
	token, _, err := m.api.CreateUserAccessToken(ctx, user.Id, "play", 0)
	if err != nil {
		return err
	}
	g.accounts[handle], g.tokens[handle] = user.Id, token.Token
	return nil
}

// callable listens for the server's calls, and makes the slash command.
func (m *mattermostAdmin) callable(ctx context.Context, g *ground, address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	var now atomic.Pointer[http.Handler] // of the bot that lives now
	there := &http.Server{ReadHeaderTimeout: mattermostPatience, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		(*now.Load()).ServeHTTP(w, r)
	})}
	go func() { _ = there.Serve(listener) }() // until it is closed
	m.later(func(context.Context) error { return there.Close() })
	g.mount = func(h http.Handler) { now.Store(&h) }
	g.callback = "http://" + listener.Addr().String()
	command, _, err := m.api.CreateCommand(ctx, &model.Command{
		TeamId: g.teamID, Trigger: "sdc", Method: model.CommandMethodPost, URL: g.callback + "/command", DisplayName: "sdc",
	})
	if err != nil {
		return err
	}
	g.command = command.Token
	m.later(func(ctx context.Context) error { _, err := m.api.DeleteCommand(ctx, command.Id); return err })
	return nil
}
