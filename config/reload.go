package config

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// Reloader holds the circle and its handbook as their files say now. A file that has become wrong changes nothing: its faults are logged and the last
// good circle stands. Its methods may be called concurrently.
//
// Only those two are taken up while the program runs. Connections, database, folder, address and log level are opened once: a change of
// those is logged, and waits for the next start.
type Reloader struct {
	// Changed is told each new circle, before anybody asks for it. It is set before the first reload; nil: nobody is told.
	Changed func(circle.Circle)

	// Reloaded is called once a new circle is the current one. It is set before the first reload; nil: nobody is told.
	Reloaded func()

	load    func(path string) (*Config, []Warning, error)
	log     *slog.Logger
	started *Config
	current atomic.Pointer[Config]

	mutex sync.Mutex // one reload at a time
	files []string   // that the configuration stands in, as it was last read
	seen  []stamp    // of those
}

// stamp tells one state of a file from the next. Size stands beside the time for file systems with coarse times.
type stamp struct {
	changed time.Time
	size    int64
}

// NewReloader watches the file from which the configuration was loaded. load reads it again: Load or LoadRehearsal, with the environment.
func NewReloader(loaded *Config, load func(path string) (*Config, []Warning, error), log *slog.Logger) *Reloader {
	r := &Reloader{load: load, log: log, started: loaded}
	r.current.Store(loaded)
	r.files = append([]string{loaded.Path}, loaded.Files...)
	r.seen = stampsOf(r.files)
	return r
}

// Circle returns the last good circle.
func (r *Reloader) Circle() circle.Circle { return r.current.Load().Circle }

// Handbook returns the last good handbook, by which purchases are judged.
func (r *Reloader) Handbook() purchase.Handbook { return r.current.Load().Handbook }

// Watch looks at the file every so often until ctx ends, and reloads it when it has changed.
func (r *Reloader) Watch(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			r.Look()
		}
	}
}

// Look reloads the file if it, or one that it names, has changed since it was last read.
func (r *Reloader) Look() {
	r.mutex.Lock()
	now := stampsOf(r.files)
	away := now[0] == stamp{} // a file that is away for a moment is being replaced by an editor
	unchanged := away || slices.Equal(now, r.seen)
	r.mutex.Unlock()
	if !unchanged {
		_ = r.Reload()
	}
}

// Reload reads the file now. Its faults are logged and returned, and the last good circle stands.
func (r *Reloader) Reload() error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	// Stamps are taken before reading: a change between the two is seen at the next look.
	r.seen = stampsOf(r.files)
	loaded, warnings, err := r.load(r.started.Path)
	r.watch(loaded, err)
	if err == nil {
		err = r.sameCircle(loaded)
	}
	if err != nil {
		r.refuse(err)
		return err
	}
	for _, w := range warnings {
		r.log.Warn("circle file", "says", w.In(loaded.Circle.Language))
	}
	if restart := r.restartNeeded(loaded); len(restart) > 0 {
		r.log.Warn("changes that wait for a restart", "settings", restart)
	}
	if r.Changed != nil {
		r.Changed(loaded.Circle)
	}
	r.current.Store(loaded)
	if r.Reloaded != nil {
		r.Reloaded()
	}
	r.log.Info("circle file reloaded", "file", loaded.Path, "people", len(loaded.Circle.People))
	return nil
}

// sameCircle refuses a file that is another circle's: everything recorded is kept under the id.
func (r *Reloader) sameCircle(loaded *Config) error {
	before, after := r.started.Circle.ID, loaded.Circle.ID
	if before == after {
		return nil
	}
	return Faults{Language: loaded.Circle.Language, List: []Fault{
		{File: loaded.Path, Line: 1, Column: 1, Says: locale.T("config.id-changed", "before", before, "after", after)},
	}}
}

func (r *Reloader) refuse(err error) {
	var faults Faults
	if !errors.As(err, &faults) {
		r.log.Error("circle file kept as it was", "cause", err)
		return
	}
	for _, fault := range faults.List {
		r.log.Error("circle file kept as it was", "fault", fault.In(faults.Language))
	}
}

// restartNeeded names the settings that differ from those with which the program started.
func (r *Reloader) restartNeeded(loaded *Config) []string {
	var names []string
	differ := func(name string, differs bool) {
		if differs {
			names = append(names, name)
		}
	}
	before := r.started
	differ("database", before.Database != loaded.Database)
	differ("data", before.Data != loaded.Data)
	differ("listen", before.Listen != loaded.Listen)
	differ("log", before.Log != loaded.Log)
	differ("mattermost", !slices.Equal(before.Mattermost, loaded.Mattermost))
	differ("slack", !slices.Equal(before.Slack, loaded.Slack))
	return names
}

// watch looks at other files from now on where the one that was read names others, a wrong one too: it may be mended there.
func (r *Reloader) watch(loaded *Config, err error) {
	named := []string{r.started.Path}
	var faults Faults
	switch {
	case err == nil:
		named = append(named, loaded.Files...)
	case errors.As(err, &faults):
		named = append(named, faults.Files...)
	}
	if !slices.Equal(named, r.files) {
		r.files, r.seen = named, stampsOf(named)
	}
}

// stampsOf returns the state of each file; the zero one is that of a file that is not there.
func stampsOf(paths []string) []stamp {
	stamps := make([]stamp, len(paths))
	for i, path := range paths {
		if info, err := os.Stat(path); err == nil {
			stamps[i] = stamp{info.ModTime(), info.Size()}
		}
	}
	return stamps
}
