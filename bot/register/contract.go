package register

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
	"sdcbot/bot/proposal"
)

// Contract is a contract as the register holds it: what a proposal says, and what only its own organisation knows.
type Contract struct {
	Ref      proposal.Ref // zero: not recorded yet
	Number   string       // in the organisation's own books
	Keys     []string     // under which tables know it; see keys.go
	Family   family.Code
	Supplier string
	Object   string
	Terms    contract.Terms
	Amount   money.Amount
	Owner    string // handle
	Deputy   string // handle
	Note     string
	Guessed  Set // fields that were guessed and that nobody has confirmed since
}

// Of returns what a proposal says, as the register holds it. What a proposal does not hold is left to the caller: Number, Keys, Owner, Deputy,
// Note, Guessed.
func Of(p proposal.Proposal) Contract {
	return Contract{Ref: p.Ref, Family: p.Family, Supplier: p.Supplier, Object: p.Object, Terms: p.Terms, Amount: p.Amount}
}

// Onto returns p with what c says written over it. It is the other half of Of.
func (c Contract) Onto(p proposal.Proposal) proposal.Proposal {
	p.Kind, p.Family, p.Supplier, p.Object, p.Terms, p.Amount = proposal.Contract, c.Family, c.Supplier, c.Object, c.Terms, c.Amount
	return p
}

// firmEnd is the last day of the firm period, given or counted; zero when the terms do not say.
func firmEnd(t contract.Terms) calendar.Day {
	if !t.End.IsZero() {
		return t.End
	}
	return counted(t)
}

// counted is the last day of the firm period as the start and the length say, whatever end was given.
func counted(t contract.Terms) calendar.Day {
	if t.Start.IsZero() || t.Months == 0 && !t.Complete {
		return calendar.Day{}
	}
	firm := contract.Terms{Start: t.Start, Months: t.Months, Renewal: contract.None, Complete: true}
	return contract.At(firm, t.Start).Term
}

// plain returns terms without an end that the start and the length say already: both are one agreement, written twice.
func plain(t contract.Terms) contract.Terms {
	if !t.End.IsZero() && t.End == counted(t) {
		t.End = calendar.Day{}
	}
	return t
}
