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

// supplier returns the publisher, product or provider as it was named: the first after "chez", "avec" and the like, else the first known
// one, else a capitalised name that stands where a product's would.
func (r *reading) supplier() string {
	named := -1
	for i, h := range r.hits {
		if h.Product == "" {
			continue
		}
		if !h.Term && h.From > 0 && leadsToSupplier(r.words[h.From-1].Folded) {
			return r.written(h)
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
	name := r.written(r.hits[named])
	// "ArcGIS (Esri)": a product and its publisher side by side are named both.
	if named+1 < len(r.hits) && r.hits[named+1].Product != "" && !r.hits[named].Term && r.hits[named+1].From == r.hits[named].To {
		if beside := r.written(r.hits[named+1]); beside != name {
			name += " (" + beside + ")"
		}
	}
	return name
}

// written returns a product's name as it was typed, but with its usual capitals, with typing errors put right, and spelled out where the
// short form would not be known to everybody ("M365").
func (r *reading) written(h family.Hit) string {
	typed := r.s[r.words[h.From].Start:r.words[h.To-1].End]
	if h.Term || text.Key(typed) == text.Key(h.Product) || strings.HasPrefix(h.Product, "Microsoft ") || r.mistyped(h) {
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

// unknownSupplier returns the capitalised name that no dictionary knows, after "chez" and the like or right after what is bought ("GMAO
// Active3D").
func (r *reading) unknownSupplier() string {
	if r.s == strings.ToUpper(r.s) {
		return "" // all in capitals: they say nothing
	}
	for i := 1; i < len(r.words); i++ {
		sure := surelyLeads(r.words, i-1)
		if !sure && !r.afterProductNoun(i) || !r.nameLike(i) {
			continue
		}
		end := i + 1
		for end < len(r.words) && end < i+3 && r.nameLike(end) && r.s[r.words[end-1].End:r.words[end].Start] == " " {
			end++
		}
		name := r.s[r.words[i].Start:r.words[end-1].End]
		if utf8.RuneCountInString(name) > 2 {
			return name
		}
	}
	return ""
}

// nameLike says whether the word may be part of a name: capitalised, unknown, and no part of the date.
func (r *reading) nameLike(i int) bool {
	w := r.words[i]
	return w.Upper(r.s) && !r.familyWord(i) && !r.taken(i) && !r.by.knows(w) && !ownName(w.Folded)
}

// ownName says whether the word begins the name of an organisation of the circle, or of nobody.
func ownName(folded string) bool {
	switch folded {
	case "office", "oph", "esh", "opac", "sem", "sa", "coop", "habitat", "groupe", "sdc", "dsi", "dg", "dga", "agence", "siege", "ht", "ttc", "lot", "vous", "nous", "eux", "lui", "elle", "moi", "toi",
		"pour", "en", "et", "france", "paris", "the", "our", "we", "i":
		return true
	}
	return false
}

// afterProductNoun says whether what is bought, or the word "logiciel", stands right before word i.
func (r *reading) afterProductNoun(i int) bool {
	if r.s[r.words[i-1].End:r.words[i].Start] != " " {
		return false
	}
	switch r.words[i-1].Stem {
	case "logiciel", "solution", "outil", "progiciel", "plateforme", "software", "platform":
		return true
	}
	for _, h := range r.hits {
		if h.To == i && h.Term && !h.Hint {
			return true
		}
	}
	return false
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
		if i >= h.From && i < h.To && h.Term {
			return true
		}
	}
	return false
}
