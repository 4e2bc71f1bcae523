package usecase

import (
	"strconv"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
)

// audience is for whom facts are written: a standing towards the owner, and whether the owner shares its amounts.
type audience struct {
	standing  circle.Standing
	consented bool
}

// everyone is the audience of the circle's channel: partners, and outsiders while one has access. Each field is shown as the
// least of them sees it.
func (t *Turn) everyone(owner string) (audience, error) {
	consented, err := t.consented(owner)
	a := audience{circle.Partner, consented}
	if Outsiders(t.Circle, t.today()) {
		a.standing = circle.Outsider
	}
	return a, err
}

// audienceOf says what the person is to the owner of a proposal.
func (t *Turn) audienceOf(viewer circle.Person, owner string) (audience, error) {
	consented, err := t.consented(owner)
	return audience{circle.StandingOf(viewer, owner, t.today()), consented}, err
}

// sees says whether the audience sees the field at all.
func (a audience) sees(f circle.Field) bool {
	return circle.Show(a.standing, f, a.consented) != circle.Hidden
}

// fact is one field of a proposal, as an audience may see it.
type fact struct {
	field circle.Field
	value locale.Text
}

// known lists what the audience may see of a proposal. Fields that nobody filled are left out.
func (t *Turn) known(p proposal.Proposal, to audience) []fact {
	var out []fact
	add := func(f circle.Field, value locale.Text) {
		if to.sees(f) && !value.IsZero() {
			if guessed(p, f) {
				value = locale.T("books.guessed", "value", value)
			}
			out = append(out, fact{f, value})
		}
	}
	add(circle.Family, locale.T("value", "value", p.Family))
	add(circle.Object, said(p.Object))
	add(circle.Supplier, said(p.Supplier))
	add(circle.Date, dateSaid(p.Date(t.today())))
	add(circle.Notice, noticeSaid(p.Terms.Notice))
	add(circle.Renewal, renewalSaid(p.Terms))
	add(circle.Amount, amountSaid(p.Amount, circle.Show(to.standing, circle.Amount, to.consented)))
	return out
}

// facts are the labelled fields of a message about a proposal. Its title says the object already.
func (t *Turn) facts(p proposal.Proposal, to audience) []chat.Field[locale.Text] {
	return labelled(t.known(p, to))
}

func labelled(known []fact) []chat.Field[locale.Text] {
	var out []chat.Field[locale.Text]
	for _, f := range known {
		if f.field == circle.Object {
			continue
		}
		out = append(out, chat.Field[locale.Text]{Label: locale.T("field." + string(f.field)), Value: f.value})
	}
	return out
}

// understood says in one sentence what is known of a proposal, for its own organisation: the kind, then each fact.
func (t *Turn) understood(p proposal.Proposal) locale.Text {
	facts := []locale.Text{kindSaid(p.Kind)}
	for _, f := range t.known(p, audience{standing: circle.Own}) {
		if f.field == circle.Date {
			f.value = t.dated(p) // how far it is holds for an answer that is read now; a message that stands says the day alone
		}
		facts = append(facts, locale.T("fact."+string(f.field), "value", f.value))
	}
	return locale.T("propose.understood", "facts", facts)
}

// said is a datum that may be missing.
func said(words string) locale.Text {
	if words == "" {
		return locale.Text{}
	}
	return locale.Plain(words)
}

func dateSaid(day calendar.Day) locale.Text {
	if day.IsZero() {
		return locale.Text{}
	}
	return locale.T("value", "value", day)
}

// dated says the proposal's day, and how far it is.
func (t *Turn) dated(p proposal.Proposal) locale.Text {
	day := p.Date(t.today())
	if day.IsZero() {
		return locale.Text{}
	}
	return locale.T("date.distant", "date", day, "distance", distance(t.today().DaysUntil(day)))
}

// distance says how far a day is: "dans 181 jours", "aujourd'hui", "il y a 3 jours".
func distance(days int) locale.Text {
	switch {
	case days == 0:
		return locale.T("distance.today")
	case days < 0:
		return locale.T("distance.ago", "count", -days)
	}
	return locale.T("distance.ahead", "count", days)
}

func noticeSaid(n contract.Notice) locale.Text {
	if n.Sent {
		n.Sent = false
		return locale.T("notice.sent", "notice", noticeSaid(n))
	}
	switch {
	case n.Months > 0:
		return locale.T("notice.months", "count", n.Months)
	case n.Weeks > 0:
		return locale.T("notice.weeks", "count", n.Weeks)
	case n.Days > 0:
		return locale.T("notice.days", "count", n.Days)
	case n.Known:
		return locale.T("notice.nil")
	}
	return locale.Text{}
}

func renewalSaid(terms contract.Terms) locale.Text {
	switch {
	case terms.Renewal == "" && terms.MaxRenewals == nil:
		return locale.Text{}
	case terms.Renewal == "":
		return locale.T("renewal.times", "kind", locale.T("renewal.unsaid"), "count", *terms.MaxRenewals)
	}
	kind := locale.T("renewal." + string(terms.Renewal))
	switch {
	case terms.Renewal == contract.None || (terms.MaxRenewals == nil && terms.RenewalMonths == 0):
		return kind
	case terms.MaxRenewals == nil:
		return locale.T("renewal.length", "kind", kind, "count", terms.RenewalMonths)
	case terms.RenewalMonths == 0:
		return locale.T("renewal.times", "kind", kind, "count", *terms.MaxRenewals)
	}
	return locale.T("renewal.whole", "kind", kind, "count", *terms.MaxRenewals, "months", strconv.Itoa(terms.RenewalMonths))
}

func amountSaid(a money.Amount, view circle.View) locale.Text {
	switch {
	case a.IsZero() || view == circle.Hidden:
		return locale.Text{}
	case view == circle.Banded && a.Period == money.Total:
		return totalBand(money.BandOf(a))
	case view == circle.Banded:
		return locale.T("value", "value", money.BandOf(a))
	}
	return locale.T("value", "value", a)
}

// totalBand says the band of a sum for the whole of a contract: what it is a year is not known here.
func totalBand(b money.Band) locale.Text {
	from := money.Amount{Cents: b.From * 100, Period: money.Total}
	below := money.Amount{Cents: b.Below * 100, Period: money.Total}
	switch {
	case b.Below == 0:
		return locale.T("band-total.above", "from", from)
	case b.From == 0:
		return locale.T("band-total.below", "below", below)
	}
	return locale.T("band-total.between", "from", int(b.From), "below", below)
}

// name calls a proposal in a sentence: "C-1 (Téléphonie, Office A)" with what it is about.
func (t *Turn) name(p proposal.Proposal) locale.Text {
	return locale.T("proposal.name", "ref", string(p.Ref), "subject", subject(p), "organisation", t.organisation(p.Org))
}

// subject says what a proposal is about: its object in its author's words, else its family.
func subject(p proposal.Proposal) locale.Text {
	if p.Object != "" {
		return locale.Plain(p.Object)
	}
	return locale.T("value", "value", p.Family)
}

// lastDays says until when notice can be given and when to act, for the owner of a contract; nil where its dates are not known.
func (t *Turn) lastDays(p proposal.Proposal) []locale.Text {
	if p.Kind != proposal.Contract || p.Date(t.today()).IsZero() {
		return nil
	}
	at := t.office(p.Org).At(p.Standing(), t.today())
	if at.LastDay.IsZero() {
		return nil
	}
	switch {
	case at.Assumed.Notice:
		// Without a notice period the last day would read as the term itself, and that may be months too late.
		return []locale.Text{locale.T("contract.notice-unknown", "term", at.Term)}
	case at.LastDay.Before(t.today()):
		lines := []locale.Text{locale.T("contract.notice-passed", "day", at.LastDay, "next", nextTerm(at))}
		if !at.NextLastDay.IsZero() && at.NextLastDay.Before(t.today()) {
			lines = append(lines, locale.T("contract.notice-too-long"))
		}
		return lines
	}
	key := "contract.last-day"
	if at.ActBy != at.LastDay {
		key = "contract.act-before"
	}
	return []locale.Text{locale.T(key, "day", at.LastDay, "act", at.ActBy, "distance", distance(t.today().DaysUntil(at.ActBy)))}
}

func nextTerm(at contract.Situation) calendar.Day {
	if at.NextTerm.IsZero() {
		return at.Term
	}
	return at.NextTerm
}

// noticeUnknown says whether the last day to decide on a contract is known no better than its term, because nobody said the notice period.
func (t *Turn) noticeUnknown(p proposal.Proposal) bool {
	return t.office(p.Org).At(p.Standing(), t.today()).Assumed.Notice
}
