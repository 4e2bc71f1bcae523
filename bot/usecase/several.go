package usecase

import (
	"strings"

	"sdcbot/bot/chat"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// several writes each of the things that one message says as a draft of its organisation, and asks its author to confirm them one by one: of a text
// that was cut in pieces nothing is shown to others unasked.
func (t *Turn) several(all []intake.Statement, sentence string) (Reply, error) {
	d := chat.Draft{
		Title:  locale.T("several.title", "count", len(all)),
		Footer: locale.T("several.footer"),
	}
	var refs []string
	for _, s := range all {
		p, err := t.newProposal(s, sentence, proposal.Draft)
		if err != nil {
			return Reply{}, err
		}
		refs = append(refs, string(p.Ref))
		d.Lines = append(d.Lines, locale.T("several.line", "ref", string(p.Ref), "understood", t.understood(p)))
		d.Buttons = append(d.Buttons, confirmButton(p))
	}
	d.Buttons = append(d.Buttons,
		chat.Button[locale.Text]{ID: "confirm " + strings.Join(refs, " "), Label: locale.T("button.confirm-all")},
		chat.Button[locale.Text]{ID: "undo " + t.Act, Label: locale.T("button.undo"), Tone: chat.Danger},
	)
	return Reply{Draft: &d}, nil
}

func confirmButton(p proposal.Proposal) chat.Button[locale.Text] {
	return chat.Button[locale.Text]{ID: "confirm " + string(p.Ref), Label: locale.T("button.confirm", "ref", string(p.Ref)), Tone: chat.Good}
}

// Confirm makes drafts count: from here on each is like any proposal. What was confirmed or taken back before is left as it is.
func Confirm(t *Turn, refs []proposal.Ref) (Reply, error) {
	var reply Reply
	for _, ref := range refs {
		before, err := t.proposal(ref)
		switch {
		case err != nil:
			return Reply{}, err
		case before.Org != t.Who.Organisation:
			return Reply{}, refuse("refusal.not-yours", "ref", string(ref), "organisation", t.organisation(before.Org))
		case before.State == proposal.Withdrawn && len(refs) == 1:
			return Reply{}, refuse("refusal.withdrawn", "ref", string(ref))
		case before.State == proposal.Live && len(refs) == 1:
			return Reply{}, refuse("several.confirmed-before", "ref", string(ref), "subject", subject(before))
		case before.State != proposal.Draft:
			continue
		}
		p := before
		p.State = proposal.Live
		if err := t.putProposal(&before, p); err != nil {
			return Reply{}, fault("confirm a draft", err)
		}
		p.Version++
		found, err := t.announce(p)
		if err != nil {
			return Reply{}, err
		}
		d := t.recorded(p, found, p.Said)
		if reply.Draft == nil {
			reply.Draft = &d
			continue
		}
		reply.Draft.Lines = append(append(reply.Draft.Lines, d.Title), d.Lines...)
		reply.Draft.Buttons = append(withoutUndo(reply.Draft.Buttons), d.Buttons...)
	}
	if reply.Draft == nil {
		return Reply{}, refuse("several.nothing-left")
	}
	return reply, nil
}

// withoutUndo leaves one button that takes the whole act back, the last.
func withoutUndo(buttons []chat.Button[locale.Text]) []chat.Button[locale.Text] {
	return buttons[:len(buttons)-1]
}

// drafts lists what the person's organisation has not confirmed yet.
func (t *Turn) drafts() ([]proposal.Proposal, error) {
	all, err := t.Tx.Proposals().All()
	if err != nil {
		return nil, err
	}
	var out []proposal.Proposal
	for _, p := range all {
		if p.State == proposal.Draft && p.Org == t.Who.Organisation {
			out = append(out, p)
		}
	}
	return out, nil
}
