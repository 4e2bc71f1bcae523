//go:build !linux

package store_test

import "testing"

// asNobody needs a way to be another user, which is known on Linux alone.
func asNobody(t *testing.T) { t.Skip("this user may write everything") }
