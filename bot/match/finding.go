package match

import (
	"slices"
	"strings"

	"sdcbot/bot/family"
	"sdcbot/bot/text"
)

// find judges a pair. What it finds is the same from both sides.
func find(a, b Side) finding {
	p := pair{
		sameOrg:  a.Org == b.Org,
		speak:    speaks(a.Kind) && speaks(b.Kind),
		buys:     buys(a.Kind, !a.Date.IsZero()) || buys(b.Kind, !b.Date.IsZero()),
		bond:     bondOf(a.Family, a.Second, b.Family, b.Second),
		leftover: a.Family == b.Family && leftovers(a.Family),
		guessed:  a.Guessed || b.Guessed,
	}
	p.reach, p.days = reachOf(a.Date, b.Date)
	common := sides{a, b}
	f := judge(&p, common)
	f.sameSupplier = f.ground == together && common.supplier()
	return f
}

// sides compares the words of two sides as they were typed.
type sides struct{ a, b Side }

func (s sides) supplier() bool {
	return named(s.a.Supplier, s.b.Supplier) || named(s.a.Supplier, s.b.Object) || named(s.b.Supplier, s.a.Supplier) || named(s.b.Supplier, s.a.Object)
}

func (s sides) product() bool {
	ours := products(s.a)
	return slices.ContainsFunc(products(s.b), func(name string) bool { return slices.Contains(ours, name) })
}

func (s sides) word() bool {
	ours := text.Words(s.a.Object)
	return slices.ContainsFunc(text.Words(s.b.Object), func(theirs text.Word) bool {
		return tells(theirs) && slices.ContainsFunc(ours, func(w text.Word) bool { return w.Stem == theirs.Stem })
	})
}

// products are the names that the dictionary knows in a side, as they are usually written.
func products(s Side) []string {
	said := s.Supplier + ", " + s.Object
	var names []string
	for _, hit := range family.Find(said, text.Words(said)) {
		if hit.Product != "" {
			names = append(names, hit.Product)
		}
	}
	return names
}

// named says whether all words of the supplier stand in the text, side by side. "Orange" is named in "Orange Business"; no
// supplier is named nowhere.
func named(supplier, in string) bool {
	if supplier == "" || in == "" {
		return false
	}
	sought := spaced(supplier)
	return sought != "" && strings.Contains(spaced(in), sought)
}

// spaced returns the folded words of s, each with a space on either side, so that whole words are compared.
func spaced(s string) string {
	words := text.Words(s)
	if len(words) == 0 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(' ')
		b.WriteString(w.Folded)
	}
	b.WriteByte(' ')
	return b.String()
}

// tells says whether a word says what is bought. Numbers do not, nor do small words and those that every purchase has.
func tells(w text.Word) bool {
	return len(w.Stem) > 1 && !everyday[w.Stem] && strings.Trim(w.Folded, "0123456789") != ""
}

// everyday holds the words that any two objects may share, by their stems.
var everyday = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range text.Words(`a au aux by ce d de des du en et il in is it la le les lot ma mes mon of on or ou par se si sa sn the to un we
		abonnement accès achat acquisition agence application appli assistance audit automatique bail besoin bureau campagne centre client
		commun compte contrat dans des déploiement développement digital électronique entretien équipement externalisation externe flotte for former formation
		fourniture gestion hébergement informatique installation interne licence license local locataire location logiciel maintenance management marché
		matériel migration mobile module mutualisation nos notre nouveau numérique office online our outil parc par plateforme platform portail poste pour
		prestataire prestation professionnel progiciel projet public refonte remplacement rental renouvellement replacement réseau résidence salle sécurisation
		serveur service service site social software solution suivi sur support système system technique the tma tool training travail une utilisateur with`) {
		set[w.Stem] = true
	}
	return set
}()
