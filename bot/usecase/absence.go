package usecase

import (
	"bytes"
	"encoding/json"
	"slices"

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

func (a absence) said() locale.Text {
	if a.From == a.To {
		return locale.T("absent.day", "day", a.From)
	}
	return locale.T("absent.days", "from", a.From, "to", a.To)
}

// absences are all of one person, earliest first; no two of them touch.
type absences []absence

// UnmarshalJSON reads a single absence too: there was room for one alone before.
func (all *absences) UnmarshalJSON(raw []byte) error {
	if !bytes.HasPrefix(raw, []byte("{")) {
		return json.Unmarshal(raw, (*[]absence)(all))
	}
	var one absence
	if err := json.Unmarshal(raw, &one); err != nil {
		return err
	}
	*all = nil
	if !one.From.IsZero() {
		*all = absences{one}
	}
	return nil
}

// coming leaves out those that are over on the day.
func (all absences) coming(on calendar.Day) absences {
	return slices.DeleteFunc(slices.Clone(all), func(a absence) bool { return a.To.Before(on) })
}

// with returns the absences and one more. Those that overlap, or follow without a day between, become one.
func (all absences) with(a absence) absences {
	sorted := append(slices.Clone(all), a)
	slices.SortFunc(sorted, func(a, b absence) int { return a.From.Compare(b.From) })
	out := sorted[:1]
	for _, next := range sorted[1:] {
		last := &out[len(out)-1]
		if next.From.After(last.To.AddDays(1)) {
			out = append(out, next)
		} else if next.To.After(last.To) {
			last.To = next.To
		}
	}
	return out
}

// on returns the absence that holds the day.
func (all absences) on(day calendar.Day) (absence, bool) {
	i := slices.IndexFunc(all, func(a absence) bool { return a.covers(day) })
	if i < 0 {
		return absence{}, false
	}
	return all[i], true
}

// said lists them behind "you are away".
func (all absences) said() (list []locale.Text) {
	for _, a := range all {
		list = append(list, a.said())
	}
	return list
}

// stand tells the person what is noted.
func (all absences) stand() locale.Text {
	if len(all) == 0 {
		return locale.T("absent.none")
	}
	return locale.T("absent.stand", "absences", all.said())
}

const absencePrefix = "absence "

// absencesOf returns when the person is away from today on.
func (t *Turn) absencesOf(handle string) (absences, error) {
	var all absences
	err := t.Tx.Settings().Get(absencePrefix+handle, &all)
	return all.coming(t.today()), err
}

// awayOn returns who is away on that day.
func (t *Turn) awayOn(day calendar.Day) (func(handle string) bool, error) {
	away := map[string]bool{}
	keys, err := t.Tx.Settings().Keys(absencePrefix)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		var all absences
		if err := t.Tx.Settings().Get(key, &all); err != nil {
			return nil, err
		}
		_, away[key[len(absencePrefix):]] = all.on(day)
	}
	return func(handle string) bool { return away[handle] }, nil
}

// Absences says when the person is away.
func Absences(t *Turn) (Reply, error) {
	all, err := t.absencesOf(t.Who.Handle)
	if err != nil {
		return Reply{}, err
	}
	d := chat.Draft{Lines: []locale.Text{all.stand()}, Footer: locale.T("absent.how")}
	return Reply{Draft: &d}, nil
}

// Absent notes when the person is away: peers' questions go to the deputy meanwhile. It stands beside the absences noted before.
func Absent(t *Turn, words string) (Reply, error) {
	words = clean(words)
	if fault, bad := dateFault(words); bad {
		return Reply{}, Refusal{fault}
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
	before, err := t.absencesOf(t.Who.Handle)
	if err != nil {
		return Reply{}, err
	}
	after := before.with(absence{from, to})
	if slices.Equal(before, after) {
		return say(after.stand()), nil
	}
	if err := t.putAbsences(after); err != nil {
		return Reply{}, err
	}
	noted, _ := after.on(from)
	d := chat.Draft{
		Lines:   []locale.Text{locale.T("absent.noted", "absence", noted.said())},
		Buttons: []chat.Button[locale.Text]{t.undoButton()},
	}
	stand := locale.T("absent.nobody")
	me := t.Who.Handle
	if p, ok := t.Circle.Speaker(t.Who.Organisation, from, func(h string) bool { return h == me }); ok && p.Handle != me {
		stand = locale.T("absent.deputy", "person", t.person(p.Handle))
	}
	d.Lines = append(d.Lines, stand)
	if len(after) > 1 || noted != (absence{from, to}) {
		d.Lines = append(d.Lines, locale.T("absent.all", "absences", after.said()))
	}
	return Reply{Draft: &d}, nil
}

// Present ends all absences of the person.
func Present(t *Turn) (Reply, error) {
	before, err := t.absencesOf(t.Who.Handle)
	if err != nil {
		return Reply{}, err
	}
	if len(before) == 0 {
		return say(locale.T("absent.ended")), nil
	}
	if err := t.putAbsences(absences{}); err != nil {
		return Reply{}, err
	}
	return Reply{Draft: &chat.Draft{
		Lines:   []locale.Text{locale.T("absent.ended"), locale.T("absent.taken-off", "absences", before.said())},
		Buttons: []chat.Button[locale.Text]{t.undoButton()},
	}}, nil
}

// putAbsences writes the person's absences. The journal keeps them as they stood, with those that are over.
func (t *Turn) putAbsences(all absences) error {
	key := absencePrefix + t.Who.Handle
	var before absences
	if err := t.Tx.Settings().Get(key, &before); err != nil {
		return err
	}
	return putSetting(t, key, &before, all)
}

func (t *Turn) undoButton() chat.Button[locale.Text] {
	return chat.Button[locale.Text]{ID: "undo " + t.Act, Label: locale.T("button.undo")}
}
