package main

import (
	"cmp"

	"sdcbot/bot/locale"
	"sdcbot/config"
)

// usualConfig is the file that is read when none is named.
const usualConfig = "circle.yaml"

// configVariable names the file where no flag does, as in a container.
const configVariable = "SDCBOT_CONFIG"

type configCommand struct {
	Check configCheckCommand `cmd:"" help:"operator.help.config.check"`
}

type configCheckCommand struct {
	File string `arg:"" optional:"" placeholder:"file" help:"operator.help.config.check.file"`
	// Config says the same as File, as everywhere else.
	Config string `placeholder:"file" help:"operator.help.config-flag"`
}

// Run prints every fault and warning of the file, or what it says when it is right.
func (k configCheckCommand) Run(c console) error {
	loaded, err := c.load(cmp.Or(k.File, k.Config))
	if err != nil {
		return err
	}
	c.say("operator.config-right", "file", loaded.Path, "circle", loaded.Circle.Name,
		"organisations", locale.T("operator.organisations", "count", len(loaded.Circle.Organisations)),
		"people", locale.T("operator.people", "count", len(loaded.Circle.People)))
	return nil
}

// load reads the configuration and prints its warnings.
func (c console) load(path string) (*config.Config, error) {
	loaded, warnings, err := config.Load(cmp.Or(path, c.env(configVariable), usualConfig), c.env)
	if err == nil {
		c.warn(loaded, warnings) // with faults about, some of them only follow from those
	}
	return loaded, err
}

// warn prints the warnings of a file, in the language of its circle.
func (c console) warn(loaded *config.Config, warnings []config.Warning) {
	for _, w := range warnings {
		c.complain(locale.T("operator.warning", "says", w.In(loaded.Circle.Language)).In(c.lang))
	}
}
