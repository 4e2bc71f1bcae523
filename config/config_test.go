package config

import (
	"testing"
)

func TestTry(t *testing.T) {
	_, w, err := Parse("c.yaml", []byte("circle:\n  nam: x\n  channel: #commun\n  timezone: Paris\norganisations:\n  - {code: A, name: 12}\n  - {code: a, name: B, housing_units: 8 000}\npeople:\n  - {handle: d, organisation: Z, roles: [dsii], until: 30/06/2027}\n  - {handle: e, roles: dsi, until: 2027-06-31}\nmattermost:\n - {name: x, url: foo, token: abc}\n"))
	t.Log(err)
	t.Log(w)
	_, w, err = Parse("c.yaml", []byte("circle: {name: SdC des Rives, channel: commun}\norganisations:\n  - {code: A, name: Office A}\npeople:\n  - {handle: d, organisation: A, roles: [lead]}\n"))
	t.Log(w, err)
}
