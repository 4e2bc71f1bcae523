package usecase

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Decide records what an organisation decided on its contract's next term. It ends the series of reminders, and the reminders that
// stand say so.
func Decide(t *Turn, ref proposal.Ref, kind contract.DecisionKind) (Reply, error) {
	before, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	if before.Kind != proposal.Contract {
		return Reply{}, refuse("decide.not-a-contract", "ref", string(ref))
	}
	reminders := t.office(before.Org).Reminders(before.Terms, t.today())
	if len(reminders) == 0 {
		return Reply{}, refuse("decide.no-term", "ref", string(ref))
	}
	term := reminders[0].Term
	if before.Decision.Kind == kind && before.Decision.Term == term {
		return say(locale.T("decide.same", "ref", string(ref), "decision", decisionSaid(kind))), nil
	}
	p := before
	p.Decision = contract.Decision{Kind: kind, Term: term, By: t.Who.Handle, At: t.Now}
	if err := t.putProposal(&before, p); err != nil {
		return Reply{}, fault("write a decision", err)
	}
	if err := t.decided(p); err != nil {
		return Reply{}, err
	}
	if kind == contract.Pool || before.Decision.Kind == contract.Pool {
		if err := t.refresh(p); err != nil { // the wish to buy jointly is shown to the peers, and so is its end
			return Reply{}, err
		}
	}
	return say(locale.T("decide.noted."+string(kind), "ref", string(ref), "subject", subject(p), "term", term, "day", reminders[0].LastDay, "act", t.office(p.Org).At(p.Terms, t.today()).ActBy)), nil
}

// decided promises that the reminders that stand show the decision and ask no more. One that nobody has read yet is not said at all.
func (t *Turn) decided(p proposal.Proposal) error {
	if err := t.unsay(remindSubject(p.Ref)); err != nil {
		return err
	}
	title := "remind.title.decided"
	if p.Decision.Kind == contract.Later {
		title = "remind.title.later"
	}
	return t.edit(remindSubject(p.Ref), chat.Draft{
		Title:  locale.T(title, "ref", string(p.Ref), "subject", subject(p)),
		Lines:  []locale.Text{locale.T("remind.decided", "decision", decisionSaid(p.Decision.Kind), "person", t.person(p.Decision.By), "term", p.Decision.Term)},
		Footer: locale.T("remind.changeable", "ref", string(p.Ref)),
		Tone:   chat.Good,
	})
}

func decisionSaid(kind contract.DecisionKind) locale.Text {
	return locale.T("decision." + string(kind))
}

// decisionButtons are the answers to a reminder, the same for every contract so that people find them by habit.
func decisionButtons(p proposal.Proposal) []chat.Button[locale.Text] {
	var out []chat.Button[locale.Text]
	for _, kind := range contract.DecisionKinds {
		out = append(out, chat.Button[locale.Text]{ID: "decide " + string(p.Ref) + " " + string(kind), Label: locale.T("button." + string(kind))})
	}
	return out
}
