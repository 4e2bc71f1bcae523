package usecase

import (
	"cmp"
	"slices"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/text"
)

// Show says all that the person may see of one proposal, and offers what they may do with it.
func Show(t *Turn, ref proposal.Ref) (Reply, error) {
	p, err := t.proposal(ref)
	if err != nil {
		return Reply{}, err
	}
	to, err := t.audienceOf(t.Who, p.Org)
	if err != nil {
		return Reply{}, err
	}
	d := chat.Draft{
		Title:  t.cardTitle(p),
		Fields: t.facts(p, to),
		Footer: locale.T("show.recorded", "person", t.person(p.Author), "day", t.Circle.Today(p.At)),
	}
	if p.State == proposal.Draft {
		d.Title, d.Buttons = locale.T("several.draft", "title", d.Title), []chat.Button[locale.Text]{confirmButton(p)}
		return Reply{Draft: &d}, nil
	}
	if p.State != proposal.Live {
		d.Title, d.Tone = locale.T("card.withdrawn", "title", d.Title), chat.Muted
		return Reply{Draft: &d}, nil
	}
	d.Lines = t.lastDays(p)
	if to.sees(circle.Decision) && p.Decision.Kind != "" {
		d.Lines = append(d.Lines, locale.T("remind.decided", "decision", decisionSaid(p.Decision.Kind), "person", t.person(p.Decision.By), "term", p.Decision.Term))
	}
	if to.standing == circle.Own {
		early, err := t.leadLine(p)
		if err != nil {
			return Reply{}, err
		}
		d.Lines = append(append(d.Lines, early...), t.booked(p)...)
		d.Fields = append(d.Fields, t.inBooks(p)...)
	}
	if to.sees(circle.Said) && p.Said != "" {
		d.Lines = append(d.Lines, locale.T("show.said", "words", p.Said))
	}
	asks, err := t.Tx.Asks().Of(ref)
	if err != nil {
		return Reply{}, err
	}
	given := proposal.Silent
	for _, a := range asks {
		if a.Org == t.Who.Organisation {
			given = a.Answer
		}
		if line := t.standing(a); !line.IsZero() {
			d.Lines = append(d.Lines, line)
		}
		if to.sees(circle.Note) || circle.StandingOf(t.Who, a.Org, t.today()) == circle.Own {
			d.Lines = append(d.Lines, commented(a)...)
		}
	}
	switch {
	case to.standing == circle.Own && circle.May(t.Who, circle.Propose, t.today()):
		d.Buttons = t.ownButtons(p)
	case to.standing == circle.Partner && circle.May(t.Who, circle.Answer, t.today()):
		d.Buttons = answerButtons(p.Ref, given)
	}
	return Reply{Draft: &d}, nil
}

// ownButtons are what an organisation may do with its own proposal.
func (t *Turn) ownButtons(p proposal.Proposal) []chat.Button[locale.Text] {
	out := []chat.Button[locale.Text]{{ID: "fix " + string(p.Ref), Label: locale.T("button.fix")}}
	if len(missing(p)) > 0 {
		out = append([]chat.Button[locale.Text]{{ID: "fill " + string(p.Ref), Label: locale.T("button.fill"), Tone: chat.Good}}, out...)
	}
	if len(p.Books.Guessed) > 0 {
		out = append(out, chat.Button[locale.Text]{ID: "sure " + string(p.Ref), Label: locale.T("button.sure")})
	}
	if p.Kind == proposal.Contract && len(t.office(p.Org).Reminders(p.Terms, t.today())) > 0 {
		out = append(out, decisionButtons(p)...)
	}
	return out
}

// Calculation says how the dates of a contract come about, line by line.
func Calculation(t *Turn, ref proposal.Ref) (Reply, error) {
	p, err := t.proposal(ref)
	if err != nil {
		return Reply{}, err
	}
	if p.Kind != proposal.Contract {
		return Reply{}, refuse("decide.not-a-contract", "ref", string(ref))
	}
	if p.Date(t.today()).IsZero() {
		return Reply{}, refuse("show.no-date", "ref", string(ref))
	}
	return Reply{Draft: &chat.Draft{
		Title: locale.T("show.calculation", "ref", string(ref), "subject", subject(p)),
		Lines: t.office(p.Org).Explain(p.Terms, t.today()),
	}}, nil
}

// List lists the live proposals of a kind, those that fall due first at the head; filter is a family or an organisation, or empty.
func List(t *Turn, kind proposal.Kind, filter string) (Reply, error) {
	live, err := t.live()
	if err != nil {
		return Reply{}, err
	}
	keep, ok := t.filter(clean(filter))
	if !ok && !slices.ContainsFunc(live, keep) {
		return Reply{}, refuse("list.unknown-filter", "filter", filter)
	}
	live = slices.DeleteFunc(live, func(p proposal.Proposal) bool { return p.Kind != kind || !keep(p) })
	switch {
	case len(live) == 0 && filter != "":
		return say(locale.T("list.none-such."+string(kind), "filter", clean(filter))), nil
	case len(live) == 0:
		return say(locale.T("list.none." + string(kind))), nil
	}
	slices.SortStableFunc(live, func(p, q proposal.Proposal) int { return t.byDate(p, q) })
	d := chat.Draft{Title: locale.T("list.title."+string(kind), "count", len(live))}
	for _, p := range live[:min(len(live), listed)] {
		line, err := t.line(p)
		if err != nil {
			return Reply{}, err
		}
		d.Lines = append(d.Lines, line)
	}
	if more := len(live) - listed; more > 0 {
		d.Footer = locale.T("list.more", "count", more, "example", locale.T("list.narrow."+string(kind)))
	} else {
		d.Footer = locale.T("list.footer."+string(kind), "ref", string(live[0].Ref))
	}
	return Reply{Draft: &d}, nil
}

// byDate puts what falls due first at the head, what is past or undated at the end.
func (t *Turn) byDate(p, q proposal.Proposal) int {
	late := func(p proposal.Proposal) int {
		switch day := p.Date(t.today()); {
		case day.IsZero():
			return 2
		case day.Before(t.today()):
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(late(p), late(q)), p.Date(t.today()).Compare(q.Date(t.today())))
}

// filter reads the words behind a list: an organisation's code or name, or a family. Other words (ok false) keep what names them as its
// supplier or its object.
func (t *Turn) filter(words string) (keep func(proposal.Proposal) bool, ok bool) {
	if words == "" {
		return func(proposal.Proposal) bool { return true }, true
	}
	if o, found := t.Circle.OrganisationNamed(words); found {
		return func(p proposal.Proposal) bool { return p.Org == o.Code }, true
	}
	code, ok := t.familyNamed(words)
	if !ok {
		words = text.Fold(words)
		return func(p proposal.Proposal) bool { return strings.Contains(text.Fold(p.Supplier+" "+p.Object), words) }, false
	}
	return func(p proposal.Proposal) bool { return p.Family == code || family.Related(p.Family, code) }, true
}

// line says a proposal in one line of a list, as the person may see it.
func (t *Turn) line(p proposal.Proposal) (locale.Text, error) {
	to, err := t.audienceOf(t.Who, p.Org)
	if err != nil {
		return locale.Text{}, err
	}
	parts := []any{"ref", string(p.Ref), "organisation", t.organisation(p.Org), "subject", subject(p)}
	key := "list.line"
	if day := p.Date(t.today()); !day.IsZero() {
		key = "list.line.dated"
		parts = append(parts, "date", day)
	}
	line := locale.T(key, parts...)
	if p.Supplier != "" && to.sees(circle.Supplier) && !strings.Contains(text.Fold(p.Object), text.Fold(p.Supplier)) {
		line = locale.T("list.with", "line", line, "detail", p.Supplier)
	}
	if amount := amountSaid(p.Amount, circle.Show(to.standing, circle.Amount, to.consented)); !amount.IsZero() {
		line = locale.T("list.with", "line", line, "detail", amount)
	}
	return line, nil
}

// Organisations says who belongs to the circle, and who speaks for whom today.
func Organisations(t *Turn) (Reply, error) {
	away, err := t.awayOn(t.today())
	if err != nil {
		return Reply{}, err
	}
	d := chat.Draft{Title: locale.T("organisations.title", "circle", t.Circle.Name, "count", len(t.Circle.Organisations))}
	for _, o := range t.Circle.Organisations {
		var people []locale.Text
		for _, p := range t.Circle.People {
			if p.Organisation != o.Code || !circle.May(p, circle.Read, t.today()) {
				continue
			}
			person := locale.T("organisations.person", "person", t.person(p.Handle), "roles", rolesSaid(p))
			if away(p.Handle) {
				person = locale.T("organisations.away", "person", person)
			}
			people = append(people, person)
		}
		value := locale.T("organisations.nobody")
		if len(people) > 0 {
			value = locale.T("value", "value", people)
		}
		label := locale.T("organisations.name", "code", o.Code, "name", o.Name)
		if o.HousingUnits > 0 {
			label = locale.T("organisations.size", "code", o.Code, "name", o.Name, "count", o.HousingUnits)
		}
		d.Fields = append(d.Fields, chat.Field[locale.Text]{Label: label, Value: value})
	}
	return Reply{Draft: &d}, nil
}

func rolesSaid(p circle.Person) (roles []locale.Text) {
	for _, r := range p.Roles {
		roles = append(roles, locale.T("role."+string(r)))
	}
	return roles
}

// soonest orders days with "no day" last.
func soonest(a, b calendar.Day) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}
