package mattermosttest

import (
	"io"
	"net/http"

	"github.com/mattermost/mattermost/server/public/model"
)

// File is a file that was uploaded.
type File struct {
	Name    string
	Content []byte
	channel string
}

// Files returns those that a post carries, in order.
func (s *Server) Files(post *model.Post) (files []File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range post.FileIds {
		files = append(files, s.files[id])
	}
	return files
}

// postFile takes files for a channel (POST /files, multipart: channel_id, then files).
func (s *Server) postFile(c *call) (any, *model.AppError) {
	const most = 10 << 20
	if err := c.ParseMultipartForm(most); err != nil {
		return nil, refusal(http.StatusBadRequest, "api.file.upload_file.read_request.app_error")
	}
	channel := c.FormValue("channel_id")
	if !s.member(channel, c.user.Id) {
		return nil, refusal(http.StatusForbidden, "api.context.permissions.app_error")
	}
	up := &model.FileUploadResponse{}
	for _, head := range c.MultipartForm.File["files"] {
		part, err := head.Open()
		if err != nil {
			return nil, refusal(http.StatusBadRequest, "api.file.upload_file.read_request.app_error")
		}
		content, err := io.ReadAll(part)
		part.Close()
		if err != nil {
			return nil, refusal(http.StatusBadRequest, "api.file.upload_file.read_request.app_error")
		}
		info := &model.FileInfo{Id: model.NewId(), Name: head.Filename, Size: int64(len(content)), ChannelId: channel}
		s.files[info.Id] = File{Name: head.Filename, Content: content, channel: channel}
		up.FileInfos = append(up.FileInfos, info)
	}
	return up, nil
}

// attachable says whether a post of the channel may carry those files: they were uploaded for it. s.mu is held.
func (s *Server) attachable(post *model.Post) bool {
	for _, id := range post.FileIds {
		if f, ok := s.files[id]; !ok || f.channel != post.ChannelId {
			return false
		}
	}
	return true
}
