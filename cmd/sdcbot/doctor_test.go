package main

import (
	"context"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"

	"sdcbot/bot"
	"sdcbot/bot/locale"
)

func TestSpaceIsSaidInItsUnit(t *testing.T) {
	for bytes, want := range map[uint64]string{0: "0 Mo", 200 << 20: "200 Mo", 1<<30 - 1: "1 023 Mo", 1 << 30: "1 Go", 48 << 30: "48 Go", math.MaxUint64: "17 179 869 183 Go"} {
		if said := inUnits(bytes).In(locale.French); strings.Map(plainSpace, said) != want {
			t.Errorf("%d bytes: %q, want %q", bytes, said, want)
		}
	}
}

// plainSpace makes every space an ordinary one.
func plainSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// An address that is taken is a fault, unless it is a running bot that has taken it: doctor is often asked beside one.
func TestProbeAddressKnowsTheBot(t *testing.T) {
	ours := http.NewServeMux()
	health{func(context.Context) error { return nil }, func() *bot.Bot { return nil }, nil}.register(ours)
	for _, test := range []struct {
		why     string
		answers http.Handler
		well    bool
	}{
		{"our own health is there", ours, true},
		{"another program's page", http.NotFoundHandler(), false},
		{"a page that is well, but not ours", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) }), false},
	} {
		server := httptest.NewServer(test.answers)
		if got := probeAddress(server.Listener.Addr().String()); got.well != test.well {
			t.Errorf("%s: %v %s", test.why, got.well, got.says.Key)
		}
		server.Close()
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close()
	if got := probeAddress(address); !got.well {
		t.Errorf("a free address: %s", got.says.Key)
	}
}
