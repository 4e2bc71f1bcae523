// Package usecase does the things that people ask of the bot, one file each: propose, answer, decide, change, undo … and what falls
// due each working morning. A use case reads and writes one transaction, journals every change and promises what must be said;
// it sends nothing, waits for nothing and reads no clock. Which words start which use case is the business of bot/command;
// when they run, that of package bot.
package usecase

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/register"
	"sdcbot/bot/storage"
)

// Turn is what one use case works with: one transaction, one instant, one person (or none: the bot itself), and where it was said.
type Turn struct {
	Tx     storage.Tx
	Circle circle.Circle
	Chats  []string // the connections' names, in the order of the circle's file
	Now    time.Time
	Act    string          // a new id: all that this turn changes is one act, undone together
	Verb   string          // what is done, for the journal
	Sheets register.Sheets // reads and writes files of contracts

	Handbook *purchase.Handbook // by which purchases are judged; nil: the one that is shipped

	Who     circle.Person // zero: the bot itself
	Chat    string        // where it was said
	Channel string        // empty: in private
	On      chat.Ref      // the message that was reacted to

	promised int
	lately   lately
	morning  *ceiling // while the bot speaks of its own accord
}

// Reply is what the person is answered, at once and to them alone: at most one of its fields is set.
type Reply struct {
	Draft  *chat.Draft
	Form   *chat.Form[locale.Text]
	Errors map[string]locale.Text // of the form just sent, by field key
}

// Refusal is an error that the person can mend: Text says what to do, in the reader's language. Nothing has been changed.
type Refusal struct{ Text locale.Text }

func (r Refusal) Error() string { return "refused: " + r.Text.In(locale.English) }

func refuse(key string, pairs ...any) error { return Refusal{locale.T(key, pairs...)} }

// say answers with lines of text.
func say(lines ...locale.Text) Reply { return Reply{Draft: &chat.Draft{Lines: lines}} }

// today is the circle's day.
func (t *Turn) today() calendar.Day { return t.Circle.Today(t.Now) }

// language is the one in which the person reads and fills forms.
func (t *Turn) language() locale.Lang { return t.Circle.LanguageOf(t.Who.Handle) }

// proposal reads one proposal, or refuses a reference that nobody gave.
func (t *Turn) proposal(ref proposal.Ref) (proposal.Proposal, error) {
	p, err := t.Tx.Proposals().Get(ref)
	if errors.Is(err, storage.ErrNotFound) || p.State == proposal.Draft && p.Org != t.Who.Organisation {
		return p, refuse("refusal.no-such-ref", "ref", string(ref))
	}
	return p, err
}

// office is where an organisation keeps its contracts: its holidays, and how long its letters take.
func (t *Turn) office(org string) contract.Office {
	o, _ := t.Circle.Organisation(org)
	return contract.Office{Calendar: calendar.Calendar{Zone: o.Holidays}, PostingDays: o.PostingDays}
}

// own reads a proposal that the person's organisation may change.
func (t *Turn) own(ref proposal.Ref) (proposal.Proposal, error) {
	p, err := t.proposal(ref)
	switch {
	case err != nil:
		return p, err
	case p.Org != t.Who.Organisation:
		return p, refuse("refusal.not-yours", "ref", string(ref), "organisation", t.Circle.OrganisationName(p.Org))
	case p.State == proposal.Draft:
		return p, refuse("refusal.draft", "ref", string(ref), "subject", subject(p))
	case p.State != proposal.Live:
		return p, refuse("refusal.withdrawn", "ref", string(ref))
	}
	return p, nil
}

// putProposal writes a new or changed proposal and its line of the journal.
func (t *Turn) putProposal(before *proposal.Proposal, p proposal.Proposal) error {
	p.Version, p.Changed, t.lately = p.Version+1, t.Now, lately{}
	if err := t.Tx.Proposals().Put(p); err != nil {
		return err
	}
	return t.journal("proposal "+string(p.Ref), before, p)
}

// putAsk writes a question and its line of the journal.
func (t *Turn) putAsk(before *proposal.Ask, a proposal.Ask) error {
	if err := t.Tx.Asks().Put(a); err != nil {
		return err
	}
	return t.journal(askSubject(a.Proposal, a.Org), before, a)
}

// ask reads the question put to the organisation about a proposal; nil when there is none.
func (t *Turn) ask(ref proposal.Ref, org string) (*proposal.Ask, error) {
	a, err := t.Tx.Asks().Get(ref, org)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, nil
	}
	return &a, err
}

// putSetting writes a small fact and its line of the journal.
func putSetting[T any](t *Turn, key string, before *T, after T) error {
	if err := t.Tx.Settings().Put(key, after); err != nil {
		return err
	}
	return t.journal("setting "+key, before, after)
}

// journal adds a line. before is nil for what did not exist; a typed nil pointer counts as nil.
func (t *Turn) journal(subject string, before, after any) error {
	was, err := encode(before)
	if err != nil {
		return err
	}
	is, err := encode(after)
	if err != nil {
		return err
	}
	return t.Tx.Journal().Add(storage.Entry{
		At: t.Now, Person: t.Who.Handle, Chat: t.Chat, Channel: t.Channel, Verb: t.Verb, Act: t.Act,
		Subject: subject, Before: was, After: is,
	})
}

func encode(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil || string(raw) == "null" {
		return nil, err
	}
	return raw, nil
}

// Subjects of messages and of the journal: "card C-1", "ask C-1 B", "remind C-1".
func cardSubject(ref proposal.Ref) string            { return "card " + string(ref) }
func askSubject(ref proposal.Ref, org string) string { return "ask " + string(ref) + " " + org }
func commentSubject(ref proposal.Ref, org, act string) string {
	return "comment " + askSubject(ref, org) + " " + act
}
func remindSubject(ref proposal.Ref) string { return "remind " + string(ref) }

// post promises a message in the circle's channel, in every chat.
func (t *Turn) post(key, subject string, d chat.Draft) error {
	for _, name := range t.Chats {
		err := t.promise(storage.Promise{Key: key + " @" + name, Chat: name, Channel: t.Circle.Channel, Subject: subject, Draft: d})
		if err != nil {
			return err
		}
	}
	return nil
}

// thread promises a message under one that was promised by post, in every chat.
func (t *Turn) thread(key, under, subject string, d chat.Draft) error {
	for _, name := range t.Chats {
		err := t.promise(storage.Promise{
			Key: key + " @" + name, Chat: name, Channel: t.Circle.Channel, Thread: under + " @" + name, Subject: subject, Draft: d,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tell promises a private message to one person, in the chat where they are.
func (t *Turn) tell(handle, key, subject string, d chat.Draft) error {
	return t.promise(storage.Promise{Key: key, Chat: t.chatOf(handle), Person: handle, Subject: subject, Draft: d})
}

// chatOf is where a person is spoken to in private: the chat in which they were last heard, else the first of the file in which they have an
// account, else the first; empty where the file names none.
func (t *Turn) chatOf(handle string) string {
	if met := t.metIn(handle); met != "" {
		return met
	}
	person, _ := t.Circle.Person(handle)
	for _, name := range t.Chats {
		if person.Accounts[name] != "" {
			return name
		}
	}
	if len(t.Chats) == 0 {
		return ""
	}
	return t.Chats[0]
}

func (t *Turn) promise(p storage.Promise) error {
	if t.morning.holds(p) {
		return nil
	}
	p.Kind, p.State, p.Made = storage.Post, storage.Waiting, t.Now
	_, err := t.Tx.Promises().Put(p)
	return err
}

// edit promises that every message of the subject, said or still to be said, will say this instead. An earlier edit that was not
// made yet is dropped: only the latest state counts.
func (t *Turn) edit(subject string, d chat.Draft) error {
	posts, err := t.Tx.Promises().About(subject)
	if err != nil {
		return err
	}
	for _, p := range posts {
		if err := t.editPost(p, d); err != nil {
			return err
		}
	}
	return nil
}

// editPost promises the same of one message.
func (t *Turn) editPost(p storage.Promise, d chat.Draft) error {
	if !stands(p) {
		return nil
	}
	if err := t.Tx.Promises().Supersede(p.Key); err != nil {
		return err
	}
	t.promised++
	_, err := t.Tx.Promises().Put(storage.Promise{
		Key: "edit " + p.Key + " " + t.Act + "." + strconv.Itoa(t.promised), Kind: storage.Edit,
		Chat: p.Chat, Channel: p.Channel, Person: p.Person, Target: p.Key, Subject: p.Subject, Draft: d,
		State: storage.Waiting, Made: t.Now,
	})
	return err
}

// stands says whether a message is read by somebody, or will be.
func stands(p storage.Promise) bool {
	return p.State != storage.GivenUp && p.State != storage.Superseded
}

// live returns the proposals that count, in the order in which they were recorded.
func (t *Turn) live() ([]proposal.Proposal, error) {
	all, err := t.Tx.Proposals().All()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(p proposal.Proposal) bool { return p.State != proposal.Live }), nil
}

// organisation names a member, for a sentence.
func (t *Turn) organisation(code string) string { return t.Circle.OrganisationName(code) }

// person names somebody, for a sentence: by name where the file gives one, else by handle.
func (t *Turn) person(handle string) string {
	if p, ok := t.Circle.Person(handle); ok && p.Name != "" {
		return p.Name
	}
	return handle
}

// fault wraps an unexpected error with what was being done.
func fault(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
