package play

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/adapters/mattermost"
	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
)

// mattermostName is the connection's name in conversations.
const mattermostName = "mattermost"

// Mattermost is a stage on a Mattermost server: the one in memory, or a real one. People act there as their own clients would, over REST and
// with tokens of theirs; what the bot shows is read back from the server. The bot's side is the adapter as it serves a real circle.
//
// Where the server cannot call the bot, people do in other ways what they do with slash commands, buttons and forms: "/sdc …" is typed
// as a mention, a button is pressed by the reaction that the message names, a form is answered in its thread. With calls, who
// presses something while the bot is down presses again when it is up.
type Mattermost struct {
	name   string // of the connection
	ground ground
	now    func() time.Time
	people map[string]*mattermostPerson // by handle
	dial   *breakable

	mu       sync.Mutex
	changed  *sync.Cond
	chat     *mattermost.Chat // of the bot that lives now
	end      func()           // ends its listening
	ended    error            // why it ended by itself
	to       chat.Hear        // while a Deliver goes on
	heard    int              // in this Deliver
	fault    error            // of its hear
	awaited  []awaited
	calls    []*call                // not yet made
	handles  map[chat.Handle]*reply // of the events heard
	shown    []Shown
	seen     map[string]bool // posts of the bot
	pressing map[string]pressing
}

// ground is a server with the people and channels of one conversation on it.
type ground struct {
	address  string
	dial     func(ctx context.Context, network, address string) (net.Conn, error) // nil: the network's own
	http     *http.Client                                                         // of people
	team     string
	teamID   string
	bot      string // account
	username string // of the bot
	token    string // of the bot
	channels map[string]string
	accounts map[string]string // by handle
	tokens   map[string]string // by handle

	callback string // where the server reaches the bot; empty: nowhere
	command  string // the slash command's token
	mount    func(http.Handler)

	real  bool // its clock is the world's
	close func() error
}

// mattermostPerson is somebody's own client.
type mattermostPerson struct {
	handle  string
	account string
	api     *model.Client4
	direct  string            // channel with the bot; empty until one speaks to the other
	latest  map[string]string // the emoji that they put last, by message

	// What only this person was shown, and has not been taken in. Guarded by Mattermost.mu.
	whispers []*model.Post
	dialogs  []*model.OpenDialogRequest

	dialog *model.OpenDialogRequest // open in front of them
	sheet  string                   // message of the form that is answered in words
}

// pressing is where a button is pressed that stands on a message.
type pressing struct {
	cookies map[string]string // by action, on a message that only one person sees
	answer  bool
}

// NewMattermost opens a stage on the server in memory. With calls, the server can call the bot.
func NewMattermost(setting playground.Setting, calls bool) (*Mattermost, error) {
	return newMattermost(setting, inMemory(setting, calls))
}

// NewMattermostOn opens a stage on a real server.
func NewMattermostOn(ctx context.Context, setting playground.Setting, at Server, calls bool) (*Mattermost, error) {
	g, err := onServer(ctx, setting, at, calls)
	if err != nil {
		return nil, err
	}
	return newMattermost(setting, g)
}

func newMattermost(setting playground.Setting, g ground) (*Mattermost, error) {
	s := &Mattermost{
		name:   mattermostName,
		ground: g, now: setting.Now, people: map[string]*mattermostPerson{}, dial: &breakable{dial: g.dial},
		handles: map[chat.Handle]*reply{}, seen: map[string]bool{}, pressing: map[string]pressing{},
	}
	s.changed = sync.NewCond(&s.mu)
	for handle, account := range g.accounts {
		api := model.NewAPIv4Client(g.address)
		api.HTTPClient = g.http
		api.SetToken(g.tokens[handle])
		s.people[handle] = &mattermostPerson{handle: handle, account: account, api: api, latest: map[string]string{}}
	}
	if g.callback != "" {
		for _, p := range s.people {
			if err := s.watch(p); err != nil {
				return nil, errors.Join(err, g.close())
			}
		}
	}
	return s, nil
}

// Close implements io.Closer.
func (s *Mattermost) Close() error {
	if s.end != nil {
		s.end()
	}
	return s.ground.close()
}

// In returns the circle with everybody's account on the server.
func (s *Mattermost) In(c circle.Circle) circle.Circle {
	c.People = slices.Clone(c.People)
	for i, p := range c.People {
		c.People[i].Accounts = map[string]string{s.name: s.ground.accounts[p.Handle]}
	}
	return c
}

// Chats connects a new bot, and cuts off the one before.
func (s *Mattermost) Chats() ([]chat.Chat, error) {
	if s.end != nil {
		s.end()
	}
	adapter, err := mattermost.New(mattermost.Config{
		Name: s.name, URL: s.ground.address, Token: s.ground.token, Team: s.ground.team, Callback: s.ground.callback,
		CommandToken: s.ground.command, Pause: time.Millisecond, Dial: s.dial.Dial, Now: s.now,
	})
	if err != nil {
		return nil, err
	}
	if s.ground.mount != nil {
		s.ground.mount(adapter.Handler())
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	s.mu.Lock()
	s.chat, s.ended = adapter, nil
	s.await("", back)
	s.mu.Unlock()
	go func() {
		defer close(done)
		err := adapter.Listen(ctx, s.take)
		s.mu.Lock()
		defer s.mu.Unlock()
		if ctx.Err() == nil {
			s.ended = err
		}
		s.changed.Broadcast()
	}()
	s.end = func() { cancel(); <-done }
	return []chat.Chat{&witness{Chat: adapter, stage: s}}, nil
}

// Has implements Stage. A conversation that speaks of the playground means the one chat that there is.
func (s *Mattermost) Has(name string) error {
	if name != s.name && name != playground.Name {
		return fmt.Errorf("this is played on Mattermost alone: there is no chat %s", name)
	}
	return nil
}

// Reach implements Stage.
func (s *Mattermost) Reach(name string, up bool) error {
	if err := s.Has(name); err != nil {
		return err
	}
	s.mu.Lock()
	if up {
		s.await("", back)
	}
	s.mu.Unlock()
	s.dial.breakAll(!up)
	return nil
}

// person finds who acts.
func (s *Mattermost) person(who Actor) (*mattermostPerson, error) {
	p := s.people[who.Person]
	if p == nil {
		return nil, fmt.Errorf("there is nobody called %s", who.Person)
	}
	return p, nil
}

// room is where somebody speaks: a channel, or their conversation with the bot.
func (s *Mattermost) room(p *mattermostPerson, channel string) (string, error) {
	if channel != "" {
		id, ok := s.ground.channels[channel]
		if !ok {
			return "", fmt.Errorf("there is no channel %s", channel)
		}
		return id, nil
	}
	if p.direct == "" {
		ch, _, err := p.api.CreateDirectChannel(context.Background(), p.account, s.ground.bot)
		if err != nil {
			return "", err
		}
		p.direct = ch.Id
	}
	return p.direct, nil
}

// slash is what people type on the playground, and mention what they type where there is no slash command.
const (
	slash   = "/sdc"
	mention = "@sdc"
)

// Say implements Stage.
func (s *Mattermost) Say(who Actor, channel, thread, text string) error {
	p, err := s.person(who)
	if err != nil {
		return err
	}
	room, err := s.room(p, channel)
	if err != nil {
		return err
	}
	command := text == slash || strings.HasPrefix(text, slash+" ")
	if command && s.ground.callback != "" && thread == "" {
		s.later(p, func(ctx context.Context) error {
			_, _, err := p.api.ExecuteCommandWithTeam(ctx, room, s.ground.teamID, text)
			return err
		})
		return nil
	}
	if command {
		text = mention + strings.TrimPrefix(text, slash)
	}
	if strings.HasPrefix(text, mention) {
		text = "@" + s.ground.username + strings.TrimPrefix(text, mention)
	}
	return s.post(p, &model.Post{ChannelId: room, RootId: thread, Message: text})
}

// post writes a message, of which the bot is to hear.
func (s *Mattermost) post(p *mattermostPerson, post *model.Post) error {
	made, _, err := p.api.CreatePost(context.Background(), post)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.await(p.account, made.Id)
	return nil
}

// React implements Stage.
func (s *Mattermost) React(who Actor, message, emoji string, off bool) error {
	p, err := s.person(who)
	if err != nil {
		return err
	}
	return s.react(p, message, mattermostEmoji(emoji), off)
}

// react puts an emoji, by its name there. The one that they put last stands before their eyes, and nobody puts it again; one that stands
// from before is taken off first.
func (s *Mattermost) react(p *mattermostPerson, message, emoji string, off bool) error {
	ctx := context.Background()
	r := &model.Reaction{UserId: p.account, PostId: message, EmojiName: emoji}
	standing, _, err := p.api.GetReactions(ctx, message)
	if err != nil {
		return err
	}
	stands := slices.ContainsFunc(standing, func(o *model.Reaction) bool { return o.UserId == p.account && o.EmojiName == emoji })
	if stands && !off && p.latest[message] == emoji && !s.numbered(emoji) {
		return nil
	}
	p.latest[message] = emoji
	if stands {
		if _, err := p.api.DeleteReaction(ctx, r); err != nil {
			return err
		}
	}
	s.mu.Lock()
	if stands && !s.numbered(emoji) {
		s.await(p.account, taken(r))
	}
	s.mu.Unlock()
	if off {
		return nil
	}
	made, _, err := p.api.SaveReaction(ctx, r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.await(p.account, put(made))
	s.mu.Unlock()
	return nil
}

// numbered says whether an emoji answers a menu: to take such a press back is nothing done.
func (s *Mattermost) numbered(emoji string) bool { return slices.Contains(menuNumbers, emoji) }

// menuNumbers are the emoji of the menu that stands for buttons.
var menuNumbers = []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten"}

// mattermostEmoji is the name of an emoji.
func mattermostEmoji(emoji string) string {
	if name, known := chat.Names[emoji]; known {
		return name
	}
	var code []string
	for _, r := range emoji {
		code = append(code, fmt.Sprintf("%04x", r))
	}
	if name, n := model.GetEmojiNameFromUnicode(strings.Join(code, "-")); n > 0 {
		return name
	}
	return strings.Trim(emoji, ":")
}

// Press implements Stage. A button is known by the name of its reaction, or by the id of its action.
func (s *Mattermost) Press(who Actor, message, button string) error {
	p, err := s.person(who)
	if err != nil {
		return err
	}
	if s.ground.callback == "" {
		return s.react(p, message, button, false)
	}
	s.mu.Lock()
	cookie := s.pressing[message].cookies[button]
	s.mu.Unlock()
	s.later(p, func(ctx context.Context) error {
		_, err := p.api.DoPostActionWithCookie(ctx, message, button, "", cookie, nil, "")
		return err
	})
	return nil
}

// Submit implements Stage.
func (s *Mattermost) Submit(who Actor, form chat.Form[string], values map[string]string) error {
	p, err := s.person(who)
	if err != nil {
		return err
	}
	s.mu.Lock()
	dialog, sheet := p.dialog, p.sheet
	s.mu.Unlock()
	switch {
	case dialog != nil:
		return s.submitDialog(p, dialog, values)
	case sheet != "":
		room, err := s.room(p, "")
		if err != nil {
			return err
		}
		return s.post(p, &model.Post{ChannelId: room, RootId: sheet, Message: inWords(form, values)})
	}
	return errors.New("no form is open")
}

// inWords is what somebody types to fill a form: what they change, a field a line.
func inWords(form chat.Form[string], values map[string]string) string {
	var lines []string
	for _, in := range form.Fields {
		value := values[in.Key]
		if value == in.Value {
			continue
		}
		for _, o := range in.Options {
			if o.Value == value {
				value = o.Label
			}
		}
		if value == "" {
			value = "—"
		}
		lines = append(lines, in.Label+" : "+value)
	}
	if len(lines) == 0 && len(form.Fields) > 0 {
		lines = []string{form.Fields[0].Label + " : " + form.Fields[0].Value}
	}
	return strings.Join(lines, "\n")
}

func (s *Mattermost) submitDialog(p *mattermostPerson, d *model.OpenDialogRequest, values map[string]string) error {
	room, err := s.room(p, "")
	if err != nil {
		return err
	}
	submission := map[string]any{}
	for _, e := range d.Dialog.Elements {
		if submission[e.Name] = values[e.Name]; values[e.Name] == "" && e.Type == "select" {
			submission[e.Name] = nil
		}
	}
	request := model.SubmitDialogRequest{
		URL: d.URL, CallbackId: d.Dialog.CallbackId, State: d.Dialog.State, ChannelId: room, TeamId: s.ground.teamID, Submission: submission,
	}
	var c *call
	c = s.later(p, func(ctx context.Context) error {
		answer, _, err := p.api.SubmitInteractiveDialog(ctx, request)
		if err == nil {
			c.errors, c.values = answer.Errors, values
			if answer.Error != "" {
				err = errors.New(answer.Error)
			}
		}
		return err
	})
	c.dialog = true
	return nil
}

// Send implements Stage.
func (s *Mattermost) Send(who Actor, file chat.File) error {
	p, err := s.person(who)
	if err != nil {
		return err
	}
	room, err := s.room(p, "")
	if err != nil {
		return err
	}
	up, _, err := p.api.UploadFile(context.Background(), file.Content, room, file.Name)
	if err != nil {
		return err
	}
	return s.post(p, &model.Post{ChannelId: room, FileIds: model.StringArray{up.FileInfos[0].Id}})
}

// breakable opens connections that can be broken all at once.
type breakable struct {
	dial func(ctx context.Context, network, address string) (net.Conn, error)

	mu     sync.Mutex
	broken bool
	open   []net.Conn
}

// Dial opens one.
func (b *breakable) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	b.mu.Lock()
	broken := b.broken
	b.mu.Unlock()
	if broken {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("the chat is out of reach")}
	}
	dial := b.dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	c, err := dial(ctx, network, address)
	if err == nil {
		b.mu.Lock()
		b.open = append(b.open, c)
		b.mu.Unlock()
	}
	return c, err
}

// breakAll breaks what is open, and whether more can be opened from now on.
func (b *breakable) breakAll(broken bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.broken = broken
	if !broken {
		return
	}
	for _, c := range b.open {
		_ = c.Close() // that is what it is for
	}
	b.open = nil
}

func (b *breakable) isBroken() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.broken
}
