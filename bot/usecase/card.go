package usecase

import (
	"cmp"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
	"sdcbot/bot/proposal"
)

// answerReactions are the emoji that the bot seeds under a question, in the order of the answers.
var answerReactions = func() (emoji []string) {
	for _, answer := range proposal.Answers {
		emoji = append(emoji, proposal.Emoji[answer])
	}
	return emoji
}()

// card is the message that stands for a proposal in the circle's channel, as it is now.
func (t *Turn) card(p proposal.Proposal) (chat.Draft, error) {
	if p.State != proposal.Live {
		return t.withdrawnCard(p), nil
	}
	to, err := t.everyone(p.Org)
	if err != nil {
		return chat.Draft{}, err
	}
	asks, err := t.Tx.Asks().Of(p.Ref)
	if err != nil {
		return chat.Draft{}, err
	}
	d := chat.Draft{Title: t.cardTitle(p), Fields: t.facts(p, to)}
	if p.Decision.Kind == contract.Pool {
		d.Lines = append(d.Lines, locale.T("card.pool", "organisation", t.organisation(p.Org)))
		d.Tone = chat.Good
	}
	for _, a := range asks {
		if line := t.standing(a); !line.IsZero() {
			d.Lines = append(d.Lines, line)
		}
		if a.Answer == proposal.Interested {
			d.Tone = chat.Good
		}
	}
	d.Footer = locale.T("card.footer."+string(p.Kind), "author", t.person(p.Author))
	if day := p.Date(t.today()); p.Kind == proposal.Contract && !day.IsZero() && day.Before(t.today()) {
		d.Footer = locale.T("card.footer.over", "author", t.person(p.Author))
	}
	d.Buttons, d.Reactions = answerButtons(p.Ref, proposal.Silent), answerReactions
	return d, nil
}

func (t *Turn) cardTitle(p proposal.Proposal) locale.Text {
	return locale.T("card.title", "ref", string(p.Ref), "kind", kindSaid(p.Kind), "organisation", t.organisation(p.Org), "subject", subject(p))
}

// withdrawnCard takes the place of every message about a proposal that was taken back.
func (t *Turn) withdrawnCard(p proposal.Proposal) chat.Draft {
	return chat.Draft{
		Title: locale.T("card.withdrawn", "title", t.cardTitle(p)),
		Lines: []locale.Text{locale.T("card.withdrawn.line", "organisation", t.organisation(p.Org))},
		Tone:  chat.Muted,
	}
}

// standing says where one organisation stands on a proposal, and where it stood before, on a line of its own.
func (t *Turn) standing(a proposal.Ask) locale.Text { return t.stance("stand.", a) }

// stance says the same by the sentences whose keys begin so: "stand." for a line of its own, "stance." within a sentence.
func (t *Turn) stance(key string, a proposal.Ask) locale.Text {
	organisation := t.organisation(a.Org)
	switch {
	case a.Answer == proposal.Silent && a.Before == proposal.Silent:
		if a.Person == "" {
			return locale.Text{}
		}
		return locale.T(key+"asked", "organisation", organisation)
	case a.Before != proposal.Silent:
		return locale.T(key+"changed", "organisation", organisation, "answer", answerSaid(a.Answer), "before", answerSaid(a.Before))
	}
	return locale.T(key+"answered", "organisation", organisation, "answer", answerSaid(a.Answer))
}

func answerSaid(a proposal.Answer) locale.Text {
	if a == proposal.Silent {
		return locale.T("answer.silent")
	}
	return locale.T("answer." + string(a))
}

func kindSaid(k proposal.Kind) locale.Text { return locale.T("kind." + string(k)) }

// answerButtons are the answers to a question; the one that was given stands out, before that the one that is hoped for.
func answerButtons(ref proposal.Ref, given proposal.Answer) []chat.Button[locale.Text] {
	var out []chat.Button[locale.Text]
	for _, answer := range proposal.Answers {
		b := chat.Button[locale.Text]{ID: "answer " + string(ref) + " " + string(answer), Label: locale.T("button." + string(answer))}
		if answer == cmp.Or(given, proposal.Interested) {
			b.Tone = chat.Good
		}
		out = append(out, b)
	}
	return out
}

// question is the private message that asks an organisation whether it joins in on a peer's proposal.
func (t *Turn) question(p proposal.Proposal, a proposal.Ask) (chat.Draft, error) {
	consented, err := t.consented(p.Org)
	if err != nil {
		return chat.Draft{}, err
	}
	if p.State != proposal.Live {
		return t.withdrawnCard(p), nil
	}
	d := chat.Draft{Title: t.askTitle(p)}
	if d.Lines, err = t.because(p, a); err != nil {
		return chat.Draft{}, err
	}
	d.Fields = t.facts(p, audience{circle.Partner, consented})
	d.Footer = locale.T("ask.footer", "author", t.person(p.Author))
	if a.Answer != proposal.Silent {
		d.Lines = append(d.Lines, locale.T("ask.answered", "answer", answerSaid(a.Answer), "person", t.person(a.By)))
		d.Footer = locale.T("ask.changeable")
		d.Tone = chat.Good
	}
	d.Buttons, d.Reactions = answerButtons(p.Ref, a.Answer), answerReactions
	if len(a.With) > 0 && a.Answer != proposal.No && a.Answer != proposal.Done {
		d.Buttons = append(d.Buttons, poolButton(p, a.Org)...)
	}
	return d, nil
}

func (t *Turn) askTitle(p proposal.Proposal) locale.Text {
	return locale.T("ask.title."+string(p.Kind), "ref", string(p.Ref), "organisation", t.organisation(p.Org), "subject", subject(p))
}

// because gives the reasons for a question as they are now: dates and families may have been corrected since it was put.
func (t *Turn) because(p proposal.Proposal, a proposal.Ask) ([]locale.Text, error) {
	var lines []locale.Text
	for i, ref := range a.With {
		if len(lines) == mostReasons {
			return append(lines, locale.T("ask.because.more", "count", len(a.With)-i)), nil
		}
		mine, err := t.proposal(ref)
		if err != nil {
			return nil, err
		}
		if verdict := match.Between(t.side(p), t.side(mine)); verdict.Match && mine.State == proposal.Live {
			lines = append(lines, locale.T("ask.because", "ref", string(ref), "subject", subject(mine), "reasons", joined(verdict.Reasons)))
		}
	}
	return lines, nil
}

// refresh promises that the card and every question about a proposal show its present state.
func (t *Turn) refresh(p proposal.Proposal) error {
	card, err := t.card(p)
	if err != nil {
		return err
	}
	if err := t.edit(cardSubject(p.Ref), card); err != nil {
		return err
	}
	asks, err := t.Tx.Asks().Of(p.Ref)
	if err != nil {
		return err
	}
	for _, a := range asks {
		if err := t.refreshAsk(p, a); err != nil {
			return err
		}
	}
	return t.refreshPeers(p)
}

// refreshPeers promises the same for the questions about peers' proposals that name p as a reason.
func (t *Turn) refreshPeers(p proposal.Proposal) error {
	pairs, err := t.Tx.Pairs().Of(p.Ref)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		a, err := t.ask(pair.Other(p.Ref), p.Org)
		if err != nil {
			return err
		}
		if a == nil {
			continue
		}
		about, err := t.proposal(a.Proposal)
		if err != nil {
			return err
		}
		if about.State != proposal.Live {
			continue
		}
		if err := t.refreshAsk(about, *a); err != nil {
			return err
		}
	}
	return nil
}

// refreshAsk promises that what one organisation was asked shows its present state: on the latest message to each reader, to which those
// before it point.
func (t *Turn) refreshAsk(p proposal.Proposal, a proposal.Ask) error {
	d, err := t.question(p, a)
	if err != nil {
		return err
	}
	posts, err := t.Tx.Promises().About(askSubject(p.Ref, a.Org))
	if err != nil {
		return err
	}
	latest := map[string]string{}
	for _, post := range posts {
		if stands(post) {
			latest[post.Person] = post.Key
		}
	}
	for _, post := range posts {
		if latest[post.Person] != post.Key {
			continue
		}
		if err := t.editPost(post, d); err != nil {
			return err
		}
	}
	return nil
}
