package play

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sdcbot/bot/chat"
)

// Bot is what a conversation is played with: bot.Bot, or a toy in tests.
type Bot interface {
	Hear(ctx context.Context, e chat.Event) error
	Step(ctx context.Context, now time.Time) (next time.Time, err error)
}

// Player plays one script. It is used once, by one goroutine.
type Player struct {
	Stage Stage
	Start func() Bot // a new bot on the same database and stage, as after a restart
	Zone  *time.Location
	Tell  func(line string) // is told what is said, like chat; nil: nobody

	// CrashEverywhere kills the bot and starts it again after every step, and between hearing and working. Expectations must not
	// notice.
	CrashEverywhere bool

	now    time.Time
	bot    Bot       // nil while it is down
	next   time.Time // when something falls due, by the bot's word
	record record
	mark   int    // where in the record the last action began
	via    string // the chat that the last action named
}

// Failure is a step that did not go as the script says.
type Failure struct {
	Step    Step
	Problem string
	Instead []string // what came, for an expectation
}

// Now is the player's clock: whatever else of the conversation needs the time must ask here.
func (p *Player) Now() time.Time { return p.now }

// Play takes the steps in order and returns those that failed. An expectation that fails is noted and the play goes on; a person's
// step that cannot be taken (no such button) ends it, since what follows would only fail after it.
func (p *Player) Play(ctx context.Context, s Script) []Failure {
	p.now = s.Now.In(p.Zone)
	p.record.forms = map[string]chat.Form[string]{}
	if s, ok := p.Stage.(interface{ Sees(Actor, Shown) bool }); ok {
		p.record.sees = s.Sees
	}
	p.bot = p.Start()
	if err := p.settle(ctx); err != nil {
		return []Failure{{Step: Step{Source: "now"}, Problem: err.Error()}}
	}
	var failures []Failure
	for _, step := range s.Steps {
		if e, ok := step.Do.(Expects); ok {
			if f := p.expect(e); f != nil {
				f.Step = step
				failures = append(failures, *f)
			}
		} else {
			p.mark = len(p.record.shown)
			if err := p.act(ctx, step, filepath.Dir(s.File)); err != nil {
				return append(failures, Failure{Step: step, Problem: err.Error()})
			}
		}
		if p.CrashEverywhere && p.bot != nil {
			p.bot = p.Start()
			if err := p.settle(ctx); err != nil {
				return append(failures, Failure{Step: step, Problem: "after a crash: " + err.Error()})
			}
		}
	}
	return failures
}

// act takes a step that is an action, and lets the bot work until it is quiet. Files that people send stand in dir.
func (p *Player) act(ctx context.Context, step Step, dir string) error {
	p.tell(step.Source)
	p.via = ""
	if who, ok := step.Do.(interface{ actor() Actor }); ok && who.actor().Chat != "" {
		if err := p.Stage.Has(who.actor().Chat); err != nil {
			return err
		}
		p.via = who.actor().Chat
	}
	var err error
	switch do := step.Do.(type) {
	case Moves:
		return p.move(ctx, do)
	case Says:
		err = p.says(do)
	case Reacts:
		err = p.reacts(do)
	case Presses:
		err = p.presses(do)
	case Fills:
		err = p.fills(ctx, do)
	case Sends:
		var content []byte
		if content, err = os.ReadFile(filepath.Join(dir, do.File)); err == nil {
			err = p.Stage.Send(do.Actor, chat.File{Name: filepath.Base(do.File), Content: content})
		}
	case Stops:
		p.bot = nil
		if s, ok := p.Stage.(interface{ Away() }); ok {
			s.Away()
		}
	case Starts:
		if p.bot != nil {
			return fmt.Errorf("the bot is up already")
		}
		p.bot = p.Start()
	case Crashes:
		if p.bot == nil {
			return fmt.Errorf("the bot is down: it cannot crash")
		}
		p.bot = p.Start()
	case Reaches:
		err = p.Stage.Reach(do.Chat, do.Up)
	default:
		err = fmt.Errorf("unknown step %T", do)
	}
	if err != nil {
		return err
	}
	return p.settle(ctx)
}

// restless is how often the bot may be stepped without the clock moving before the player takes it for one that never comes to rest.
const restless = 200

// settle lets the bot hear what people did and work until it is quiet, while the clock stands still.
func (p *Player) settle(ctx context.Context) error {
	defer p.takeIn()
	// A person's step can make the bot post, and that nothing more: but a chat that was out of reach or a promise that waited may need
	// another round.
	for range restless {
		if p.bot == nil {
			return nil
		}
		heard, err := p.Stage.Deliver(ctx, p.bot.Hear)
		if err != nil {
			return fmt.Errorf("the bot did not hear: %w", err)
		}
		// Stored and not yet worked is where a bot that forgets would lose it.
		if p.CrashEverywhere && heard > 0 {
			p.bot = p.Start()
		}
		p.next, err = p.bot.Step(ctx, p.now)
		p.takeIn()
		if err != nil {
			return fmt.Errorf("the bot's step failed: %w", err)
		}
		if heard == 0 && (p.next.IsZero() || p.next.After(p.now)) {
			return nil
		}
	}
	return fmt.Errorf("the bot does not come to rest: at %s it says that something is due at %s", p.now.Format(time.DateTime), p.next.In(p.Zone).Format(time.DateTime))
}

// move moves the clock, stopping at each instant at which something falls due.
func (p *Player) move(ctx context.Context, m Moves) error {
	target := p.now.AddDate(0, 0, m.Days).Add(m.By)
	if m.To != (Clock{}) {
		target = m.To.In(p.Zone)
	}
	if target.Before(p.now) {
		return fmt.Errorf("the clock stands at %s and does not go back", p.now.Format("2006-01-02 15:04"))
	}
	for p.bot != nil && !p.next.IsZero() && !p.next.After(target) {
		p.now = later(p.now, p.next.In(p.Zone))
		if err := p.settle(ctx); err != nil {
			return err
		}
	}
	p.now = target
	return p.settle(ctx)
}

// later returns the later of two instants: what was due while the bot was down does not turn the clock back.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// takeIn reads what the stage shows by now.
func (p *Player) takeIn() {
	from := len(p.record.shown)
	p.record.take(p.Stage.Shown(p.record.taken), p.now)
	if p.Tell == nil {
		return
	}
	for _, s := range p.record.shown[from:] {
		p.tell(told(s))
	}
}

// tell passes a line on, with the time before it.
func (p *Player) tell(line string) {
	if p.Tell != nil {
		p.Tell(p.now.Format("2006-01-02 15:04") + "  " + strings.ReplaceAll(line, "\n", "\n                  "))
	}
}

// expect returns why the expectation does not hold, or nil.
func (p *Player) expect(e Expects) *Failure {
	if e.Sort == Mailed {
		return &Failure{Problem: "e-mail comes with a later version: nothing is sent"}
	}
	if e.Chat == "" && e.Sort == Posted && e.Channel != "" {
		e.Chat = p.via
	}
	if e.Chat != "" {
		name, err := p.chatNamed(e.Chat)
		if err != nil {
			return &Failure{Problem: err.Error()}
		}
		e.Chat = name
	}
	var candidates []Shown
	for i, s := range p.record.shown[p.mark:] {
		if e.about(s, p.sort(p.mark+i)) {
			candidates = append(candidates, s)
		}
	}
	held := slices.ContainsFunc(candidates, func(s Shown) bool { return s.holds(e.Words) })
	switch {
	case e.Sort == Nothing && held:
		candidates = slices.DeleteFunc(candidates, func(s Shown) bool { return !s.holds(e.Words) })
		return &Failure{Problem: "expected nothing of the kind", Instead: tellings(candidates)}
	case e.Sort == Nothing || held:
		return nil
	case len(candidates) > 0:
		return &Failure{Problem: "expected words that none of these holds", Instead: tellings(candidates)}
	}
	return &Failure{Problem: "expected something of a kind that did not come", Instead: tellings(p.record.shown[p.mark:])}
}

// chatNamed returns the chat's own name, where its kind may have been said.
func (p *Player) chatNamed(name string) (string, error) {
	if s, ok := p.Stage.(*Several); ok {
		m, err := s.named(name)
		if err != nil {
			return "", err
		}
		return m.name, nil
	}
	return name, p.Stage.Has(name)
}

// sort says as which sort of expectation the i-th thing shown counts. A message that was posted and then changed since the last
// action counts as posted with each of its wordings: nobody saw it stand before.
func (p *Player) sort(i int) Sort {
	s := p.record.shown[i]
	switch {
	case s.Act == Give:
		return Given
	case s.Act == Mail:
		return Mailed
	case s.Act == Edit && p.record.postedAt(s.Message) < p.mark:
		return Edited
	case s.Thread != "" && s.Act != Answer:
		return Replied
	}
	return Posted
}

// about says whether a thing shown, which counts as sort, is of the kind expected and where it is expected.
func (e Expects) about(s Shown, sort Sort) bool {
	switch {
	case e.Chat != "" && s.Chat != "" && e.Chat != s.Chat:
		return false
	case e.Channel != s.Channel || e.Channel == "" && e.Person != s.Person:
		return false
	case e.Sort == Nothing:
		return sort == Posted || sort == Replied || sort == Edited
	case e.Sort == Given && e.File != s.File.Name:
		return false
	}
	return e.Sort == sort
}

// tellings lays out at most eight things shown, the latest last.
func tellings(shown []Shown) []string {
	const most = 8
	var out []string
	if len(shown) > most {
		out = append(out, fmt.Sprintf("(%d earlier ones)", len(shown)-most))
		shown = shown[len(shown)-most:]
	}
	for _, s := range shown {
		out = append(out, shortened(spaced(told(s)), 600))
	}
	if len(out) == 0 {
		out = []string{"nothing at all"}
	}
	return out
}

// told lays out a thing shown as one reads it in a chat.
func told(s Shown) string {
	where := "@" + s.Person
	if s.Channel != "" {
		where = "#" + s.Channel
	}
	if s.Chat != "" {
		where += " via " + s.Chat
	}
	how := map[Act]string{Post: "bot", Edit: "edit", Answer: "bot, for this person alone,", Open: "form", Refuse: "form's errors", Give: "file " + s.File.Name, Mail: "mail"}[s.Act]
	if s.Act == Post && s.Thread != "" {
		how = "thread"
	}
	texts := s.texts()
	return how + " " + where + "> " + texts[len(texts)-1]
}
