package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sdcbot/bot/family"
	"sdcbot/bot/text"
)

// leadsToSupplier are the words that a provider's name follows.
func leadsToSupplier(folded string) bool {
	switch folded {
	case "chez", "avec", "with", "par", "by", "aupres", "societe", "titulaire", "prestataire", "editeur", "from", "fournisseur", "provider", "supplier", "operateur":
		return true
	}
	return false
}

// supplier returns the publisher, product or provider as it was named: the first after "chez", "avec" and the like, else the first known one.
func (r *reading) supplier() string {
	named := -1
	for i, h := range r.hits {
		if h.Product == "" {
			continue
		}
		if h.From > 0 && leadsToSupplier(r.words[h.From-1].Folded) {
			return r.written(r.hits[i])
		}
		if named < 0 {
			named = i
		}
	}
	if unknown := r.unknownSupplier(); unknown != "" {
		return unknown
	}
	if named < 0 {
		return ""
	}
	return r.written(r.hits[named])
}

// written returns a product's name as it was typed, but with its usual capitals, with typing errors put right, and spelled out where the
// short form would not be known to everybody ("M365").
func (r *reading) written(h family.Hit) string {
	typed := r.s[r.words[h.From].Start:r.words[h.To-1].End]
	if text.Key(typed) == text.Key(h.Product) || strings.HasPrefix(h.Product, "Microsoft ") || r.mistyped(h) {
		return h.Product
	}
	if typed != strings.ToLower(typed) {
		return typed
	}
	first, size := utf8.DecodeRuneInString(typed)
	return string(unicode.ToUpper(first)) + typed[size:]
}

// mistyped says whether a typing error was mended in the phrase.
func (r *reading) mistyped(h family.Hit) bool {
	for i := h.From; i < h.To; i++ {
		if r.words[i].Folded != r.typed[i].Folded {
			return true
		}
	}
	return false
}

// unknownSupplier returns the capitalised name after "chez" and the like that no dictionary knows.
func (r *reading) unknownSupplier() string {
	if r.s == strings.ToUpper(r.s) {
		return "" // all in capitals: they say nothing
	}
	for i := 1; i < len(r.words); i++ {
		if !surelyLeads(r.words, i-1) || !r.words[i].Upper(r.s) || r.familyWord(i) {
			continue
		}
		end := i + 1
		for end < len(r.words) && end < i+3 && r.words[end].Upper(r.s) && r.s[r.words[end-1].End:r.words[end].Start] == " " && !r.familyWord(end) {
			end++
		}
		name := r.s[r.words[i].Start:r.words[end-1].End]
		if utf8.RuneCountInString(name) > 1 {
			return name
		}
	}
	return ""
}

// surelyLeads is leadsToSupplier for names that nobody knows: "avec" and "par" lead to too many other things.
func surelyLeads(words []text.Word, i int) bool {
	switch words[i].Folded {
	case "chez", "titulaire", "prestataire", "editeur", "societe", "provider", "supplier":
		return true
	case "with", "avec":
		return i > 0 && (words[i-1].Stem == "contrat" || words[i-1].Stem == "contract" || words[i-1].Stem == "marche" || words[i-1].Stem == "agreement" || words[i-1].Stem == "deal")
	}
	return false
}

// familyWord says whether the word belongs to a phrase of the dictionary that is no product.
func (r *reading) familyWord(i int) bool {
	for _, h := range r.hits {
		if i >= h.From && i < h.To && h.Product == "" {
			return true
		}
	}
	return false
}
