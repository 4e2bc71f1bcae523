package usecase

import (
	"slices"
	"strings"

	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
	"sdcbot/bot/text"
)

// noOwner are the words that leave a place empty.
var noOwner = []string{"aucun", "aucune", "personne", "non", "none", "nobody", "no"}

// SetOwner names who answers for a contract of the person's organisation: reminders and answers go to them.
func SetOwner(t *Turn, ref proposal.Ref, words string) (Reply, error) {
	return t.setPlace(ref, words, "owner", func(b *proposal.Books, handle string) { b.Owner = handle })
}

// SetDeputy names who answers for a contract while its owner is away.
func SetDeputy(t *Turn, ref proposal.Ref, words string) (Reply, error) {
	return t.setPlace(ref, words, "deputy", func(b *proposal.Books, handle string) { b.Deputy = handle })
}

func (t *Turn) setPlace(ref proposal.Ref, words, place string, set func(*proposal.Books, string)) (Reply, error) {
	before, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	if before.Kind != proposal.Contract {
		return Reply{}, refuse("decide.not-a-contract", "ref", string(ref))
	}
	words = strings.TrimLeft(clean(words), "@ :")
	handle := ""
	if !slices.Contains(noOwner, text.Fold(words)) {
		var ok bool
		if handle, ok = t.colleague(words); !ok {
			return Reply{}, refuse("owner.unknown", "typed", words, "ref", string(ref), "people", t.colleagues())
		}
	}
	after := before
	set(&after.Books, handle)
	after.Books = settled(after.Books, []register.Field{register.Field(place)})
	if after.Books.Owner == before.Books.Owner && after.Books.Deputy == before.Books.Deputy {
		return say(locale.T("change.nothing", "ref", string(ref))), nil
	}
	if err := t.putProposal(&before, after); err != nil {
		return Reply{}, err
	}
	if handle == "" {
		return say(locale.T("place.none."+place, "ref", string(ref), "subject", subject(after))), nil
	}
	return say(locale.T("place.set."+place, "ref", string(ref), "subject", subject(after), "person", t.person(handle))), nil
}

// colleague finds somebody of the person's organisation who may decide on its contracts, by handle, address or name.
func (t *Turn) colleague(written string) (handle string, ok bool) {
	written = strings.TrimLeft(clean(written), "@ :")
	for _, p := range t.Circle.People {
		if !t.answers(p) {
			continue
		}
		for _, known := range []string{p.Handle, p.Email, p.Name} {
			if known != "" && text.Fold(known) == text.Fold(written) {
				return p.Handle, true
			}
		}
	}
	return "", false
}

func (t *Turn) colleagues() (handles []locale.Text) {
	for _, p := range t.Circle.People {
		if t.answers(p) {
			handles = append(handles, locale.Plain(p.Handle))
		}
	}
	return handles
}

func (t *Turn) answers(p circle.Person) bool {
	return p.Organisation == t.Who.Organisation && circle.May(p, circle.Answer, t.today())
}

// booked says to the contract's own organisation who answers for it.
func (t *Turn) booked(p proposal.Proposal) []locale.Text {
	if p.Kind != proposal.Contract {
		return nil
	}
	switch b := p.Books; {
	case b.Owner == "":
		return []locale.Text{locale.T("owner.missing", "ref", string(p.Ref))}
	case b.Deputy == "":
		return []locale.Text{locale.T("owner.line", "person", t.person(b.Owner))}
	default:
		return []locale.Text{locale.T("owner.line.both", "person", t.person(b.Owner), "deputy", t.person(b.Deputy))}
	}
}
