package command

import (
	"slices"
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/text"
	"sdcbot/bot/usecase"
)

// Said does what a line of words says to the bot, however it reached it: slash command, mention or private message.
func Said(t *usecase.Turn, line string) (usecase.Reply, error) {
	word, arguments := cut(line)
	word = strings.TrimRight(word, punctuation)
	if strings.Trim(arguments, punctuation) == "" {
		arguments = "" // "contrats ?"
	}
	if word == "" && arguments == "" {
		return help(t, "")
	}
	v, known := find(word)
	if known && (v.Fits == nil || v.Fits(t, arguments) || !usecase.SaysSomething(t, line)) {
		return run(t, v, arguments)
	}
	if _, err := proposal.ParseRef(word); err == nil {
		return run(t, mustFind("contrat"), line)
	}
	if _, _, ok := leadingPurchase(line); ok && !known {
		return run(t, mustFind("achat"), line)
	}
	if known && v.Key == "contract" && arguments != "" && usecase.NamesOnly(t, line) {
		return lookOrRecord(t, line, arguments), nil
	}
	says := usecase.SaysSomething(t, line)
	if near, sure, ok := nearest(word); ok && !known && (sure || !says) {
		return mistyped(t, word, near, arguments), nil
	}
	if says {
		return run(t, mustFind("propose"), line)
	}
	return notUnderstood(), nil
}

// punctuation is what people end a word or a line with, and no verb has.
const punctuation = "?!.,;:… \t\n\u00a0\u202f"

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

// nearest returns the verb that a mistyped word stands for: up to one slip in a short word, two in a longer one. It is sure of a word
// with one slip behind its first letter; others may well be words that begin a sentence, as « Office » lies near « offre ».
func nearest(word string) (near Verb, sure, ok bool) {
	word = text.Fold(word)
	least := 2
	if len(word) > 5 {
		least = 3
	}
	for _, v := range verbs {
		for _, known := range v.Words {
			d := text.Distance(word, known)
			if d == 0 || d >= least || len(known) <= 3 && !sameLetters(word, known) {
				continue
			}
			near, least = v, d
			sure = d == 1 && word[0] == known[0]
		}
	}
	return near, sure, near.Key != ""
}

// sameLetters says whether two words differ by the order of their letters alone: of three letters, any slip but that makes another word.
func sameLetters(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
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

// lookOrRecord asks what "contrat Orange" is for: words that name a contract and tell nothing of it may look for one as well as record one.
func lookOrRecord(t *usecase.Turn, line, arguments string) usecase.Reply {
	list := mustFind("contrats").Word(t.Circle.LanguageOf(t.Who.Handle))
	return usecase.Reply{Draft: &chat.Draft{
		Lines: []locale.Text{locale.T("verb.look-or-record", "words", arguments)},
		Buttons: []chat.Button[locale.Text]{
			{ID: "run " + list + " " + arguments, Label: locale.T("button.look")},
			{ID: "as contract " + line, Label: locale.T("button.record")},
		},
	}}
}

// longestID is how much a button may carry (chat.Button).
const longestID = 1900

func notUnderstood() usecase.Reply {
	return usecase.Reply{Draft: &chat.Draft{
		Lines:  []locale.Text{locale.T("verb.not-understood"), locale.T("verb.example.contract"), locale.T("verb.example.need")},
		Footer: locale.T("verb.not-understood.help"),
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
		near, _, found := nearest(word)
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
