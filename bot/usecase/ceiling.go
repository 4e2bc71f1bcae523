package usecase

import (
	"maps"
	"slices"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
)

// ceiling keeps one morning from flooding anybody: an office that has imported a hundred contracts of one term must not find a hundred messages.
// What goes beyond mostAMorning is gathered, title by title, in one message at the end; it can all be seen and answered by /sdc moi.
type ceiling struct {
	told map[string]int           // private messages promised this morning, by person
	rest map[string][]locale.Text // titles of those that were not, by person
}

func newCeiling() *ceiling {
	return &ceiling{told: map[string]int{}, rest: map[string][]locale.Text{}}
}

// holds says whether a message is to be gathered with others rather than promised by itself. No ceiling holds nothing.
func (c *ceiling) holds(p storage.Promise) bool {
	if c == nil || p.Person == "" {
		return false
	}
	if c.told[p.Person]++; c.told[p.Person] < mostAMorning {
		return false
	}
	c.rest[p.Person] = append(c.rest[p.Person], headline(p.Draft))
	return true
}

// headline is what a message says in one line.
func headline(d chat.Draft) locale.Text {
	if d.Title.IsZero() && len(d.Lines) > 0 {
		return d.Lines[0]
	}
	return d.Title
}

// tellRest promises each person what was gathered for them.
func (t *Turn) tellRest(morning calendar.Day) error {
	gathered := t.morning.rest
	t.morning = nil
	for _, person := range slices.Sorted(maps.Keys(gathered)) {
		titles := gathered[person]
		d := chat.Draft{Title: locale.T("morning.rest", "count", len(titles)), Footer: locale.T("morning.rest.footer"), Tone: chat.Warn}
		for _, title := range titles {
			d.Lines = append(d.Lines, locale.T("morning.rest.line", "title", title))
		}
		if err := t.tell(person, "rest "+person+" "+morning.String(), "rest "+person, d); err != nil {
			return err
		}
	}
	return nil
}
