package circle

import (
	"slices"

	"sdcbot/bot/calendar"
)

// Permission is something that a person may do. Each verb of bot/command names one.
type Permission string

// The permissions.
const (
	Read    Permission = "read"    // lists, help, one's own page
	Propose Permission = "propose" // record, change and withdraw what one's organisation has, needs or offers
	Answer  Permission = "answer"  // answer peers in the name of one's organisation, decide on its contracts
	Join    Permission = "join"    // open, join, leave and lead joint purchases in the name of one's organisation
	Consent Permission = "consent" // let partners see one's organisation's amounts
	Absence Permission = "absence" // say when one is away

	Glossary Permission = "glossary" // add to the circle's own words, and take away from them
)

// Permissions lists them all.
var Permissions = []Permission{Read, Propose, Answer, Join, Consent, Absence, Glossary}

// permitted is the one table of who may do what. A person may do what any of their roles may.
var permitted = map[Role][]Permission{
	DSI:       {Read, Propose, Answer, Join, Consent, Absence, Glossary},
	Deputy:    {Read, Propose, Answer, Join, Consent, Absence, Glossary},
	DG:        {Read, Propose, Answer, Join, Consent, Absence},
	Referent:  {Read, Propose, Answer, Absence},
	Lead:      {Read, Propose, Absence},
	President: {Read},
	Adviser:   {Read},
	Reader:    {Read},
	Admin:     {Read, Glossary},
}

// belonging are the permissions that make sense only for somebody who belongs to an organisation.
var belonging = []Permission{Propose, Answer, Join, Consent}

// May says whether the person may do that on that day. Whose access has ended may do nothing.
func May(p Person, permission Permission, on calendar.Day) bool {
	if !p.active(on) || (p.Organisation == "" && slices.Contains(belonging, permission)) {
		return false
	}
	return slices.ContainsFunc(p.Roles, func(r Role) bool { return slices.Contains(permitted[r], permission) })
}
