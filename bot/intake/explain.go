package intake

import (
	"math"
	"strings"

	"sdcbot/bot/locale"
)

// Explain says a statement back to people, one thing a line, and why.
func Explain(st Statement, lang locale.Lang) string {
	var lines []locale.Text
	add := func(key string, pairs ...any) { lines = append(lines, locale.T("intake.explain."+key, pairs...)) }
	add("kind", "kind", locale.T("intake.kind."+string(st.Kind)), "percent", int(math.Round(st.Confidence*100)))
	if len(st.Families) > 0 {
		add("family", "family", st.Families[0].Code)
	}
	if len(st.Families) > 1 {
		var others []locale.Text
		for _, f := range st.Families[1:] {
			others = append(others, locale.T("intake.explain.label", "family", f.Code))
		}
		add("families", "families", others)
	}
	if st.Object != "" {
		add("object", "object", st.Object)
	}
	if !st.Start.IsZero() {
		add("start", "day", st.Start)
	}
	if !st.Date.IsZero() {
		add("date", "day", st.Date)
	}
	if st.Supplier != "" {
		add("supplier", "supplier", st.Supplier)
	}
	if !st.Amount.IsZero() {
		add("amount", "amount", st.Amount)
	}
	if st.Notice.Known {
		add("notice", "notice", noticeText(st.Notice))
	}
	if st.Renewal != "" {
		add("renewal", "renewal", locale.T("intake.renewal."+string(st.Renewal)))
	}
	if st.MaxRenewals != nil {
		add("max_renewals", "number", *st.MaxRenewals)
	}
	if len(st.Because) > 0 {
		add("because")
		for _, reason := range st.Because {
			add("reason", "reason", reason)
		}
	}
	said := make([]string, 0, len(lines))
	for _, l := range lines {
		said = append(said, l.In(lang))
	}
	for _, other := range st.Also {
		said = append(said, "", locale.T("intake.explain.also").In(lang), Explain(other, lang))
	}
	return strings.Join(said, "\n")
}
