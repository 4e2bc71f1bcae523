package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/chat"
	"sdcbot/bot/proposal"
)

// Four organisations do whatever comes to their minds for some weeks. Whatever that is: nobody is asked about their own proposal, nor
// twice, nor about what was withdrawn; an exact sum is read by its own organisation, and by partners only where it consented;
// and the sentence that somebody typed is read by nobody else's.
func TestWhateverOrganisationsDo(t *testing.T) {
	s, n := memory(t), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		w := &watched{rig: newCircle(t, s, fmt.Sprint("circle-", n)), typed: map[string]string{}, sums: map[string]string{}, consented: map[string]bool{}}
		for range rapid.IntRange(3, 20).Draw(t, "acts") {
			w.act(t)
			w.look(t)
		}
	})
}

// watched is a rig whose every word is looked at.
type watched struct {
	*rig
	typed     map[string]string // sentence → organisation
	sums      map[string]string // exact sum, as it reads → organisation
	consented map[string]bool   // organisations that ever let partners see their sums
	authors   map[chat.Handle]string
	seen      int // posts looked at
	replies   int
}

var families = []string{"téléphonie", "impression", "sauvegarde"}

// act lets somebody do something.
func (w *watched) act(t *rapid.T) {
	who := rapid.SampledFrom([]string{"dsi-a", "dsi-b", "adj-b", "dsi-c", "dsi-d", "amo"}).Draw(t, "who")
	person, _ := w.circle.Person(who)
	refs := []proposal.Ref{"C-1"}
	for _, p := range w.held().Proposals {
		refs = append(refs, p.Ref)
	}
	ref := string(rapid.SampledFrom(refs).Draw(t, "ref"))
	answer := string(rapid.SampledFrom(proposal.Answers).Draw(t, "answer"))
	e := said(who, "moi")
	act := rapid.IntRange(0, 12).Draw(t, "act")
	if act >= 6 && act <= 8 { // of one's own, mostly: others are refused
		who = w.ownerOf(ref, who)
	}
	switch act {
	case 0, 1, 2:
		k := len(w.typed) + 1
		sum := 40_000 + 137*k
		sentence := fmt.Sprintf("Notre contrat %s se termine le %d/0%d/2027, %d € par an (dossier %d)",
			rapid.SampledFrom(families).Draw(t, "family"), 10+k%18, 1+k%9, sum, k)
		w.typed[sentence] = person.Organisation
		w.sums[fmt.Sprintf("%d %03d", sum/1000, sum%1000)] = person.Organisation
		e = said(who, "propose "+sentence)
	case 3, 4:
		e = pressed(who, "answer "+ref+" "+answer)
	case 5:
		posts := w.to(who)
		if len(posts) == 0 {
			return
		}
		e = reacted(who, proposal.Emoji[proposal.Answer(answer)], rapid.SampledFrom(posts).Draw(t, "message").Ref)
	case 6:
		e = said(who, "retirer "+ref)
	case 7:
		e = said(who, "annuler")
	case 8:
		e = said(who, fmt.Sprintf("contrat %s modifier fin %d/06/2027", ref, rapid.IntRange(1, 30).Draw(t, "day")))
	case 9, 12:
		w.until(w.now.AddDate(0, 0, rapid.IntRange(1, 15).Draw(t, "days")))
		return
	case 10:
		e = said(who, rapid.SampledFrom([]string{"contrats", "contrat " + ref, "suivi", "moi"}).Draw(t, "question"))
	case 11:
		if person.Organisation != "" {
			w.consented[person.Organisation] = true
		}
		e = said(who, rapid.SampledFrom([]string{"confiance montants partager", "confiance montants masquer"}).Draw(t, "consent"))
	}
	w.do(e)
	if w.authors == nil {
		w.authors = map[chat.Handle]string{}
	}
	w.authors[chat.Handle(fmt.Sprint("e", w.events))] = who
}

func (w *watched) ownerOf(ref, otherwise string) string {
	for _, p := range w.held().Proposals {
		if string(p.Ref) == ref {
			return p.Author
		}
	}
	return otherwise
}

// look holds what the store and the chat hold now against what may be.
func (w *watched) look(t *rapid.T) {
	h := w.held()
	owner, live := map[proposal.Ref]string{}, map[proposal.Ref]bool{}
	for _, p := range h.Proposals {
		owner[p.Ref], live[p.Ref] = p.Org, p.State == proposal.Live
	}
	asked := map[string]bool{}
	for _, a := range h.Asks {
		key := string(a.Proposal) + " " + a.Org
		if asked[key] || owner[a.Proposal] == a.Org {
			t.Fatalf("asked twice, or about its own: %+v", a)
		}
		asked[key] = true
	}
	for _, pair := range h.Pairs {
		if owner[pair.A] == owner[pair.B] {
			t.Fatalf("two proposals of one organisation are a pair: %+v", pair)
		}
	}

	posts := w.chat.Posts()
	for _, p := range posts[w.seen:] {
		words := strings.Fields(p.Key)
		if i := slices.Index(words, "ask"); i == 0 || i == 1 && words[0] == "recall" {
			if ref := proposal.Ref(words[i+1]); !live[ref] {
				t.Fatalf("%s was posted though %s is withdrawn", p.Key, ref)
			}
			if person, _ := w.circle.Person(p.To.Account); person.Organisation != words[i+2] {
				t.Fatalf("%s was put to %+v", p.Key, p.To)
			}
		}
	}
	keys := map[string]bool{}
	for _, p := range posts {
		if keys[p.Key] {
			t.Fatalf("two messages of one promise: %s", p.Key)
		}
		keys[p.Key] = true
		w.read(t, p.To.Account, messageText(p.Message)) // as it stands now, edits and all
	}
	w.seen = len(posts)
	replies := w.chat.Replies()
	for _, r := range replies[w.replies:] {
		w.read(t, w.authors[r.To], answerText(r.Answer))
	}
	w.replies = len(replies)
}

// read fails when the reader sees what is not for them. No reader: the channel, which an adviser reads too.
func (w *watched) read(t *rapid.T, reader, words string) {
	person, _ := w.circle.Person(reader)
	words = strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(words)), " ")
	for sentence, org := range w.typed {
		if strings.Contains(words, sentence) && (person.Organisation != org || org == "") {
			t.Fatalf("%q reads the sentence of %s: %s", reader, org, words)
		}
	}
	for sum, org := range w.sums {
		if !strings.Contains(words, sum) || person.Organisation == org && org != "" {
			continue
		}
		if person.Organisation == "" || !w.consented[org] {
			t.Fatalf("%q reads the sum of %s: %s", reader, org, words)
		}
	}
}
