package usecase

import (
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/text"
)

// alikeDays is within how many days two contracts of one organisation may end and still be the same one, told twice.
const alikeDays = 45

// twin finds the contract of the same organisation that a new one seems to tell again: same family, no other supplier, ends about alike. Of a
// contract whose end or family is not known nothing can be said.
func (t *Turn) twin(p proposal.Proposal) (proposal.Proposal, bool, error) {
	if p.Kind != proposal.Contract || p.Family == "" || p.Date(t.today()).IsZero() {
		return proposal.Proposal{}, false, nil
	}
	live, err := t.related(p.Family)
	if err != nil {
		return proposal.Proposal{}, false, err
	}
	for _, other := range live {
		apart := p.Date(t.today()).DaysUntil(other.Date(t.today()))
		switch {
		case other.Ref == p.Ref, other.Org != p.Org, other.Kind != proposal.Contract, other.Date(t.today()).IsZero():
		case apart > alikeDays, apart < -alikeDays, !family.Related(p.Family, other.Family):
		case p.Supplier != "" && other.Supplier != "" && !sameName(p.Supplier, other.Supplier):
		case p.Supplier == "" && other.Supplier == "" && apart != 0:
		default:
			return other, true, nil
		}
	}
	return proposal.Proposal{}, false, nil
}

func sameName(a, b string) bool {
	a, b = text.Fold(a), text.Fold(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

// offerMerge asks whether a contract that was just recorded is one that stands already.
func (t *Turn) offerMerge(d *chat.Draft, p proposal.Proposal) error {
	other, ok, err := t.twin(p)
	if err != nil || !ok {
		return err
	}
	d.Lines = append(d.Lines, locale.T("duplicate.line", "ref", string(other.Ref), "subject", subject(other), "day", other.Date(t.today())))
	d.Buttons = append([]chat.Button[locale.Text]{
		{ID: "merge " + string(p.Ref) + " " + string(other.Ref), Label: locale.T("button.merge", "ref", string(other.Ref))},
	}, d.Buttons...)
	return nil
}

// Merge makes one contract of two of the person's organisation: the earlier reference stays, takes what only the later one said, and the later
// one is withdrawn. Undone, both stand as before.
func Merge(t *Turn, later, earlier proposal.Ref) (Reply, error) {
	from, err := t.own(later)
	if err != nil {
		return Reply{}, err
	}
	into, err := t.own(earlier)
	if err != nil {
		return Reply{}, err
	}
	if from.Kind != proposal.Contract || into.Kind != proposal.Contract || from.Ref == into.Ref {
		return Reply{}, refuse("decide.not-a-contract", "ref", string(later))
	}
	if _, err := t.withdrawn(from); err != nil {
		return Reply{}, err
	}
	after := completed(into, from)
	if same(into, after) {
		return say(locale.T("duplicate.merged", "ref", string(into.Ref), "gone", string(from.Ref))), nil
	}
	reply, err := t.changed(into, after)
	if err != nil {
		return Reply{}, err
	}
	reply.Draft.Lines = append([]locale.Text{locale.T("duplicate.merged", "ref", string(into.Ref), "gone", string(from.Ref))}, reply.Draft.Lines...)
	return reply, nil
}

// completed is a contract with what only the other says.
func completed(p, other proposal.Proposal) proposal.Proposal {
	if p.Object == "" {
		p.Object = other.Object
	}
	if p.Supplier == "" {
		p.Supplier = other.Supplier
	}
	if p.Amount.IsZero() {
		p.Amount = other.Amount
	}
	if p.Terms.Notice == (contract.Notice{}) {
		p.Terms.Notice = other.Terms.Notice
	}
	if p.Terms.Renewal == "" {
		p.Terms.Renewal, p.Terms.RenewalMonths, p.Terms.MaxRenewals = other.Terms.Renewal, other.Terms.RenewalMonths, other.Terms.MaxRenewals
	}
	return p
}
