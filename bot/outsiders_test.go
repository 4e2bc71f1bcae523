package bot_test

import (
	"slices"
	"strings"
	"testing"

	"sdcbot/bot/circle"
)

// An adviser who joins while the bot runs reads the cards that stand already: their amounts go at once, and come back when the adviser has gone.
func TestCardsFollowTheReadersOfTheChannel(t *testing.T) {
	r := newRig(t)
	r.circle.People = slices.DeleteFunc(slices.Clone(r.circle.People), func(p circle.Person) bool { return p.Has(circle.Adviser) || p.Organisation == "" })
	r.do(said("dsi-a", "propose Contrat copieurs Konica, fin le 30/06/2027, 24 k€/an"))
	latest := func() string {
		if edits := r.chat.Edits(); len(edits) > 0 {
			return messageText(edits[len(edits)-1].Message)
		}
		posts := r.to("#commun")
		return messageText(posts[len(posts)-1].Message)
	}
	band := "entre 15"
	if !strings.Contains(latest(), band) {
		t.Fatalf("partners alone are shown %q", latest())
	}
	partners := r.circle.People
	r.circle.People = append(slices.Clone(partners), circle.Person{Handle: "amo", Roles: []circle.Role{circle.Adviser}})
	r.step()
	if strings.Contains(latest(), band) {
		t.Errorf("the new adviser reads %q", latest())
	}
	r.circle.People = partners
	r.step()
	if !strings.Contains(latest(), band) {
		t.Errorf("without the adviser partners read %q", latest())
	}
}
