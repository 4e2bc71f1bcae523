package intake

import (
	"sync"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/text"
)

// Reader reads messages by a dictionary. It never changes, and many may use it at once.
type Reader struct {
	dictionary *family.Dictionary
	added      text.Near // the words that the dictionary has beyond everyone's
}

// everyone reads by the dictionary that everyone has.
var everyone = sync.OnceValue(func() *Reader { return &Reader{dictionary: family.Known()} })

// ReaderWith returns a reader that knows a circle's own words too: what they mean, and their typing errors.
func ReaderWith(d *family.Dictionary) *Reader {
	r := &Reader{dictionary: d}
	for _, word := range d.Added() {
		r.added.Add(word)
	}
	return r
}

// Read says what a message means by everyone's dictionary; see Reader.Read.
func Read(message string, on calendar.Day) Statement { return everyone().Read(message, on) }

// Read says what a message means on the day when it was written. It never fails: what says nothing is of the kind Nothing. A message that
// proposes several unrelated things gives the first, with the others under Also.
func (k *Reader) Read(message string, on calendar.Day) Statement {
	r := newReading(letter(clean(message)), on, k)
	r.headed(heading(r.s, on))
	r.weighRules()
	r.decide()
	if r.severalThings() {
		if each := r.parts(); each != nil {
			first := each[0]
			first.Also = each[1:]
			return first
		}
	}
	return r.statement()
}

// mend puts the typing errors of words right. Everyone's words come first: a circle's word must not draw away what was spelt well.
func (k *Reader) mend(words []text.Word) []text.Word {
	mended := known().mend(words)
	for i, w := range words {
		if k.added.Knows(w.Folded) {
			mended[i] = w // a name of the circle that looks like a mistyped word of everyone's
			continue
		}
		if mended[i].Folded != w.Folded || known().knows(w) {
			continue
		}
		// The dictionary keeps its words without their endings: "gardivox" is there as "gardivo".
		correct, ok := k.added.Find(w.Folded)
		if !ok {
			correct, ok = k.added.Find(w.Stem)
		}
		if ok {
			mended[i].Folded, mended[i].Stem = correct, text.Stem(correct)
		}
	}
	return mended
}

// knows says whether a word is one of the dictionary, in any of its forms.
func (k *Reader) knows(w text.Word) bool {
	return known().near.Knows(w.Folded) || known().near.Knows(w.Stem) || k.added.Knows(w.Folded) || k.added.Knows(w.Stem)
}
