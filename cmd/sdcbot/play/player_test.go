package play

import (
	"strings"
	"testing"
)

func TestConversationsThatHold(t *testing.T) {
	for _, test := range []struct{ why, steps string }{
		{"an answer to a command is for the asker alone, wherever it was typed", `
			@dsi-a #commun> /sdc bonjour
			bot @dsi-a> Entendu : bonjour
			nothing #commun>
			nothing @dsi-b>
			@dsi-a dm> bonjour
			bot @dsi-a> entendu`},
		{"a mention does the same, talk is left alone", `
			@dsi-a #commun> @sdc bonjour
			bot @dsi-a> entendu : bonjour
			@dsi-a #commun> bonjour à tous
			nothing @dsi-a>
			nothing #commun>`},
		{"several expectations look at the same action, in any order", `
			@dsi-a dm> carte un deux
			bot #commun> deux
			bot #commun> un … deux
			bot #commun> /un\s+deux/`},
		{"what came before the last action does not count", `
			@dsi-a dm> carte un
			@dsi-a #commun> rien
			nothing #commun> un`},
		{"a message that stood before and changes is an edit, not a post", `
			@dsi-a dm> carte un
			@dsi-b reacts 🙋
			edit #commun> reacted 🙋 par dsi-b
			nothing #commun> un
			@dsi-b unreacts :raising_hand: on "carte"
			edit #commun> unreacted 🙋`},
		{"an edit that changes nothing is nothing", `
			@dsi-a dm> carte un
			@dsi-a dm> redite un
			nothing #commun>`},
		{"a message posted and changed since the last action counts as posted, with both wordings", `
			stop
			@dsi-a dm> carte un
			@dsi-a dm> redite deux
			start
			bot #commun> un
			bot #commun> deux`},
		{"a thread hangs on the bot's latest message there, or on the one that holds the words", `
			@dsi-a dm> carte un
			@dsi-a thread #commun> et si
			thread #commun> re: et si
			nothing @dsi-a>
			@dsi-b thread on "carte" #commun> alors
			thread #commun> re: alors`},
		{"a press opens a form, whose labels, values and hints are what this person sees", `
			@dsi-a dm> privé dsi-b voilà
			bot @dsi-b> C-1 … voilà … Compléter
			@dsi-b presses "Compléter"
			bot @dsi-b> compléter c-1 … Préavis … 3 mois … en mois … Reconduction … aucune
			@dsi-b fills Préavis=2 mois, fermes; montant=a=b
			bot @dsi-b> noté … 2 mois, fermes … a=b … none`},
		{"a form is opened where it stands behind a button; errors leave it open, filled as it was sent", `
			@dsi-a dm> privé dsi-b voilà
			@dsi-b fills notice=bientôt; amount=12
			bot @dsi-b> pas une durée
			nothing @dsi-b> Enregistrer
			@dsi-b fills preavis=1 mois; RECONDUCTION=Tacite
			bot @dsi-b> noté … 1 mois … 12 … tacit`},
		{"of two messages with a button the latest counts, or the one that holds the words; emoji in a label count for nothing", `
			@dsi-a dm> un
			@dsi-a dm> deux
			@dsi-a presses "Non, merci" on "un"
			bot @dsi-a> pressé no
			@dsi-a presses "non"
			bot @dsi-a> pressé no`},
		{"the clock stops where something falls due, and days are days of the calendar", `
			@dsi-a dm> demain
			+3h
			nothing #commun>
			+7d
			bot #commun> 24/11/2026 09:00
			until 2027-03-28 09:00
			nothing #commun>`},
		{"what people do while the bot is down stays in their chat", `
			stop
			@dsi-a #commun> /sdc bonjour
			nothing @dsi-a>
			+10m
			start
			bot @dsi-a> bonjour`},
		{"so does what they do while the chat cannot be reached", `
			down playground
			@dsi-a #commun> /sdc bonjour
			nothing @dsi-a>
			up playground
			bot @dsi-a> bonjour`},
		{"a crash is another life", `
			@dsi-a dm> vies
			bot @dsi-a> vie
			nothing @dsi-a> vie vie
			crash
			@dsi-a dm> vies
			bot @dsi-a> vie vie`},
		{"a file goes to the bot in private", `
			@dsi-a sends player_test.go
			bot @dsi-a> reçu player_test.go`},
		{"line breaks and tabs are typed as such", `
			@dsi-a dm> un\n\tdeux
			bot @dsi-a> entendu : un deux`},
	} {
		t.Run(test.why, func(t *testing.T) {
			for _, failed := range playToy(t, false, test.steps) {
				t.Error(failed)
			}
			if strings.Contains(test.steps, "vies") {
				return // it counts its crashes
			}
			for _, failed := range playToy(t, true, test.steps) {
				t.Error("with a crash at every step:", failed)
			}
		})
	}
}

func TestConversationsThatFail(t *testing.T) {
	for _, test := range []struct{ why, steps, problem string }{
		{"words that nothing holds", "@dsi-a dm> bonjour\nbot @dsi-a> bonsoir", "entendu : bonjour"},
		{"the right words in another place", "@dsi-a dm> bonjour\nbot @dsi-b> bonjour", "bot @dsi-a> entendu"},
		{"words in the wrong order", "@dsi-a dm> un deux\nbot @dsi-a> deux … un", "expected words that none of these holds"},
		{"something where nothing was expected", "@dsi-a dm> carte un\nnothing #commun>", "expected nothing of the kind: bot #commun> carte un"},
		{"nothing with words, in an edit", "@dsi-a dm> carte un\n@dsi-b reacts 🙋\nnothing #commun> dsi-b", "edit #commun>"},
		{"a post is no edit", "@dsi-a dm> carte un\nedit #commun> carte", "of a kind that did not come"},
		{"a reply is no post", "@dsi-a dm> carte un\n@dsi-a thread #commun> x\nbot #commun> re", "thread #commun> re: x"},
		{"a button that nobody has", `@dsi-a dm> bonjour` + "\n" + `@dsi-a presses "Oui"`, `no message that @dsi-a can see has a button "Oui"; the latest buttons there: Non, merci`},
		{"somebody else's button", `@dsi-a dm> bonjour` + "\n" + `@dsi-b presses "Non, merci"`, "none"},
		{"a reaction where none is taken", "@dsi-a dm> bonjour\n@dsi-a reacts 🙋", "takes reactions"},
		{"words that no message holds", "@dsi-a dm> carte un\n@dsi-a reacts 🙋 on \"deux\"", `holds "deux"`},
		{"a field that the form does not have", "@dsi-a dm> privé dsi-b x\n@dsi-b presses \"Compléter\"\n@dsi-b fills couleur=bleu", `has no field "couleur"`},
		{"a choice that the field does not have", "@dsi-a dm> privé dsi-b x\n@dsi-b presses \"Compléter\"\n@dsi-b fills renewal=bleu", `has no choice "bleu"`},
		{"no form at all", "@dsi-a dm> bonjour\n@dsi-a fills a=b", "no form that holds these fields"},
		{"the clock does not go back", "until 2026-11-23 08:59", "does not go back"},
		{"another chat", "@dsi-a via mattermost #commun> bonjour", "mattermost comes with a later version"},
		{"another chat down", "down mattermost", "mattermost comes with a later version"},
		{"e-mail", "+1d\nmail dg-a@> bonjour", "later version"},
		{"a file that the bot did not give", "+1d\nfile @dsi-a contrats.csv> C-1", "did not come"},
		{"a file that is not there", "@dsi-a sends missing.csv", "missing.csv"},
		{"a thread without a message", "@dsi-a thread #commun> x", "has said nothing there"},
		{"up when up", "start", "up already"},
		{"a crash when down", "stop\ncrash", "cannot crash"},
		{"a place that does not exist", "@dsi-a #ailleurs> x", "ailleurs"},
	} {
		t.Run(test.why, func(t *testing.T) {
			failed := playToy(t, false, test.steps)
			if len(failed) != 1 || !strings.Contains(failed[0], test.problem) {
				t.Errorf("want one failure that says %q, got %q", test.problem, failed)
			}
		})
	}
}
