package circle

import "sdcbot/bot/calendar"

// Field is a part of what an organisation has recorded.
type Field string

// The fields of a contract, a need or an offer that somebody may or may not see.
const (
	Kind     Field = "kind"
	Family   Field = "family"
	Supplier Field = "supplier"
	Object   Field = "object"
	Date     Field = "date"
	Notice   Field = "notice"
	Renewal  Field = "renewal"
	Author   Field = "author"
	Amount   Field = "amount"
	Said     Field = "said"     // the sentence as it was typed: it may hold an amount or a name
	Note     Field = "note"     // reasons given inside the organisation
	Decision Field = "decision" // what the organisation decided on its contract's term
)

// Fields lists them all.
var Fields = []Field{Kind, Family, Supplier, Object, Date, Notice, Renewal, Author, Amount, Said, Note, Decision}

// View is how much of a field somebody sees.
type View int

// The views.
const (
	Hidden View = iota
	Banded      // an amount as a band
	Plainly
)

// Standing is what a viewer is to the organisation that owns a fact.
type Standing int

// The standings.
const (
	Stranger Standing = iota // not of the circle, or whose access has ended
	Outsider                 // adviser or reader from outside
	Partner                  // of another organisation of the circle
	Own                      // of the same organisation
)

// views is the one table of who sees what of what an organisation recorded (mission.md 7: dates and families are shared, amounts in
// bands or by consent, an organisation's drafts stay its own).
var views = map[Field]map[Standing]View{
	Kind:     {Outsider: Plainly, Partner: Plainly, Own: Plainly},
	Family:   {Outsider: Plainly, Partner: Plainly, Own: Plainly},
	Supplier: {Outsider: Plainly, Partner: Plainly, Own: Plainly},
	Object:   {Outsider: Plainly, Partner: Plainly, Own: Plainly},
	Date:     {Outsider: Plainly, Partner: Plainly, Own: Plainly},
	Notice:   {Outsider: Plainly, Partner: Plainly, Own: Plainly},
	Renewal:  {Outsider: Plainly, Partner: Plainly, Own: Plainly},
	Author:   {Outsider: Plainly, Partner: Plainly, Own: Plainly},
	Amount:   {Partner: Banded, Own: Plainly},
	Said:     {Own: Plainly},
	Note:     {Own: Plainly},
	Decision: {Own: Plainly},
}

// StandingOf says what the viewer is to the owning organisation on that day.
func StandingOf(viewer Person, owner string, on calendar.Day) Standing {
	switch {
	case !May(viewer, Read, on):
		return Stranger
	case viewer.Has(Adviser) || viewer.Organisation == "":
		return Outsider
	case viewer.Organisation == owner:
		return Own
	}
	return Partner
}

// Show says how much of a field the standing sees. consented says whether the owner lets partners see its amounts.
func Show(standing Standing, field Field, consented bool) View {
	view := views[field][standing]
	if view == Banded && consented {
		return Plainly
	}
	return view
}
