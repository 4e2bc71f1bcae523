package slacktest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

func (s *Server) fileJSON(f *File) object {
	address := s.base + "/files/" + f.ID + "/" + url.PathEscape(f.Name)
	out := object{"id": f.ID, "name": f.Name, "title": f.Name, "size": len(f.Content), "mode": "hosted", "url_private": address, "url_private_download": address}
	if ch := s.channel(f.Channel); ch != nil {
		key := map[string]string{"im": "ims", "group": "groups", "channel": "channels"}[kindOf(ch)]
		out[key] = []string{ch.ID}
	}
	return out
}

func (s *Server) uploadURL(c *call) (object, error) {
	length, err := strconv.Atoi(c.text("length"))
	if c.text("filename") == "" || err != nil || length < 1 {
		return nil, failure("invalid_arguments")
	}
	f := &File{ID: s.id("F"), Name: c.text("filename"), Alt: c.text("alt_txt")}
	s.files[f.ID] = f
	return object{"upload_url": "http://" + c.base + "/upload/" + f.ID, "file_id": f.ID}, nil
}

// receive takes a file's bytes, as they are or as a form's part.
func (s *Server) receive(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, "upload")
	if fault := s.fault("upload"); fault != nil {
		fault.answer(w)
		return
	}
	f := s.files[r.PathValue("file")]
	if f == nil {
		http.NotFound(w, r)
		return
	}
	body := io.Reader(r.Body)
	// Clients send the bytes bare, or as the one part of a form, under different names.
	if parts, err := r.MultipartReader(); err == nil {
		part, err := parts.NextPart()
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body = part
	}
	content, err := io.ReadAll(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	f.Content, f.uploaded = content, true
	fmt.Fprintf(w, "OK - %d", len(content))
}

// completeUpload shows uploaded files in a channel, as a message of their own.
func (s *Server) completeUpload(c *call) (object, error) {
	var wanted []struct {
		ID string `json:"id"`
	}
	if json.Unmarshal([]byte(c.text("files")), &wanted) != nil || len(wanted) == 0 {
		return nil, failure("invalid_arguments")
	}
	m := &Message{Channel: c.text("channel_id"), User: s.bot.ID, Subtype: "file_share", Thread: c.text("thread_ts")}
	var out []object
	for _, one := range wanted {
		f := s.files[one.ID]
		if f == nil || !f.uploaded {
			return nil, failure("file_not_found")
		}
		m.Files = append(m.Files, f)
		out = append(out, object{"id": f.ID, "title": f.Name})
	}
	ch := s.channel(m.Channel)
	if ch == nil || !slices.Contains(ch.Members, s.bot.ID) {
		return nil, failure("channel_not_found")
	}
	for _, f := range m.Files {
		f.Channel = ch.ID
	}
	s.add(m)
	return object{"files": out}, nil
}

func (s *Server) fileInfo(c *call) (object, error) {
	f := s.files[c.text("file")]
	if f == nil {
		return nil, failure("file_not_found")
	}
	return object{"file": s.fileJSON(f), "comments": []string{}, "paging": object{}}, nil
}

// give gives a file to whoever has the token.
func (s *Server) give(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, "download")
	if fault := s.fault("download"); fault != nil {
		fault.answer(w)
		return
	}
	f := s.files[r.PathValue("file")]
	if f == nil || r.Header.Get("Authorization") != "Bearer "+BotToken {
		http.Redirect(w, r, "/signin", http.StatusFound)
		return
	}
	_, _ = w.Write(f.Content)
}
