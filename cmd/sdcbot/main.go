// Command sdcbot is the bot for circles of social landlords' CIOs, as one binary. It is the only place that knows both sides: the core in
// bot/ and what it is plugged into (adapters/, store/, config/). Each subcommand has a file of its own here; this one reads the
// command line. It decides nothing about contracts, peers or sentences: those rules stand in bot/.
//
// Its own exit codes are in failure.go.
package main

import (
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"sdcbot/bot/locale"
	"sdcbot/config"
)

// commandLine is what may be typed after sdcbot. Each help tag is a key of the catalogue.
type commandLine struct {
	Serve   serveCommand   `cmd:"" help:"operator.help.serve"`
	Play    playCommand    `cmd:"" help:"operator.help.play"`
	Explain explainCommand `cmd:"" help:"operator.help.explain"`
	Import  importCommand  `cmd:"" help:"operator.help.import"`
	Export  exportCommand  `cmd:"" help:"operator.help.export"`
	Config  configCommand  `cmd:"" help:"operator.help.config"`
	Init    initCommand    `cmd:"" help:"operator.help.init"`
	Migrate migrateCommand `cmd:"" help:"operator.help.migrate"`
	Backup  backupCommand  `cmd:"" help:"operator.help.backup"`
	Restore restoreCommand `cmd:"" help:"operator.help.restore"`
	Doctor  doctorCommand  `cmd:"" help:"operator.help.doctor"`
	Version versionCommand `cmd:"" help:"operator.help.version"`
}

// console is where the program was started: what it reads, where it writes, and in which language the person there reads.
type console struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	env    func(string) string
	lang   locale.Lang
}

func main() {
	os.Exit(run(os.Args[1:], console{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		env: os.Getenv, lang: config.OperatorLanguage(os.Getenv),
	}))
}

// run carries out one command line and returns the exit code.
func run(arguments []string, c console) int {
	var line commandLine
	helped := false
	parser, err := kong.New(&line,
		kong.Name("sdcbot"),
		kong.Writers(c.stdout, c.stderr),
		kong.Exit(func(int) { helped = true }), // kong exits after --help; so do we, below
		kong.Help(func(_ kong.HelpOptions, at *kong.Context) error { return c.help(at) }),
	)
	if err != nil {
		return c.fail(err)
	}
	keepPrivate()
	switch {
	case len(arguments) == 0:
		arguments = []string{"--help"}
	case arguments[0] == "help": // as people ask elsewhere: help serve
		arguments = append(arguments[1:], "--help")
	}
	parsed, err := parser.Parse(arguments)
	switch {
	case helped:
		return exitFine
	case err != nil:
		return c.fail(failure{exitUsage, c.usageFault(err), err})
	}
	if err := parsed.Run(c); err != nil {
		return c.fail(err)
	}
	return exitFine
}

// fail prints the error, a line for each cause, and returns its exit code.
func (c console) fail(err error) int {
	var faults config.Faults
	var known failure
	switch {
	case errors.As(err, &faults):
		c.complain(faults.Error())
		return exitConfig
	case errors.As(err, &known):
		if !known.says.IsZero() {
			c.complain("sdcbot: " + known.says.In(c.lang))
		}
		return known.code
	}
	c.complain("sdcbot: " + locale.T("operator.unexpected", "cause", err.Error()).In(c.lang))
	return exitFailed
}

// usageForms are the sentences for what kong says, in English alone, of a command line that it does not understand. The first bracket is what
// was typed, the second what kong offers instead.
var usageForms = []struct {
	form *regexp.Regexp
	key  string
}{
	{regexp.MustCompile(`^unexpected argument (\S+?)(?:, did you mean (?:one of )?(.+)\?)?$`), "operator.usage-argument"},
	{regexp.MustCompile(`^unknown flag (\S+?)(?:, did you mean (?:one of )?(.+)\?)?$`), "operator.usage-flag"},
	{regexp.MustCompile(`^(--\S+?)(?:=\S*)?(?::| must be) ()`), "operator.usage-value"},
	{regexp.MustCompile(`^(expected|missing) ()`), "operator.usage-missing"},
}

// usageFault says what is wrong with the command line, and how that part of it is written.
func (c console) usageFault(err error) locale.Text {
	var parsed *kong.ParseError
	for _, u := range usageForms {
		m := u.form.FindStringSubmatch(err.Error())
		if m == nil || !errors.As(err, &parsed) {
			continue
		}
		instead := options(m[2])
		switch {
		case u.key == "operator.usage-missing":
			return locale.T(u.key, "usage", c.usage(selected(parsed.Context)))
		case u.key == "operator.usage-value":
			for _, flag := range parsed.Context.Flags() {
				if "--"+flag.Name == m[1] {
					return locale.T(u.key, "typed", m[1], "form", c.written(flag), "meaning", locale.T(flag.Help))
				}
			}
		case len(instead) > 0:
			return locale.T(u.key+"-instead", "typed", m[1], "instead", strings.Join(instead, ", "))
		default:
			return locale.T(u.key, "typed", m[1])
		}
	}
	return locale.T("operator.usage-fault", "cause", err.Error())
}

// options reads kong's list of what may have been meant. A letter alone is like nothing that people mistype.
func options(list string) []string {
	all := strings.Split(strings.ReplaceAll(list, `"`, ""), ", ")
	return slices.DeleteFunc(all, func(o string) bool { return len(o) < 3 })
}
