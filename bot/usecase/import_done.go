package usecase

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"sdcbot/bot/chat"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
	"sdcbot/bot/proposal"
	"sdcbot/bot/register"
	"sdcbot/bot/storage"
)

// importVerb marks the act of an import in the journal: it is undone at once, not row by row.
const importVerb = "import"

func importSubject(act string) string { return "import " + act }

// ImportTable records what the file that waits says, compared anew with what is recorded now: one act, told to the circle in one message and to
// each peer concerned in one more.
func ImportTable(t *Turn, id string) (Reply, error) {
	w, err := t.waiting(id)
	if err != nil {
		return Reply{}, err
	}
	plan, why, err := t.plan(w)
	if err != nil {
		return Reply{}, err
	}
	if !why.IsZero() {
		return Reply{}, Refusal{why}
	}
	done, err := t.imported(plan)
	if err != nil {
		return Reply{}, err
	}
	w = waitingImport{ID: w.ID, At: w.At, Imported: true}
	if err := t.keepImport(w); err != nil {
		return Reply{}, err
	}
	d, err := t.importSaid(plan, done)
	if err != nil || !done.wrote() {
		return Reply{Draft: &d}, err
	}
	d.Footer = locale.T("import.done.footer")
	d.Buttons = []chat.Button[locale.Text]{{ID: "undo " + t.Act, Label: locale.T("button.undo"), Tone: chat.Danger}}
	return Reply{Draft: &d}, nil
}

// importSaid says to whoever imported what has been recorded, what was left, and who was told.
func (t *Turn) importSaid(plan register.Plan, done importDone) (chat.Draft, error) {
	if !done.wrote() {
		return chat.Draft{Lines: []locale.Text{locale.T("import.nothing")}}, nil
	}
	d := chat.Draft{Title: locale.T("import.done", "count", len(done.added)), Tone: chat.Good}
	switch {
	case len(done.added) == 0:
		d.Title = locale.T("import.done.changed", "count", len(done.changed))
	case len(done.changed) > 0:
		d.Lines = append(d.Lines, locale.T("import.card.also", "count", len(done.changed)))
	}
	if n := len(plan.Of(register.Refuse)) + len(plan.Of(register.Doubt)); n > 0 {
		d.Lines = append(d.Lines, locale.T("import.left", "count", n))
	}
	if n := plan.Guessed(); n > 0 {
		d.Lines = append(d.Lines, locale.T("import.guessed", "count", n))
	}
	alarms, err := t.incoherent(slices.Concat(done.added, done.changed)...)
	if err != nil {
		return d, err
	}
	d.Lines = append(d.Lines, alarms[:min(len(alarms), importMatches)]...)
	if len(done.told) > 0 {
		d.Lines = append(d.Lines, locale.T("import.told", "organisations", done.told))
	}
	return d, nil
}

// importDone is what an import has recorded, and who was told of it.
type importDone struct {
	added, changed []proposal.Proposal
	told           []locale.Text // organisations
}

// wrote says whether anything of the circle's is new: there is something to tell, and to take back.
func (d importDone) wrote() bool { return len(d.added)+len(d.changed) > 0 }

// imported writes what the plan says, and promises what has to be said of it.
func (t *Turn) imported(plan register.Plan) (importDone, error) {
	t.Verb = importVerb
	var done importDone
	all, err := t.Tx.Proposals().All()
	if err != nil {
		return done, err
	}
	byRef := map[proposal.Ref]proposal.Proposal{}
	for _, p := range all {
		byRef[p.Ref] = p
	}
	var write changes
	for _, v := range plan.Verdicts {
		switch {
		case v.Decision == register.Add:
			n, err := t.Tx.Proposals().Next(proposal.Contract)
			if err != nil {
				return done, fault("number a contract", err)
			}
			p := recordOf(v.Contract, proposal.Proposal{
				Ref: proposal.NewRef(proposal.Contract, n), Org: t.Who.Organisation, Author: t.Who.Handle, State: proposal.Live, At: t.Now,
			})
			done.added = append(done.added, write.put(t, nil, p))
		case v.Decision == register.Alter, v.Decision == register.Same && v.Adopted:
			before := byRef[v.Ref]
			p := write.put(t, &before, recordOf(v.Contract, before))
			if v.Decision == register.Alter {
				done.changed = append(done.changed, p)
			}
		}
	}
	if err := write.keep(t); err != nil {
		return done, err
	}
	if !done.wrote() {
		return done, nil
	}
	if err := t.refreshTouched(done.changed); err != nil {
		return done, err
	}
	if done.told, err = t.tellPeers(done, all); err != nil {
		return done, err
	}
	return done, t.post(importSubject(t.Act), importSubject(t.Act), t.importCard(done))
}

// changes are proposals that one act writes at once.
type changes struct {
	after   []proposal.Proposal
	entries []storage.Entry
	fault   error
}

// put takes a change up, and returns the proposal as it will be read.
func (c *changes) put(t *Turn, before *proposal.Proposal, p proposal.Proposal) proposal.Proposal {
	p.Version, p.Changed = p.Version+1, t.Now
	var was []byte
	var err error
	if before != nil {
		was, err = encode(*before)
		c.fault = errors.Join(c.fault, err)
	}
	is, err := encode(p)
	c.fault = errors.Join(c.fault, err)
	c.after = append(c.after, p)
	c.entries = append(c.entries, storage.Entry{
		At: t.Now, Person: t.Who.Handle, Chat: t.Chat, Channel: t.Channel, Verb: t.Verb, Act: t.Act,
		Subject: "proposal " + string(p.Ref), Before: was, After: is,
	})
	return p
}

// keep writes them all, each with its line of the journal.
func (c *changes) keep(t *Turn) error {
	if c.fault != nil {
		return fault("write an import", c.fault)
	}
	t.lately = lately{}
	if err := t.Tx.Proposals().Put(c.after...); err != nil {
		return fault("write an import", err)
	}
	return fault("journal an import", t.Tx.Journal().Add(c.entries...))
}

// refreshTouched shows what changed of those proposals that stand in a chat: those said there, and those that a question names.
func (t *Turn) refreshTouched(some []proposal.Proposal) error {
	if len(some) == 0 {
		return nil
	}
	asks, err := t.Tx.Asks().All()
	if err != nil {
		return err
	}
	touched := map[proposal.Ref]bool{}
	for _, a := range asks {
		touched[a.Proposal] = true
		for _, ref := range a.With {
			touched[ref] = true
		}
	}
	for _, p := range some {
		if p.Said == "" && !touched[p.Ref] {
			continue
		}
		if err := t.refresh(p); err != nil {
			return err
		}
	}
	return nil
}

// mostPairs is how many peers' proposals one imported contract is put together with.
const mostPairs = 200

// encounter is an imported contract that comes close to a peer's proposal.
type encounter struct {
	mine  proposal.Proposal
	peer  proposal.Proposal
	near  match.Near
	score float64
}

// tellPeers looks for the peers' proposals to which the imported contracts come close, remembers the pairs, and promises one summary to each
// organisation concerned. No question is put: a register would put hundreds.
func (t *Turn) tellPeers(done importDone, all []proposal.Proposal) ([]locale.Text, error) {
	peers := map[string]proposal.Proposal{}
	index := match.NewIndex(func(yield func(string, match.Side) bool) {
		for _, p := range all {
			if p.Org == t.Who.Organisation || p.State != proposal.Live {
				continue
			}
			peers[string(p.Ref)] = p
			if !yield(string(p.Ref), t.side(p)) {
				return
			}
		}
	})
	if index.Len() == 0 {
		return nil, nil
	}
	pairs, err := t.Tx.Pairs().All()
	if err != nil {
		return nil, err
	}
	known := map[[2]proposal.Ref]bool{}
	for _, p := range pairs {
		known[[2]proposal.Ref{p.A, p.B}] = true
	}
	met := map[string][]encounter{}
	var write []proposal.Pair
	for _, p := range slices.Concat(done.added, done.changed) {
		found := index.Against(t.side(p), mostPairs, func(key string) bool {
			a, b := proposal.Order(p.Ref, proposal.Ref(key))
			return known[[2]proposal.Ref{a, b}]
		})
		for _, n := range found.Matches {
			peer := peers[n.Key]
			if day, ok := n.Due(t.today()); !ok || day.After(t.today()) {
				continue
			}
			a, b := proposal.Order(p.Ref, peer.Ref)
			write = append(write, proposal.Pair{A: a, B: b, At: t.Now})
			met[peer.Org] = append(met[peer.Org], encounter{p, peer, n, n.Score})
		}
	}
	if err := t.Tx.Pairs().Put(write...); err != nil {
		return nil, fault("write the pairs of an import", err)
	}
	away, err := t.awayOn(t.today())
	if err != nil {
		return nil, err
	}
	var told []string
	for _, org := range slices.Sorted(maps.Keys(met)) {
		speaker, ok := t.Circle.Speaker(org, t.today(), away)
		if !ok || len(t.Chats) == 0 { // before a chat is set up, only the command line imports
			continue // the message in the channel must do
		}
		if err := t.tell(speaker.Handle, importSubject(t.Act)+" "+org, importSubject(t.Act), t.importSummary(met[org])); err != nil {
			return nil, err
		}
		told = append(told, t.organisation(org))
	}
	slices.Sort(told)
	var out []locale.Text
	for _, name := range told {
		out = append(out, locale.Plain(name))
	}
	return out, nil
}

// importSummary is the one message that a peer gets: the imported contracts that come close to its own, each with the closest and why.
func (t *Turn) importSummary(met []encounter) chat.Draft {
	slices.SortStableFunc(met, func(a, b encounter) int { return cmp.Compare(b.score, a.score) })
	var best []encounter
	seen := map[proposal.Ref]bool{}
	for _, e := range met {
		if !seen[e.mine.Ref] {
			seen[e.mine.Ref] = true
			best = append(best, e)
		}
	}
	d := chat.Draft{Title: locale.T("import.peer", "organisation", t.organisation(t.Who.Organisation), "count", len(best))}
	for _, e := range best[:min(len(best), importMatches)] {
		d.Lines = append(d.Lines, locale.T("import.peer.line", "name", t.nameInList(e.mine), "yours", string(e.peer.Ref), "subject", subject(e.peer), "reasons", joined(e.near.Verdict().Reasons)))
	}
	if more := len(best) - importMatches; more > 0 {
		d.Lines = append(d.Lines, locale.T("import.peer.more", "count", more, "organisation", t.organisation(t.Who.Organisation)))
	}
	for _, e := range best[:min(len(best), importButtons)] {
		d.Buttons = append(d.Buttons, chat.Button[locale.Text]{ID: "run " + string(e.mine.Ref), Label: locale.T("button.see", "ref", string(e.mine.Ref))})
	}
	d.Footer = locale.T("import.peer.footer", "ref", string(best[0].mine.Ref))
	return d
}

// nameInList calls an imported contract by its reference, what it is about and when it ends.
func (t *Turn) nameInList(p proposal.Proposal) locale.Text {
	if day := p.Date(t.today()); !day.IsZero() {
		return locale.T("import.name.dated", "ref", string(p.Ref), "subject", subject(p), "date", day)
	}
	return locale.T("import.name", "ref", string(p.Ref), "subject", subject(p))
}

// importCard is the one message that the circle reads of an import.
func (t *Turn) importCard(done importDone) chat.Draft {
	organisation := t.organisation(t.Who.Organisation)
	d := chat.Draft{Title: locale.T("import.card", "organisation", organisation, "count", len(done.added))}
	if len(done.added) == 0 {
		d.Title = locale.T("import.card.changed", "organisation", organisation, "count", len(done.changed))
	} else if len(done.changed) > 0 {
		d.Lines = append(d.Lines, locale.T("import.card.also", "count", len(done.changed)))
	}
	byFamily, soon := map[family.Code]int{}, 0
	for _, p := range slices.Concat(done.added, done.changed) {
		byFamily[p.Family]++
		if day := p.Date(t.today()); !day.IsZero() && !day.Before(t.today()) && day.Before(t.today().AddMonths(12)) {
			soon++
		}
	}
	codes := slices.SortedFunc(maps.Keys(byFamily), func(a, b family.Code) int { return cmp.Or(byFamily[b]-byFamily[a], cmp.Compare(a, b)) })
	codes = slices.DeleteFunc(codes, func(c family.Code) bool { return c == "" })
	var families []locale.Text
	for _, code := range codes[:min(len(codes), importFamilies)] {
		families = append(families, locale.T("import.card.family", "family", code, "number", byFamily[code]))
	}
	if more := len(codes) - importFamilies; more > 0 {
		families = append(families, locale.T("import.card.families", "count", more))
	}
	if len(families) > 0 {
		d.Lines = append(d.Lines, locale.T("import.card.line", "families", families))
	}
	if soon > 0 {
		d.Lines = append(d.Lines, locale.T("import.card.soon", "count", soon))
	}
	d.Footer = locale.T("import.card.footer", "organisation", organisation, "person", t.person(t.Who.Handle))
	if t.Chat == CommandLine {
		d.Footer = locale.T("import.card.footer.handed", "organisation", organisation, "person", t.person(t.Who.Handle))
	}
	return d
}

// undoImport takes back a whole import: what it made is withdrawn, what it changed is as before, and who was told reads so. When anything of it was
// changed since, nothing is undone.
func (t *Turn) undoImport(act string, entries []storage.Entry) (Reply, error) {
	all, err := t.Tx.Proposals().All()
	if err != nil {
		return Reply{}, err
	}
	byRef := map[string]proposal.Proposal{}
	for _, p := range all {
		byRef["proposal "+string(p.Ref)] = p
	}
	var write changes
	var back []proposal.Proposal
	gone := map[proposal.Ref]bool{}
	for _, e := range entries {
		now, ok := byRef[e.Subject]
		if !ok || !unchanged(now, e.After) {
			return Reply{}, refuse("undo.changed-since", "ref", string(now.Ref))
		}
		was := now
		if len(e.Before) == 0 {
			was.State, was.Books = proposal.Withdrawn, proposal.Books{} // without its keys the next table does not know it
			gone[was.Ref] = true
		} else {
			if was, err = decoded(e.Before); err != nil {
				return Reply{}, err
			}
			was.Version = now.Version
		}
		back = append(back, write.put(t, &now, was))
	}
	if err := write.keep(t); err != nil {
		return Reply{}, err
	}
	if err := t.part(gone); err != nil {
		return Reply{}, err
	}
	if err := t.refreshTouched(back); err != nil {
		return Reply{}, err
	}
	if err := t.unsay(importSubject(act)); err != nil {
		return Reply{}, err
	}
	if err := t.edit(importSubject(act), chat.Draft{Lines: []locale.Text{locale.T("import.undone.told", "organisation", t.organisation(t.Who.Organisation))}, Tone: chat.Muted}); err != nil {
		return Reply{}, err
	}
	return say(locale.T("import.undone", "count", len(gone), "changed", len(entries)-len(gone))), nil
}

// part forgets that those proposals were brought together with others.
func (t *Turn) part(gone map[proposal.Ref]bool) error {
	pairs, err := t.Tx.Pairs().All()
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if !gone[p.A] && !gone[p.B] {
			continue
		}
		if err := t.Tx.Pairs().Delete(p.A, p.B); err != nil {
			return err
		}
	}
	return nil
}
