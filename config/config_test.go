package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
)

// rives is a whole circle, right in every line.
const rives = `circle:
  name: SdC des Rives
  language: fr            # fr (default) or en
  timezone: Europe/Paris
  channel: commun         # where the circle speaks
organisations:
  - {code: A, name: Office A, housing_units: 8000}
people:
  - {handle: dsi-a, name: DSI A, organisation: A, roles: [dsi], email: dsi-a@a.example}
  - {handle: adj-a, organisation: A, roles: [deputy], language: en}
  - {handle: dg-a,  organisation: A, roles: [dg, president], accounts: {rives-slack: U024BE7LH}}
  - {handle: amo,   roles: [adviser], until: 2027-06-30}
`

// write puts a file into a folder of the test's own and returns its path.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// set is an environment of these pairs of name and value alone.
func set(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestLoadReadsTheCircle(t *testing.T) {
	path := write(t, "circle.yaml", rives)
	c, warnings, err := Load(path, set())
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	if c.Circle.Zone.String() != "Europe/Paris" {
		t.Errorf("zone %v", c.Circle.Zone)
	}
	c.Circle.Zone = nil
	want := circle.Circle{
		ID: "sdc-des-rives", Name: "SdC des Rives", Language: locale.French, Channel: "commun",
		Organisations: []circle.Organisation{{Code: "A", Name: "Office A", HousingUnits: 8000}},
		People: []circle.Person{
			{Handle: "dsi-a", Name: "DSI A", Organisation: "A", Roles: []circle.Role{circle.DSI}, Email: "dsi-a@a.example"},
			{Handle: "adj-a", Name: "adj-a", Organisation: "A", Roles: []circle.Role{circle.Deputy}, Language: locale.English},
			{Handle: "dg-a", Name: "dg-a", Organisation: "A", Roles: []circle.Role{circle.DG, circle.President}, Accounts: map[string]string{"rives-slack": "U024BE7LH"}},
			{Handle: "amo", Name: "amo", Roles: []circle.Role{circle.Adviser}, Until: calendar.Day{Year: 2027, Month: 6, Day: 30}},
		},
	}
	if diff := cmp.Diff(want, c.Circle); diff != "" {
		t.Error(diff)
	}
	if c.Listen != DefaultListen || c.Log != "info" || c.Data != filepath.Join(filepath.Dir(path), "data") || !c.Database.IsZero() {
		t.Errorf("defaults: listen %q, log %q, data %q, database %v", c.Listen, c.Log, c.Data, c.Database)
	}
}

// TestFaults is the page of what may be wrong in a file and what its writer is told. Each row is a change to the right file; the place is
// checked as well as the key of the sentence.
func TestFaults(t *testing.T) {
	tests := []struct {
		why      string
		old, new string // replaced in the right file; without old, the new is the whole file
		want     []string
	}{
		{"nothing in the file", "", "", []string{"1:1 config.empty-file"}},
		{"only comments", "", "# circle:\n", []string{"1:1 config.empty-file"}},
		{"a word instead of keys", "", "cercle\n", []string{"1:1 config.want-entry"}},
		{"a list instead of keys", "", "- circle\n", []string{"1:1 config.want-entry"}},
		{"two documents", "people:", "---\npeople:", []string{"1:1 config.missing", "9:1 config.several-documents"}},
		{"Latin-1", "SdC des Rives", "SdC de l'\xe9cluse", []string{"2:18 config.not-utf8"}},
		{"UTF-16", "", "\xff\xfec\x00i\x00", []string{"1:1 config.not-utf8"}},
		{"tabs indent, each line is named", "  language: fr            # fr (default) or en\n  timezone", "\tlanguage: fr\n\ttimezone", []string{"3:1 config.tab", "4:1 config.tab"}},
		{"a brace left open", "roles: [dsi], email: dsi-a@a.example}", "roles: [dsi], email: dsi-a@a.example", []string{"10:3 config.syntax-bracket"}},
		{"a quote left open", "name: SdC des Rives", `name: "SdC des Rives`, []string{"2:9 config.syntax-quote"}},
		{"a colon in a name", "name: SdC des Rives", "name: SdC: Rives", []string{"2:9 config.syntax-colon"}},
		{"a variable between braces needs quotes", "people:", "mattermost:\n  - {name: rives, url: https://chat.example, team: rives, token: ${TOKEN}}\npeople:", []string{"9:67 config.syntax-variable"}},
		{"anchors are too clever", "name: SdC des Rives", "name: &name SdC des Rives", []string{"2:9 config.plain-yaml"}},
		{"a mistyped key is not missing as well", "  channel: commun", "  chanel: commun", []string{"5:3 config.unknown-key"}},
		{"a key nobody knows", "  channel: commun", "  mascot: otter\n  channel: commun", []string{"5:3 config.unknown-key"}},
		{"a key twice", "  channel: commun", "  name: SdC\n  channel: commun", []string{"5:3 config.key-twice"}},
		{"no channel", "  channel: commun         # where the circle speaks\n", "", []string{"2:3 config.missing"}},
		{"# begins a comment", "channel: commun ", "channel: #commun ", []string{"5:11 config.comment-value"}},
		{"no value", "channel: commun         # where the circle speaks", "channel:", []string{"5:11 config.empty-value"}},
		{"empty quotes", "channel: commun ", `channel: "" `, []string{"5:12 config.empty-value"}},
		{"two words are no channel", "channel: commun ", "channel: le commun ", []string{"5:12 config.bad-channel"}},
		{"a name without letters gives no id", "name: SdC des Rives", "name: ★★", []string{"2:3 config.bad-id"}},
		{"an id is typed in addresses", "  name: SdC des Rives", "  id: Les Rives\n  name: SdC des Rives", []string{"2:7 config.bad-id"}},
		{"a language we do not speak", "language: fr ", "language: de ", []string{"3:13 config.unknown-value"}},
		{"a city is no zone", "Europe/Paris", "Paris", []string{"4:13 config.bad-zone"}},
		{"Local changes with the machine", "Europe/Paris", "Local", []string{"4:13 config.bad-zone"}},
		{"spaces in a number", "8000", "8 000", []string{"7:46 config.want-number"}},
		{"a number below zero", "8000", "-1", []string{"7:46 config.want-number"}},
		{"a number for a name", "name: Office A", "name: 12", []string{"7:21 config.want-quotes"}},
		{"an organisation twice, letter case ignored", "people:", "  - {code: a, name: Autre}\npeople:", []string{"8:12 config.code-twice"}},
		{"a code with a space", "code: A,", "code: O A,", []string{"7:12 config.bad-code", "9:48 config.unknown-organisation", "10:35 config.unknown-organisation", "11:35 config.unknown-organisation"}},
		{"an entry that is a word", "people:", "  - B\npeople:", []string{"8:5 config.want-entry"}},
		{"no organisation at all", "organisations:\n  - {code: A, name: Office A, housing_units: 8000}\n", "organisations: []\n", []string{"6:16 config.empty-list"}},
		{"a list that is none", "roles: [deputy]", "roles: deputy", []string{"10:45 config.want-list"}},
		{"an unknown role", "[deputy]", "[depute]", []string{"10:46 config.unknown-role"}},
		{"a role twice", "[deputy]", "[deputy, deputy]", []string{"10:54 config.role-twice"}},
		{"an unknown organisation", "organisation: A, roles: [deputy]", "organisation: Z, roles: [deputy]", []string{"10:35 config.unknown-organisation"}},
		{"who belongs to none may only advise or read", "organisation: A, roles: [deputy]", "roles: [deputy]", []string{"10:5 config.no-organisation"}},
		{"a person twice", "handle: adj-a", "handle: DSI-A", []string{"10:14 config.handle-twice"}},
		{"@ is what is typed before a handle", "handle: adj-a", `handle: "@adj-a"`, []string{"10:14 config.bad-handle"}},
		{"an address twice", "language: en}", "email: DSI-A@a.example}", []string{"10:62 config.email-twice"}},
		{"no address", "dsi-a@a.example", "dsi-a", []string{"9:72 config.bad-email"}},
		{"a French date", "2027-06-30", "30/06/2027", []string{"12:46 config.bad-day"}},
		{"a day that is not", "2027-06-30", "2027-06-31", []string{"12:46 config.bad-day"}},
		{"an account twice", "language: en}", "accounts: {rives-slack: U024BE7LH}}", []string{"11:86 config.account-twice"}},
		{"accounts that are a list", "{rives-slack: U024BE7LH}", "[U024BE7LH]", []string{"11:72 config.want-section"}},
		{"no address to listen on", "people:", "listen: 8484\npeople:", []string{"8:9 config.want-quotes"}},
		{"a port alone", "people:", "listen: \"8484\"\npeople:", []string{"8:9 config.bad-address"}},
		{"holidays of nowhere", "housing_units: 8000}", "holidays: paris}", []string{"7:41 config.unknown-value"}},
		{"a letter that takes months", "housing_units: 8000}", "posting_days: 90}", []string{"7:45 config.too-many-days"}},
		{"a number that is no SIRET", "housing_units: 8000}", "siret: \"362 521 879\"}", []string{"7:38 config.bad-siret"}},
		{"a log level", "people:", "log: verbose\npeople:", []string{"8:6 config.unknown-value"}},
		{"a database we do not speak", "people:", "database: mysql://localhost/x\npeople:", []string{"8:11 config.bad-database"}},
		{"a password in clear", "people:", "database: postgres://sdcbot:hush@localhost/x\npeople:", []string{"8:11 config.password-in-clear"}},
		{"a variable that is not set", "people:", "database: ${NOWHERE}\npeople:", []string{"8:11 config.variable-unset"}},
		{"a connection with all that may be wrong", "people:", "mattermost:\n  - {name: playground, url: chat.example, token: hush}\npeople:", []string{
			"9:5 config.missing", "9:12 config.reserved-connection", "9:29 config.bad-url", "9:50 config.secret-in-clear",
		}},
		{"a slash command of which the server could not tell us", "people:", "mattermost:\n  - {name: r, url: \"https://chat.example\", team: r, token: \"${SET}\", command_token: \"${SET}\"}\npeople:", []string{"9:5 config.missing"}},
		{"a connection without a secret", "people:", "slack:\n  - {name: rives}\npeople:", []string{"9:5 config.missing-secret", "9:5 config.missing-secret"}},
		{"a secret said twice", "people:", "slack:\n  - {name: r, bot_token: \"${T}\", bot_token_file: f, app_token_file: nowhere}\npeople:", []string{
			"9:50 config.secret-twice", "9:69 config.secret-file",
		}},
		{"a signing secret in place of the app's token", "people:", "slack:\n  - {name: r, bot_token: \"${SET}\", signing_secret: hush}\npeople:", []string{"9:52 config.secret-in-clear"}},
		{"two connections of one name", "people:", "slack:\n  - {name: r, bot_token: \"${SET}\", app_token: \"${SET}\"}\n  - {name: R, bot_token: \"${SET}\", app_token: \"${SET}\"}\npeople:", []string{"10:12 config.connection-twice"}},
		{"many at once, in the order of the file", "roles: [deputy], language: en}", "roles: [chef], language: xx}\n  - {handle: x y, roles: [dg]}", []string{
			"10:46 config.unknown-role", "10:63 config.unknown-value", "11:5 config.no-organisation", "11:14 config.bad-handle",
		}},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			content := test.new
			if test.old != "" {
				if !strings.Contains(rives, test.old) {
					t.Fatalf("%q does not stand in the right file", test.old)
				}
				content = strings.Replace(rives, test.old, test.new, 1)
			}
			_, _, err := Load(write(t, "circle.yaml", content), set("SET", "x"))
			var faults Faults
			errors.As(err, &faults)
			if diff := cmp.Diff(test.want, places(faults.List)); diff != "" {
				t.Errorf("faults (-want +got):\n%s\n%v", diff, err)
			}
			said := fmt.Sprint(err)
			for _, lang := range locale.Languages {
				for _, f := range faults.List {
					said += f.In(lang)
				}
			}
			if strings.Contains(said, "hush") || strings.Contains(said, "⟨") || strings.Contains(said, "<no value>") {
				t.Errorf("what is printed holds a secret or a hole: %s", said)
			}
		})
	}
}

func places(faults []Fault) []string {
	var all []string
	for _, f := range faults {
		all = append(all, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Says.Key))
	}
	return all
}

func TestWarnings(t *testing.T) {
	tests := []struct {
		why, old, new, want string
	}{
		{"nobody speaks for an organisation", "people:", "  - {code: B, name: Office B}\npeople:", "8:5 config.no-speaker"},
		{"a person without a role may do nothing", "roles: [deputy], ", "", "10:5 config.no-roles"},
		{"an account of a chat that is not connected", "people:", "slack:\n  - {name: rives, bot_token: \"${SET}\", app_token: \"${SET}\"}\npeople:", "13:73 config.unknown-connection"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			_, warnings, err := Load(write(t, "circle.yaml", strings.Replace(rives, test.old, test.new, 1)), set("SET", "x"))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(places(warnings), " "); got != test.want {
				t.Errorf("warned of %q, want %q", got, test.want)
			}
		})
	}
}

// What an editor on Windows leaves in a file is no fault.
func TestWindowsFile(t *testing.T) {
	c, _, err := Parse("circle.yaml", []byte("\ufeff"+strings.ReplaceAll(rives, "\n", "\r\n")))
	if err != nil || c.Circle.Channel != "commun" {
		t.Fatal(c, err)
	}
}

func TestSentenceSaysWhatToWrite(t *testing.T) {
	tests := []struct{ why, old, new, want string }{
		{"the nearest key", "  channel: commun", "  chanel: commun", "Écrivez channel."},
		{"the nearest role", "[deputy]", "[deputi]", "Écrivez deputy."},
		{"all roles, when none is near", "[deputy]", "[chef]", "dsi, deputy, dg, referent, lead, president, adviser, reader, admin"},
		{"an organisation's code, once though the file holds it twice", "people:\n  - {handle: dsi-a, name: DSI A, organisation: A", "  - {code: A, name: Office B}\npeople:\n  - {handle: dsi-a, name: DSI A, organisation: Zz", "ceux-ci\u00a0: A."},
		{"the date as it should be", "2027-06-30", "30/6/2027", "until: 2027-06-30"},
		{"the last day of the month", "2027-06-30", "2027-06-31", "until: 2027-06-30"},
		{"the zone", "Europe/Paris", "Réunion", "timezone: Europe/Paris"},
		{"the overseas zone", "Europe/Paris", "Indian/Réunion", "timezone: Indian/Reunion"},
		{"in the circle's language", "language: fr ", "langage: fr ", "n'est pas une clé connue"},
		{"in English too", "language: fr ", "language: en\n  flag: x ", "is not a key known here"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			_, _, err := Parse("circle.yaml", []byte(strings.Replace(rives, test.old, test.new, 1)))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v does not say %q", err, test.want)
			}
		})
	}
}

func TestMissingFileSaysSo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nowhere.yaml")
	_, _, err := Load(path, set("LANG", "en_GB.UTF-8"))
	if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), path+": this file does not exist") {
		t.Error(err)
	}
}

func TestEnvironmentAndFiles(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "circle.yaml")
	content := rives + `mattermost:
  - name: rives
    url: https://chat.example/
    team: rives
    token_file: rives.token
  - name: lacs
    url: https://chat.example/lacs
    team: lacs
    token: ${LACS_TOKEN}
    callback: https://bot.example/
    command_token: ${LACS_COMMAND}
database: postgres://sdcbot:${PASSWORD}@localhost/sdcbot
data: /var/lib/sdcbot
listen: ""
`
	for name, text := range map[string]string{"circle.yaml": content, "rives.token": "hush\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, _, err := Load(path, set("LACS_TOKEN", "shush", "LACS_COMMAND", "hist", "PASSWORD", "quiet"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Mattermost{
		{Name: "rives", URL: "https://chat.example", Team: "rives", Token: NewSecret("hush")},
		{Name: "lacs", URL: "https://chat.example/lacs", Team: "lacs", Token: NewSecret("shush"), Callback: "https://bot.example", CommandToken: NewSecret("hist")},
	}
	if diff := cmp.Diff(want, c.Mattermost, cmp.AllowUnexported(Secret{})); diff != "" {
		t.Error(diff)
	}
	if c.Database.Reveal() != "postgres://sdcbot:quiet@localhost/sdcbot" || c.Data != "/var/lib/sdcbot" || c.Listen != "" {
		t.Errorf("database %q, data %q, listen %q", c.Database.Reveal(), c.Data, c.Listen)
	}

	c, _, err = Load(path, set("LACS_TOKEN", "x", "LACS_COMMAND", "z", "PASSWORD", "y", DatabaseVariable, "sqlite:///srv/rives.db", DataVariable, "/srv"))
	if err != nil || c.Database.Reveal() != "sqlite:///srv/rives.db" || c.Data != "/srv" {
		t.Errorf("the environment must win: %v %v", c, err)
	}

	// Played on a fake, the same file needs neither variables nor files.
	if _, _, err := LoadRehearsal(path, set()); err != nil {
		t.Error(err)
	}
}

func TestSecretsPrintAsStars(t *testing.T) {
	c := Config{Database: NewSecret("hush"), Mattermost: []Mattermost{{Name: "rives", Token: NewSecret("hush")}}}
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("started", "config", c, "token", c.Mattermost[0].Token)
	slog.New(slog.NewTextHandler(&logged, nil)).Info("started", "config", c, "token", c.Mattermost[0].Token)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	printed := []string{logged.String(), string(encoded)}
	for _, form := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		printed = append(printed, fmt.Sprintf(form, c), fmt.Sprintf(form, &c), fmt.Sprintf(form, c.Database))
	}
	for _, p := range printed {
		if strings.Contains(p, "hush") || strings.Contains(p, fmt.Sprintf("%x", "hush")) || !strings.Contains(p, "***") {
			t.Errorf("a secret shows, or no stars do: %s", p)
		}
	}
	if NewSecret("").String() != "" {
		t.Error("a secret that is not there must not look like one")
	}
}

func TestStartersAreRight(t *testing.T) {
	for _, lang := range locale.Languages {
		c, warnings, err := Parse("circle.yaml", Starter(lang))
		if err != nil || len(warnings) > 0 || c.Circle.Language != lang {
			t.Errorf("%s: %v %v", lang, err, warnings)
		}
		// What stands in comments must be right as well once the comment signs are taken away.
		var loud strings.Builder
		for line := range strings.Lines(string(Starter(lang))) {
			if after, ok := strings.CutPrefix(line, "# "); ok && commentedSetting.MatchString(after) {
				line = after
			}
			loud.WriteString(line)
		}
		if c, _, err := Parse("circle.yaml", []byte(loud.String())); err != nil || len(c.Mattermost) != 1 || c.Data != "data" {
			t.Errorf("%s, uncommented: %v\n%s", lang, err, loud.String())
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rives))
	f.Add(Starter(locale.French))
	f.Add([]byte("circle: [\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("{\n\t:\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		c, _, err := Parse("circle.yaml", content)
		if (c == nil) == (err == nil) {
			t.Fatal("either a configuration or faults")
		}
		if err == nil && (c.Circle.ID == "" || c.Circle.Zone == nil || len(c.Circle.Organisations) == 0) {
			t.Fatalf("a circle with a hole: %+v", c.Circle)
		}
	})
}

// commentedSetting is a line of a starter that is a setting put between comment signs, and no prose.
var commentedSetting = regexp.MustCompile(`^(mattermost:|  - name: |    (url|team|token|callback|command_token): |database: |data: |listen: |log: )`)
