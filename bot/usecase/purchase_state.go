package usecase

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sdcbot/bot/calendar"
	"sdcbot/bot/chat"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
	"sdcbot/bot/text"
	"sdcbot/bot/when"
)

// MovePurchase takes a purchase to another state and tells its members.
func MovePurchase(t *Turn, ref purchase.Ref, to purchase.State) (Reply, error) {
	before, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	var warnings []locale.Text
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (after purchase.Purchase, err error) {
		after, warnings, err = p.Move(to, t.today())
		return after, err
	})
	if err != nil {
		return Reply{}, err
	}
	if p.State == purchase.Dropped {
		for _, org := range p.Organisations() {
			if err := t.sayWhatWasSilenced(before, org); err != nil {
				return Reply{}, err
			}
		}
	}
	if err := t.overtakeTold(before, p); err != nil {
		return Reply{}, err
	}
	if err := t.tellMembers(p, locale.T("purchase.told.moved", "person", t.person(t.Who.Handle), "state", p.State.Text())); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, warnings...)
}

// overtakeTold shows the present state on what members were told in private before, once the needs are collected: the buttons on it would do nothing any more.
func (t *Turn) overtakeTold(before, p purchase.Purchase) error {
	if !purchase.Collection.Before(p.State) && !purchase.Collection.Before(before.State) {
		return nil
	}
	d := chat.Draft{Title: purchaseTitle(p), Lines: []locale.Text{locale.T("purchase.dropped")}, Tone: chat.Muted}
	if p.State != purchase.Dropped {
		f, err := t.feasible(p)
		if err != nil {
			return err
		}
		d.Lines = []locale.Text{t.stageOf(p, f)}
		d.Footer = locale.T("purchase.more", "ref", string(p.Ref))
	}
	return t.edit(purchaseToldSubject(p.Ref), d)
}

// ClosePurchase sets the last day of the collection of needs, after which nobody joins.
func ClosePurchase(t *Turn, ref purchase.Ref, words string) (Reply, error) {
	day, err := t.dayIn(ref, "closing", words)
	if err != nil {
		return Reply{}, err
	}
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.SetClosing(day, t.today()) })
	if err != nil {
		return Reply{}, err
	}
	closing := locale.T("purchase.closing", "day", p.Closing)
	if err := t.tellMembers(p, closing); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, closing)
}

// AimPurchase agrees on the common date.
func AimPurchase(t *Turn, ref purchase.Ref, words string) (Reply, error) {
	day, err := t.dayIn(ref, "target", words)
	if err != nil {
		return Reply{}, err
	}
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.SetTarget(day, t.today()) })
	if err != nil {
		return Reply{}, err
	}
	target := locale.T("purchase.target", "day", p.Target)
	if err := t.tellMembers(p, target); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, target)
}

// DelayPurchase sets by when a state is to be left, in the place of the computed day; the state now where none is named. Words that say "none" take it back.
func DelayPurchase(t *Turn, ref purchase.Ref, of purchase.State, words string) (Reply, error) {
	before, err := t.purchase(ref)
	if err != nil {
		return Reply{}, err
	}
	if of == "" {
		of = before.State
	}
	if of == purchase.Collection {
		return ClosePurchase(t, ref, words)
	}
	var day calendar.Day
	if !saysNone(words) {
		if day, err = t.dayIn(ref, "delay", words); err != nil {
			return Reply{}, err
		}
	}
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.SetDeadline(of, day, t.today()) })
	if err != nil {
		return Reply{}, err
	}
	line := locale.T("purchase.deadline", "state", of.Text(), "day", day)
	if day.IsZero() {
		line = locale.T("purchase.deadline.usual", "state", of.Text())
	}
	if err := t.tellMembers(p, line); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, line)
}

// saysNone says whether somebody takes a setting back.
func saysNone(words string) bool {
	return slices.Contains([]string{"aucun", "aucune", "sans", "none", "habituel", "habituelle", "usual"}, text.Fold(clean(words)))
}

// LastPurchase sets how long the joint contract lasts, renewals included: "3 ans", "36 mois"; words that say "none" bring the usual duration back.
func LastPurchase(t *Turn, ref purchase.Ref, words string) (Reply, error) {
	months := 0
	if !saysNone(words) {
		found := lasting.FindStringSubmatch(text.Fold(clean(words)))
		if found == nil {
			return Reply{}, refuse("purchase.duration.which", "ref", string(ref))
		}
		n, err := strconv.Atoi(found[1])
		if err != nil || n == 0 {
			return Reply{}, refuse("purchase.duration.which", "ref", string(ref))
		}
		if months = n; strings.HasPrefix(found[2], "a") || strings.HasPrefix(found[2], "y") {
			months *= 12
		}
	}
	p, err := t.alterOwn(ref, func(p purchase.Purchase) (purchase.Purchase, error) { return p.SetMonths(months) })
	if err != nil {
		return Reply{}, err
	}
	line := p.DurationText(t.rules(), t.today())
	if err := t.tellMembers(p, line); err != nil {
		return Reply{}, err
	}
	return t.purchaseReply(p, line)
}

// lasting reads a duration, folded.
var lasting = regexp.MustCompile(`^(?:de |of |for )?([0-9]{1,3}) ?(ans?|annees?|years?|mois|months?)\b`)

// dayIn reads the day that somebody sets; what is the setting, of which an example is shown where the day is missing.
func (t *Turn) dayIn(ref purchase.Ref, what, words string) (calendar.Day, error) {
	words = clean(words)
	if words == "" {
		return calendar.Day{}, refuse("purchase.day.which."+what, "ref", string(ref))
	}
	if fault, bad := dateFault(words); bad {
		return calendar.Day{}, Refusal{fault}
	}
	found, ok := when.Target(words, t.today())
	if !ok {
		return calendar.Day{}, refuse("fault.date", "value", words)
	}
	return found.Day, nil
}
