package command_test

import (
	"strings"
	"testing"

	"sdcbot/bot/command"
	"sdcbot/bot/usecase"
)

// Buttons and forms stand in chats for years, and come back from whatever version wrote them: each gets one clear sentence.
func TestButtonsAndFormsOfAnotherTime(t *testing.T) {
	const (
		stale = "Ce bouton ne sert plus"
		none  = "Je ne trouve pas"
	)
	for _, test := range []struct{ who, press, form, want, why string }{
		{press: "", want: stale, why: "no id"},
		{press: "   ", want: stale, why: "spaces"},
		{press: "vote D-1 yes", want: stale, why: "a verb of a later version"},
		{press: "answer", want: stale, why: "cut off"},
		{press: "answer C-1", want: stale, why: "cut off behind the reference"},
		{press: "answer C-1 perhaps", want: stale, why: "an answer that there never was"},
		{press: "answer C-1 interested twice", want: stale, why: "more than an answer"},
		{press: "answer C-9 interested", want: none, why: "a reference that nobody gave"},
		{press: "answer interested", want: stale, why: "no reference"},
		{press: "answer C-2 interested", want: "votre propre organisme", why: "forwarded to who proposed it"},
		{press: "answer C-3 interested", want: "a été retiré", why: "what was withdrawn"},
		{press: "decide C-2 sell", want: stale, why: "a decision that there never was"},
		{press: "decide C-1 renew", want: "appartient à un autre organisme", why: "another organisation's contract"},
		{press: "decide B-9 renew", want: none, why: "no such need"},
		{press: "comment C-1", want: "Il n’y a rien à ajouter", why: "a comment on an answer that was not given"},
		{press: "fill C-1", want: "appartient à un autre organisme", why: "another organisation's form"},
		{press: "fill nonsense", want: none, why: "not a reference"},
		{press: "fix C-3", want: "a été retiré", why: "what was withdrawn"},
		{press: "undo act999", want: "Rien à annuler", why: "an act that nobody did"},
		{press: "undo act1", want: "Rien à annuler", why: "somebody else's act"},
		{press: "as contract", want: "Dites ce que vous avez", why: "no sentence"},
		{press: "as lease Nos imprimantes", want: stale, why: "a kind that there never was"},
		{press: "run", want: "Ce que je sais faire", why: "nothing to run"},
		{press: "run run run", want: "Deux exemples", why: "no verb"},
		{who: "reader-a", press: "answer C-1 interested", want: "Votre rôle ne permet pas", why: "who may only read"},
		{who: "reader-a", press: "run propose Nous cherchons une sauvegarde", want: "Votre rôle permet de lire", why: "by a detour"},

		{form: "vote D-1", want: stale, why: "a form of a later version"},
		{form: "fill C-2", want: stale, why: "cut off"},
		{form: "fill C-2 one", want: stale, why: "no version"},
		{form: "fill C-2 1 2", want: stale, why: "two versions"},
		{form: "fill C-2 99", want: "a changé depuis", why: "a version to come"},
		{form: "fix C-1 1", want: "appartient à un autre organisme", why: "another organisation's"},
		{form: "fix C-3 1", want: "a été retiré", why: "what was withdrawn"},
		{form: "comment C-1 no", want: "Il n’y a rien à ajouter", why: "an answer that was not given"},
		{form: "comment C-1", want: "Il n’y a rien à ajouter", why: "no answer"},
		{who: "adviser-a", form: "fix C-2 1", want: "Votre rôle permet de lire", why: "who may only read"},
	} {
		d := newDesk(t)
		d.says("dsi-b", "propose Notre contrat téléphonie se termine le 31/05/2027")
		d.says("dsi-a", "propose Notre contrat impression se termine le 31/05/2027")
		d.says("dsi-a", "propose Notre contrat sauvegarde se termine le 31/05/2027")
		d.says("dsi-a", "retirer C-3")
		who := test.who
		if who == "" {
			who = "dsi-a"
		}
		var got string
		if test.form != "" {
			got = d.sends(who, test.form, map[string]string{"supplier": "Editeur X", "reason": "déjà engagés"})
		} else {
			got = d.presses(who, test.press)
		}
		if !strings.Contains(got, test.want) {
			t.Errorf("%q%q (%s): %q, want %q", test.press, test.form, test.why, got, test.want)
		}
	}
}

// Messages are of many subjects; only those that ask something are answered by an emoji.
func TestReactionsThatSayNothing(t *testing.T) {
	for _, test := range []struct {
		who, subject, emoji string
		on                  bool
		want                string
		why                 string
	}{
		{"dsi-a", "card C-1", "🙋", true, "C’est noté", "the card is answered"},
		{"dsi-a", "ask C-1 A", "🤔", true, "C’est noté", "and so is the question"},
		{"dsi-a", "card C-1", "🎉", true, "", "an emoji that answers nothing"},
		{"dsi-a", "card C-1", "🙋", false, "", "taken off, and never put on"},
		{"dsi-a", "digest", "🙋", true, "", "a message that asks nothing"},
		{"dsi-a", "told C-1", "✅", true, "", "read and understood"},
		{"dsi-a", "", "✅", true, "", "no subject"},
		{"reader-a", "card C-1", "🙋", true, "", "who may not answer is not lectured for a reaction"},
		{"dsi-b", "card C-1", "🙋", true, "votre propre organisme", "one's own proposal"},
		{"dsi-a", "card C-9", "🙋", true, "Je ne trouve pas C-9", "a card of another database"},
	} {
		d := newDesk(t)
		d.says("dsi-b", "propose Notre contrat téléphonie se termine le 31/05/2027")
		got := d.does(test.who, func(turn *usecase.Turn) (usecase.Reply, error) {
			return command.Reacted(turn, test.subject, test.emoji, test.on)
		})
		if !strings.Contains(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s on %q (%s): %q, want %q", test.emoji, test.subject, test.why, got, test.want)
		}
	}
}
