//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sdcbot/adapters/playground"
	"sdcbot/bot/chat"
	"sdcbot/bot/proposal"
)

// crowd is those of crashCircle who act, over the page's own HTTP interface. Each does one thing after the other; all of them at once.
type crowd struct {
	t        *testing.T
	client   http.Client
	stopping atomic.Bool // requests may fail from here on

	mu     sync.Mutex
	random *rand.Rand
	serial int
	deeds  []deed
	given  map[string]bool // "dsi-b C-1 no": each answer is given once, so that no two messages may read the same
}

// deed is something that the page has acknowledged, in the terms of the chat's file.
type deed struct{ Kind, Person, Text, Button, ID, Emoji string }

var dsis = []string{"dsi-a", "dsi-b", "dsi-c", "dsi-d"}

func newCrowd(t *testing.T, seed uint64) *crowd {
	return &crowd{
		t: t, client: http.Client{Timeout: 20 * time.Second}, random: rand.New(rand.NewPCG(seed, 7)), given: map[string]bool{},
	}
}

func (p *crowd) number(n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.random.IntN(n)
}

// everything is what happens at once on a busy day, while the clock is moved.
func (p *crowd) everything(url string) {
	p.atOnce(func() { p.propose(url) }, func() { p.answer(url) }, func() { p.moveClock(url, 1+p.number(14)) }, func() { p.withdraw(url) })
}

func (p *crowd) atOnce(all ...func()) {
	var acting sync.WaitGroup
	for _, do := range all {
		acting.Go(do)
	}
	acting.Wait()
}

// propose lets three organisations record contracts that come close to all others of their family; one completes what it
// recorded, one takes it back.
func (p *crowd) propose(url string) {
	p.mu.Lock()
	who := p.random.Perm(len(dsis))[:3]
	p.serial++
	serial := p.serial
	p.mu.Unlock()
	family := []string{"téléphonie", "impression", "sauvegarde", "antivirus"}[p.number(4)]
	var all []func()
	for i, n := range who {
		day := time.Now().AddDate(0, 8+p.number(10), p.number(28))
		sentence := fmt.Sprintf("Notre contrat %s lot %d%d se termine le %s", family, serial, i, day.Format("02/01/2006"))
		all = append(all, func() {
			if !p.do(url, "say", deed{Kind: "commanded", Person: dsis[n], Text: "/sdc propose " + sentence}) {
				return
			}
			switch i {
			case 0:
				if p.pressUnder(url, dsis[n], sentence, "fill ") {
					p.fill(url, dsis[n], map[string]string{"supplier": fmt.Sprint("Fournisseur ", serial), "notice": "3 mois"})
				}
			case 1:
				p.pressUnder(url, dsis[n], sentence, "undo ")
			}
		})
	}
	p.atOnce(all...)
}

// lot is what tells one of our sentences from the others, in what the bot says back.
var lot = regexp.MustCompile(`lot \d+`)

// pressUnder waits for the bot's answer to a sentence and presses the button on it whose id begins so.
func (p *crowd) pressUnder(url, who, sentence, button string) bool {
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end) && !p.stopping.Load(); time.Sleep(10 * time.Millisecond) {
		for _, post := range p.see(url, who).Posts {
			if !post.FromBot() || !strings.Contains(playground.Words(post.Message)+" ", lot.FindString(sentence)+" ") {
				continue
			}
			i := slices.IndexFunc(post.Message.Buttons, func(b chat.Button[string]) bool { return strings.HasPrefix(b.ID, button) })
			if i >= 0 {
				return p.do(url, "press", deed{Kind: "pressed", Person: who, ID: post.ID, Button: post.Message.Buttons[i].ID})
			}
		}
	}
	return false
}

// fill waits for the form and sends it with these values.
func (p *crowd) fill(url, who string, values map[string]string) {
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end) && !p.stopping.Load(); time.Sleep(10 * time.Millisecond) {
		if p.see(url, who).Form == nil {
			continue
		}
		p.doWith(url, "submit", deed{Kind: "submitted", Person: who}, map[string]any{"values": values})
		return
	}
}

// answer lets everybody answer up to three of the questions that stand before them, by button or by reaction.
func (p *crowd) answer(url string) {
	var all []func()
	for _, who := range dsis {
		all = append(all, func() {
			for range 3 {
				p.answerOne(url, who)
			}
		})
	}
	p.atOnce(all...)
}

func (p *crowd) answerOne(url, who string) {
	posts := p.see(url, who).Posts
	slices.Reverse(posts)
	for _, post := range posts {
		if post.Room != "@"+who || len(post.Message.Reactions) == 0 {
			continue
		}
		answer := proposal.Answers[p.number(len(proposal.Answers))]
		for _, b := range post.Message.Buttons {
			words := strings.Fields(b.ID)
			if words[0] != "answer" || words[2] != string(answer) || p.gave(who, words[1], answer) {
				continue
			}
			if p.number(2) == 0 || answer == proposal.Done { // pressed, it would open a form
				p.do(url, "react", deed{Kind: "reacted", Person: who, ID: post.ID, Emoji: proposal.Emoji[answer]})
				return
			}
			if p.do(url, "press", deed{Kind: "pressed", Person: who, ID: post.ID, Button: b.ID}) && answer == proposal.No {
				p.fill(url, who, map[string]string{"reason": "motif " + words[1] + " " + who})
			}
			return
		}
	}
}

// gave says whether the person has given that answer already, and notes that they do now.
func (p *crowd) gave(who, ref string, answer proposal.Answer) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := who + " " + ref + " " + string(answer)
	before := p.given[key]
	p.given[key] = true
	return before
}

// moveClock moves it on: recalls, reminders and the digest fall due.
func (p *crowd) moveClock(url string, days int) {
	p.post(url, "clock", map[string]any{"as": dsis[0], "hours": 24 * days})
}

// withdraw takes back the latest proposal of somebody, if they have any on their cards.
func (p *crowd) withdraw(url string) {
	who := dsis[p.number(len(dsis))]
	organisation := map[string]string{"dsi-a": "Office A", "dsi-b": "Office B", "dsi-c": "Habitat C", "dsi-d": "Coopérative D"}[who]
	posts := p.see(url, who).Posts
	for _, post := range slices.Backward(posts) {
		if post.Room == "#commun" && strings.HasSuffix(post.Message.Title, organisation) && len(post.Message.Buttons) > 0 {
			ref, _, _ := strings.Cut(post.Message.Title, " ")
			p.do(url, "say", deed{Kind: "commanded", Person: who, Text: "/sdc retirer " + ref})
			return
		}
	}
}

// seen is the part of the page's state that we look at.
type seen struct {
	Posts []playground.Post
	Form  *playground.OpenForm
}

func (p *crowd) see(url, who string) (s seen) {
	answer, err := p.client.Get(url + "/api/state?as=" + who)
	if err == nil {
		defer answer.Body.Close()
		err = json.NewDecoder(answer.Body).Decode(&s)
	}
	if err != nil && !p.stopping.Load() {
		p.t.Errorf("%s looks: %v", who, err)
	}
	return s
}

// do does it and remembers that it was acknowledged, if it was.
func (p *crowd) do(url, what string, d deed) (acknowledged bool) { return p.doWith(url, what, d, nil) }

func (p *crowd) doWith(url, what string, d deed, more map[string]any) (acknowledged bool) {
	body := map[string]any{"as": d.Person, "text": d.Text, "message": d.ID, "button": d.Button, "emoji": d.Emoji, "on": true}
	for key, value := range more {
		body[key] = value
	}
	if !p.post(url, what, body) {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deeds = append(p.deeds, d)
	return true
}

func (p *crowd) post(url, what string, body map[string]any) (acknowledged bool) {
	content, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	answer, err := p.client.Post(url+"/api/"+what, "application/json", bytes.NewReader(content))
	if err != nil {
		if !p.stopping.Load() {
			p.t.Errorf("%s %v: %v", what, body, err)
		}
		return false
	}
	defer answer.Body.Close()
	// A message may have lost its buttons, and a form may have closed, since they were looked at.
	if answer.StatusCode == http.StatusConflict && (what == "press" || what == "submit" || p.stopping.Load()) {
		return false
	}
	if answer.StatusCode != http.StatusOK && !p.stopping.Load() {
		p.t.Errorf("%s %v: %s", what, body, answer.Status)
	}
	return answer.StatusCode == http.StatusOK
}
