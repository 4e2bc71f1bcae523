package match

import (
	"math"

	"sdcbot/bot/calendar"
	"sdcbot/bot/jsonline"
	"sdcbot/bot/locale"
)

// line is what ExplainJSON reads.
type line struct {
	A *saidLine `json:"a"`
	B *saidLine `json:"b"`
}

type saidLine struct {
	Org  string  `json:"org"`
	Text *string `json:"text"`
	On   string  `json:"on"`
}

// explained is what ExplainJSON writes.
type explained struct {
	Match   bool     `json:"match"`
	Score   float64  `json:"score"`
	Reasons []string `json:"reasons"`
}

// example shows what a line looks like.
const example = `{"a": {"org": "A", "text": "…", "on": "2026-11-23"}, "b": {"org": "B", "text": "…", "on": "2026-12-01"}, "lang": "fr"}`

// ExplainJSON reads one line {"a":{"org","text","on"},"b":{…},"lang"?} and returns the judgement on the pair as one line of JSON, without a
// line break. Without "on" it is the day defaultOn, without "lang" French. Two sides without "org" are taken for two organisations. A maybe is no match,
// with a score from MaybeFrom to a half. A line that cannot be read gives {"error": sentence}.
func ExplainJSON(in []byte, defaultOn calendar.Day) []byte {
	var l line
	lang, unread := jsonline.Read(in, &l, example)
	if !unread.IsZero() {
		return jsonline.Fault(lang, unread)
	}
	a, wrong := l.A.said("a", defaultOn)
	if wrong == nil {
		var b Said
		if b, wrong = l.B.said("b", defaultOn); wrong == nil {
			return jsonline.Write(explainedOf(judgeSaid(apart(a, b)).verdict, lang))
		}
	}
	return jsonline.Fault(lang, *wrong)
}

// said reads one side; name is its key in the line.
func (l *saidLine) said(name string, defaultOn calendar.Day) (Said, *locale.Text) {
	if l == nil || l.Text == nil {
		why := locale.T("match.json.no_text", "side", name)
		return Said{}, &why
	}
	s := Said{Org: l.Org, Text: *l.Text, On: defaultOn}
	if l.On != "" {
		day, err := calendar.Parse(l.On)
		if err != nil {
			why := locale.T("match.json.bad_day", "side", name, "typed", l.On)
			return Said{}, &why
		}
		s.On = day
	}
	return s, nil
}

// apart names the sides that nobody named, so that they are two organisations.
func apart(a, b Said) (Said, Said) {
	if a.Org == "" {
		a.Org = "A"
		if b.Org == "A" {
			a.Org = "B"
		}
	}
	if b.Org == "" {
		b.Org = "B"
		if a.Org == "B" {
			b.Org = "A"
		}
	}
	return a, b
}

func explainedOf(v Verdict, lang locale.Lang) explained {
	e := explained{Match: v.Match, Score: math.Round(100*v.Score) / 100, Reasons: []string{}}
	for _, reason := range v.Reasons {
		e.Reasons = append(e.Reasons, reason.In(lang))
	}
	return e
}
