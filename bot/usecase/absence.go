package usecase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/when"
)

// absence is when somebody is away: both days included.
type absence struct {
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to"`
}

func (a absence) covers(d calendar.Day) bool {
	return !a.From.IsZero() && !d.Before(a.From) && !d.After(a.To)
}

// said tells the person what is noted.
func (a absence) said() locale.Text {
	if a.From == a.To {
		return locale.T("absent.same.day", "day", a.From)
	}
	return locale.T("absent.same", "from", a.From, "to", a.To)
}

const absencePrefix = "absence "

// awayOn returns who is away on that day.
func (t *Turn) awayOn(day calendar.Day) (func(handle string) bool, error) {
	away := map[string]bool{}
	keys, err := t.Tx.Settings().Keys(absencePrefix)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		var a absence
		if err := t.Tx.Settings().Get(key, &a); err != nil {
			return nil, err
		}
		away[key[len(absencePrefix):]] = a.covers(day)
	}
	return func(handle string) bool { return away[handle] }, nil
}

// Absent notes when the person is away: peers' questions go to the deputy meanwhile.
func Absent(t *Turn, words string) (Reply, error) {
	words = clean(words)
	if bad, ok := impossibleDate(words); ok {
		return Reply{}, refuse("fault.impossible-date", "words", bad)
	}
	from, to, ok := when.Range(words, t.today())
	switch {
	case !ok:
		return Reply{}, refuse("absent.not-understood")
	case to.Before(from), from.DaysUntil(to) > longestAbsence:
		return Reply{}, refuse("absent.reversed", "from", from, "to", to, "limit", longestAbsence)
	case to.Before(t.today()):
		return Reply{}, refuse("absent.past", "to", to)
	}
	return t.away(absence{from, to})
}

// Present ends the person's absence.
func Present(t *Turn) (Reply, error) { return t.away(absence{}) }

func (t *Turn) away(a absence) (Reply, error) {
	key := absencePrefix + t.Who.Handle
	var before absence
	if err := t.Tx.Settings().Get(key, &before); err != nil {
		return Reply{}, err
	}
	if before == a {
		if a.From.IsZero() {
			return say(locale.T("absent.ended")), nil
		}
		return say(a.said()), nil
	}
	if err := putSetting(t, key, &before, a); err != nil {
		return Reply{}, err
	}
	d := chat.Draft{Buttons: []chat.Button[locale.Text]{{ID: "undo " + t.Act, Label: locale.T("button.undo")}}}
	if a.From.IsZero() {
		d.Lines = []locale.Text{locale.T("absent.ended")}
		return Reply{Draft: &d}, nil
	}
	d.Lines = []locale.Text{locale.T("absent.noted", "from", a.From, "to", a.To)}
	if a.From == a.To {
		d.Lines = []locale.Text{locale.T("absent.noted.day", "day", a.From)}
	}
	stand := locale.T("absent.nobody")
	me := t.Who.Handle
	if p, ok := t.Circle.Speaker(t.Who.Organisation, a.From, func(h string) bool { return h == me }); ok && p.Handle != me {
		stand = locale.T("absent.deputy", "person", t.person(p.Handle))
	}
	d.Lines = append(d.Lines, stand)
	if !before.To.IsZero() && !before.To.Before(t.today()) {
		d.Lines = append(d.Lines, locale.T("absent.replaces", "from", before.From, "to", before.To))
	}
	return Reply{Draft: &d}, nil
}
