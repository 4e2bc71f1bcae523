package mattermosttest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"
)

// distinctEmoji is how many different emoji one post takes.
const distinctEmoji = 50

func (s *Server) getUser(c *call) (any, *model.AppError) {
	id := c.PathValue("user")
	if id == model.Me {
		return c.user, nil
	}
	if !model.IsValidId(id) {
		return nil, refusal(http.StatusBadRequest, "api.context.invalid_url_param.app_error")
	}
	if u := s.user(id); u != nil {
		return u, nil
	}
	return nil, refusal(http.StatusNotFound, "app.user.missing_account.const")
}

func (s *Server) getOfUser(c *call) (any, *model.AppError) {
	who, what := c.PathValue("user"), c.PathValue("what")
	switch {
	case who == "email":
		what, _ = url.PathUnescape(what)
		if u := find(s.users, func(u *model.User) bool { return strings.EqualFold(u.Email, what) }); u != nil {
			return u, nil
		}
		return nil, refusal(http.StatusNotFound, "app.user.missing_account.const")
	case who == "username":
		if u := find(s.users, func(u *model.User) bool { return u.Username == what }); u != nil {
			return u, nil
		}
		return nil, refusal(http.StatusNotFound, "app.user.get_by_username.app_error")
	case what == "channels" && (who == c.user.Id || who == model.Me):
		mine := []*model.Channel{}
		for _, ch := range s.channels {
			if s.member(ch.Id, c.user.Id) {
				mine = append(mine, ch)
			}
		}
		return mine, nil
	}
	return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
}

func (s *Server) getPreference(c *call) (any, *model.AppError) {
	if c.PathValue("user") != c.user.Id {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	category, name := c.PathValue("category"), c.PathValue("name")
	value, known := s.settings[c.user.Id+"/"+category+"/"+name]
	if !known {
		return nil, refusal(http.StatusBadRequest, "api.preference.get_preference.app_error") // not 404
	}
	return model.Preference{UserId: c.user.Id, Category: category, Name: name, Value: value}, nil
}

func (s *Server) putPreferences(c *call) (any, *model.AppError) {
	var all model.Preferences
	if err := c.read(&all); err != nil {
		return nil, err
	}
	for i := range all {
		if err := all[i].IsValid(); err != nil {
			return nil, err
		}
		if all[i].UserId != c.user.Id {
			return nil, refusal(http.StatusForbidden, "api.preference.update_preferences.update_sidebar.app_error")
		}
		s.settings[c.user.Id+"/"+all[i].Category+"/"+all[i].Name] = all[i].Value
	}
	e := model.NewWebSocketEvent(model.WebsocketEventPreferencesChanged, "", "", c.user.Id, nil, "")
	e.Add("preferences", text(all))
	s.publish(e, []string{c.user.Id})
	return map[string]string{"status": "OK"}, nil
}

func (s *Server) getTeam(c *call) (any, *model.AppError) {
	if c.PathValue("team") != s.team.Name {
		return nil, refusal(http.StatusNotFound, "app.team.get_by_name.missing.app_error")
	}
	return s.team, nil
}

func (s *Server) getChannelByName(c *call) (any, *model.AppError) {
	ch := find(s.channels, func(ch *model.Channel) bool {
		return ch.Name == c.PathValue("channel") && ch.TeamId == s.team.Id && c.PathValue("team") == s.team.Id
	})
	// A private channel that one is not in is as good as none.
	if ch == nil || ch.Type != model.ChannelTypeOpen && !s.member(ch.Id, c.user.Id) {
		return nil, refusal(http.StatusNotFound, "app.channel.get_by_name.missing.app_error")
	}
	return ch, nil
}

func (s *Server) getChannel(c *call) (any, *model.AppError) {
	ch := s.channel(c.PathValue("channel"))
	switch {
	case ch == nil:
		return nil, refusal(http.StatusNotFound, "app.channel.get.existing.app_error")
	case ch.Type != model.ChannelTypeOpen && !s.member(ch.Id, c.user.Id):
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	return ch, nil
}

func (s *Server) postDirect(c *call) (any, *model.AppError) {
	var ids []string
	if err := c.read(&ids); err != nil {
		return nil, err
	}
	if len(ids) != 2 || !slices.Contains(ids, c.user.Id) || !model.IsValidId(ids[0]) || !model.IsValidId(ids[1]) {
		return nil, refusal(http.StatusBadRequest, "api.context.invalid_body_param.app_error")
	}
	if s.user(ids[0]) == nil || s.user(ids[1]) == nil {
		return nil, refusal(http.StatusBadRequest, "api.channel.create_direct_channel.invalid_user.app_error")
	}
	return s.direct(ids[0], ids[1]), nil
}

func (s *Server) postMember(c *call) (any, *model.AppError) {
	var who map[string]string
	if err := c.read(&who); err != nil {
		return nil, err
	}
	ch, u := s.channel(c.PathValue("channel")), s.user(who["user_id"])
	if ch == nil || u == nil {
		return nil, refusal(http.StatusNotFound, "app.channel.get.existing.app_error")
	}
	if ch.Type != model.ChannelTypeOpen && !s.member(ch.Id, c.user.Id) {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	s.join(ch, u)
	return model.ChannelMember{ChannelId: ch.Id, UserId: u.Id}, nil
}

func (s *Server) postPost(c *call) (any, *model.AppError) {
	post := new(model.Post)
	if err := c.read(post); err != nil {
		return nil, err
	}
	if !s.member(post.ChannelId, c.user.Id) {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	if known, again := s.pending[post.PendingPostId]; again && post.PendingPostId != "" && s.now().Before(known.till) {
		if p := s.post(known.post); p != nil && p.UserId == c.user.Id {
			return s.shown(p), nil
		}
	}
	if !s.attachable(post) {
		return nil, refusal(http.StatusBadRequest, "api.post.create_post.attach_files.app_error")
	}
	post.Id, post.CreateAt, post.UserId = "", 0, c.user.Id
	if c.user.IsBot {
		post.AddProp(model.PostPropsFromBot, "true")
	}
	if err := s.create(post); err != nil {
		return nil, err
	}
	if post.PendingPostId != "" {
		s.pending[post.PendingPostId] = pending{post.Id, s.now().Add(pendingFor)}
	}
	return s.shown(post), nil
}

func (s *Server) postEphemeral(c *call) (any, *model.AppError) {
	if !s.whispers {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	e := new(model.PostEphemeral)
	if err := c.read(e); err != nil {
		return nil, err
	}
	if e.Post == nil || !s.member(e.Post.ChannelId, c.user.Id) {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	e.Post.UserId = c.user.Id
	s.whisper(e.UserID, e.Post)
	return e.Post, nil
}

func (s *Server) getPost(c *call) (any, *model.AppError) {
	if !model.IsValidId(c.PathValue("post")) {
		return nil, refusal(http.StatusBadRequest, "api.context.invalid_url_param.app_error")
	}
	post := s.post(c.PathValue("post"))
	switch {
	case post == nil:
		return nil, refusal(http.StatusNotFound, "app.post.get.app_error")
	case !s.member(post.ChannelId, c.user.Id):
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	return s.shown(post), nil
}

func (s *Server) patchPost(c *call) (any, *model.AppError) {
	var patch model.PostPatch
	if err := c.read(&patch); err != nil {
		return nil, err
	}
	post := s.post(c.PathValue("post"))
	switch {
	case post == nil:
		return nil, refusal(http.StatusNotFound, "app.post.get.app_error")
	case post.UserId != c.user.Id:
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	case patch.Message != nil && utf8.RuneCountInString(*patch.Message) > model.PostMessageMaxRunesV2:
		return nil, refusal(http.StatusBadRequest, "model.post.is_valid.message_length.app_error")
	}
	post.Patch(&patch)
	post.GenerateActionIds()
	post.EditAt = s.millis()
	post.UpdateAt = post.EditAt
	e := model.NewWebSocketEvent(model.WebsocketEventPostEdited, "", post.ChannelId, "", nil, "")
	e.Add("post", text(s.shown(post)))
	s.publish(e, s.members[post.ChannelId])
	return s.shown(post), nil
}

// getPosts lists a channel: by pages, newest first, or all that was changed since an instant, what was deleted included.
func (s *Server) getPosts(c *call) (any, *model.AppError) {
	id := c.PathValue("channel")
	if !s.member(id, c.user.Id) {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	query := c.URL.Query()
	number := func(name string, otherwise int64) int64 {
		n, err := strconv.ParseInt(query.Get(name), 10, 64)
		if err != nil {
			return otherwise
		}
		return n
	}
	since, page, size := number("since", 0), number("page", 0), min(number("per_page", 60), 200)
	list := model.NewPostList()
	var at int64
	for _, post := range slices.Backward(s.posts) {
		if post.ChannelId != id || since == 0 && post.DeleteAt != 0 || post.UpdateAt <= since {
			continue
		}
		if at++; since == 0 && (at <= page*size || at > (page+1)*size) || since != 0 && at > 1000 {
			continue
		}
		list.AddPost(s.shown(post))
		list.AddOrder(post.Id)
	}
	return list, nil
}

func (s *Server) postReaction(c *call) (any, *model.AppError) {
	var r model.Reaction
	if err := c.read(&r); err != nil {
		return nil, err
	}
	if r.UserId != c.user.Id {
		return nil, refusal(http.StatusForbidden, "api.reaction.save_reaction.user_id.app_error")
	}
	return s.react(r)
}

func (s *Server) getReactions(c *call) (any, *model.AppError) {
	post, err := s.getPost(c)
	if err != nil {
		return nil, err
	}
	return post.(*model.Post).Metadata.Reactions, nil
}

func (s *Server) deleteReaction(c *call) (any, *model.AppError) {
	if c.PathValue("user") != c.user.Id {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	return map[string]string{"status": "OK"}, s.unreact(model.Reaction{UserId: c.user.Id, PostId: c.PathValue("post"), EmojiName: c.PathValue("emoji")})
}

// direct returns the private channel of two users, made if need be. s.mu is held, as in all that follows.
func (s *Server) direct(a, b string) *model.Channel {
	name := model.GetDMNameFromIds(a, b)
	if ch := find(s.channels, func(ch *model.Channel) bool { return ch.Name == name }); ch != nil {
		return ch
	}
	ch := &model.Channel{Id: model.NewId(), Name: name, Type: model.ChannelTypeDirect, CreateAt: s.millis()}
	s.channels = append(s.channels, ch)
	s.members[ch.Id] = []string{a, b}
	return ch
}

// join makes somebody a member, which the channel is told by a post of the system.
func (s *Server) join(ch *model.Channel, u *model.User) {
	if s.member(ch.Id, u.Id) {
		return
	}
	s.members[ch.Id] = append(s.members[ch.Id], u.Id)
	// A system post is not checked like others: its length and type are the server's own.
	_ = s.create(&model.Post{ChannelId: ch.Id, UserId: u.Id, Type: model.PostTypeJoinChannel, Message: u.Username + " joined the channel."})
}

// create stores a post and tells all members.
func (s *Server) create(post *model.Post) *model.AppError {
	ch := s.channel(post.ChannelId)
	if ch == nil {
		return refusal(http.StatusNotFound, "app.channel.get.existing.app_error")
	}
	if post.RootId != "" {
		root := s.post(post.RootId)
		if root == nil || root.ChannelId != post.ChannelId || root.RootId != "" {
			return refusal(http.StatusBadRequest, "api.post.create_post.root_id.app_error")
		}
	}
	sent := post.PendingPostId
	if post.CreateAt == 0 {
		post.CreateAt = s.millis()
	}
	post.PreSave()
	post.GenerateActionIds()
	if err := post.IsValid(model.PostMessageMaxRunesV2); err != nil {
		return err
	}
	for _, attachment := range post.Attachments() {
		if err := attachment.IsValid(); err != nil {
			return refusal(http.StatusBadRequest, "api.post.create_post.attachment.app_error")
		}
	}
	post.PendingPostId = sent
	s.posts = append(s.posts, post)
	ch.LastPostAt = post.CreateAt
	for _, id := range s.members[ch.Id] {
		e := model.NewWebSocketEvent(model.WebsocketEventPosted, "", ch.Id, "", nil, "")
		e.Add("post", text(s.shown(post)))
		e.Add("channel_name", ch.Name)
		e.Add("channel_type", string(ch.Type))
		e.Add("channel_display_name", ch.DisplayName)
		e.Add("team_id", ch.TeamId)
		if author := s.user(post.UserId); author != nil {
			e.Add("sender_name", "@"+author.Username)
			if s.mentions(post, s.user(id)) || ch.Type == model.ChannelTypeDirect && id != post.UserId {
				e.Add("mentions", text([]string{id}))
			}
		}
		s.publish(e, []string{id})
	}
	return nil
}

// react puts a reaction on a post. One that is put again keeps the time of its creation, as in their database, but the event
// shows a new one.
func (s *Server) react(r model.Reaction) (*model.Reaction, *model.AppError) {
	post := s.post(r.PostId)
	switch {
	case post == nil || !s.member(post.ChannelId, r.UserId):
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	case !model.IsSystemEmojiName(r.EmojiName):
		return nil, refusal(http.StatusNotFound, "app.emoji.get_by_name.no_result")
	}
	distinct := map[string]bool{r.EmojiName: true}
	for _, other := range s.reactions[post.Id] {
		distinct[other.EmojiName] = distinct[other.EmojiName] || other.DeleteAt == 0
	}
	if len(distinct) > distinctEmoji {
		return nil, refusal(http.StatusBadRequest, "app.reaction.save.save.too_many_reactions")
	}
	r.CreateAt, r.ChannelId, r.DeleteAt = s.millis(), post.ChannelId, 0
	r.UpdateAt = r.CreateAt
	stored := r
	same := func(o *model.Reaction) bool { return o.UserId == r.UserId && o.EmojiName == r.EmojiName }
	if old := find(s.reactions[post.Id], same); old != nil {
		stored.CreateAt = old.CreateAt
		*old = stored
	} else {
		s.reactions[post.Id] = append(s.reactions[post.Id], &stored)
	}
	post.HasReactions, post.UpdateAt = true, r.UpdateAt
	s.told(model.WebsocketEventReactionAdded, &r)
	return &r, nil
}

// unreact takes one away, whether it was there or not.
func (s *Server) unreact(r model.Reaction) *model.AppError {
	post := s.post(r.PostId)
	if post == nil || !s.member(post.ChannelId, r.UserId) {
		return refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	r.UpdateAt = s.millis() // the event bears no time of creation
	for _, o := range s.reactions[post.Id] {
		if o.UserId == r.UserId && o.EmojiName == r.EmojiName {
			o.UpdateAt, o.DeleteAt = r.UpdateAt, r.UpdateAt
		}
	}
	post.UpdateAt = r.UpdateAt
	s.told(model.WebsocketEventReactionRemoved, &r)
	return nil
}

func (s *Server) told(kind model.WebsocketEventType, r *model.Reaction) {
	channel := s.post(r.PostId).ChannelId
	e := model.NewWebSocketEvent(kind, "", channel, "", nil, "")
	e.Add("reaction", text(r))
	s.publish(e, s.members[channel])
}

// shown is a post as clients get it: with its reactions, and without what only its sender needed.
func (s *Server) shown(post *model.Post) *model.Post {
	out := post.Clone()
	if post.GetProp(model.PostPropsAttachments) != nil {
		out = plain(post)
		out.StripActionIntegrations()
	}
	out.Metadata = &model.PostMetadata{}
	for _, id := range post.FileIds {
		out.Metadata.Files = append(out.Metadata.Files, s.info(id))
	}
	for _, r := range s.reactions[post.Id] {
		if r.DeleteAt == 0 {
			copied := *r
			out.Metadata.Reactions = append(out.Metadata.Reactions, &copied)
		}
	}
	return out
}

// text is JSON in a string, which is how their events bear things.
func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // their own types
	}
	return string(raw)
}
