package main

import (
	"cmp"
	"runtime"
	"runtime/debug"
)

// version is set by the build (-ldflags "-X main.version=…"); the module's own version stands in for it otherwise.
var version string

type versionCommand struct{}

// Run prints which build this is: what to say when reporting a fault.
func (versionCommand) Run(c console) error {
	c.print("sdcbot " + currentVersion() + " " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH)
	return nil
}

func currentVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return cmp.Or(version, "?")
	}
	revision, dirty := "", ""
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			revision = setting.Value[:min(12, len(setting.Value))]
		case setting.Key == "vcs.modified" && setting.Value == "true":
			dirty = "+"
		}
	}
	return cmp.Or(version, revision+dirty, info.Main.Version)
}
