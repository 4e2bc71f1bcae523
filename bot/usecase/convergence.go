package usecase

import (
	"slices"
	"strings"

	"sdcbot/bot/chart"
	"sdcbot/bot/chat"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/proposal"
	"sdcbot/bot/purchase"
	"sdcbot/bot/text"
)

// otherDates is how many dates are shown that were compared and not taken.
const otherDates = 3

// Convergence puts all terms of a family on one line of time, in words and as a picture: the common date that costs least, what each has to do for
// it and by when, who cannot and why.
func Convergence(t *Turn, words string) (Reply, error) {
	live, err := t.live()
	if err != nil {
		return Reply{}, err
	}
	live = slices.DeleteFunc(live, func(p proposal.Proposal) bool { return p.Kind == proposal.Offer || p.Family == "" })
	code, ok := t.familyNamed(clean(words))
	switch {
	case clean(words) == "":
		return Reply{}, refuse("convergence.which-one", "families", held(live))
	case !ok:
		return Reply{}, refuse("convergence.which", "words", clean(words))
	}
	needs := of(live, code)
	if len(needs) == 0 {
		// "extranet" names two families: the one that holds something is meant.
		if code, ok = heldUnder(live, clean(words)); !ok {
			code, _ = t.familyNamed(clean(words))
			return Reply{}, refuse("convergence.nothing", "family", code)
		}
		needs = of(live, code)
	}
	if alone := needs[0].Org; !slices.ContainsFunc(needs, func(p proposal.Proposal) bool { return p.Org != alone }) {
		return say(locale.T("convergence.alone", "family", code, "organisation", t.organisation(alone), "names", t.names(needs))), nil
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

// of are the proposals of a family and its relatives.
func of(live []proposal.Proposal, code family.Code) (out []proposal.Proposal) {
	for _, p := range live {
		if family.Related(code, p.Family) {
			out = append(out, p)
		}
	}
	return out
}

// held names the families of the proposals, each once, by the alphabet of their codes.
func held(live []proposal.Proposal) []locale.Text {
	var codes []family.Code
	for _, p := range live {
		codes = append(codes, p.Family)
	}
	slices.Sort(codes)
	var names []locale.Text
	for _, code := range slices.Compact(codes) {
		names = append(names, locale.T("value", "value", code))
	}
	return names[:min(len(names), listed)]
}

// heldUnder returns the one family among those of the proposals whose name holds the words.
func heldUnder(live []proposal.Proposal, words string) (found family.Code, ok bool) {
	for _, p := range live {
		f, known := family.Of(p.Family)
		if !known || p.Family == found || !strings.Contains(text.Fold(f.French+" / "+f.English), text.Fold(words)) {
			continue
		}
		if ok {
			return "", false
		}
		found, ok = p.Family, true
	}
	return found, ok
}

// names calls proposals by their references and subjects.
func (t *Turn) names(all []proposal.Proposal) []locale.Text {
	var out []locale.Text
	for _, p := range all {
		out = append(out, locale.T("convergence.alone.one", "ref", string(p.Ref), "subject", subject(p)))
	}
	return out
}
