package main

import (
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
)

type explainTermCommand struct {
	Text []string     `arg:"" optional:"" help:"operator.help.explain.term.text"`
	On   calendar.Day `placeholder:"DATE" help:"operator.help.explain.on"`
	JSON bool         `help:"operator.help.explain.json"`
	Lang locale.Lang  `enum:"fr,en," default:"" placeholder:"fr|en" help:"operator.help.lang"`
}

// Run shows the calculation of a contract's dates, from words or from lines of JSON. Nothing is recorded.
func (k explainTermCommand) Run(c console) error {
	c = c.in(k.Lang)
	on := k.On
	if on.IsZero() {
		on = calendar.Of(time.Now())
	}
	if k.JSON && len(k.Text) == 0 {
		return explainLines(c.stdin, c.stdout, func(line []byte) []byte { return contract.ExplainJSON(line, on) })
	}
	if k.JSON || len(k.Text) == 0 {
		return failure{code: exitUsage, says: locale.T("operator.explain-no-term")}
	}
	s := intake.Read(strings.Join(k.Text, " "), on)
	terms := contract.Terms{Start: s.Start, End: s.Date, Renewal: s.Renewal, RenewalMonths: s.RenewalMonths, MaxRenewals: s.MaxRenewals, Notice: s.Notice}
	for _, line := range contract.Explain(terms, on) {
		c.print(line.In(c.lang))
	}
	return nil
}
