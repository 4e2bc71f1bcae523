package main

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"sdcbot/adapters/mattermost"
	"sdcbot/adapters/sheet"
	"sdcbot/adapters/slack"
	"sdcbot/bot"
	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/config"
)

type serveCommand struct {
	Config     string `placeholder:"file" help:"operator.help.config-flag"`
	Playground bool   `help:"operator.help.serve.playground"`
	Port       *int   `placeholder:"number" help:"operator.help.serve.port"`
	Data       string `placeholder:"folder" help:"operator.help.serve.data"`
}

const (
	// stopTime is how long a stop may take before the program ends all the same. Nothing is half done then either: a transaction that was
	// cut off did not happen, and a promise that was being delivered is looked for at the next start.
	stopTime = 4500 * time.Millisecond

	// watchTime is how often the circle's file is looked at.
	watchTime = 2 * time.Second
)

// Run serves until it is told to stop.
func (k serveCommand) Run(c console) error {
	if k.Port != nil && (*k.Port < 0 || *k.Port > 65535) {
		return failure{code: exitUsage, says: locale.T("operator.bad-port", "port", strconv.Itoa(*k.Port))}
	}
	// The families' words are sorted while the database is opened: the first sentence need not wait for them.
	go intake.Read("", calendar.Day{})
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if k.Playground {
		return k.playground(ctx, c)
	}
	return k.circle(ctx, c)
}

// circle serves a real circle in its chats.
func (k serveCommand) circle(ctx context.Context, c console) error {
	c.env = withData(c.env, k.Data)
	loaded, err := c.load(k.Config)
	if err != nil {
		return err
	}
	log := logger(c.stderr, loaded.Log)
	marks := &marks{circle: loaded.Circle.ID}
	chats, err := connect(loaded, log, marks, func(name string) { c.say("operator.connected", "circle", loaded.Circle.Name, "chat", name) })
	if err != nil {
		return err
	}
	opened, err := openStore(ctx, loaded)
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }()
	marks.store = opened
	if err := opened.Lock(); err != nil {
		return inUse(storeFailure(err), loaded.Listen)
	}
	// Before the schema is touched: with a port in use there is nothing to undo.
	var listener net.Listener
	if address := listenAddress(loaded.Listen, k.Port); address != "" {
		if listener, err = listen(address); err != nil {
			return inUse(err, address)
		}
		defer func() { _ = listener.Close() }()
	}
	if err := opened.Migrate(ctx); err != nil {
		return storeFailure(err)
	}

	reloader := config.NewReloader(loaded, func(path string) (*config.Config, []config.Warning, error) { return config.Load(path, c.env) }, log)
	b := bot.New(bot.Options{Sheets: sheet.Sheets(), Store: opened, Circle: reloader.Circle, Handbook: reloader.Handbook, Chats: chats, Now: time.Now, NewID: rand.Text, Log: log})
	reloader.Reloaded = b.Wake // what stands in the channel follows who reads there
	follow(ctx, reloader)
	go giveBack(ctx, func() int64 { return done(b) })
	if listener != nil {
		mux := http.NewServeMux()
		health{opened.Check, func() *bot.Bot { return b }, chats}.register(mux)
		registerCalls(mux, chats)
		go answer(ctx, listener, mux, log)
		log.Info("health and metrics", "address", listener.Addr().String())
	}
	c.say("operator.connecting", "circle", loaded.Circle.Name, "chats", listed(chats))
	log.Info("started", "version", currentVersion(), "circle", loaded.Circle.ID, "chats", len(chats))
	return work(ctx, b, log)
}

// work runs the bot until ctx ends, and a little longer.
func work(ctx context.Context, b *bot.Bot, log *slog.Logger) error {
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		log.Info("stopping")
		select {
		case err = <-done:
		case <-time.After(stopTime):
			log.Warn("stopped without waiting any longer", "after", stopTime)
			return nil
		}
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	log.Info("stopped")
	return nil
}

// done counts what the bot has heard and done since it started.
func done(b *bot.Bot) int64 {
	state := b.Health()
	return state.Heard + state.Worked + state.Steps
}

// connect prepares the chats that the file names, and has tell called for each when it is reached. A circle without any has nobody to talk to.
func connect(loaded *config.Config, log *slog.Logger, marks *marks, tell func(name string)) ([]chat.Chat, error) {
	var chats []chat.Chat
	for _, m := range loaded.Mattermost {
		settings := mattermost.Config{
			Name: m.Name, URL: m.URL, Team: m.Team, Token: m.Token.Reveal(), Channels: []string{loaded.Circle.Channel}, Log: log,
			CommandToken: m.CommandToken.Reveal(),
		}
		if m.Callback != "" {
			settings.Callback = m.Callback + callbackPath(m.Name)
		}
		c, err := mattermost.New(settings)
		if err != nil {
			return nil, failure{exitConfig, locale.T("operator.chat-refused", "chat", m.Name, "cause", err.Error()), err}
		}
		chats = append(chats, &connection{Chat: c, tell: tell})
	}
	for _, s := range loaded.Slack {
		c, err := slack.New(slack.Config{
			Name: s.Name, BotToken: s.BotToken.Reveal(), AppToken: s.AppToken.Reveal(), SigningSecret: s.SigningSecret.Reveal(),
			Load: marks.load(s.Name), Keep: marks.keep(s.Name), Log: log,
		})
		if err != nil {
			return nil, failure{exitConfig, locale.T("operator.chat-refused", "chat", s.Name, "cause", err.Error()), err}
		}
		chats = append(chats, &connection{Chat: c, tell: tell})
	}
	if len(chats) == 0 {
		return nil, failure{code: exitConfig, says: locale.T("operator.no-chat", "file", loaded.Path)}
	}
	return chats, nil
}

// listed names the chats in a sentence.
func listed(chats []chat.Chat) []locale.Text {
	all := make([]locale.Text, len(chats))
	for i, c := range chats {
		all[i] = locale.Plain(c.Name())
	}
	return all
}

// listenAddress is the file's address with the port of the command line, where one is given.
func listenAddress(address string, port *int) string {
	if port == nil {
		return address
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host, _, _ = net.SplitHostPort(config.DefaultListen)
	}
	return net.JoinHostPort(host, strconv.Itoa(*port))
}

// withData lets the command line's folder win over the environment's, and so over the file's.
func withData(env func(string) string, folder string) func(string) string {
	if folder == "" {
		return env
	}
	return func(name string) string {
		if name == config.DataVariable {
			return folder
		}
		return env(name)
	}
}

// follow takes up changes of the circle's file, at SIGHUP and by itself, until ctx ends.
func follow(ctx context.Context, reloader *config.Reloader) {
	go reloader.Watch(ctx, watchTime)
	go onHangup(ctx, func() { _ = reloader.Reload() })
}

// onHangup calls f at each SIGHUP until ctx ends.
func onHangup(ctx context.Context, f func()) {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
			f()
		}
	}
}
