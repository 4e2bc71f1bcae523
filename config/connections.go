package config

import (
	"net/url"
	"regexp"
	"strings"
)

// longestConnection: a connection's name stands in refs and keys, and people's accounts name it.
const longestConnection = 64

// reserved is the name of the local chat page, which is always there.
const reserved = "playground"

// mattermost reads the connections to Mattermost servers.
func (s section) mattermost() []Mattermost {
	var all []Mattermost
	for _, entry := range s.connected("mattermost", mattermost) {
		m := Mattermost{Name: entry.connectionName(), Token: entry.secret("token")}
		if !s.rehearsal || entry.has("team") {
			m.Team, _ = entry.required("team")
		}
		if !s.rehearsal || entry.has("url") {
			m.URL = entry.address("url")
		}
		if entry.has("callback") {
			m.Callback = entry.address("callback")
		}
		if entry.has("command_token") || entry.has("command_token_file") {
			m.CommandToken = entry.secret("command_token")
			if !entry.has("callback") {
				entry.missing("callback")
			}
		}
		all = append(all, m)
	}
	return all
}

// address reads the URL of a server.
func (s section) address(name string) string {
	said, ok := s.required(name)
	if !ok {
		return ""
	}
	parsed, err := url.Parse(said)
	switch {
	case err != nil || parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http":
		s.fault(s.where(name), "config.bad-url", "example", s.part.example(name))
	case parsed.User != nil:
		s.fault(s.where(name), "config.password-in-clear", "example", s.part.example(name))
	}
	return strings.TrimRight(said, "/")
}

// slack reads the connections to Slack workspaces. One of the app's token and the secret with which Slack signs is needed.
func (s section) slack() []Slack {
	var all []Slack
	for _, entry := range s.connected("slack", slack) {
		c := Slack{Name: entry.connectionName(), BotToken: entry.secret("bot_token")}
		signed := entry.has("signing_secret") || entry.has("signing_secret_file")
		if signed {
			c.SigningSecret = entry.secret("signing_secret")
		}
		if !signed || entry.has("app_token") || entry.has("app_token_file") {
			c.AppToken = entry.secret("app_token")
		}
		all = append(all, c)
	}
	return all
}

// connected reads a list of connections, which may be left out.
func (s section) connected(name string, p part) []section {
	if !s.has(name) {
		return nil
	}
	return s.entries(name, p)
}

// connectionName reads the name of a connection and reports one that is taken.
func (s section) connectionName() string {
	said, ok := s.required("name")
	switch {
	case !ok:
	case !isWord(said, longestConnection):
		s.fault(s.where("name"), "config.bad-connection", "value", said)
	case said == reserved:
		s.fault(s.where("name"), "config.reserved-connection", "value", said)
	default:
		s.once(s.connectionNames, "name", said, "config.connection-twice")
	}
	return said
}

var (
	variable      = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)
	wholeVariable = regexp.MustCompile(`^` + variable.String() + `$`)
)

// secret reads a value that must not stand in the file: from an environment variable that the file names (token: ${RIVES_TOKEN}), or
// from a file of its own (token_file: rives.token). What stands there in clear is reported and never repeated.
func (s section) secret(name string) Secret {
	fromFile := name + "_file"
	switch {
	case s.has(name) && s.has(fromFile):
		s.fault(s.where(fromFile), "config.secret-twice", "key", name, "file", fromFile)
	case s.has(name):
		said, ok := s.text(name)
		switch {
		case !ok:
		case !wholeVariable.MatchString(said):
			s.fault(s.where(name), "config.secret-in-clear", "key", name, "example", s.part.example(name), "file", s.part.example(fromFile))
		default:
			return NewSecret(s.expand(name, said))
		}
	case s.rehearsal:
	case s.has(fromFile):
		if said, ok := s.required(fromFile); ok {
			return s.secretFile(fromFile, said)
		}
	default:
		s.fault(s.at, "config.missing-secret", "key", name, "example", s.part.example(name), "file", s.part.example(fromFile))
	}
	return Secret{}
}

func (s section) secretFile(name, path string) Secret {
	content, err := readFile(s.beside(path))
	value := strings.TrimSpace(string(content))
	switch {
	case err != nil:
		s.fault(s.where(name), "config.secret-file", "value", path, "cause", cause(err))
	case value == "":
		s.fault(s.where(name), "config.secret-file-empty", "value", path)
	}
	return NewSecret(value)
}

// expand replaces ${NAME} by the environment's value. A variable that is not set is a fault.
func (s section) expand(name, said string) string {
	return variable.ReplaceAllStringFunc(said, func(reference string) string {
		word := variable.FindStringSubmatch(reference)[1]
		value := s.env(word)
		if value == "" && !s.rehearsal {
			s.fault(s.where(name), "config.variable-unset", "variable", word, "key", name)
		}
		return value
	})
}

// database reads where the bot remembers: a PostgreSQL URL, or a SQLite file. The environment wins, so that a container needs no file.
func (s section) database() Secret {
	if said := s.env(DatabaseVariable); said != "" {
		return NewSecret(said)
	}
	said, ok := s.text("database")
	if !ok || said == "" {
		return Secret{}
	}
	// With a variable for the password ("postgres://sdcbot:${PASSWORD}@…") this is no URL yet, and holds no password either.
	if address, err := url.Parse(said); isPostgres(said) && err == nil && address.User != nil {
		if _, has := address.User.Password(); has {
			s.fault(s.where("database"), "config.password-in-clear", "example", wholeFile.example("database"))
			return Secret{}
		}
	}
	said = s.expand("database", said)
	if file, ok := strings.CutPrefix(said, "sqlite:"); ok {
		return NewSecret(s.beside(strings.TrimPrefix(file, "//")))
	}
	switch {
	case isPostgres(said):
		if _, err := url.Parse(said); err != nil {
			s.fault(s.where("database"), "config.bad-database", "example", wholeFile.example("database"))
		}
		return NewSecret(said)
	case said == "":
		return Secret{}
	case strings.Contains(said, "://") || strings.Contains(said, "="):
		s.fault(s.where("database"), "config.bad-database", "example", wholeFile.example("database"))
		return Secret{}
	}
	return NewSecret(s.beside(said))
}

func isPostgres(said string) bool {
	return strings.HasPrefix(said, "postgres://") || strings.HasPrefix(said, "postgresql://")
}
