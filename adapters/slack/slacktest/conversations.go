package slacktest

import (
	"slices"
	"strconv"
	"strings"
)

func (s *Server) channelJSON(ch *Channel) object {
	out := object{
		"id": ch.ID, "is_archived": ch.Archived, "is_im": ch.Direct != "", "is_private": ch.Private || ch.Direct != "", "is_channel": ch.Direct == "" && !ch.Private,
		"is_group": ch.Private, "is_member": slices.Contains(ch.Members, s.bot.ID),
	}
	if ch.Direct != "" {
		out["user"] = ch.Direct
	} else {
		out["name"], out["name_normalized"] = ch.Name, ch.Name
	}
	return out
}

// page cuts a list, and says where the next part begins.
func page[T any](c *call, all []T, most int) (part []T, next string) {
	from, _ := strconv.Atoi(strings.TrimPrefix(c.text("cursor"), "from:"))
	limit, err := strconv.Atoi(c.text("limit"))
	if err != nil || limit < 1 || limit > most {
		limit = 100
	}
	from = min(from, len(all))
	end := min(from+limit, len(all))
	if end < len(all) {
		next = "from:" + strconv.Itoa(end)
	}
	return all[from:end], next
}

func (s *Server) conversations(c *call) (object, error) {
	kinds := strings.Split(c.text("types"), ",")
	var mine []object
	for _, ch := range s.channels {
		kind := map[string]string{"im": "im", "group": "private_channel", "channel": "public_channel"}[kindOf(ch)]
		if slices.Contains(ch.Members, s.bot.ID) && slices.Contains(kinds, kind) && !ch.Archived {
			mine = append(mine, s.channelJSON(ch))
		}
	}
	part, next := page(c, mine, 999)
	return object{"channels": part, "response_metadata": object{"next_cursor": next}}, nil
}

func (s *Server) info(c *call) (object, error) {
	ch := s.channel(c.text("channel"))
	if ch == nil || (ch.Private || ch.Direct != "") && !slices.Contains(ch.Members, s.bot.ID) {
		return nil, failure("channel_not_found")
	}
	return object{"channel": s.channelJSON(ch)}, nil
}

func (s *Server) open(c *call) (object, error) {
	user := s.user(c.text("users"))
	if user == nil {
		return nil, failure("user_not_found")
	}
	if user.Bot {
		return nil, failure("cannot_dm_bot")
	}
	ch := s.direct(user.ID)
	return object{"channel": s.channelJSON(ch)}, nil
}

func (s *Server) history(c *call) (object, error) {
	ch, err := s.where(c)
	if err != nil {
		return nil, err
	}
	var all []object
	for _, m := range slices.Backward(s.messages) {
		if m.Channel != ch.ID || m.Only != "" || m.deleted || m.Thread != "" || m.TS <= c.text("oldest") {
			continue
		}
		one := s.json(m, c.yes("include_all_metadata"))
		if len(m.Reactions) > 0 {
			one["reactions"] = brief(m)
		}
		all = append(all, one)
	}
	part, next := page(c, all, 999)
	return object{"messages": part, "has_more": next != "", "response_metadata": object{"next_cursor": next}}, nil
}

func (s *Server) replies(c *call) (object, error) {
	ch, err := s.where(c)
	if err != nil {
		return nil, err
	}
	root := s.message(ch.ID, c.text("ts"))
	if root == nil {
		return nil, failure("thread_not_found")
	}
	metadata := c.yes("include_all_metadata")
	all := []object{s.json(root, metadata)}
	for _, m := range s.messages {
		if m.Channel == ch.ID && m.Thread == root.TS && m.Only == "" && !m.deleted && m.TS > c.text("oldest") {
			all = append(all, s.json(m, metadata))
		}
	}
	part, next := page(c, all, 999)
	return object{"messages": part, "has_more": next != "", "response_metadata": object{"next_cursor": next}}, nil
}

func (s *Server) userJSON(u *User) object {
	return object{
		"id": u.ID, "team_id": "T1", "name": u.Name, "deleted": u.Deleted, "real_name": u.Name, "is_bot": u.Bot,
		"profile": object{"real_name": u.Name, "display_name": u.Name, "email": u.Email},
	}
}

func (s *Server) userInfo(c *call) (object, error) {
	u := s.user(c.text("user"))
	if u == nil {
		return nil, failure("user_not_found")
	}
	return object{"user": s.userJSON(u)}, nil
}

func (s *Server) userByEmail(c *call) (object, error) {
	for _, u := range s.users {
		if u.Email != "" && strings.EqualFold(u.Email, c.text("email")) && !u.Deleted {
			return object{"user": s.userJSON(u)}, nil
		}
	}
	return nil, failure("users_not_found")
}

func (s *Server) userList(c *call) (object, error) {
	var all []object
	for _, u := range s.users {
		all = append(all, s.userJSON(u))
	}
	part, next := page(c, all, 1000)
	return object{"members": part, "response_metadata": object{"next_cursor": next}}, nil
}
