package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
)

type explainCommand struct {
	Statement explainStatementCommand `cmd:"" help:"operator.help.explain.statement"`
	Family    explainFamilyCommand    `cmd:"" help:"operator.help.explain.family"`
	Term      explainTermCommand      `cmd:"" help:"operator.help.explain.term"`
	Pair      explainPairCommand      `cmd:"" help:"operator.help.explain.pair"`
}

type explainStatementCommand struct {
	Text []string     `arg:"" optional:"" help:"operator.help.explain.text"`
	On   calendar.Day `placeholder:"date" help:"operator.help.explain.on"`
	JSON bool         `help:"operator.help.explain.json"`
	Lang locale.Lang  `enum:"fr,en," default:"" placeholder:"fr|en" help:"operator.help.lang"`

	Circle string `placeholder:"file" help:"operator.help.explain.circle"`
}

// Run says how a sentence is understood, and why. Nothing is recorded.
func (k explainStatementCommand) Run(c console) error {
	c = c.in(k.Lang)
	reader, err := c.readerOf(k.Circle)
	if err != nil {
		return err
	}
	on := k.On
	if on.IsZero() {
		on = calendar.Of(time.Now())
	}
	switch {
	case k.JSON && len(k.Text) == 0:
		return explainLines(c.stdin, c.stdout, func(line []byte) []byte { return reader.ExplainJSON(line, on) })
	case k.JSON:
		line, err := json.Marshal(struct {
			Text string       `json:"text"`
			On   calendar.Day `json:"on"`
			Lang locale.Lang  `json:"lang,omitempty"`
		}{strings.Join(k.Text, " "), on, k.Lang})
		if err != nil {
			return err
		}
		c.print(string(reader.ExplainJSON(line, on)))
	case len(k.Text) == 0:
		return failure{code: exitUsage, says: locale.T("operator.explain-nothing")}
	default:
		c.print(strings.TrimRight(intake.Explain(reader.Read(strings.Join(k.Text, " "), on), c.lang), "\n"))
	}
	return nil
}

// readerOf returns the reader that knows the words of a circle's glossary, as its database holds them; without a circle's file, everyone's words alone,
// and no database is looked at.
func (c console) readerOf(file string) (reader *intake.Reader, err error) {
	if file == "" {
		return intake.ReaderWith(family.Known()), nil
	}
	ctx := context.Background()
	loaded, err := c.load(file)
	if err != nil {
		return nil, err
	}
	opened, err := openToRead(ctx, loaded)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }()
	err = opened.View(ctx, loaded.Circle.ID, func(tx storage.Tx) (err error) {
		reader, err = usecase.ReaderOf(tx)
		return err
	})
	return reader, storeFailure(err)
}

type explainPairCommand struct {
	Texts []string     `arg:"" optional:"" name:"text" help:"operator.help.explain.texts"`
	On    calendar.Day `placeholder:"date" help:"operator.help.explain.on"`
	JSON  bool         `help:"operator.help.explain.json"`
	Lang  locale.Lang  `enum:"fr,en," default:"" placeholder:"fr|en" help:"operator.help.lang"`
}

// Run says whether two organisations would be brought together on two sentences, and why. Nothing is recorded.
func (k explainPairCommand) Run(c console) error {
	c = c.in(k.Lang)
	on := k.On
	if on.IsZero() {
		on = calendar.Of(time.Now())
	}
	if k.JSON && len(k.Texts) == 0 {
		return explainLines(c.stdin, c.stdout, func(line []byte) []byte { return match.ExplainJSON(line, on) })
	}
	if len(k.Texts) != 2 {
		return failure{code: exitUsage, says: locale.T("operator.explain-no-pair")}
	}
	if !k.JSON {
		c.print(match.Explain(match.Said{Org: "A", Text: k.Texts[0], On: on}, match.Said{Org: "B", Text: k.Texts[1], On: on}, c.lang))
		return nil
	}
	type side struct {
		Org  string `json:"org"`
		Text string `json:"text"`
	}
	line, err := json.Marshal(struct {
		A    side        `json:"a"`
		B    side        `json:"b"`
		Lang locale.Lang `json:"lang,omitempty"`
	}{side{"A", k.Texts[0]}, side{"B", k.Texts[1]}, k.Lang})
	if err != nil {
		return err
	}
	c.print(string(match.ExplainJSON(line, on)))
	return nil
}

// explainLines answers each line with one line, in order, and at once: whoever writes line by line gets each answer before the next
// question. A line that cannot be read is answered too, and does not end it.
func explainLines(in io.Reader, out io.Writer, explain func(line []byte) []byte) error {
	from, to := bufio.NewReaderSize(in, 1<<16), bufio.NewWriter(out)
	for {
		line, err := from.ReadBytes('\n')
		if len(line) > 0 {
			answer := bytes.TrimRight(explain(bytes.TrimRight(line, "\r\n")), "\n")
			_, _ = to.Write(append(answer, '\n')) // what fails here fails again at Flush
		}
		if from.Buffered() == 0 || err != nil {
			if gone := to.Flush(); gone != nil {
				return nil //nolint:nilerr // who asked has gone away, and that is no fault of ours
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return failure{exitFailed, locale.T("operator.cannot-read", "path", "stdin", "cause", err.Error()), err}
		}
	}
}
