package command_test

import (
	"testing"

	"sdcbot/bot/command"
)

func TestEquation(t *testing.T) {
	for _, row := range []struct {
		line, phrase, means string
		like                bool
		why                 string
	}{
		{`"Zéphyr" = ERP bailleur`, "Zéphyr", "ERP bailleur", false, "as the help writes it"},
		{"Zéphyr=ERP bailleur", "Zéphyr", "ERP bailleur", false, "without spaces"},
		{"« boîtier rouge » comme pare-feu", "boîtier rouge", "pare-feu", true, "French quotes"},
		{"“red box” like firewall", "red box", "firewall", true, "English quotes"},
		{"Zéphyr comme « Zéphyr 2 »", "Zéphyr", "Zéphyr 2", true, "quotes behind the word"},
		{"Zéphyr COMME IKOS", "Zéphyr", "IKOS", true, "in capitals"},
		{`"comme chez nous" comme IKOS`, "comme chez nous", "IKOS", true, "the word inside quotes belongs to the phrase"},
		{"comme IKOS", "comme IKOS", "", false, "nothing stands before the word"},
		{"Zéphyr", "Zéphyr", "", false, "nothing is said of it"},
		{`"Zéphyr`, `"Zéphyr`, "", false, "a quote that is not closed"},
		{"", "", "", false, "nothing"},
	} {
		phrase, means, like := command.Equation(row.line)
		if phrase != row.phrase || means != row.means || like != row.like {
			t.Errorf("%s: %q = %q, %q, %v, want %q, %q, %v", row.why, row.line, phrase, means, like, row.phrase, row.means, row.like)
		}
	}
}
