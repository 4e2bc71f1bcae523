package mattermost_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sdcbot/adapters/mattermost"
	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

func sheetForm() chat.Form[string] {
	return chat.Form[string]{
		ID: "fix C-1 1", Title: "Corriger C-1", Words: "Répondez dans le fil.",
		Fields: []chat.Input[string]{
			{Key: "date", Label: "Échéance", Value: "31/05/2027"},
			{Key: "notice", Label: "Préavis"},
			{Key: "renewal", Label: "Reconduction", Options: []chat.Option[string]{{Value: "tacit", Label: "tacite"}, {Value: "none", Label: "aucune"}}},
			{Key: "max_renewals", Label: "Nombre de reconductions"},
			{Key: "reason", Label: "Motif", Long: true},
		},
	}
}

// How a form is answered in words.
func TestTyped(t *testing.T) {
	for _, row := range []struct {
		why, words string
		want       map[string]string // beside what stood there; nil: no answer to the form
	}{
		{"one field", "Préavis : 3 mois", map[string]string{"notice": "3 mois"}},
		{"in haste", "preavis:3 mois", map[string]string{"notice": "3 mois"}},
		{"by its key", "notice = 3 mois", map[string]string{"notice": "3 mois"}},
		{"several, a line each", "Préavis : 3 mois\nÉchéance : 30/06/2027", map[string]string{"notice": "3 mois", "date": "30/06/2027"}},
		{"several in one line", "échéance : 30/06/2027; préavis : 3 mois", map[string]string{"notice": "3 mois", "date": "30/06/2027"}},
		{"as a list", "- Préavis : 3 mois\n* Motif : trop cher", map[string]string{"notice": "3 mois", "reason": "trop cher"}},
		{"a choice by its label", "Reconduction : Tacite", map[string]string{"renewal": "tacit"}},
		{"a choice that there is not goes on as typed, to be refused", "Reconduction : bleue", map[string]string{"renewal": "bleue"}},
		{"the beginning of a label", "nombre : 3", map[string]string{"max_renewals": "3"}},
		{"the whole label wins over a beginning", "reconduction : aucune", map[string]string{"renewal": "none"}},
		{"an emptied field", "Échéance : —", map[string]string{"date": ""}},
		{"nothing after the name", "Échéance :", map[string]string{"date": ""}},
		{"a semicolon that parts nothing stays", "Motif : trop récent; on en reparle", map[string]string{"reason": "trop récent; on en reparle"}},
		{"a colon in a value stays", "Motif : voir : rien", map[string]string{"reason": "voir : rien"}},
		{"several lines of one value", "Motif : a\nb\nPréavis : 3", map[string]string{"reason": "a\nb", "notice": "3"}},
		{"a name that there is not is left in the value before it, so that it is refused and not lost", "Préavis : 3 mois\nMontan : 3 k€", map[string]string{"notice": "3 mois\nMontan : 3 k€"}},
		{"thanks", "merci", nil},
		{"a sentence with a colon", "Question : que veut dire préavis ?", nil},
		{"words before the first field", "voici\nPréavis : 3 mois", nil},
		{"a telephone's line ends", "Préavis : 3 mois\r\nMotif : x", map[string]string{"notice": "3 mois", "reason": "x"}},
	} {
		values, ok := mattermost.Typed(sheetForm(), row.words)
		if ok != (row.want != nil) {
			t.Errorf("%s: %q is an answer: %v", row.why, row.words, ok)
			continue
		}
		if row.want == nil {
			continue
		}
		want := map[string]string{"date": "31/05/2027", "notice": "", "renewal": "", "max_renewals": "", "reason": ""}
		maps.Copy(want, row.want)
		if !maps.Equal(values, want) {
			t.Errorf("%s: %q gives %v, want %v", row.why, row.words, values, want)
		}
	}
	alone := chat.Form[string]{ID: "comment C-1 no", Fields: []chat.Input[string]{{Key: "reason", Label: "Motif", Long: true}}}
	if values, ok := mattermost.Typed(alone, " parc trop récent "); !ok || values["reason"] != "parc trop récent" {
		t.Errorf("a form of one field takes any words: %v %v", values, ok)
	}
}

// Whatever is typed into one field comes out of it, and changes no other.
func TestTypedKeepsValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := sheetForm()
		value := strings.TrimSpace(rapid.StringMatching(`[a-zé0-9 ,.()€/-]{1,40}`).Draw(t, "value"))
		if value == "-" || value == "" {
			return
		}
		in := f.Fields[rapid.SampledFrom([]int{0, 1, 3, 4}).Draw(t, "field")]
		values, ok := mattermost.Typed(f, in.Label+" : "+value)
		if !ok || values[in.Key] != value {
			t.Fatalf("%q in %s gives %v %v", value, in.Label, values, ok)
		}
		for _, other := range f.Fields {
			if other.Key != in.Key && values[other.Key] != other.Value {
				t.Fatalf("%s changed to %q", other.Label, values[other.Key])
			}
		}
	})
}

// A form without callbacks: faults come in its thread and it stays open with what was typed; once it is taken it is closed, and words in
// its thread are words again.
func TestFormInWords(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		private := w.server.Direct(w.accounts[chattest.A], w.accounts[chattest.Bot])
		last := func() chat.Event {
			t.Helper()
			w.settle()
			e.mu.Lock()
			defer e.mu.Unlock()
			return e.events[len(e.events)-1]
		}
		say := func(root, words string) chat.Event {
			t.Helper()
			if _, err := w.server.Say(w.accounts[chattest.A], private, root, words); err != nil {
				t.Fatal(err)
			}
			return last()
		}
		reply := func(to chat.Event, a chat.Answer) {
			t.Helper()
			if err := w.chat.Reply(t.Context(), to.Handle, a); err != nil {
				t.Fatal(err)
			}
		}
		form := sheetForm()
		reply(say("", "corriger C-1"), chat.Answer{Form: &form})
		posts := w.server.Posts(private)
		sheet := posts[len(posts)-1]
		if !strings.Contains(shown(sheet), "Répondez dans le fil.") || !strings.Contains(shown(sheet), "tacite / aucune") {
			t.Errorf("the form shows %q", shown(sheet))
		}

		sent := say(sheet.Id, "Préavis : bientôt\nMotif : x")
		if sent.Kind != chat.Submitted || sent.Form != form.ID || sent.Values["notice"] != "bientôt" || sent.Values["date"] != "31/05/2027" {
			t.Fatalf("heard %+v", sent)
		}
		reply(sent, chat.Answer{Errors: map[string]string{"notice": "Un nombre de mois, par exemple 3."}})
		posts = w.server.Posts(private)
		if told := posts[len(posts)-1]; told.RootId != sheet.Id || !strings.Contains(shown(told), "Préavis\nUn nombre de mois") {
			t.Errorf("faults are told by %q", shown(told))
		}

		sent = say(sheet.Id, "Préavis : 3 mois")
		if sent.Values["notice"] != "3 mois" || sent.Values["reason"] != "x" {
			t.Errorf("what was typed before is lost: %+v", sent.Values)
		}
		reply(sent, chat.Answer{Message: &chat.Message{Title: "Enregistré"}})
		posts = w.server.Posts(private)
		if told := posts[len(posts)-1]; told.RootId != "" || shown(told) != "Enregistré" {
			t.Errorf("told %q in thread %q", shown(told), told.RootId)
		}
		for _, p := range posts {
			if p.Id == sheet.Id && (strings.Contains(shown(p), "Répondez") || !strings.Contains(shown(p), "3 mois")) {
				t.Errorf("the form that was taken shows %q", shown(p))
			}
		}
		if again := say(sheet.Id, "Préavis : 2 mois"); again.Kind != chat.Said {
			t.Errorf("a form that is closed was sent again: %+v", again)
		}
	})
}

// An answer to a form that was typed while nobody listened is its submission too.
func TestFormInWordsDuringAbsence(t *testing.T) {
	listening(t, func(t *testing.T, w *world, e *ears) {
		private := w.server.Direct(w.accounts[chattest.A], w.accounts[chattest.Bot])
		form := sheetForm()
		if _, err := w.server.Say(w.accounts[chattest.A], private, "", "corriger C-1"); err != nil {
			t.Fatal(err)
		}
		w.settle()
		if err := w.chat.Reply(t.Context(), e.events[0].Handle, chat.Answer{Form: &form}); err != nil {
			t.Fatal(err)
		}
		posts := w.server.Posts(private)
		w.server.Down(true)
		time.Sleep(time.Second)
		if _, err := w.server.Say(w.accounts[chattest.A], private, posts[len(posts)-1].Id, "Préavis : 3 mois"); err != nil {
			t.Fatal(err)
		}
		w.server.Forget()
		time.Sleep(10 * time.Minute)
		w.server.Down(false)
		time.Sleep(2 * time.Minute)
		w.settle()
		if last := e.events[len(e.events)-1]; last.Kind != chat.Submitted || last.Values["notice"] != "3 mois" {
			t.Errorf("heard %+v", last)
		}
	})
}

// FuzzTyped looks for words that make the reader panic, or that are lost: each character typed after a field's name is in a value.
func FuzzTyped(f *testing.F) {
	f.Add("Préavis : 3 mois\n; Motif = a;b")
	f.Add(";;::==\n\r\n—")
	f.Fuzz(func(t *testing.T, words string) {
		values, ok := mattermost.Typed(sheetForm(), words)
		if ok && len(values) != len(sheetForm().Fields) {
			t.Errorf("%q gives %v", words, values)
		}
	})
}
