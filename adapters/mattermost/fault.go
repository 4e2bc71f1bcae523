package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"sdcbot/bot/chat"
)

// stake says what it means that a call may have been carried out although its answer was lost.
type stake int

const (
	reading stake = iota // nothing: it may be repeated, and so may setting what already stands
	writing              // something may stand twice if it is repeated
)

// errToken is the refusal that nothing but a new token mends.
var errToken = fmt.Errorf("%w: the token is not valid", chat.ErrRefused)

// longestCause is how many bytes of their words an error keeps: a proxy answers with whole pages.
const longestCause = 300

// fault turns what their client returned into one of the chat's errors. Their error is kept as words only, with the token
// struck out; a context's error stays one. What "not found" means depends on the call: see notFound.
func (c *Chat) fault(call string, response *model.Response, err error, at stake) error {
	cause := strings.ReplaceAll(err.Error(), c.config.Token, "•••")
	if len(cause) > longestCause {
		cause = strings.ToValidUTF8(cause[:longestCause], "") + "…"
	}
	wrap := func(kind error) error {
		return fmt.Errorf("mattermost %s: %s: %w: %s", c.config.Name, call, kind, cause)
	}
	lost := chat.ErrUnavailable
	if at == writing {
		lost = chat.ErrAmbiguous
	}
	if response == nil { // no answer came
		var op *net.OpError
		switch {
		case errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect"):
			return wrap(chat.ErrUnavailable)
		case errors.Is(err, context.Canceled) && at == reading:
			return wrap(context.Canceled)
		}
		return wrap(lost)
	}
	switch status := response.StatusCode; {
	case status == http.StatusUnauthorized:
		return wrap(errToken)
	case status == http.StatusTooManyRequests:
		return wrap(chat.TooFast{Pause: pause(response.Header)})
	case status >= 500, status < 300: // below 300: the answer was cut short
		return wrap(lost)
	case status < 400:
		return wrap(chat.ErrUnavailable) // a proxy in the way
	}
	return wrap(chat.ErrRefused)
}

// notFound says whether the server knows no such thing, under the id or name that it was given. An id of the wrong form is
// a bad request to them.
func notFound(response *model.Response) bool {
	return response != nil && (response.StatusCode == http.StatusNotFound || response.StatusCode == http.StatusBadRequest)
}

// gone says that a message stands no more, where that is what the answer means.
func (c *Chat) gone(call string, response *model.Response, err error) error {
	if notFound(response) {
		return fmt.Errorf("mattermost %s: %s: %w", c.config.Name, call, chat.ErrGone)
	}
	return c.fault(call, response, err, reading)
}

// forbidden says whether the server refuses this to us, token or not.
func forbidden(response *model.Response) bool {
	return response != nil && response.StatusCode == http.StatusForbidden
}

// pause reads how long the server wants to be left alone: Retry-After in seconds, else X-RateLimit-Reset, which is in
// seconds from now, though their documentation calls it an instant. At least a second.
func pause(header http.Header) time.Duration {
	for _, name := range []string{"Retry-After", "X-RateLimit-Reset"} {
		seconds, err := strconv.Atoi(header.Get(name))
		if err != nil || seconds < 1 || seconds > 24*3600 {
			continue
		}
		return time.Duration(seconds) * time.Second
	}
	return time.Second
}
