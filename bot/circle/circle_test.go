package circle

import (
	"fmt"
	"slices"
	"testing"

	"sdcbot/bot/calendar"
)

var today = calendar.On(2026, 11, 23)

func person(handle, org string, roles ...Role) Person {
	return Person{Handle: handle, Organisation: org, Roles: roles}
}

// TestWhoMayDoWhat walks the whole table: role × permission.
func TestWhoMayDoWhat(t *testing.T) {
	for role, want := range map[Role]string{
		DSI:       "read propose answer join consent absence glossary",
		Deputy:    "read propose answer join consent absence glossary", // in the holder's place
		DG:        "read propose answer join consent absence",
		Referent:  "read propose answer absence", // amounts are the direction's affair
		Lead:      "read propose absence",        // does not speak for the organisation
		President: "read",
		Adviser:   "read",
		Reader:    "read",
		Admin:     "read glossary", // runs the bot, teaches it words, decides nothing
	} {
		var may []string
		for _, p := range Permissions {
			if May(person("x", "A", role), p, today) {
				may = append(may, string(p))
			}
		}
		if got := fmt.Sprint(may); got != "["+want+"]" {
			t.Errorf("%s may %s, want [%s]", role, got, want)
		}
	}
	if len(permitted) != len(Roles) {
		t.Errorf("%d roles in the table, %d declared", len(permitted), len(Roles))
	}
}

func TestMay(t *testing.T) {
	ended := person("amo", "", Adviser)
	ended.Until = today.AddDays(-1)
	last := ended
	last.Until = today
	for _, tt := range []struct {
		why  string
		who  Person
		what Permission
		want bool
	}{
		{"two roles add up", person("x", "A", President, Lead), Propose, true},
		{"nobody proposes for no organisation", person("x", "", DSI), Propose, false},
		{"but reads", person("x", "", Reader), Read, true},
		{"access ends after its last day", ended, Read, false},
		{"and holds on that day", last, Read, true},
		{"no role, no right", person("x", "A"), Read, false},
		{"nobody at all", Person{}, Read, false},
	} {
		if got := May(tt.who, tt.what, today); got != tt.want {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
}

// TestWhoSeesWhat walks the whole table: role × field, for the owner's own people, a partner's and outsiders.
func TestWhoSeesWhat(t *testing.T) {
	ownOnly := []Field{Said, Note, Decision}
	for _, role := range Roles {
		for _, field := range Fields {
			for _, org := range []string{"A", "B", ""} {
				for _, consented := range []bool{false, true} {
					viewer := person("x", org, role)
					want := Plainly
					switch {
					case role == Adviser || org == "":
						if field == Amount || slices.Contains(ownOnly, field) {
							want = Hidden
						}
					case org == "B":
						if slices.Contains(ownOnly, field) {
							want = Hidden
						}
						if field == Amount && !consented {
							want = Banded
						}
					}
					if got := Show(StandingOf(viewer, "A", today), field, consented); got != want {
						t.Errorf("%s of %q sees %s of A (consent %v): %v, want %v", role, org, field, consented, got, want)
					}
				}
			}
		}
	}
	for _, field := range Fields {
		if Show(StandingOf(Person{}, "A", today), field, true) != Hidden {
			t.Errorf("a stranger sees %s", field)
		}
	}
}

func TestSpeaker(t *testing.T) {
	c := Circle{People: []Person{
		person("lead-a", "A", Lead), person("adj-a", "A", Deputy), person("dsi-a", "A", DSI),
		person("dsi-b", "B", DSI),
		person("ref-c", "C", Referent),
		person("lecteur-d", "D", Reader),
	}}
	for _, tt := range []struct {
		why, org string
		away     []string
		want     string
	}{
		{"the DSI first, whatever the order of the file", "A", nil, "dsi-a"},
		{"the deputy while the DSI is away", "A", []string{"dsi-a"}, "adj-a"},
		{"somebody who may propose while both are away", "A", []string{"dsi-a", "adj-a"}, "lead-a"},
		{"the DSI all the same when everybody is", "A", []string{"dsi-a", "adj-a", "lead-a"}, "dsi-a"},
		{"without deputy nothing is lost", "B", []string{"dsi-b"}, "dsi-b"},
		{"without DSI, who may propose", "C", nil, "ref-c"},
		{"a reader speaks for nobody", "D", nil, ""},
		{"an organisation without people", "E", nil, ""},
	} {
		got, _ := c.Speaker(tt.org, today, func(h string) bool { return slices.Contains(tt.away, h) })
		if got.Handle != tt.want {
			t.Errorf("%s: %q, want %q", tt.why, got.Handle, tt.want)
		}
	}
}

func TestLookups(t *testing.T) {
	a := person("dsi-a", "A", DSI)
	a.Email, a.Accounts = "DSI@a.example", map[string]string{"rives-slack": "U1"}
	c := Circle{People: []Person{a, person("sans", "B", DSI)}, Organisations: []Organisation{{Code: "A", Name: "Office A"}}}
	if _, ok := c.ByEmail("dsi@A.example"); !ok {
		t.Error("letter case of an address counts")
	}
	if _, ok := c.ByEmail(""); ok {
		t.Error("no address finds whoever has none")
	}
	if _, ok := c.ByAccount("rives-mm", ""); ok {
		t.Error("no account finds whoever has none")
	}
	if _, ok := c.ByAccount("other", "U1"); ok {
		t.Error("an account counts in its own chat only")
	}
	if got := c.OrganisationName("Z"); got != "Z" {
		t.Errorf("a member that left is called %q", got)
	}
}
