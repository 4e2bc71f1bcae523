package usecase

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sdcbot/bot/chat"
	"sdcbot/bot/circle"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/storage"
	"sdcbot/bot/text"
)

// term is one of the circle's own words, as it is kept: what it means is a family, or another phrase for which it is another word.
type term struct {
	Phrase string      `json:"phrase"`
	Family family.Code `json:"family,omitempty"`
	Like   string      `json:"like,omitempty"`
}

const glossaryKey = "glossary"

// entry is the term as the dictionary takes it. What is written with a capital is the name of a product or a publisher.
func (m term) entry() family.Entry {
	e := family.Entry{Phrase: m.Phrase, Like: m.Like}
	if m.Like != "" {
		return e
	}
	e.Families = []family.Code{m.Family}
	if first, _ := utf8.DecodeRuneInString(m.Phrase); unicode.IsUpper(first) && m.Phrase != strings.ToUpper(m.Phrase) {
		e.Name = m.Phrase
	}
	return e
}

// said is the term in one line.
func (m term) said() locale.Text {
	if m.Like != "" {
		return locale.T("glossary.like", "phrase", m.Phrase, "like", m.Like)
	}
	return locale.T("glossary.means", "phrase", m.Phrase, "family", m.Family)
}

// vocabulary is what a circle's own words make of everyone's dictionary.
type vocabulary struct {
	dictionary *family.Dictionary
	reader     *intake.Reader
}

// vocabularies keeps what was made of the latest glossaries, by their words: building one costs more than reading a sentence by it.
var vocabularies = struct {
	sync.Mutex
	made map[string]vocabulary
}{made: map[string]vocabulary{}}

// mostVocabularies is how many are kept: a program serves one circle, whose glossary changes seldom.
const mostVocabularies = 8

// vocabularyOf returns the dictionary and the reader that know the terms. A term that everyone's dictionary can no longer take, since a
// later version of the program lost its family or its likeness, is left out rather than keep the circle from being read.
func vocabularyOf(terms []term) vocabulary {
	var key strings.Builder
	for _, m := range terms {
		key.WriteString(m.Phrase + "\x00" + string(m.Family) + "\x00" + m.Like + "\x00")
	}
	vocabularies.Lock()
	defer vocabularies.Unlock()
	if v, ok := vocabularies.made[key.String()]; ok {
		return v
	}
	var entries []family.Entry
	for _, m := range terms {
		entries = append(entries, m.entry())
	}
	d, err := family.Known().With(entries)
	for i := 0; err != nil && i < len(entries); {
		if _, fault := family.Known().With(entries[:i+1]); fault != nil {
			entries = slices.Delete(entries, i, i+1)
		} else {
			i++
		}
		d, err = family.Known().With(entries)
	}
	if len(vocabularies.made) >= mostVocabularies {
		clear(vocabularies.made)
	}
	v := vocabulary{d, intake.ReaderWith(d)}
	vocabularies.made[key.String()] = v
	return v
}

// terms reads the circle's own words, in the order in which they were added: one may be like another before it.
func (t *Turn) terms() ([]term, error) {
	var all []term
	return all, t.Tx.Settings().Get(glossaryKey, &all)
}

// vocabulary is what the circle reads by. When its words cannot be read, everyone's serve: the use case that follows meets the same fault
// of the storage and reports it.
func (t *Turn) vocabulary() vocabulary {
	terms, err := t.terms()
	if err != nil {
		terms = nil
	}
	return vocabularyOf(terms)
}

// ReaderOf returns the reader that knows the circle's own words.
func ReaderOf(tx storage.Tx) (*intake.Reader, error) {
	terms, err := (&Turn{Tx: tx}).terms()
	return vocabularyOf(terms).reader, fault("read the glossary", err)
}

// reader reads sentences as the circle speaks.
func (t *Turn) reader() *intake.Reader { return t.vocabulary().reader }

// familyNamed returns the family that a person of the circle means who names one.
func (t *Turn) familyNamed(name string) (family.Code, bool) {
	return t.vocabulary().dictionary.ByName(name)
}

// NamesFamily tells whether the words name a family of purchase.
func NamesFamily(t *Turn, words string) bool {
	_, ok := t.familyNamed(words)
	return ok
}

// Glossary lists the circle's own words.
func Glossary(t *Turn) (Reply, error) {
	terms, err := t.terms()
	if err != nil {
		return Reply{}, err
	}
	if len(terms) == 0 {
		return say(locale.T("glossary.empty"), locale.T("glossary.how")), nil
	}
	d := chat.Draft{Title: locale.T("glossary.title", "count", len(terms)), Footer: locale.T("glossary.how")}
	for _, m := range terms[:min(len(terms), listedTerms)] {
		d.Lines = append(d.Lines, m.said())
	}
	if more := len(terms) - listedTerms; more > 0 {
		d.Lines = append(d.Lines, locale.T("glossary.more", "count", more))
	}
	return Reply{Draft: &d}, nil
}

// AddTerm takes in one of the circle's own words: what the phrase means is a family, or with like another phrase. It says which
// proposals would be read otherwise by it, and changes none of them.
func AddTerm(t *Turn, phrase, means string, like bool) (Reply, error) {
	phrase, means = clean(phrase), clean(means)
	words := text.Words(phrase)
	letters := strings.IndexFunc(phrase, unicode.IsLetter) >= 0
	switch {
	case phrase == "" || means == "":
		return Reply{}, refuse("glossary.not-understood")
	case utf8.RuneCountInString(phrase) > longestTerm || utf8.RuneCountInString(means) > longestTerm:
		return Reply{}, refuse("glossary.too-long", "count", longestTerm)
	case !letters, len(words) == 1 && len(words[0].Folded) < 2, strings.ContainsAny(phrase, "*_\n\t"):
		return Reply{}, refuse("glossary.no-word", "phrase", phrase)
	}
	before, err := t.terms()
	if err != nil {
		return Reply{}, err
	}
	m := term{Phrase: phrase, Like: means}
	if !like {
		code, ok := t.familyNamed(means)
		if !ok {
			return Reply{}, refuse("glossary.no-family", "words", means)
		}
		m.Family, m.Like = code, ""
	}
	was := slices.IndexFunc(before, written(phrase))
	// A term that changes its meaning keeps its place, since others may be like it; one that is new may be like any that is there.
	after := slices.Clone(before)
	if was >= 0 {
		after[was] = m
	} else {
		after = append(after, m)
	}
	if was >= 0 && before[was] == m {
		return say(locale.T("glossary.known", "term", m.said())), nil
	}
	if len(after) > mostTerms {
		return Reply{}, refuse("glossary.full", "count", mostTerms)
	}
	if err := takes(after); err != nil {
		return Reply{}, refusedTerm(err, m)
	}
	if err := putSetting(t, glossaryKey, &before, after); err != nil {
		return Reply{}, err
	}
	key := "glossary.added"
	if was >= 0 {
		key = "glossary.changed"
	}
	return t.noted(locale.T(key, "term", m.said()), before, after)
}

// RemoveTerm takes one of the circle's own words away.
func RemoveTerm(t *Turn, phrase string) (Reply, error) {
	before, err := t.terms()
	if err != nil {
		return Reply{}, err
	}
	phrase = clean(phrase)
	at := slices.IndexFunc(before, written(phrase))
	if at < 0 {
		return Reply{}, refuse("glossary.unknown", "phrase", phrase)
	}
	after := slices.Delete(slices.Clone(before), at, at+1)
	if err := takes(after); err != nil {
		return Reply{}, refuse("glossary.needed", "phrase", before[at].Phrase)
	}
	if err := putSetting(t, glossaryKey, &before, after); err != nil {
		return Reply{}, err
	}
	return t.noted(locale.T("glossary.removed", "phrase", before[at].Phrase), before, after)
}

// written finds the term of a phrase, whatever its capitals, accents and plurals.
func written(phrase string) func(term) bool {
	key := text.Key(phrase)
	return func(m term) bool { return text.Key(m.Phrase) == key }
}

// takes says whether everyone's dictionary can take the terms.
func takes(terms []term) error {
	var entries []family.Entry
	for _, m := range terms {
		entries = append(entries, m.entry())
	}
	_, err := family.Known().With(entries)
	return err
}

// refusedTerm says why the dictionary does not take a term.
func refusedTerm(err error, m term) error {
	switch {
	case errors.Is(err, family.ErrNoLike):
		return refuse("glossary.no-like", "words", m.Like)
	case errors.Is(err, family.ErrNoPhrase):
		return refuse("glossary.no-word", "phrase", m.Phrase)
	}
	return err
}

// noted says a change of the glossary, with the proposals that would be read otherwise now.
func (t *Turn) noted(line locale.Text, before, after []term) (Reply, error) {
	refs, err := t.readOtherwise(vocabularyOf(before).reader, vocabularyOf(after).reader)
	if err != nil {
		return Reply{}, err
	}
	d := chat.Draft{Lines: []locale.Text{line}}
	if circle.May(t.Who, circle.Absence, t.today()) { // who administers the bot alone undoes by removing
		d.Buttons = []chat.Button[locale.Text]{t.undoButton()}
	}
	if len(refs) == 0 {
		d.Lines = append(d.Lines, locale.T("glossary.nothing-moves"))
		return Reply{Draft: &d}, nil
	}
	d.Lines = append(d.Lines, locale.T("glossary.would-move", "count", len(refs), "refs", strings.Join(refs[:min(len(refs), listed)], ", ")))
	return Reply{Draft: &d}, nil
}

// readOtherwise returns the live proposals of which the family would be another one if they were read now. Only their references are told:
// what was said to whom stays with its organisation.
func (t *Turn) readOtherwise(before, after *intake.Reader) (refs []string, err error) {
	live, err := t.live()
	if err != nil {
		return nil, err
	}
	for _, p := range live {
		said := p.Said
		if said == "" {
			said = p.Object + ", " + p.Supplier // of a table that was imported
		}
		on := t.Circle.Today(p.At)
		now := firstFamily(after.Read(said, on))
		if now != "" && now != p.Family && now != firstFamily(before.Read(said, on)) {
			refs = append(refs, string(p.Ref))
		}
	}
	return refs, nil
}

func firstFamily(s intake.Statement) family.Code {
	if len(s.Families) == 0 {
		return ""
	}
	return s.Families[0].Code
}
