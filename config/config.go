package config

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// Config is what the file and the environment say, checked whole.
type Config struct {
	Path       string // of the file, as it was named
	Circle     circle.Circle
	Database   Secret // PostgreSQL URL, or path of a SQLite file; empty: a SQLite file in Data
	Data       string // folder of what the bot keeps beside its database
	Listen     string // address of health and metrics; empty: none
	Log        string // debug, info, warn or error
	Mattermost []Mattermost
	Slack      []Slack
	Handbook   purchase.Handbook // by which purchases are judged
	Files      []string          // other files that the configuration stands in, as they were opened
}

// Mattermost is a connection to a team on a Mattermost server.
type Mattermost struct {
	Name  string // under which people's accounts and every message's place are kept
	URL   string
	Team  string
	Token Secret

	Callback     string // where the server reaches this program, without a slash at its end; empty: nowhere
	CommandToken Secret // what proves a slash command; zero: there is none
}

// Slack is a connection to a Slack workspace.
type Slack struct {
	Name     string
	BotToken Secret

	AppToken      Secret // Socket Mode: we call Slack; zero: Slack calls us, and signs with SigningSecret
	SigningSecret Secret
}

// What is taken when the file says nothing. DatabaseName is the SQLite file's in the data folder.
const (
	DefaultListen = "127.0.0.1:8484"
	DefaultData   = "data"
	DatabaseName  = "sdcbot.db"
)

// The environment variables that win over the file.
const (
	DatabaseVariable = "SDCBOT_DATABASE_URL"
	DataVariable     = "SDCBOT_DATA"
)

// largest is the size of a file beyond which somebody has named the wrong one.
const largest = 1 << 20

// Load reads the file and what it refers to. env is os.Getenv. The error is a Faults that names all that is wrong; the warnings are what
// the bot can live with. Relative paths in the file start from the file's own folder.
func Load(path string, env func(string) string) (*Config, []Warning, error) {
	lang := OperatorLanguage(env)
	content, err := readFile(path)
	if err != nil {
		return nil, nil, Faults{Language: lang, List: []Fault{{File: path, Says: unreadable(err)}}, Cause: err}
	}
	r := &reading{name: path, folder: filepath.Dir(path), env: env, open: readFile}
	return r.read(content, lang)
}

// LoadRehearsal is Load for a circle that is only played: what connects to real servers (tokens, addresses, teams) may be missing, and
// neither the environment nor a secret's file is looked at. env tells the language alone.
func LoadRehearsal(path string, env func(string) string) (*Config, []Warning, error) {
	lang := OperatorLanguage(env)
	content, err := readFile(path)
	if err != nil {
		return nil, nil, Faults{Language: lang, List: []Fault{{File: path, Says: unreadable(err)}}, Cause: err}
	}
	r := &reading{name: path, folder: filepath.Dir(path), env: noEnvironment, rehearsal: true, open: readFile}
	return r.read(content, lang)
}

// Parse is LoadRehearsal for a content that is in memory already, and that may name no other file. name is how the faults call it.
func Parse(name string, content []byte) (*Config, []Warning, error) {
	nothing := func(string) ([]byte, error) { return nil, fs.ErrNotExist }
	r := &reading{name: name, folder: ".", env: noEnvironment, rehearsal: true, open: nothing}
	return r.read(content, locale.French)
}

func noEnvironment(string) string { return "" }

// reading is one pass over one file.
type reading struct {
	name            string
	folder          string // that relative paths start from
	connectionNames map[string]place
	env             func(string) string
	rehearsal       bool // what only real servers need may be missing
	lines           []string
	open            func(path string) ([]byte, error)
	files           []string // named by the file, and read with it
	faults          []Fault
	beyond          []Fault // in those files
	warnings        []Warning
}

func (r *reading) read(content []byte, lang locale.Lang) (*Config, []Warning, error) {
	// Editors on Windows write a mark at the beginning and two characters at each line's end; both are harmless.
	text := strings.TrimPrefix(string(content), "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	r.lines, r.connectionNames = strings.Split(text, "\n"), map[string]place{}

	c := &Config{Path: r.name}
	if file, ok := r.root(text); ok {
		c.Log = file.level()
		c.Listen = file.listen()
		c.Data = file.data()
		c.Database = file.database()
		c.Mattermost = file.mattermost()
		c.Slack = file.slack()
		c.Circle = file.circle(c.Connections())
		c.Handbook = file.handbook()
		c.Files = r.files
		if c.Circle.Language != "" {
			lang = c.Circle.Language
		}
	}
	if len(r.faults)+len(r.beyond) > 0 {
		return nil, inOrder(r.warnings), Faults{Language: lang, List: append(inOrder(r.faults), r.beyond...), Files: r.files}
	}
	return c, inOrder(r.warnings), nil
}

// Connections returns the names of the chats that the file connects to, in the order in which they are spoken to.
func (c *Config) Connections() []string {
	var names []string
	for _, m := range c.Mattermost {
		names = append(names, m.Name)
	}
	for _, s := range c.Slack {
		names = append(names, s.Name)
	}
	return names
}

func (s section) level() string {
	const usual = "info"
	levels := []string{"debug", usual, "warn", "error"}
	said, ok := s.text("log")
	if !ok {
		return usual
	}
	return s.oneOf("log", said, levels)
}

// oneOf reports a word that is not in the list, and returns it.
func (s section) oneOf(name, said string, list []string) string {
	for _, each := range list {
		if said == each {
			return said
		}
	}
	s.fault(s.where(name), "config.unknown-value", "key", name, "value", said, "instead", instead(said, list))
	return said
}

func (s section) listen() string {
	said, ok := s.text("listen")
	if !ok {
		return DefaultListen
	}
	if said == "" {
		return ""
	}
	_, port, err := net.SplitHostPort(said)
	if n, wrong := strconv.Atoi(port); err != nil || wrong != nil || n < 0 || n > 65535 {
		s.fault(s.where("listen"), "config.bad-address", "value", said, "example", wholeFile.example("listen"))
	}
	return said
}

func (s section) data() string {
	if said := s.env(DataVariable); said != "" {
		return said
	}
	said, ok := s.text("data")
	if !ok || said == "" {
		said = DefaultData
	}
	return s.beside(said)
}

// beside makes a path of the file one that the program can open.
func (r *reading) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(r.folder, path)
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(io.LimitReader(f, largest+1))
	if err == nil && len(content) > largest {
		err = errTooLarge
	}
	return content, err
}

var errTooLarge = errors.New("file too large")

// unreadable says why a file could not be read, and what to do.
func unreadable(err error) locale.Text {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return locale.T("config.no-file")
	case errors.Is(err, fs.ErrPermission):
		return locale.T("config.no-permission")
	case errors.Is(err, errTooLarge):
		return locale.T("config.too-large")
	}
	return locale.T("config.unreadable", "cause", cause(err))
}

// cause is the system's own word, without the path that stands before it already.
func cause(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}
