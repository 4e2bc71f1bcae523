package chattest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"sdcbot/bot/chat"
)

// Recorder is a chat that remembers what it was asked to say, for tests of what stands above the port. It keeps the port's promises
// about keys, places and errors; nobody is on its other side, so a test hands events in with Deliver. Its zero value takes every channel and
// knows every account, whose handle is the account itself.
type Recorder struct {
	ID  string      // Name; "recorder" when empty
	Cap chat.Limits // what Limits returns

	mu        sync.Mutex
	posts     []Post
	edits     []Post
	replies   []Reply
	reactions map[string][]chat.Reaction
	gone      map[string]bool
	faults    []error
	lost      []error
	hear      chan delivery
}

var _ chat.Chat = (*Recorder)(nil)

// Post is a message that was posted or edited: where it stands, where it was sent and what it says.
type Post struct {
	Ref     chat.Ref
	To      chat.Place // zero for an edit
	Key     string
	Message chat.Message
}

// Reply is an answer that was given.
type Reply struct {
	To     chat.Handle
	Answer chat.Answer
}

type delivery struct {
	event chat.Event
	done  chan error
}

// Fail makes the next calls fail, one error each. What fails is not done.
func (r *Recorder) Fail(errs ...error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.faults = append(r.faults, errs...)
}

// Lose makes the next posts be done and fail all the same, one error each, as when the answer is lost on its way.
func (r *Recorder) Lose(errs ...error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lost = append(r.lost, errs...)
}

// Posts lists the messages posted, in order, as they stand now.
func (r *Recorder) Posts() []Post {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.posts)
}

// Edits lists the edits that changed something, in order.
func (r *Recorder) Edits() []Post {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.edits)
}

// Replies lists the answers given, in order.
func (r *Recorder) Replies() []Reply {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.replies)
}

// React sets what stands on a message.
func (r *Recorder) React(on chat.Ref, reactions ...chat.Reaction) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reactions == nil {
		r.reactions = map[string][]chat.Reaction{}
	}
	r.reactions[on.ID] = reactions
}

// Remove deletes a message.
func (r *Recorder) Remove(at chat.Ref) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone == nil {
		r.gone = map[string]bool{}
	}
	r.gone[at.ID] = true
}

// Deliver hands an event to whoever listens and returns what hear said to it, or ctx's error.
func (r *Recorder) Deliver(ctx context.Context, e chat.Event) error {
	d := delivery{e, make(chan error, 1)}
	select {
	case r.deliveries() <- d:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-d.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *Recorder) deliveries() chan delivery {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hear == nil {
		r.hear = make(chan delivery)
	}
	return r.hear
}

// Name implements chat.Chat.
func (r *Recorder) Name() string {
	if r.ID == "" {
		return "recorder"
	}
	return r.ID
}

// Limits implements chat.Chat.
func (r *Recorder) Limits() chat.Limits { return r.Cap }

// Listen implements chat.Listener for what Deliver hands in. An event that hear refuses is not tried again: Deliver returns the error.
func (r *Recorder) Listen(ctx context.Context, hear chat.Hear) error {
	for {
		select {
		case d := <-r.deliveries():
			d.done <- hear(ctx, d.event)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// fault is the error that the next call returns; r.mu is held.
func (r *Recorder) fault(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return shift(&r.faults)
}

func shift(errs *[]error) error {
	if len(*errs) == 0 {
		return nil
	}
	err := (*errs)[0]
	*errs = (*errs)[1:]
	return err
}

// Post implements chat.Poster.
func (r *Recorder) Post(ctx context.Context, to chat.Place, m chat.Message, key string) (chat.Ref, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fault(ctx); err != nil {
		return chat.Ref{}, err
	}
	if i := r.posted(to, key); i >= 0 {
		return r.posts[i].Ref, nil
	}
	at := chat.Ref{Chat: r.Name(), Channel: to.Channel + to.Account, ID: fmt.Sprint("m", len(r.posts)+1)}
	r.posts = append(r.posts, Post{Ref: at, To: to, Key: key, Message: m})
	if err := shift(&r.lost); err != nil {
		return chat.Ref{}, err
	}
	return at, nil
}

func (r *Recorder) posted(to chat.Place, key string) int {
	return slices.IndexFunc(r.posts, func(p Post) bool { return key != "" && p.Key == key && p.To == to })
}

// Posted implements chat.Poster.
func (r *Recorder) Posted(ctx context.Context, to chat.Place, key string) (chat.Ref, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fault(ctx); err != nil {
		return chat.Ref{}, false, err
	}
	i := r.posted(to, key)
	if i < 0 {
		return chat.Ref{}, false, nil
	}
	return r.posts[i].Ref, true, nil
}

// Edit implements chat.Poster.
func (r *Recorder) Edit(ctx context.Context, at chat.Ref, m chat.Message) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fault(ctx); err != nil {
		return err
	}
	i := slices.IndexFunc(r.posts, func(p Post) bool { return p.Ref == at })
	if i < 0 || r.gone[at.ID] {
		return fmt.Errorf("recorder: %s: %w", at.ID, chat.ErrGone)
	}
	r.posts[i].Message = m
	r.edits = append(r.edits, Post{Ref: at, Key: r.posts[i].Key, Message: m})
	return nil
}

// Reactions implements chat.Poster.
func (r *Recorder) Reactions(ctx context.Context, at chat.Ref) ([]chat.Reaction, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fault(ctx); err != nil {
		return nil, err
	}
	if r.gone[at.ID] {
		return nil, fmt.Errorf("recorder: %s: %w", at.ID, chat.ErrGone)
	}
	return slices.Clone(r.reactions[at.ID]), nil
}

// Reply implements chat.Replier.
func (r *Recorder) Reply(ctx context.Context, to chat.Handle, a chat.Answer) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fault(ctx); err != nil {
		return err
	}
	r.replies = append(r.replies, Reply{to, a})
	return nil
}

// Profile implements chat.Directory.
func (r *Recorder) Profile(ctx context.Context, account string) (chat.Profile, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fault(ctx); err != nil {
		return chat.Profile{}, err
	}
	return chat.Profile{Account: account, Handle: account, Name: account}, nil
}

// Account implements chat.Directory: the handle, or what stands before the @ of the address.
func (r *Recorder) Account(ctx context.Context, handle, email string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fault(ctx); err != nil {
		return "", err
	}
	if handle == "" {
		handle, _, _ = strings.Cut(email, "@")
	}
	if handle == "" {
		return "", fmt.Errorf("recorder: %w", chat.ErrUnknown)
	}
	return handle, nil
}
