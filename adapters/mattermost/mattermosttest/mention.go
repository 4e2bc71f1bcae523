package mattermosttest

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mattermost/mattermost/server/public/model"
)

// Mentioned lists whom a post notifies by what stands in its text: usernames, "all", "channel" and "here". Their server looks
// through the message and the text and field values of attachments, after Markdown escapes are undone, cuts words at what
// cannot be part of a name, and knows nothing of code. This looks at titles, labels and small print too, to be on the safe side.
func (s *Server) Mentioned(post *model.Post) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mentioned(post)
}

func (s *Server) mentioned(post *model.Post) (names []string) {
	known := []string{"all", "channel", "here"}
	for _, u := range s.users {
		known = append(known, u.Username)
	}
	for _, part := range post.AllStrings(model.AllStringsOptions{}) {
		part = unescaped.Replace(part)
		for word := range strings.FieldsFuncSeq(part, func(r rune) bool {
			return !(unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune(":.-_@", r))
		}) {
			word = strings.ToLower(strings.TrimLeft(word, ":.-_"))
			name, at := strings.CutPrefix(word, "@")
			for ; at && name != ""; name = name[:len(name)-1] {
				if slices.Contains(known, name) && !slices.Contains(names, name) {
					names = append(names, name)
				}
				if !strings.HasSuffix(name, ".") && !strings.HasSuffix(name, "-") && !strings.HasSuffix(name, "_") && !strings.HasSuffix(name, ":") {
					break
				}
			}
		}
	}
	return names
}

// unescaped undoes what would hide an @ from a simple reader but not from theirs.
var unescaped = strings.NewReplacer(`\`, "", "&#64;", "@", "&commat;", "@")

func (s *Server) mentions(post *model.Post, u *model.User) bool {
	if u == nil || u.Id == post.UserId {
		return false
	}
	names := s.mentioned(post)
	return slices.ContainsFunc([]string{u.Username, "all", "channel", "here"}, func(n string) bool { return slices.Contains(names, n) })
}
