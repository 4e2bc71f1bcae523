package usecase

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/storage"
)

// undoVerb marks acts that undid another, in the journal: the verb, a space and the act undone.
const undoVerb = "undo"

// Undo takes back the person's last act, or the one of that id, within ten minutes. What others have changed since stays: then
// nothing is undone, and it is said.
func Undo(t *Turn, act string) (Reply, error) {
	entries, err := t.Tx.Journal().Acts(t.Who.Handle, t.Now.Add(-undoWithin))
	if err != nil {
		return Reply{}, fault("read the journal", err)
	}
	undone := map[string]bool{}
	for _, e := range entries { // newest first: an undoing stands before what it undid
		if gone, ok := strings.CutPrefix(e.Verb, undoVerb+" "); ok {
			undone[gone], undone[e.Act] = true, true
		}
	}
	var mine []storage.Entry
	made := map[proposal.Ref]bool{} // by the act: they are withdrawn, with all questions about them
	for _, e := range entries {
		if act == "" && !undone[e.Act] {
			act = e.Act
		}
		if e.Act == act && !undone[act] {
			mine = append(mine, e)
			if ref, is := strings.CutPrefix(e.Subject, "proposal "); is && len(e.Before) == 0 {
				made[proposal.Ref(ref)] = true
			}
		}
	}
	if len(mine) == 0 {
		return Reply{}, refuse("undo.nothing")
	}
	imported := mine[0].Verb == importVerb
	t.Verb = undoVerb + " " + act
	if imported {
		return t.undoImport(act, mine)
	}
	var lines []locale.Text
	for _, e := range mine {
		line, err := t.revert(e, made)
		if err != nil {
			return Reply{}, err
		}
		if !line.IsZero() {
			lines = append(lines, line)
		}
	}
	return say(lines...), nil
}

// revert puts back what stood before one entry of the journal, and says so. It refuses when it was changed since. made are the proposals
// that the same act made.
func (t *Turn) revert(e storage.Entry, made map[proposal.Ref]bool) (locale.Text, error) {
	what, rest, _ := strings.Cut(e.Subject, " ")
	switch what {
	case "proposal":
		return t.revertProposal(proposal.Ref(rest), e)
	case "ask":
		ref, org, _ := strings.Cut(rest, " ")
		switch ref := proposal.Ref(ref); {
		case org == t.Who.Organisation:
			return t.revertAnswer(ref, e)
		case made[ref]:
			return locale.Text{}, nil // withdrawing the proposal closes it
		default:
			return t.retract(ref, org, e)
		}
	case "purchase":
		return t.revertPurchase(purchase.Ref(rest), e)
	}
	return t.revertSetting(rest, e)
}

func (t *Turn) revertProposal(ref proposal.Ref, e storage.Entry) (locale.Text, error) {
	now, err := t.proposal(ref)
	if err != nil {
		return locale.Text{}, err
	}
	if !unchanged(now, e.After) {
		return locale.Text{}, refuse("undo.changed-since", "ref", string(ref))
	}
	var was proposal.Proposal
	if len(e.Before) > 0 {
		if was, err = decoded(e.Before); err != nil {
			return locale.Text{}, err
		}
	}
	if len(e.Before) == 0 || was.State == proposal.Draft && now.State == proposal.Live { // what the act told others of is taken back
		p, err := t.withdrawn(now)
		return locale.T("undo.withdrawn", "ref", string(ref), "subject", subject(p)), err
	}
	was.Version = now.Version // versions only grow, so that a form opened before the undoing is known as stale
	if err := t.putProposal(&now, was); err != nil {
		return locale.Text{}, err
	}
	if was.State == proposal.Live && now.State == proposal.Withdrawn {
		subjects, err := t.askedOf(was)
		if err != nil {
			return locale.Text{}, err
		}
		for _, subject := range subjects {
			if err := t.sayAfterAll(subject); err != nil {
				return locale.Text{}, err
			}
		}
	}
	if err := t.refresh(was); err != nil {
		return locale.Text{}, err
	}
	if was.Decision.Kind == "" && now.Decision.Kind != "" {
		if err := t.askAgain(was); err != nil {
			return locale.Text{}, err
		}
	}
	return locale.T("undo.reverted", "ref", string(ref), "subject", subject(was)), nil
}

// revertPurchase puts a purchase back to what it was; one that did not exist is dropped, since its card stands and its number was read.
func (t *Turn) revertPurchase(ref purchase.Ref, e storage.Entry) (locale.Text, error) {
	now, err := t.purchase(ref)
	if err != nil {
		return locale.Text{}, err
	}
	var left purchase.Purchase
	if json.Unmarshal(e.After, &left) != nil || left.Version != now.Version {
		return locale.Text{}, refuse("undo.purchase-changed-since", "ref", string(ref))
	}
	was := now
	was.State = purchase.Dropped
	if len(e.Before) > 0 {
		was = purchase.Purchase{}
		if err := json.Unmarshal(e.Before, &was); err != nil {
			return locale.Text{}, fault("read the journal", err)
		}
	}
	if was, err = t.putPurchase(&now, was); err != nil {
		return locale.Text{}, err
	}
	if len(e.Before) == 0 {
		dropped := chat.Draft{Title: purchaseTitle(was), Lines: []locale.Text{locale.T("purchase.dropped")}, Tone: chat.Muted}
		if err := t.edit(purchaseToldSubject(ref), dropped); err != nil {
			return locale.Text{}, err
		}
	}
	if len(e.Before) == 0 {
		return locale.T("undo.purchase.opened", "name", purchaseName(was)), t.refreshPurchase(was)
	}
	return locale.T("undo.purchase", "name", purchaseName(was), "state", was.State.Text()), t.refreshPurchase(was)
}

// decoded reads a proposal as the journal holds it.
func decoded(written []byte) (p proposal.Proposal, err error) {
	err = json.Unmarshal(written, &p)
	return p, fault("read the journal", err)
}

// unchanged says whether a proposal is as the journal's entry left it. The version that is written is one above the journal's.
func unchanged(p proposal.Proposal, after []byte) bool {
	var left proposal.Proposal
	if json.Unmarshal(after, &left) != nil {
		return false
	}
	return left.Version == p.Version
}

// revertAnswer puts back what the person's organisation said of a peer's proposal.
func (t *Turn) revertAnswer(ref proposal.Ref, e storage.Entry) (locale.Text, error) {
	org := t.Who.Organisation
	p, err := t.proposal(ref)
	if err != nil {
		return locale.Text{}, err
	}
	now, err := t.ask(ref, org)
	if err != nil {
		return locale.Text{}, err
	}
	is, err := encode(now)
	if err != nil {
		return locale.Text{}, err
	}
	if !sameJSON(is, e.After) {
		return locale.Text{}, refuse("undo.changed-since", "ref", string(ref))
	}
	was := proposal.Ask{Proposal: ref, Org: org}
	if len(e.Before) > 0 {
		if err := json.Unmarshal(e.Before, &was); err != nil {
			return locale.Text{}, fault("read the journal", err)
		}
	}
	if was.Answer == now.Answer { // only what was told with it is taken back
		if err := t.putAsk(now, was); err != nil {
			return locale.Text{}, err
		}
		return locale.T("undo.comment", "ref", string(ref), "subject", subject(p)), t.edit(commentSubject(ref, org, e.Act), chat.Draft{
			Lines: []locale.Text{locale.T("comment.taken-back", "organisation", t.organisation(org), "ref", string(ref), "subject", subject(p))},
			Tone:  chat.Muted,
		})
	}
	was.By, was.Before = t.Who.Handle, now.Answer
	err = t.changeVoices(ref, org, func(all proposal.Voices) proposal.Voices {
		all = slices.DeleteFunc(all, func(v proposal.Voice) bool { return v.By == t.Who.Handle && v.Answer == now.Answer })
		if was.Answer != proposal.Silent && all.Latest().Answer != was.Answer {
			all = all.Given(proposal.Voice{Answer: was.Answer, By: t.Who.Handle})
		}
		return all
	})
	if err != nil {
		return locale.Text{}, err
	}
	if err := t.voiced(p, now, was); err != nil {
		return locale.Text{}, err
	}
	return locale.T("undo.answer", "ref", string(ref), "subject", subject(p), "answer", answerSaid(was.Answer)), nil
}

// retract takes back a question that a correction put to a peer: what came close to the corrected proposal does not to the one from
// before. A peer that has answered meanwhile has said something, and keeps it.
func (t *Turn) retract(ref proposal.Ref, org string, e storage.Entry) (locale.Text, error) {
	now, err := t.ask(ref, org)
	if err != nil || now == nil {
		return locale.Text{}, err
	}
	is, err := encode(now)
	if err != nil || !sameJSON(is, e.After) {
		return locale.Text{}, err
	}
	var was proposal.Ask
	if len(e.Before) > 0 {
		if err := json.Unmarshal(e.Before, &was); err != nil {
			return locale.Text{}, fault("read the journal", err)
		}
	}
	for _, mine := range now.With {
		if !slices.Contains(was.With, mine) {
			if err := t.Tx.Pairs().Delete(ref, mine); err != nil { // so that they may be brought together another time
				return locale.Text{}, err
			}
		}
	}
	if was.Proposal != "" {
		err = t.putAsk(now, was)
	} else if err = t.Tx.Asks().Delete(ref, org); err == nil {
		err = t.journal(askSubject(ref, org), now, nil)
	}
	if err != nil || was.Person != "" {
		return locale.Text{}, err // it was asked before, for other reasons: those stand
	}
	p, err := t.proposal(ref)
	if err != nil {
		return locale.Text{}, err
	}
	subject := askSubject(ref, org)
	if err := t.unsay(subject); err != nil {
		return locale.Text{}, err
	}
	return locale.T("undo.question", "organisation", t.organisation(org)), t.edit(subject, chat.Draft{
		Title: locale.T("ask.retracted", "name", t.name(p)), Lines: []locale.Text{locale.T("ask.retracted.line")}, Tone: chat.Muted,
	})
}

func (t *Turn) revertSetting(key string, e storage.Entry) (locale.Text, error) {
	var now json.RawMessage
	if err := t.Tx.Settings().Get(key, &now); err != nil {
		return locale.Text{}, err
	}
	if !sameJSON(now, e.After) {
		return locale.Text{}, refuse("undo.setting-changed-since")
	}
	was := json.RawMessage(e.Before)
	if len(was) == 0 {
		was = json.RawMessage("null")
	}
	if err := putSetting(t, key, &now, was); err != nil {
		return locale.Text{}, err
	}
	if org, ok := strings.CutPrefix(key, consentKey("")); ok {
		return locale.T("undo.consent"), t.refreshAmounts(org)
	}
	if key == glossaryKey {
		return locale.T("undo.glossary"), nil
	}
	own, err := t.absencesOf(strings.TrimPrefix(key, absencePrefix))
	return locale.T("undo.absence", "stand", own.stand()), err
}

// sameJSON compares two JSON texts whatever the database did to their spaces.
func sameJSON(a, b []byte) bool {
	var x, y bytes.Buffer
	if json.Compact(&x, a) != nil || json.Compact(&y, b) != nil {
		return bytes.Equal(a, b)
	}
	return bytes.Equal(x.Bytes(), y.Bytes())
}
