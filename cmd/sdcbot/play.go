package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"sdcbot/bot/locale"
	"sdcbot/cmd/sdcbot/play"
	"sdcbot/config"
	"sdcbot/store/throwaway"
)

type playCommand struct {
	On        string   `default:"playground" enum:"playground,slack,mattermost" placeholder:"playground" help:"play.help.on"`
	DB        string   `name:"db" default:"sqlite" enum:"sqlite,postgres" placeholder:"sqlite|postgres" help:"play.help.db"`
	Calls     bool     `help:"play.help.calls"`
	Server    string   `placeholder:"URL" help:"play.help.server"`
	TokenFile string   `placeholder:"file" help:"play.help.token-file"`
	Callback  string   `default:"127.0.0.1:0" placeholder:"127.0.0.1:0" help:"play.help.callback"`
	Verbose   bool     `short:"v" help:"play.help.verbose"`
	Files     []string `arg:"" name:"file" help:"play.help.files"`

	// CrashEverywhere is for tests: see play.Player.
	CrashEverywhere bool `hidden:"" help:"play.help.crash-everywhere"`
}

// Run plays the conversations. Its report is for whoever writes them, and in English like that of any test runner.
func (k playCommand) Run(c console) error {
	for _, path := range k.Files {
		// All of them are looked for first: to hear of a mistyped name after minutes of play would be late.
		info, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return failure{exitUsage, locale.T("play.no-file", "file", path), err}
		case err != nil:
			return failure{exitUsage, locale.T("play.unreadable", "file", path, "cause", causeOf(err)), err}
		case info.IsDir():
			return failure{code: exitUsage, says: locale.T("play.folder", "file", path)}
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o := play.Options{On: k.On, Calls: k.Calls, Verbose: k.Verbose, CrashEverywhere: k.CrashEverywhere}
	if err := k.onServer(&o); err != nil {
		return err
	}
	if k.DB == "postgres" {
		address, end, err := postgresFor(ctx, c.env(config.DatabaseVariable))
		if err != nil {
			return failure{exitDatabase, locale.T("play.no-postgres", "variable", config.DatabaseVariable, "cause", err.Error()), err}
		}
		defer end()
		o.Postgres = address
	}
	if play.All(ctx, k.Files, o, c.stdout) > 0 {
		return silent(exitFailed)
	}
	return nil
}

// onServer has a real server played on, where one is named.
func (k playCommand) onServer(o *play.Options) error {
	if k.Server == "" {
		return nil
	}
	if k.On != "mattermost" || k.TokenFile == "" {
		return failure{code: exitUsage, says: locale.T("play.server-wants")}
	}
	token, err := os.ReadFile(k.TokenFile)
	if err != nil {
		return failure{exitUsage, locale.T("play.unreadable", "file", k.TokenFile, "cause", causeOf(err)), err}
	}
	o.Server = &play.Server{URL: k.Server, Token: strings.TrimSpace(string(token)), Callback: k.Callback}
	return nil
}

// postgresFor returns the address of a database to play in: the one that is given, else one on a throwaway server, which end stops.
func postgresFor(ctx context.Context, given string) (address string, end func(), err error) {
	if given != "" {
		return given, func() {}, nil
	}
	server, err := throwaway.Start()
	if err != nil {
		return "", nil, err
	}
	if address, err = server.Database(ctx); err != nil {
		server.Stop()
		return "", nil, err
	}
	return address, server.Stop, nil
}
