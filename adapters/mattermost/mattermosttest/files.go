package mattermosttest

import (
	"io"
	"net/http"
	"path"
	"strings"

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
	const most = 100 << 20
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
		id := model.NewId()
		s.files[id] = File{Name: head.Filename, Content: content, channel: channel}
		up.FileInfos = append(up.FileInfos, s.info(id))
	}
	return up, nil
}

// info is what the server says of a file. s.mu is held.
func (s *Server) info(id string) *model.FileInfo {
	f := s.files[id]
	return &model.FileInfo{Id: id, Name: f.Name, Size: int64(len(f.Content)), ChannelId: f.channel, Extension: strings.TrimPrefix(path.Ext(f.Name), ".")}
}

// readable says whether somebody may have a file. s.mu is held.
func (s *Server) readable(id, user string) bool {
	f, known := s.files[id]
	return known && s.member(f.channel, user)
}

func (s *Server) getFileInfo(c *call) (any, *model.AppError) {
	if !s.readable(c.PathValue("file"), c.user.Id) {
		return nil, refusal(http.StatusNotFound, "app.file_info.get.app_error")
	}
	return s.info(c.PathValue("file")), nil
}

// getFile hands out the content of a file (GET /files/{file}).
func (s *Server) getFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, "GET /files/"+r.PathValue("file"))
	if fault := s.fault("GET /files/content"); fault != nil {
		fault.answer(w)
		return
	}
	user := s.bearer(r)
	switch {
	case user == nil:
		refuse(w, refusal(http.StatusUnauthorized, "api.context.session_expired.app_error"))
	case !s.readable(r.PathValue("file"), user.Id):
		refuse(w, refusal(http.StatusNotFound, "app.file_info.get.app_error"))
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write(s.files[r.PathValue("file")].Content)
	}
}

// Upload puts a file into a channel's store, for a post of the same channel to carry.
func (s *Server) Upload(channel, name string, content []byte) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = model.NewId()
	s.files[id] = File{Name: name, Content: content, channel: channel}
	return id
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
