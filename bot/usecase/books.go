package usecase

import (
	"fmt"
	"slices"
	"strconv"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
)

// parts are the fields of a contract that tables and people both set, each as one text; nobody said those that are missing.
func parts(p proposal.Proposal) map[register.Field]string {
	out := map[register.Field]string{}
	put := func(f register.Field, said bool, value string) {
		if said {
			out[f] = value
		}
	}
	terms := p.Terms
	put(register.Family, p.Family != "", string(p.Family))
	put(register.Supplier, p.Supplier != "", p.Supplier)
	put(register.Object, p.Object != "", p.Object)
	put(register.Start, !terms.Start.IsZero(), terms.Start.String())
	put(register.Months, terms.Months > 0, strconv.Itoa(terms.Months))
	put(register.Date, !terms.End.IsZero(), terms.End.String())
	put(register.Renewal, terms.Renewal != "", string(terms.Renewal))
	put(register.RenewalMonths, terms.RenewalMonths > 0, strconv.Itoa(terms.RenewalMonths))
	if terms.MaxRenewals != nil {
		put(register.MaxRenewals, true, strconv.Itoa(*terms.MaxRenewals))
	}
	put(register.Notice, terms.Notice.Known, fmt.Sprint(terms.Notice))
	put(register.Amount, !p.Amount.IsZero(), fmt.Sprint(p.Amount))
	return out
}

// corrected returns p with what a person has just said instead of before marked as theirs: no import overwrites it, and it is guessed no more.
func corrected(before, p proposal.Proposal) proposal.Proposal {
	if p.Kind != proposal.Contract {
		p.Books = proposal.Books{}
		return p
	}
	was, is := parts(before), parts(p)
	var said []register.Field
	for _, f := range register.Fields {
		if was[f] != is[f] {
			said = append(said, f)
		}
	}
	p.Books = settled(p.Books, said)
	return p
}

// settled returns books in which a person has said those fields.
func settled(b proposal.Books, said []register.Field) proposal.Books {
	b.Corrected = names(set(b.Corrected).With(said...))
	b.Guessed = names(set(b.Guessed).Without(said...))
	return b
}

// confirmed returns p with the field of a form that its reader left as it was: what was guessed of it is theirs now.
func confirmed(p proposal.Proposal, key string) proposal.Proposal {
	var said []register.Field
	for _, f := range partsOf(register.Field(key)) {
		if set(p.Books.Guessed).Has(f) {
			said = append(said, f)
		}
	}
	if len(said) > 0 {
		p.Books = settled(p.Books, said)
	}
	return p
}

// partsOf are the fields of a table that one field of a form stands for.
func partsOf(f register.Field) []register.Field {
	switch f {
	case register.Date:
		return []register.Field{register.Date, register.Start, register.Months}
	case register.Renewal:
		return []register.Field{register.Renewal, register.RenewalMonths, register.MaxRenewals}
	case register.Amount:
		return []register.Field{register.Amount, register.AmountPeriod}
	}
	return []register.Field{f}
}

// guessed says whether what is shown of a field was guessed by an import and confirmed by nobody.
func guessed(p proposal.Proposal, f circle.Field) bool {
	return slices.ContainsFunc(partsOf(register.Field(f)), set(p.Books.Guessed).Has)
}

// ConfirmGuesses takes all that an import guessed of a contract as right, by a person's word.
func ConfirmGuesses(t *Turn, ref proposal.Ref) (Reply, error) {
	before, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	if len(before.Books.Guessed) == 0 {
		return say(locale.T("books.nothing-guessed", "ref", string(ref))), nil
	}
	var said []register.Field
	for _, f := range before.Books.Guessed {
		said = append(said, register.Field(f))
	}
	p := before
	p.Books = settled(p.Books, said)
	if err := t.putProposal(&before, p); err != nil {
		return Reply{}, fault("confirm what was guessed", err)
	}
	p.Version++
	if err := t.refresh(p); err != nil {
		return Reply{}, err
	}
	return say(locale.T("books.confirmed", "ref", string(ref), "subject", subject(p), "fields", fieldLabels(before.Books.Guessed))), nil
}

func fieldLabels(fields []string) (out []locale.Text) {
	for _, f := range fields {
		out = append(out, register.Field(f).Label())
	}
	return out
}

func set(fields []string) register.Set {
	out := make(register.Set, len(fields))
	for i, f := range fields {
		out[i] = register.Field(f)
	}
	return out
}

func names(fields register.Set) []string {
	if len(fields) == 0 {
		return nil
	}
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = string(f)
	}
	return out
}

// entryOf is a contract as the register holds it, with what its organisation's books say.
func entryOf(p proposal.Proposal) register.Contract {
	c := register.Of(p)
	b := p.Books
	c.Number, c.Keys, c.Owner, c.Deputy, c.Note, c.Guessed = b.Number, b.Keys, b.Owner, b.Deputy, b.Note, set(b.Guessed)
	return c
}

// recordOf writes a contract of the register over a proposal. What a person corrected stays marked.
func recordOf(c register.Contract, p proposal.Proposal) proposal.Proposal {
	p = c.Onto(p)
	p.Books = proposal.Books{
		Number: c.Number, Keys: c.Keys, Owner: c.Owner, Deputy: c.Deputy, Note: c.Note, Guessed: names(c.Guessed), Corrected: p.Books.Corrected,
	}
	return p
}

// inBooks are the fields that an organisation alone reads of its contract.
func (t *Turn) inBooks(p proposal.Proposal) (out []chat.Field[locale.Text]) {
	for _, f := range []struct {
		field register.Field
		value string
	}{
		{register.Number, p.Books.Number}, {register.Note, p.Books.Note},
	} {
		if f.value != "" {
			out = append(out, chat.Field[locale.Text]{Label: f.field.Label(), Value: locale.Plain(f.value)})
		}
	}
	return out
}
