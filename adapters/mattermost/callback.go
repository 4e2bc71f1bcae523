package mattermost

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// What the server calls us for, below Config.Callback.
const (
	commandPath = "/command"
	buttonPath  = "/button"
	dialogPath  = "/dialog"
)

const (
	// mostBody is how much of a request is read: their own limit for what they send is 300,000 bytes.
	mostBody = 1 << 20

	// dialogWait is how long a form that was sent waits for what the bot says of it, to show faults in place. Their server hangs up
	// after 30 s.
	dialogWait = 10 * time.Second
)

// Names in the context of a button. Clients never see it: the server keeps it to itself.
const (
	contextButton = "button"
	contextProof  = "proof"
)

// Handler hears what the server calls us for: slash commands, buttons and forms. It is mounted where Config.Callback leads, and stores
// what it hears before it answers. What does not prove that it comes from our server is refused, logged and counted.
func (c *Chat) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+commandPath, c.onCommand)
	mux.HandleFunc("POST "+buttonPath, c.onButton)
	mux.HandleFunc("POST "+dialogPath, c.onDialog)
	return mux
}

// Refused counts the calls that did not prove where they come from.
func (c *Chat) Refused() int64 { return c.refused.Load() }

// refuse answers a call that is not believed. What it claims to be stands in no answer: who sends it learns nothing.
func (c *Chat) refuse(w http.ResponseWriter, r *http.Request, why string) {
	c.refused.Add(1)
	c.log.Warn("a call was refused", "path", path.Base(r.URL.Path), "from", r.RemoteAddr, "why", why)
	http.Error(w, "refused", http.StatusForbidden)
}

// store hands an event on. While nobody listens, or when it cannot be stored, the server is told so: it tells the person, who tries again.
func (c *Chat) store(w http.ResponseWriter, r *http.Request, e chat.Event) bool {
	hear := c.hear.Load()
	if hear == nil {
		http.Error(w, "not connected yet", http.StatusServiceUnavailable)
		return false
	}
	if err := (*hear)(r.Context(), e); err != nil {
		c.log.Error("a call could not be stored", "kind", e.Kind, "err", err)
		http.Error(w, "not stored", http.StatusServiceUnavailable)
		return false
	}
	return true
}

// onCommand hears a slash command. The answer is empty: what the bot says comes by the response address or by a message, never as an
// answer in the channel, which would be signed by the person.
func (c *Chat) onCommand(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostBody)
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if c.config.CommandToken == "" || !strings.EqualFold(kind, "token") || subtle.ConstantTimeCompare([]byte(token), []byte(c.config.CommandToken)) != 1 {
		c.refuse(w, r, "the slash command's token is not the one of the configuration")
		return
	}
	if err := r.ParseForm(); err != nil {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	said := r.PostForm
	user, channel := said.Get("user_id"), said.Get("channel_id")
	if !model.IsValidId(user) || !model.IsValidId(channel) {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	name, private := placeNamed(said.Get("channel_name"))
	e := chat.Event{
		ID: "command:" + digest(said.Get("trigger_id")), Chat: c.config.Name, At: c.now(), Kind: chat.Commanded, From: user,
		Channel: name, Private: private, Text: strings.TrimSpace(said.Get("text")),
		Handle: handle{
			Channel: channel, Account: user, Thread: said.Get("root_id"), Private: private && c.withUs(said.Get("channel_name")),
			Trigger: said.Get("trigger_id"), Response: hook(said.Get("response_url")),
		}.seal(),
	}
	if c.store(w, r, e) {
		w.WriteHeader(http.StatusOK)
	}
}

// onButton hears a button.
func (c *Chat) onButton(w http.ResponseWriter, r *http.Request) {
	var said model.PostActionIntegrationRequest
	if !readBody(w, r, &said) {
		return
	}
	button, _ := said.Context[contextButton].(string)
	proof, _ := said.Context[contextProof].(string)
	if button == "" || !c.proves(proof, "button", button) {
		c.refuse(w, r, "the button does not bear our proof")
		return
	}
	if !model.IsValidId(said.UserId) || !model.IsValidId(said.ChannelId) {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	name, private := placeNamed(said.ChannelName)
	e := chat.Event{
		ID: "button:" + digest(said.TriggerId), Chat: c.config.Name, At: c.now(), Kind: chat.Pressed, From: said.UserId,
		Channel: name, Private: private, Button: button, Message: chat.Ref{Chat: c.config.Name, Channel: said.ChannelId, ID: said.PostId},
		Handle: handle{Channel: said.ChannelId, Account: said.UserId, Private: private && c.withUs(said.ChannelName), Trigger: said.TriggerId}.seal(),
	}
	if c.store(w, r, e) {
		answerJSON(w, model.PostActionIntegrationResponse{})
	}
}

// onDialog hears a form that was sent, and waits a little for what the bot says of it: nothing else can show faults in place.
func (c *Chat) onDialog(w http.ResponseWriter, r *http.Request) {
	var said model.SubmitDialogRequest
	if !readBody(w, r, &said) {
		return
	}
	if !model.IsValidId(said.UserId) || !c.proves(said.State, "form", said.CallbackId, said.UserId) {
		c.refuse(w, r, "the form does not bear our proof for this person")
		return
	}
	if said.Cancelled {
		w.WriteHeader(http.StatusOK)
		return
	}
	channel, err := c.channel(r.Context(), said.ChannelId)
	if err != nil { // the bot need not be where the form was opened
		channel = &model.Channel{Id: said.ChannelId}
	}
	name, private := placeNamed(channel.Name)
	id := rand.Text()
	answer := make(chan map[string]string, 1)
	c.mu.Lock()
	c.open[id] = answer
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.open, id)
		c.mu.Unlock()
	}()
	e := chat.Event{
		ID: "form:" + id, Chat: c.config.Name, At: c.now(), Kind: chat.Submitted, From: said.UserId, Channel: name, Private: private,
		Form: said.CallbackId, Values: plainValues(said.Submission),
		Handle: handle{Channel: said.ChannelId, Account: said.UserId, Private: private && c.withUs(channel.Name), Dialog: id}.seal(),
	}
	if !c.store(w, r, e) {
		return
	}
	wait := time.NewTimer(dialogWait)
	defer wait.Stop()
	var faults map[string]string
	select {
	case faults = <-answer:
	case <-wait.C:
	case <-r.Context().Done():
	}
	answerJSON(w, model.SubmitDialogResponse{Errors: faults})
}

// settleDialog answers a form that waits. It is too late when it waits no more: it has closed.
func (c *Chat) settleDialog(id string, faults map[string]string) (waited bool) {
	c.mu.Lock()
	answer := c.open[id]
	delete(c.open, id)
	c.mu.Unlock()
	if answer == nil {
		return false
	}
	answer <- faults
	return true
}

// openDialog opens a form in front of whoever set off the trigger.
func (c *Chat) openDialog(ctx context.Context, h handle, f chat.Form[string]) error {
	request := model.OpenDialogRequest{TriggerId: h.Trigger, URL: c.config.Callback + dialogPath, Dialog: dialog(f)}
	request.Dialog.State = c.proof("form", f.ID, h.Account)
	if response, err := c.api.OpenInteractiveDialog(ctx, request); err != nil {
		return c.fault("open a form", response, err, reading) // a second one would take the place of the first
	}
	return nil
}

// proof is what only we can make: a word that says of these parts that they come from us.
func (c *Chat) proof(parts ...string) string {
	mac := hmac.New(sha256.New, c.key[:])
	for _, p := range parts {
		fmt.Fprintf(mac, "%d:%s", len(p), p)
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (c *Chat) proves(proof string, parts ...string) bool {
	return hmac.Equal([]byte(proof), []byte(c.proof(parts...)))
}

// readBody reads the JSON of a call.
func readBody(w http.ResponseWriter, r *http.Request, into any) bool {
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody)).Decode(into)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
	case err != nil:
		http.Error(w, "not understood", http.StatusBadRequest)
	}
	return err == nil
}

func answerJSON(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // whoever hangs up meanwhile needs no answer
}

// placeNamed tells a channel from a private conversation, whose name is that of its two accounts. What is said to the bot by a
// command is private there, whoever's conversation it is: nobody else reads it.
func placeNamed(name string) (channel string, private bool) {
	a, b, direct := strings.Cut(name, "__")
	if name == "" || direct && model.IsValidId(a) && model.IsValidId(b) {
		return "", true
	}
	return name, false
}

// withUs says whether a private conversation is one with the bot.
func (c *Chat) withUs(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.me != nil && strings.Contains(name, c.me.Id)
}

// hook is the id in a response address. The address itself is not used: it is the server's own view of where it stands.
func hook(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if id := path.Base(u.Path); model.IsValidId(id) {
		return id
	}
	return ""
}

// digest shortens a trigger, which is unique to what set it off and must not stand in a log.
func digest(trigger string) string {
	if trigger == "" {
		trigger = rand.Text()
	}
	sum := sha256.Sum256([]byte(trigger))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// plainValues makes words of what fields hold: their select fields send null when nothing is chosen.
func plainValues(submission map[string]any) map[string]string {
	values := map[string]string{}
	for key, value := range submission {
		switch v := value.(type) {
		case string:
			values[key] = v
		case nil:
			values[key] = ""
		default:
			values[key] = fmt.Sprint(v)
		}
	}
	return values
}
