// Package circle knows who belongs to a circle of organisations, in which role, and who may do and see what. Permissions and
// visibility stand here once, as two tables, and nowhere else. It knows what the circle's file says; what people
// change from chat (absences, consents) is handed in by the caller.
package circle

import (
	"slices"
	"strings"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// Role is what a person is in the circle.
type Role string

// The roles. A person may hold several.
const (
	DSI       Role = "dsi"       // holder: speaks for the organisation's information systems
	Deputy    Role = "deputy"    // takes the holder's place when away
	DG        Role = "dg"        // director general
	Referent  Role = "referent"  // collects the staff's wishes
	Lead      Role = "lead"      // project lead
	President Role = "president" // of the college to which the person belongs
	Adviser   Role = "adviser"   // outside adviser (AMO): reads, without amounts, until a date
	Reader    Role = "reader"    // reads
	Admin     Role = "admin"     // runs the bot
)

// Roles lists every role, in the order of the file's documentation.
var Roles = []Role{DSI, Deputy, DG, Referent, Lead, President, Adviser, Reader, Admin}

// Organisation is a member of the circle.
type Organisation struct {
	Code         string
	Name         string
	HousingUnits int
	Holidays     calendar.Zone // where its offices are; empty: metropolitan France
	PostingDays  int           // how long its letters are given to arrive
	Siret        string        // 14 digits, by which public data name it; empty: not said
}

// Person is somebody whom the circle's file names. Organisation is empty for advisers and readers from outside.
type Person struct {
	Handle       string
	Name         string
	Organisation string
	Roles        []Role
	Email        string
	Until        calendar.Day // last day of access; zero: without end
	Language     locale.Lang  // zero: the circle's
	Accounts     map[string]string
}

// Has says whether the person holds the role.
func (p Person) Has(role Role) bool { return slices.Contains(p.Roles, role) }

// Circle is the whole of it, as the circle's file says. It is a value: a reload makes a new one.
type Circle struct {
	ID            string // stable, in every row of the database
	Name          string
	Language      locale.Lang
	Zone          *time.Location
	Channel       string // where the circle speaks
	Organisations []Organisation
	People        []Person
}

// Person returns the person with that handle.
func (c Circle) Person(handle string) (Person, bool) {
	i := slices.IndexFunc(c.People, func(p Person) bool { return p.Handle == handle })
	if i < 0 {
		return Person{}, false
	}
	return c.People[i], true
}

// ByAccount returns the person who has that account in the named chat, by the file's word alone.
func (c Circle) ByAccount(chat, account string) (Person, bool) {
	i := slices.IndexFunc(c.People, func(p Person) bool { return account != "" && p.Accounts[chat] == account })
	if i < 0 {
		return Person{}, false
	}
	return c.People[i], true
}

// ByEmail returns the person with that address, letter case ignored.
func (c Circle) ByEmail(address string) (Person, bool) {
	i := slices.IndexFunc(c.People, func(p Person) bool { return address != "" && strings.EqualFold(p.Email, address) })
	if i < 0 {
		return Person{}, false
	}
	return c.People[i], true
}

// Organisation returns the member with that code.
func (c Circle) Organisation(code string) (Organisation, bool) {
	i := slices.IndexFunc(c.Organisations, func(o Organisation) bool { return o.Code == code })
	if i < 0 {
		return Organisation{}, false
	}
	return c.Organisations[i], true
}

// OrganisationNamed returns the member that somebody means who types its code or its name, letter case ignored.
func (c Circle) OrganisationNamed(words string) (Organisation, bool) {
	i := slices.IndexFunc(c.Organisations, func(o Organisation) bool { return strings.EqualFold(words, o.Code) || strings.EqualFold(words, o.Name) })
	if i < 0 {
		return Organisation{}, false
	}
	return c.Organisations[i], true
}

// OrganisationName returns the member's name, or its code when it left the circle.
func (c Circle) OrganisationName(code string) string {
	if o, ok := c.Organisation(code); ok {
		return o.Name
	}
	return code
}

// Speaker returns who is asked on behalf of an organisation on that day: its DSI, or the deputy while the DSI is away. When both
// are away it is the DSI all the same, so that nothing is lost; without DSI or deputy, somebody who may propose.
func (c Circle) Speaker(organisation string, on calendar.Day, away func(handle string) bool) (Person, bool) {
	var holders, deputies, others []Person
	for _, p := range c.People {
		switch {
		case p.Organisation != organisation || !p.active(on):
		case p.Has(DSI):
			holders = append(holders, p)
		case p.Has(Deputy):
			deputies = append(deputies, p)
		case May(p, Propose, on):
			others = append(others, p)
		}
	}
	holders = slices.Concat(holders, deputies, others)
	for _, p := range holders {
		if !away(p.Handle) {
			return p, true
		}
	}
	if len(holders) > 0 {
		return holders[0], true
	}
	return Person{}, false
}

// LanguageOf returns the language in which the person reads.
func (c Circle) LanguageOf(handle string) locale.Lang {
	if p, ok := c.Person(handle); ok && p.Language != "" {
		return p.Language
	}
	return c.Language
}

// Today returns the circle's day at that instant.
func (c Circle) Today(now time.Time) calendar.Day { return calendar.Of(now.In(c.Zone)) }

func (p Person) active(on calendar.Day) bool { return p.Until.IsZero() || !on.After(p.Until) }

// WithAccounts returns the circle with everybody's handle as their account in that chat: for the playground, where whoever is picked
// is believed.
func (c Circle) WithAccounts(chat string) Circle {
	c.People = slices.Clone(c.People)
	for i, p := range c.People {
		c.People[i].Accounts = map[string]string{chat: p.Handle}
	}
	return c
}
