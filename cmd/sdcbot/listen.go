package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"sdcbot/bot/locale"
)

// listen takes an address. One that is in use is the operator's to mend.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	switch {
	case err == nil:
		return listener, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, failure{exitAddress, locale.T("operator.address-in-use", "address", address), err}
	case errors.Is(err, fs.ErrPermission):
		return nil, failure{exitAddress, locale.T("operator.address-refused", "address", address), err}
	}
	return nil, failure{exitAddress, locale.T("operator.address-bad", "address", address, "cause", err.Error()), err}
}

// listenNear takes the port on this machine, or any free one when it is in use.
func listenNear(port string) (listener net.Listener, another bool, err error) {
	listener, err = listen(net.JoinHostPort("127.0.0.1", port))
	if errors.Is(err, syscall.EADDRINUSE) {
		listener, err = listen("127.0.0.1:0")
		return listener, true, err
	}
	return listener, false, err
}

// headerTime is how long a client may take to say what it wants.
const headerTime = 10 * time.Second

// answer serves the handler until ctx ends, and then closes what is open: pages that follow what happens would never end by themselves.
func answer(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTime,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	closed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(closed)
		grace, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if server.Shutdown(grace) != nil {
			_ = server.Close()
		}
	})
	// Once ctx has ended its owner may close the listener before we do.
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) && ctx.Err() == nil {
		log.Error("no longer listening", "address", listener.Addr().String(), "fault", err)
		stop()
		return
	}
	<-closed
}
