package deploy_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	api "github.com/slack-go/slack"

	"sdcbot/adapters/slack"
	"sdcbot/deploy"
)

// manifest reads the file by slack-go's own types: a key that Slack does not know is an error.
func manifest(t *testing.T) api.Manifest {
	t.Helper()
	var read api.Manifest
	if err := yaml.NewDecoder(bytes.NewReader(deploy.SlackManifest), yaml.DisallowUnknownField()).Decode(&read); err != nil {
		t.Fatal(err)
	}
	return read
}

// TestManifestAsksForWhatIsUsed compares the manifest with the tables through which the adapter calls Slack; the adapter's own tests hold
// these to its source.
func TestManifestAsksForWhatIsUsed(t *testing.T) {
	m := manifest(t)
	bot, app := slack.Scopes()
	if got := m.OAuthConfig.Scopes.Bot; !slices.Equal(got, bot) {
		t.Errorf("scopes\n%q, used\n%q", got, bot)
	}
	if got := m.OAuthConfig.Scopes.User; len(got) > 0 {
		t.Errorf("scopes in people's own name: %q", got)
	}
	for _, scope := range app {
		if !strings.Contains(string(deploy.SlackManifest), "with the scope "+scope) {
			t.Errorf("the manifest's comment does not say that the app's own token needs %s", scope)
		}
	}
	if got, want := m.Settings.EventSubscriptions.BotEvents, slack.Subscriptions(); !slices.Equal(got, want) {
		t.Errorf("events\n%q, understood\n%q", got, want)
	}
}

// TestManifestWorksByItself: each of these, switched the other way, leaves a bot that is silent.
func TestManifestWorksByItself(t *testing.T) {
	m := manifest(t)
	for _, row := range []struct {
		why string
		ok  bool
	}{
		{"events come by the socket", m.Settings.SocketModeEnabled},
		{"buttons and forms are sent", m.Settings.Interactivity != nil && m.Settings.Interactivity.IsEnabled},
		{"people can write to the bot in private", m.Features.AppHome.MessagesTabEnabled && !m.Features.AppHome.MessagesTabReadOnlyEnabled},
		{"the token does not run out", !m.Settings.TokenRotationEnabled},
		{"the command is the one of the guide", len(m.Features.SlashCommands) == 1 && m.Features.SlashCommands[0].Command == "/sdc"},
		{"people's names in a command come as typed", !m.Features.SlashCommands[0].ShouldEscape},
	} {
		if !row.ok {
			t.Errorf("not so: %s", row.why)
		}
	}
}

// TestManifestFits holds it to Slack's limits, beyond which the whole is refused.
func TestManifestFits(t *testing.T) {
	m := manifest(t)
	tests := []struct {
		what, value string
		most        int
	}{
		{"name", m.Display.Name, 35},
		{"description", m.Display.Description, 140},
		{"the bot's name", m.Features.BotUser.DisplayName, 80},
	}
	for _, command := range m.Features.SlashCommands {
		tests = append(tests, []struct {
			what, value string
			most        int
		}{
			{"command", command.Command, 32},
			{"description of " + command.Command, command.Description, 2000},
			{"hint of " + command.Command, command.UsageHint, 1000},
		}...)
	}
	for _, test := range tests {
		if n := utf8.RuneCountInString(test.value); n == 0 || n > test.most {
			t.Errorf("%s: %d characters, at most %d", test.what, n, test.most)
		}
	}
	if n := len(m.Features.SlashCommands); n > 50 {
		t.Errorf("%d commands, at most 50", n)
	}
}
