package family

import (
	"errors"
	"fmt"

	"sdcbot/bot/text"
)

// Entry is what a circle adds to the dictionary.
type Entry struct {
	Phrase   string // as people type it; "_" stands for any one word, "mot*" for every word that begins so
	Families []Code // what it speaks of, most likely first; none silences a phrase that the dictionary misreads
	Name     string // the publisher or product that it names, as it is to be written; empty for a plain term
	Like     string // a phrase that is known, for which it is another word; Families and Name are then left empty
	Hint     bool   // it only leans towards its families
}

// What is wrong with an Entry.
var (
	ErrNoPhrase    = errors.New("a phrase without a word")
	ErrNoFamily    = errors.New("no such family")
	ErrNoLike      = errors.New("a synonym of a phrase that is not known")
	ErrLikeAndMore = errors.New("a synonym cannot have families or a name of its own")
)

// With returns a dictionary that knows the entries too. Where an entry and the dictionary know the same phrase, the entry counts; of two
// equal entries, the later one. An entry may be another word for one before it. The error names the phrase and wraps one of those above.
func (d *Dictionary) With(entries []Entry) (*Dictionary, error) {
	said := make(map[string]*meaning, len(entries))
	for _, e := range entries {
		m, err := d.meaningFor(e, said)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", e.Phrase, err)
		}
		said[text.Key(e.Phrase)] = m
	}
	return dictionaryOf(said, d), nil
}

func (d *Dictionary) meaningFor(e Entry, before map[string]*meaning) (*meaning, error) {
	if len(text.Words(e.Phrase)) == 0 {
		return nil, ErrNoPhrase
	}
	if e.Like != "" {
		if len(e.Families) > 0 || e.Name != "" {
			return nil, ErrLikeAndMore
		}
		if m, ok := before[text.Key(e.Like)]; ok {
			return m, nil
		}
		if m, ok := d.meaningOf(e.Like); ok {
			return m, nil
		}
		return nil, ErrNoLike
	}
	m := &meaning{product: e.Name, term: e.Name == "", hint: e.Hint}
	weight := termWeight
	switch {
	case e.Hint:
		weight = hintWeight
	case e.Name != "":
		weight = productWeight
	}
	for _, code := range e.Families {
		if _, ok := Of(code); !ok {
			return nil, fmt.Errorf("%w: %s", ErrNoFamily, code)
		}
		m.scores = append(m.scores, Score{code, weight})
		weight *= rankDecay
	}
	return m, nil
}
