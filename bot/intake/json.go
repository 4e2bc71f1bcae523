package intake

import (
	"math"

	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/jsonline"
	"sdcbot/bot/locale"
)

// line is what ExplainJSON reads.
type line struct {
	Text *string `json:"text"`
	On   string  `json:"on"`
}

// explained is what ExplainJSON writes for one statement; null says that something was not said.
type explained struct {
	Kind         Kind           `json:"kind"`
	Family       *family.Code   `json:"family"`
	Families     []family.Score `json:"families"`
	Date         *string        `json:"date"`
	Supplier     *string        `json:"supplier"`
	AmountEUR    *float64       `json:"amount_eur"`
	AmountPeriod *string        `json:"amount_period"`
	NoticeMonths *int           `json:"notice_months"`
	Notice       *noticeSaid    `json:"notice"`
	Renewal      *string        `json:"renewal"`
	MaxRenewals  *int           `json:"max_renewals"`
	Confidence   float64        `json:"confidence"`
	Because      []string       `json:"because"`
	Also         []explained    `json:"also"`
}

// noticeSaid is a notice in the unit in which it was said; {"months":0} is a contract without notice.
type noticeSaid struct {
	Months *int `json:"months,omitempty"`
	Weeks  *int `json:"weeks,omitempty"`
	Days   *int `json:"days,omitempty"`
}

// example shows what a line looks like.
const example = `{"text": "…", "on": "2026-11-23", "lang": "fr"}`

// ExplainJSON reads one line {"text","on","lang"?} and returns what Read understands of it as one line of JSON, without a line break. Without
// "on" it is the day defaultOn, without "lang" French. A line that cannot be read gives {"error": sentence}.
func ExplainJSON(in []byte, defaultOn calendar.Day) []byte {
	return everyone().ExplainJSON(in, defaultOn)
}

// ExplainJSON is the same by the reader's words.
func (k *Reader) ExplainJSON(in []byte, defaultOn calendar.Day) []byte {
	var l line
	lang, wrong := jsonline.Read(in, &l, example)
	if !wrong.IsZero() {
		return jsonline.Fault(lang, wrong)
	}
	if l.Text == nil {
		return jsonline.Fault(lang, locale.T("intake.json.no_text"))
	}
	on := defaultOn
	if l.On != "" {
		day, err := calendar.Parse(l.On)
		if err != nil {
			return jsonline.Fault(lang, locale.T("intake.json.bad_day", "typed", l.On))
		}
		on = day
	}
	return jsonline.Write(explainedOf(k.Read(*l.Text, on), lang))
}

func explainedOf(st Statement, lang locale.Lang) explained {
	e := explained{
		Kind:       st.Kind,
		Families:   st.Families,
		Date:       said(st.Date.String()),
		Supplier:   said(st.Supplier),
		Renewal:    said(string(st.Renewal)),
		Confidence: st.Confidence,
		Because:    []string{},
		Also:       []explained{},
	}
	if len(st.Families) > 0 {
		e.Family = &st.Families[0].Code
	} else {
		e.Families = []family.Score{}
	}
	if !st.Amount.IsZero() {
		euros := float64(st.Amount.Cents) / 100
		e.AmountEUR = &euros
		e.AmountPeriod = said(string(st.Amount.Period))
	}
	if st.Notice.Known {
		months := NoticeMonths(st.Notice)
		e.NoticeMonths, e.Notice = &months, noticeAsSaid(st.Notice)
	}
	e.MaxRenewals = st.MaxRenewals
	for _, reason := range st.Because {
		e.Because = append(e.Because, reason.In(lang))
	}
	for _, other := range st.Also {
		e.Also = append(e.Also, explainedOf(other, lang))
	}
	return e
}

func said(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func noticeAsSaid(n contract.Notice) *noticeSaid {
	switch {
	case n.Weeks > 0:
		return &noticeSaid{Weeks: &n.Weeks}
	case n.Days > 0:
		return &noticeSaid{Days: &n.Days}
	}
	return &noticeSaid{Months: &n.Months}
}

// NoticeMonths returns the length of a notice in months, for comparison only: 30 days are taken for one, weeks for seven days, rounded.
func NoticeMonths(n contract.Notice) int {
	return n.Months + int(math.Round(float64(n.Days+7*n.Weeks)/30))
}
