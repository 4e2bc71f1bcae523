package bot_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
)

const (
	ours   = "propose Notre contrat téléphonie se termine le 31/05/2027"
	theirs = "propose Notre contrat téléphonie se termine le 31/08/2027"
)

// Platforms deliver an event again when they are not sure that it arrived: at once, while it is worked, or hours later.
func TestSameEventDeliveredThreeTimes(t *testing.T) {
	for name, again := range map[string]func(*rig, chat.Event){
		"before it is worked": func(r *rig, e chat.Event) { r.hear(e); r.hear(e); r.hear(e); r.step() },
		"after it was worked": func(r *rig, e chat.Event) {
			r.hear(e)
			r.step()
			r.hear(e)
			r.step()
			r.hear(e)
			r.step()
		},
		"after a restart": func(r *rig, e chat.Event) {
			r.hear(e)
			r.step()
			r.begin(r.store)
			r.hear(e)
			r.hear(e)
			r.step()
		},
		"after a day": func(r *rig, e chat.Event) { r.hear(e); r.until(r.now.AddDate(0, 0, 1)); r.hear(e); r.hear(e); r.step() },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			again(r, r.event(said("dsi-a", ours)))
			if got := len(r.held().Proposals); got != 1 {
				t.Errorf("%d proposals, want 1", got)
			}
			if got := len(r.to("#commun")); got != 1 {
				t.Errorf("%d cards, want 1", got)
			}
			if got := len(r.chat.Replies()); got != 1 {
				t.Errorf("%d replies, want 1", got)
			}
		})
	}
}

// A channel and private messages are heard on different connections, while the bot works. Meant for -race.
func TestPeopleAnswerAtOnce(t *testing.T) {
	r := newRig(t)
	r.do(said("dsi-a", ours))
	var events []chat.Event
	for _, who := range []string{"dsi-b", "adj-b", "dsi-c", "dsi-d"} {
		for _, answer := range proposal.Answers[:2] {
			events = append(events, r.event(pressed(who, "answer C-1 "+string(answer))))
		}
	}
	stepping, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stepping:
				return
			default:
				r.step()
			}
		}
	}()
	var hearing sync.WaitGroup
	for _, e := range events {
		for range 2 { // and each is delivered twice
			hearing.Go(func() { r.hear(e) })
		}
	}
	hearing.Wait()
	close(stepping)
	<-done
	r.step()

	for _, e := range events {
		if got := r.answerTo(e); got == "" || strings.Contains(got, "=====") {
			t.Errorf("%s of %s was answered: %q, want one answer", e.Button, e.From, got)
		}
	}
	asks := r.held().Asks
	if len(asks) != 3 {
		t.Fatalf("%d organisations were heard, want 3: %+v", len(asks), asks)
	}
	card := messageText(r.to("#commun")[0].Message)
	for _, a := range asks {
		if a.Answer == proposal.Silent || !strings.Contains(card, "Office "+a.Org) {
			t.Errorf("the answer %q of %s does not show on the card:\n%s", a.Answer, a.Org, card)
		}
	}
	if h := r.Health(); h.Heard != int64(len(events)+1) || h.Repeated != int64(len(events)) || h.Worked != h.Heard {
		t.Errorf("%+v, want %d heard and worked, %d repeated", h, len(events)+1, len(events))
	}
}

// faulty is a store on which one thing fails: numbering a need.
type faulty struct {
	storage.Store
	fault func() error
}

func (s faulty) Update(ctx context.Context, circle string, f func(storage.Tx) error) error {
	return s.Store.Update(ctx, circle, func(tx storage.Tx) error { return f(faultyTx{tx, s.fault}) })
}

type faultyTx struct {
	storage.Tx
	fault func() error
}

func (t faultyTx) Proposals() storage.Proposals { return faultyProposals{t.Tx.Proposals(), t.fault} }

type faultyProposals struct {
	storage.Proposals
	fault func() error
}

func (p faultyProposals) Next(k proposal.Kind) (int, error) {
	if k == proposal.Need {
		if err := p.fault(); err != nil {
			return 0, err
		}
	}
	return p.Proposals.Next(k)
}

const need = "propose Nous cherchons une solution de sauvegarde"

// Whatever becomes of one event, those of others are worked, and its author hears of it once.
func TestWhatFailsHoldsUpNobody(t *testing.T) {
	always := errors.New("the disk is on strike")
	for name, test := range map[string]struct {
		fault   func() func() error
		steps   int // in which the store fails
		apology bool
	}{
		"a panic is not tried again":              {func() func() error { return func() error { panic("index out of range") } }, 0, true},
		"a store that fails is tried three times": {func() func() error { return func() error { return always } }, 2, true},
		"a store that failed once is forgiven": {func() func() error {
			failed := false
			return func() error {
				if failed {
					return nil
				}
				failed = true
				return always
			}
		}, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.begin(faulty{r.store, test.fault()})
			bad, good := r.event(said("dsi-a", need)), r.event(said("dsi-b", ours))
			r.hear(bad)
			r.hear(good)
			for step := range test.steps {
				if _, err := r.Step(t.Context(), r.now); err == nil {
					t.Fatalf("step %d: the store failed and nobody knows", step)
				}
			}
			r.step()
			r.step()
			if got := r.answerTo(good); !strings.Contains(got, "C-1") {
				t.Errorf("the other event was answered %q", got)
			}
			got := r.answerTo(bad)
			if strings.Contains(got, "Une erreur de ma part") != test.apology || strings.Contains(got, "=====") {
				t.Errorf("the event that failed was answered %q, an apology is wanted: %v", got, test.apology)
			}
			if h := r.held(); len(h.Promises) != 0 {
				t.Errorf("%d promises wait", len(h.Promises))
			}
		})
	}
}

// A morning that fails keeps nothing of what was said before from being delivered, and is done when it can be.
func TestMorningThatFails(t *testing.T) {
	r := newRig(t)
	r.do(said("dsi-a", ours))
	r.do(said("dsi-b", theirs))
	broken := true
	r.begin(brokenMornings{r.store, &broken})
	r.now = monday.AddDate(0, 0, 7)
	e := r.event(said("dsi-c", "propose Notre contrat impression se termine le 31/05/2027"))
	r.hear(e)
	if _, err := r.Step(t.Context(), r.now); err == nil {
		t.Fatal("a morning failed and nobody knows")
	}
	if cards := r.to("#commun"); len(cards) != 3 {
		t.Errorf("%d cards in the channel, want 3: what was promised waits for a morning that fails", len(cards))
	}
	broken = false
	r.step()
	var recalled int
	for _, p := range r.to("dsi-a") {
		recalled += strings.Count(p.Message.Title, "Rappel (7 jours)")
	}
	if recalled != 1 {
		t.Errorf("recalled %d times once mornings are mended, want once", recalled)
	}
}

// brokenMornings panics in the middle of a morning.
type brokenMornings struct {
	storage.Store
	broken *bool
}

func (s brokenMornings) Update(ctx context.Context, circle string, f func(storage.Tx) error) error {
	return s.Store.Update(ctx, circle, func(tx storage.Tx) error { return f(brokenTx{tx, s.broken}) })
}

type brokenTx struct {
	storage.Tx
	broken *bool
}

func (t brokenTx) Settings() storage.Settings { return brokenSettings{t.Tx.Settings(), t.broken} }

type brokenSettings struct {
	storage.Settings
	broken *bool
}

func (s brokenSettings) Put(key string, value any) error {
	if key == "morning" && *s.broken {
		panic("no such morning")
	}
	return s.Settings.Put(key, value)
}

// What cannot be answered on the spot is told in private, if there is somebody to tell.
func TestReplyThatComesTooLate(t *testing.T) {
	for name, test := range map[string]struct {
		event   chat.Event
		private string // what is told in private; empty: nothing
		button  string // by which a form is opened anew
	}{
		"an answer":                            {event: said("dsi-b", "aide"), private: "Ce que je sais faire"},
		"a refusal":                            {event: said("dsi-b", "contrat C-99"), private: "Je ne trouve pas C-99"},
		"a form is offered again":              {event: pressed("dsi-a", "fix C-1"), private: "Ce formulaire n’a pas pu s’ouvrir", button: "fix C-1"},
		"the form of an answer keeps its word": {event: pressed("dsi-b", "answer C-1 no"), private: "C’est noté : non pour C-1", button: "comment C-1"},
		"errors of a form name their fields":   {event: submitted("dsi-a", "fix C-1 1", map[string]string{"notice": "bientôt"}), private: "Préavis : Je ne comprends pas le préavis", button: "fix C-1"},
		"a stranger cannot be told anything":   {event: said("passant", "aide")},
	} {
		t.Run(name, func(t *testing.T) {
			for _, fault := range []error{chat.ErrStale, chat.ErrUnavailable, chat.ErrRefused} {
				r := newRig(t)
				r.do(said("dsi-a", ours))
				r.chat.Fail(fmt.Errorf("recorder: %w", fault))
				if test.event.From == "passant" { // whose account is looked up before
					r.chat.Fail(chat.ErrUnknown)
				}
				e := r.event(test.event)
				r.hear(e)
				r.step()
				if got := r.answerTo(e); got != "" {
					t.Fatalf("answered on the spot: %s", got)
				}
				posts := r.to(test.event.From)
				if test.private == "" {
					if len(posts) > 0 {
						t.Errorf("%v: told %q", fault, messageText(posts[0].Message))
					}
					continue
				}
				if len(posts) != 1 || !strings.Contains(messageText(posts[0].Message), test.private) {
					t.Fatalf("%v: %d private messages %+v, want one that says %q", fault, len(posts), posts, test.private)
				}
				buttons := posts[0].Message.Buttons
				if test.button == "" {
					continue
				}
				if len(buttons) != 1 || buttons[0].ID != test.button {
					t.Fatalf("buttons %+v, want %q", buttons, test.button)
				}
				if got := r.do(pressed(test.event.From, buttons[0].ID)); !strings.Contains(got, "C-1\n") {
					t.Errorf("the button opened %q", got)
				}
			}
		})
	}
}

// Whoever does not belong gets one polite sentence that names nobody and nothing, whatever they try.
func TestStrangers(t *testing.T) {
	r := newRig(t)
	r.do(said("dsi-a", ours))
	card := r.to("#commun")[0].Ref
	before := r.held()
	const refusal = "Je ne réponds qu’aux personnes inscrites"
	for _, test := range []struct {
		why   string
		event chat.Event
		want  string
	}{
		{"words", said("passant", "contrats"), refusal},
		{"a button that somebody forwarded", pressed("passant", "answer C-1 interested"), refusal},
		{"a form", submitted("passant", "fix C-1 1", map[string]string{"date": "31/12/2027"}), refusal},
		{"a reaction is nobody's business", reacted("passant", "🙋", card), ""},
		{"talk among people", chat.Event{Kind: chat.Said, From: "passant", Channel: "commun", Text: "bonjour"}, ""},
		{"whose access has ended: words", said("ancien", "contrats"), refusal},
		{"whose access has ended: a proposal", said("ancien", ours), refusal},
		{"whose access has ended: a reaction", reacted("ancien", "🙋", card), ""},
		{"an adviser reads", said("amo", "contrats"), "1 contrat"},
		{"an adviser does not answer", pressed("amo", "answer C-1 interested"), "Votre rôle ne permet pas de répondre"},
		{"an adviser's reaction counts for nothing", reacted("amo", "🙋", card), ""},
	} {
		got := r.do(test.event)
		if !strings.Contains(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: answered %q, want %q", test.why, got, test.want)
		}
		if test.want == refusal {
			for _, name := range []string{"Office", "C-1", "dsi-", "téléphonie", "Rives"} {
				if strings.Contains(got, name) {
					t.Errorf("%s: the refusal names %s: %s", test.why, name, got)
				}
			}
		}
	}
	after := r.held()
	if fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("something was changed:\n%+v\n%+v", before, after)
	}
	r.now = time.Date(2027, 7, 1, 12, 0, 0, 0, paris)
	if got := r.do(said("amo", "contrats")); !strings.Contains(got, refusal) {
		t.Errorf("the day after an adviser's last one: %q", got)
	}
}

// A question that a chat could not take is not put any more once the proposal was taken back, and is when that was undone.
func TestQuestionWithdrawnBeforeItWasPut(t *testing.T) {
	for _, undone := range []bool{false, true} {
		r := newRig(t)
		r.do(said("dsi-b", theirs))
		down := make([]error, 4) // the reply, its private stand-in, the card, the question
		for i := range down {
			down[i] = chat.ErrUnavailable
		}
		r.chat.Fail(down...)
		r.do(said("dsi-a", ours))
		r.do(said("dsi-a", "retirer C-2"))
		if undone {
			r.do(said("dsi-a", "annuler"))
		}
		r.until(r.now.Add(time.Hour))
		var asked []string
		for _, p := range r.to("dsi-b") {
			asked = append(asked, messageText(p.Message))
		}
		if undone && (len(asked) != 1 || !strings.Contains(asked[0], "C-2") || strings.Contains(asked[0], "retiré")) {
			t.Errorf("the withdrawal was undone, and the peer was asked %q", asked)
		}
		if !undone && len(asked) != 0 {
			t.Errorf("the peer was asked about what was withdrawn: %q", asked)
		}
		if open := r.held().Promises; len(open) != 0 {
			t.Errorf("promises wait for ever: %+v", open)
		}
	}
}

// The digest says what is new since the state that the last one told of, not since a chat took it.
func TestNewsWhileTheDigestWaited(t *testing.T) {
	r := newRig(t)
	r.do(said("dsi-a", ours))
	r.now = monday.AddDate(0, 0, 7).Add(-30 * time.Minute)
	for range 12 {
		r.chat.Fail(chat.ErrUnavailable) // the chat is away when the digest is made
	}
	r.step()
	r.do(said("dsi-b", need))
	r.until(r.now.AddDate(0, 0, 3))
	r.until(monday.AddDate(0, 0, 15))
	var digests []string
	for _, p := range r.to("#commun") {
		if strings.HasPrefix(p.Key, "digest") {
			digests = append(digests, messageText(p.Message))
		}
	}
	if len(digests) != 2 || !strings.Contains(digests[0], "C-1") || !strings.Contains(digests[1], "B-1") {
		t.Errorf("digests: %q, want C-1 in the first and B-1 in the second", digests)
	}
}

// A bot that starts tries at once what the one before had put off: the fault may have been its own.
func TestRestartEndsPauses(t *testing.T) {
	r := newRig(t)
	const tries = 15
	for range 1 + 2*tries { // the answer; then the card, and what is told instead of the answer
		r.chat.Fail(chat.ErrUnavailable)
	}
	r.hear(r.event(said("dsi-a", ours)))
	for range tries - 1 {
		r.now = r.step()
	}
	if next := r.step(); next.Sub(r.now) < 5*time.Minute {
		t.Fatalf("the next try is at %s, want a long pause from %s", next, r.now)
	}
	r.begin(r.store)
	if cards := r.to("#commun"); len(cards) != 1 {
		t.Error("the card waits out the pause of the process before")
	}
}
