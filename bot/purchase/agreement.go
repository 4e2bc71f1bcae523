package purchase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// Unsigned lists the members of whom no signature of the agreement is known. The agreement is signed by all before the tender is published
// (L2113-7): while one is missing, nothing is launched.
func (p Purchase) Unsigned() []string {
	var codes []string
	for _, m := range p.Members {
		if m.Signed.IsZero() {
			codes = append(codes, m.Org)
		}
	}
	return codes
}

// Sign records the day on which a member signed the agreement, and who says so: a member itself, or the coordinator who holds the paper.
func (p Purchase) Sign(org, by string, day, on calendar.Day) (Purchase, error) {
	return p.agreed(org, day, on, func(m *Member) { m.Signed, m.SignedBy = day, by })
}

// Deliberate records the day on which a member's board decides, or has decided, that it joins: without it nobody may sign for the organisation.
func (p Purchase) Deliberate(org string, day calendar.Day) (Purchase, error) {
	return p.agreed(org, calendar.Day{}, calendar.Day{}, func(m *Member) { m.Board = day })
}

func (p Purchase) agreed(org string, day, on calendar.Day, change func(*Member)) (Purchase, error) {
	i := p.index(org)
	switch {
	case i < 0:
		return p, refuse("purchase.refuse.not-member")
	case p.State == Dropped || p.State.rank() < Agreement.rank() && !day.IsZero():
		return p, refuse("purchase.refuse.no-agreement-yet", "state", p.State.Text())
	case day.After(on):
		return p, refuse("purchase.refuse.signature-to-come", "day", day)
	}
	m := p.Members[i]
	change(&m)
	return p.withMember(i, m), nil
}

// AgreementText says how far a member is with the agreement: what its board decided when, and since when it is signed. on tells a meeting that is to come
// from one that has been.
func (m Member) AgreementText(on calendar.Day) locale.Text {
	var parts []locale.Text
	switch {
	case m.Board.IsZero():
		parts = append(parts, locale.T("purchase.agreement.no-board"))
	case m.Board.After(on):
		parts = append(parts, locale.T("purchase.agreement.board-to-come", "day", m.Board))
	default:
		parts = append(parts, locale.T("purchase.agreement.board", "day", m.Board))
	}
	if m.Signed.IsZero() {
		parts = append(parts, locale.T("purchase.agreement.unsigned"))
	} else {
		parts = append(parts, locale.T("purchase.agreement.signed", "day", m.Signed))
	}
	return along(parts)
}
