package usecase

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
	"sdcbot/bot/text"
	"sdcbot/bot/when"
)

// field is one part of a proposal that its organisation may set, by form or by words.
type field struct {
	key     string
	of      []proposal.Kind // the kinds that have it
	show    func(t *Turn, p proposal.Proposal) string
	set     func(t *Turn, p *proposal.Proposal, value string) (fault locale.Text)
	options func() []chat.Option[locale.Text]
}

var allKinds = proposal.Kinds

// fields are all of them, in the order of the forms (conversations.md fixes the keys).
var fields = []field{
	{key: "kind", of: allKinds, options: kindOptions,
		show: func(_ *Turn, p proposal.Proposal) string { return string(p.Kind) }, set: setKind},
	{key: "family", of: allKinds, options: familyOptions,
		show: func(_ *Turn, p proposal.Proposal) string { return string(p.Family) }, set: setFamily},
	{key: "supplier", of: allKinds,
		show: func(_ *Turn, p proposal.Proposal) string { return p.Supplier },
		set: func(_ *Turn, p *proposal.Proposal, value string) locale.Text {
			p.Supplier = value
			return locale.Text{}
		}},
	{key: "object", of: allKinds,
		show: func(_ *Turn, p proposal.Proposal) string { return p.Object },
		set: func(_ *Turn, p *proposal.Proposal, value string) locale.Text {
			p.Object = value
			return locale.Text{}
		}},
	{key: "date", of: allKinds, show: showDate, set: setDate},
	{key: "amount", of: allKinds, show: showAmount, set: setAmount},
	{key: "notice", of: []proposal.Kind{proposal.Contract}, show: showNotice, set: setNotice},
	{key: "renewal", of: []proposal.Kind{proposal.Contract}, options: renewalOptions, show: showRenewal, set: setRenewal},
	{key: "max_renewals", of: []proposal.Kind{proposal.Contract}, show: showMaxRenewals, set: setMaxRenewals},
}

func fieldOf(key string) (field, bool) {
	i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
	if i < 0 {
		return field{}, false
	}
	return fields[i], true
}

func kindOptions() (out []chat.Option[locale.Text]) {
	for _, k := range proposal.Kinds {
		out = append(out, chat.Option[locale.Text]{Value: string(k), Label: kindSaid(k)})
	}
	return out
}

func familyOptions() (out []chat.Option[locale.Text]) {
	for _, f := range family.All() {
		out = append(out, chat.Option[locale.Text]{Value: string(f.Code), Label: locale.T("value", "value", f.Code)})
	}
	return out
}

func renewalOptions() (out []chat.Option[locale.Text]) {
	for _, r := range []contract.Renewal{contract.Tacit, contract.Express, contract.None} {
		out = append(out, chat.Option[locale.Text]{Value: string(r), Label: locale.T("renewal." + string(r))})
	}
	return out
}

func setKind(_ *Turn, p *proposal.Proposal, value string) locale.Text {
	for _, k := range proposal.Kinds {
		for _, lang := range locale.Languages {
			if strings.EqualFold(value, string(k)) || strings.EqualFold(value, kindSaid(k).In(lang)) {
				p.Kind = k
				return locale.Text{}
			}
		}
	}
	return locale.T("fault.kind")
}

func setFamily(_ *Turn, p *proposal.Proposal, value string) locale.Text {
	code, ok := family.ByName(value)
	if value != "" && !ok {
		return locale.T("fault.family", "value", value)
	}
	p.Family = code
	return locale.Text{}
}

func showDate(t *Turn, p proposal.Proposal) string {
	day := p.Wanted
	if p.Kind == proposal.Contract {
		day = p.Terms.End
	}
	if day.IsZero() {
		return ""
	}
	return locale.Date(day, t.language())
}

func setDate(t *Turn, p *proposal.Proposal, value string) locale.Text {
	var day calendar.Day
	if value != "" {
		if words, ok := impossibleDate(value); ok {
			return locale.T("fault.impossible-date", "words", words)
		}
		found, ok := when.Target(value, t.today())
		if !ok {
			return locale.T("fault.date", "value", value)
		}
		day = found.Day
	}
	if p.Kind == proposal.Contract {
		p.Terms.End, p.Terms.Start, p.Terms.Months = day, calendar.Day{}, 0
	} else {
		p.Wanted = day
	}
	return locale.Text{}
}

func showAmount(t *Turn, p proposal.Proposal) string {
	if p.Amount.IsZero() {
		return ""
	}
	return locale.Amount(p.Amount, t.language())
}

func setAmount(_ *Turn, p *proposal.Proposal, value string) locale.Text {
	if value == "" {
		p.Amount = money.Amount{}
		return locale.Text{}
	}
	amount, err := money.ParseAmount(value)
	var wrong *money.FieldError
	if errors.As(err, &wrong) && wrong.Fault == money.TooLarge {
		return locale.T("fault.amount-too-large", "value", value)
	}
	if err != nil {
		return locale.T("fault.amount", "value", value)
	}
	p.Amount = amount
	return locale.Text{}
}

func showNotice(t *Turn, p proposal.Proposal) string {
	return noticeSaid(p.Terms.Notice).In(t.language())
}

func setNotice(_ *Turn, p *proposal.Proposal, value string) locale.Text {
	if value == "" {
		p.Terms.Notice = contract.Notice{}
		return locale.Text{}
	}
	notice, err := intake.ParseNotice(value)
	if err != nil {
		return locale.T("fault.notice", "value", value)
	}
	p.Terms.Notice = notice
	return locale.Text{}
}

func showRenewal(_ *Turn, p proposal.Proposal) string { return string(p.Terms.Renewal) }

func setRenewal(_ *Turn, p *proposal.Proposal, value string) locale.Text {
	if value == "" {
		p.Terms.Renewal, p.Terms.RenewalMonths, p.Terms.MaxRenewals = "", 0, nil
		return locale.Text{}
	}
	said, err := intake.ParseRenewal(value)
	if err != nil {
		return locale.T("fault.renewal", "value", value)
	}
	p.Terms.Renewal = said.Renewal
	if said.Months > 0 {
		p.Terms.RenewalMonths = said.Months
	}
	if said.Max != nil {
		p.Terms.MaxRenewals = said.Max
	}
	if said.Renewal == contract.None {
		p.Terms.RenewalMonths, p.Terms.MaxRenewals = 0, nil
	}
	return locale.Text{}
}

func showMaxRenewals(_ *Turn, p proposal.Proposal) string {
	if p.Terms.MaxRenewals == nil {
		return ""
	}
	return strconv.Itoa(*p.Terms.MaxRenewals)
}

// mostRenewals is more than any contract has; above it somebody typed a year.
const mostRenewals = 20

func setMaxRenewals(_ *Turn, p *proposal.Proposal, value string) locale.Text {
	if value == "" {
		p.Terms.MaxRenewals = nil
		return locale.Text{}
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > mostRenewals {
		return locale.T("fault.max-renewals", "value", value, "limit", mostRenewals)
	}
	p.Terms.MaxRenewals = &n
	return locale.Text{}
}

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

// SubmitForm takes a form of FillForm or FixForm. version is that on which it was opened.
func SubmitForm(t *Turn, ref proposal.Ref, version int, values map[string]string) (Reply, error) {
	p, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	after, faults := t.applied(p, values)
	if len(faults) > 0 {
		return Reply{Errors: faults}, nil
	}
	if same(p, after) {
		return say(locale.T("change.nothing", "ref", string(ref))), nil
	}
	if version != p.Version {
		return Reply{}, refuse("refusal.stale-form", "ref", string(ref))
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

// fieldsIn finds the fields that a line of words sets, by the words that name them in either language.
func (t *Turn) fieldsIn(words string) map[string]string {
	values := map[string]string{}
	key, rest := "", []string{}
	flush := func() {
		if key != "" {
			values[key] = strings.Trim(strings.Join(rest, " "), " ,;:")
		}
		rest = nil
	}
	for _, word := range strings.Fields(words) {
		named, keep := fieldNamed(word)
		if named == "" || named == key && len(rest) == 0 {
			rest = append(rest, word)
			continue
		}
		flush()
		key = named
		if keep {
			rest = append(rest, word)
		}
	}
	flush()
	if len(values) == 0 && words != "" {
		if _, ok := when.Target(words, t.today()); ok {
			values["date"] = words
		} else if _, ok := impossibleDate(words); ok {
			values["date"] = words
		}
	}
	return values
}

// applied returns p with the values set, or what is wrong with them, field by field.
func (t *Turn) applied(p proposal.Proposal, values map[string]string) (proposal.Proposal, map[string]locale.Text) {
	faults := map[string]locale.Text{}
	for _, f := range fields { // in this order: the kind decides where a date goes, the renewal precedes its number
		value, given := values[f.key]
		if !given {
			continue
		}
		value = clean(value)
		if utf8.RuneCountInString(value) > longestField {
			faults[f.key] = locale.T("fault.too-long", "limit", longestField)
			continue
		}
		if value == f.show(t, p) && f.key != "kind" {
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
	if err := t.putProposal(&before, after); err != nil {
		return Reply{}, fault("write a change", err)
	}
	after.Version++
	found, err := t.approach(after)
	if err != nil {
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
	for _, n := range found {
		d.Lines = append(d.Lines, locale.T("propose.near", "name", t.name(n.peer), "reasons", n.reasons))
	}
	if len(found) > 0 {
		d.Lines = append(d.Lines, locale.T("propose.asked", "organisations", t.names(found)))
	}
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
	} else {
		after.Wanted, after.Terms = cmp.Or(after.Wanted, day), contract.Terms{}
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

// impossibleDate finds words that look like a date that no calendar has: "31 février".
func impossibleDate(words string) (string, bool) { return when.Impossible(words) }

// impossibleAmount finds words that name a sum beyond belief.
func impossibleAmount(words string) (string, bool) {
	found, ok := money.Find(words)
	if !ok || !found.TooLarge {
		return "", false
	}
	return words[found.Start:found.End], true
}

// fieldNamed tells which field a word names, and whether the word is part of the value too ("tacite").
func fieldNamed(word string) (key string, keep bool) {
	named, ok := fieldWords[strings.Trim(text.Fold(word), ":=,;")]
	if !ok {
		return "", false
	}
	return named.key, named.keep
}

type fieldWord struct {
	key  string
	keep bool
}

// fieldWords are the words that name a field in a line, in either language.
var fieldWords = map[string]fieldWord{
	"nature": {"kind", false}, "kind": {"kind", false},
	"famille": {"family", false}, "family": {"family", false},
	"fournisseur": {"supplier", false}, "supplier": {"supplier", false}, "editeur": {"supplier", false}, "titulaire": {"supplier", false},
	"objet": {"object", false}, "object": {"object", false},
	"fin": {"date", false}, "echeance": {"date", false}, "terme": {"date", false}, "date": {"date", false}, "end": {"date", false}, "term": {"date", false}, "ends": {"date", false},
	"montant": {"amount", false}, "amount": {"amount", false}, "prix": {"amount", false},
	"preavis": {"notice", false}, "notice": {"notice", false},
	"reconduction": {"renewal", false}, "renewal": {"renewal", false}, "tacite": {"renewal", true}, "tacit": {"renewal", true},
	"expresse": {"renewal", true}, "express": {"renewal", true},
	"reconductions": {"max_renewals", false}, "renewals": {"max_renewals", false}, "max_renewals": {"max_renewals", false},
}
