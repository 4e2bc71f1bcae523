package usecase

import (
	"encoding/json"
	"slices"

	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// overtaken reopens a form on a proposal that was changed while it was filled, and holds what was typed. opened is the proposal as the form
// showed it; where that is not known any more, known is false.
func (t *Turn) overtaken(opened, p proposal.Proposal, known bool, typed map[string]string) (Reply, error) {
	reply, err := FixForm(t, p.Ref)
	if err != nil {
		return Reply{}, err
	}
	form := reply.Form
	for i, in := range form.Fields {
		if value, ok := typed[in.Key]; ok {
			form.Fields[i].Value = value
		}
	}
	var changes []locale.Text
	for _, f := range t.moved(opened, p) {
		changes = append(changes, locale.T("comment.line", "label", locale.T("field."+f.key), "value", f.value(t, p)))
	}
	form.Intro = locale.T("form.overtaken", "ref", string(p.Ref), "changes", changes)
	if !known {
		form.Intro = locale.T("form.overtaken.unknown", "ref", string(p.Ref))
	}
	return reply, nil
}

// atVersion finds the proposal as it was at that version, in the journal.
func (t *Turn) atVersion(ref proposal.Ref, version int) (p proposal.Proposal, ok bool, err error) {
	entries, err := t.Tx.Journal().About("proposal " + string(ref))
	if err != nil {
		return p, false, fault("read the journal", err)
	}
	for _, e := range entries {
		var then proposal.Proposal
		if json.Unmarshal(e.After, &then) == nil && then.Version == version {
			return then, true, nil
		}
	}
	return p, false, nil
}

// typed keeps of a form's values those that somebody changed: what it showed of the others may be old.
func (t *Turn) typed(opened proposal.Proposal, values map[string]string) map[string]string {
	out := map[string]string{}
	for key, value := range values {
		if f, ok := fieldOf(key); !ok || clean(value) != f.show(t, opened) {
			out[key] = value
		}
	}
	return out
}

// moved lists the fields that show something else in the second proposal.
func (t *Turn) moved(before, after proposal.Proposal) (out []field) {
	for _, f := range fields {
		if slices.Contains(f.of, after.Kind) && f.show(t, before) != f.show(t, after) {
			out = append(out, f)
		}
	}
	return out
}

// value is what a field shows, in words.
func (f field) value(t *Turn, p proposal.Proposal) locale.Text {
	shown := f.show(t, p)
	if shown == "" {
		return locale.T("value.none")
	}
	if f.options != nil {
		for _, o := range f.options() {
			if o.Value == shown {
				return o.Label
			}
		}
	}
	return locale.Plain(shown)
}
