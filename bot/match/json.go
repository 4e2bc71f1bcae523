package match

import (
	"bytes"
	"encoding/json"
	"math"

	"sdcbot/bot/calendar"
	"sdcbot/bot/locale"
)

// line is what ExplainJSON reads.
type line struct {
	A    *saidLine `json:"a"`
	B    *saidLine `json:"b"`
	Lang string    `json:"lang"`
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
	if err := json.Unmarshal(in, &l); err != nil {
		return fault(locale.French, locale.T("match.json.not_json", "example", example))
	}
	lang := locale.French
	switch l.Lang {
	case "", string(locale.French):
	case string(locale.English):
		lang = locale.English
	default:
		return fault(lang, locale.T("match.json.bad_lang", "typed", l.Lang))
	}
	a, wrong := l.A.said("a", defaultOn)
	if wrong == nil {
		var b Said
		if b, wrong = l.B.said("b", defaultOn); wrong == nil {
			return encode(explainedOf(judgeSaid(apart(a, b)).verdict, lang))
		}
	}
	return fault(lang, *wrong)
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

func fault(lang locale.Lang, why locale.Text) []byte {
	return encode(struct {
		Error string `json:"error"`
	}{why.In(lang)})
}

// encode leaves "<" and "&" as they were typed.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // strings and numbers only
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
