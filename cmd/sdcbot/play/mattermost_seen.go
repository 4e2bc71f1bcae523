package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/adapters/mattermost/mattermosttest"
	"sdcbot/bot/chat"
)

// witness is the adapter, of which the stage learns when something was said: it looks on the server then, as a reader, at what stands
// there. Nothing that the adapter was given is shown.
type witness struct {
	chat.Chat
	stage *Mattermost
}

// Post implements chat.Poster.
func (w *witness) Post(ctx context.Context, to chat.Place, m chat.Message, key string) (chat.Ref, error) {
	ref, err := w.Chat.Post(ctx, to, m, key)
	if err == nil {
		err = w.stage.posted(ctx, ref)
	}
	return ref, err
}

// Posted implements chat.Poster.
func (w *witness) Posted(ctx context.Context, to chat.Place, key string) (chat.Ref, bool, error) {
	ref, found, err := w.Chat.Posted(ctx, to, key)
	if err == nil && found {
		err = w.stage.posted(ctx, ref)
	}
	return ref, found, err
}

// Edit implements chat.Poster.
func (w *witness) Edit(ctx context.Context, ref chat.Ref, m chat.Message) error {
	if err := w.Chat.Edit(ctx, ref, m); err != nil {
		return err
	}
	return w.stage.edited(ctx, ref)
}

// Reply implements chat.Replier.
func (w *witness) Reply(ctx context.Context, h chat.Handle, a chat.Answer) error {
	if err := w.Chat.Reply(ctx, h, a); err != nil {
		return err
	}
	return w.stage.replied(ctx, h, a)
}

// posted takes in a message that was posted, once.
func (s *Mattermost) posted(ctx context.Context, ref chat.Ref) error {
	post, p, err := s.read(ctx, ref)
	if err != nil {
		return err
	}
	s.mu.Lock()
	known := s.seen[post.Id]
	s.mu.Unlock()
	if known {
		return nil
	}
	return s.show(ctx, p, post, Post)
}

func (s *Mattermost) edited(ctx context.Context, ref chat.Ref) error {
	post, p, err := s.read(ctx, ref)
	if err != nil {
		return err
	}
	return s.show(ctx, p, post, Edit)
}

// read reads a message as somebody who can see it.
func (s *Mattermost) read(ctx context.Context, ref chat.Ref) (*model.Post, *mattermostPerson, error) {
	reader := s.people[s.firstPerson()]
	if s.channelNamed(ref.Channel) == "" {
		// A private message: its reader is the other one in the conversation.
		for _, p := range s.people {
			if room, err := s.room(p, ""); err == nil && room == ref.Channel {
				reader = p
			}
		}
	}
	post, _, err := reader.api.GetPost(ctx, ref.ID, "")
	return post, reader, err
}

func (s *Mattermost) firstPerson() string {
	first := ""
	for handle := range s.people {
		if first == "" || handle < first {
			first = handle
		}
	}
	return first
}

func (s *Mattermost) channelNamed(id string) string {
	for name, channel := range s.ground.channels {
		if channel == id {
			return name
		}
	}
	return ""
}

// show takes in a message as its reader sees it, and its files.
func (s *Mattermost) show(ctx context.Context, p *mattermostPerson, post *model.Post, act Act) error {
	one := Shown{Act: act, Message: post.Id, Channel: s.channelNamed(post.ChannelId), Thread: post.RootId, Content: content(post, s.ground.bot)}
	if one.Channel == "" || act == Answer {
		one.Channel, one.Person = "", p.handle
	}
	files, err := s.given(ctx, p, post)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[post.Id] = true
	s.shown = append(s.shown, one)
	if act != Edit {
		s.shown = append(s.shown, files...)
	}
	return nil
}

// given fetches the files of a message.
func (s *Mattermost) given(ctx context.Context, p *mattermostPerson, post *model.Post) (files []Shown, err error) {
	for _, id := range post.FileIds {
		info, _, err := p.api.GetFileInfo(ctx, id)
		if err != nil {
			return nil, err
		}
		file, _, err := p.api.GetFile(ctx, id)
		if err != nil {
			return nil, err
		}
		one := chat.File{Name: info.Name, Content: file}
		for _, card := range post.Attachments() {
			if mattermosttest.Read(card.Title) == info.Name {
				one.Alt = plainly(mattermosttest.Read(card.Text))
			}
		}
		files = append(files, Shown{Act: Give, Person: p.handle, File: one})
	}
	return files, nil
}

// replied takes in what came of a reply: faults in the form, private messages, or what this person alone was shown.
func (s *Mattermost) replied(ctx context.Context, h chat.Handle, a chat.Answer) error {
	s.mu.Lock()
	r := s.handles[h]
	if r == nil || r.to == nil {
		s.mu.Unlock()
		return errors.New("a reply to nobody")
	}
	if r.call != nil && r.call.dialog {
		if err := s.waitFor(ctx, func() bool { return r.call.done }); err != nil {
			s.mu.Unlock()
			return fmt.Errorf("the form does not end: %w", err)
		}
		if err := r.call.err; err != nil {
			s.mu.Unlock()
			return err
		}
		if s.settled(r) {
			s.mu.Unlock()
			return nil
		}
	}
	s.mu.Unlock()
	if a.Message == nil && a.Form == nil && len(a.Errors) == 0 {
		return nil
	}
	found, err := s.private(ctx, r.to, len(a.Errors) > 0)
	if err != nil || found {
		return err
	}
	return s.whispered(ctx, r.to)
}

// settled takes in what became of a dialog that was sent; true when it stays open with faults. s.mu is held.
func (s *Mattermost) settled(r *reply) bool {
	p := r.to
	if len(r.call.errors) == 0 {
		p.dialog = nil
		return false
	}
	form := formInDialog(p.dialog)
	for i, in := range form.Fields {
		form.Fields[i].Value = r.call.values[in.Key]
	}
	s.shown = append(s.shown, Shown{Act: Refuse, Person: p.handle, Form: form, Errors: r.call.errors})
	return true
}

// private takes in what the bot has newly said to somebody in private.
func (s *Mattermost) private(ctx context.Context, p *mattermostPerson, faults bool) (found bool, err error) {
	room, err := s.room(p, "")
	if err != nil {
		return false, err
	}
	list, _, err := p.api.GetPostsForChannel(ctx, room, 0, 30, "", false, false)
	if err != nil {
		return false, err
	}
	for _, post := range slices.Backward(list.ToSlice()) {
		s.mu.Lock()
		known := s.seen[post.Id]
		s.mu.Unlock()
		if known || post.UserId != s.ground.bot {
			continue
		}
		found = true
		form, is := formInWords(post)
		switch {
		case is:
			s.mu.Lock()
			s.seen[post.Id] = true
			p.sheet = post.Id
			s.shown = append(s.shown, Shown{Act: Open, Message: post.Id, Person: p.handle, Form: form})
			s.mu.Unlock()
		case faults && post.RootId != "" && post.RootId == p.sheet:
			err = s.refusedInWords(ctx, p, post)
		default:
			err = s.show(ctx, p, post, Post)
		}
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// refusedInWords takes in faults that were told in the thread of a form, which stays open with what was typed.
func (s *Mattermost) refusedInWords(ctx context.Context, p *mattermostPerson, faults *model.Post) error {
	open, _, err := p.api.GetPost(ctx, p.sheet, "")
	if err != nil {
		return err
	}
	form, is := formInWords(open)
	if !is {
		return errors.New("a form with faults has closed")
	}
	one := Shown{Act: Refuse, Person: p.handle, Form: form, Errors: map[string]string{}}
	told := content(faults, s.ground.bot)
	for _, f := range told.Fields {
		if in, known := fieldNamed(form, f.Label); known {
			one.Errors[in.Key] = f.Value
		} else {
			one.Errors[f.Label] = f.Value
		}
	}
	for i, line := range told.Lines {
		one.Errors[fmt.Sprint("line ", i)] = line
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[faults.Id] = true
	s.shown = append(s.shown, one)
	return nil
}

// whispered waits for what only this person is shown, and takes it in.
func (s *Mattermost) whispered(ctx context.Context, p *mattermostPerson) error {
	s.mu.Lock()
	if err := s.waitFor(ctx, func() bool { return len(p.whispers)+len(p.dialogs) > 0 }); err != nil {
		s.mu.Unlock()
		return fmt.Errorf("a reply to @%s is nowhere: %w", p.handle, err)
	}
	whispers, dialogs := p.whispers, p.dialogs
	p.whispers, p.dialogs = nil, nil
	for _, d := range dialogs {
		p.dialog = d
		s.shown = append(s.shown, Shown{Act: Open, Person: p.handle, Form: formInDialog(d)})
	}
	for _, post := range whispers {
		cookies := map[string]string{}
		for _, card := range post.Attachments() {
			for _, action := range card.Actions {
				cookies[action.Id] = action.Cookie
			}
		}
		s.pressing[post.Id] = pressing{cookies, true}
	}
	s.mu.Unlock()
	for _, post := range whispers {
		if err := s.show(ctx, p, post, Answer); err != nil {
			return err
		}
	}
	return nil
}

// watch listens to what only this person is shown.
func (s *Mattermost) watch(p *mattermostPerson) error {
	dialer := websocket.Dialer{HandshakeTimeout: mattermostPatience}
	if transport, ok := s.ground.http.Transport.(*http.Transport); ok {
		dialer.NetDialContext = transport.DialContext
	}
	address := "ws" + strings.TrimPrefix(p.api.APIURL, "http") + "/websocket"
	conn, response, err := dialer.Dial(address, http.Header{"Authorization": {"Bearer " + p.api.AuthToken}})
	if err != nil {
		return fmt.Errorf("@%s cannot listen: %w", p.handle, err)
	}
	response.Body.Close()
	go func() {
		defer conn.Close()
		for {
			_, raw, err := conn.ReadMessage()
			if err != nil {
				return // the server has gone, as at the end
			}
			s.overhear(p, raw)
		}
	}()
	return nil
}

// overhear keeps what one message of the socket shows to its reader alone.
func (s *Mattermost) overhear(p *mattermostPerson, raw []byte) {
	e, err := model.WebSocketEventFromJSON(strings.NewReader(string(raw)))
	if err != nil {
		return
	}
	words := func(key string) []byte {
		said, _ := e.GetData()[key].(string)
		return []byte(said)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.changed.Broadcast()
	switch e.EventType() {
	case model.WebsocketEventEphemeralMessage:
		post := new(model.Post)
		if json.Unmarshal(words("post"), post) == nil {
			p.whispers = append(p.whispers, post)
		}
	case model.WebsocketEventOpenDialog:
		dialog := new(model.OpenDialogRequest)
		if json.Unmarshal(words("dialog"), dialog) == nil {
			p.dialogs = append(p.dialogs, dialog)
		}
	}
}

// Shown implements Stage.
func (s *Mattermost) Shown(n int) []Shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.shown[n:])
}

// content is a message as it meets the eye.
func content(post *model.Post, bot string) chat.Message {
	m := chat.Message{}
	if words := mattermosttest.Read(post.Message); words != "" {
		m.Lines = append(m.Lines, plainly(words))
	}
	for i, card := range post.Attachments() {
		if i > 0 {
			m.Buttons = append(m.Buttons, menuOf(card.Text)...)
			continue
		}
		m.Title, m.Footer, m.Tone = plainly(mattermosttest.Read(card.Title)), plainly(card.Footer), tonesRead[card.Color]
		if card.Text != "" {
			m.Lines = append(m.Lines, plainly(mattermosttest.Read(card.Text)))
		}
		for _, f := range card.Fields {
			m.Fields = append(m.Fields, chat.Field[string]{Label: plainly(f.Title), Value: plainly(mattermosttest.Read(fmt.Sprint(f.Value)))})
		}
		for _, action := range card.Actions {
			m.Buttons = append(m.Buttons, chat.Button[string]{ID: action.Id, Label: plainly(action.Name)})
		}
	}
	if post.Metadata != nil {
		for _, r := range post.Metadata.Reactions {
			if r.UserId == bot && !slices.Contains(menuNumbers, r.EmojiName) {
				m.Reactions = append(m.Reactions, chat.Normalise(r.EmojiName))
			}
		}
	}
	return m
}

// tonesRead are the colours of messages.
var tonesRead = map[string]chat.Tone{"#339970": chat.Good, "#CC8F00": chat.Warn, "#D24B4E": chat.Danger, "#8B8FA7": chat.Muted}

// choice is an entry of the menu that stands for buttons.
var choice = regexp.MustCompile(`^:([a-z0-9_+-]+): (.*)$`)

// menuOf reads the menu that stands for buttons.
func menuOf(text string) (buttons []chat.Button[string]) {
	for entry := range strings.SplitSeq(text, "  ·  ") {
		if found := choice.FindStringSubmatch(entry); found != nil {
			buttons = append(buttons, chat.Button[string]{ID: found[1], Label: plainly(mattermosttest.Read(found[2]))})
		}
	}
	return buttons
}

// plainly leaves out the invisible spaces that keep words from acting.
func plainly(text string) string { return strings.ReplaceAll(text, "\u200b", "") }

// formInWords reads a form that is answered in words: what meets the eye from the card, what a field is called inside from the props.
func formInWords(post *model.Post) (chat.Form[string], bool) {
	raw, _ := post.GetProp("sdcbot_form").(string)
	var form chat.Form[string]
	if raw == "" || json.Unmarshal([]byte(raw), &form) != nil {
		return chat.Form[string]{}, false
	}
	m := content(post, "")
	form.Title, form.Intro, form.Submit = m.Title, strings.Join(m.Lines, "\n"), ""
	for i := range form.Fields {
		if i < len(m.Fields) {
			form.Fields[i].Label = m.Fields[i].Label
		}
	}
	return form, true
}

// formInDialog reads a form that stands open.
func formInDialog(d *model.OpenDialogRequest) chat.Form[string] {
	form := chat.Form[string]{
		ID: d.Dialog.CallbackId, Title: d.Dialog.Title, Intro: plainly(mattermosttest.Read(d.Dialog.IntroductionText)), Submit: d.Dialog.SubmitLabel,
	}
	for _, e := range d.Dialog.Elements {
		in := chat.Input[string]{Key: e.Name, Label: e.DisplayName, Hint: plainly(e.HelpText), Value: e.Default, Optional: e.Optional, Long: e.Type == "textarea"}
		// A label that did not fit stands whole at the head of the help.
		if head, cut := strings.CutSuffix(in.Label, "…"); cut && strings.HasPrefix(in.Hint, head) {
			in.Label, in.Hint, _ = strings.Cut(in.Hint, "\n")
		}
		for _, o := range e.Options {
			in.Options = append(in.Options, chat.Option[string]{Value: o.Value, Label: o.Text})
		}
		form.Fields = append(form.Fields, in)
	}
	return form
}
