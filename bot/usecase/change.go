package usecase

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// SubmitForm takes a form of FillForm or FixForm. version is that on which it was opened. Where a field of the proposal has changed since, the
// form opens anew and holds what was typed.
func SubmitForm(t *Turn, ref proposal.Ref, version int, values map[string]string) (Reply, error) {
	p, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	opened, known := p, true
	if version != p.Version {
		if opened, known, err = t.atVersion(ref, version); err != nil {
			return Reply{}, err
		}
		if !known {
			opened = p
		}
		values = t.typed(opened, values)
	}
	after, faults := t.applied(p, values)
	if len(faults) > 0 {
		return Reply{Errors: faults}, nil
	}
	if same(p, after) {
		return say(locale.T("change.nothing", "ref", string(ref))), nil
	}
	if !known || len(t.moved(opened, p)) > 0 {
		return t.overtaken(opened, p, known, values)
	}
	return t.changed(p, after)
}

// Change sets fields by words: "fin 31/07/2027 préavis 3 mois". Without a word that names a field, a date alone sets the date.
func Change(t *Turn, ref proposal.Ref, words string) (Reply, error) {
	p, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	values := t.fieldsIn(clean(words))
	if len(values) == 0 {
		return Reply{}, refuse("change.nothing-understood", "ref", string(ref))
	}
	after, faults := t.applied(p, values)
	if len(faults) > 0 {
		key := slices.Sorted(maps.Keys(faults))[0]
		return Reply{}, Refusal{faults[key]}
	}
	if same(p, after) {
		return say(locale.T("change.nothing", "ref", string(ref))), nil
	}
	return t.changed(p, after)
}

// applied returns p with the values set, or what is wrong with them, field by field.
func (t *Turn) applied(p proposal.Proposal, values map[string]string) (proposal.Proposal, map[string]locale.Text) {
	faults, before := map[string]locale.Text{}, p.Kind
	for _, f := range fields { // in this order: the kind decides where a date goes, the renewal precedes its number
		value, given := values[f.key]
		if !given {
			continue
		}
		if !slices.Contains(f.of, p.Kind) {
			if slices.Contains(f.of, before) {
				continue // of the kind that it no longer is
			}
			faults[f.key] = locale.T("fault.not-of-kind", "field", locale.T("field."+f.key), "kind", kindSaid(p.Kind))
			continue
		}
		value = clean(value)
		if utf8.RuneCountInString(value) > longestField {
			faults[f.key] = locale.T("fault.too-long", "limit", longestField)
			continue
		}
		if value == f.show(t, p) && f.key != "kind" {
			p = confirmed(p, f.key)
			continue // untouched: what is shown may be rounder than what is kept
		}
		if fault := f.set(t, &p, value); !fault.IsZero() {
			faults[f.key] = fault
		}
	}
	return p, faults
}

func same(p, q proposal.Proposal) bool {
	a, _ := encode(p)
	b, _ := encode(q)
	return string(a) == string(b)
}

// changed writes a changed proposal, shows it where it stands, and asks whoever it now concerns.
func (t *Turn) changed(before, after proposal.Proposal) (Reply, error) {
	if after.Kind != before.Kind {
		return t.reclassified(before, after)
	}
	after = corrected(before, after)
	if err := t.putProposal(&before, after); err != nil {
		return Reply{}, fault("write a change", err)
	}
	after.Version++
	found, err := t.approach(after)
	if err != nil {
		return Reply{}, err
	}
	if found.alarms, err = t.incoherent(after); err != nil {
		return Reply{}, err
	}
	if err := t.refresh(after); err != nil {
		return Reply{}, err
	}
	d := chat.Draft{
		Title:   locale.T("change.done", "ref", string(after.Ref), "kind", kindSaid(after.Kind), "subject", subject(after)),
		Tone:    chat.Good,
		Lines:   slices.Concat([]locale.Text{t.understood(after)}, t.doubts(after, ""), t.lastDays(after)),
		Buttons: t.correctionButtons(after),
	}
	d.Lines = append(d.Lines, found.said(t)...)
	return Reply{Draft: &d}, nil
}

// reclassified withdraws a proposal that was of another kind than it seemed, and records it anew: its letter is part of its reference.
func (t *Turn) reclassified(before, after proposal.Proposal) (Reply, error) {
	if _, err := t.withdrawn(before); err != nil {
		return Reply{}, err
	}
	n, err := t.Tx.Proposals().Next(after.Kind)
	if err != nil {
		return Reply{}, err
	}
	day := cmp.Or(before.Wanted, before.Terms.End)
	after.Ref, after.Version, after.At, after.Decision = proposal.NewRef(after.Kind, n), 0, t.Now, contract.Decision{}
	if after.Kind == proposal.Contract {
		after.Terms.End, after.Wanted = cmp.Or(after.Terms.End, day), calendar.Day{}
		after = corrected(proposal.Proposal{Family: before.Family}, after)
	} else {
		after.Wanted, after.Terms, after.Books = cmp.Or(after.Wanted, day), contract.Terms{}, proposal.Books{}
	}
	if err := t.putProposal(nil, after); err != nil {
		return Reply{}, err
	}
	after.Version++
	found, err := t.announce(after)
	if err != nil {
		return Reply{}, err
	}
	d := t.recorded(after, found, "")
	d.Lines = append([]locale.Text{locale.T("change.replaces", "ref", string(before.Ref))}, d.Lines...)
	return Reply{Draft: &d}, nil
}
