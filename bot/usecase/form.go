package usecase

import (
	"slices"
	"strconv"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// FillForm opens the form for what is missing ("Compléter"), FixForm the one for everything ("Corriger").
func FillForm(t *Turn, ref proposal.Ref) (Reply, error) {
	p, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	keys := openFields(p)
	if len(keys) == 0 {
		return FixForm(t, ref)
	}
	return t.form("fill", p, keys, locale.T("form.fill", "ref", string(ref)), locale.T("form.fill.intro", "subject", subject(p))), nil
}

// FixForm opens the form in which everything recorded can be corrected.
func FixForm(t *Turn, ref proposal.Ref) (Reply, error) {
	p, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	var keys []string
	for _, f := range fields {
		if slices.Contains(f.of, p.Kind) {
			keys = append(keys, f.key)
		}
	}
	return t.form("fix", p, keys, locale.T("form.fix", "ref", string(ref)), locale.T("form.fix.intro", "subject", subject(p))), nil
}

// form makes a form of those fields. Its id carries the version that it was opened on, so that a stale one is known.
func (t *Turn) form(verb string, p proposal.Proposal, keys []string, title, intro locale.Text) Reply {
	form := chat.Form[locale.Text]{
		ID:     verb + " " + string(p.Ref) + " " + strconv.Itoa(p.Version),
		Title:  title,
		Intro:  intro,
		Submit: locale.T("form.submit"),
	}
	for _, key := range keys {
		f, _ := fieldOf(key)
		in := chat.Input[locale.Text]{
			Key: key, Label: locale.T("field." + key), Hint: locale.T("hint." + key), Value: f.show(t, p), Optional: key != "kind",
		}
		if f.options != nil {
			in.Options = f.options()
		}
		form.Fields = append(form.Fields, in)
	}
	return Reply{Form: &form}
}
