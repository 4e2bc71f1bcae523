package usecase

import (
	"slices"

	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// told are the fields by which a contract is complete: what a decision in time, a match and a sum of needs are made of.
var told = []struct {
	field circle.Field
	known func(p proposal.Proposal) bool
}{
	{circle.Family, func(p proposal.Proposal) bool { return p.Family != "" }},
	{circle.Object, func(p proposal.Proposal) bool { return p.Object != "" }},
	{circle.Supplier, func(p proposal.Proposal) bool { return p.Supplier != "" }},
	{circle.Date, func(p proposal.Proposal) bool { return !p.Terms.End.IsZero() || !p.Terms.Start.IsZero() }},
	{circle.Notice, func(p proposal.Proposal) bool { return p.Terms.Notice.Known }},
	{circle.Renewal, func(p proposal.Proposal) bool { return p.Terms.Renewal != "" }},
	{"owner", func(p proposal.Proposal) bool { return p.Books.Owner != "" }},
	{circle.Amount, func(p proposal.Proposal) bool { return !p.Amount.IsZero() }},
}

// gaps are the fields that a contract does not tell.
func gaps(p proposal.Proposal) (fields []locale.Text) {
	for _, f := range told {
		if !f.known(p) {
			fields = append(fields, locale.T("field."+string(f.field)))
		}
	}
	return fields
}

// mostGaps is how many incomplete contracts one answer names.
const mostGaps = 5

// completeness says how much the person's organisation has told of its own contracts, in percent of the fields, and where most is missing. Nobody else
// reads it.
func (t *Turn) completeness(live []proposal.Proposal) []locale.Text {
	mine := slices.DeleteFunc(slices.Clone(live), func(p proposal.Proposal) bool { return p.Kind != proposal.Contract || p.Org != t.Who.Organisation })
	if len(mine) == 0 || !circle.May(t.Who, circle.Propose, t.today()) {
		return nil
	}
	missing := 0
	for _, p := range mine {
		missing += len(gaps(p))
	}
	if missing == 0 {
		return nil
	}
	slices.SortStableFunc(mine, func(p, q proposal.Proposal) int { return len(gaps(q)) - len(gaps(p)) })
	all := len(mine) * len(told)
	lines := []locale.Text{locale.T("me.completeness", "count", len(mine), "percent", (all-missing)*100/all)}
	for _, p := range mine[:min(len(mine), mostGaps)] {
		if fields := gaps(p); len(fields) > 0 {
			lines = append(lines, locale.T("me.completeness.line", "ref", string(p.Ref), "subject", subject(p), "fields", fields))
		}
	}
	return lines
}
