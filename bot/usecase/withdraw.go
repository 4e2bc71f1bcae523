package usecase

import (
	"time"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
)

// Withdraw takes back a proposal of the person's organisation. Its card and the questions about it say so, and ask no more.
func Withdraw(t *Turn, ref proposal.Ref) (Reply, error) {
	p, err := t.proposal(ref)
	if err != nil {
		return Reply{}, err
	}
	if p.State != proposal.Draft {
		if p, err = t.own(ref); err != nil {
			return Reply{}, err
		}
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
	subjects, err := t.askedOf(p)
	if err != nil {
		return p, err
	}
	for _, subject := range subjects {
		if err := t.unsay(subject); err != nil {
			return p, err
		}
	}
	if err := t.refresh(p); err != nil {
		return p, err
	}
	return p, t.edit(remindSubject(p.Ref), chat.Draft{
		Lines: []locale.Text{locale.T("remind.withdrawn", "ref", string(p.Ref), "subject", subject(p))}, Tone: chat.Muted,
	})
}

// askedOf lists the subjects under which people are asked something in private about a proposal.
func (t *Turn) askedOf(p proposal.Proposal) ([]string, error) {
	asks, err := t.Tx.Asks().Of(p.Ref)
	subjects := []string{remindSubject(p.Ref)}
	for _, a := range asks {
		subjects = append(subjects, askSubject(p.Ref, a.Org))
	}
	return subjects, err
}

// unsay drops what was promised on a subject and not begun: a chat that was away meanwhile need not ask what is asked no more.
func (t *Turn) unsay(subject string) error {
	posts, err := t.Tx.Promises().About(subject)
	if err != nil {
		return err
	}
	for _, p := range posts {
		if p.State != storage.Waiting {
			continue
		}
		if err := t.turnTo(p, storage.Superseded); err != nil {
			return err
		}
	}
	return nil
}

// sayAfterAll promises again what unsay dropped: the latest message alone, since each took the place of the one before.
func (t *Turn) sayAfterAll(subject string) error {
	posts, err := t.Tx.Promises().About(subject)
	if err != nil || len(posts) == 0 {
		return err
	}
	latest := posts[len(posts)-1]
	if latest.State != storage.Superseded {
		return nil
	}
	return t.turnTo(latest, storage.Waiting)
}

// turnTo drops or renews a message that nobody has read yet, and drops the edits that wait for it.
func (t *Turn) turnTo(p storage.Promise, state storage.PromiseState) error {
	if err := t.Tx.Promises().Supersede(p.Key); err != nil {
		return err
	}
	p.State, p.NotUntil, p.Attempts, p.Fault = state, time.Time{}, 0, "" // a pause after failures is over
	return t.Tx.Promises().Save(p)
}
