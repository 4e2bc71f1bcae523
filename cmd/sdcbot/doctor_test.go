package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"sdcbot/bot"
)

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
