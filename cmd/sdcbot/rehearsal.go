package main

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/goccy/go-yaml"

	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
)

// The rehearsal: a circle of four fictitious landlords and what they said before it begins.
var (
	//go:embed rehearsal/circle.yaml
	rehearsalCircle []byte

	//go:embed rehearsal/past.yaml
	rehearsalPast []byte
)

// pastLine is one sentence of the rehearsal's past.
type pastLine struct {
	Who  string `yaml:"who"`
	Days int    `yaml:"days"` // before the rehearsal began
	Says string `yaml:"says"`
}

// monthsAhead stands in a sentence for a day to come, so that the rehearsal is never out of date: {+8}.
var monthsAhead = regexp.MustCompile(`\{\+([0-9]+)\}`)

// seedRehearsal gives an empty circle its past, in one transaction. A circle that holds something already is left alone.
func seedRehearsal(ctx context.Context, store storage.Store, c circle.Circle, now time.Time, newID func() string) error {
	var lines []pastLine
	if err := yaml.Unmarshal(rehearsalPast, &lines); err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	return store.Update(ctx, c.ID, func(tx storage.Tx) error {
		held, err := tx.Proposals().All()
		if err != nil || len(held) > 0 {
			return err
		}
		for _, line := range lines {
			who, ok := c.Person(line.Who)
			if !ok {
				return fmt.Errorf("rehearsal: %s is not in the circle", line.Who)
			}
			t := &usecase.Turn{Tx: tx, Circle: c, Now: now, Act: newID(), Verb: "rehearsal", Who: who}
			says := monthsAhead.ReplaceAllStringFunc(line.Says, func(m string) string {
				months, _ := strconv.Atoi(m[2 : len(m)-1])
				return locale.Date(c.Today(now).AddMonths(months).EndOfMonth(), locale.French)
			})
			if _, err := usecase.Adopt(t, says, now.AddDate(0, 0, -line.Days)); err != nil {
				return fmt.Errorf("rehearsal: %q: %w", says, err)
			}
		}
		return nil
	})
}
