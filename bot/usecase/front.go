package usecase

import (
	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/locale"
	"sdcbot/bot/purchase"
)

// Front says what the circle holds with one supplier or publisher: who, until when, and the joint weight as a band. Without a name it lists those
// with whom several organisations have contracts.
func Front(t *Turn, name string) (Reply, error) {
	live, err := t.live()
	if err != nil {
		return Reply{}, err
	}
	name = clean(name)
	words := t.vocabulary().dictionary
	outside := circle.StandingOf(t.Who, t.Who.Organisation, t.today()) != circle.Own
	headline := func(f purchase.Front) locale.Text {
		if outside {
			return locale.T("front.headline", "supplier", f.Supplier, "count", len(f.Orgs))
		}
		return f.Headline()
	}
	var known []locale.Text
	for _, f := range purchase.Suppliers(live, t.today(), words) {
		known = append(known, headline(f))
	}
	if name == "" {
		if len(known) == 0 {
			return say(locale.T("front.none")), nil
		}
		return Reply{Draft: &chat.Draft{Title: locale.T("front.title"), Lines: known[:min(len(known), listed)], Footer: locale.T("front.footer")}}, nil
	}
	f := purchase.FrontOf(name, live, t.today(), words)
	if len(f.Rows) == 0 {
		return say(append([]locale.Text{f.Headline()}, known[:min(len(known), listed)]...)...), nil
	}
	return Reply{Draft: &chat.Draft{Title: headline(f), Lines: f.Lines(t.organisation)[1:]}}, nil // the first is the headline
}
