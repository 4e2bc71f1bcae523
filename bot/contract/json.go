package contract

import (
	"encoding/json"
	"fmt"

	"sdcbot/bot/calendar"
	"sdcbot/bot/jsonline"
	"sdcbot/bot/locale"
)

// asked is what ExplainJSON reads: a full record of a contract's dates, and the day of the question.
type asked struct {
	ID    json.RawMessage `json:"id"`
	Input *struct {
		Start         calendar.Day `json:"start"`
		Months        *int         `json:"months"`
		End           calendar.Day `json:"end"`
		Renewal       Renewal      `json:"renewal"`
		RenewalMonths int          `json:"renewal_months"`
		MaxRenewals   *int         `json:"max_renewals"`
		Notice        *Notice      `json:"notice"`
		On            calendar.Day `json:"on"`
	} `json:"input"`
}

// answered is what ExplainJSON writes; null says that a day does not apply.
type answered struct {
	ID           json.RawMessage `json:"id"`
	State        *State          `json:"state"`
	Term         *calendar.Day   `json:"term"`
	RenewalsDone int             `json:"renewals_done"`
	LastDay      *calendar.Day   `json:"last_day"`
	ActBy        *calendar.Day   `json:"act_by"`
	UltimateEnd  *calendar.Day   `json:"ultimate_end"`
	NextTerm     *calendar.Day   `json:"next_term"`
	NextLastDay  *calendar.Day   `json:"next_last_day"`
	NextActBy    *calendar.Day   `json:"next_act_by"`
	Lines        []string        `json:"lines"`
}

// example shows what a line looks like.
const example = `{"id": "…", "input": {"start": "2023-06-01", "months": 36, "renewal": "tacit", "renewal_months": 12, "max_renewals": 2, "notice": {"months": 3}, "on": "2026-11-23"}}`

// ExplainJSON reads one line {"id","input":{"start","months" or "end","renewal","renewal_months","max_renewals","notice","on"},"lang"?} and returns where
// that contract stands, with the calculation in "lines", as one line of JSON without a line break. The record is complete: what it leaves out is none, and a
// day is that of defaultOn without "on". A line that cannot be read gives {"error": sentence}.
func ExplainJSON(in []byte, defaultOn calendar.Day) []byte {
	var q asked
	lang, wrong := jsonline.Read(in, &q, example)
	if !wrong.IsZero() {
		return jsonline.Fault(lang, wrong)
	}
	terms, on, wrong := q.terms(defaultOn)
	if !wrong.IsZero() {
		return jsonline.Fault(lang, wrong)
	}
	s := At(terms, on)
	a := answered{
		ID: q.ID, Term: said(s.Term), RenewalsDone: s.RenewalsDone, LastDay: said(s.LastDay), ActBy: said(s.ActBy), UltimateEnd: said(s.UltimateEnd),
		NextTerm: said(s.NextTerm), NextLastDay: said(s.NextLastDay), NextActBy: said(s.NextActBy), Lines: []string{},
	}
	if s.State != Unknown {
		a.State = &s.State
	}
	for _, line := range Explain(terms, on) {
		a.Lines = append(a.Lines, line.In(lang))
	}
	return jsonline.Write(a)
}

// terms checks the line and returns its terms and its day, or what is wrong with it.
func (q *asked) terms(defaultOn calendar.Day) (Terms, calendar.Day, locale.Text) {
	bad := func(field, typed string, fits ...any) locale.Text {
		return locale.T("contract.json.bad", "field", field, "typed", typed, "fits", fmt.Sprint(fits...))
	}
	in := q.Input
	if in == nil {
		return Terms{}, calendar.Day{}, locale.T("contract.json.no-input")
	}
	t := Terms{Start: in.Start, End: in.End, Renewal: in.Renewal, RenewalMonths: in.RenewalMonths, MaxRenewals: in.MaxRenewals, Complete: true}
	if in.Months != nil {
		t.Months = *in.Months
	}
	if in.Notice != nil {
		t.Notice = *in.Notice
	}
	t.Notice.Known = true
	on := in.On
	if on.IsZero() {
		on = defaultOn
	}
	switch in.Renewal {
	case Tacit, Express, None:
	case "":
		t.Renewal = None
	default:
		return t, on, bad("renewal", string(in.Renewal), "tacit, express, none")
	}
	counts := []struct {
		field string
		n     int
		most  int
	}{
		{"months", t.Months, longestMonths},
		{"renewal_months", t.RenewalMonths, longestMonths},
		{"notice.months", t.Notice.Months, longestMonths},
		{"notice.weeks", t.Notice.Weeks, longestDays / 7},
		{"notice.days", t.Notice.Days, longestDays},
	}
	if t.MaxRenewals != nil {
		counts = append(counts, struct {
			field string
			n     int
			most  int
		}{"max_renewals", *t.MaxRenewals, longestMonths})
	}
	for _, c := range counts {
		if c.n < 0 || c.n > c.most {
			return t, on, bad(c.field, fmt.Sprint(c.n), 0, "–", c.most)
		}
	}
	if !t.End.IsZero() && in.Months != nil {
		return t, on, locale.T("contract.json.two-ends")
	}
	if t.End.IsZero() && (t.Start.IsZero() || in.Months == nil) {
		return t, on, locale.T("contract.json.no-end")
	}
	return t, on, locale.Text{}
}

func said(d calendar.Day) *calendar.Day {
	if d.IsZero() {
		return nil
	}
	return &d
}
