package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"github.com/slack-go/slack"
)

// largestRequest is how many bytes a request of Slack's may have.
const largestRequest = 1 << 20

// Handler hears what Slack calls us with where there is no socket: events, commands and interactions, all at one address. Each must bear
// Slack's signature, made within five minutes with the secret that we share. It hears only while Listen runs. An answer of 200 is
// the acknowledgement; after any other Slack sends events again.
func (c *Chat) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestRequest))
		if err != nil {
			c.deny(w, r, http.StatusRequestEntityTooLarge, "a body that is too long or broken off")
			return
		}
		if r.Method != http.MethodPost {
			c.deny(w, r, http.StatusMethodNotAllowed, "not a POST")
			return
		}
		if err := c.signed(r.Header, body); err != nil {
			c.deny(w, r, http.StatusUnauthorized, err.Error())
			return
		}
		c.called(w, r, body)
	})
}

// deny refuses a request, says so in the log and counts it.
func (c *Chat) deny(w http.ResponseWriter, r *http.Request, status int, why string) {
	c.refused.Add(1)
	c.log.Warn("a request was refused", "from", r.RemoteAddr, "why", why, "refused", c.refused.Load())
	http.Error(w, http.StatusText(status), status)
}

// signed checks Slack's signature of a request, and that it is not an old one sent again.
func (c *Chat) signed(header http.Header, body []byte) error {
	if c.config.SigningSecret == "" {
		return slack.ErrInvalidConfiguration
	}
	verifier, err := slack.NewSecretsVerifier(header, c.config.SigningSecret)
	if err != nil {
		return err
	}
	if _, err := verifier.Write(body); err != nil {
		return err
	}
	return verifier.Ensure()
}

// called hears a request that is Slack's.
func (c *Chat) called(w http.ResponseWriter, r *http.Request, body []byte) {
	a, challenge, err := decodeRequest(r.Header.Get("Content-Type"), body)
	if challenge != "" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, challenge)
		return
	}
	if err != nil {
		// Sent again it would be no more readable.
		c.log.Warn("an event was passed over", "err", err)
	}
	e := c.listening()
	if e == nil {
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	// Slack hangs up after three seconds, and sends events again.
	ctx, cancel := context.WithTimeout(r.Context(), defaultPatience)
	defer cancel()
	wait, err := c.receive(ctx, e, a)
	if err != nil {
		c.log.Warn("an event was not stored", "err", err)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	if wait == nil {
		return
	}
	if payload := wait(r.Context()); payload != nil {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(payload)
	}
}

// decodeRequest reads a request: JSON for events, a form for the rest. challenge is what Slack wants to hear back when the address is entered.
func decodeRequest(contentType string, body []byte) (a act, challenge string, err error) {
	if !bytes.HasPrefix([]byte(contentType), []byte("application/json")) {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return act{}, "", err
		}
		a, err = decodeForm(form)
		return a, "", err
	}
	var outer struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if err := read(body, &outer, "request"); err != nil {
		return act{}, "", err
	}
	if outer.Type == "url_verification" {
		return act{}, outer.Challenge, nil
	}
	a, err = decodeEvent(body)
	return a, "", err
}
