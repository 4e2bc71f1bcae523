package text

import "strings"

// Phrases knows phrases and what each means, and finds them in the words of a text. No phrase reaches across a sign that parts words. In a phrase, "cherch*" stands for every word
// that begins so and "_" for any one word. The zero Phrases is empty and ready to use; it may be read by many at once once filled.
type Phrases[V any] struct {
	root branch[V]
}

// branch is what may follow after some words of a phrase.
type branch[V any] struct {
	value    V
	ends     bool // a phrase ends here
	words    map[string]*branch[V]
	prefixes map[string]*branch[V]
	any      *branch[V]
}

// Add makes the phrase known. Of two equal phrases the later one counts.
func (p *Phrases[V]) Add(phrase string, value V) {
	at := &p.root
	for _, field := range strings.Fields(phrase) {
		if field == "_" {
			if at.any == nil {
				at.any = &branch[V]{}
			}
			at = at.any
			continue
		}
		words := Words(field)
		for i, w := range words {
			if i == len(words)-1 && strings.HasSuffix(field, "*") {
				at = grow(&at.prefixes, w.Folded)
			} else {
				at = grow(&at.words, w.Stem)
			}
		}
	}
	if at != &p.root {
		at.value, at.ends = value, true
	}
}

// Key makes phrases equal that differ in accents, capitals, hyphens and plurals only; it keeps "_" and "mot*".
func Key(phrase string) string {
	var b strings.Builder
	for field := range strings.FieldsSeq(phrase) {
		if field == "_" || strings.HasSuffix(field, "*") {
			b.WriteString(" " + strings.ToLower(field))
			continue
		}
		for _, w := range Words(field) {
			b.WriteString(" " + w.Stem)
		}
	}
	return strings.TrimSpace(b.String())
}

func grow[V any](branches *map[string]*branch[V], word string) *branch[V] {
	if *branches == nil {
		*branches = map[string]*branch[V]{}
	}
	next := (*branches)[word]
	if next == nil {
		next = &branch[V]{}
		(*branches)[word] = next
	}
	return next
}

// Longest returns the longest phrase that begins with the first of words: what it means and how many words it takes, 0 if none.
func (p *Phrases[V]) Longest(words []Word) (value V, taken int) {
	if at, n := p.root.longest(words, 0); at != nil {
		return at.value, n
	}
	return value, 0
}

func (b *branch[V]) longest(words []Word, depth int) (best *branch[V], taken int) {
	if b.ends {
		best, taken = b, depth
	}
	if depth == len(words) || depth > 0 && words[depth].Apart {
		return best, taken
	}
	w := words[depth]
	follow := func(next *branch[V]) {
		if next == nil {
			return
		}
		if found, n := next.longest(words, depth+1); n > taken {
			best, taken = found, n
		}
	}
	if b.words != nil {
		follow(b.words[w.Stem])
	}
	if b.prefixes != nil {
		for n := len(w.Folded); n >= 3; n-- {
			if next := b.prefixes[w.Folded[:n]]; next != nil {
				follow(next)
				break
			}
		}
	}
	follow(b.any)
	return best, taken
}
