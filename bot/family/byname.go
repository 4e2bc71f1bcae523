package family

import (
	"strings"
	"sync"

	"sdcbot/bot/text"
)

// names is every code and label, folded to words.
var names = sync.OnceValue(func() map[string]Code {
	all := map[string]Code{}
	for _, f := range families().all {
		for _, name := range []string{string(f.Code), f.French, f.English} {
			all[text.Key(name)] = f.Code
		}
	}
	return all
})

// ByName returns the family that a person means who names one in a form: its code, its label in either language, a word of the
// dictionary ("copieurs"), the beginning of a label, or any of these with a typing error.
func ByName(name string) (Code, bool) { return known().ByName(name) }

// ByName is the package's ByName with this dictionary.
func (d *Dictionary) ByName(name string) (Code, bool) {
	if code := Code(strings.ToLower(strings.TrimSpace(name))); code != "" {
		if _, ok := Of(code); ok {
			return code, true
		}
	}
	k := text.Key(name)
	if k == "" {
		return "", false
	}
	if code, ok := names()[k]; ok {
		return code, true
	}
	scores, hits := d.Classify(name)
	for _, h := range hits {
		if !h.Hint && len(h.scores) > 0 {
			return scores[0].Code, true
		}
	}
	if code, ok := beginning(k); ok {
		return code, true
	}
	if len(scores) > 0 && scores[0].Code != OtherIT {
		return scores[0].Code, true
	}
	return nearestName(k)
}

// beginning returns the family whose label begins with k, if there is one only.
func beginning(k string) (found Code, ok bool) {
	if len(k) < 4 {
		return "", false
	}
	for _, f := range families().all {
		if strings.HasPrefix(text.Key(f.French), k) || strings.HasPrefix(text.Key(f.English), k) {
			if found != "" {
				return "", false
			}
			found = f.Code
		}
	}
	return found, found != ""
}

func nearestName(k string) (Code, bool) {
	near := nearNames()
	words := text.Words(k)
	if len(words) == 0 {
		return "", false
	}
	if name, ok := near.Find(strings.ReplaceAll(k, " ", "")); ok {
		return spelled()[name], true
	}
	return "", false
}

// spelled is names with the spaces left out, so that "signature electronqiue" and "signatureelectronique" are one word's distance.
var spelled = sync.OnceValue(func() map[string]Code {
	all := map[string]Code{}
	for name, code := range names() {
		all[strings.ReplaceAll(name, " ", "")] = code
	}
	return all
})

var nearNames = sync.OnceValue(func() *text.Near {
	n := &text.Near{}
	for name := range spelled() {
		n.Add(name)
	}
	return n
})
