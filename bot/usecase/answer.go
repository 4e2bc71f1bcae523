package usecase

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
)

// Answer records what the person's organisation says of a peer's proposal, shows it on the card and tells the author. pressed says
// that a button was used: then a form can ask for more at once, where a reaction gets a private message.
func Answer(t *Turn, ref proposal.Ref, answer proposal.Answer, pressed bool) (Reply, error) {
	p, before, err := t.answerable(ref)
	if err != nil {
		return Reply{}, err
	}
	was := proposal.Ask{Proposal: ref, Org: t.Who.Organisation}
	if before != nil {
		was = *before
	}
	a := was.Voice(answer, t.Who.Handle, t.Now)
	voice := proposal.Voice{Answer: answer, By: t.Who.Handle}
	if !pressed {
		voice.On = t.on()
	}
	if err := t.changeVoices(ref, a.Org, func(all proposal.Voices) proposal.Voices { return all.Given(voice) }); err != nil {
		return Reply{}, err
	}
	if a.Answer == was.Answer {
		if pressed && (answer == proposal.No || answer == proposal.Done) {
			return t.commentForm(p, a), nil
		}
		return say(locale.T("answer.same", "ref", string(ref), "answer", answerSaid(answer))), nil
	}
	if err := t.voiced(p, before, a); err != nil {
		return Reply{}, err
	}
	wantsMore := answer == proposal.No || answer == proposal.Done
	switch {
	case pressed && wantsMore:
		return t.commentForm(p, a), nil
	case wantsMore:
		return Reply{}, t.tell(t.Who.Handle, moreSubject(a)+" "+t.Act, moreSubject(a), chat.Draft{
			Lines:   []locale.Text{locale.T("answer.more."+string(answer), "ref", string(ref), "subject", subject(p), "organisation", t.organisation(p.Org))},
			Buttons: []chat.Button[locale.Text]{{ID: "comment " + string(ref), Label: locale.T("button.fill")}},
		})
	}
	return say(locale.T("answer.noted."+string(answer), "ref", string(ref), "subject", subject(p), "author", t.person(p.Author), "organisation", t.organisation(p.Org))), nil
}

// Unanswer takes an answer back when the reaction that gave it is taken off. The organisation then says what it said before by an emoji
// that still stands, or by a button; nothing where there is none.
func Unanswer(t *Turn, ref proposal.Ref, answer proposal.Answer) (Reply, error) {
	p, before, err := t.answerable(ref)
	if err != nil {
		return Reply{}, err
	}
	var left proposal.Voices
	known := false
	taken := proposal.Voice{Answer: answer, By: t.Who.Handle, On: t.on()}
	err = t.changeVoices(ref, t.Who.Organisation, func(all proposal.Voices) proposal.Voices {
		left = all.TakenOff(taken)
		known = len(left) < len(all)
		return left
	})
	if err != nil {
		return Reply{}, err
	}
	latest := left.Latest()
	switch {
	case before == nil || before.Answer != answer:
		return Reply{}, nil // another answer counts already
	case latest.Answer == answer:
		return Reply{}, nil // given twice, and taken off once
	case !known && before.By != t.Who.Handle:
		return Reply{}, nil // somebody else's
	}
	return Reply{}, t.voiced(p, before, before.Voice(latest.Answer, cmp.Or(latest.By, t.Who.Handle), t.Now))
}

// on names the message that was reacted to.
func (t *Turn) on() string {
	if t.On.IsZero() {
		return ""
	}
	return t.On.Chat + " " + t.On.Channel + " " + t.On.ID
}

// changeVoices rewrites the voices of an organisation on a question. They are no change of anything that people see: the answer which
// follows from them is, and stands in the journal.
func (t *Turn) changeVoices(ref proposal.Ref, org string, change func(proposal.Voices) proposal.Voices) error {
	key := "voices " + string(ref) + " " + org
	var all proposal.Voices
	if err := t.Tx.Settings().Get(key, &all); err != nil {
		return err
	}
	return t.Tx.Settings().Put(key, change(all))
}

// answerable reads a proposal on which the person's organisation may be heard, and what it said so far.
func (t *Turn) answerable(ref proposal.Ref) (proposal.Proposal, *proposal.Ask, error) {
	p, err := t.proposal(ref)
	switch {
	case err != nil:
		return p, nil, err
	case p.State != proposal.Live:
		return p, nil, refuse("refusal.withdrawn", "ref", string(ref))
	case p.Org == t.Who.Organisation:
		return p, nil, refuse("refusal.own-proposal", "ref", string(ref))
	}
	a, err := t.ask(ref, t.Who.Organisation)
	return p, a, err
}

// voiced writes an answer with all that follows from it.
func (t *Turn) voiced(p proposal.Proposal, before *proposal.Ask, a proposal.Ask) error {
	if err := t.putAsk(before, a); err != nil {
		return err
	}
	if err := t.refusePairs(a); err != nil {
		return err
	}
	card, err := t.card(p)
	if err != nil {
		return err
	}
	if err := t.edit(cardSubject(p.Ref), card); err != nil {
		return err
	}
	if err := t.refreshAsk(p, a); err != nil {
		return err
	}
	if before != nil && (before.Answer == proposal.No || before.Answer == proposal.Done) {
		if err := t.overMore(p, a); err != nil {
			return err
		}
	}
	return t.tellAuthor(p, a)
}

// moreSubject is that of the message which asks for more behind an answer.
func moreSubject(a proposal.Ask) string { return "more " + askSubject(a.Proposal, a.Org) }

// overMore closes the messages that asked for more behind an answer which counts no longer.
func (t *Turn) overMore(p proposal.Proposal, a proposal.Ask) error {
	if err := t.unsay(moreSubject(a)); err != nil {
		return err
	}
	return t.edit(moreSubject(a), chat.Draft{
		Lines: []locale.Text{locale.T("answer.more.over", "ref", string(p.Ref), "subject", subject(p), "organisation", t.organisation(p.Org), "answer", answerSaid(a.Answer))},
		Tone:  chat.Muted,
	})
}

// refusePairs remembers that a no closes the pairs for ever, and that any other answer reopens them.
func (t *Turn) refusePairs(a proposal.Ask) error {
	for _, mine := range a.With {
		first, second := proposal.Order(a.Proposal, mine)
		if err := t.Tx.Pairs().Put(proposal.Pair{A: first, B: second, At: t.Now, Refused: a.Answer == proposal.No}); err != nil {
			return err
		}
	}
	return nil
}

// tellAuthor tells whoever speaks for the proposing organisation what a peer answered.
func (t *Turn) tellAuthor(p proposal.Proposal, a proposal.Ask) error {
	reader, err := t.ownerOf(p, circle.Propose)
	if err != nil || reader == "" {
		return err
	}
	key := "told.answered"
	switch {
	case a.Answer == proposal.Silent:
		key = "told.taken-back"
	case a.Before != proposal.Silent:
		key = "told.changed"
	}
	d := chat.Draft{Lines: []locale.Text{locale.T(key,
		"organisation", t.organisation(a.Org), "person", t.person(a.By), "ref", string(p.Ref), "subject", subject(p),
		"answer", answerSaid(a.Answer), "before", answerSaid(a.Before))}}
	if a.Answer == proposal.Interested || a.Answer == proposal.Done {
		d.Footer, d.Tone = locale.T("told.next."+string(a.Answer), "person", t.person(a.By)), chat.Good
	}
	if a.Answer == proposal.Interested {
		d.Buttons = poolButton(p, a.Org)
		var theirs []near
		for _, ref := range a.With {
			held, err := t.proposal(ref)
			if err != nil {
				return err
			}
			theirs = append(theirs, near{peer: held})
		}
		honest, err := t.honest(p, theirs)
		if err != nil {
			return err
		}
		if !honest.IsZero() {
			d.Lines = append(d.Lines, honest)
		}
	}
	return t.tell(reader, "told "+askSubject(p.Ref, a.Org)+" "+t.Act, "told "+string(p.Ref), d)
}

// ownerOf is who hears about a proposal: its owner, the owner's deputy, its author, or whoever speaks for the organisation while all of these are
// away, gone or may not do what is asked of the reader.
func (t *Turn) ownerOf(p proposal.Proposal, asked circle.Permission) (handle string, err error) {
	away, err := t.awayOn(t.today())
	if err != nil {
		return "", err
	}
	for _, handle := range []string{p.Books.Owner, p.Books.Deputy, p.Author} {
		person, ok := t.Circle.Person(handle)
		if ok && !away(handle) && person.Organisation == p.Org && circle.May(person, asked, t.today()) {
			return handle, nil
		}
	}
	speaker, _ := t.Circle.Speaker(p.Org, t.today(), away)
	return speaker.Handle, nil
}

// CommentForm opens the form that asks why not, or how and with whom.
func CommentForm(t *Turn, ref proposal.Ref) (Reply, error) {
	p, a, err := t.answerable(ref)
	if err != nil {
		return Reply{}, err
	}
	if a == nil || a.Answer != proposal.No && a.Answer != proposal.Done {
		return Reply{}, refuse("answer.nothing-to-add", "ref", string(ref))
	}
	return t.commentForm(p, *a), nil
}

func (t *Turn) commentForm(p proposal.Proposal, a proposal.Ask) Reply {
	form := chat.Form[locale.Text]{
		ID:     "comment " + string(p.Ref) + " " + string(a.Answer),
		Title:  locale.T("form.comment", "ref", string(p.Ref)),
		Intro:  locale.T("form.comment."+string(a.Answer), "ref", string(p.Ref), "subject", subject(p), "organisation", t.organisation(p.Org)),
		Submit: locale.T("form.submit"),
	}
	keys := []string{"reason"}
	if a.Answer == proposal.Done {
		keys = []string{"how", "with", "call"}
	}
	for _, key := range keys {
		in := chat.Input[locale.Text]{Key: key, Label: locale.T("field." + key), Hint: locale.T("hint." + key), Optional: true, Long: key == "reason" || key == "how"}
		if key == "call" {
			in.Options = []chat.Option[locale.Text]{{Value: "yes", Label: locale.T("word.yes")}, {Value: "no", Label: locale.T("word.no")}}
		}
		form.Fields = append(form.Fields, in)
	}
	return Reply{Form: &form}
}

// Comment takes the form of CommentForm. A reason against stays with the two organisations concerned; an experience is told to the author.
func Comment(t *Turn, ref proposal.Ref, answer proposal.Answer, values map[string]string) (Reply, error) {
	p, before, err := t.answerable(ref)
	if err != nil {
		return Reply{}, err
	}
	if before == nil || before.Answer != answer {
		return Reply{}, refuse("answer.nothing-to-add", "ref", string(ref))
	}
	var lines []locale.Text
	var kept []string
	for _, key := range commentKeys {
		value := clean(values[key])
		if value == "" {
			continue
		}
		if utf8.RuneCountInString(value) > longestComment {
			return Reply{Errors: map[string]locale.Text{key: locale.T("fault.too-long", "limit", longestComment)}}, nil
		}
		lines = append(lines, commentLine(key, value))
		kept = append(kept, key+": "+value)
	}
	if len(lines) == 0 {
		return say(locale.T("comment.nothing")), nil
	}
	after := *before
	after.Comment = strings.Join(kept, "\n")
	if after.Comment == before.Comment {
		return say(locale.T("comment.same")), nil
	}
	if err := t.putAsk(before, after); err != nil {
		return Reply{}, err
	}
	reader, err := t.ownerOf(p, circle.Propose)
	if err != nil {
		return Reply{}, err
	}
	if reader != "" {
		title := locale.T("comment.title."+string(answer), "organisation", t.organisation(after.Org), "ref", string(ref), "subject", subject(p))
		subject := commentSubject(ref, after.Org, t.Act)
		err := t.tell(reader, subject, subject, chat.Draft{Title: title, Lines: lines})
		if err != nil {
			return Reply{}, err
		}
	}
	return say(locale.T("comment.noted", "person", t.person(reader))), nil
}

// commentKeys are the fields of the forms behind an answer.
var commentKeys = []string{"reason", "how", "with", "call"}

func commentLine(key, value string) locale.Text {
	shown := locale.Plain(value)
	if key == "call" {
		shown = locale.T(yesNo(value))
	}
	return locale.T("comment.line", "label", locale.T("field."+key), "value", shown)
}

// commented says again what was told with an answer. It is for the two organisations concerned.
func commented(a proposal.Ask) (lines []locale.Text) {
	if a.Comment == "" {
		return nil
	}
	key, value := "", ""
	flush := func() {
		if key != "" {
			lines = append(lines, commentLine(key, value))
		}
	}
	for _, line := range strings.Split(a.Comment, "\n") {
		before, after, found := strings.Cut(line, ": ")
		if !found || !slices.Contains(commentKeys, before) {
			value += " " + line // a text of several lines
			continue
		}
		flush()
		key, value = before, after
	}
	flush()
	return lines
}

func yesNo(value string) string {
	for _, lang := range locale.Languages {
		if strings.EqualFold(value, "yes") || strings.EqualFold(value, locale.T("word.yes").In(lang)) {
			return "word.yes"
		}
	}
	return "word.no"
}
