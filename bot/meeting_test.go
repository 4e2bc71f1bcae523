package bot_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/intake"
	"sdcbot/bot/match"
	"sdcbot/bot/proposal"
	"sdcbot/bot/usecase"
)

// Organisations propose, correct, decide, withdraw and undo for some years, over mornings that come one by one or are missed. Whatever is looked up to
// save work, each proposal is put together with all and only those that judging every pair of the circle one by one would find.
func TestWhoIsPutTogether(t *testing.T) {
	s, n := memory(t), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		m := &meetings{rig: newCircle(t, s, fmt.Sprint("circle-", n)), known: map[[2]proposal.Ref]bool{}}
		for i := range 6 { // without which most circles are too small for anything to come within reach
			m.do(said("dsi-"+string("abc"[i%3]), "propose "+statement(t)))
			m.look(t, "nobody")
		}
		for range rapid.IntRange(4, 16).Draw(t, "acts") {
			m.act(t)
		}
	})
}

// meetings is a rig of which every pair is looked at.
type meetings struct {
	*rig
	known map[[2]proposal.Ref]bool
}

func (m *meetings) act(t *rapid.T) {
	who := "dsi-" + rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "who")
	own := m.newestOf(who)
	switch rapid.IntRange(0, 9).Draw(t, "act") {
	case 0, 1:
		m.do(said(who, "propose "+statement(t)))
		m.look(t, m.newestOf(who))
	case 2:
		if own != "" {
			m.do(said(who, fmt.Sprintf("contrat %s modifier fin %s", own, someDay(t))))
			m.look(t, own)
		}
	case 3:
		if own != "" {
			m.do(said(who, "retirer "+string(own)))
		}
	case 4:
		m.do(said(who, "annuler"))
	case 5:
		if own != "" {
			m.do(pressed(who, "decide "+string(own)+" "+string(contract.Terminate)))
		}
	default:
		days := rapid.SampledFrom([]int{0, 1, 3, 30, 200}).Draw(t, "days")
		m.now = usecase.NextMorning(m.circle, m.now.AddDate(0, 0, days))
		m.step()
		m.look(t, "")
	}
	m.look(t, "nobody")
}

func statement(t *rapid.T) string {
	thing := rapid.SampledFrom([]string{"téléphonie", "téléphonie mobile", "accord-cadre UGAP copieurs"}).Draw(t, "thing")
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		return "Nous cherchons une solution de " + thing + " pour le " + someDay(t)
	case 1:
		return "Nous pouvons prêter notre marché de " + thing + " aux confrères"
	case 2, 3, 4:
		return "Notre contrat " + thing + " se termine le " + someDay(t) + ", reconduction tacite par périodes d'un an, préavis de 3 mois"
	}
	return "Notre contrat " + thing + " se termine le " + someDay(t)
}

func someDay(t *rapid.T) string {
	day := calendar.On(2026, 6, 30).AddDays(rapid.IntRange(0, 1600).Draw(t, "day"))
	return fmt.Sprintf("%02d/%02d/%d", day.Day, day.Month, day.Year)
}

// newestOf is what the person recorded last, or nothing.
func (m *meetings) newestOf(who string) (ref proposal.Ref) {
	for _, p := range m.held().Proposals {
		if p.Author == who {
			ref = p.Ref
		}
	}
	return ref
}

// look judges every pair. Those put together since the last look must be due; and all that are due must have been put together: of one proposal, which was
// just said, or after a morning of all whose newer side is a contract with a term.
func (m *meetings) look(t *rapid.T, of proposal.Ref) {
	h := m.held()
	today := m.circle.Today(m.now)
	fresh := map[[2]proposal.Ref]bool{}
	known := map[[2]proposal.Ref]bool{}
	for _, pair := range h.Pairs {
		both := [2]proposal.Ref{pair.A, pair.B}
		known[both], fresh[both] = true, !m.known[both]
	}
	m.known = known
	for i, newer := range h.Proposals {
		for _, older := range h.Proposals[:i] {
			first, second := proposal.Order(newer.Ref, older.Ref)
			both := [2]proposal.Ref{first, second}
			day, due := match.Due(sideOn(newer, today), sideOn(older, today), today)
			due = due && !day.After(today) && newer.State == proposal.Live && older.State == proposal.Live
			if fresh[both] && !due {
				t.Fatalf("on %s %s and %s were put together: %+v, %+v", today, newer.Ref, older.Ref, newer, older)
			}
			concerned := newer.Ref == of || older.Ref == of || of == "" && newer.Kind == proposal.Contract && !newer.Date(today).IsZero()
			if due && concerned && !known[both] {
				t.Fatalf("on %s %s and %s were not put together: %+v, %+v", today, newer.Ref, older.Ref, newer, older)
			}
		}
	}
}

func sideOn(p proposal.Proposal, day calendar.Day) match.Side {
	return match.Side{Org: p.Org, Kind: intake.Kind(p.Kind), Family: p.Family, Object: p.Object, Supplier: p.Supplier, Date: p.Date(day)}
}
