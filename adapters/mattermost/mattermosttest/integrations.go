package mattermosttest

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat/chatnet"
)

// What the server calls others for: slash commands, buttons and dialogs.

// Callback is where the handler of Mount is found by the server.
const Callback = "http://bot.example"

const (
	triggerFor  = 30 * time.Second // how long a trigger opens a dialog
	responseFor = 30 * time.Minute // how long a command's response address takes answers
	responses   = 5                // and how many
)

// command is a slash command that an administrator has made.
type command struct{ trigger, address, token string }

// response is the response address of one command that was typed.
type response struct {
	args model.CommandArgs
	left int
	till time.Time
}

// Mount makes a handler reachable for the server, at Callback.
func (s *Server) Mount(h http.Handler) {
	l := chatnet.New()
	there := &http.Server{Handler: h}
	go func() { _ = there.Serve(l) }()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mounted = append(s.mounted, there)
	s.outgoing = &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return l.Dial(ctx) }, DisableKeepAlives: true,
	}}
}

// AddCommand makes a slash command ("sdc") and returns the token by which its calls prove themselves.
func (s *Server) AddCommand(trigger, address string) (token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	token = model.NewId()
	s.commands = append(s.commands, command{trigger, address, token})
	return token
}

// Token returns a token for somebody, as after they logged in.
func (s *Server) Token(account string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := model.NewId()
	s.tokens[token] = account
	return token
}

// signer signs triggers.
var signer = func() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}()

// trigger is what opens a dialog in front of somebody.
func trigger(user string) string {
	_, id, err := model.GenerateTriggerId(user, signer)
	if err != nil {
		panic(err)
	}
	return id
}

// call sends a request to somebody else and returns the answer. s.mu is held, and let go meanwhile.
func (s *Server) call(address, contentType, authorization string, body []byte) (status int, answer []byte) {
	client := s.outgoing
	s.mu.Unlock()
	defer s.mu.Lock()
	if client == nil {
		return 0, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), triggerFor) // their time-out is as long
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil
	}
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("Accept", "application/json")
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	came, err := client.Do(request)
	if err != nil {
		return 0, nil
	}
	defer came.Body.Close()
	answer, err = io.ReadAll(came.Body)
	if err != nil {
		return 0, nil
	}
	return came.StatusCode, answer
}

// callJSON is call with their JSON.
func (s *Server) callJSON(address string, body any) (status int, answer []byte) {
	return s.call(address, "application/json", "", []byte(text(body)))
}

// postCommand runs a slash command (POST /commands/execute).
func (s *Server) postCommand(c *call) (any, *model.AppError) {
	var args model.CommandArgs
	if err := c.read(&args); err != nil {
		return nil, err
	}
	ch := s.channel(args.ChannelId)
	if ch == nil || !s.member(ch.Id, c.user.Id) {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	word, rest, _ := strings.Cut(strings.TrimPrefix(args.Command, "/"), " ")
	i := slices.IndexFunc(s.commands, func(k command) bool { return k.trigger == word })
	if i < 0 {
		return nil, refusal(http.StatusNotFound, "api.command.execute_command.not_found.app_error")
	}
	known := s.commands[i]
	args.UserId = c.user.Id
	hook := model.NewId()
	s.responses[hook] = &response{args, responses, s.now().Add(responseFor)}
	form := url.Values{
		"token": {known.token}, "team_id": {s.team.Id}, "team_domain": {s.team.Name}, "channel_id": {ch.Id}, "channel_name": {ch.Name},
		"user_id": {c.user.Id}, "user_name": {c.user.Username}, "command": {"/" + word}, "text": {rest}, "trigger_id": {trigger(c.user.Id)},
		"response_url": {Address + "/hooks/commands/" + hook}, "root_id": {args.RootId},
	}
	status, answer := s.call(known.address, "application/x-www-form-urlencoded", "Token "+known.token, []byte(form.Encode()))
	if status != http.StatusOK {
		return nil, refusal(http.StatusInternalServerError, "api.command.execute_command.failed_resp.app_error")
	}
	if len(answer) > 0 {
		return nil, refusal(http.StatusInternalServerError, "mattermosttest: an answer to a command is not understood here")
	}
	return &model.CommandResponse{}, nil
}

// answerCommand takes an answer by a response address (POST /hooks/commands/{id}), from whoever knows it.
func (s *Server) answerCommand(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, "POST /hooks/commands")
	if f := s.fault("POST /hooks/commands"); f != nil && !f.Done {
		f.answer(w)
		return
	}
	to := s.responses[r.PathValue("hook")]
	if to == nil || to.left == 0 || s.now().After(to.till) {
		refuse(w, refusal(http.StatusNotFound, "web.command_webhook.invalid.app_error"))
		return
	}
	answer, err := model.CommandResponseFromHTTPBody(r.Header.Get("Content-Type"), r.Body)
	if err != nil || answer.ResponseType != model.CommandResponseTypeEphemeral {
		refuse(w, refusal(http.StatusBadRequest, "web.command_webhook.parse.app_error"))
		return
	}
	to.left--
	post := &model.Post{ChannelId: to.args.ChannelId, RootId: to.args.RootId, UserId: to.args.UserId, Message: answer.Text, Props: answer.Props}
	post.AddProp(model.PostPropsFromWebhook, "true")
	if len(answer.Attachments) > 0 {
		post.AddProp(model.PostPropsAttachments, answer.Attachments)
	}
	s.whisper(to.args.UserId, post)
	w.Header().Set("Content-Type", "text/plain")
	_, _ = w.Write([]byte("ok"))
}

// whisper shows a post to one person. What its buttons call stays here, under a cookie. s.mu is held.
func (s *Server) whisper(user string, post *model.Post) {
	post.Id, post.Type, post.CreateAt = model.NewId(), model.PostTypeEphemeral, s.millis()
	post.UpdateAt = post.CreateAt
	post = plain(post)
	post.GenerateActionIds()
	cards := post.Attachments()
	for _, card := range cards {
		for _, action := range card.Actions {
			action.Cookie = model.NewId()
			s.cookies[action.Cookie] = pressable{post.Id, post.ChannelId, action.Integration}
			action.Integration = nil
		}
	}
	if len(cards) > 0 {
		post.AddProp(model.PostPropsAttachments, cards)
	}
	post = plain(post)
	s.ephemeral = append(s.ephemeral, &model.PostEphemeral{UserID: user, Post: post})
	e := model.NewWebSocketEvent(model.WebsocketEventEphemeralMessage, "", post.ChannelId, user, nil, "")
	e.Add("post", text(post))
	s.publish(e, []string{user})
}

// pressable is what a button calls, and where it stands.
type pressable struct {
	post, channel string
	integration   *model.PostActionIntegration
}

// postAction presses a button (POST /posts/{post}/actions/{action}).
func (s *Server) postAction(c *call) (any, *model.AppError) {
	var said model.DoPostActionRequest
	_ = c.read(&said) // an empty body is one, to them
	var on pressable
	if post := s.post(c.PathValue("post")); post != nil {
		action := plain(post).GetAction(c.PathValue("action"))
		if action == nil || action.Integration == nil {
			return nil, refusal(http.StatusNotFound, "api.post.do_action.action_id.app_error")
		}
		on = pressable{post.Id, post.ChannelId, action.Integration}
	} else if on = s.cookies[said.Cookie]; on.integration == nil || on.post != c.PathValue("post") {
		return nil, refusal(http.StatusNotFound, "app.post.get.app_error")
	}
	if !s.member(on.channel, c.user.Id) {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	request := model.PostActionIntegrationRequest{
		UserId: c.user.Id, UserName: c.user.Username, ChannelId: on.channel, ChannelName: s.channel(on.channel).Name, TeamId: s.team.Id,
		TeamName: s.team.Name, PostId: on.post, TriggerId: trigger(c.user.Id), Type: model.PostActionTypeButton, Context: on.integration.Context,
	}
	status, answer := s.callJSON(on.integration.URL, request)
	var done model.PostActionIntegrationResponse
	if status != http.StatusOK || json.Unmarshal(answer, &done) != nil {
		return nil, refusal(http.StatusBadRequest, "api.post.do_action.action_integration.app_error")
	}
	return model.PostActionAPIResponse{Status: "OK", TriggerId: request.TriggerId}, nil
}

// openDialog shows a dialog to whoever set off the trigger (POST /actions/dialogs/open). Their server asks for no token; this one does.
func (s *Server) openDialog(c *call) (any, *model.AppError) {
	var asked model.OpenDialogRequest
	if err := c.read(&asked); err != nil {
		return nil, err
	}
	client, user, err := asked.DecodeAndVerifyTriggerId(signer, triggerFor)
	if err != nil {
		return nil, err
	}
	if err := asked.IsValid(); err != nil { // their server only logs it; its client then shows a dialog that does not work
		return nil, model.NewAppError("openDialog", err.Error(), nil, "", http.StatusBadRequest)
	}
	asked.TriggerId = client
	e := model.NewWebSocketEvent(model.WebsocketEventOpenDialog, "", "", user, nil, "")
	e.Add("dialog", text(asked))
	s.publish(e, []string{user})
	s.dialogs[user] = &asked
	return map[string]string{"status": "OK"}, nil
}

// submitDialog sends what somebody filled into a dialog (POST /actions/dialogs/submit).
func (s *Server) submitDialog(c *call) (any, *model.AppError) {
	var said model.SubmitDialogRequest
	if err := c.read(&said); err != nil {
		return nil, err
	}
	if said.URL == "" || !s.member(said.ChannelId, c.user.Id) {
		return nil, refusal(http.StatusBadRequest, "api.context.invalid_body_param.app_error")
	}
	address := said.URL
	said.URL, said.UserId, said.Type = "", c.user.Id, "dialog_submission"
	status, answer := s.callJSON(address, said)
	if status != http.StatusOK {
		return nil, refusal(http.StatusBadRequest, "app.submit_interactive_dialog.json_error")
	}
	var done model.SubmitDialogResponse
	if len(answer) > 0 && json.Unmarshal(answer, &done) != nil {
		return nil, refusal(http.StatusInternalServerError, "app.submit_interactive_dialog.json_error")
	}
	if len(done.Errors) == 0 && done.Error == "" {
		delete(s.dialogs, c.user.Id)
	}
	return done, nil
}

// Dialog returns the dialog that stands open in front of somebody.
func (s *Server) Dialog(account string) (model.OpenDialogRequest, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.dialogs[account]; d != nil {
		return *d, true
	}
	return model.OpenDialogRequest{}, false
}

// plain is a copy of a post as JSON makes it: nothing in it is shared.
func plain(post *model.Post) *model.Post {
	raw, err := json.Marshal(post)
	if err != nil {
		panic(err) // their own types
	}
	out := new(model.Post)
	if err := json.Unmarshal(raw, out); err != nil {
		panic(err)
	}
	return out
}
