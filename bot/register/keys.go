package register

import (
	"regexp"
	"strings"
)

// A contract is known again by its keys, the surest first:
//
//	glpi:42             its number inside GLPI
//	decp:BUYER:ID       its number in the open data of its buyer
//	number:2023 014|…   its number in the organisation's books, with the object and the supplier, since lots share a number
//	number:2023 014     its number alone, where one row of the table has it
//	row:object|supplier what it is and with whom, for want of a number
//
// So the same table brings the same contracts the second time, whatever else was changed in it.
const (
	byNumber = "number:"
	byWords  = "row:"
)

// outside are the keys that other tools gave; these alone have to be written to an export, the others follow from its fields.
var outside = regexp.MustCompile(`^(glpi|decp):[A-Za-z0-9_./:#-]{1,120}$`)

// outsideKeys returns the keys that other tools gave.
func (c Contract) outsideKeys() (keys []string) {
	for _, k := range c.Keys {
		if outside.MatchString(k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// keysOf returns the keys of a contract: those that other tools gave, then those that follow from its fields.
func keysOf(c Contract) []string {
	keys := c.outsideKeys()
	words := fold(c.Object) + "|" + fold(c.Supplier)
	if n := fold(c.Number); n != "" {
		keys = append(keys, byNumber+n+"|"+words, byNumber+n)
	}
	if words != "|" {
		keys = append(keys, byWords+words)
	}
	return keys
}

// keyOf returns the key that a tool gave.
func keyOf(c Contract, tool string) string {
	for _, k := range c.Keys {
		if strings.HasPrefix(k, tool) {
			return k
		}
	}
	return ""
}

// identifierKey makes a key of what a tool calls a contract. What cannot stand in a key is left out.
func identifierKey(source Source, buyer, id string) string {
	key := string(source) + ":"
	if source == DECP {
		key += buyer + ":"
	}
	key += strings.ReplaceAll(id, " ", "_")
	if !outside.MatchString(key) {
		return ""
	}
	return key
}
