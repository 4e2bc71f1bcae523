package play

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"

	"sdcbot/adapters/playground"
	"sdcbot/adapters/sheet"
	"sdcbot/bot"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/purchase"
	"sdcbot/config"
)

// Options say how a conversation is played.
type Options struct {
	On              string  // the chat: playground (or empty), slack, mattermost
	Calls           bool    // the chat's server can call the bot: real buttons, forms and commands where it has them
	Server          *Server // a real server; nil: one in memory
	Postgres        string  // address of a database in which each conversation gets a schema of its own; empty: SQLite in memory
	Verbose         bool    // prints what is said
	CrashEverywhere bool    // see Player

	start func(bot.Options) Bot // nil: bot.New
}

// File plays the conversation at path on a fresh circle and an empty database. What failed, and with Verbose what was said, is
// written to out. An error is a conversation that cannot be played at all: a *Fault in it, config.Faults in its circle, or no database.
func File(ctx context.Context, path string, o Options, out io.Writer) (passed bool, err error) {
	_, failures, err := play(ctx, path, o, out)
	return err == nil && len(failures) == 0, err
}

// play is File, and returns what the stage showed.
func play(ctx context.Context, path string, o Options, out io.Writer) (_ *record, _ []Failure, err error) {
	script, err := Read(path)
	if err != nil {
		return nil, nil, err
	}
	loaded, _, err := config.LoadRehearsal(filepath.Join(filepath.Dir(path), script.Circle), func(string) string { return "" })
	if err != nil {
		return nil, nil, err
	}
	store, forget, err := emptyStore(ctx, o.Postgres)
	if err != nil {
		return nil, nil, err
	}
	defer forget()

	player := &Player{Zone: loaded.Circle.Zone, CrashEverywhere: o.CrashEverywhere}
	if o.Verbose {
		player.Tell = func(line string) { fmt.Fprintln(out, line) }
	}
	stage, err := open(ctx, o, loaded, playground.Setting{Channels: channels(script, loaded.Circle), People: people(script, loaded.Circle), Now: player.Now})
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, stage.Close()) }()
	members := stage.In(loaded.Circle)
	var complaints bytes.Buffer // what the operator would read
	ids := 0                    // counted on across crashes: an id is never given twice
	start := o.start
	if start == nil {
		start = func(o bot.Options) Bot { return bot.New(o) }
	}
	player.Stage = stage
	player.Start = func() Bot {
		chats, err := stage.Chats()
		if err != nil {
			panic(err) // the adapter was made of the stage's own settings
		}
		return start(bot.Options{
			Sheets:   sheet.Sheets(),
			Store:    store,
			Circle:   func() circle.Circle { return members },
			Handbook: func() purchase.Handbook { return loaded.Handbook },
			Chats:    chats,
			Now:      player.Now,
			NewID:    func() string { ids++; return fmt.Sprintf("id%06d", ids) },
			Log:      slog.New(slog.NewTextHandler(&complaints, &slog.HandlerOptions{Level: slog.LevelWarn, ReplaceAttr: withoutTime})),
		})
	}
	if o.Verbose {
		fmt.Fprintf(out, "── %s\n", path)
	}
	failures := player.Play(ctx, script)
	for _, f := range failures {
		fmt.Fprintf(out, "%s:%d: %s\n\t%s\n", path, f.Step.Line, f.Step.Source, f.Problem)
		for _, line := range f.Instead {
			fmt.Fprintf(out, "\t\t%s\n", line)
		}
	}
	if complaints.Len() > 0 && (o.Verbose || len(failures) > 0) {
		fmt.Fprintf(out, "%s: the bot's log:\n\t%s\n", path, strings.ReplaceAll(strings.TrimSpace(complaints.String()), "\n", "\n\t"))
	}
	return &player.record, failures, nil
}

// platform is a stage with the bot's side of it.
type platform interface {
	Stage
	io.Closer
	// In returns the circle with everybody's account on the stage.
	In(circle.Circle) circle.Circle
	// Chats connects a new bot: the one before is gone.
	Chats() ([]chat.Chat, error)
}

// open opens the stage that is asked for.
func open(ctx context.Context, o Options, loaded *config.Config, setting playground.Setting) (platform, error) {
	switch {
	case len(loaded.Slack)+len(loaded.Mattermost) > 0 && o.Server == nil:
		return NewSeveral(loaded, setting, o.On, o.Calls)
	case o.On == slackName:
		return NewSlack(setting), nil
	case o.On == mattermostName && o.Server != nil:
		return NewMattermostOn(ctx, setting, *o.Server, o.Calls)
	case o.On == mattermostName:
		return NewMattermost(setting, o.Calls)
	}
	return NewPlayground(setting)
}

// withoutTime drops the time of a log line: it is that of the machine, which nobody plays by.
func withoutTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// channels are the circle's and those in which somebody speaks.
func channels(s Script, c circle.Circle) []string {
	out := []string{c.Channel}
	for _, step := range s.Steps {
		if says, ok := step.Do.(Says); ok && says.Where.Channel != "" && !slices.Contains(out, says.Where.Channel) {
			out = append(out, says.Where.Channel)
		}
	}
	return out
}

// people are those of the circle and whoever acts without belonging to it: strangers.
func people(s Script, c circle.Circle) []playground.Person {
	var out []playground.Person
	for _, p := range c.People {
		out = append(out, playground.Person{Handle: p.Handle, Name: p.Name, Organisation: c.OrganisationName(p.Organisation), Email: p.Email})
	}
	for _, step := range s.Steps {
		who, ok := step.Do.(interface{ actor() Actor })
		if !ok {
			continue
		}
		handle := who.actor().Person
		if !slices.ContainsFunc(out, func(p playground.Person) bool { return p.Handle == handle }) {
			out = append(out, playground.Person{Handle: handle, Name: handle})
		}
	}
	return out
}

// All plays the conversations one after the other and closes with how many files passed and failed. A conversation that cannot be
// played counts as failed.
func All(ctx context.Context, paths []string, o Options, out io.Writer) (failed int) {
	passed := 0
	for _, path := range paths {
		ok, err := File(ctx, path, o, out)
		if err != nil {
			line := err.Error()
			if !strings.HasPrefix(line, path) {
				line = path + ": " + line
			}
			fmt.Fprintln(out, line)
		}
		if ok {
			passed++
		} else {
			failed++
		}
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed)
	return failed
}
