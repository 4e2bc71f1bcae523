package register

import (
	"strings"

	"sdcbot/bot/text"
)

// headings are the names of columns as people and tools write them, in French and in English, the surest first: where two columns of a table
// name one field, the surer name wins. Case, accents, plurals and signs do not count, nor do the words of loose. GLPI's are those of its list of
// contracts, DECP's those of the order of 22 December 2022 and of the one before it.
var headings = map[Field][]string{
	Reference: {"référence sdcbot", "référence", "reference", "ref", "réf"},
	Number: {
		"numéro", "number", "numéro de contrat", "n°", "no", "num", "numéro de marché", "n° de marché", "contract number", "code", "identifiant", "référence interne", "référence du marché",
		"référence du contrat", "contract reference", "numéro interne", "matricule",
	},
	Kind:   {"nature sdcbot", "kind", "nature", "type de proposition"},
	Family: {"famille", "family", "famille d'achat", "famille de purchase", "catégorie", "category", "segment", "domaine", "purchase family", "sous-famille"},
	Supplier: {
		"fournisseur", "supplier", "fournisseurs", "fournisseur - nom", "supplier name", "nom du fournisseur", "titulaire", "titulaires", "éditeur", "prestataire", "vendor", "opérateur", "société", "attributaire",
		"raison sociale", "denominationsociale", "titulaire_denominationsociale", "titulaire_nom", "publisher", "tiers", "cocontractant", "entreprise", "provider", "contractor", "marque",
	},
	Object: {
		"objet", "object", "objet du marché", "intitulé", "titre", "title", "libellé", "désignation", "description", "subject", "nom", "name", "nom du contrat", "contrat", "contract", "marché", "prestation", "produit",
		"logiciel", "application", "service",
	},
	Start: {
		"début", "start", "date de début", "start date", "date de début du contrat", "date d'effet", "prise d'effet", "date de prise d'effet", "begin date", "begin_date", "effective date", "date de démarrage",
		"date de départ", "date de notification", "notification", "notifié le", "datenotification", "datenotificationmarche", "date de signature", "signé le", "commencement",
	},
	Months: {
		"durée", "duration", "durée initiale", "durée ferme", "durée initiale du contrat", "période initiale", "initial contract period", "initial period", "dureemois", "durée en mois", "période ferme", "months", "engagement",
		"durée d'engagement", "durée totale", "length", "term length",
	},
	Date: {
		"échéance", "date", "date d'échéance", "fin", "date de fin", "end date", "end", "date de fin de contrat", "term", "terme", "expiration", "date d'expiration", "expiry date", "expires", "expiry", "end_date",
		"fin de période ferme", "date de fin ferme", "fin de marché", "prochaine échéance", "jusqu'au", "date limite", "échéance ferme",
	},
	Renewal: {
		"reconduction", "renewal", "type de reconduction", "renouvellement", "mode de reconduction", "renewal type", "reconductible", "renouvelable", "tacite reconduction", "mode de renouvellement", "type de renouvellement",
		"reconductions", "auto renewal",
	},
	RenewalMonths: {
		"durée d'une reconduction", "renewal months", "durée de reconduction", "durée de la reconduction", "durée des reconductions", "période de renouvellement", "période de reconduction", "contract renewal period", "renewal period", "renewal length", "length of a renewal",
		"période de renouvellement du contrat", "durée du renouvellement", "périodicité de reconduction",
	},
	MaxRenewals: {
		"nombre de reconductions", "max renewals", "nb de reconductions", "nb reconductions", "nombre maximum de reconductions", "nombre de renouvellements", "number of renewals", "maximum renewals", "reconductions possibles", "renewals",
		"nombre de reconduction possible", "nombre maximal de reconductions",
	},
	Notice: {
		"préavis", "notice", "notice period", "délai de préavis", "durée du préavis", "durée de préavis", "délai de dénonciation", "délai de résiliation", "préavis de dénonciation", "préavis de résiliation", "notice months",
	},
	Amount: {
		"montant", "amount", "coût", "cost", "montant du marché", "prix", "price", "budget", "valeur", "value", "coût du contrat", "loyer", "dépense", "redevance", "tarif", "facturation",
	},
	AmountPeriod: {"période du montant", "amount period", "période de montant"},
	Owner: {
		"responsable", "owner", "pilote", "référent", "gestionnaire", "responsable du contrat", "contract owner", "chef de projet", "suivi par", "technicien responsable", "technician in charge", "acheteur interne", "contact interne",
	},
	Deputy:  {"suppléant", "deputy", "remplaçant", "adjoint", "backup owner"},
	Note:    {"note", "notes", "commentaires", "commentaire", "comments", "comment", "remarques", "remarque", "observations", "observation", "notes internes", "internal notes"},
	Guessed: {"à confirmer", "to confirm", "guessed", "deviné", "champs à confirmer"},
	Origin:  {"origine", "origin", "clé d'origine", "clé d'import", "import key"},

	identifier: {"id", "uid"},
	hint:       {"type", "type de contrat", "contract type", "types", "nature du contrat"},
	cpv:        {"codecpv", "cpv", "code cpv"},
	buyer:      {"acheteur.id", "acheteur_id", "siret acheteur", "acheteur siret", "siret de l'acheteur", "siret", "idacheteur"},
	buyerName:  {"acheteur.nom", "acheteur_nom", "nom de l'acheteur", "acheteur", "buyer", "nomacheteur"},
	holder:     {"titulaire.id", "titulaire_id", "siret titulaire", "siret du titulaire", "titulaire_id_1"},
}

// loose are the words of a heading that say how its cells are written, or nothing at all. "Date de début du contrat" is "date de début".
var loose = map[string]bool{
	"de": true, "du": true, "la": true, "le": true, "les": true, "des": true, "d": true, "l": true, "en": true, "the": true, "of": true, "in": true, "et": true,
	"contrat": true, "marche": true, "contract": true, "ht": true, "ttc": true, "htva": true, "hors": true, "taxe": true, "euro": true, "eur": true, "k": true, "ke": true, "prevu": true, "prevue": true, "estime": true, "estimee": true,
	"an": true, "annee": true, "annuel": true, "annuelle": true, "annual": true, "yearly": true, "year": true, "par": true, "per": true, "moi": true, "mois": true, "mensuel": true, "mensuelle": true, "monthly": true, "month": true,
	"total": true, "totale": true, "global": true, "globale": true, "maximum": true, "max": true, "jour": true, "day": true, "semaine": true, "week": true, "nb": true, "nombre": true,
}

// name is what one heading may mean; rank 0 is the surest.
type name struct {
	field Field
	rank  int
}

// looseRank is added to a heading that is known only when its loose words are left out.
const looseRank = 100

// known headings, whole and without their loose words.
var wholeNames, looseNames = func() (whole, stripped map[string]name) {
	whole, stripped = map[string]name{}, map[string]name{}
	keep := func(into map[string]name, key string, n name) {
		if old, there := into[key]; key != "" && (!there || n.rank < old.rank) {
			into[key] = n
		}
	}
	for field, names := range headings {
		for rank, heading := range names {
			keep(whole, headingKey(heading, false), name{field, rank})
			keep(stripped, headingKey(heading, true), name{field, rank + looseRank})
		}
		keep(whole, headingKey(string(field), false), name{field, 0})
	}
	return whole, stripped
}()

// headingKey makes headings equal that say the same.
func headingKey(heading string, stripped bool) string {
	var b strings.Builder
	for _, w := range text.Words(strings.ReplaceAll(heading, "°", "o ")) {
		if stripped && (loose[w.Stem] || loose[w.Folded]) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Stem)
	}
	return b.String()
}

// nameOf returns what a heading means.
func nameOf(heading string) (name, bool) {
	if n, ok := wholeNames[headingKey(heading, false)]; ok {
		return n, true
	}
	n, ok := looseNames[headingKey(heading, true)]
	return n, ok
}
