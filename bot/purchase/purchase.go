// Package purchase knows the rules of a joint purchase (achat mutualisé): who may join it and until when, through which states it
// goes, which procedure the summed need calls for and whether there is still time for it, on which common date the members'
// contracts cost least to bring together, what is collected from each of them and what it saved.
//
// Figures of the law (thresholds, minimum delays) are data with a date and a source in procedures.yaml, never code, and a circle can replace
// them. Whatever is said from them is information to be checked, and says so.
//
// It stops there: it stores nothing, sends nothing, reads no clock, and shows no amount by itself. Who sees which sum is decided above;
// each text that would hold one exists with the band in its place.
package purchase

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/proposal"
)

// Ref is a joint purchase's short reference in its circle: AC-3.
type Ref string

// NewRef makes the reference of the n-th purchase, counted from 1.
func NewRef(n int) Ref { return Ref("AC-" + strconv.Itoa(n)) }

var refPattern = regexp.MustCompile(`^ac[- ]?([0-9]{1,9})$`)

// ParseRef reads a reference as people type it: "AC-3", "ac3", "ac 3".
func ParseRef(s string) (Ref, error) {
	found := refPattern.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if found == nil {
		return "", fmt.Errorf("%q is not a reference like AC-3", s)
	}
	n, err := strconv.Atoi(found[1])
	if err != nil || n == 0 {
		return "", fmt.Errorf("%q is not a reference like AC-3", s)
	}
	return NewRef(n), nil
}

// Purchase is one joint purchase of the circle. It is a value: its methods return the purchase after the change, and leave the one before
// as it was.
type Purchase struct {
	Ref         Ref                    `json:"ref"`
	Family      family.Code            `json:"family"`
	Object      string                 `json:"object"`
	Coordinator Coordinator            `json:"coordinator,omitzero"`
	State       State                  `json:"state"`
	Lots        []Lot                  `json:"lots,omitempty"`
	Members     []Member               `json:"members,omitempty"` // in the order in which they joined
	Target      calendar.Day           `json:"target,omitzero"`   // the common date: first day of the joint contract
	Closing     calendar.Day           `json:"closing,omitzero"`  // last day of the collection of needs; nobody joins after it
	Months      int                    `json:"months,omitempty"`  // duration of the joint contract with its renewals; 0: the usual one
	Deadlines   map[State]calendar.Day `json:"deadlines,omitempty"`
	Savings     []Saving               `json:"savings,omitempty"`
	By          string                 `json:"by"` // handle of who opened it
	Opened      time.Time              `json:"opened"`
	Changed     time.Time              `json:"changed"`
	Version     int                    `json:"version"` // 1 at first, one more at each change; set by who stores it
}

// Coordinator is who carries the purchase for the others (L2113-7): an organisation, and one of its people.
type Coordinator struct {
	Org    string `json:"org,omitempty"`
	Person string `json:"person,omitempty"` // handle
}

// Lot is a part of the purchase that can be joined alone. Numbers count from 1 and are never used again.
type Lot struct {
	Number int    `json:"number"`
	Object string `json:"object"`
}

// Member is an organisation that takes part.
type Member struct {
	Org       string           `json:"org"`
	By        string           `json:"by"`                  // handle of who joined in its name
	Since     calendar.Day     `json:"since"`               // the day on which it joined
	Lots      []int            `json:"lots,omitempty"`      // the lots that it joins; none named: all of them
	Contracts []proposal.Ref   `json:"contracts,omitempty"` // what the purchase is to replace, or the need that it meets
	Answers   map[string]Value `json:"answers,omitempty"`   // to the collection of needs, by field
	Answered  calendar.Day     `json:"answered,omitzero"`   // last answer
	Consents  bool             `json:"consents,omitempty"`  // lets the others see its current cost
	Board     calendar.Day     `json:"board,omitzero"`      // on which its board decides to join
	Signed    calendar.Day     `json:"signed,omitzero"`     // the agreement
	SignedBy  string           `json:"signed_by,omitempty"` // handle of who said so
}

// Open makes the n-th purchase, an idea of the organisation that opens it, with what it holds or needs.
func Open(n int, opener Member, code family.Code, object string, at time.Time) Purchase {
	return Purchase{
		Ref: NewRef(n), Family: code, Object: object, State: Idea, Members: []Member{opener},
		By: opener.By, Opened: at, Changed: at, Version: 1,
	}
}

// Member returns the organisation's part in the purchase.
func (p Purchase) Member(org string) (Member, bool) {
	i := p.index(org)
	if i < 0 {
		return Member{}, false
	}
	return p.Members[i], true
}

func (p Purchase) index(org string) int {
	return slices.IndexFunc(p.Members, func(m Member) bool { return m.Org == org })
}

// Organisations lists the members' codes in the order in which they joined.
func (p Purchase) Organisations() []string {
	codes := make([]string, len(p.Members))
	for i, m := range p.Members {
		codes[i] = m.Org
	}
	return codes
}

// Buys says whether the member takes part in the lot.
func (m Member) Buys(lot int) bool { return len(m.Lots) == 0 || slices.Contains(m.Lots, lot) }

// Covers says whether the purchase is to replace that contract, or to meet that need, of the organisation: it was named when the
// organisation joined, or none was named and its family is the purchase's.
func (p Purchase) Covers(held proposal.Proposal) bool {
	m, ok := p.Member(held.Org)
	if !ok {
		return false
	}
	if len(m.Contracts) > 0 {
		return slices.Contains(m.Contracts, held.Ref)
	}
	return family.Related(p.Family, held.Family)
}

// withMember returns the purchase with one member changed; the members of the purchase before stay as they were.
func (p Purchase) withMember(i int, m Member) Purchase {
	p.Members = slices.Clone(p.Members)
	p.Members[i] = m
	return p
}
