package chattest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"sdcbot/bot/chat"
)

// patience is how long the suite waits for what must come. It is never waited out by an adapter that keeps the promises.
const patience = 10 * time.Second

// Run holds an adapter to every promise of the port. open is called for each test, and gives a stage of its own.
func Run(t *testing.T, open func(t *testing.T) Stage) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Stage)
	}{
		{"says who people are", directory},
		{"posts where it is told", posts},
		{"refuses places that are not", refusals},
		{"finds what it posted by key", posted},
		{"posts once under one key", deduplicates},
		{"edits", edits},
		{"reads reactions back", reactions},
		{"lets nobody's words format or notify", hostile},
		{"keeps within limits", within},
		{"hears talk, mentions and private words", hears},
		{"hands text over as typed", typed},
		{"hears threads", threads},
		{"hears reactions, but not its own", hearsReactions},
		{"hands events again until they are stored", again},
		{"keeps what happened while nobody listened", absence},
		{"answers a command to its author alone", answers},
		{"hears buttons", buttons},
		{"opens forms and shows errors in place", forms},
		{"hears files", files},
		{"gives files", gives},
		{"says when it cannot reach the chat", broken},
		{"ends with its context", ends},
		{"may be called concurrently", concurrent},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

var (
	channel = chat.Place{Channel: Channel}
	private = chat.Place{}
)

// card is a message with every part.
func card() chat.Message {
	return chat.Message{
		Title:     "B-1 · Extranet fournisseur",
		Lines:     []string{"Office A y songe.", "Êtes-vous également intéressé ?"},
		Fields:    []chat.Field[string]{{Label: "Famille", Value: "Portails et extranets"}, {Label: "Échéance", Value: "date à préciser"}},
		Footer:    "Visible par le cercle.",
		Reactions: []string{"🙋", "🤔", "🚫", "✅"},
		Tone:      chat.Good,
	}
}

func words(m chat.Message) []string {
	out := append([]string{m.Title, m.Footer}, m.Lines...)
	for _, f := range m.Fields {
		out = append(out, f.Label, f.Value)
	}
	return out
}

// post posts and must succeed.
func post(t *testing.T, c chat.Chat, to chat.Place, m chat.Message, key string) chat.Ref {
	t.Helper()
	ref, err := c.Post(t.Context(), to, m, key)
	if err != nil {
		t.Fatalf("Post: %v", err)
	}
	if ref.Chat != c.Name() || ref.ID == "" {
		t.Fatalf("Post returned %+v: want a place in %q", ref, c.Name())
	}
	return ref
}

func account(t *testing.T, c chat.Chat, handle string) string {
	t.Helper()
	account, err := c.Account(t.Context(), handle, "")
	if err != nil {
		t.Fatalf("Account(%q): %v", handle, err)
	}
	return account
}

// find returns the message of that ref as the person sees it.
func find(t *testing.T, s Stage, person string, at chat.Place, ref chat.Ref) (Message, bool) {
	t.Helper()
	seen := s.People.See(t, person, at)
	i := slices.IndexFunc(seen, func(m Message) bool { return m.Ref.ID == ref.ID })
	if i < 0 {
		return Message{}, false
	}
	return seen[i], true
}

func shows(t *testing.T, m Message, all ...string) {
	t.Helper()
	for _, w := range all {
		if !strings.Contains(m.Text, w) {
			t.Errorf("the message shows\n%s\nwithout %q", m.Text, w)
		}
	}
}

func wantError(t *testing.T, call string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: error %v, want %v", call, err, want)
	}
}

func directory(t *testing.T, s Stage) {
	for _, handle := range []string{A, B} {
		p, err := s.Chat.Profile(t.Context(), account(t, s.Chat, handle))
		if err != nil || p.Handle != handle || p.Account != account(t, s.Chat, handle) || p.Bot {
			t.Errorf("Profile of %s = %+v, %v", handle, p, err)
		}
	}
	if got, err := s.Chat.Account(t.Context(), "", "DSI-A@a.example"); err != nil || got != account(t, s.Chat, A) {
		t.Errorf("Account by address = %q, %v, letter case ignored", got, err)
	}
	_, err := s.Chat.Account(t.Context(), "nobody", "nobody@nowhere.example")
	wantError(t, "Account of nobody", err, chat.ErrUnknown)
	_, err = s.Chat.Profile(t.Context(), "nobody")
	wantError(t, "Profile of nobody", err, chat.ErrUnknown)
}

func posts(t *testing.T, s Stage) {
	m := card()
	if s.Chat.Limits().Callbacks {
		m.Buttons = []chat.Button[string]{{ID: "yes", Label: "Intéressé", Tone: chat.Good}, {ID: "no", Label: "Non"}}
	}
	inChannel := post(t, s.Chat, channel, m, "key 1")
	for _, person := range []string{A, B} {
		seen, ok := find(t, s, person, channel, inChannel)
		if !ok {
			t.Fatalf("%s does not see the message in the channel", person)
		}
		shows(t, seen, words(m)...)
		for _, b := range m.Buttons {
			if !slices.Contains(seen.Buttons, b.Label) {
				t.Errorf("buttons %q, without %q", seen.Buttons, b.Label)
			}
		}
	}

	alone := post(t, s.Chat, chat.Place{Account: account(t, s.Chat, A)}, chat.Message{Title: "Pour vous"}, "key 2")
	if _, ok := find(t, s, A, private, alone); !ok {
		t.Error("the private message does not reach its reader")
	}
	for _, at := range []chat.Place{private, channel} {
		if _, ok := find(t, s, B, at, alone); ok {
			t.Error("somebody else sees a private message")
		}
	}

	thread := chat.Place{Channel: Channel, Thread: inChannel.ID}
	reply := post(t, s.Chat, thread, chat.Message{Lines: []string{"Office B est intéressé."}}, "key 3")
	if _, ok := find(t, s, B, thread, reply); !ok {
		t.Error("the reply is not in the thread")
	}
	if _, ok := find(t, s, B, channel, reply); ok {
		t.Error("the reply stands outside its thread")
	}
}

func refusals(t *testing.T, s Stage) {
	_, err := s.Chat.Post(t.Context(), chat.Place{Channel: "nowhere"}, card(), "key")
	wantError(t, "Post to a channel that is not", err, chat.ErrRefused)
	_, err = s.Chat.Post(t.Context(), chat.Place{Account: "nobody"}, card(), "key")
	if !errors.Is(err, chat.ErrRefused) && !errors.Is(err, chat.ErrUnknown) {
		t.Errorf("Post to nobody: error %v, want one that says not to try again", err)
	}
}

func posted(t *testing.T, s Stage) {
	look := func(c chat.Chat, to chat.Place, key string, want chat.Ref) {
		t.Helper()
		ref, found, err := c.Posted(t.Context(), to, key)
		if err != nil || found != !want.IsZero() || ref != want {
			t.Errorf("Posted(%+v, %q) = %+v %v %v, want %+v", to, key, ref, found, err, want)
		}
	}
	toA := chat.Place{Account: account(t, s.Chat, A)}
	first := post(t, s.Chat, channel, card(), "key 1")
	second := post(t, s.Chat, channel, card(), "key 2")
	alone := post(t, s.Chat, toA, card(), "key 3")
	thread := chat.Place{Channel: Channel, Thread: first.ID}
	reply := post(t, s.Chat, thread, card(), "key 4")

	chats := []chat.Chat{s.Chat}
	if s.Reconnect != nil {
		chats = append(chats, s.Reconnect())
	}
	for _, c := range chats {
		look(c, channel, "key 1", first)
		look(c, channel, "key 2", second)
		look(c, toA, "key 3", alone)
		look(c, thread, "key 4", reply)
		look(c, channel, "key", chat.Ref{})
		look(c, channel, "key 3", chat.Ref{})
	}
}

func deduplicates(t *testing.T, s Stage) {
	if !s.Deduplicates {
		t.Skip("the platform does not de-duplicate: Posted has to be asked")
	}
	first := post(t, s.Chat, channel, card(), "key")
	if again := post(t, s.Chat, channel, card(), "key"); again != first {
		t.Errorf("the second Post returned %+v, the first %+v", again, first)
	}
	if seen := s.People.See(t, A, channel); len(seen) != 1 {
		t.Errorf("%d messages stand in the channel, want 1", len(seen))
	}
}

func edits(t *testing.T, s Stage) {
	ref := post(t, s.Chat, channel, card(), "key")
	changed := card()
	changed.Title, changed.Lines, changed.Tone = "B-1 · Extranet fournisseur · 1 intéressé", []string{"Office B est intéressé."}, chat.Muted
	for range 2 { // the second changes nothing, and is no error
		if err := s.Chat.Edit(t.Context(), ref, changed); err != nil {
			t.Fatalf("Edit: %v", err)
		}
	}
	seen, ok := find(t, s, B, channel, ref)
	if !ok || len(s.People.See(t, B, channel)) != 1 {
		t.Fatalf("after the edit: %+v, want the one message where it stood", s.People.See(t, B, channel))
	}
	shows(t, seen, words(changed)...)
	if strings.Contains(seen.Text, "Êtes-vous") {
		t.Errorf("the edited message still shows what it said before:\n%s", seen.Text)
	}
	if found, ok, err := s.Chat.Posted(t.Context(), channel, "key"); err != nil || !ok || found != ref {
		t.Errorf("Posted after the edit = %+v %v %v: its key is lost", found, ok, err)
	}
	s.People.Remove(t, ref)
	wantError(t, "Edit of a removed message", s.Chat.Edit(t.Context(), ref, card()), chat.ErrGone)
}

func reactions(t *testing.T, s Stage) {
	ref := post(t, s.Chat, channel, card(), "key")
	stand := func(want ...chat.Reaction) {
		t.Helper()
		got, err := s.Chat.Reactions(t.Context(), ref)
		order := func(a, b chat.Reaction) int { return strings.Compare(a.Account+a.Emoji, b.Account+b.Emoji) }
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("Reactions = %v, %v, want %v", got, err, want)
		}
	}
	a, b := account(t, s.Chat, A), account(t, s.Chat, B)
	stand() // the seeds are the bot's own
	s.People.React(t, A, ref, "🙋")
	s.People.React(t, B, ref, "🙋")
	s.People.React(t, B, ref, "🤔")
	stand(chat.Reaction{Account: a, Emoji: "🙋"}, chat.Reaction{Account: b, Emoji: "🙋"}, chat.Reaction{Account: b, Emoji: "🤔"})
	s.People.Unreact(t, B, ref, "🙋")
	stand(chat.Reaction{Account: a, Emoji: "🙋"}, chat.Reaction{Account: b, Emoji: "🤔"})
	if err := s.Chat.Edit(t.Context(), ref, card()); err != nil {
		t.Fatalf("Edit: %v", err)
	}
	stand(chat.Reaction{Account: a, Emoji: "🙋"}, chat.Reaction{Account: b, Emoji: "🤔"})
	s.People.Remove(t, ref)
	_, err := s.Chat.Reactions(t.Context(), ref)
	wantError(t, "Reactions of a removed message", err, chat.ErrGone)
}

// notYours are words that some platform would make into something else than text.
var notYours = []string{
	"<!channel> <!here> <!everyone> <@U024BE7LH> <#C024BE7LR>", "@all @channel @here @everyone", "@" + B + " @" + Bot,
	"*gras* **gras** _italique_ __souligné__ ~~barré~~ `code`", "# titre", "> citation", "- liste", "1. liste", "```bloc```",
	"[lien](https://mauvais.example)", "<https://mauvais.example|lien>", "![image](https://mauvais.example/a.png)", "~" + Channel, "#" + Channel,
	"<b>gras</b> <script>alert(1)</script> <img src=x onerror=alert(1)>", "&lt;b&gt; &amp;amp; &#42;", ":smile: :raising_hand:",
	"| a | b |", `a \* b \_ c \\ d`, "$x^2$", "--- *** ___",
}

func hostile(t *testing.T, s Stage) {
	for _, text := range notYours {
		for part, m := range map[string]chat.Message{
			"title":  {Title: text},
			"line":   {Title: "Titre", Lines: []string{text}},
			"label":  {Title: "Titre", Fields: []chat.Field[string]{{Label: text, Value: "valeur"}}},
			"value":  {Title: "Titre", Fields: []chat.Field[string]{{Label: "libellé", Value: text}}},
			"footer": {Title: "Titre", Footer: text},
		} {
			key := part + " " + text
			ref := post(t, s.Chat, channel, m, key)
			seen, ok := find(t, s, A, channel, ref)
			if !ok {
				t.Fatalf("%s %q is not seen", part, text)
			}
			if !strings.Contains(seen.Text, text) {
				t.Errorf("%s %q is shown as\n%s", part, text, seen.Text)
			}
			if len(seen.Pings) > 0 {
				t.Errorf("%s %q notifies %q", part, text, seen.Pings)
			}
		}
	}
}

func within(t *testing.T, s Stage) {
	limits := s.Chat.Limits()
	if !limits.Callbacks && limits.Buttons != 0 {
		t.Errorf("%d buttons that nobody would hear of", limits.Buttons)
	}
	m := card()
	for i := range 50 {
		m.Lines = append(m.Lines, strings.Repeat("é < & > * ", 200))
		m.Fields = append(m.Fields, chat.Field[string]{Label: fmt.Sprintf("Champ %d", i), Value: strings.Repeat("valeur ", 50)})
		m.Buttons = append(m.Buttons, chat.Button[string]{ID: fmt.Sprintf("b%d", i), Label: fmt.Sprintf("Bouton %d", i)})
	}
	ref := post(t, s.Chat, channel, m, "long")
	seen, ok := find(t, s, A, channel, ref)
	if !ok {
		t.Fatal("a message that is too long is not shown at all")
	}
	if n := utf8.RuneCountInString(seen.Text); limits.MessageRunes > 0 && n > limits.MessageRunes+limits.MessageRunes/10 {
		t.Errorf("%d characters are shown, the limit is %d", n, limits.MessageRunes)
	}
	if !limits.Callbacks && len(seen.Buttons) > 0 || limits.Callbacks && limits.Buttons > 0 && len(seen.Buttons) > limits.Buttons {
		t.Errorf("%d buttons are shown, the limit is %d", len(seen.Buttons), limits.Buttons)
	}
	shows(t, seen, m.Title)
	post(t, s.Chat, channel, chat.Message{Lines: []string{""}, Title: "…"}, "almost empty")
}

// ears listens in the background.
type ears struct {
	t      *testing.T
	events chan chat.Event
	cancel context.CancelFunc
	ended  chan error

	mu     sync.Mutex
	refuse int // so many more events are not stored
}

func listen(t *testing.T, c chat.Chat) *ears {
	ctx, cancel := context.WithCancel(t.Context())
	e := &ears{t: t, events: make(chan chat.Event, 1000), cancel: cancel, ended: make(chan error, 1)}
	go func() {
		e.ended <- c.Listen(ctx, func(_ context.Context, event chat.Event) error {
			if event.Kind == chat.Back {
				return nil // may come at any time
			}
			e.mu.Lock()
			defer e.mu.Unlock()
			refused := e.refuse > 0 // decided before the test learns of the event, and may ask for refusals of the next
			if refused {
				e.refuse--
			}
			e.events <- event
			if refused {
				return errors.New("the store is down")
			}
			return nil
		})
	}()
	t.Cleanup(cancel)
	return e
}

// next returns the next event.
func (e *ears) next() chat.Event {
	e.t.Helper()
	select {
	case event := <-e.events:
		return event
	case err := <-e.ended:
		e.t.Fatalf("Listen ended: %v", err)
	case <-time.After(patience):
		e.t.Fatal("no event came")
	}
	return chat.Event{}
}

// stop ends Listen and waits for it.
func (e *ears) stop() error {
	e.t.Helper()
	e.cancel()
	select {
	case err := <-e.ended:
		return err
	case <-time.After(patience):
		e.t.Fatal("Listen does not end with its context")
	}
	return nil
}

// ready makes sure that the adapter is connected and hears: an event that it did hear proves it, however long that took.
func (e *ears) ready(s Stage) *ears {
	e.t.Helper()
	s.People.Say(e.t, A, private, "prêt")
	deadline := time.After(patience)
	again := time.NewTicker(50 * time.Millisecond) // a chat that keeps nothing loses what is said before it is connected
	defer again.Stop()
	for heard := false; !heard; {
		select {
		case <-e.events:
			heard = true
		case <-again.C:
			if !s.Keeps {
				s.People.Say(e.t, A, private, "prêt")
			}
		case <-deadline:
			e.t.Fatal("the adapter hears nothing")
		}
	}
	const last = "prêt maintenant"
	s.People.Say(e.t, A, private, last)
	for e.next().Text != last { // what was said in vain before may still come
	}
	return e
}

func hears(t *testing.T, s Stage) {
	e := listen(t, s.Chat).ready(s)
	for _, row := range []struct {
		why    string
		person string
		at     chat.Place
		typed  string
		want   chat.Event
	}{
		{"talk in a channel", A, channel, "Bonjour à tous", chat.Event{Channel: Channel, Text: "Bonjour à tous"}},
		{"a mention: it is not in the text", B, channel, "@" + Bot + " propose un extranet", chat.Event{Channel: Channel, ToBot: true, Text: "propose un extranet"}},
		{"somebody else is mentioned", A, channel, "@" + B + " qu'en dites-vous ?", chat.Event{Channel: Channel, Text: "@" + B + " qu'en dites-vous ?"}},
		{"a name that only begins like the bot's", A, channel, "@" + Bot + "x bonjour", chat.Event{Channel: Channel, Text: "@" + Bot + "x bonjour"}},
		{"words to the bot alone", B, private, "un extranet", chat.Event{Private: true, Text: "un extranet"}},
	} {
		s.People.Say(t, row.person, row.at, row.typed)
		got := e.next()
		if got.Kind != chat.Said || got.Text != row.want.Text || got.Channel != row.want.Channel || got.Private != row.want.Private || !got.Private && got.ToBot != row.want.ToBot {
			t.Errorf("%s: heard %+v, want %+v", row.why, got, row.want)
		}
		if got.From != account(t, s.Chat, row.person) || got.Chat != s.Chat.Name() || got.ID == "" || got.At.IsZero() {
			t.Errorf("%s: heard %+v without author, chat, id or instant", row.why, got)
		}
	}

	// Order, and ids that are never the same.
	ids := map[string]bool{}
	for i := range 20 {
		s.People.Say(t, A, channel, fmt.Sprint("message ", i))
	}
	for i := range 20 {
		got := e.next()
		if want := fmt.Sprint("message ", i); got.Text != want {
			t.Fatalf("heard %q, want %q", got.Text, want)
		}
		if ids[got.ID] {
			t.Fatalf("two events have the id %q", got.ID)
		}
		ids[got.ID] = true
	}
}

func typed(t *testing.T, s Stage) {
	e := listen(t, s.Chat).ready(s)
	for _, text := range append(slices.Clone(notYours), "a & b < c > d \"e\" 'f'", "deux\nlignes", "24\u202f000\u00a0€", "👩🏽‍💻 é ç œ ’ «\u00a0»", strings.Repeat("long ", 600)+"fin") {
		if strings.Contains(text, "@"+Bot) {
			continue // a mention, and rightly taken out
		}
		s.People.Say(t, A, private, text)
		if got := e.next(); got.Text != text {
			t.Errorf("typed %q, heard %q", text, got.Text)
		}
	}
}

func threads(t *testing.T, s Stage) {
	e := listen(t, s.Chat).ready(s)
	ref := post(t, s.Chat, channel, card(), "key")
	for range 2 { // the second answers a thread that has begun
		s.People.Say(t, B, chat.Place{Channel: Channel, Thread: ref.ID}, "Nous aussi")
		if got := e.next(); got.Text != "Nous aussi" || got.Message != ref || got.Channel != Channel {
			t.Errorf("heard %+v, want a reply to %+v", got, ref)
		}
	}
	alone := post(t, s.Chat, chat.Place{Account: account(t, s.Chat, B)}, card(), "key 2")
	s.People.Say(t, B, chat.Place{Thread: alone.ID}, "Avec plaisir")
	if got := e.next(); got.Message != alone || !got.Private {
		t.Errorf("heard %+v, want a reply to %+v in private", got, alone)
	}
}

func hearsReactions(t *testing.T, s Stage) {
	e := listen(t, s.Chat).ready(s)
	ref := post(t, s.Chat, channel, card(), "key")
	alone := post(t, s.Chat, chat.Place{Account: account(t, s.Chat, B)}, card(), "key 2")
	ids := map[string]bool{}
	// Put, taken back and put again are three things done. The bot's own messages and seeds are none.
	for _, row := range []struct {
		on   chat.Ref
		kind chat.Kind
	}{{ref, chat.Reacted}, {ref, chat.Unreacted}, {ref, chat.Reacted}, {alone, chat.Reacted}} {
		act := s.People.React
		if row.kind == chat.Unreacted {
			act = s.People.Unreact
		}
		act(t, B, row.on, "🚫")
		got := e.next()
		if got.Kind != row.kind || got.Emoji != "🚫" || got.Message != row.on || got.From != account(t, s.Chat, B) {
			t.Errorf("heard %+v, want 🚫 %s on %+v", got, row.kind, row.on)
		}
		if ids[got.ID] {
			t.Errorf("the id %q comes twice", got.ID)
		}
		ids[got.ID] = true
	}
}

func again(t *testing.T, s Stage) {
	e := listen(t, s.Chat).ready(s)
	e.mu.Lock()
	e.refuse = 2
	e.mu.Unlock()
	s.People.Say(t, A, channel, "un")
	first := e.next()
	for range 2 {
		if got := e.next(); got.ID != first.ID || got.Text != "un" {
			t.Fatalf("heard %+v, want %+v again", got, first)
		}
	}
	s.People.Say(t, A, channel, "deux")
	if got := e.next(); got.Text != "deux" || got.ID == first.ID {
		t.Errorf("heard %+v, want the next event", got)
	}
}

func absence(t *testing.T, s Stage) {
	if !s.Keeps {
		t.Skip("the platform keeps nothing for who does not listen: reactions are read back, words are lost")
	}
	e := listen(t, s.Chat).ready(s)
	ref := post(t, s.Chat, channel, card(), "key")
	e.mu.Lock()
	e.refuse = 1 << 30
	e.mu.Unlock()
	s.People.Say(t, A, channel, "pas encore retenu")
	unstored := e.next()
	e.stop()
	s.People.Say(t, A, channel, "pendant l'absence")
	s.People.React(t, B, ref, "✅")

	c := s.Chat
	if s.Reconnect != nil {
		c = s.Reconnect()
	}
	e = listen(t, c)
	if got := e.next(); got.ID != unstored.ID || got.Text != unstored.Text {
		t.Errorf("heard %+v, want %+v again, with its id", got, unstored)
	}
	if got := e.next(); got.Text != "pendant l'absence" {
		t.Errorf("heard %+v, want what was said during the absence", got)
	}
	if got := e.next(); got.Kind != chat.Reacted || got.Emoji != "✅" || got.Message != ref {
		t.Errorf("heard %+v, want the reaction of the absence", got)
	}
}

// presser skips the test where buttons and forms do not reach the bot.
func presser(t *testing.T, s Stage) Presser {
	t.Helper()
	if !s.Chat.Limits().Callbacks {
		t.Skip("no callbacks here")
	}
	p, ok := s.People.(Presser)
	if !ok {
		t.Fatal("Limits().Callbacks is true: the stage's People must be a Presser")
	}
	return p
}

func answers(t *testing.T, s Stage) {
	people := presser(t, s)
	e := listen(t, s.Chat).ready(s)
	for _, at := range []chat.Place{channel, private} {
		people.Command(t, A, at, "moi & <vous>")
		got := e.next()
		if got.Kind != chat.Commanded || got.Text != "moi & <vous>" || got.From != account(t, s.Chat, A) || got.Channel != at.Channel || got.Private != (at == private) {
			t.Fatalf("heard %+v, want the command at %+v", got, at)
		}
		m := chat.Message{Title: "Ce qui vous attend", Lines: []string{"*Rien* @all <b>"}}
		if err := s.Chat.Reply(t.Context(), got.Handle, chat.Answer{Message: &m}); err != nil {
			t.Fatalf("Reply: %v", err)
		}
		var texts []string
		for _, seen := range slices.Concat(s.People.See(t, A, at), s.People.See(t, A, private)) {
			texts = append(texts, seen.Text)
			if len(seen.Pings) > 0 {
				t.Errorf("the answer notifies %q", seen.Pings)
			}
		}
		if !strings.Contains(strings.Join(texts, "\n"), m.Lines[0]) {
			t.Errorf("A sees %q, without the answer", texts)
		}
		for _, seen := range slices.Concat(s.People.See(t, B, channel), s.People.See(t, B, private)) {
			if strings.Contains(seen.Text, m.Title) {
				t.Errorf("B sees an answer that is for A: %q", seen.Text)
			}
		}
		if err := s.Chat.Reply(t.Context(), got.Handle, chat.Answer{}); err != nil {
			t.Errorf("an empty answer: %v", err)
		}
	}
	wantError(t, "Reply to a handle that never was", s.Chat.Reply(t.Context(), "nothing", chat.Answer{Message: &chat.Message{Title: "x"}}), chat.ErrStale)
}

func buttons(t *testing.T, s Stage) {
	people := presser(t, s)
	e := listen(t, s.Chat).ready(s)
	m := card()
	long := "decide " + strings.Repeat("x", 1800) + " été"
	m.Buttons = []chat.Button[string]{{ID: "answer yes C-1", Label: "🙋 Intéressé", Tone: chat.Good}, {ID: long, Label: "On dénonce", Tone: chat.Danger}}
	ref := post(t, s.Chat, channel, m, "key")
	for _, b := range m.Buttons {
		people.Press(t, B, ref, b.Label)
		got := e.next()
		if got.Kind != chat.Pressed || got.Button != b.ID || got.Message != ref || got.From != account(t, s.Chat, B) || got.Channel != Channel {
			t.Errorf("heard %+v, want %q pressed on %+v", got, b.ID, ref)
		}
		if err := s.Chat.Reply(t.Context(), got.Handle, chat.Answer{Message: &chat.Message{Title: "Noté " + b.Label}}); err != nil {
			t.Errorf("Reply to a button: %v", err)
		}
	}
}

func forms(t *testing.T, s Stage) {
	people := presser(t, s)
	e := listen(t, s.Chat).ready(s)
	form := chat.Form[string]{
		ID: "complete C-1", Title: "Compléter C-1", Intro: "Tout peut rester ouvert.", Submit: "Enregistrer",
		Fields: []chat.Input[string]{
			{Key: "supplier", Label: "Fournisseur", Value: "*Opérateur* & Cie", Optional: true},
			{Key: "notice", Label: "Préavis", Hint: "par exemple 3 mois", Optional: true},
			{Key: "renewal", Label: "Reconduction", Optional: true, Options: []chat.Option[string]{{Value: "tacit", Label: "tacite"}, {Value: "none", Label: "aucune"}}},
			{Key: "reason", Label: "Motif", Optional: true, Long: true},
		},
	}
	people.Command(t, A, channel, "contrat C-1")
	if err := s.Chat.Reply(t.Context(), e.next().Handle, chat.Answer{Form: &form}); err != nil {
		t.Fatalf("Reply with a form: %v", err)
	}
	shown, ok := people.Form(t, A)
	if !ok || shown.Title != form.Title || shown.Values["supplier"] != form.Fields[0].Value || !slices.Equal(shown.Labels, []string{"Fournisseur", "Préavis", "Reconduction", "Motif"}) {
		t.Fatalf("A has %+v %v before them, want %+v", shown, ok, form)
	}
	if _, ok := people.Form(t, B); ok {
		t.Error("the form stands before B too")
	}

	people.Submit(t, A, map[string]string{"notice": "beaucoup", "renewal": "tacit", "reason": "a\nb"})
	sent := e.next()
	if v := sent.Values; sent.Kind != chat.Submitted || sent.Form != form.ID || sent.From != account(t, s.Chat, A) ||
		v["notice"] != "beaucoup" || v["renewal"] != "tacit" || v["reason"] != "a\nb" || v["supplier"] != form.Fields[0].Value {
		t.Fatalf("heard %+v, want the form sent", sent)
	}
	if err := s.Chat.Reply(t.Context(), sent.Handle, chat.Answer{Errors: map[string]string{"notice": "Un nombre de mois, par exemple 3."}}); err != nil {
		t.Fatalf("Reply with errors: %v", err)
	}
	shown, ok = people.Form(t, A)
	if !ok || shown.Errors["notice"] != "Un nombre de mois, par exemple 3." || shown.Values["notice"] != "beaucoup" {
		t.Fatalf("A has %+v %v before them, want the form still open with what was typed and the error", shown, ok)
	}

	people.Submit(t, A, map[string]string{"notice": "3"})
	sent = e.next()
	if sent.Values["notice"] != "3" {
		t.Errorf("heard %+v, want the corrected form", sent)
	}
	if err := s.Chat.Reply(t.Context(), sent.Handle, chat.Answer{Message: &chat.Message{Title: "Enregistré"}}); err != nil {
		t.Fatalf("Reply to the form: %v", err)
	}
	if shown, ok := people.Form(t, A); ok {
		t.Errorf("the form still stands open: %+v", shown)
	}
}

func files(t *testing.T, s Stage) {
	people, ok := s.People.(Sender)
	if !ok {
		t.Skip("the adapter does not hear of files")
	}
	e := listen(t, s.Chat).ready(s)
	content := []byte("fournisseur;échéance\r\n\xe9\x00\xff")
	people.Send(t, A, "contrats été.csv", content)
	got := e.next()
	if got.Kind != chat.Sent || !got.Private || len(got.Files) != 1 || got.Files[0].Name != "contrats été.csv" || string(got.Files[0].Content) != string(content) {
		t.Errorf("heard %+v, want the file", got)
	}
}

// gives: a table and a picture arrive as they are in a channel, in private and with an answer. Their order is the platform's (Mattermost sorts them).
func gives(t *testing.T, s Stage) {
	given := []chat.File{{Name: "contrats été.csv", Content: []byte("é;\x00\xff\r\n")}, {Name: "dates.png", Content: []byte("\x89PNG"), Alt: "trois contrats"}}
	check := func(where string, at chat.Place) {
		t.Helper()
		seen := s.People.See(t, A, at)
		if len(seen) == 0 {
			t.Errorf("%s: nothing", where)
			return
		}
		files := slices.SortedFunc(slices.Values(seen[len(seen)-1].Files), func(a, b chat.File) int { return strings.Compare(a.Name, b.Name) })
		if len(files) != len(given) {
			t.Errorf("%s: %d files, want %d", where, len(files), len(given))
			return
		}
		for i, f := range files {
			if f.Name != given[i].Name || string(f.Content) != string(given[i].Content) {
				t.Errorf("%s: %q %q, want %q %q", where, f.Name, f.Content, given[i].Name, given[i].Content)
			}
		}
	}
	m := chat.Message{Title: "Export", Lines: []string{"Deux fichiers."}, Files: given}
	post(t, s.Chat, channel, m, "key 1")
	check("in a channel", channel)
	account, err := s.Chat.Account(t.Context(), A, "")
	if err != nil {
		t.Fatalf("Account: %v", err)
	}
	post(t, s.Chat, chat.Place{Account: account}, m, "key 2")
	check("in private", private)
	e := listen(t, s.Chat).ready(s)
	s.People.Say(t, A, private, "exporter")
	if err := s.Chat.Reply(t.Context(), e.next().Handle, chat.Answer{Message: &m}); err != nil {
		t.Fatalf("Reply: %v", err)
	}
	check("with an answer", private)
}

func broken(t *testing.T, s Stage) {
	e := listen(t, s.Chat).ready(s)
	ref := post(t, s.Chat, channel, card(), "key 1")
	s.People.Break(t, true)
	_, err := s.Chat.Post(t.Context(), channel, card(), "key 2")
	if !errors.Is(err, chat.ErrUnavailable) && !errors.Is(err, chat.ErrAmbiguous) {
		t.Errorf("Post while the chat is down: %v", err)
	}
	if err := s.Chat.Edit(t.Context(), ref, chat.Message{Title: "changé"}); !errors.Is(err, chat.ErrUnavailable) && !errors.Is(err, chat.ErrAmbiguous) {
		t.Errorf("Edit while the chat is down: %v", err)
	}
	_, _, err = s.Chat.Posted(t.Context(), channel, "key 1")
	wantError(t, "Posted while the chat is down", err, chat.ErrUnavailable)
	_, err = s.Chat.Reactions(t.Context(), ref)
	wantError(t, "Reactions while the chat is down", err, chat.ErrUnavailable)
	s.People.Break(t, false)

	e.ready(s) // Listen came back by itself
	if _, found, err := s.Chat.Posted(t.Context(), channel, "key 2"); err != nil || found {
		t.Errorf("Posted after the chat came back = %v %v, want that nothing was posted", found, err)
	}
	post(t, s.Chat, channel, card(), "key 2")
}

func ends(t *testing.T, s Stage) {
	e := listen(t, s.Chat).ready(s)
	if err := e.stop(); !errors.Is(err, context.Canceled) {
		t.Errorf("Listen ended with %v, want its context's error", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Chat.Listen(ended, func(context.Context, chat.Event) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Listen in a context that has ended = %v", err)
	}
	if _, err := s.Chat.Post(ended, channel, card(), "key"); err == nil {
		t.Error("Post in a context that has ended succeeds")
	}
}

func concurrent(t *testing.T, s Stage) {
	e := listen(t, s.Chat).ready(s)
	ref := post(t, s.Chat, channel, card(), "key")
	var wg sync.WaitGroup
	start := make(chan struct{})
	worker := func(work func() error) {
		wg.Go(func() {
			<-start
			if err := work(); err != nil {
				t.Error(err)
			}
		})
	}
	const workers = 8
	for i := range workers {
		worker(func() error {
			_, err := s.Chat.Post(t.Context(), channel, card(), fmt.Sprint("parallel ", i))
			return err
		})
		worker(func() error { return s.Chat.Edit(t.Context(), ref, chat.Message{Title: fmt.Sprint("Version ", i)}) })
		worker(func() error {
			_, err := s.Chat.Reactions(t.Context(), ref)
			return err
		})
		worker(func() error {
			_, err := s.Chat.Account(t.Context(), B, "")
			return err
		})
		worker(func() error {
			s.People.Say(t, B, channel, fmt.Sprint("en parallèle ", i))
			return nil
		})
	}
	close(start)
	wg.Wait()
	heard := map[string]bool{}
	for range workers {
		heard[e.next().Text] = true
	}
	if len(heard) != workers {
		t.Errorf("heard %d different messages, want %d", len(heard), workers)
	}
	for i := range workers {
		if _, found, err := s.Chat.Posted(t.Context(), channel, fmt.Sprint("parallel ", i)); err != nil || !found {
			t.Errorf("message %d: found %v, %v", i, found, err)
		}
	}
}
