package mattermosttest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"
)

// AddPerson adds somebody and returns their account.
func (s *Server) AddPerson(username, email string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := &model.User{Id: model.NewId(), Username: username, Email: email, CreateAt: s.millis()}
	s.users = append(s.users, u)
	return u.Id
}

// AddBot adds a bot and returns its account and a token for it.
func (s *Server) AddBot(username string) (account, token string) {
	account = s.AddPerson(username, username+"@localhost")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user(account).IsBot = true
	token = model.NewId()
	s.tokens[token] = account
	return account, token
}

// Deactivate takes an account out of use.
func (s *Server) Deactivate(account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user(account).DeleteAt = s.millis()
}

// AddChannel adds a public or a private channel and its members, and returns its id.
func (s *Server) AddChannel(name string, public bool, members ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := &model.Channel{Id: model.NewId(), TeamId: s.team.Id, Name: name, DisplayName: name, Type: model.ChannelTypePrivate, CreateAt: s.millis()}
	if public {
		ch.Type = model.ChannelTypeOpen
	}
	s.channels = append(s.channels, ch)
	for _, m := range members {
		s.join(ch, s.user(m))
	}
	return ch.Id
}

// RemoveMember puts somebody out of a channel.
func (s *Server) RemoveMember(channel, account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.members[channel] = slices.DeleteFunc(s.members[channel], func(m string) bool { return m == account })
}

// Team returns the id of the team.
func (s *Server) Team() string { return s.team.Id }

// Channel returns the id of a channel by name.
func (s *Server) Channel(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := find(s.channels, func(ch *model.Channel) bool { return ch.Name == name && ch.TeamId != "" })
	if ch == nil {
		return ""
	}
	return ch.Id
}

// Direct returns the id of the private channel of two accounts.
func (s *Server) Direct(a, b string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.direct(a, b).Id
}

// Say posts for somebody, in a thread if root is an id, and returns the post's.
func (s *Server) Say(account, channel, root, words string) (string, error) {
	return s.Write(&model.Post{UserId: account, ChannelId: channel, RootId: root, Message: words})
}

// Write posts exactly this for its author: a webhook's post, a system's, one with an instant of its own (CreateAt).
func (s *Server) Write(post *model.Post) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.member(post.ChannelId, post.UserId) {
		return "", fmt.Errorf("%s is no member of channel %s", post.UserId, post.ChannelId)
	}
	if err := s.create(post); err != nil {
		return "", err
	}
	return post.Id, nil
}

// React puts an emoji, by name, on a post for somebody.
func (s *Server) React(account, post, emoji string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.react(model.Reaction{UserId: account, PostId: post, EmojiName: emoji}); err != nil {
		return err
	}
	return nil
}

// Unreact takes it back.
func (s *Server) Unreact(account, post, emoji string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.unreact(model.Reaction{UserId: account, PostId: post, EmojiName: emoji}); err != nil {
		return err
	}
	return nil
}

// Delete deletes a post, as an administrator may.
func (s *Server) Delete(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	post := s.post(id)
	if post == nil {
		return errors.New("no such post")
	}
	post.DeleteAt = s.millis()
	post.UpdateAt = post.DeleteAt
	e := model.NewWebSocketEvent(model.WebsocketEventPostDeleted, "", post.ChannelId, "", nil, "")
	e.Add("post", text(s.shown(post)))
	s.publish(e, s.members[post.ChannelId])
	return nil
}

// Posts lists a channel's posts, oldest first, those of the system and what was deleted left out.
func (s *Server) Posts(channel string) []*model.Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*model.Post
	for _, p := range s.posts {
		if p.ChannelId == channel && p.DeleteAt == 0 && !p.IsSystemMessage() {
			out = append(out, s.shown(p))
		}
	}
	return out
}

// Ephemeral lists what only this account was shown in a channel.
func (s *Server) Ephemeral(account, channel string) []*model.Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*model.Post
	for _, e := range s.ephemeral {
		if e.UserID == account && e.Post.ChannelId == channel {
			out = append(out, e.Post)
		}
	}
	return out
}
