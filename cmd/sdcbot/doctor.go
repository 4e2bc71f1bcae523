package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sdcbot/bot/locale"
	"sdcbot/config"
)

type doctorCommand struct {
	Config string `placeholder:"file" help:"operator.help.config-flag"`
}

// finding is what one probe of doctor found: a sentence, and whether all is well.
type finding struct {
	says locale.Text
	well bool
}

func fine(key string, pairs ...any) finding { return finding{locale.T(key, pairs...), true} }
func ill(key string, pairs ...any) finding  { return finding{locale.T(key, pairs...), false} }

// illness turns an error into a finding.
func illness(err error) finding {
	var known failure
	if errors.As(err, &known) {
		return finding{known.says, false}
	}
	return ill("operator.unexpected", "cause", err.Error())
}

// Run probes all that serve needs, one line each, and fails when one of them does.
func (k doctorCommand) Run(c console) error {
	loaded, err := c.load(k.Config)
	if err != nil {
		c.print("✗ " + locale.T("operator.doctor.config-wrong").In(c.lang))
		return err
	}
	ctx := context.Background()
	findings := []finding{fine("operator.doctor.config", "file", loaded.Path, "circle", loaded.Circle.Name)}
	findings = append(findings, probeFolder(loaded.Data), probeSpace(loaded.Data), probeDatabase(ctx, loaded), probeClock(time.Now()))
	if loaded.Listen != "" {
		findings = append(findings, probeAddress(loaded.Listen))
	}
	findings = append(findings, probeChats(ctx, loaded)...)
	well := true
	for _, f := range findings {
		mark := "✓"
		if !f.well {
			mark, well = "✗", false
		}
		c.print(mark + " " + f.says.In(c.lang))
	}
	if !well {
		return silent(exitFailed)
	}
	return nil
}

// probeFolder writes a file and takes it away again.
func probeFolder(folder string) finding {
	if err := os.MkdirAll(folder, folderMode); err != nil {
		return illness(diskFailure(folder, err))
	}
	f, err := os.CreateTemp(folder, "doctor-*")
	if err != nil {
		return illness(diskFailure(folder, err))
	}
	_, err = f.WriteString("sdcbot doctor\n")
	if err := errors.Join(err, f.Close(), os.Remove(f.Name())); err != nil {
		return illness(diskFailure(folder, err))
	}
	return fine("operator.doctor.folder", "path", folder)
}

// leastSpace is what a circle's database, its backup and its log need for years.
const leastSpace = 200 << 20

func probeSpace(folder string) finding {
	free, err := freeSpace(folder)
	switch {
	case err != nil:
		return illness(diskFailure(folder, err))
	case free < leastSpace:
		return ill("operator.doctor.space-short", "path", folder, "free", inUnits(free), "least", inUnits(leastSpace))
	}
	return fine("operator.doctor.space", "path", folder, "free", inUnits(free))
}

// inUnits is so many bytes in the unit in which people speak of them.
func inUnits(bytes uint64) locale.Text {
	if bytes < 1<<30 {
		return locale.T("operator.size.megabytes", "n", int(bytes>>20))
	}
	return locale.T("operator.size.gigabytes", "n", int(bytes>>30))
}

// probeDatabase opens the database without changing it. One that serve has yet to make is no fault.
func probeDatabase(ctx context.Context, loaded *config.Config) finding {
	if loaded.Database.IsZero() {
		file := filepath.Join(loaded.Data, config.DatabaseName)
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
			return fine("operator.doctor.database-new", "path", file)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	opened, err := openStore(ctx, loaded)
	if err != nil {
		return illness(err)
	}
	defer func() { _ = opened.Close() }()
	have, want, err := opened.Version(ctx)
	if err != nil {
		return illness(storeFailure(err))
	}
	if have < want {
		return fine("operator.doctor.database-behind", "have", int(have), "want", int(want))
	}
	if err := opened.Check(ctx); err != nil {
		return illness(storeFailure(err))
	}
	return fine("operator.doctor.database", "version", int(have))
}

// probeTime is how long a probe waits for an answer from elsewhere, and glanceTime for one from this machine.
const (
	probeTime  = 10 * time.Second
	glanceTime = 2 * time.Second
)

// probeClock distrusts a clock from before this program was written: reminders would come on the wrong days, certificates be refused.
func probeClock(now time.Time) finding {
	if now.Year() < 2026 {
		return ill("operator.doctor.clock-wrong", "now", now.Format(time.RFC3339))
	}
	return fine("operator.doctor.clock", "now", now.Format(time.RFC3339))
}

func probeAddress(address string) finding {
	listener, err := listen(address)
	if err != nil && answersThere(address, glanceTime) {
		return fine("operator.doctor.address-ours", "address", address)
	}
	if err != nil {
		return illness(err)
	}
	_ = listener.Close()
	return fine("operator.doctor.address", "address", address)
}

func probeChats(ctx context.Context, loaded *config.Config) []finding {
	if len(loaded.Mattermost) == 0 {
		return []finding{ill("operator.no-chat", "file", loaded.Path)}
	}
	var findings []finding
	for _, m := range loaded.Mattermost {
		findings = append(findings, probeMattermost(ctx, m, loaded.Circle.Channel))
	}
	return findings
}

// probeMattermost asks the server who the token is, whether it is in the team, and whether the circle's channel can be seen: what serve
// needs, in the order in which it would fail.
func probeMattermost(ctx context.Context, m config.Mattermost, channel string) finding {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	ask := func(path string) (int, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.URL+"/api/v4"+path, nil)
		if err != nil {
			return 0, err
		}
		request.Header.Set("Authorization", "Bearer "+m.Token.Reveal())
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return 0, err
		}
		defer func() { _ = response.Body.Close() }()
		return response.StatusCode, nil
	}
	for _, step := range []struct{ path, key string }{
		{"/system/ping", "operator.doctor.mattermost-ping"},
		{"/users/me", "operator.doctor.mattermost-token"},
		{"/teams/name/" + m.Team, "operator.doctor.mattermost-team"},
		{"/teams/name/" + m.Team + "/channels/name/" + channel, "operator.doctor.mattermost-channel"},
	} {
		status, err := ask(step.path)
		switch {
		case err != nil:
			return ill("operator.doctor.mattermost-unreachable", "chat", m.Name, "url", m.URL, "cause", networkCause(err))
		case status != http.StatusOK:
			return ill(step.key, "chat", m.Name, "url", m.URL, "team", m.Team, "channel", channel, "status", fmt.Sprint(status))
		}
	}
	return fine("operator.doctor.mattermost", "chat", m.Name, "url", m.URL, "team", m.Team)
}

// networkCause is the innermost word on a failed call.
func networkCause(err error) string {
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &dns):
		return dns.Err
	case errors.As(err, &op):
		return op.Err.Error()
	}
	return err.Error()
}

// answersThere says whether it is a running bot that has taken the address: then nothing is wrong.
func answersThere(address string, wait time.Duration) bool {
	client := http.Client{Timeout: wait}
	response, err := client.Get("http://" + address + "/healthz")
	if err != nil {
		return false
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, 16))
	return err == nil && response.StatusCode == http.StatusOK && strings.TrimSpace(string(said)) == "ok"
}
