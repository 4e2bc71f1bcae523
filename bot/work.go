package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/command"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
)

// workInbox works the events that were stored, in order. worked says whether there was any.
func (b *Bot) workInbox(ctx context.Context, now time.Time) (worked bool, err error) {
	var open []chat.Event
	err = b.o.Store.View(ctx, b.o.Circle().ID, func(tx storage.Tx) (err error) {
		open, err = tx.Inbox().Open()
		return err
	})
	if err != nil {
		return false, fmt.Errorf("read the inbox: %w", err)
	}
	for _, e := range open {
		if err := b.work(ctx, e, now); err != nil {
			return worked, err
		}
		worked = true
	}
	return worked, nil
}

// mostTries is how often an event is worked that the store fails on, before it is set aside with an apology.
const mostTries = 3

// errPanic is what became of a use case that panicked. It would again, so its event is set aside at once and holds up no other.
var errPanic = errors.New("panic")

// work does what one event asks for and answers it. Only a failure of the store is an error: the event then stays and is
// worked again.
func (b *Bot) work(ctx context.Context, e chat.Event, now time.Time) error {
	c := b.o.Circle()
	who, known := b.identify(ctx, c, e)
	reply, err := b.do(ctx, c, who, known, e, now)
	var refusal usecase.Refusal
	switch {
	case errors.As(err, &refusal):
		reply = usecase.Reply{Draft: &chat.Draft{Lines: []locale.Text{refusal.Text}, Tone: chat.Warn}}
		err = b.done(ctx, c, e)
	case err != nil && ctx.Err() != nil:
		return err // the program is being stopped: that says nothing of the event
	case err != nil:
		key := e.Chat + " " + e.ID
		b.tries[key]++
		b.o.Log.Error("event not worked", "chat", e.Chat, "event", e.ID, "kind", e.Kind, "try", b.tries[key], "fault", err)
		if b.tries[key] < mostTries && !errors.Is(err, errPanic) {
			return err
		}
		delete(b.tries, key)
		reply = usecase.Reply{Draft: &chat.Draft{Lines: []locale.Text{locale.T("fault.internal")}, Tone: chat.Danger}}
		err = b.done(ctx, c, e)
	}
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.health.Worked++
	b.mu.Unlock()
	return b.answer(ctx, c, who, e, reply, now)
}

func (b *Bot) done(ctx context.Context, c circle.Circle, e chat.Event) error {
	return b.o.Store.Update(ctx, c.ID, func(tx storage.Tx) error { return tx.Inbox().Done(e.Chat, e.ID) })
}

// do runs the use case of an event and marks the event as worked, in one transaction.
func (b *Bot) do(ctx context.Context, c circle.Circle, who circle.Person, known bool, e chat.Event, now time.Time) (reply usecase.Reply, err error) {
	defer caught(&err)
	err = b.o.Store.Update(ctx, c.ID, func(tx storage.Tx) (err error) {
		t := b.turn(tx, c, now)
		t.Who, t.Chat, t.Channel, t.On = who, e.Chat, e.Channel, e.Message
		if known {
			if err := usecase.MetIn(t); err != nil {
				return err
			}
		}
		if reply, err = hear(t, known, e); err != nil {
			return err
		}
		return tx.Inbox().Done(e.Chat, e.ID)
	})
	return reply, err
}

// caught makes an error of a panic, with the place where it happened.
func caught(err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("%w: %v\n%s", errPanic, fault, debug.Stack())
	}
}

// hear leads an event to its use case. Talk among people is left alone, but for what is carried to the other chats; so are reactions of strangers.
func hear(t *usecase.Turn, known bool, e chat.Event) (usecase.Reply, error) {
	reaction := e.Kind == chat.Reacted || e.Kind == chat.Unreacted
	switch {
	case e.Kind == chat.Said && !e.Private && !e.ToBot && known && !e.Message.IsZero():
		return usecase.Reply{}, usecase.Carry(t, e.Text)
	case e.Kind == chat.Said && !e.Private && !e.ToBot:
		return usecase.Reply{}, nil
	case !known && reaction:
		return usecase.Reply{}, nil
	case !known:
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.stranger")}
	}
	switch e.Kind {
	case chat.Said, chat.Commanded:
		return command.Said(t, e.Text)
	case chat.Pressed:
		return command.Pressed(t, e.Button)
	case chat.Submitted:
		return command.Submitted(t, e.Form, e.Values)
	case chat.Reacted, chat.Unreacted:
		about, err := t.Tx.Promises().ByRef(e.Message)
		if errors.Is(err, storage.ErrNotFound) {
			return usecase.Reply{}, nil
		}
		if err != nil {
			return usecase.Reply{}, err
		}
		return command.Reacted(t, about.Subject, e.Emoji, e.Kind == chat.Reacted)
	case chat.Sent:
		return command.Sent(t, e.Files)
	}
	return usecase.Reply{}, nil
}

// identify finds the person behind an account: by the account that the circle's file gives, else by the e-mail address that the chat
// knows. Whose access has ended is as unknown as a stranger.
func (b *Bot) identify(ctx context.Context, c circle.Circle, e chat.Event) (circle.Person, bool) {
	person, ok := c.ByAccount(e.Chat, e.From)
	if !ok {
		person, ok = c.ByEmail(b.address(ctx, e))
	}
	return person, ok && circle.May(person, circle.Read, c.Today(e.At))
}

// address asks the chat's directory once for each account. A directory that does not answer is asked again next time.
func (b *Bot) address(ctx context.Context, e chat.Event) string {
	key := e.Chat + " " + e.From
	if address, ok := b.accounts[key]; ok {
		return address
	}
	from, err := b.chat(e.Chat)
	if err != nil {
		return ""
	}
	profile, err := from.Profile(ctx, e.From)
	if err != nil {
		return ""
	}
	b.accounts[key] = profile.Email
	return profile.Email
}

// answer says the reply to whoever caused the event. What cannot be said on the spot any more is told in private.
func (b *Bot) answer(ctx context.Context, c circle.Circle, who circle.Person, e chat.Event, reply usecase.Reply, now time.Time) error {
	lang := c.Language
	if who.Handle != "" {
		lang = c.LanguageOf(who.Handle)
	}
	var a chat.Answer
	switch {
	case reply.Form != nil:
		form := chat.SayForm(reachable(*reply.Form), lang)
		a.Form = &form
	case reply.Errors != nil:
		a.Errors = map[string]string{}
		for key, fault := range reply.Errors {
			a.Errors[key] = fault.In(lang)
		}
	case reply.Draft != nil:
		said := chat.Say(*reply.Draft, lang)
		a.Message = &said
	case e.Kind != chat.Submitted:
		return nil
	}
	// A form that was sent gets its answer even when that is nothing: the chat may keep it open until it knows.
	if e.Handle == "" {
		return nil // a reaction: what it changed shows on the messages
	}
	to, err := b.chat(e.Chat)
	if err == nil {
		err = to.Reply(ctx, e.Handle, a)
	}
	if nothing := a.Message == nil && a.Form == nil && a.Errors == nil; err == nil || who.Handle == "" || nothing {
		return nil
	}
	b.o.Log.Warn("reply not said on the spot; telling in private", "chat", e.Chat, "event", e.ID, "fault", err)
	return b.o.Store.Update(ctx, c.ID, func(tx storage.Tx) error {
		_, err := tx.Promises().Put(storage.Promise{
			Key: "reply " + e.Chat + " " + e.ID, Kind: storage.Post, Chat: e.Chat, Person: who.Handle, Subject: "reply",
			Draft: late(reply, e), State: storage.Waiting, Made: now,
		})
		return err
	})
}

// late is what is told in private where a reply came too late to be given on the spot. A form cannot be told: it is offered again.
func late(reply usecase.Reply, e chat.Event) chat.Draft {
	switch {
	case reply.Form != nil:
		return chat.Draft{
			Title: reply.Form.Title, Lines: []locale.Text{reply.Form.Intro, locale.T("late.form")}, Buttons: reopen(reply.Form.ID),
		}
	case reply.Errors != nil:
		d := chat.Draft{Title: locale.T("late.errors"), Tone: chat.Warn, Buttons: reopen(e.Form)}
		for _, key := range slices.Sorted(maps.Keys(reply.Errors)) {
			d.Lines = append(d.Lines, locale.T("comment.line", "label", locale.T("field."+key), "value", reply.Errors[key]))
		}
		return d
	}
	return *reply.Draft
}

// reachable adds to a form the ways to it where it cannot be opened on the spot: a button that brings it anew, and words.
func reachable(f chat.Form[locale.Text]) chat.Form[locale.Text] {
	if again := reopen(f.ID); f.Again.ID == "" && again[0].ID != "" {
		f.Again = again[0]
	}
	if len(f.Fields) > 0 {
		f.Words = locale.T("form.words", "label", f.Fields[0].Label)
	}
	return f
}

// reopen is the button that opens a form anew. A form's id is that of its button and the version on which it was opened.
func reopen(form string) []chat.Button[locale.Text] {
	words := strings.Fields(form)
	return []chat.Button[locale.Text]{{ID: strings.Join(words[:min(2, len(words))], " "), Label: locale.T("button.fill")}}
}
