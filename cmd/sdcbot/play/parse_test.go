package play

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sameWords compares words by how they are written: that is all there is to them.
var sameWords = cmp.Comparer(func(a, b Words) bool { return a.source == b.source })

func words(t *testing.T, source string) Words {
	t.Helper()
	w, err := ParseWords(source)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestSteps(t *testing.T) {
	w := func(source string) Words { return words(t, source) }
	a := Actor{Person: "dsi-a"}
	for _, test := range []struct {
		line, why string
		want      Deed
	}{
		{"+7d", "days of the calendar", Moves{Days: 7}},
		{"+3h", "hours", Moves{By: 3 * time.Hour}},
		{"+10m", "minutes", Moves{By: 10 * time.Minute}},
		{"until 2027-03-01 08:00", "a point in time", Moves{To: Clock{2027, 3, 1, 8, 0}}},
		{"@dsi-a #commun> /sdc propose Mon contrat > 10 k€", "in a channel; > is free in what is said", Says{Actor: a, Where: Where{Channel: "commun"}, Text: "/sdc propose Mon contrat > 10 k€"}},
		{`@dsi-a dm> un\n\tdeux`, "in private, with a line break and a tab", Says{Actor: a, Text: "un\n\tdeux"}},
		{"@dsi-a dm>", "nothing at all can be said too", Says{Actor: a}},
		{"@dsi-a thread #commun> oui", "in a thread", Says{Actor: a, Where: Where{Channel: "commun", Thread: true}, Text: "oui"}},
		{`@dsi-a thread on "C-1 > B-2" #commun> oui`, "in the thread of these words", Says{Actor: a, Where: Where{Channel: "commun", Thread: true, On: w("C-1 > B-2")}, Text: "oui"}},
		{"@dsi-a thread dm> oui", "a thread in private", Says{Actor: a, Where: Where{Thread: true}, Text: "oui"}},
		{"@dsi-a via mattermost #commun> oui", "through one of several chats", Says{Actor: Actor{"dsi-a", "mattermost"}, Where: Where{Channel: "commun"}, Text: "oui"}},
		{"@dsi-a via rives-slack dm> oui", "the same in private", Says{Actor: Actor{"dsi-a", "rives-slack"}, Text: "oui"}},
		{"@dsi-a via mattermost reacts 🙋", "the same for a reaction", Reacts{Actor: Actor{"dsi-a", "mattermost"}, Emoji: "🙋"}},
		{"@dsi-a reacts 🙋", "a reaction", Reacts{Actor: a, Emoji: "🙋"}},
		{"@dsi-a reacts 🙋🏽", "whatever the skin", Reacts{Actor: a, Emoji: "🙋"}},
		{"@dsi-a reacts :thumbsup:", "by its name", Reacts{Actor: a, Emoji: "👍"}},
		{"@dsi-a unreacts 🙋", "taken off", Reacts{Actor: a, Emoji: "🙋", Off: true}},
		{`@dsi-a reacts 🙋 on "même famille"`, "on these words", Reacts{Actor: a, Emoji: "🙋", On: w("même famille")}},
		{`@dsi-a presses "Déjà fait"`, "a button", Presses{Actor: a, Label: "Déjà fait"}},
		{`@dsi-a presses « Non » on “C-1”`, "other quotes do", Presses{Actor: a, Label: "Non", On: w("C-1")}},
		{`@dsi-a presses "dire \"oui\"" on "C-1"`, "a quote inside quotes", Presses{Actor: a, Label: `dire "oui"`, On: w("C-1")}},
		{"@dsi-a fills notice=3 mois; montant=1,5=M€;", "values hold commas and =", Fills{Actor: a, Entries: []Entry{{"notice", "3 mois"}, {"montant", "1,5=M€"}}}},
		{`@dsi-a fills Motif=trop tôt; plus tard; objet=`, "and ; where no field follows; a value may be empty", Fills{Actor: a, Entries: []Entry{{"Motif", "trop tôt; plus tard"}, {"objet", ""}}}},
		{"@dsi-a sends mes contrats.csv", "a file", Sends{Actor: a, File: "mes contrats.csv"}},
		{"bot #commun> C-1 … téléphonie", "a post", Expects{Sort: Posted, Channel: "commun", Words: w("C-1 … téléphonie")}},
		{"bot #commun via mattermost> C-1", "a post in one of several chats", Expects{Sort: Posted, Channel: "commun", Chat: "mattermost", Words: w("C-1")}},
		{"nothing @dsi-a via rives-slack>", "nothing in one of several chats", Expects{Sort: Nothing, Person: "dsi-a", Chat: "rives-slack"}},
		{"bot @dsi-a> /28.02.2027|28 février/", "what one person sees", Expects{Sort: Posted, Person: "dsi-a", Words: w("/28.02.2027|28 février/")}},
		{"bot @dsi-a> /sdc aide propose", "a command is no regular expression", Expects{Sort: Posted, Person: "dsi-a", Words: w("/sdc aide propose")}},
		{"thread #commun> oui", "a reply", Expects{Sort: Replied, Channel: "commun", Words: w("oui")}},
		{"thread @dsi-a> oui", "a reply in private", Expects{Sort: Replied, Person: "dsi-a", Words: w("oui")}},
		{"edit #commun> retiré", "a change", Expects{Sort: Edited, Channel: "commun", Words: w("retiré")}},
		{"edit @dsi-a> retiré", "a change in private", Expects{Sort: Edited, Person: "dsi-a", Words: w("retiré")}},
		{"nothing #commun> C-1", "no such thing", Expects{Sort: Nothing, Channel: "commun", Words: w("C-1")}},
		{"nothing @dsi-a>", "nothing at all", Expects{Sort: Nothing, Person: "dsi-a"}},
		{"file @dsi-a nom.csv> C-1", "a file given", Expects{Sort: Given, Person: "dsi-a", File: "nom.csv", Words: w("C-1")}},
		{"mail dg-a@> bonjour", "an e-mail", Expects{Sort: Mailed, Person: "dg-a@", Words: w("bonjour")}},
		{"stop", "down", Stops{}},
		{"start", "up", Starts{}},
		{"crash", "killed", Crashes{}},
		{"down mattermost", "a chat out of reach", Reaches{Chat: "mattermost"}},
		{"up mattermost", "and in reach", Reaches{Chat: "mattermost", Up: true}},
	} {
		script, err := Parse("x.txt", "circle: rives.yaml\nnow 2026-11-23 09:00\n  "+test.line+" \r\n")
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
			continue
		}
		if diff := cmp.Diff([]Step{{Line: 3, Source: test.line, Do: test.want}}, script.Steps, sameWords); diff != "" {
			t.Errorf("%s: %s", test.why, diff)
		}
	}
}

func TestHead(t *testing.T) {
	got, err := Parse("a/x.txt", "\uFEFF# what it shows\n\ncircle: ../rives.yaml\n\tnow  2026-11-23  09:00\n")
	want := Script{File: "a/x.txt", Circle: "../rives.yaml", Now: Clock{2026, 11, 23, 9, 0}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestLinesThatAreNoSteps(t *testing.T) {
	const head = "circle: rives.yaml\nnow 2026-11-23 09:00\n"
	for _, test := range []struct{ why, source, fault string }{
		{"an empty file", "", `x.txt:1: no step "circle: FILE.yaml"`},
		{"a circle alone", "circle: rives.yaml", `x.txt:1: no step "now YYYY-MM-DD HH:MM"`},
		{"the circle comes first", "now 2026-11-23 09:00", `x.txt:1: the first step must be "circle: FILE.yaml": now 2026-11-23 09:00`},
		{"the clock comes second", "circle: rives.yaml\n+7d", `x.txt:2: the second step must be "now YYYY-MM-DD HH:MM": +7d`},
		{"a day that does not exist", "circle: a\nnow 2027-02-29 09:00", `"2027-02-29 09:00" is not a date and an hour like 2027-03-01 08:00`},
		{"two circles", head + "circle: b", "has one circle"},
		{"two beginnings", head + "now 2026-11-23 09:00", "the clock is set once"},
		{"a mistyped sort", head + "\nbott #commun> C-1", "x.txt:4: not a step: bott #commun> C-1 (nearest step: bot #channel> words)"},
		{"a mistyped verb", head + "@dsi-a press \"Non\"", `nearest step: @person presses "Label"`},
		{"a forgotten >", head + "@dsi-a dm bonjour", `nearest step: @person dm> text`},
		{"a forgotten #", head + "bot commun> C-1", "nearest step: bot #channel> words"},
		{"a unit that is none", head + "+2w", "nearest step: +7d"},
		{"a mistyped word alone", head + "crush", "nearest step: crash"},
		{"something else altogether", head + "Le DSI de l'Office A ouvre la conversation", "not a step: Le DSI de l'Office A ouvre la conversation"},
		{"no quotes around the label", head + "@dsi-a presses Non", "words in quotes are wanted"},
		{"an open quote", head + `@dsi-a presses "Non`, "the closing quote is missing"},
		{"something after the label", head + `@dsi-a presses "Non" C-1`, `what follows must be on "words"`},
		{"something after the words", head + `@dsi-a presses "Non" on "C-1" x`, "too much after the words: x"},
		{"a label of emoji only", head + `@dsi-a presses "🙋"`, "no label"},
		{"no emoji", head + "@dsi-a reacts", "no emoji"},
		{"no field", head + "@dsi-a fills 3 mois", `field=value is wanted, not "3 mois"`},
		{"no name of a field", head + "@dsi-a fills a=b; =c", `field=value is wanted, not "=c"`},
		{"no file", head + "@dsi-a sends", "no file named"},
		{"a file of nobody", head + "file nom.csv> C-1", "nearest step: file @person name.csv> words"},
		{"a broken regular expression", head + "bot #commun> /C-(1/", "not a regular expression"},
		{"an empty regular expression", head + "bot #commun> //", "is empty"},
		{"not UTF-8", head + "bot #commun> \xff", "not UTF-8"},
	} {
		_, err := Parse("x.txt", test.source)
		var fault *Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), test.fault) {
			t.Errorf("%s: want a fault that says %q, got %v", test.why, test.fault, err)
		}
	}
}

// FuzzParse looks for a file that makes the parser panic, or for a fault that does not say where it is.
func FuzzParse(f *testing.F) {
	f.Add("circle: rives.yaml\nnow 2026-11-23 09:00\n@dsi-a #commun> /sdc propose x\nbot #commun> a … b\n+7d\n")
	f.Add("circle: a\nnow 2026-11-23 09:00\n@a thread on \"x\\\"\" #c> y\n@a fills a=b;=c\nbot @a> /(/\n")
	for _, form := range forms {
		f.Add("circle: a\nnow 2026-11-23 09:00\n" + form)
	}
	f.Fuzz(func(t *testing.T, source string) {
		script, err := Parse("x.txt", source)
		if err != nil {
			var fault *Fault
			if !errors.As(err, &fault) || fault.Line < 1 || !strings.HasPrefix(err.Error(), "x.txt:") {
				t.Fatalf("a fault that does not say where: %v", err)
			}
			return
		}
		last := 0
		for _, step := range script.Steps {
			if step.Do == nil || step.Line <= last {
				t.Fatalf("step %+v after line %d", step, last)
			}
			last = step.Line
		}
	})
}
