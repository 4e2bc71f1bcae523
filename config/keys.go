package config

import "strings"

// part is a kind of section of the file, each with keys of its own.
type part string

const (
	wholeFile    part = "file"
	circlePart   part = "circle"
	organisation part = "organisations"
	person       part = "people"
	mattermost   part = "mattermost"
	slack        part = "slack"
)

// key is one that may stand in a part. Example is shown to who wrote it wrong.
type key struct{ name, example string }

// keys lists what the file may say. It is the reference: what is not here is a fault.
var keys = map[part][]key{
	wholeFile: {
		{"circle", "circle: {name: SdC des Rives, channel: commun}"},
		{"organisations", "organisations: [{code: A, name: Office A}]"},
		{"people", "people: [{handle: dsi-a, organisation: A, roles: [dsi]}]"},
		{"database", "database: ${SDCBOT_DATABASE_URL}"},
		{"data", "data: data"},
		{"listen", `listen: "127.0.0.1:8484"`},
		{"log", "log: info"},
		{"procedures", "procedures: procedures.yaml"},
		{"collection", "collection: collection.yaml"},
		{"mattermost", `mattermost: [{name: rives, url: "https://chat.example", team: rives, token_file: rives.token}]`},
		{"slack", `slack: [{name: rives, bot_token_file: bot.token, app_token_file: app.token}]`},
	},
	circlePart: {
		{"id", "id: sdc-des-rives"},
		{"name", "name: SdC des Rives"},
		{"language", "language: fr"},
		{"timezone", "timezone: Europe/Paris"},
		{"channel", "channel: commun"},
	},
	organisation: {
		{"code", "code: A"},
		{"name", "name: Office A"},
		{"housing_units", "housing_units: 8000"},
		{"holidays", "holidays: alsace-moselle"},
		{"posting_days", "posting_days: 3"},
		{"siret", "siret: \"21750001600019\""},
	},
	person: {
		{"handle", "handle: dsi-a"},
		{"name", "name: DSI A"},
		{"organisation", "organisation: A"},
		{"roles", "roles: [dsi]"},
		{"email", "email: dsi@a.example"},
		{"until", "until: 2027-06-30"},
		{"language", "language: fr"},
		{"accounts", "accounts: {rives: u024be7lh}"},
	},
	mattermost: {
		{"name", "name: rives"},
		{"url", "url: https://chat.example"},
		{"team", "team: rives"},
		{"token", "token: ${RIVES_TOKEN}"},
		{"token_file", "token_file: rives.token"},
		{"callback", "callback: https://bot.example"},
		{"command_token", "command_token: ${RIVES_COMMAND}"},
		{"command_token_file", "command_token_file: rives.command"},
	},
	slack: {
		{"name", "name: rives"},
		{"bot_token", "bot_token: ${RIVES_BOT_TOKEN}"},
		{"bot_token_file", "bot_token_file: bot.token"},
		{"app_token", "app_token: ${RIVES_APP_TOKEN}"},
		{"app_token_file", "app_token_file: app.token"},
		{"signing_secret", "signing_secret: ${RIVES_SIGNING_SECRET}"},
		{"signing_secret_file", "signing_secret_file: signing.secret"},
	},
}

func (p part) names() []string {
	names := make([]string, len(keys[p]))
	for i, k := range keys[p] {
		names[i] = k.name
	}
	return names
}

func (p part) example(name string) string {
	for _, k := range keys[p] {
		if k.name == name {
			return k.example
		}
	}
	return name + ": …"
}

func (p part) has(word string) bool {
	for _, k := range keys[p] {
		if k.name == word {
			return true
		}
	}
	return false
}

func exampleEntry(p part) string {
	written := make([]string, 0, 3)
	for _, k := range keys[p] {
		if len(written) < 2 || k.name == "roles" {
			written = append(written, k.example)
		}
	}
	return "- {" + strings.Join(written, ", ") + "}"
}
