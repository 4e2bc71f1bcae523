package intake

import (
	"slices"

	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
)

// mostCues is how many phrases are named for the kind.
const mostCues = 2

// because names the words that said each thing.
func (r *reading) because(st Statement) []locale.Text {
	reasons := r.becauseOfKind(st)
	if r.dated {
		reasons = append(reasons, locale.T("intake.because.date", "words", r.s[r.date.from:r.date.to], "day", r.date.day))
	}
	if len(st.Families) > 0 {
		if at, ok := r.saidFamily(st.Families[0].Code); ok {
			reasons = append(reasons, locale.T("intake.because.family", "words", r.quote(at), "family", st.Families[0].Code))
		}
	}
	if st.Kind == Nothing {
		return reasons
	}
	if st.Supplier != "" {
		reasons = append(reasons, locale.T("intake.because.supplier", "supplier", st.Supplier))
	}
	switch {
	case r.sum.TooLarge:
		reasons = append(reasons, locale.T("intake.because.amount_too_large", "words", r.s[r.sum.Start:r.sum.End]))
	case !st.Amount.IsZero():
		reasons = append(reasons, locale.T("intake.because.amount", "words", r.s[r.sum.Start:r.sum.End], "amount", st.Amount))
	}
	if r.shared {
		reasons = append(reasons, locale.T("intake.because.shared", "day", st.Date))
	}
	if st.Notice.Known && r.noticeAt.from < r.noticeAt.to {
		reasons = append(reasons, locale.T("intake.because.notice", "words", r.quote(r.noticeAt), "notice", noticeText(st.Notice)))
	}
	if st.Renewal != "" && r.renewedAt.from < r.renewedAt.to {
		reasons = append(reasons, locale.T("intake.because.renewal", "words", r.quote(r.renewedAt), "renewal", locale.T("intake.renewal."+string(st.Renewal))))
	}
	return reasons
}

// becauseOfKind names the strongest phrases that spoke for the kind, each part of the text once.
func (r *reading) becauseOfKind(st Statement) []locale.Text {
	var reasons []locale.Text
	var before []span
	for _, at := range r.said[r.kind] {
		overlaps := slices.ContainsFunc(before, func(b span) bool { return at.from < b.to && b.from < at.to })
		if len(before) < mostCues && !overlaps {
			before = append(before, at)
			reasons = append(reasons, locale.T("intake.because."+string(st.Kind), "words", r.quote(at)))
		}
	}
	switch {
	case len(reasons) > 0:
	case st.Kind == Nothing:
		reasons = append(reasons, locale.T("intake.because.nothing"))
	case st.Kind == Need && r.dated:
		reasons = append(reasons, locale.T("intake.because.need_by_date"))
	case st.Kind == Contract && r.dated:
		reasons = append(reasons, locale.T("intake.because.contract_by_date"))
	default:
		if at, ok := r.telling(); ok {
			reasons = append(reasons, locale.T("intake.because."+string(st.Kind), "words", r.quote(at)))
		}
	}
	return reasons
}

// shortestTelling is how many letters a word has at least that is named as a reason.
const shortestTelling = 5

// telling returns the word that was learnt to speak most for the kind that was taken.
func (r *reading) telling() (at span, ok bool) {
	best := 0.0
	for i := range min(len(r.words), mostWords) {
		if len(r.words[i].Folded) < shortestTelling || r.sort(i)[0] <= 'Z' {
			continue // an article or a date tells nobody anything
		}
		if says := learnt()["w:"+r.sort(i)][r.kind]; says > best {
			best, at, ok = says, span{i, i + 1}, true
		}
	}
	return at, ok
}

// quote returns the words of a span as they were typed. "jusqu" takes the word that it leans on.
func (r *reading) quote(at span) string {
	if at.from >= at.to || at.to > len(r.words) {
		return ""
	}
	if at.to < len(r.words) && r.words[at.to-1].Folded == "jusqu" {
		at.to++
	}
	return r.s[r.words[at.from].Start:r.words[at.to-1].End]
}

// saidFamily returns the phrase that spoke most for the family.
func (r *reading) saidFamily(code family.Code) (span, bool) {
	var at span
	best := 0.0
	for _, h := range r.hits {
		if says := h.Says(code); says > best {
			best, at = says, span{h.From, h.To}
		}
	}
	return at, best > 0
}

func noticeText(n contract.Notice) locale.Text {
	switch {
	case n.Months > 0:
		return locale.T("intake.notice.months", "count", n.Months)
	case n.Weeks > 0:
		return locale.T("intake.notice.weeks", "count", n.Weeks)
	case n.Days > 0:
		return locale.T("intake.notice.days", "count", n.Days)
	}
	return locale.T("intake.notice.none")
}
