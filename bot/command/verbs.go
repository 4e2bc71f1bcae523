// Package command turns what people do (words, buttons, forms, reactions) into use cases. ONE table of verbs makes the parser, the
// permissions and the help; every button and form that a use case hands out comes back through here. What a verb does is
// the business of bot/usecase; where its words came from, of package bot.
package command

import (
	"slices"
	"strings"
	"unicode"

	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/text"
	"sdcbot/bot/usecase"
)

// Verb is one thing that people can ask for by a word.
type Verb struct {
	Key        string   // names its sentences in the catalogue: verb.<key>.does, verb.<key>.example
	Words      []string // the word in French, the one in English, then other aliases; without accents
	Permission circle.Permission
	Run        func(t *usecase.Turn, arguments string) (usecase.Reply, error)

	// Fits says whether these arguments are the verb's; nil: all are. When they are not, the whole line may be a sentence that
	// happens to begin with the verb's word: "contrat Orange jusqu'au 30/06/2027".
	Fits func(t *usecase.Turn, arguments string) bool
}

// Word is the verb as it is shown to a reader of the language.
func (v Verb) Word(lang locale.Lang) string {
	if lang == locale.English && len(v.Words) > 1 {
		return v.Words[1]
	}
	return v.Words[0]
}

// verbs is the table, in the order of the help.
var verbs []Verb

func init() { // filled here because the help reads the table that it stands in
	verbs = []Verb{
		{Key: "propose", Words: []string{"propose", "propose", "proposer"}, Permission: circle.Propose, Run: usecase.Propose},
		{Key: "contracts", Words: []string{"contrats", "contracts"}, Permission: circle.Read, Run: list(proposal.Contract), Fits: isFilter},
		{Key: "contract", Words: []string{"contrat", "contract"}, Permission: circle.Read, Run: one, Fits: startsWithRef},
		{Key: "needs", Words: []string{"besoins", "needs"}, Permission: circle.Read, Run: list(proposal.Need), Fits: isFilter},
		{Key: "need", Words: []string{"besoin", "need"}, Permission: circle.Read, Run: one, Fits: startsWithRef},
		{Key: "offers", Words: []string{"offres", "offers"}, Permission: circle.Read, Run: list(proposal.Offer), Fits: isFilter},
		{Key: "offer", Words: []string{"offre", "offer"}, Permission: circle.Read, Run: one, Fits: startsWithRef},
		{Key: "purchase", Words: []string{"achat", "purchase", "achats", "purchases"}, Permission: circle.Read, Run: aPurchase, Fits: isPurchase},
		{Key: "convergence", Words: []string{"convergence", "convergence"}, Permission: circle.Read, Run: usecase.Convergence, Fits: namesFamily},
		{Key: "front", Words: []string{"editeur", "publisher", "editeurs", "publishers"}, Permission: circle.Read, Run: usecase.Front, Fits: isFilter},
		{Key: "follow", Words: []string{"suivi", "follow", "status"}, Permission: circle.Read, Run: bare(usecase.Follow), Fits: isEmpty},
		{Key: "me", Words: []string{"moi", "me"}, Permission: circle.Read, Run: bare(usecase.Me), Fits: isEmpty},
		{Key: "export", Words: []string{"exporter", "export"}, Permission: circle.Propose, Run: usecase.Export},
		{Key: "undo", Words: []string{"annuler", "undo"}, Permission: circle.Absence, Run: undo, Fits: isEmpty},
		{Key: "withdraw", Words: []string{"retirer", "withdraw"}, Permission: circle.Propose, Run: withdraw},
		{Key: "trust", Words: []string{"confiance", "trust"}, Permission: circle.Read, Run: trust},
		{Key: "glossary", Words: []string{"glossaire", "glossary", "lexique"}, Permission: circle.Read, Run: glossary, Fits: isGlossary},
		{Key: "away", Words: []string{"absent", "away", "absente", "absence"}, Permission: circle.Absence, Run: away},
		{Key: "organisations", Words: []string{"organismes", "organisations", "organizations", "members"}, Permission: circle.Read, Run: bare(usecase.Organisations), Fits: isEmpty},
		{Key: "help", Words: []string{"aide", "help"}, Permission: circle.Read, Run: help},
	}
}

// find returns the verb of that word, accents and letter case ignored.
func find(word string) (Verb, bool) {
	word = text.Fold(word)
	i := slices.IndexFunc(verbs, func(v Verb) bool { return slices.Contains(v.Words, word) })
	if i < 0 {
		return Verb{}, false
	}
	return verbs[i], true
}

// cut takes the first word off a line.
func cut(line string) (first, rest string) {
	line = strings.TrimSpace(line)
	i := strings.IndexAny(line, " \t\n\u00a0\u202f")
	if i < 0 {
		return line, ""
	}
	return line[:i], strings.TrimSpace(strings.TrimLeft(line[i:], " \t\n\u00a0\u202f"))
}

func bare(run func(*usecase.Turn) (usecase.Reply, error)) func(*usecase.Turn, string) (usecase.Reply, error) {
	return func(t *usecase.Turn, _ string) (usecase.Reply, error) { return run(t) }
}

func isEmpty(_ *usecase.Turn, arguments string) bool { return arguments == "" }

func isFilter(t *usecase.Turn, arguments string) bool {
	return arguments == "" || !usecase.SaysSomething(t, arguments)
}

func startsWithRef(_ *usecase.Turn, arguments string) bool {
	_, _, ok := leadingRef(arguments)
	return ok
}

// leadingRef reads the reference at the head of a line: "C-12 calcul", "c 12".
func leadingRef(line string) (ref proposal.Ref, rest string, ok bool) {
	first, rest := cut(line)
	if ref, err := proposal.ParseRef(first); err == nil {
		return ref, rest, true
	}
	second, more := cut(rest)
	if ref, err := proposal.ParseRef(first + " " + second); err == nil {
		return ref, more, true
	}
	return "", line, false
}

func list(kind proposal.Kind) func(*usecase.Turn, string) (usecase.Reply, error) {
	return func(t *usecase.Turn, arguments string) (usecase.Reply, error) {
		return usecase.List(t, kind, arguments)
	}
}

// The words behind a reference, in either language.
var (
	changeWords      = []string{"modifier", "change", "edit", "corriger", "modif"}
	amendmentWords   = []string{"avenant", "amendment", "amend"}
	alertWords       = []string{"rappels", "rappel", "alertes", "alerts", "reminders"}
	ownerWords       = []string{"responsable", "owner"}
	deputyWords      = []string{"suppleant", "suppleante", "deputy"}
	calculationWords = []string{"calcul", "calculation", "--calcul"}
)

// one shows a proposal, or does with it what the words behind its reference say.
func one(t *usecase.Turn, arguments string) (usecase.Reply, error) {
	ref, rest, ok := leadingRef(arguments)
	if !ok {
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.ref-needed", "words", arguments)}
	}
	if rest == "" {
		return usecase.Show(t, ref)
	}
	word, more := cut(rest)
	switch word := text.Fold(word); {
	case slices.Contains(calculationWords, word):
		return usecase.Calculation(t, ref)
	case slices.Contains(amendmentWords, word):
		if err := permit(t, circle.Propose); err != nil {
			return usecase.Reply{}, err
		}
		return usecase.Amend(t, ref, more)
	case slices.Contains(alertWords, word):
		if err := permit(t, circle.Propose); err != nil {
			return usecase.Reply{}, err
		}
		return usecase.Alerts(t, ref, more)
	case slices.Contains(ownerWords, word), slices.Contains(deputyWords, word):
		if err := permit(t, circle.Propose); err != nil {
			return usecase.Reply{}, err
		}
		if slices.Contains(ownerWords, word) {
			return usecase.SetOwner(t, ref, more)
		}
		return usecase.SetDeputy(t, ref, more)
	case slices.Contains(changeWords, word):
		if err := permit(t, circle.Propose); err != nil {
			return usecase.Reply{}, err
		}
		if more == "" {
			return usecase.FixForm(t, ref)
		}
		return usecase.Change(t, ref, more)
	}
	if kind, ok := labelled(contract.DecisionKinds, rest); ok {
		if err := permit(t, circle.Answer); err != nil {
			return usecase.Reply{}, err
		}
		return usecase.Decide(t, ref, kind)
	}
	if answer, ok := labelled(proposal.Answers, rest); ok {
		if err := permit(t, circle.Answer); err != nil {
			return usecase.Reply{}, err
		}
		return usecase.Answer(t, ref, answer, true)
	}
	return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.after-ref", "ref", string(ref), "words", rest)}
}

// labelled finds which of the choices has the words as its button's label, in either language: who cannot press can write.
func labelled[T ~string](choices []T, words string) (T, bool) {
	for _, choice := range choices {
		for _, lang := range locale.Languages {
			if spelt(locale.T("button."+string(choice)).In(lang)) == spelt(words) {
				return choice, true
			}
		}
	}
	return "", false
}

// spelt folds a label to its words: the emoji before them is not typed.
func spelt(label string) string {
	return strings.TrimFunc(text.Fold(label), func(r rune) bool { return !unicode.IsLetter(r) })
}

// undo takes back the last act. Who names a proposal means that one, which the last act may not be about.
func undo(t *usecase.Turn, arguments string) (usecase.Reply, error) {
	if ref, _, ok := leadingRef(arguments); ok {
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("undo.which", "ref", string(ref))}
	}
	return usecase.Undo(t, "")
}

func withdraw(t *usecase.Turn, arguments string) (usecase.Reply, error) {
	ref, _, ok := leadingRef(arguments)
	if !ok {
		return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.ref-needed", "words", arguments)}
	}
	return usecase.Withdraw(t, ref)
}

// The words of "confiance montants partager".
var (
	shareWords = []string{"partager", "share", "montrer", "show"}
	hideWords  = []string{"masquer", "hide", "bandes", "bands", "cacher"}
)

func trust(t *usecase.Turn, arguments string) (usecase.Reply, error) {
	if arguments == "" {
		return usecase.Trust(t)
	}
	for _, word := range strings.Fields(text.Fold(arguments)) {
		share, hide := slices.Contains(shareWords, word), slices.Contains(hideWords, word)
		if !share && !hide {
			continue
		}
		if err := permit(t, circle.Consent); err != nil {
			return usecase.Reply{}, err
		}
		return usecase.ShareAmounts(t, share)
	}
	return usecase.Reply{}, usecase.Refusal{Text: locale.T("trust.not-understood")}
}

// backWords end an absence.
var backWords = []string{"non", "no", "fin", "off", "retour", "revenu", "revenue", "back", "present", "presente"}

func away(t *usecase.Turn, arguments string) (usecase.Reply, error) {
	if arguments == "" {
		return usecase.Absences(t)
	}
	if slices.Contains(backWords, text.Fold(arguments)) {
		return usecase.Present(t)
	}
	return usecase.Absent(t, arguments)
}

// permit refuses what the person's roles do not allow, and says who may.
func permit(t *usecase.Turn, p circle.Permission) error {
	if circle.May(t.Who, p, t.Circle.Today(t.Now)) {
		return nil
	}
	return usecase.Refusal{Text: locale.T("refusal.permission." + string(p))}
}
