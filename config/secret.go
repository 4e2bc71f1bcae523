package config

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a token, or an address that may hold a password. However it is printed, logged or encoded, stars come out; only Reveal gives
// the value, so that a search for Reveal finds every place where a secret is used.
type Secret struct{ value string }

const stars = "***"

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{value} }

// Reveal returns the value, for the one call that needs it.
func (s Secret) Reveal() string { return s.value }

// IsZero says whether there is none.
func (s Secret) IsZero() bool { return s.value == "" }

// String returns stars, or nothing when there is no secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return stars
}

// GoString is String: %#v would print the field otherwise.
func (s Secret) GoString() string { return s.String() }

// Format is String for every verb: %x and %d would print the field otherwise.
func (s Secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, s.String()) }

// MarshalText is String, in JSON, YAML and XML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue is String.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
