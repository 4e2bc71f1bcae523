package usecase

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Amend records an amendment that moves the term of a contract: "31/12/2028", "fin 31/12/2028". What was agreed before stays on its sheet.
func Amend(t *Turn, ref proposal.Ref, words string) (Reply, error) {
	before, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	if before.Kind != proposal.Contract {
		return Reply{}, refuse("decide.not-a-contract", "ref", string(ref))
	}
	probe := before
	probe.Terms.End = calendar.Day{}
	value, said := t.fieldsIn(clean(words))["date"]
	if !said {
		return Reply{}, refuse("amend.no-date", "ref", string(ref))
	}
	if fault := setDate(t, &probe, value); !fault.IsZero() {
		return Reply{}, Refusal{fault}
	}
	after := before
	terms, ok := contract.Amend(before.Terms, t.today(), probe.Terms.End)
	if !ok {
		return Reply{}, refuse("amend.impossible", "ref", string(ref), "day", probe.Terms.End)
	}
	after.Terms = terms
	reply, err := t.changed(before, after)
	if err != nil {
		return Reply{}, err
	}
	reply.Draft.Title = locale.T("amend.done", "ref", string(ref), "subject", subject(after), "from", before.Date(t.today()), "to", after.Date(t.today()))
	return reply, nil
}
