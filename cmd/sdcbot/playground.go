package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/adapters/sheet"
	"sdcbot/bot"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
	"sdcbot/config"
	"sdcbot/store"
)

const (
	// playgroundPort is where the page is unless another port is asked for or this one is busy.
	playgroundPort = 8383

	// playgroundFolder is its folder inside the data folder, beside a real circle's database. Whoever names a folder with --data means that one.
	playgroundFolder = "playground"

	// The files of a playground. None is named as a real circle's. The address is that of the page while it is open: a second playground
	// on the same folder is refused, and says where the first is.
	playgroundDatabase = "playground.db"
	playgroundMessages = "playground.jsonl"
	playgroundAddress  = "playground.address"
)

// playground serves a circle on a local chat page. It opens a database of its own and nothing that the configuration names.
func (k serveCommand) playground(ctx context.Context, c console) error {
	folder := k.Data
	if folder == "" {
		folder = filepath.Join(cmp.Or(c.env(config.DataVariable), config.DefaultData), playgroundFolder)
	}
	// A real circle's database in the folder means that the wrong folder was named.
	if file := filepath.Join(folder, config.DatabaseName); exists(file) {
		return failure{code: exitConfig, says: locale.T("operator.playground.real", "path", file)}
	}
	loaded, err := k.rehearsed(c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, folderMode); err != nil {
		return diskFailure(folder, err)
	}
	log := logger(c.stderr, loaded.Log)
	port := playgroundPort
	if k.Port != nil {
		port = *k.Port
	}
	listener, another, err := listenNear(strconv.Itoa(port))
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()

	messages := filepath.Join(folder, playgroundMessages)
	server, err := playground.Open(messages, setting(loaded.Circle))
	if err != nil {
		return messagesFailure(messages, err)
	}
	defer func() { _ = server.Close() }()
	address := filepath.Join(folder, playgroundAddress)
	if err := os.WriteFile(address, []byte(listener.Addr().String()+"\n"), 0o600); err != nil {
		return diskFailure(address, err)
	}
	defer func() { _ = os.Remove(address) }()
	opened, err := openPlayground(ctx, filepath.Join(folder, playgroundDatabase))
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }()
	if k.Config == "" {
		if err := seedRehearsal(ctx, opened, loaded.Circle, server.Now(), rand.Text); err != nil {
			return storeFailure(err)
		}
	}

	members := func() circle.Circle { return reading(loaded.Circle, server) }
	handbook := func() purchase.Handbook { return loaded.Handbook }
	page := playground.NewChat(server)
	host := &host{ctx: ctx, server: server, chat: page, log: log}
	if k.Config != "" {
		reloader := config.NewReloader(loaded, func(path string) (*config.Config, []config.Warning, error) {
			return config.LoadRehearsal(path, c.env)
		}, log)
		reloader.Changed = func(now circle.Circle) { server.Meet([]string{now.Channel}, people(now)) }
		reloader.Reloaded = func() {
			if b := host.Bot(); b != nil {
				b.Wake()
			}
		}
		follow(ctx, reloader)
		members = func() circle.Circle { return reading(reloader.Circle(), server) }
		handbook = reloader.Handbook
	}
	host.open = func() *bot.Bot {
		return bot.New(bot.Options{Sheets: sheet.Sheets(), Store: opened, Circle: members, Handbook: handbook, Chats: []chat.Chat{page}, Now: server.Now, NewID: rand.Text, Log: log})
	}
	if err := host.Start(); err != nil {
		return err
	}
	go giveBack(ctx, host.worked)
	mux := http.NewServeMux()
	mux.Handle("/", playground.Handler(server, host))
	health{opened.Check, host.Bot, []chat.Chat{page}}.register(mux)

	c.say("operator.playground.open", "url", "http://"+listener.Addr().String())
	if another {
		c.say("operator.playground.other-port", "port", strconv.Itoa(port))
	}
	c.say("operator.playground.try")
	answer(ctx, listener, mux, log)
	return host.Stop()
}

// rehearsed returns the circle of the file, or the fictitious one that the program brings along.
func (k serveCommand) rehearsed(c console) (*config.Config, error) {
	if k.Config == "" {
		loaded, _, err := config.Parse("rehearsal.yaml", rehearsalCircle)
		return loaded, err
	}
	loaded, warnings, err := config.LoadRehearsal(k.Config, c.env)
	if err != nil {
		return nil, err
	}
	c.warn(loaded, warnings)
	return loaded, nil
}

// openPlayground opens the playground's own database, which nobody else may work on.
func openPlayground(ctx context.Context, file string) (*store.Store, error) {
	opened, err := store.Open(ctx, file)
	if err != nil {
		return nil, storeFailure(err)
	}
	err = opened.Lock()
	if err == nil {
		err = opened.Migrate(ctx)
	}
	if err != nil {
		_ = opened.Close()
		return nil, storeFailure(err)
	}
	return opened, nil
}

// setting tells the chat server what a real one knows: who is there, and which channels.
func setting(c circle.Circle) playground.Setting {
	return playground.Setting{Circle: c.Name, Zone: c.Zone, Channels: []string{c.Channel}, People: people(c), Now: time.Now}
}

func people(c circle.Circle) []playground.Person {
	all := make([]playground.Person, len(c.People))
	for i, p := range c.People {
		all[i] = playground.Person{Handle: p.Handle, Name: p.Name, Email: p.Email, Language: c.LanguageOf(p.Handle)}
		if p.Organisation != "" {
			all[i].Organisation = c.OrganisationName(p.Organisation)
		}
	}
	return all
}

// reading is the circle as its people are here: everybody is believed, and reads the language that they chose on the page.
func reading(c circle.Circle, server *playground.Server) circle.Circle {
	c = c.WithAccounts(playground.Name)
	for i, p := range c.People {
		c.People[i].Language = server.Language(p.Handle)
	}
	return c
}

func messagesFailure(path string, err error) error {
	var onDisk *fs.PathError
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return openElsewhere(path, err)
	case errors.As(err, &onDisk):
		return diskFailure(path, err)
	}
	return failure{exitDatabase, locale.T("operator.playground.file", "path", path, "cause", err.Error()), err}
}

// openElsewhere is the failure of a second playground on one folder. It gives the address of the first, which may be just starting and not
// have written it, or still stand there from one that was killed.
func openElsewhere(messages string, cause error) error {
	says := locale.T("operator.playground.in-use", "path", messages)
	address, err := os.ReadFile(filepath.Join(filepath.Dir(messages), playgroundAddress))
	if at := strings.TrimSpace(string(address)); err == nil && answersThere(at, glanceTime) {
		says = locale.T("operator.playground.in-use-there", "url", "http://"+at)
	}
	return failure{exitBusy, says, cause}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
