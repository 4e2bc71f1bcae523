package intake

import (
	"encoding/json"
	"math"
	"strings"

	"sdcbot/bot/family"
	"sdcbot/bot/jsonline"
	"sdcbot/bot/locale"
)

// titleLine is what ExplainTitleJSON reads. The id is given back as it came.
type titleLine struct {
	ID    json.RawMessage `json:"id"`
	Title *string         `json:"title"`
}

// titleExplained is what ExplainTitleJSON writes; a family is null for a title without a word.
type titleExplained struct {
	ID       json.RawMessage `json:"id"`
	Family   *family.Code    `json:"family"`
	Families []family.Score  `json:"families"`
	Because  []string        `json:"because"`
}

// titleExample shows what a line looks like.
const titleExample = `{"id": "T1", "title": "…"}`

// ExplainTitleJSON reads one line {"id","title","lang"?} and returns which families the title of a contract speaks of as one line of JSON,
// without a line break. A line that cannot be read gives {"error": sentence}.
func ExplainTitleJSON(in []byte) []byte { return everyone().ExplainTitleJSON(in) }

// ExplainTitleJSON is the same by the reader's words.
func (k *Reader) ExplainTitleJSON(in []byte) []byte {
	var l titleLine
	lang, wrong := jsonline.Read(in, &l, titleExample)
	if !wrong.IsZero() {
		return jsonline.Fault(lang, wrong)
	}
	if l.Title == nil {
		return jsonline.Fault(lang, locale.T("intake.title.none"))
	}
	r := k.dictionary.OfTitle(*l.Title)
	e := titleExplained{ID: l.ID, Families: []family.Score{}, Because: []string{}}
	if e.ID == nil {
		e.ID = json.RawMessage("null")
	}
	if len(r.Families) > 0 {
		e.Family, e.Families = &r.Families[0].Code, r.Families
	}
	for _, reason := range becauseOfTitle(r) {
		e.Because = append(e.Because, reason.In(lang))
	}
	return jsonline.Write(e)
}

// ExplainTitle says to people which families the title of a contract speaks of, and why.
func ExplainTitle(title string, lang locale.Lang) string { return everyone().ExplainTitle(title, lang) }

// ExplainTitle is the same by the reader's words.
func (k *Reader) ExplainTitle(title string, lang locale.Lang) string {
	r := k.dictionary.OfTitle(title)
	var lines []locale.Text
	for i, f := range r.Families {
		percent := int(math.Round(f.Score * 100))
		switch {
		case i == 0:
			lines = append(lines, locale.T("intake.title.family", "family", f.Code, "percent", percent))
		case percent > 0:
			lines = append(lines, locale.T("intake.title.or", "family", f.Code, "percent", percent))
		}
	}
	lines = append(lines, locale.T("intake.explain.because"))
	for _, reason := range becauseOfTitle(r) {
		lines = append(lines, locale.T("intake.explain.reason", "reason", reason))
	}
	said := make([]string, 0, len(lines))
	for _, l := range lines {
		said = append(said, l.In(lang))
	}
	return strings.Join(said, "\n")
}

// becauseOfTitle names the words that said the family, or says that there are none.
func becauseOfTitle(r family.TitleReading) []locale.Text {
	if len(r.Families) == 0 {
		return []locale.Text{locale.T("intake.title.no_word")}
	}
	if len(r.Words) == 0 {
		return []locale.Text{locale.T("intake.title.unknown")}
	}
	reasons := make([]locale.Text, 0, len(r.Words))
	for _, words := range r.Words {
		reasons = append(reasons, locale.T("intake.because.family", "words", words, "family", r.Families[0].Code))
	}
	return reasons
}
