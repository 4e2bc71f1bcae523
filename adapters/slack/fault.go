package slack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

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

// Slack's own words for what went wrong, as far as they mean something else than "no".
var (
	tokenFaults = []string{"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type", "no_permission", "org_login_required"}
	unsureOf    = []string{"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "external_channel_migrating"}
	goneFaults  = []string{"message_not_found", "thread_not_found", "no_reaction_target"}
	unknownWho  = []string{"users_not_found", "user_not_found", "user_not_visible"}
	staleFaults = []string{"expired_trigger_id", "exchanged_trigger_id", "trigger_exchanged", "invalid_trigger_id", "trigger_expired", "used_url", "expired_url"}
)

// longestCause is how many bytes of their words an error keeps: a proxy answers with whole pages.
const longestCause = 300

// leastPause is how long a method is left alone that asked for a pause without saying how long.
const leastPause = time.Second

// call makes one call, unless Slack has asked to leave the method alone, and turns its error into one of the chat's. Rates are kept for each
// method, and for each channel where the method has one.
func (c *Chat) call(method, channel string, at stake, do func() error) error {
	budget := method + " " + channel
	c.mu.Lock()
	left := time.Until(c.pauses[budget])
	if left <= 0 {
		delete(c.pauses, budget)
	}
	c.mu.Unlock()
	if left > 0 {
		return c.wrap(method, chat.TooFast{Pause: left}, "not asked again yet")
	}
	err := do()
	if err == nil {
		return nil
	}
	err = c.fault(method, err, at)
	if fast := (chat.TooFast{}); errors.As(err, &fast) {
		c.mu.Lock()
		c.pauses[budget] = time.Now().Add(fast.Pause)
		c.mu.Unlock()
	}
	return err
}

// fault turns what their client returned into one of the chat's errors. Their error is kept as words only, with every secret struck out; a
// context's error stays one.
func (c *Chat) fault(method string, err error, at stake) error {
	lost := chat.ErrUnavailable
	if at == writing {
		lost = chat.ErrAmbiguous
	}
	var (
		limited *slack.RateLimitedError
		status  slack.StatusCodeError
		said    slack.SlackErrorResponse
		op      *net.OpError
		address *url.Error
	)
	switch {
	case errors.As(err, &limited):
		return c.wrap(method, chat.TooFast{Pause: max(limited.RetryAfter, leastPause)}, "")
	case errors.As(err, &status):
		return c.ofStatus(method, status, lost)
	case errors.As(err, &said):
		return c.ofWord(method, said, lost)
	case errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect"):
		return c.wrap(method, chat.ErrUnavailable, op.Error())
	case errors.Is(err, context.Canceled) && at == reading:
		return c.wrap(method, context.Canceled, "")
	case errors.As(err, &address):
		// Its words hold the address, and that may be a secret: of a socket, of an answer, of an upload.
		return c.wrap(method, lost, address.Err.Error())
	}
	return c.wrap(method, lost, err.Error())
}

func (c *Chat) ofStatus(method string, status slack.StatusCodeError, lost error) error {
	switch {
	case status.Code == http.StatusTooManyRequests: // without Retry-After
		return c.wrap(method, chat.TooFast{Pause: leastPause}, status.Status)
	case status.Code >= http.StatusInternalServerError:
		return c.wrap(method, lost, status.Status)
	case status.Code == http.StatusUnauthorized:
		return c.wrap(method, errToken, status.Status)
	case status.Code < http.StatusBadRequest: // a proxy in the way
		return c.wrap(method, chat.ErrUnavailable, status.Status)
	}
	return c.wrap(method, chat.ErrRefused, status.Status)
}

func (c *Chat) ofWord(method string, said slack.SlackErrorResponse, lost error) error {
	words := said.Err
	if said.Needed != "" {
		words += ": the scope " + said.Needed + " is missing"
	}
	if len(said.ResponseMetadata.Messages) > 0 {
		words += ": " + strings.Join(said.ResponseMetadata.Messages, "; ")
	}
	kind := chat.ErrRefused
	switch {
	case said.Err == "ratelimited" || said.Err == "rate_limited" || said.Err == "message_limit_exceeded":
		return c.wrap(method, chat.TooFast{Pause: leastPause}, words)
	case slices.Contains(tokenFaults, said.Err):
		kind = errToken
	case slices.Contains(unsureOf, said.Err):
		kind = lost
	case slices.Contains(goneFaults, said.Err):
		kind = chat.ErrGone
	case slices.Contains(unknownWho, said.Err):
		kind = chat.ErrUnknown
	case slices.Contains(staleFaults, said.Err):
		kind = chat.ErrStale
	}
	return c.wrap(method, kind, words)
}

// wrap names the connection, the call and the kind, and keeps the cause as words without secrets.
func (c *Chat) wrap(call string, kind error, cause string) error {
	for _, secret := range []string{c.config.BotToken, c.config.AppToken, c.config.SigningSecret} {
		if secret != "" {
			cause = strings.ReplaceAll(cause, secret, "•••")
		}
	}
	if len(cause) > longestCause {
		cause = strings.ToValidUTF8(cause[:longestCause], "") + "…"
	}
	if cause == "" {
		return fmt.Errorf("slack %s: %s: %w", c.config.Name, call, kind)
	}
	return fmt.Errorf("slack %s: %s: %w: %s", c.config.Name, call, kind, cause)
}

// saidNo says whether Slack answered with this very word.
func saidNo(err error, words ...string) bool {
	return err != nil && slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(err.Error(), ": "+w) })
}
