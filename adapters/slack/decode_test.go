package slack

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"sdcbot/bot/chat"
)

// told are payloads of every kind that we hear, in Slack's form.
var told = []struct {
	why, kind, payload string
	want               chat.Kind
	id                 string
}{
	{"talk", "events_api", `{"type":"event_callback","event_id":"Ev1","event":{"type":"message","channel":"C1","channel_type":"channel","user":"U1","text":"bonjour","ts":"1700000000.000100","client_msg_id":"x","blocks":[{"type":"rich_text"}]}}`, chat.Said, "C1:1700000000.000100"},
	{"the same as a mention has the same id", "events_api", `{"event_id":"Ev2","event":{"type":"app_mention","channel":"C1","user":"U1","text":"bonjour","ts":"1700000000.000100"}}`, chat.Said, "C1:1700000000.000100"},
	{"a reply in a thread", "events_api", `{"event":{"type":"message","channel":"C1","user":"U1","text":"oui","ts":"1700000001.000100","thread_ts":"1700000000.000100"}}`, chat.Said, "C1:1700000001.000100"},
	{"a file", "events_api", `{"event":{"type":"message","subtype":"file_share","channel":"D1","user":"U1","text":"","ts":"1700000001.000100","files":[{"id":"F1","name":"a.csv","url_private_download":"https://files.slack.com/a.csv","size":3}]}}`, chat.Said, "D1:1700000001.000100"},
	{"a robot's words", "events_api", `{"event":{"type":"message","subtype":"bot_message","channel":"C1","bot_id":"B1","text":"x","ts":"1700000001.000100"}}`, "", ""},
	{"our own words", "events_api", `{"event":{"type":"message","channel":"C1","user":"U0","bot_id":"B1","text":"x","ts":"1700000001.000100"}}`, "", ""},
	{"news that a message was changed", "events_api", `{"event":{"type":"message","subtype":"message_changed","hidden":true,"channel":"C1","ts":"1700000001.000100","message":{"user":"U1","text":"x"}}}`, "", ""},
	{"somebody joins", "events_api", `{"event":{"type":"message","subtype":"channel_join","channel":"C1","user":"U1","text":"x","ts":"1700000001.000100"}}`, "", ""},
	{"an emoji", "events_api", `{"event":{"type":"reaction_added","user":"U1","reaction":"raising_hand::skin-tone-3","item_user":"U0","event_ts":"1700000002.000000","item":{"type":"message","channel":"C1","ts":"1700000000.000100"}}}`, chat.Reacted, "reacted:C1:1700000000.000100:U1:raising_hand::skin-tone-3:1700000002.000000"},
	{"an emoji taken off", "events_api", `{"event":{"type":"reaction_removed","user":"U1","reaction":"+1","event_ts":"1700000003.000000","item":{"type":"message","channel":"C1","ts":"1700000000.000100"}}}`, chat.Unreacted, "unreacted:C1:1700000000.000100:U1:+1:1700000003.000000"},
	{"an emoji on a file", "events_api", `{"event":{"type":"reaction_added","user":"U1","reaction":"+1","event_ts":"1700000003.000000","item":{"type":"file","file":"F1"}}}`, "", ""},
	{"a command", "slash_commands", `{"command":"/sdc","text":"moi","user_id":"U1","channel_id":"C1","channel_name":"commun","trigger_id":"1.2.3","response_url":"https://hooks.slack.com/commands/x"}`, chat.Commanded, "command:"},
	{"a press", "interactive", `{"type":"block_actions","user":{"id":"U1"},"trigger_id":"1.2.4","container":{"type":"message","message_ts":"1700000000.000100","channel_id":"C1"},"channel":{"id":"C1","name":"commun"},"actions":[{"action_id":"button-1","value":"answer C-1 no","type":"button"}]}`, chat.Pressed, "pressed:"},
	{"a form", "interactive", `{"type":"view_submission","user":{"id":"U1"},"trigger_id":"1.2.5","view":{"id":"V1","callback_id":"form","private_metadata":"{\"f\":\"complete C-1\",\"c\":\"C1\"}","state":{"values":{"notice":{"value":{"type":"plain_text_input","value":"3"}},"renewal":{"value":{"selected_option":{"value":"tacit"}}},"reason":{"value":{"value":null}}}}}}`, chat.Submitted, "form:"},
	{"a form of another app's", "interactive", `{"type":"view_submission","user":{"id":"U1"},"trigger_id":"1.2.5","view":{"id":"V1","callback_id":"theirs","private_metadata":""}}`, "", ""},
	{"a shortcut", "interactive", `{"type":"shortcut","user":{"id":"U1"},"trigger_id":"1.2.5","callback_id":"x"}`, "", ""},
	{"what does not exist yet", "events_api", `{"event":{"type":"message_foretold"}}`, "", ""},
	{"an envelope that does not exist yet", "telepathy", `{}`, "", ""},
}

func TestDecode(t *testing.T) {
	for _, row := range told {
		a, err := decode(row.kind, []byte(row.payload))
		if err != nil || a.Kind != row.want || !strings.HasPrefix(a.ID, row.id) {
			t.Errorf("%s: %+v, %v; want %q %q", row.why, a, err, row.want, row.id)
		}
	}
	form, _ := decode("interactive", []byte(told[13].payload))
	if v := form.Values; v["notice"] != "3" || v["renewal"] != "tacit" || v["reason"] != "" || form.Sheet.Form != "complete C-1" {
		t.Errorf("the form holds %+v", form)
	}
	if press, _ := decode("interactive", []byte(told[12].payload)); press.Button != "answer C-1 no" || press.On != "1700000000.000100" || press.Channel != "C1" {
		t.Errorf("the press is %+v", press)
	}
}

// Cut at any byte, an event is an error or nothing, and never half of what it said.
func TestDecodeCut(t *testing.T) {
	for _, row := range told {
		for end := range len(row.payload) {
			if a, err := decode(row.kind, []byte(row.payload[:end])); err == nil && a.Kind != "" {
				t.Errorf("%s, cut at %d: %+v", row.why, end, a)
			}
		}
	}
}

// Any value in place of any other is an error or nothing, never a panic and never an act without author or id.
func TestDecodeOfWrongTypes(t *testing.T) {
	for _, row := range told {
		for _, other := range []string{`7`, `"x"`, `[]`, `{}`, `null`, `true`, `[[]]`} {
			for _, payload := range replaced(t, row.payload, json.RawMessage(other)) {
				if a, err := decode(row.kind, payload); err == nil && a.Kind != "" && (a.From == "" || a.ID == "") {
					t.Errorf("%s with %s: %s becomes %+v", row.why, other, payload, a)
				}
			}
		}
	}
}

// replaced returns the object with each of its values in turn, however deep, replaced.
func replaced(t *testing.T, raw string, by json.RawMessage) (all [][]byte) {
	t.Helper()
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &object) != nil {
		return nil
	}
	for key, value := range object {
		inner := append(replaced(t, string(value), by), by)
		for _, v := range inner {
			object[key] = v
			out, err := json.Marshal(object)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, out)
		}
		object[key] = value
	}
	return all
}

func FuzzDecode(f *testing.F) {
	for _, row := range told {
		f.Add(row.kind, []byte(row.payload))
	}
	f.Fuzz(func(t *testing.T, kind string, payload []byte) {
		a, err := decode(kind, payload)
		if a.Kind != "" && (err != nil || a.From == "" || a.ID == "" || a.Kind != chat.Submitted && a.Channel == "") {
			t.Errorf("%+v, %v", a, err)
		}
		if _, _, err := decodeRequest("application/json", payload); err == nil {
			renamed(payload)
		}
		if form, err := url.ParseQuery(string(payload)); err == nil {
			_, _ = decodeForm(form)
		}
		m := loadMark(payload)
		if again := loadMark(m.write()); again.At != m.At {
			t.Errorf("the mark comes back as %d, not %d", again.At, m.At)
		}
	})
}

func TestInstant(t *testing.T) {
	for _, row := range []struct {
		why, ts string
		want    int64
		ok      bool
	}{
		{"theirs", "1700000000.000100", 1_700_000_000_000_100, true},
		{"whole seconds", "1700000000", 1_700_000_000_000_000, true},
		{"fewer decimals", "1700000000.5", 1_700_000_000_500_000, true},
		{"nothing", "", 0, false},
		{"words", "hier", 0, false},
		{"before 1970", "-5.000000", 0, false},
		{"after all time", "99999999999999.0", 0, false},
	} {
		got, ok := instant(row.ts)
		if ok != row.ok || ok && got != row.want {
			t.Errorf("%s: %d %v, want %d %v", row.why, got, ok, row.want, row.ok)
		}
	}
	if got := timestamp(1_700_000_000_000_100); got != "1700000000.000100" {
		t.Errorf("written back as %s", got)
	}
}

func TestCut(t *testing.T) {
	for _, row := range []struct {
		why, text   string
		most        int
		first, rest string
	}{
		{"it fits", "court", 10, "court", ""},
		{"between lines", "une ligne\nune autre", 15, "une ligne", "une autre"},
		{"between sentences", "C'est dit. Et cela aussi.", 16, "C'est dit.", "Et cela aussi."},
		{"between words", "aaaa bbbb cccc", 11, "aaaa bbbb", "cccc"},
		{"a word that is too long", "aaaaaaaaaa", 4, "aaaa", "aaaaaa"},
		{"an escaped sign counts as what it costs", "<<<<", 8, "<<", "<<"},
	} {
		if first, rest := cut(row.text, row.most); first != row.first || rest != row.rest {
			t.Errorf("%s: %q | %q, want %q | %q", row.why, first, rest, row.first, row.rest)
		}
	}
}

// A field is bold only where nothing in it could format.
func TestBold(t *testing.T) {
	for _, row := range []struct {
		why, label, value string
		want              bool
	}{
		{"plain words", "Échéance", "23/05/2027 (dans 6 mois)", true},
		{"a star", "Objet", "*gras*", false},
		{"an address", "Objet", "<https://mauvais.example>", false},
		{"an emoji by name", "Objet", "à :smile: h", false},
		{"an hour is none", "Heure", "à 10:30", true},
		{"an underscore in a label", "a_b", "x", false},
		{"nothing to show", "Objet", "", false},
	} {
		if got := bold(row.label, row.value).Type == "mrkdwn"; got != row.want {
			t.Errorf("%s: bold is %v", row.why, got)
		}
	}
}
