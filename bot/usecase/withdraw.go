package usecase

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Withdraw takes back a proposal of the person's organisation. Its card and the questions about it say so, and ask no more.
func Withdraw(t *Turn, ref proposal.Ref) (Reply, error) {
	p, err := t.own(ref)
	if err != nil {
		return Reply{}, err
	}
	if p, err = t.withdrawn(p); err != nil {
		return Reply{}, err
	}
	return Reply{Draft: &chat.Draft{
		Lines:   []locale.Text{locale.T("withdraw.done", "ref", string(ref), "subject", subject(p))},
		Buttons: []chat.Button[locale.Text]{{ID: "undo " + t.Act, Label: locale.T("button.undo")}},
	}}, nil
}

// withdrawn writes the withdrawal and promises that every message about the proposal shows it.
func (t *Turn) withdrawn(before proposal.Proposal) (proposal.Proposal, error) {
	p := before
	p.State = proposal.Withdrawn
	if err := t.putProposal(&before, p); err != nil {
		return p, fault("write a withdrawal", err)
	}
	if err := t.refresh(p); err != nil {
		return p, err
	}
	return p, t.edit(remindSubject(p.Ref), chat.Draft{
		Lines: []locale.Text{locale.T("remind.withdrawn", "ref", string(p.Ref), "subject", subject(p))}, Tone: chat.Muted,
	})
}
