package intake

import (
	"strings"
	"unicode/utf8"

	"sdcbot/bot/text"
)

// mostObject is the longest object, in runes.
const mostObject = 60

// object returns what the text is about as a short noun phrase in the speaker's words: the phrase of the dictionary that says most, with the
// noun that governs it ("maintenance des switchs") and the names and nouns that belong to it ("Aruba"). Only words of the dictionary and of a
// short list come out, so that nothing private can: the object is shown to other organisations. Empty when nothing better than the family is known.
func (r *reading) object() string {
	core := -1
	for i, h := range r.hits {
		if h.Hint || h.Likely() == "" {
			continue
		}
		if core < 0 || !r.hits[core].Term && h.Term {
			core = i
		}
	}
	if core < 0 {
		return ""
	}
	from, to := r.hits[core].From, r.hits[core].To
	from = r.growLeft(from)
	to = r.growRight(core, to)
	for from < to && smallWord(r.words[from].Folded) {
		from++
	}
	for to > from && smallWord(r.words[to-1].Folded) {
		to--
	}
	if from >= to {
		return ""
	}
	said := strings.Join(strings.Fields(r.s[r.words[from].Start:r.words[to-1].End]), " ")
	if utf8.RuneCountInString(said) > mostObject {
		said = r.s[r.words[r.hits[core].From].Start:r.words[r.hits[core].To-1].End]
		if utf8.RuneCountInString(said) > mostObject {
			return ""
		}
	}
	if r.hits[core].From == from && !r.hits[core].Term {
		return said // a name
	}
	return lowerFirst(r.s, r.words[from], said)
}

// growLeft takes in the governing noun: "maintenance des" before "switchs", "location de" before "copieurs".
func (r *reading) growLeft(from int) int {
	i := from - 1
	for i >= 0 && articleWord(r.words[i].Folded) && !r.broken(i) {
		i--
	}
	if i >= 0 && from-i <= 3 && governs(r.words[i].Stem) && !r.broken(i) {
		return i
	}
	return from
}

// growRight takes in the phrases of the dictionary that follow at once or after "de", "pour", "et", "+": "fixe et mobile", "pour les gardiens".
func (r *reading) growRight(core, to int) int {
	for _, h := range r.hits[core+1:] {
		gap := h.From - to
		if gap > 3 {
			break
		}
		linked := true
		for i := to; i < h.From; i++ {
			linked = linked && linkWord(r.words[i].Folded)
		}
		if !linked || h.Hint && gap > 0 || r.anyBroken(to-1, h.From-1) || r.taken(h.From) {
			break
		}
		to = h.To
	}
	return to
}

// broken says whether a sign after word i ends the phrase.
func (r *reading) broken(i int) bool {
	return i+1 < len(r.words) && parted(r.s, r.words[i], r.words[i+1], ",;.:!?()\n\"«»")
}

func (r *reading) anyBroken(from, to int) bool {
	for i := from; i <= to; i++ {
		if r.broken(i) {
			return true
		}
	}
	return false
}

// taken says whether the word belongs to the notice, the renewal, the amount or the date.
func (r *reading) taken(i int) bool {
	w := r.words[i]
	return r.noticeAt.holds(i) || r.renewedAt.holds(i) || w.Start < r.sum.End && w.End > r.sum.Start || w.Start < r.date.to && w.End > r.date.from
}

// governs are the nouns that may govern what is bought.
func governs(stem string) bool {
	switch stem {
	case "maintenance", "location", "hebergement", "support", "licence", "license", "abonnement", "refonte", "audit", "formation", "infogerance", "parc", "flotte", "solution", "logiciel", "outil", "remplacement",
		"renouvellement", "migration", "fourniture", "supervision", "externalisation", "dematerialisation", "gestion", "tma", "amo", "acquisition", "deploiement", "campagne", "plateforme", "application", "appli", "suivi", "hosting",
		"software", "tool", "fleet", "rental", "replacement", "training", "assistance", "entretien", "securisation", "mutualisation", "achat", "service":
		return true
	}
	return false
}

// articleWord may stand between a governing noun and what it governs.
func articleWord(folded string) bool {
	switch folded {
	case "de", "d", "du", "des", "la", "le", "les", "l", "of", "the", "notre", "nos", "our", "for", "pour", "en":
		return true
	}
	return false
}

// linkWord may stand between two nouns of one phrase.
func linkWord(folded string) bool {
	switch folded {
	case "de", "d", "du", "des", "la", "le", "les", "l", "et", "and", "pour", "for", "of", "the", "sur", "a", "aux", "au", "en", "un", "une":
		return true
	}
	return false
}

func smallWord(folded string) bool {
	switch folded {
	case "notre", "nos", "our", "ma", "mon", "mes", "former":
		return true
	}
	return linkWord(folded)
}

// lowerFirst takes away the capital of a sentence's first word, but not that of a name or an acronym.
func lowerFirst(s string, w text.Word, said string) string {
	head := s[w.Start:w.End]
	first, size := utf8.DecodeRuneInString(said)
	if head[size:] != strings.ToLower(head[size:]) || len(head) == size || strings.TrimSpace(s[:w.Start]) != "" {
		return said
	}
	return strings.ToLower(string(first)) + said[size:]
}
