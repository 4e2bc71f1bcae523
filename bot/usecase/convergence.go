package usecase

import (
	"slices"

	"sdcbot/bot/chart"
	"sdcbot/bot/chat"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
)

// otherDates is how many dates are shown that were compared and not taken.
const otherDates = 3

// Convergence puts all terms of a family on one line of time, in words and as a picture: the common date that costs least, what each has to do for
// it and by when, who cannot and why.
func Convergence(t *Turn, words string) (Reply, error) {
	code, ok := t.familyNamed(clean(words))
	if !ok {
		return Reply{}, refuse("convergence.which", "words", clean(words))
	}
	live, err := t.live()
	if err != nil {
		return Reply{}, err
	}
	needs := slices.DeleteFunc(live, func(p proposal.Proposal) bool {
		return p.Kind == proposal.Offer || !family.Related(code, p.Family)
	})
	if len(needs) == 0 {
		return Reply{}, refuse("convergence.nothing", "family", code)
	}
	rules := t.rules()
	f := rules.Feasible(purchase.Question{On: t.today(), Family: code, Needs: needs, Name: t.organisation})
	d := chat.Draft{Title: locale.T("convergence.title", "family", code), Lines: f.Convergence.Lines(t.organisation)}
	if others := f.Convergence.Others(otherDates); len(others) > 0 {
		d.Lines = append(append(d.Lines, locale.T("convergence.others")), others...)
	}
	d.Lines = append(d.Lines, f.Caveat())
	picture := f.Convergence.Picture(code, t.organisation)
	png, err := picture.PNG(chart.Light, t.language())
	if err != nil {
		return Reply{}, fault("draw a convergence", err)
	}
	d.Files = []chat.File{{Name: "convergence-" + string(code) + ".png", Content: png, Alt: picture.Alt(t.language())}}
	return Reply{Draft: &d}, nil
}
