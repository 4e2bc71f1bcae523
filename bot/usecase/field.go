package usecase

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
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
	{
		key: "kind", of: allKinds, options: kindOptions,
		show: func(_ *Turn, p proposal.Proposal) string { return string(p.Kind) }, set: setKind,
	},
	{
		key: "family", of: allKinds, options: familyOptions,
		show: func(_ *Turn, p proposal.Proposal) string { return string(p.Family) }, set: setFamily,
	},
	{
		key: "supplier", of: allKinds,
		show: func(_ *Turn, p proposal.Proposal) string { return p.Supplier },
		set: func(_ *Turn, p *proposal.Proposal, value string) locale.Text {
			return setWords(&p.Supplier, value)
		},
	},
	{
		key: "object", of: allKinds,
		show: func(_ *Turn, p proposal.Proposal) string { return p.Object },
		set: func(_ *Turn, p *proposal.Proposal, value string) locale.Text {
			return setWords(&p.Object, value)
		},
	},
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

// setWords sets a field that the whole circle reads: a sum has its own field, which partners see as a band.
func setWords(field *string, value string) locale.Text {
	if _, _, sum := sumIn(value); sum {
		return locale.T("fault.amount-in-words")
	}
	*field = value
	return locale.Text{}
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

func setFamily(t *Turn, p *proposal.Proposal, value string) locale.Text {
	code, ok := t.familyNamed(value)
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
		if fault, bad := dateFault(value); bad {
			return fault
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
	if strings.HasPrefix(value, "-") || strings.HasPrefix(value, "−") || strings.HasPrefix(value, "–") {
		return locale.T("fault.notice-negative")
	}
	notice, err := intake.ParseNotice(value)
	if err != nil || notice.Months > longestNotice || notice.Weeks > longestNotice*4 || notice.Days > longestNotice*30 {
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

// dateFault says of words that look like a date why they are none: no calendar has it ("31 février"), or its year was mistyped
// ("3 mai 2207").
func dateFault(words string) (locale.Text, bool) {
	return noSuchDate(words, "fault.impossible-date", "fault.far-date")
}

// noSuchDate says the same by the sentence of that key.
func noSuchDate(words, impossible, far string) (locale.Text, bool) {
	bad, ok := when.Impossible(words)
	switch {
	case !ok:
		return locale.Text{}, false
	case when.TooFar(bad):
		return locale.T(far, "words", bad, "year", strconv.Itoa(when.LastYear)), true
	}
	return locale.T(impossible, "words", bad), true
}

// impossibleAmount finds words that name a sum beyond belief.
func impossibleAmount(words string) (string, bool) {
	found, ok := money.Find(words)
	if !ok || !found.TooLarge {
		return "", false
	}
	return words[found.Start:found.End], true
}
