package config

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
	// Zones must be found on a machine, or in a container, that has none.
	_ "time/tzdata"

	"github.com/goccy/go-yaml/ast"

	"sdcbot/bot/calendar"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/text"
)

const defaultZone = "Europe/Paris"

// frenchZones are offered to who mistypes one: Paris, and overseas.
var frenchZones = []string{
	defaultZone, "America/Cayenne", "America/Guadeloupe", "America/Martinique", "America/Miquelon",
	"Indian/Mayotte", "Indian/Reunion", "Pacific/Noumea", "Pacific/Tahiti",
}

// The longest words. A handle is typed after @, a code stands in references and keys, an id in every row of the database.
const (
	longestHandle  = 64
	longestCode    = 32
	longestID      = 64
	longestChannel = 80
)

// isWord says whether s is one word: letters and digits, and . _ - inside it. It is no regular expression, because counting Unicode letters with
// one costs 40 ms at each start.
func isWord(s string, longest int) bool {
	for i, r := range s {
		inside := i > 0 && strings.ContainsRune("._-", r)
		if !inside && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return s != "" && utf8.RuneCountInString(s) <= longest
}

// isID says whether s can be a circle's id: small plain letters, digits and dashes.
func isID(s string) bool {
	return isWord(s, longestID) && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// circle reads the sections that say who belongs. connections are the names of the chats in which people may have accounts.
func (s section) circle(connections []string) circle.Circle {
	c := circle.Circle{Language: locale.French}
	if node, ok := s.values["circle"]; !ok {
		s.missing("circle")
	} else if head, ok := s.section(node, circlePart, "circle"); ok {
		head.head(&c)
	}
	c.Organisations = s.organisations()
	c.People = s.people(c.Organisations, connections)
	return c
}

func (s section) head(c *circle.Circle) {
	c.Name, _ = s.required("name")
	c.Language = s.language(locale.French)
	c.Zone = s.zone()
	if said, ok := s.required("channel"); ok {
		c.Channel = said
		if !isWord(said, longestChannel) {
			s.fault(s.where("channel"), "config.bad-channel", "value", said)
		}
	}
	c.ID = slug(c.Name)
	if said, ok := s.text("id"); ok {
		c.ID = said
	}
	if !isID(c.ID) && c.Name != "" {
		s.fault(s.where("id"), "config.bad-id", "value", c.ID)
	}
}

// language returns what the key says, or otherwise the given one.
func (s section) language(otherwise locale.Lang) locale.Lang {
	said, ok := s.text("language")
	if !ok {
		return otherwise
	}
	if lang := locale.Lang(said); slices.Contains(locale.Languages, lang) {
		return lang
	}
	known := make([]string, len(locale.Languages))
	for i, lang := range locale.Languages {
		known[i] = string(lang)
	}
	s.fault(s.where("language"), "config.unknown-value", "key", "language", "value", said, "instead", instead(said, known))
	return otherwise
}

func (s section) zone() *time.Location {
	said, ok := s.text("timezone")
	if !ok {
		said = defaultZone
	}
	zone, err := time.LoadLocation(said)
	// Go takes "" and "Local" as well; what they mean changes with the machine.
	if err != nil || said == "" || said == "Local" {
		near, found := nearest(said, frenchZones)
		if !found {
			near = defaultZone
		}
		s.fault(s.where("timezone"), "config.bad-zone", "value", said, "near", near)
		return time.UTC
	}
	return zone
}

// slug makes a circle's id from its name: "SdC des Rives" → "sdc-des-rives".
func slug(name string) string {
	words := strings.FieldsFunc(text.Fold(name), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	joined := strings.Join(words, "-")
	return strings.TrimRight(joined[:min(len(joined), longestID)], "-")
}

func (s section) organisations() []circle.Organisation {
	var all []circle.Organisation
	seen := map[string]place{}
	for _, entry := range s.entries("organisations", organisation) {
		o := circle.Organisation{}
		o.Code, _ = entry.required("code")
		o.Name, _ = entry.required("name")
		o.HousingUnits, _ = entry.whole("housing_units")
		o.Holidays = entry.holidays()
		o.PostingDays = entry.postingDays()
		o.Siret = entry.siret()
		if o.Code != "" {
			if !isWord(o.Code, longestCode) {
				entry.fault(entry.where("code"), "config.bad-code", "value", o.Code)
			}
			entry.once(seen, "code", o.Code, "config.code-twice")
		}
		all = append(all, o)
	}
	return all
}

// metropole names the zone that has no holidays of its own.
const metropole = "metropole"

func (s section) holidays() calendar.Zone {
	said, ok := s.text("holidays")
	if !ok || said == metropole {
		return ""
	}
	known := []string{metropole}
	for _, zone := range calendar.Zones {
		if said == string(zone) {
			return zone
		}
		known = append(known, string(zone))
	}
	s.fault(s.where("holidays"), "config.unknown-value", "key", "holidays", "value", said, "instead", instead(said, known))
	return ""
}

// mostPosting is above how many days somebody did not mean the time that a letter takes.
const mostPosting = 30

func (s section) postingDays() int {
	days, ok := s.whole("posting_days")
	if ok && days > mostPosting {
		s.fault(s.where("posting_days"), "config.too-many-days", "value", days, "most", mostPosting)
		return 0
	}
	return days
}

// siretDigits is how long the number is that the State gives an establishment.
const siretDigits = 14

// siret reads the organisation's number, in which people leave spaces.
func (s section) siret() string {
	said, ok := s.text("siret")
	if !ok {
		return ""
	}
	digits := strings.ReplaceAll(said, " ", "")
	if len(digits) != siretDigits || strings.Trim(digits, "0123456789") != "" {
		s.fault(s.where("siret"), "config.bad-siret", "value", said)
		return ""
	}
	return digits
}

// entries reads a list of sections that must not be empty.
func (s section) entries(name string, p part) []section {
	if !s.has(name) {
		s.missing(name)
		return nil
	}
	nodes, ok := s.list(name)
	if !ok {
		return nil
	}
	if len(nodes) == 0 {
		s.fault(s.where(name), "config.empty-list", "key", name, "example", wholeFile.example(name))
	}
	var entries []section
	for _, node := range nodes {
		if entry, ok := s.section(node, p, ""); ok {
			entries = append(entries, entry)
		}
	}
	return entries
}

// once reports a value that an earlier entry has already. Letter case is ignored: nobody tells DSI-A from dsi-a in chat.
func (s section) once(seen map[string]place, name, value, says string) {
	folded := strings.ToLower(value)
	if earlier, twice := seen[folded]; twice {
		s.fault(s.where(name), says, "value", value, "line", earlier.line)
		return
	}
	seen[folded] = s.where(name)
}

func (s section) people(organisations []circle.Organisation, connections []string) []circle.Person {
	var codes []string // each once, though the file may hold one twice
	for _, o := range organisations {
		if !slices.Contains(codes, o.Code) {
			codes = append(codes, o.Code)
		}
	}
	var all []circle.Person
	handles, emails, accounts := map[string]place{}, map[string]place{}, map[string]place{}
	for _, entry := range s.entries("people", person) {
		p := entry.person(codes)
		if p.Handle != "" {
			entry.once(handles, "handle", p.Handle, "config.handle-twice")
		}
		if p.Email != "" {
			entry.once(emails, "email", p.Email, "config.email-twice")
		}
		p.Accounts = entry.accounts(accounts, connections)
		all = append(all, p)
	}
	s.speakers(organisations, all)
	return all
}

func (s section) person(codes []string) circle.Person {
	p := circle.Person{}
	p.Handle, _ = s.required("handle")
	if p.Handle != "" && !isWord(p.Handle, longestHandle) {
		s.fault(s.where("handle"), "config.bad-handle", "value", p.Handle)
	}
	if p.Name, _ = s.text("name"); p.Name == "" {
		p.Name = p.Handle
	}
	p.Roles = s.roles()
	p.Organisation, _ = s.text("organisation")
	switch {
	case p.Organisation != "" && len(codes) > 0 && !slices.Contains(codes, p.Organisation):
		s.fault(s.where("organisation"), "config.unknown-organisation", "value", p.Organisation, "instead", instead(p.Organisation, codes))
	case !s.has("organisation") && p.Handle != "" && !p.Has(circle.Adviser) && !p.Has(circle.Reader):
		s.fault(s.at, "config.no-organisation", "handle", p.Handle)
	}
	if p.Email, _ = s.text("email"); p.Email != "" {
		if address, err := mail.ParseAddress(p.Email); err != nil || address.Address != p.Email {
			s.fault(s.where("email"), "config.bad-email", "value", p.Email)
		}
	}
	p.Until = s.day("until")
	p.Language = s.language("")
	return p
}

func (s section) roles() []circle.Role {
	if !s.has("roles") {
		s.warn(s.at, "config.no-roles")
		return nil
	}
	known := make([]string, len(circle.Roles))
	for i, role := range circle.Roles {
		known[i] = string(role)
	}
	nodes, _ := s.list("roles")
	var roles []circle.Role
	for _, node := range nodes {
		said, ok := s.textOf(node, "roles")
		switch {
		case !ok:
		case !slices.Contains(known, said):
			s.fault(placeOf(node), "config.unknown-role", "value", said, "instead", instead(said, known))
		case slices.Contains(roles, circle.Role(said)):
			s.fault(placeOf(node), "config.role-twice", "value", said)
		default:
			roles = append(roles, circle.Role(said))
		}
	}
	return roles
}

var (
	isoDay    = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	frenchDay = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)
)

// day reads a date as ISO 8601 writes it, and offers that form to who wrote a French one or a day that its month lacks.
func (s section) day(name string) calendar.Day {
	said, ok := s.text(name)
	if !ok {
		return calendar.Day{}
	}
	day, err := calendar.Parse(said)
	if err == nil && isoDay.MatchString(said) {
		return day
	}
	offer := s.part.example(name)
	if m := frenchDay.FindStringSubmatch(said); m != nil {
		if day, err := calendar.Parse(m[3] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[1])); err == nil {
			offer = name + ": " + day.String()
		}
	} else if isoDay.MatchString(said) {
		if first, err := calendar.Parse(said[:8] + "01"); err == nil {
			offer = name + ": " + first.EndOfMonth().String()
		}
	}
	s.fault(s.where(name), "config.bad-day", "value", said, "example", offer)
	return calendar.Day{}
}

func twoDigits(n string) string { return ("0" + n)[len(n)-1:] }

// accounts reads who the person is in each chat. seen holds the accounts of everybody before.
func (s section) accounts(seen map[string]place, connections []string) map[string]string {
	node, ok := s.values["accounts"]
	if !ok {
		return nil
	}
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		s.fault(placeOf(node), "config.want-section", "key", "accounts", "example", person.example("accounts"))
		return nil
	}
	accounts := map[string]string{}
	for _, entry := range mapping.Values {
		connection, at := keyOf(entry), placeOf(entry.Key)
		account, ok := s.textOf(entry.Value, connection)
		if !ok {
			continue
		}
		if _, twice := accounts[connection]; twice {
			s.fault(at, "config.key-twice", "key", connection, "line", at.line)
			continue
		}
		if earlier, twice := seen[connection+" "+account]; twice {
			s.fault(placeOf(entry.Value), "config.account-twice", "value", account, "chat", connection, "line", earlier.line)
			continue
		}
		// A file may name accounts of chats that it does not connect to (yet); with others connected it is likelier a slip.
		if len(connections) > 0 && !slices.Contains(connections, connection) {
			s.warn(at, "config.unknown-connection", "value", connection, "instead", instead(connection, connections))
		}
		accounts[connection], seen[connection+" "+account] = account, placeOf(entry.Value)
	}
	return accounts
}

// speakers warns of each organisation that has nobody to be asked.
func (s section) speakers(organisations []circle.Organisation, people []circle.Person) {
	nodes, _ := s.list("organisations")
	for i, o := range organisations {
		speaks := slices.ContainsFunc(people, func(p circle.Person) bool {
			return p.Organisation == o.Code && (p.Has(circle.DSI) || p.Has(circle.Deputy))
		})
		if o.Code != "" && !speaks && i < len(nodes) {
			s.warn(placeOf(nodes[i]), "config.no-speaker", "value", o.Name, "code", o.Code)
		}
	}
}
