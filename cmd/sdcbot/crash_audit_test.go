//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/contract"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/storage"
	"sdcbot/bot/usecase"
	"sdcbot/config"
	"sdcbot/store"
)

// line is one line of the chat's file, as far as the audit reads it.
type line struct {
	Seq     int
	At      time.Time
	Kind    string
	Person  string
	Room    string
	Only    string
	ID      string
	Key     string
	Text    string
	Button  string
	Emoji   string
	Message chat.Message
	Form    struct{ ID string }
	Values  map[string]string
	Moved   time.Duration
	number  string // the id that this line gives to its message
}

// audit is what two files tell of one life, once everything is quiet: what people did, by the chat's file, and what became
// of it, by the bot's database and by what stands in the chat.
type audit struct {
	*life
	circle    circle.Circle
	lines     []line
	posts     map[string]line // what the bot has promised and posted, by key; Message is how it stands now
	proposals []proposal.Proposal
	asks      []proposal.Ask
	pairs     []proposal.Pair
	acts      map[string][]storage.Entry // the journal's entries on each question
	today     time.Time
}

// open counts the events that are not worked and the promises that are not kept.
func (l *life) open() (events, promises int) {
	l.view(func(tx storage.Tx) error {
		heard, err := tx.Inbox().Open()
		if err != nil {
			return err
		}
		promised, err := tx.Promises().Open()
		events, promises = len(heard), len(promised)
		return err
	})
	return events, promises
}

func (l *life) view(f func(storage.Tx) error) {
	l.t.Helper()
	s, err := store.Open(l.t.Context(), l.database())
	if err != nil {
		l.t.Fatal(err)
	}
	defer s.Close()
	if err := s.View(l.t.Context(), l.members().ID, f); err != nil {
		l.t.Fatal(err)
	}
}

func (l *life) members() circle.Circle {
	loaded, _, err := config.LoadRehearsal(l.circleFile(), os.Getenv)
	if err != nil {
		l.t.Fatal(err)
	}
	return loaded.Circle
}

// quiet waits until the program has nothing left to do.
func (l *life) quiet(p *program) {
	l.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var state struct{ Status struct{ Pending int } }
		answer, err := l.people.client.Get(p.url + "/api/state?as=dsi-a")
		if err != nil {
			l.t.Fatal(err)
		}
		err = json.NewDecoder(answer.Body).Decode(&state)
		answer.Body.Close()
		if err != nil {
			l.t.Fatal(err)
		}
		if events, promises := l.open(); state.Status.Pending+events+promises == 0 {
			return
		}
	}
	events, promises := l.open()
	l.t.Errorf("not quiet after half a minute: %d events, %d promises", events, promises)
}

// audit holds everything that a life may claim against what stands in its files.
func (l *life) audit() {
	l.t.Helper()
	a := &audit{life: l, circle: l.members(), posts: map[string]line{}, acts: map[string][]storage.Entry{}}
	a.read()
	l.view(func(tx storage.Tx) (err error) {
		if a.proposals, err = tx.Proposals().All(); err != nil {
			return err
		}
		if a.asks, err = tx.Asks().All(); err != nil {
			return err
		}
		if a.pairs, err = tx.Pairs().All(); err != nil {
			return err
		}
		for _, ask := range a.asks {
			subject := "ask " + string(ask.Proposal) + " " + ask.Org
			if a.acts[subject], err = tx.Journal().About(subject); err != nil {
				return err
			}
		}
		return nil
	})
	a.acknowledged()
	a.once()
	a.references()
	a.followed()
	a.questions()
	a.cards()
	a.mornings()
	l.t.Logf("life %d: %d lines, %d proposals, %d questions, %d messages, until %s",
		l.seed, len(a.lines), len(a.proposals), len(a.asks), len(a.posts), a.today.Format(time.DateOnly))
}

// read reads the chat's file. A line that is not whole can only be the last one of a killed process, and a start cuts it off.
func (a *audit) read() {
	file, err := os.Open(a.messages())
	if err != nil {
		a.t.Fatal(err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<22)
	prefix, at := "", map[string]string{}
	for first := true; in.Scan(); first = false {
		var l line
		if first {
			var head struct{ ID string }
			err = json.Unmarshal(in.Bytes(), &head)
			prefix = head.ID
		} else {
			err = json.Unmarshal(in.Bytes(), &l)
			l.number = fmt.Sprint(prefix, "-", l.Seq)
		}
		if err != nil {
			a.t.Fatalf("%s: %v", in.Text(), err)
		}
		switch {
		case l.Kind == "posted" && l.Key != "":
			if _, twice := a.posts[l.Key]; twice {
				a.t.Errorf("posted twice under one key: %s", l.Key)
			}
			a.posts[l.Key], at[l.number] = l, l.Key
		case l.Kind == "edited":
			if key, ok := at[l.ID]; ok {
				p := a.posts[key]
				p.Message = l.Message
				a.posts[key] = p
			}
		}
		a.today = l.At
		a.lines = append(a.lines, l)
	}
	if err := in.Err(); err != nil {
		a.t.Fatal(err)
	}
}

// acknowledged: what the page said it had taken stands in the chat's file.
func (a *audit) acknowledged() {
	left := slices.Clone(a.lines)
	for _, d := range a.people.deeds {
		i := slices.IndexFunc(left, func(l line) bool {
			if l.Kind != d.Kind || l.Person != d.Person {
				return false
			}
			if d.Kind == "submitted" {
				return true // another form may have opened meanwhile; what each one says is followed up below
			}
			return l.Text == d.Text && l.Button == d.Button && l.ID == d.ID && l.Emoji == d.Emoji
		})
		if i < 0 {
			a.t.Errorf("acknowledged and lost: %+v", d)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
}

// once: nothing was said twice to the same people. Edits are no new messages, and recalls say their number of days. A refusal on the
// spot may well be said again, to who asks again: it has no key and nothing to press.
func (a *audit) once() {
	said := map[string]line{}
	for _, l := range a.lines {
		if l.Kind != "posted" || l.Key == "" && len(l.Message.Buttons) == 0 {
			continue
		}
		key := l.Room + l.Only + "\n" + playground.Words(l.Message)
		if before, twice := said[key]; twice {
			a.t.Errorf("said twice (keys %q and %q): %s", before.Key, l.Key, key)
		}
		said[key] = l
	}
}

// references: each kind's count from 1 without a gap, since a number is taken in the transaction that uses it.
func (a *audit) references() {
	count := map[proposal.Kind]int{}
	for _, p := range a.proposals {
		count[p.Kind]++
		if want := proposal.NewRef(p.Kind, count[p.Kind]); p.Ref != want {
			a.t.Errorf("after %d of its kind comes %s, want %s", count[p.Kind]-1, p.Ref, want)
		}
	}
}

// followed: what people did has had its effect, once, in the order in which they did it.
func (a *audit) followed() {
	said := map[string]int{}
	for _, p := range a.proposals {
		said[p.Said]++
	}
	answers, withdrawn, suppliers, reasons := map[string]proposal.Answer{}, map[proposal.Ref]bool{}, map[proposal.Ref]string{}, map[string]string{}
	own := map[proposal.Ref]string{}
	for _, p := range a.proposals {
		own[p.Ref] = p.Org
	}
	told := map[string]line{}
	for _, l := range a.lines {
		who, _ := a.circle.Person(l.Person)
		words := strings.Fields(l.Button + l.Text)
		switch {
		case l.Kind == "posted":
			told[l.number] = l
		case l.Kind == "commanded" && words[1] == "propose":
			if sentence := strings.TrimPrefix(l.Text, "/sdc propose "); said[sentence] != 1 {
				a.t.Errorf("%d proposals of %q, want 1", said[sentence], sentence)
			}
		case l.Kind == "commanded" && words[1] == "retirer":
			withdrawn[proposal.Ref(words[2])] = true
		case l.Kind == "pressed" && words[0] == "undo":
			for ref := range own {
				if strings.Contains(told[l.ID].Message.Title+" ", " "+string(ref)+",") {
					withdrawn[ref] = true
				}
			}
		case l.Kind == "pressed" && words[0] == "answer":
			if !withdrawn[proposal.Ref(words[1])] {
				answers[words[1]+" "+who.Organisation] = proposal.Answer(words[2])
			}
		case l.Kind == "reacted":
			about := strings.Fields(strings.TrimPrefix(told[l.ID].Key, "recall ")) // "ask C-1 B"
			if answer, ok := proposal.AnswerOf(l.Emoji); ok && !withdrawn[proposal.Ref(about[1])] {
				answers[about[1]+" "+who.Organisation] = answer
			}
		case l.Kind == "submitted":
			form := strings.Fields(l.Form.ID)
			switch ref := proposal.Ref(form[1]); {
			case withdrawn[ref]:
			case form[0] == "fill":
				suppliers[ref] = l.Values["supplier"]
			case answers[form[1]+" "+who.Organisation] == proposal.No:
				reasons[form[1]+" "+who.Organisation] = l.Values["reason"]
			}
		}
	}
	for _, p := range a.proposals {
		if (p.State == proposal.Withdrawn) != withdrawn[p.Ref] {
			a.t.Errorf("%s is %s, withdrawn by somebody: %v", p.Ref, p.State, withdrawn[p.Ref])
		}
		if supplier, ok := suppliers[p.Ref]; ok && p.Supplier != supplier {
			a.t.Errorf("%s: supplier %q, sent in the form: %q", p.Ref, p.Supplier, supplier)
		}
	}
	for _, ask := range a.asks {
		key := string(ask.Proposal) + " " + ask.Org
		if ask.Answer != answers[key] {
			a.t.Errorf("question %s: counted as %q, answered %q", key, ask.Answer, answers[key])
		}
		if reason := reasons[key]; reason != "" && ask.Answer == proposal.No && ask.Comment != "reason: "+reason {
			a.t.Errorf("question %s: comment %q, sent in the form: %q", key, ask.Comment, reason)
		}
		delete(answers, key)
	}
	for key, answer := range answers {
		a.t.Errorf("answered %s on %s, and no question is known", answer, key)
	}
}

// questions: whoever was brought together was asked, once and in private, and each answer was told to the author.
func (a *audit) questions() {
	asked := map[string]proposal.Ask{}
	org, author, state := map[proposal.Ref]string{}, map[proposal.Ref]string{}, map[proposal.Ref]proposal.State{}
	for _, p := range a.proposals {
		org[p.Ref], author[p.Ref], state[p.Ref] = p.Org, p.Author, p.State
	}
	for _, ask := range a.asks {
		key := "ask " + string(ask.Proposal) + " " + ask.Org
		asked[key] = ask
		if org[ask.Proposal] == ask.Org {
			a.t.Errorf("%s: an organisation was asked about its own proposal", key)
		}
		post, ok := a.posts[key]
		taken := !ok && state[ask.Proposal] == proposal.Withdrawn // back before the question could be put
		if !taken && post.Room != "@"+ask.Person {
			a.t.Errorf("%s: asked in %q, want in private to %s", key, post.Room, ask.Person)
		}
		for _, e := range a.acts[key] {
			var before, after proposal.Ask
			_ = json.Unmarshal(e.Before, &before)
			_ = json.Unmarshal(e.After, &after)
			if before.Answer == after.Answer {
				continue
			}
			if post := a.posts["told "+key+" "+e.Act]; post.Room != "@"+author[ask.Proposal] {
				a.t.Errorf("%s: %q was told in %q, want to %s", key, after.Answer, post.Room, author[ask.Proposal])
			}
		}
	}
	for _, pair := range a.pairs {
		first := asked["ask "+string(pair.A)+" "+org[pair.B]]
		second := asked["ask "+string(pair.B)+" "+org[pair.A]]
		if !slices.Contains(first.With, pair.B) && !slices.Contains(second.With, pair.A) {
			a.t.Errorf("%s and %s are a pair, and nobody was asked about it", pair.A, pair.B)
		}
	}
}

// cards: each proposal has one card in the channel, which shows its present state.
func (a *audit) cards() {
	for _, p := range a.proposals {
		card, ok := a.posts["card "+string(p.Ref)+" @playground"]
		if !ok || card.Room != "#commun" {
			a.t.Errorf("%s has no card in the channel (%q)", p.Ref, card.Room)
			continue
		}
		words := playground.Words(card.Message)
		want := func(text locale.Text) {
			if !strings.Contains(words, text.In(locale.French)) {
				a.t.Errorf("the card of %s does not say %q:\n%s", p.Ref, text.In(locale.French), words)
			}
		}
		if p.State == proposal.Withdrawn {
			want(locale.T("card.withdrawn.line", "organisation", a.circle.OrganisationName(p.Org)))
			continue
		}
		for _, ask := range a.asks {
			if ask.Proposal != p.Ref {
				continue
			}
			stand, organisation := locale.T("stand.asked", "organisation", a.circle.OrganisationName(ask.Org)), a.circle.OrganisationName(ask.Org)
			if ask.Answer != proposal.Silent {
				stand = locale.T("stand.answered", "organisation", organisation, "answer", locale.T("answer."+string(ask.Answer)))
			}
			want(stand)
		}
	}
}

// mornings: what fell due until now was said, as if the program had never died.
func (a *audit) mornings() {
	morning := usecase.LastMorning(a.circle, a.today)
	for _, p := range a.proposals {
		if p.State != proposal.Live {
			continue
		}
		for _, ask := range a.asks {
			key := "ask " + string(ask.Proposal) + " " + ask.Org
			asked := a.circle.Today(ask.At)
			if ask.Proposal != p.Ref {
				continue
			}
			if days, due := ask.RecallDue(asked, morning); due {
				a.t.Errorf("%s: asked on %s, silent, and no recall of %d days by %s", key, asked, days, morning)
			}
			if ask.Recalls == 0 || ask.Answer != proposal.Silent {
				continue
			}
			recalled := fmt.Sprint("recall ", key, " ", ask.Recalls)
			if ask.Recalls == proposal.RecallDays[len(proposal.RecallDays)-1] {
				recalled = "summary " + string(p.Ref) + " "
			}
			said := false
			for k := range a.posts {
				said = said || strings.HasPrefix(k, recalled)
			}
			if !said {
				a.t.Errorf("%s: recorded as recalled after %d days, and not said", key, ask.Recalls)
			}
		}
		for _, r := range contract.Reminders(p.Terms, morning) {
			first := a.circle.Today(p.At)
			if !r.Day.After(first) || r.Day.After(morning) {
				continue
			}
			if latest, _ := contract.Latest(contract.Reminders(p.Terms, morning), morning); latest != r {
				continue // mornings that were missed together are said once
			}
			if key := fmt.Sprint("remind ", p.Ref, " ", r.LastDay, " ", r.Months); a.posts[key].Key == "" {
				a.t.Errorf("%s: was due on %s and was not said by %s", key, r.Day, morning)
			}
		}
	}
}
