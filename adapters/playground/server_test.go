package playground_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
)

var morning = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// clock is a clock that tests move.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func rives(now func() time.Time) playground.Setting {
	return playground.Setting{
		Channels: []string{"commun", "projets"},
		People: []playground.Person{
			{Handle: "dsi-a", Name: "DSI A", Organisation: "Office A", Email: "dsi-a@a.example"},
			{Handle: "dsi-b", Name: "DSI B", Organisation: "Office B"},
		},
		Now: now,
	}
}

func open(t *testing.T, path string) *playground.Server {
	t.Helper()
	s, err := playground.Open(path, rives(func() time.Time { return morning }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// drain hears everything that waits.
func drain(t *testing.T, s *playground.Server) []chat.Event {
	t.Helper()
	var heard []chat.Event
	n, err := playground.NewChat(s).Drain(t.Context(), func(_ context.Context, e chat.Event) error {
		heard = append(heard, e)
		return nil
	})
	if err != nil || n != len(heard) {
		t.Fatalf("Drain = %d, %v after %d events", n, err, len(heard))
	}
	return heard
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func do(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatPeopleSayBecomesAnEvent(t *testing.T) {
	for _, row := range []struct {
		why  string
		at   chat.Place
		text string
		want chat.Event
	}{
		{"a slash command in a channel", chat.Place{Channel: "commun"}, "/sdc propose un extranet", chat.Event{Kind: chat.Commanded, Channel: "commun", Text: "propose un extranet"}},
		{"a slash command in private", chat.Place{}, "/sdc moi", chat.Event{Kind: chat.Commanded, Private: true, Text: "moi"}},
		{"a slash command with nothing behind it", chat.Place{}, "/sdc", chat.Event{Kind: chat.Commanded, Private: true}},
		{"on a phone, letters begin large", chat.Place{}, "/Sdc moi", chat.Event{Kind: chat.Commanded, Private: true, Text: "moi"}},
		{"several lines", chat.Place{}, "/sdc\npropose a\nb", chat.Event{Kind: chat.Commanded, Private: true, Text: "propose a\nb"}},
		{"another word", chat.Place{}, "/sdcx moi", chat.Event{Kind: chat.Said, Private: true, Text: "/sdcx moi"}},
		{"a mention", chat.Place{Channel: "commun"}, "@sdc propose un extranet", chat.Event{Kind: chat.Said, Channel: "commun", ToBot: true, Text: "propose un extranet"}},
		{"a mention with a comma", chat.Place{Channel: "commun"}, "@sdc, aide", chat.Event{Kind: chat.Said, Channel: "commun", ToBot: true, Text: "aide"}},
		{"a mention in the middle", chat.Place{Channel: "commun"}, "Bonjour @SDC : aide", chat.Event{Kind: chat.Said, Channel: "commun", ToBot: true, Text: "Bonjour aide"}},
		{"a mention at the end of a sentence", chat.Place{Channel: "commun"}, "Merci @sdc.", chat.Event{Kind: chat.Said, Channel: "commun", ToBot: true, Text: "Merci ."}},
		{"somebody whose name begins so", chat.Place{Channel: "commun"}, "@sdc-b bonjour", chat.Event{Kind: chat.Said, Channel: "commun", Text: "@sdc-b bonjour"}},
		{"an e-mail address", chat.Place{Channel: "commun"}, "dsi@sdc.example", chat.Event{Kind: chat.Said, Channel: "commun", Text: "dsi@sdc.example"}},
		{"talk", chat.Place{Channel: "projets"}, "Bonjour à tous", chat.Event{Kind: chat.Said, Channel: "projets", Text: "Bonjour à tous"}},
		{"in private nobody needs a mention", chat.Place{}, "un extranet", chat.Event{Kind: chat.Said, Private: true, Text: "un extranet"}},
		{"letters that grow when lowered do not shift the mention", chat.Place{Channel: "commun"}, "İ @sdc aide", chat.Event{Kind: chat.Said, Channel: "commun", ToBot: true, Text: "İ aide"}},
	} {
		s := open(t, "")
		id := must[string](t)(s.Say("dsi-a", row.at, row.text))
		row.want.ID, row.want.Handle = id, chat.Handle(id)
		row.want.Chat, row.want.From, row.want.At = "playground", "dsi-a", morning
		if diff := cmp.Diff([]chat.Event{row.want}, drain(t, s)); diff != "" {
			t.Errorf("%s: %s", row.why, diff)
		}
	}
}

// tell plays a small exchange and returns the bot's card.
func tell(t *testing.T, s *playground.Server) chat.Ref {
	t.Helper()
	c := playground.NewChat(s)
	must[string](t)(s.Say("dsi-a", chat.Place{Channel: "commun"}, "/sdc propose"))
	card := must[chat.Ref](t)(c.Post(t.Context(), chat.Place{Channel: "commun"}, chat.Message{
		Title: "B-1", Lines: []string{"Extranet"}, Fields: []chat.Field[string]{{Label: "Famille", Value: "Portails"}},
		Buttons: []chat.Button[string]{{ID: "yes", Label: "Intéressé"}}, Reactions: []string{"🙋"},
	}, "card B-1"))
	do(t, s.React("dsi-b", card.ID, ":raising_hand:"))
	do(t, s.Press("dsi-b", card.ID, "yes"))
	must[string](t)(s.Say("dsi-b", chat.Place{Channel: "commun", Thread: card.ID}, "Nous aussi"))
	return card
}

// A server that is closed, or killed, and opened again on the same file is the same server.
func TestEverythingIsThereAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "playground.jsonl")
	s := open(t, path)
	card := tell(t, s)
	heard := drain(t, s)
	do(t, playground.NewChat(s).Reply(t.Context(), heard[0].Handle, chat.Answer{Form: &chat.Form[string]{ID: "f", Fields: []chat.Input[string]{{Key: "notice", Value: "3"}}}}))
	must[string](t)(s.Say("dsi-b", chat.Place{}, "pendant la panne"))
	do(t, s.MarkRead("dsi-b", "#commun", 3))
	posts, feed := s.Posts(), s.Feed(0)
	do(t, s.Close())

	again := open(t, path)
	if diff := cmp.Diff(posts, again.Posts()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(feed, again.Feed(0)); diff != "" {
		t.Error(diff)
	}
	if f, ok := again.OpenForm("dsi-a"); !ok || f.Values["notice"] != "3" {
		t.Errorf("form after restart: %+v %v", f, ok)
	}
	if got := drain(t, again); len(got) != 1 || got[0].Text != "pendant la panne" {
		t.Errorf("events after restart: %+v, want only the one not acknowledged", got)
	}
	c := playground.NewChat(again)
	if ref, found, err := c.Posted(t.Context(), chat.Place{Channel: "commun"}, "card B-1"); err != nil || !found || ref != card {
		t.Errorf("Posted = %v %v %v, want %v", ref, found, err, card)
	}
	if ref := must[chat.Ref](t)(c.Post(t.Context(), chat.Place{Channel: "commun"}, chat.Message{Title: "B-1"}, "card B-1")); ref != card {
		t.Errorf("second Post under the key = %v, want the first's place %v", ref, card)
	}
	if err := c.Reply(t.Context(), heard[0].Handle, chat.Answer{Message: &chat.Message{Title: "Compris"}}); err != nil {
		t.Errorf("an event acknowledged a moment before the restart can still be answered: %v", err)
	}
}

func TestTornLastLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "playground.jsonl")
	s := open(t, path)
	must[string](t)(s.Say("dsi-a", chat.Place{}, "un"))
	must[string](t)(s.Say("dsi-a", chat.Place{}, "deux"))
	do(t, s.Close())
	whole := must[[]byte](t)(os.ReadFile(path))
	lines := strings.SplitAfter(string(whole), "\n")
	last := len(whole) - len(lines[2]) // where "deux" begins

	for length := last; length < len(whole); length += 17 {
		do(t, os.WriteFile(path, whole[:length], 0o600))
		s := open(t, path)
		if posts := s.Posts(); len(posts) != 1 || posts[0].Text != "un" {
			t.Fatalf("cut at %d of %d: %+v, want the first message alone", length, len(whole), posts)
		}
		must[string](t)(s.Say("dsi-a", chat.Place{}, "trois"))
		do(t, s.Close())
		again := open(t, path)
		if got := drain(t, again); len(got) != 2 || got[1].Text != "trois" {
			t.Fatalf("cut at %d, then written on: %+v", length, got)
		}
		do(t, again.Close())
	}
}

func TestAFileThatIsNotOurs(t *testing.T) {
	for _, row := range []struct{ why, content, want string }{
		{"some other file", "bonjour\n", "not a file of the playground"},
		{"a line spoilt in the middle is no torn end", `{"playground":1,"id":"x"}` + "\n{\n{}\n", "line 2"},
		{"of a later version", `{"playground":9,"id":"x"}` + "\n", "newer version"},
	} {
		path := filepath.Join(t.TempDir(), "file")
		do(t, os.WriteFile(path, []byte(row.content), 0o600))
		if _, err := playground.Open(path, rives(time.Now)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.why, err, row.want)
		}
	}
}

func TestTwoServersOnOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "playground.jsonl")
	s := open(t, path)
	if _, err := playground.Open(path, rives(time.Now)); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("second Open = %v, want that the file is in use", err)
	}
	do(t, s.Close())
	open(t, path)
}

// The child process speaks without end and is killed: everything that it was told was said must be in the file.
func TestKilledWhileWriting(t *testing.T) {
	if path := os.Getenv("PLAYGROUND_VICTIM"); path != "" {
		s, err := playground.Open(path, rives(time.Now))
		for err == nil {
			var id string
			if id, err = s.Say("dsi-a", chat.Place{}, strings.Repeat("é", 2000)); err == nil {
				os.Stdout.WriteString(id + "\n")
			}
		}
		os.Exit(1)
	}
	path := filepath.Join(t.TempDir(), "playground.jsonl")
	victim := exec.Command(os.Args[0], "-test.run=^TestKilledWhileWriting$")
	victim.Env = append(os.Environ(), "PLAYGROUND_VICTIM="+path)
	out := must[interface {
		Read([]byte) (int, error)
		Close() error
	}](t)(victim.StdoutPipe())
	do(t, victim.Start())
	var told []byte
	buffer := make([]byte, 4096)
	for strings.Count(string(told), "\n") < 200 {
		n, err := out.Read(buffer)
		do(t, err)
		told = append(told, buffer[:n]...)
	}
	do(t, victim.Process.Kill())
	for {
		n, err := out.Read(buffer)
		told = append(told, buffer[:n]...)
		if err != nil {
			break
		}
	}
	victim.Wait()

	ids := strings.Split(strings.TrimSuffix(string(told), "\n"), "\n")
	heard := drain(t, open(t, path))
	if len(heard) < len(ids) {
		t.Fatalf("%d events in the file, %d were told", len(heard), len(ids))
	}
	for i, id := range ids {
		if heard[i].ID != id {
			t.Fatalf("event %d is %s, want %s", i, heard[i].ID, id)
		}
	}
}

func TestFeedTellsWhoSeesWhat(t *testing.T) {
	s := open(t, "")
	c := playground.NewChat(s)
	card := tell(t, s)
	command := drain(t, s)[0]
	do(t, c.Reply(t.Context(), command.Handle, chat.Answer{Message: &chat.Message{Title: "Compris"}}))
	do(t, c.Reply(t.Context(), command.Handle, chat.Answer{Form: &chat.Form[string]{ID: "f", Title: "Préciser", Submit: "Envoyer"}}))
	must[chat.Ref](t)(c.Post(t.Context(), chat.Place{Channel: "commun", Thread: card.ID}, chat.Message{Title: "Noté"}, ""))
	do(t, c.Edit(t.Context(), card, chat.Message{Title: "B-1 · 1 intéressé"}))
	do(t, c.Edit(t.Context(), card, chat.Message{Title: "B-1 · 1 intéressé"})) // changes nothing
	must[chat.Ref](t)(c.Post(t.Context(), chat.Place{Account: "dsi-b"}, chat.Message{Title: "Merci"}, ""))

	type row struct {
		Kind                   playground.ChangeKind
		Bot, Everybody, ByA, B bool
		Words                  string
	}
	var got []row
	for _, c := range s.Feed(0) {
		_, everybody := c.Channel()
		got = append(got, row{c.Kind, c.FromBot(), everybody, c.SeenBy("dsi-a"), c.SeenBy("dsi-b"), c.Words()})
	}
	want := []row{
		{playground.Whispered, false, false, true, false, "/sdc propose"},
		{playground.Posted, true, true, true, true, "B-1\nExtranet\nFamille : Portails\n[Intéressé]\n🙋"},
		{playground.Reacted, false, true, true, true, "B-1\nExtranet\nFamille : Portails\n[Intéressé]\n🙋"},
		{playground.Threaded, false, true, true, true, "Nous aussi"},
		{playground.Whispered, true, false, true, false, "Compris"},
		{playground.FormOpened, true, false, true, false, "Préciser\n[Envoyer]"},
		{playground.Threaded, true, true, true, true, "Noté"},
		{playground.Edited, true, true, true, true, "B-1 · 1 intéressé"},
		{playground.Posted, true, false, false, true, "Merci"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if posts := s.Posts(); posts[1].Replies != 2 || posts[1].Reactions[0].People[0] != "dsi-b" || posts[1].Edited.IsZero() {
		t.Errorf("the card as it stands: %+v", posts[1])
	}
	if rest := s.Feed(s.Seq()); len(rest) != 0 {
		t.Errorf("feed after the last change: %v", rest)
	}
}

func TestFormsFromOpeningToTaking(t *testing.T) {
	s := open(t, "")
	c := playground.NewChat(s)
	form := chat.Form[string]{ID: "complete C-1", Title: "Compléter", Fields: []chat.Input[string]{
		{Key: "notice", Label: "Préavis", Hint: "en mois"},
		{Key: "renewal", Label: "Reconduction", Value: "tacit", Options: []chat.Option[string]{{Value: "tacit", Label: "tacite"}, {Value: "none", Label: "aucune"}}},
	}}
	if err := s.Submit("dsi-a", nil); !errors.Is(err, playground.ErrNoForm) {
		t.Errorf("Submit before any form = %v", err)
	}
	must[string](t)(s.Say("dsi-a", chat.Place{Channel: "commun"}, "/sdc contrat"))
	do(t, c.Reply(t.Context(), drain(t, s)[0].Handle, chat.Answer{Form: &form}))
	f, ok := s.OpenForm("dsi-a")
	if want := "Compléter\nPréavis : \nen mois\nReconduction : tacite\ntacite · aucune"; !ok || f.Words() != want {
		t.Errorf("form shows %q %v, want %q", f.Words(), ok, want)
	}

	do(t, s.Submit("dsi-a", map[string]string{"notice": "beaucoup", "unknown": "x"}))
	if err := s.Submit("dsi-a", nil); !errors.Is(err, playground.ErrNoForm) {
		t.Errorf("a form sent twice = %v", err)
	}
	sent := drain(t, s)[0]
	if diff := cmp.Diff(map[string]string{"notice": "beaucoup", "renewal": "tacit"}, sent.Values); diff != "" || sent.Form != form.ID || sent.Channel != "commun" {
		t.Errorf("sent %+v: %s", sent, diff)
	}
	do(t, c.Reply(t.Context(), sent.Handle, chat.Answer{Errors: map[string]string{"notice": "Un nombre, s'il vous plaît."}}))
	f, ok = s.OpenForm("dsi-a")
	if !ok || f.Values["notice"] != "beaucoup" || !strings.Contains(f.Words(), "Un nombre") {
		t.Errorf("refused form: %q %v, want it open with what was typed and the error", f.Words(), ok)
	}

	do(t, s.Submit("dsi-a", map[string]string{"notice": "3"}))
	do(t, c.Reply(t.Context(), drain(t, s)[0].Handle, chat.Answer{Message: &chat.Message{Title: "Noté"}}))
	if _, ok := s.OpenForm("dsi-a"); ok {
		t.Error("the form stands open after it was taken")
	}
	var kinds []playground.ChangeKind
	for _, c := range s.Feed(0) {
		kinds = append(kinds, c.Kind)
	}
	want := []playground.ChangeKind{playground.Whispered, playground.FormOpened, playground.FormRefused, playground.FormClosed, playground.Whispered}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestWhatPeopleCannotDo(t *testing.T) {
	s := open(t, "")
	card := tell(t, s)
	private := must[chat.Ref](t)(playground.NewChat(s).Post(t.Context(), chat.Place{Account: "dsi-a"}, chat.Message{Title: "Pour A"}, ""))
	before := s.Seq()
	for _, row := range []struct {
		why  string
		err  error
		want error
	}{
		{"a stranger speaks", second(s.Say("stranger", chat.Place{}, "x")), playground.ErrNobody},
		{"a channel that is not", second(s.Say("dsi-a", chat.Place{Channel: "secret"}, "x")), playground.ErrNowhere},
		{"a thread of another room", second(s.Say("dsi-a", chat.Place{Thread: card.ID}, "x")), playground.ErrNowhere},
		{"somebody else's private message", s.React("dsi-b", private.ID, "🙋"), playground.ErrNowhere},
		{"a button that is not there", s.Press("dsi-b", card.ID, "no"), playground.ErrNowhere},
		{"no emoji at all", s.React("dsi-b", card.ID, ":"), playground.ErrNowhere},
		{"a file from nobody", second(s.SendFile("stranger", "a.csv", nil)), playground.ErrNobody},
		{"removing what is not", s.Remove("x"), playground.ErrNowhere},
	} {
		if !errors.Is(row.err, row.want) {
			t.Errorf("%s: %v, want %v", row.why, row.err, row.want)
		}
	}
	do(t, s.React("dsi-b", card.ID, "🙋🏽")) // stands there already, in another skin
	if s.Seq() != before {
		t.Errorf("something was written: %v", s.Feed(before))
	}
}

func second[T any](_ T, err error) error { return err }

func TestLateAnswersAreStale(t *testing.T) {
	now := clock{morning}
	s := must[*playground.Server](t)(playground.Open("", rives(now.now)))
	c := playground.NewChat(s)
	say := func() { must[string](t)(s.Say("dsi-a", chat.Place{}, "/sdc moi")) }
	answer := chat.Answer{Message: &chat.Message{Title: "Voici"}}

	say()
	now.at = now.at.Add(7 * 24 * time.Hour) // the bot was down: nobody has heard it yet, so it can still be answered
	first := drain(t, s)[0]
	do(t, c.Reply(t.Context(), first.Handle, answer))

	now.at = now.at.Add(31 * time.Minute)
	if err := c.Reply(t.Context(), first.Handle, answer); !errors.Is(err, chat.ErrStale) {
		t.Errorf("half an hour later: %v, want ErrStale", err)
	}
	say()
	drain(t, s) // sweeps the first handle away
	if err := c.Reply(t.Context(), first.Handle, answer); !errors.Is(err, chat.ErrStale) {
		t.Errorf("a handle that was forgotten: %v, want ErrStale", err)
	}
}

func TestListenHearsAtOnceAndTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := must[*playground.Server](t)(playground.Open("", rives(time.Now)))
		c := playground.NewChat(s)
		ctx, cancel := context.WithCancel(t.Context())
		var heard []string
		full := true
		ended := make(chan error)
		go func() {
			ended <- c.Listen(ctx, func(_ context.Context, e chat.Event) error {
				if e.Kind == chat.Back {
					e.Text = "back"
				}
				heard = append(heard, e.Text)
				if full {
					return errors.New("disk full")
				}
				return nil
			})
		}()
		must[string](t)(s.Say("dsi-a", chat.Place{}, "un"))
		synctest.Wait()
		full = false
		must[string](t)(s.Say("dsi-a", chat.Place{}, "deux"))
		time.Sleep(time.Second) // in the bubble: the pause after the refusal passes
		synctest.Wait()
		if got := strings.Join(heard, " "); got != "un un deux" {
			t.Errorf("heard %q, want the refused event again, before the next", got)
		}

		c.SetDown(true)
		must[string](t)(s.Say("dsi-a", chat.Place{}, "trois"))
		synctest.Wait()
		if len(heard) != 3 || s.Pending() != 1 {
			t.Errorf("heard %v while the chat was down", heard)
		}
		c.SetDown(false)
		synctest.Wait()
		if got := strings.Join(heard[3:], " "); got != "back trois" {
			t.Errorf("heard %q after the chat came back", got)
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Listen = %v, want ctx's error", err)
		}
		s.Close()
	})
}

func TestWaitWakesAtAChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := must[*playground.Server](t)(playground.Open("", rives(time.Now)))
		got := make(chan []playground.Change)
		ended := make(chan error)
		go func() {
			changes, err := s.Wait(t.Context(), 0)
			got <- changes
			_, again := s.Wait(t.Context(), changes[0].Seq)
			ended <- errors.Join(err, again)
		}()
		synctest.Wait()
		must[string](t)(s.Say("dsi-a", chat.Place{}, "un"))
		if changes := <-got; len(changes) != 1 || changes[0].Words() != "un" {
			t.Errorf("Wait = %v", changes)
		}
		s.Close()
		if err := <-ended; !errors.Is(err, playground.ErrClosed) {
			t.Errorf("Wait after Close = %v", err)
		}
		if _, err := s.Say("dsi-a", chat.Place{}, "deux"); !errors.Is(err, playground.ErrClosed) {
			t.Errorf("Say after Close = %v", err)
		}
	})
}

func TestDownRefusesEveryCall(t *testing.T) {
	s := open(t, "")
	card := tell(t, s)
	c := playground.NewChat(s)
	c.SetDown(true)
	place := chat.Place{Channel: "commun"}
	for call, err := range map[string]error{
		"Post":      second(c.Post(t.Context(), place, chat.Message{}, "")),
		"Posted":    third(c.Posted(t.Context(), place, "card B-1")),
		"Edit":      c.Edit(t.Context(), card, chat.Message{}),
		"Reactions": second(c.Reactions(t.Context(), card)),
		"Reply":     c.Reply(t.Context(), "x", chat.Answer{}),
		"Profile":   second(c.Profile(t.Context(), "dsi-a")),
		"Account":   second(c.Account(t.Context(), "dsi-a", "")),
		"Drain":     second(c.Drain(t.Context(), nil)),
	} {
		if !errors.Is(err, chat.ErrUnavailable) {
			t.Errorf("%s while down: %v", call, err)
		}
	}
}

func third[A, B any](_ A, _ B, err error) error { return err }
