package chattest_test

import (
	"context"
	"errors"
	"testing"

	"sdcbot/bot/chat"
	"sdcbot/bot/chat/chattest"
)

func TestRecorderKeepsKeysAndFails(t *testing.T) {
	r := &chattest.Recorder{}
	to, ctx := chat.Place{Channel: "commun"}, t.Context()
	r.Fail(chat.ErrUnavailable)
	if _, err := r.Post(ctx, to, chat.Message{Title: "un"}, "k"); !errors.Is(err, chat.ErrUnavailable) || len(r.Posts()) != 0 {
		t.Errorf("a failed post: %v, %v", err, r.Posts())
	}
	r.Lose(chat.ErrAmbiguous)
	if _, err := r.Post(ctx, to, chat.Message{Title: "un"}, "k"); !errors.Is(err, chat.ErrAmbiguous) || len(r.Posts()) != 1 {
		t.Errorf("a post whose answer was lost: %v, %v", err, r.Posts())
	}
	ref, found, err := r.Posted(ctx, to, "k")
	if err != nil || !found {
		t.Fatalf("Posted = %v %v, want what was posted although the answer was lost", found, err)
	}
	if again, err := r.Post(ctx, to, chat.Message{Title: "un"}, "k"); err != nil || again != ref || len(r.Posts()) != 1 {
		t.Errorf("the same key again: %v %v, %d posts", again, err, len(r.Posts()))
	}
	if err := r.Edit(ctx, ref, chat.Message{Title: "deux"}); err != nil || r.Posts()[0].Message.Title != "deux" || len(r.Edits()) != 1 {
		t.Errorf("Edit: %v, %v", err, r.Posts())
	}
	r.React(ref, chat.Reaction{Account: "dsi-b", Emoji: "🙋"})
	if got, err := r.Reactions(ctx, ref); err != nil || len(got) != 1 {
		t.Errorf("Reactions = %v %v", got, err)
	}
	r.Remove(ref)
	if err := r.Edit(ctx, ref, chat.Message{}); !errors.Is(err, chat.ErrGone) {
		t.Errorf("Edit of a removed message = %v", err)
	}
}

func TestRecorderDelivers(t *testing.T) {
	r := &chattest.Recorder{}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	full := errors.New("full")
	go func() {
		ended <- r.Listen(ctx, func(_ context.Context, e chat.Event) error {
			if e.Text == "trop" {
				return full
			}
			return r.Reply(ctx, e.Handle, chat.Answer{})
		})
	}()
	if err := r.Deliver(ctx, chat.Event{Text: "moi", Handle: "h"}); err != nil || len(r.Replies()) != 1 || r.Replies()[0].To != "h" {
		t.Errorf("Deliver = %v, replies %v", err, r.Replies())
	}
	if err := r.Deliver(ctx, chat.Event{Text: "trop"}); !errors.Is(err, full) {
		t.Errorf("Deliver = %v, want what hear said", err)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Listen = %v", err)
	}
	if err := r.Deliver(ctx, chat.Event{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Deliver to nobody = %v", err)
	}
}
