package command

import (
	"slices"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/text"
	"sdcbot/bot/usecase"

	"github.com/agnivade/levenshtein"
)

// Said does what a line of words says to the bot, however it reached it: slash command, mention or private message.
func Said(t *usecase.Turn, line string) (usecase.Reply, error) {
	word, arguments := cut(line)
	if word == "" {
		return help(t, "")
	}
	v, known := find(word)
	if known && (v.Fits == nil || v.Fits(t, arguments) || !usecase.SaysSomething(t, line)) {
		return run(t, v, arguments)
	}
	if _, err := proposal.ParseRef(word); err == nil {
		return run(t, mustFind("contrat"), line)
	}
	if near, ok := nearest(word); ok && !known {
		return mistyped(t, word, near, arguments), nil
	}
	if usecase.SaysSomething(t, line) {
		return run(t, mustFind("propose"), line)
	}
	return notUnderstood(), nil
}

func run(t *usecase.Turn, v Verb, arguments string) (usecase.Reply, error) {
	t.Verb = v.Key
	if err := permit(t, v.Permission); err != nil {
		return usecase.Reply{}, err
	}
	return v.Run(t, arguments)
}

func mustFind(word string) Verb {
	v, ok := find(word)
	if !ok {
		panic("no verb " + word)
	}
	return v
}

// ordinary are words that begin sentences and lie close to a verb without being one mistyped.
var ordinary = []string{"mon", "mes", "ma", "mais", "more", "need", "needs", "nous", "notre", "nos", "on", "un", "une", "le", "la", "les", "we", "our", "the"}

// nearest returns the verb that a mistyped word stands for: one slip in a short word, two in a longer one.
func nearest(word string) (Verb, bool) {
	word = text.Fold(word)
	if slices.Contains(ordinary, word) || len(word) < 3 {
		return Verb{}, false
	}
	allowed := 1
	if len(word) > 5 {
		allowed = 2
	}
	var best Verb
	least := allowed + 1
	for _, v := range verbs {
		for _, known := range v.Words {
			if len(known) <= 3 && len(word) != len(known) {
				continue
			}
			if d := levenshtein.ComputeDistance(word, known); d > 0 && d < least {
				best, least = v, d
			}
		}
	}
	return best, least <= allowed
}

// mistyped offers the nearest verb as a button that does what was meant.
func mistyped(t *usecase.Turn, word string, v Verb, arguments string) usecase.Reply {
	meant := v.Word(t.Circle.LanguageOf(t.Who.Handle))
	d := chat.Draft{Lines: []locale.Text{locale.T("verb.mistyped", "word", word, "verb", meant)}}
	if id := "run " + meant + " " + arguments; len(id) <= longestID {
		d.Buttons = []chat.Button[locale.Text]{{ID: id, Label: locale.Plain(meant)}}
	}
	return usecase.Reply{Draft: &d}
}

// longestID is how much a button may carry (chat.Button).
const longestID = 1900

func notUnderstood() usecase.Reply {
	return usecase.Reply{Draft: &chat.Draft{
		Lines: []locale.Text{locale.T("verb.not-understood"), locale.T("verb.example.contract"), locale.T("verb.example.need")},
	}}
}

// help lists the verbs, or explains one by example.
func help(t *usecase.Turn, arguments string) (usecase.Reply, error) {
	lang := t.Circle.LanguageOf(t.Who.Handle)
	word, _ := cut(arguments)
	if word == "" {
		d := chat.Draft{Title: locale.T("help.title"), Lines: []locale.Text{locale.T("help.intro")}, Footer: locale.T("help.footer")}
		for _, v := range verbs {
			if circle.May(t.Who, v.Permission, t.Circle.Today(t.Now)) {
				d.Fields = append(d.Fields, chat.Field[locale.Text]{Label: locale.T("help.verb", "verb", v.Word(lang)), Value: locale.T("verb." + v.Key + ".does")})
			}
		}
		return usecase.Reply{Draft: &d}, nil
	}
	v, ok := find(word)
	if !ok {
		near, found := nearest(word)
		if !found {
			return usecase.Reply{}, usecase.Refusal{Text: locale.T("help.unknown", "word", word)}
		}
		v = near
	}
	return usecase.Reply{Draft: &chat.Draft{
		Title: locale.T("help.verb", "verb", v.Word(lang)),
		Lines: []locale.Text{locale.T("verb." + v.Key + ".does"), locale.T("verb." + v.Key + ".example")},
	}}, nil
}
