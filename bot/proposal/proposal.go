// Package proposal holds what organisations tell each other: a contract, a need or an offer, and the questions that are put to
// peers about it with their answers. Its rules say what an answer does to a question and when a silence is recalled. It knows
// no chat and sends nothing; the dates of a contract are the business of bot/contract.
package proposal

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
)

// Kind is what is proposed.
type Kind string

// The kinds.
const (
	Contract Kind = "contract"
	Need     Kind = "need"
	Offer    Kind = "offer"
)

// Kinds lists them in the order in which people read them.
var Kinds = []Kind{Contract, Need, Offer}

// letters begin the references, after the French words contrat, besoin, offre.
var letters = map[Kind]string{Contract: "C", Need: "B", Offer: "O"}

// Ref is a proposal's short reference in its circle: C-12, B-7, O-3.
type Ref string

// NewRef makes the reference of the n-th proposal of its kind, counted from 1.
func NewRef(k Kind, n int) Ref { return Ref(letters[k] + "-" + strconv.Itoa(n)) }

var refPattern = regexp.MustCompile(`^([cbo])[- ]?([0-9]{1,9})$`)

// ParseRef reads a reference as people type it: "C-12", "c12", "c 12".
func ParseRef(s string) (Ref, error) {
	found := refPattern.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if found == nil {
		return "", fmt.Errorf("%q is not a reference like C-12", s)
	}
	n, err := strconv.Atoi(found[2])
	if err != nil || n == 0 {
		return "", fmt.Errorf("%q is not a reference like C-12", s)
	}
	return Ref(strings.ToUpper(found[1]) + "-" + strconv.Itoa(n)), nil
}

// Kind returns the kind that the reference's letter stands for.
func (r Ref) Kind() Kind {
	for kind, letter := range letters {
		if strings.HasPrefix(string(r), letter+"-") {
			return kind
		}
	}
	return ""
}

// State is where a proposal stands.
type State string

// The states.
const (
	Draft     State = "draft" // read out of a message that said several things, and not confirmed yet; its own organisation alone knows of it
	Live      State = "live"
	Withdrawn State = "withdrawn" // taken back by its organisation, or undone by its author
)

// Proposal is one contract, need or offer of one organisation.
type Proposal struct {
	Ref      Ref
	Kind     Kind
	Org      string // code of the organisation that holds or wants it
	Author   string // handle of who recorded it
	Family   family.Code
	Object   string
	Supplier string
	Amount   money.Amount
	Wanted   calendar.Day   // of a need or an offer: the wanted date; zero: not said
	Terms    contract.Terms // of a contract
	Said     string         // the sentence as typed; it never leaves the organisation
	Decision contract.Decision
	Books    Books // of a contract
	State    State
	At       time.Time // recorded
	Changed  time.Time // last changed; the same as At at first
	Version  int       // 1 at first, one more at each change
}

// Date is the day that counts on the day on: the current term of a contract, the wanted date of a need or an offer. Zero: not known.
func (p Proposal) Date(on calendar.Day) calendar.Day {
	if p.Kind != Contract {
		return p.Wanted
	}
	if p.Terms.End.IsZero() && p.Terms.Start.IsZero() {
		return calendar.Day{}
	}
	return contract.At(p.Standing(), on).Term
}

// Standing is a contract's terms after its organisation's decision: notice given, or a new tender for that day, ends it at the term that
// was decided on.
func (p Proposal) Standing() contract.Terms {
	if k := p.Decision.Kind; k != contract.Terminate && k != contract.Retender {
		return p.Terms
	}
	return contract.Terms{End: p.Decision.Term, Renewal: contract.None, Notice: p.Terms.Notice}
}
