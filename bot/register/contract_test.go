package register_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
)

// What a proposal holds and what the register holds of it are the same, and the rest of the proposal is left as it is.
func TestProposal(t *testing.T) {
	c := copiers()
	before := proposal.Proposal{Ref: "C-1", Org: "A", Author: "dsi-a", Said: "une phrase", Version: 3}
	after := c.Onto(before)
	if diff := cmp.Diff(c, register.Of(after)); diff != "" {
		t.Error(diff)
	}
	if after.Kind != proposal.Contract || after.Org != "A" || after.Author != "dsi-a" || after.Said != "une phrase" || after.Version != 3 {
		t.Errorf("%+v", after)
	}
}

// The screens of an import: which column was taken for what, and the rows of one verdict.
func TestScreens(t *testing.T) {
	p := plan(t, sheet("Intitulé|Couleur|Date de fin", "Copieurs|bleu|31/05/2027", "Gaz|vert|n'importe quand"), register.Known{})
	var got []string
	for _, line := range p.Mapping.Lines() {
		got = append(got, strings.ReplaceAll(line.In(locale.French), "\u00a0", " "))
	}
	if want := "Colonne « Intitulé » : Objet\nColonne « Date de fin » : Échéance"; strings.Join(got, "\n") != want {
		t.Errorf("%q, want %q", got, want)
	}
	if refused := p.Of(register.Refuse); len(refused) != 1 || refused[0].Number != 3 || !p.Writes() {
		t.Errorf("%+v", refused)
	}
}
