package usecase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Propose records what a sentence says, posts its card, asks the peers whom it concerns, and says back what was understood.
func Propose(t *Turn, sentence string) (Reply, error) {
	sentence = clean(sentence)
	if sentence == "" {
		return Reply{}, refuse("propose.empty")
	}
	if n := utf8.RuneCountInString(sentence); n > longestStatement {
		return Reply{}, refuse("propose.too-long", "count", n, "limit", longestStatement)
	}
	s := t.reader().Read(sentence, t.today())
	if s.Kind == intake.Nothing {
		return t.whichKind(sentence), nil
	}
	return t.record(s, sentence)
}

// ProposeAs records a sentence as the kind that its author chose, whatever it seemed to be.
func ProposeAs(t *Turn, kind proposal.Kind, sentence string) (Reply, error) {
	sentence = clean(sentence)
	if sentence == "" {
		return Reply{}, refuse("propose.empty")
	}
	s := t.reader().Read(sentence, t.today())
	s.Also = nil
	s.Kind = intake.Kind(kind)
	return t.record(s, sentence)
}

// SaysSomething tells whether a sentence said without a verb is a proposal.
func SaysSomething(t *Turn, sentence string) bool {
	sentence = clean(sentence)
	if sentence == "" {
		return false
	}
	if utf8.RuneCountInString(sentence) > longestStatement {
		return true // so that its author is told that it is too long
	}
	return t.reader().Read(sentence, t.today()).Kind != intake.Nothing
}

// NamesOnly tells whether a sentence names something and tells nothing of it: no day, sum, notice or renewal.
func NamesOnly(t *Turn, sentence string) bool {
	s := t.reader().Read(clean(sentence), t.today())
	return utf8.RuneCountInString(sentence) <= longestName && s.Date.IsZero() && s.Start.IsZero() && s.Amount.IsZero() && !s.Notice.Known && s.Renewal == ""
}

// clean takes control characters and outer space off what somebody typed.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r) && r != '\u200d':
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// whichKind asks what a sentence is, where the words do not tell.
func (t *Turn) whichKind(sentence string) Reply {
	d := chat.Draft{
		Title:  locale.T("propose.which.title"),
		Lines:  []locale.Text{locale.T("propose.which.line")},
		Footer: locale.T("propose.which.footer"),
	}
	if len(sentence) <= longestButton {
		for _, kind := range proposal.Kinds {
			d.Buttons = append(d.Buttons, chat.Button[locale.Text]{ID: "as " + string(kind) + " " + sentence, Label: locale.T("kind." + string(kind))})
		}
	}
	return Reply{Draft: &d}
}

// record writes a new proposal and does all that follows from it.
func (t *Turn) record(s intake.Statement, sentence string) (Reply, error) {
	if len(s.Also) > 0 {
		return t.several(append([]intake.Statement{s}, s.Also...), sentence)
	}
	p, err := t.newProposal(s, sentence, proposal.Live)
	if err != nil {
		return Reply{}, err
	}
	found, err := t.announce(p)
	if err != nil {
		return Reply{}, err
	}
	d := t.recorded(p, found, sentence)
	if line, button, ok := closeFamilies(p, s); ok {
		d.Lines = append(d.Lines, line)
		d.Buttons = append([]chat.Button[locale.Text]{button}, d.Buttons...)
	}
	return Reply{Draft: &d}, t.offerMerge(&d, p)
}

// nearlyAs is how much of the best family's share the second must have to be asked about.
const nearlyAs = 0.7

// closeFamilies asks which of two families is meant where the words speak for both nearly alike; the likelier one counts meanwhile.
func closeFamilies(p proposal.Proposal, s intake.Statement) (locale.Text, chat.Button[locale.Text], bool) {
	if len(s.Families) < 2 || s.Families[1].Score < nearlyAs*s.Families[0].Score || family.Related(s.Families[0].Code, s.Families[1].Code) {
		return locale.Text{}, chat.Button[locale.Text]{}, false
	}
	second := s.Families[1].Code
	return locale.T("doubt.family", "first", s.Families[0].Code, "second", second),
		chat.Button[locale.Text]{ID: "rather " + string(p.Ref) + " " + string(second), Label: locale.T("button.rather", "family", second)}, true
}

// newProposal gives a statement its reference and writes it.
func (t *Turn) newProposal(s intake.Statement, sentence string, state proposal.State) (proposal.Proposal, error) {
	kind := proposal.Kind(s.Kind)
	n, err := t.Tx.Proposals().Next(kind)
	if err != nil {
		return proposal.Proposal{}, fault("number a proposal", err)
	}
	p := proposal.Proposal{
		Ref: proposal.NewRef(kind, n), Kind: kind, Org: t.Who.Organisation, Author: t.Who.Handle,
		Object: withoutSums(s.Object), Supplier: withoutSums(s.Supplier), Amount: s.Amount, Said: sentence, State: state, At: t.Now,
	}
	if len(s.Families) > 0 {
		p.Family = s.Families[0].Code
	}
	if kind == proposal.Contract {
		p.Books.Owner = p.Author // until another is named
		p.Terms = contract.Terms{
			End: s.Date, Renewal: s.Renewal, RenewalMonths: s.RenewalMonths, MaxRenewals: s.MaxRenewals, Notice: s.Notice,
		}
		p = corrected(proposal.Proposal{Family: p.Family}, p) // the family was read out of the words, not said
	} else {
		p.Wanted = s.Date
	}
	if err := t.putProposal(nil, p); err != nil {
		return proposal.Proposal{}, fault("write a proposal", err)
	}
	p.Version++
	return p, nil
}

// announce asks the peers whom a new proposal concerns and posts its card.
func (t *Turn) announce(p proposal.Proposal) (approached, error) {
	found, err := t.approach(p)
	if err != nil {
		return found, fault("approach peers", err)
	}
	if found.alarms, err = t.incoherent(p); err != nil {
		return found, err
	}
	card, err := t.card(p)
	if err != nil {
		return found, err
	}
	return found, t.post(cardSubject(p.Ref), cardSubject(p.Ref), card)
}

// recorded says back what was understood of a new proposal, what is missing, and who was asked.
func (t *Turn) recorded(p proposal.Proposal, found approached, sentence string) chat.Draft {
	d := chat.Draft{
		Title:   locale.T("propose.recorded", "ref", string(p.Ref), "kind", kindSaid(p.Kind), "subject", subject(p)),
		Tone:    chat.Good,
		Lines:   []locale.Text{t.understood(p)},
		Footer:  locale.T("propose.footer"),
		Buttons: t.correctionButtons(p),
	}
	d.Lines = append(d.Lines, t.doubts(p, sentence)...)
	d.Lines = append(d.Lines, t.lastDays(p)...)
	d.Lines = append(d.Lines, found.said(t)...)
	day := p.Date(t.today())
	past := !day.IsZero() && day.Before(t.today())
	if len(found.near) == 0 && !past { // of a past day it was said that nobody is asked
		d.Lines = append(d.Lines, locale.T("propose.nobody-near", "channel", t.Circle.Channel))
	}
	if missing := missing(p); len(missing) > 0 {
		d.Lines = append(d.Lines, locale.T("propose.missing", "fields", missing))
	}
	return d
}

func (t *Turn) correctionButtons(p proposal.Proposal) []chat.Button[locale.Text] {
	var out []chat.Button[locale.Text]
	if len(missing(p)) > 0 {
		out = append(out, chat.Button[locale.Text]{ID: "fill " + string(p.Ref), Label: locale.T("button.fill"), Tone: chat.Good})
	}
	return append(out,
		chat.Button[locale.Text]{ID: "fix " + string(p.Ref), Label: locale.T("button.fix")},
		chat.Button[locale.Text]{ID: "undo " + t.Act, Label: locale.T("button.undo"), Tone: chat.Danger},
	)
}

// missing names the fields that matter and were not said. All may stay open.
func missing(p proposal.Proposal) []locale.Text {
	var out []locale.Text
	for _, key := range openFields(p) {
		out = append(out, locale.T("field."+key))
	}
	return out
}

// openFields are the keys of the form "Compléter": what matters of that kind and is not known.
func openFields(p proposal.Proposal) []string {
	var keys []string
	add := func(open bool, field circle.Field) {
		if open {
			keys = append(keys, string(field))
		}
	}
	add(p.Family == "", circle.Family)
	add(p.Object == "", circle.Object)
	add(p.Kind != proposal.Offer && p.Kind == proposal.Contract && p.Terms.End.IsZero() && p.Terms.Start.IsZero(), circle.Date)
	add(p.Kind == proposal.Need && p.Wanted.IsZero(), circle.Date)
	if p.Kind == proposal.Contract {
		add(p.Terms.Notice == (contract.Notice{}), circle.Notice)
		add(p.Terms.Renewal == "", circle.Renewal)
		if p.Terms.Renewal == "" || p.Terms.Renewal != contract.None && p.Terms.MaxRenewals == nil {
			keys = append(keys, "max_renewals")
		}
		add(p.Supplier == "", circle.Supplier)
	}
	add(p.Kind != proposal.Offer && p.Amount.IsZero(), circle.Amount)
	return keys
}

// doubts says what in the sentence could not be taken as it stands, each with what to do.
func (t *Turn) doubts(p proposal.Proposal, sentence string) []locale.Text {
	var out []locale.Text
	if doubt, bad := noSuchDate(sentence, "doubt.impossible-date", "doubt.far-date"); bad {
		out = append(out, doubt)
	}
	if words, ok := impossibleAmount(sentence); ok {
		out = append(out, locale.T("doubt.impossible-amount", "words", words))
	}
	if day := p.Date(t.today()); !day.IsZero() && day.Before(t.today()) {
		out = append(out, locale.T("doubt.past-date", "day", day))
	} else if end := p.Terms.End; !end.IsZero() && end.Before(t.today()) {
		out = append(out, locale.T("doubt.renewed-since", "day", end, "term", day))
	}
	return out
}
