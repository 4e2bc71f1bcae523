package command_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sdcbot/bot/command"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
)

var errLook = errors.New("nothing is kept")

// tried runs f as that person and keeps nothing of it. It fails the test when f fails on other grounds than the person's, when a refusal
// or errors in a form have changed something, and when a sentence is missing.
func (d *desk) tried(t *testing.T, who string, f func(*usecase.Turn) (usecase.Reply, error)) {
	err := d.store.Update(context.Background(), d.circle.ID, func(tx storage.Tx) error {
		before, err := heldBy(tx)
		if err != nil {
			return err
		}
		reply, err := f(d.turn(tx, who))
		var refusal usecase.Refusal
		if err != nil && !errors.As(err, &refusal) {
			return err
		}
		said := refusal.Text.In(d.circle.LanguageOf(who)) + d.text(reply, d.circle.LanguageOf(who))
		if strings.Contains(said, "⟨") {
			t.Errorf("%s reads a key: %s", who, said)
		}
		if err == nil && reply.Errors == nil {
			return errLook
		}
		after, err := heldBy(tx)
		if err != nil {
			return err
		}
		if after != before {
			t.Errorf("%s was refused (%s), and something was changed", who, said)
		}
		return errLook
	})
	if !errors.Is(err, errLook) {
		t.Errorf("%s: %v", who, err)
	}
}

// lively is a desk with something of everything on it, and the people who may try their luck.
func lively(f *testing.F) *desk {
	d := newDesk(f)
	for _, said := range [][2]string{
		{"dsi-b", "Notre contrat téléphonie Orange se termine le 31/05/2027, préavis 3 mois, 24 k€/an"},
		{"dsi-b", "Nous cherchons un extranet fournisseur"},
		{"dsi-a", "Notre contrat téléphonie se termine le 31/08/2027"},
		{"dsi-a", "Nous pouvons prêter deux licences de visioconférence"},
		{"dsi-a", "Notre contrat impression se termine le 31/08/2027"},
	} {
		d.says(said[0], "propose "+said[1])
	}
	d.says("dsi-a", "retirer C-3")
	d.presses("dsi-a", "answer B-1 no")
	return d
}

// Whatever anybody types gets an answer that is a sentence, and no refusal changes anything.
func FuzzSaid(f *testing.F) {
	d := lively(f)
	seeds := []string{
		"", "propose", "propose <!channel> @all **gras** [lien](http://x)", "propose Mon contrat dure jusqu'au 31 février", "propose 10^12 €",
		"contrat C-1 modifier fin 31/07/2027 préavis 3 mois tacite 2 fois", "contrat C-2 modifier nature besoin", "contrat C-2 on reconduit", "C-1 🙋 Intéressé",
		"besoin B-1 calcul", "absent du 1/8 au 20/8", "absent non", "confiance montants partager", "annuler", "retirer C-2", "aide aide", "\x00\x1b[31m",
		"contrats Office B", "offre o1 corriger objet", "C-2 modifier reconductions 99", "C-2 modifier famille licornes", "🙋", "propose " + strings.Repeat("long ", 500),
	}
	for i, seed := range seeds {
		f.Add(i, seed)
	}
	f.Fuzz(func(t *testing.T, who int, line string) {
		d.tried(t, d.somebody(who), func(turn *usecase.Turn) (usecase.Reply, error) { return command.Said(turn, line) })
	})
}

// The same for buttons and forms, whose ids pass through people's hands.
func FuzzPressed(f *testing.F) {
	d := lively(f)
	for i, seed := range []string{
		"answer C-1 interested", "answer B-1 no", "decide C-2 pool", "comment B-1", "comment B-1 no", "fill C-2", "fill C-2 1", "fix C-2 1", "undo act1", "undo ",
		"as need Des licornes", "run contrats", "run", "answer", "\u00a0", "fix C-2 99999999999999999999", "comment B-1 done",
	} {
		f.Add(i, seed, "notice", "bientôt")
		f.Add(i, seed, "max_renewals", "-1")
	}
	f.Fuzz(func(t *testing.T, who int, id, field, value string) {
		d.tried(t, d.somebody(who), func(turn *usecase.Turn) (usecase.Reply, error) { return command.Pressed(turn, id) })
		d.tried(t, d.somebody(who), func(turn *usecase.Turn) (usecase.Reply, error) {
			return command.Submitted(turn, id, map[string]string{field: value})
		})
	})
}

func (d *desk) somebody(n int) string {
	people := d.circle.People
	return people[(n%len(people)+len(people))%len(people)].Handle
}
