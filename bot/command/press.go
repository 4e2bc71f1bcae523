package command

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/usecase"
)

// press is what a button's id begins with: who may press it and what it does with the rest.
type press struct {
	permission circle.Permission
	run        func(t *usecase.Turn, rest string) (usecase.Reply, error)
}

// presses is the table of buttons. An id is a word of this table and what it is about: "answer C-1 interested".
var presses map[string]press

func init() { // filled here because "run" leads back to Said
	presses = map[string]press{
		"answer": {circle.Answer, pressAnswer},
		"decide": {circle.Answer, pressDecide},
		"comment": {circle.Answer, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
			return usecase.CommentForm(t, proposal.Ref(rest))
		}},
		"fill": {circle.Propose, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
			return usecase.FillForm(t, proposal.Ref(rest))
		}},
		"fix": {circle.Propose, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
			return usecase.FixForm(t, proposal.Ref(rest))
		}},
		"confirm": {circle.Propose, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
			var refs []proposal.Ref
			for ref := range strings.FieldsSeq(rest) {
				refs = append(refs, proposal.Ref(ref))
			}
			return usecase.Confirm(t, refs)
		}},
		"import":  {circle.Propose, usecase.ImportTable},
		"columns": {circle.Propose, usecase.ColumnsForm},
		"choose":  {circle.Propose, usecase.ChooseForm},
		"sure": {circle.Propose, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
			return usecase.ConfirmGuesses(t, proposal.Ref(rest))
		}},
		"rather": {circle.Propose, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
			ref, code := cut(rest)
			return usecase.Change(t, proposal.Ref(ref), string(circle.Family)+" "+code)
		}},
		"merge": {circle.Propose, func(t *usecase.Turn, rest string) (usecase.Reply, error) {
			later, earlier := cut(rest)
			return usecase.Merge(t, proposal.Ref(later), proposal.Ref(earlier))
		}},
		"undo": {circle.Absence, usecase.Undo},
		"as":   {circle.Propose, pressAs},
		"run":  {circle.Read, Said},
	}
	maps.Copy(presses, purchasePresses)
}

// Pressed does what a button stands for.
func Pressed(t *usecase.Turn, id string) (usecase.Reply, error) {
	word, rest := cut(id)
	p, ok := presses[word]
	if !ok {
		return stale()
	}
	t.Verb = word
	if err := permit(t, p.permission); err != nil {
		return usecase.Reply{}, err
	}
	return p.run(t, rest)
}

// stale refuses a button or a form that this program does not know: it was made by another version.
func stale() (usecase.Reply, error) {
	return usecase.Reply{}, usecase.Refusal{Text: locale.T("refusal.stale-button")}
}

func pressAnswer(t *usecase.Turn, rest string) (usecase.Reply, error) {
	ref, answer := cut(rest)
	if !slices.Contains(proposal.Answers, proposal.Answer(answer)) {
		return stale()
	}
	return usecase.Answer(t, proposal.Ref(ref), proposal.Answer(answer), true)
}

func pressDecide(t *usecase.Turn, rest string) (usecase.Reply, error) {
	ref, kind := cut(rest)
	if !slices.Contains(contract.DecisionKinds, contract.DecisionKind(kind)) {
		return stale()
	}
	return usecase.Decide(t, proposal.Ref(ref), contract.DecisionKind(kind))
}

func pressAs(t *usecase.Turn, rest string) (usecase.Reply, error) {
	kind, sentence := cut(rest)
	if !slices.Contains(proposal.Kinds, proposal.Kind(kind)) {
		return stale()
	}
	t.Verb = "propose"
	return usecase.ProposeAs(t, proposal.Kind(kind), sentence)
}

// Submitted takes a form that was filled. Its id says which: "fill C-1 3", "fix C-1 3", "comment C-1 no".
func Submitted(t *usecase.Turn, id string, values map[string]string) (usecase.Reply, error) {
	word, rest := cut(id)
	ref, last := cut(rest)
	t.Verb = "form " + word
	switch word {
	case "fill", "fix":
		version, err := strconv.Atoi(last)
		if err != nil {
			return stale()
		}
		if err := permit(t, circle.Propose); err != nil {
			return usecase.Reply{}, err
		}
		return usecase.SubmitForm(t, proposal.Ref(ref), version, values)
	case "columns", "choose":
		if err := permit(t, circle.Propose); err != nil {
			return usecase.Reply{}, err
		}
		if word == "columns" {
			return usecase.CorrectColumns(t, rest, values)
		}
		return usecase.Choose(t, rest, values)
	case "comment":
		if err := permit(t, circle.Answer); err != nil {
			return usecase.Reply{}, err
		}
		return usecase.Comment(t, proposal.Ref(ref), proposal.Answer(last), values)
	case "needs":
		if err := permit(t, circle.Answer); err != nil {
			return usecase.Reply{}, err
		}
		return usecase.SubmitNeeds(t, purchase.Ref(ref), values)
	}
	return stale()
}

// Reacted does what an emoji on one of the bot's messages says. subject is the message's; an emoji that answers nothing is
// left alone, and so is one of somebody who may not answer: people react for many reasons.
func Reacted(t *usecase.Turn, subject, emoji string, on bool) (usecase.Reply, error) {
	what, rest, _ := strings.Cut(subject, " ")
	answer, ok := proposal.AnswerOf(emoji)
	if !ok || what != "card" && what != "ask" || permit(t, circle.Answer) != nil {
		return usecase.Reply{}, nil //nolint:nilerr // people react for many reasons: nobody is told that an emoji may not answer
	}
	ref, _, _ := strings.Cut(rest, " ")
	t.Verb = "react"
	if !on {
		return usecase.Unanswer(t, proposal.Ref(ref), answer)
	}
	return usecase.Answer(t, proposal.Ref(ref), answer, false)
}
