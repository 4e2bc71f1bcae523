package play

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sdcbot/bot/chat"
)

// says types what somebody says, in a thread where the step names one.
func (p *Player) says(do Says) error {
	thread := ""
	if do.Where.Thread {
		root, err := p.thread(do)
		if err != nil {
			return err
		}
		thread = root
	}
	return p.Stage.Say(do.Actor, do.Where.Channel, thread, do.Text)
}

// thread returns the message on which hangs the thread of the bot's latest message there, or of the latest that holds the words.
func (p *Player) thread(do Says) (string, error) {
	for m := range p.record.latest(do.Actor) {
		if m.Act == Answer || m.Channel != do.Where.Channel || !m.holds(do.Where.On) {
			continue
		}
		if m.Thread != "" {
			return m.Thread, nil
		}
		return m.Message, nil
	}
	if do.Where.On.Empty() {
		return "", fmt.Errorf("the bot has said nothing there yet")
	}
	return "", fmt.Errorf("no message of the bot there holds %q", do.Where.On)
}

// reacts finds the latest message that takes reactions. With words, a message that takes none will do when no other holds them: to
// react on it is possible, if useless.
func (p *Player) reacts(do Reacts) error {
	var silent *message
	for m := range p.record.latest(do.Actor) {
		if m.Act == Answer || !m.holds(do.On) {
			continue
		}
		if len(m.Content.Reactions) > 0 {
			return p.Stage.React(do.Actor, m.Message, do.Emoji, do.Off)
		}
		if silent == nil {
			silent = m
		}
	}
	switch {
	case do.On.Empty():
		return fmt.Errorf("no message that @%s can see takes reactions", do.Person)
	case silent == nil:
		return fmt.Errorf("no message that @%s can see holds %q", do.Person, do.On)
	}
	return p.Stage.React(do.Actor, silent.Message, do.Emoji, do.Off)
}

// presses finds the button by its exact label first, on whatever message, before a label that only begins so is taken.
func (p *Player) presses(do Presses) error {
	m, button := p.button(do, func(label, wanted string) bool { return label == wanted })
	if m == nil {
		// A label may say more than its name: "Intéressé (2)", "Non, merci".
		m, button = p.button(do, func(label, wanted string) bool {
			after, ok := strings.CutPrefix(label, wanted)
			return ok && strings.IndexAny(after, " ,(:-") == 0
		})
	}
	if m == nil {
		what := "no message"
		if !do.On.Empty() {
			what = fmt.Sprintf("no message with the words %q", do.On)
		}
		return fmt.Errorf("%s that @%s can see has a button %q; the latest buttons there: %s", what, do.Person, do.Label, p.buttons(do.Actor))
	}
	delete(p.record.forms, do.Person) // what was open is left
	return p.Stage.Press(do.Actor, m.Message, button.ID)
}

// button finds the latest message that the person can see with such a button.
func (p *Player) button(do Presses, same func(label, wanted string) bool) (*message, chat.Button[string]) {
	wanted := bare(do.Label)
	for m := range p.record.latest(do.Actor) {
		if !m.holds(do.On) {
			continue
		}
		for _, b := range m.Content.Buttons {
			if same(bare(b.Label), wanted) {
				return m, b
			}
		}
	}
	return nil, chat.Button[string]{}
}

// buttons lists the labels on the three latest messages that bear any.
func (p *Player) buttons(who Actor) string {
	var found []string
	for m := range p.record.latest(who) {
		if len(m.Content.Buttons) == 0 {
			continue
		}
		var labels []string
		for _, b := range m.Content.Buttons {
			labels = append(labels, b.Label)
		}
		if found = append(found, strings.Join(labels, ", ")); len(found) == 3 {
			break
		}
	}
	if len(found) == 0 {
		return "none"
	}
	return strings.Join(found, " · ")
}

// openers are the labels, in both languages, of buttons behind which stands a form and that do nothing else. Other buttons act when
// they are pressed, so they are not tried just to see.
var openers = []string{"completer", "corriger", "modifier", "complete", "fill in", "correct", "edit"}

// undoers are never pressed in search of a form, even as the one button of a message.
var undoers = []string{"annuler", "retirer", "undo", "withdraw", "cancel"}

// fills fills the form that is open in front of the person and sends it. When none is open, or another one, it is opened first: by
// the newest button known to open forms whose form has all the fields; else where a message has one button only, by that.
func (p *Player) fills(ctx context.Context, do Fills) error {
	form, open := p.record.forms[do.Person]
	values, err := filled(form, do.Entries)
	if !open || err != nil {
		for m, b := range p.doors(do.Actor) {
			form, open, err := p.tryDoor(ctx, do, m, b)
			if err != nil {
				return err
			}
			if !open {
				continue
			}
			if values, err := filled(form, do.Entries); err == nil {
				return p.submit(do, form, values)
			}
		}
		if err != nil && open {
			return err
		}
		return fmt.Errorf("no form that holds these fields is open in front of @%s or stands behind one button", do.Person)
	}
	return p.submit(do, form, values)
}

// submit sends a form.
func (p *Player) submit(do Fills, form chat.Form[string], values map[string]string) error {
	p.mark = len(p.record.shown)      // the form that was opened on the way is no answer to what is filled in
	delete(p.record.forms, do.Person) // it closes, unless it comes back with errors
	return p.Stage.Submit(do.Actor, form, values)
}

// doors yields the buttons that may open a form, the likeliest first.
func (p *Player) doors(who Actor) func(yield func(*message, chat.Button[string]) bool) {
	return func(yield func(*message, chat.Button[string]) bool) {
		for m := range p.record.latest(who) {
			for _, b := range m.Content.Buttons {
				if slices.Contains(openers, bare(b.Label)) && !yield(m, b) {
					return
				}
			}
		}
		for m := range p.record.latest(who) {
			if buttons := m.Content.Buttons; len(buttons) == 1 && !slices.Contains(undoers, bare(buttons[0].Label)) && !slices.Contains(openers, bare(buttons[0].Label)) && !yield(m, buttons[0]) {
				return
			}
		}
	}
}

// tryDoor presses a button and returns the form that it opened.
func (p *Player) tryDoor(ctx context.Context, do Fills, m *message, b chat.Button[string]) (chat.Form[string], bool, error) {
	delete(p.record.forms, do.Person)
	if err := p.Stage.Press(do.Actor, m.Message, b.ID); err != nil {
		return chat.Form[string]{}, false, err
	}
	if err := p.settle(ctx); err != nil {
		return chat.Form[string]{}, false, err
	}
	form, open := p.record.forms[do.Person]
	return form, open, nil
}

// filled returns the values that are sent: what stood in the form, changed by the entries.
func filled(form chat.Form[string], entries []Entry) (map[string]string, error) {
	values := map[string]string{}
	for _, field := range form.Fields {
		values[field.Key] = field.Value
	}
	for _, entry := range entries {
		field, ok := fieldNamed(form, entry.Field)
		if !ok {
			return nil, fmt.Errorf("the form %q has no field %q but %s", form.Title, entry.Field, strings.Join(slices.Sorted(maps.Keys(values)), ", "))
		}
		value := entry.Value
		if len(field.Options) > 0 {
			option, ok := optionNamed(field, value)
			if !ok {
				return nil, fmt.Errorf("the field %q of the form %q has no choice %q", field.Label, form.Title, value)
			}
			value = option.Value
		}
		values[field.Key] = value
	}
	return values, nil
}

// fieldNamed finds a field by key or label; by the beginning of its label ("Montant" for "Montant annuel (€)") where that leaves no doubt.
func fieldNamed(form chat.Form[string], name string) (chat.Input[string], bool) {
	name = bare(name)
	var begun []chat.Input[string]
	for _, f := range form.Fields {
		if bare(f.Key) == name || bare(f.Label) == name {
			return f, true
		}
		if strings.HasPrefix(bare(f.Label), name+" ") {
			begun = append(begun, f)
		}
	}
	if len(begun) == 1 {
		return begun[0], true
	}
	return chat.Input[string]{}, false
}

// optionNamed finds a choice by value or label; what a label says in brackets may be left out.
func optionNamed(field chat.Input[string], name string) (chat.Option[string], bool) {
	for _, o := range field.Options {
		if o.Value == name || bare(o.Label) == bare(name) || bare(o.Value) == bare(name) {
			return o, true
		}
	}
	for _, o := range field.Options {
		if before, _, cut := strings.Cut(bare(o.Label), " ("); cut && before == bare(name) {
			return o, true
		}
	}
	if name == "" && field.Optional {
		return chat.Option[string]{}, true
	}
	return chat.Option[string]{}, false
}
