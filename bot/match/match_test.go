package match_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/match"
)

// contract, need and offer write a side short, so that a table reads as a page of examples. An empty date is not known.
func contract(code family.Code, supplier, date string) match.Side {
	return match.Side{Kind: intake.Contract, Family: code, Supplier: supplier, Date: day(date)}
}

func need(code family.Code, object, date string) match.Side {
	return match.Side{Kind: intake.Need, Family: code, Object: object, Date: day(date)}
}

func offer(code family.Code, object, date string) match.Side {
	return match.Side{Kind: intake.Offer, Family: code, Object: object, Date: day(date)}
}

func chat(code family.Code) match.Side { return match.Side{Kind: intake.Nothing, Family: code} }

func day(s string) calendar.Day {
	if s == "" {
		return calendar.Day{}
	}
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func said(texts []locale.Text, lang locale.Lang) string {
	return locale.List(texts, lang)
}

// plain makes the no-break spaces and typographic apostrophes of a sentence easy to write in a table.
func plain(s string) string { return strings.NewReplacer("\u00a0", " ", "’", "'").Replace(s) }

func TestBetween(t *testing.T) {
	for _, row := range []struct {
		why   string
		a, b  match.Side
		match bool
		said  string
	}{
		// Together.
		{
			"the seed's own case: two terms three months apart",
			contract("telephony", "", "2027-05-23"), contract("telephony", "", "2027-08-31"), true,
			"même famille, échéances à 3 mois d'écart : 23/05/2027 et 31/08/2027",
		},
		{
			"the earlier term is said first, whoever says it",
			contract("printing", "", "2028-03-31"), contract("printing", "", "2027-12-31"), true,
			"même famille, échéances à 3 mois d'écart : 31/12/2027 et 31/03/2028",
		},
		{
			"a need without a date against another: dates do not forbid",
			need("supplier-portal", "extranet fournisseur", ""), need("supplier-portal", "portail pour les prestataires", ""), true,
			"même famille, pas de date donnée",
		},
		{
			"the parent and a child, and one operator under two of its names",
			contract("telephony", "SFR", "2027-07-11"), contract("telephony-mobile", "SFR Business", "2027-10-31"), true,
			"la famille « Téléphonie » comprend « Téléphonie mobile », échéances à 4 mois d'écart : 11/07/2027 et 31/10/2027 et même fournisseur : SFR",
		},
		{
			"the parent is said first even where the child comes first",
			contract("telephony-fixed", "", "2027-06-01"), contract("telephony", "", "2027-07-01"), true,
			"la famille « Téléphonie » comprend « Téléphonie fixe », échéances à 1 mois d'écart : 01/06/2027 et 01/07/2027",
		},
		{
			"a need and a contract: the contract is said first",
			need("hr-payroll", "SIRH", "2028-12-31"), contract("hr-payroll", "ADP", "2028-11-30"), true,
			"même famille, échéance et besoin à 1 mois d'écart : 30/11/2028 et 31/12/2028",
		},
		{
			"the contract first even where it is the later",
			need("cybersecurity", "EDR", "2027-09-15"), contract("cybersecurity", "", "2027-12-31"), true,
			"même famille, échéance et besoin à 4 mois d'écart : 31/12/2027 et 15/09/2027",
		},
		{
			"two needs some days apart are said in days",
			need("website", "refonte", "2027-09-01"), need("website", "site", "2027-09-13"), true,
			"même famille, besoins à 12 jours d'écart : 01/09/2027 et 13/09/2027",
		},
		{
			"one day",
			need("website", "refonte", "2027-09-01"), need("website", "site", "2027-09-02"), true,
			"même famille, besoins à 1 jour d'écart : 01/09/2027 et 02/09/2027",
		},
		{
			"thirty days of June are a month",
			contract("gis", "Esri", "2027-06-01"), contract("gis", "", "2027-07-01"), true,
			"même famille, échéances à 1 mois d'écart : 01/06/2027 et 01/07/2027",
		},
		{
			"a month less a day is said in days",
			contract("gis", "Esri", "2027-06-01"), contract("gis", "", "2027-06-30"), true,
			"même famille, échéances à 29 jours d'écart : 01/06/2027 et 30/06/2027",
		},
		{
			"months are rounded, not cut",
			contract("gis", "", "2027-01-01"), contract("gis", "", "2027-03-28"), true,
			"même famille, échéances à 3 mois d'écart : 01/01/2027 et 28/03/2027",
		},
		{
			"the same day for two contracts",
			contract("housing-erp", "IKOS", "2028-12-31"), contract("housing-erp", "Aareon", "2028-12-31"), true,
			"même famille, échéances le même jour : 31/12/2028",
		},
		{
			"the same day for a contract and a need",
			need("housing-erp", "ERP", "2028-12-31"), contract("housing-erp", "", "2028-12-31"), true,
			"même famille, échéance et besoin le même jour : 31/12/2028",
		},
		{
			"the same day for two needs",
			need("crm", "GRC", "2028-12-31"), need("crm", "CRM", "2028-12-31"), true,
			"même famille, besoins pour le même jour : 31/12/2028",
		},
		{
			"exactly twelve months are within twelve months",
			contract("printing", "", "2027-06-30"), contract("printing", "", "2028-06-30"), true,
			"même famille, échéances à 12 mois d'écart : 30/06/2027 et 30/06/2028",
		},
		{
			"from the end of February to the end of February is a year",
			contract("printing", "", "2027-02-28"), contract("printing", "", "2028-02-29"), true,
			"même famille, échéances à 12 mois d'écart : 28/02/2027 et 29/02/2028",
		},
		{
			"an offer answers a need",
			need("gis", "cartographie du patrimoine", "2028-12-31"), offer("gis", "géomaticien", ""), true,
			"même famille, une seule date donnée : 31/12/2028 et une offre qui peut répondre à un besoin",
		},
		{
			"an offer serves the holder of a contract",
			offer("office-collaboration", "50 licences E3", ""), contract("office-collaboration", "Microsoft", "2028-04-01"), true,
			"même famille, une seule date donnée : 01/04/2028 et une offre qui peut remplacer ou compléter un contrat",
		},
		{
			"an offer with a date",
			offer("lan-wifi", "15 bornes", "2027-11-01"), need("lan-wifi", "wifi", "2027-12-31"), true,
			"même famille, dates à 2 mois d'écart : 31/12/2027 et 01/11/2027 et une offre qui peut répondre à un besoin",
		},
		{
			"an offer for the same day",
			offer("lan-wifi", "15 bornes", "2027-12-31"), need("lan-wifi", "wifi", "2027-12-31"), true,
			"même famille, dates identiques : 31/12/2027 et une offre qui peut répondre à un besoin",
		},
		{
			"a contract whose term is to be found, against a need",
			contract("printing", "Konica", ""), need("printing", "copieurs", "2028-01-01"), true,
			"même famille, une seule date donnée : 01/01/2028",
		},
		{
			"a contract with a term, against one without",
			contract("printing", "Ricoh", "2027-12-31"), contract("printing", "ricoh", ""), true,
			"même famille, une seule date donnée : 31/12/2027 et même fournisseur : ricoh",
		},
		{
			"a supplier that the other names only in its need",
			contract("backup-continuity", "Veeam", "2027-09-30"), need("backup-continuity", "sortir de Veeam", "2027-12-31"), true,
			"même famille, échéance et besoin à 3 mois d'écart : 30/09/2027 et 31/12/2027 et même fournisseur : Veeam",
		},
		{
			"one supplier under a long and a short name: the short one, which both said",
			contract("internet-links", "Orange Business", "2027-06-30"), contract("internet-links", "Orange", "2027-06-30"), true,
			"même famille, échéances le même jour : 30/06/2027 et même fournisseur : Orange",
		},
		{
			"the short name second by date",
			contract("internet-links", "Orange Business", "2027-06-29"), contract("internet-links", "Orange", "2027-06-30"), true,
			"même famille, échéances à 1 jour d'écart : 29/06/2027 et 30/06/2027 et même fournisseur : Orange",
		},
		{
			"what fits nowhere, with one supplier",
			contract("other-it", "Doctolib", "2027-12-31"), contract("other-it", "DOCTOLIB", "2027-12-31"), true,
			"même famille, échéances le même jour : 31/12/2027 et même fournisseur : DOCTOLIB",
		},
		{
			"what fits nowhere, with one product under two spellings",
			need("other-it", "remplacer nos smartphones Samsung Knox", ""), need("other-it", "Knox pour les tablettes", ""), true,
			"même famille, pas de date donnée",
		},

		// Not together: the family.
		{
			"tenants and suppliers are two portals",
			need("tenant-portal", "extranet locataire", "2027-12-31"), need("supplier-portal", "extranet fournisseur", "2027-12-31"), false,
			"familles différentes : Extranet fournisseur et Extranet locataire",
		},
		{
			"mobile and fixed are siblings, not parent and child",
			contract("telephony-mobile", "", "2027-06-30"), contract("telephony-fixed", "", "2027-06-30"), false,
			"familles différentes : Téléphonie fixe et Téléphonie mobile",
		},
		{
			"one supplier and one day, but mobile against security",
			contract("telephony-mobile", "Orange", "2027-06-30"), contract("cybersecurity", "Orange", "2027-06-30"), false,
			"familles différentes : Cybersécurité et Téléphonie mobile",
		},
		{
			"one publisher, payroll against accounting",
			contract("hr-payroll", "Cegid", "2028-03-31"), contract("finance-accounting", "Cegid", "2028-03-31"), false,
			"familles différentes : Finances, comptabilité, dette et SIRH et paie",
		},
		{
			"one maker, printers against computers",
			contract("printing", "HP", "2028-03-31"), contract("workstations", "HP", "2028-03-31"), false,
			"familles différentes : Copieurs et impression et Postes de travail",
		},
		{
			"servers against lifts",
			contract("servers-storage", "", "2027-12-31"), contract("not-it", "Otis", "2027-12-31"), false,
			"familles différentes : Hors SI et Serveurs, stockage, virtualisation",
		},
		{
			"a family to be found matches nothing",
			contract("", "Orange", "2027-12-31"), contract("telephony", "SFR", "2027-12-31"), false,
			"famille à préciser",
		},
		{
			"nor does it match another one",
			need("", "un outil", ""), need("", "un outil", ""), false,
			"famille à préciser",
		},
		{
			"two works contracts: not IT says too little",
			contract("not-it", "", "2027-12-31"), contract("not-it", "", "2027-12-31"), false,
			"ni produit ni fournisseur en commun (Hors SI)",
		},
		{
			"what fits nowhere, with suppliers that share a piece of a word",
			contract("other-it", "SAP", "2027-12-31"), need("other-it", "gestion des sapeurs", "2027-12-31"), false,
			"ni produit ni fournisseur en commun (Autre SI)",
		},

		// Not together: the kinds.
		{
			"two offers and no need",
			offer("office-collaboration", "30 licences E3", ""), offer("office-collaboration", "20 licences M365", ""), false,
			"deux offres, et aucun besoin",
		},
		{
			"an offer and a contract that nobody knows the term of",
			offer("printing", "un copieur", ""), contract("printing", "Ricoh", ""), false,
			"pas d'échéance connue, et aucun besoin",
		},
		{
			"two contracts that nobody knows the terms of",
			contract("printing", "Ricoh", ""), contract("printing", "Ricoh", ""), false,
			"pas d'échéance connue, et aucun besoin",
		},
		{
			"a fault is not a need",
			contract("printing", "Ricoh", "2027-12-31"), chat("printing"), false,
			"rien n'est proposé d'un côté",
		},
		{
			"the other side says it plans nothing",
			chat("telephony"), need("telephony", "standard", "2027-12-31"), false,
			"rien n'est proposé d'un côté",
		},

		// Not together: the dates.
		{
			"three years apart",
			contract("telephony-fixed", "", "2026-12-31"), contract("telephony-fixed", "", "2029-12-31"), false,
			"plus de 12 mois d'écart : 31/12/2026 et 31/12/2029",
		},
		{
			"fifteen months and a day apart",
			contract("managed-services", "", "2026-12-30"), contract("managed-services", "", "2028-03-31"), false,
			"plus de 12 mois d'écart : 30/12/2026 et 31/03/2028",
		},
		{
			"a supplier in common does not shorten the time",
			contract("cybersecurity", "Stormshield", "2028-11-30"), need("cybersecurity", "pare-feu Stormshield", "2027-03-31"), false,
			"plus de 12 mois d'écart : 30/11/2028 et 31/03/2027",
		},
		{
			"an offer that comes two years late",
			offer("lan-wifi", "bornes", "2029-12-31"), need("lan-wifi", "wifi", "2027-12-31"), false,
			"plus de 12 mois d'écart : 31/12/2027 et 31/12/2029",
		},
	} {
		row.a.Org, row.b.Org = "A", "B"
		got := match.Between(row.a, row.b)
		if got.Match != row.match || got.Maybe || plain(said(got.Reasons, locale.French)) != row.said {
			t.Errorf("%s:\n got %v, %s\nwant %v, %s", row.why, got.Match, plain(said(got.Reasons, locale.French)), row.match, row.said)
		}
		if english := said(got.Reasons, locale.English); strings.ContainsAny(english, "⟨<é") {
			t.Errorf("%s: in English %q", row.why, english)
		}
		row.b.Org = "A"
		if own := match.Between(row.a, row.b); own.Match || said(own.Reasons, locale.French) != "le même organisme des deux côtés" {
			t.Errorf("%s, in one organisation: %v, %s", row.why, own.Match, said(own.Reasons, locale.French))
		}
	}
}

// TestMaybe holds the pairs that a secretary would only wonder about: one thing is in doubt, and it is said first.
func TestMaybe(t *testing.T) {
	second := contract("hr-payroll", "", "2028-06-30")
	second.Second = "smart-building"
	guessed := contract("hosting-cloud", "", "2027-12-31")
	guessed.Guessed = true
	unknown := contract("", "Orange", "2027-12-31")
	at := func(s match.Side, supplier, object string) match.Side {
		s.Supplier, s.Object = supplier, object
		return s
	}
	for _, row := range []struct {
		why   string
		a, b  match.Side
		maybe bool
		said  string
	}{
		{
			"a day more than twelve months: one of them may wait",
			contract("printing", "", "2027-06-15"), need("printing", "", "2028-06-16"), true,
			"plus de 12 mois d'écart : 15/06/2027 et 16/06/2028 et même famille",
		},
		{
			"fifteen months from the end of a month to the end of a month",
			contract("telephony", "SFR", "2026-11-30"), contract("telephony-mobile", "SFR", "2028-02-29"), true,
			"plus de 12 mois d'écart : 30/11/2026 et 29/02/2028, la famille « Téléphonie » comprend « Téléphonie mobile » et même fournisseur : SFR",
		},
		{
			"families often bought together, from one house",
			contract("printing", "Koesio", "2027-12-31"), contract("it-supplies", "Koesio", "2027-12-31"), true,
			"familles proches : Consommables et accessoires et Copieurs et impression, échéances le même jour : 31/12/2027 et même fournisseur : Koesio",
		},
		{
			"siblings with a word in common",
			need("telephony-fixed", "téléphones du siège", ""), need("telephony-mobile", "téléphones des gardiens", ""), true,
			"familles proches : Téléphonie fixe et Téléphonie mobile, pas de date donnée et des mots ou un produit en commun",
		},
		{
			"near, with one product under two spellings",
			need("servers-storage", "serveurs VMware", ""), need("infrastructure-licences", "licences vSphere", ""), true,
			"familles proches : Licences d'infrastructure et Serveurs, stockage, virtualisation, pas de date donnée et des mots ou un produit en commun",
		},
		{
			"near alone is nothing",
			contract("printing", "Ricoh", "2027-12-31"), contract("it-supplies", "Lexmark", "2027-12-31"), false,
			"familles différentes : Consommables et accessoires et Copieurs et impression",
		},
		{
			"near, with nothing but an everyday word in common",
			need("tenant-portal", "portail locataire", ""), need("crm", "logiciel pour le locataire", ""), false,
			"familles différentes : Gestion de la relation client et Extranet locataire",
		},
		{
			"near and too far apart: one doubt too many",
			contract("printing", "Koesio", "2027-06-15"), contract("it-supplies", "Koesio", "2028-06-30"), false,
			"familles différentes : Copieurs et impression et Consommables et accessoires",
		},
		{
			"the reading that came second",
			second, need("smart-building", "vidéosurveillance", "2028-06-20"), true,
			"peut-être la même famille : Bâtiment connecté et sûreté, échéance et besoin à 10 jours d'écart : 30/06/2028 et 20/06/2028",
		},
		{
			"that was thought of because of the supplier alone",
			at(second, "Horoquartz", ""), contract("smart-building", "Horoquartz", "2028-06-20"), false,
			"familles différentes : Bâtiment connecté et sûreté et SIRH et paie",
		},
		{
			"a family that only a hint says",
			guessed, contract("hosting-cloud", "", "2027-12-31"), true,
			"famille devinée, à confirmer : Hébergement, datacenter, cloud, échéances le même jour : 31/12/2027",
		},
		{
			"no family yet, and one supplier",
			unknown, contract("telephony", "Orange", "2027-12-31"), true,
			"famille à préciser, échéances le même jour : 31/12/2027 et même fournisseur : Orange",
		},
		{
			"what fits nowhere, with a word in common",
			at(contract("not-it", "", "2027-12-31"), "", "maintenance des ascenseurs"), at(contract("not-it", "", "2027-12-31"), "", "ascenseurs"), true,
			"ni produit ni fournisseur en commun (Hors SI), échéances le même jour : 31/12/2027 et des mots ou un produit en commun",
		},
		{
			"maintenance is no word in common",
			at(contract("not-it", "", "2027-12-31"), "", "maintenance des ascenseurs"), at(contract("not-it", "", "2027-12-31"), "", "maintenance des portes"), false,
			"ni produit ni fournisseur en commun (Hors SI)",
		},
	} {
		row.a.Org, row.b.Org = "A", "B"
		got := match.Between(row.a, row.b)
		if got.Match || got.Maybe != row.maybe || plain(said(got.Reasons, locale.French)) != row.said {
			t.Errorf("%s:\n got %v, %s\nwant %v, %s", row.why, got.Maybe, plain(said(got.Reasons, locale.French)), row.maybe, row.said)
		}
		if english := said(got.Reasons, locale.English); strings.ContainsAny(english, "⟨<é") {
			t.Errorf("%s: in English %q", row.why, english)
		}
		if day, due := match.Due(row.a, row.b, calendar.On(2026, 11, 23)); due {
			t.Errorf("%s: due on %s, although nobody is to be told", row.why, day)
		}
	}
}

// TestScoreOrders says which of two pairs a secretary would mention first.
func TestScoreOrders(t *testing.T) {
	mine := contract("telephony", "Orange", "2027-05-31")
	mine.Org = "A"
	ladder := []struct {
		why string
		b   match.Side
	}{
		{"same family, day and supplier", contract("telephony", "Orange", "2027-05-31")},
		{"another supplier", contract("telephony", "SFR", "2027-05-31")},
		{"three months apart", contract("telephony", "SFR", "2027-08-31")},
		{"no date", need("telephony", "standard", "")},
		{"twelve months apart", contract("telephony", "SFR", "2028-05-31")},
		{"a child family, three months apart", contract("telephony-mobile", "SFR", "2027-08-31")},
		{"too far apart", contract("telephony", "Orange", "2029-05-31")},
		{"another family", contract("printing", "Orange", "2027-05-31")},
	}
	before := 1.1
	for _, step := range ladder {
		step.b.Org = "B"
		got := match.Between(mine, step.b).Score
		if got >= before || got < 0 || got > 1 {
			t.Errorf("%s: %.3f after %.3f", step.why, got, before)
		}
		before = got
	}
}

func TestDue(t *testing.T) {
	for _, row := range []struct {
		why  string
		a, b match.Side
		on   string
		want string // "" for never
	}{
		{"the first term within 24 months: at once", contract("printing", "", "2028-06-30"), contract("printing", "", "2028-12-31"), "2026-11-23", "2026-11-23"},
		{"exactly 24 months ahead: at once", contract("printing", "", "2028-11-23"), contract("printing", "", "2029-05-31"), "2026-11-23", "2026-11-23"},
		{"a day more: tomorrow", contract("printing", "", "2028-11-24"), contract("printing", "", "2029-05-31"), "2026-11-23", "2026-11-24"},
		{"the first of the two terms counts, whoever holds it", contract("printing", "", "2030-05-31"), contract("printing", "", "2029-12-31"), "2026-11-23", "2027-12-31"},
		{"24 months before 29 February: the 28th", contract("printing", "", "2032-02-29"), contract("printing", "", "2032-03-31"), "2026-11-23", "2030-02-28"},
		{"the day is a civil one: a Sunday stays", contract("printing", "", "2029-02-28"), contract("printing", "", "2029-03-31"), "2026-11-23", "2027-02-28"},
		{"only one term is known: it counts", contract("printing", "", ""), contract("printing", "", "2029-12-31"), "2026-11-23", "2027-12-31"},
		{"a need is due at once, however far the term", contract("printing", "", "2031-12-31"), need("printing", "copieurs", "2031-06-30"), "2026-11-23", "2026-11-23"},
		{"so is an offer", contract("printing", "", "2031-12-31"), offer("printing", "deux copieurs", ""), "2026-11-23", "2026-11-23"},
		{"a term that is today still counts", contract("printing", "", "2026-11-23"), contract("printing", "", "2027-03-31"), "2026-11-23", "2026-11-23"},
		{"a contract that ended yesterday: never", contract("printing", "", "2026-11-22"), contract("printing", "", "2027-03-31"), "2026-11-23", ""},
		{"not for a need either", need("printing", "copieurs", ""), contract("printing", "", "2026-11-22"), "2026-11-23", ""},
		{"a need that is late is still a need", need("printing", "copieurs", "2026-09-30"), contract("printing", "", "2027-03-31"), "2026-11-23", "2026-11-23"},
		{"no match, no day", contract("printing", "", "2027-03-31"), contract("gis", "", "2027-03-31"), "2026-11-23", ""},
	} {
		row.a.Org, row.b.Org = "A", "B"
		for _, pair := range [][2]match.Side{{row.a, row.b}, {row.b, row.a}} {
			got, ok := match.Due(pair[0], pair[1], day(row.on))
			if got.String() != row.want || ok != (row.want != "") {
				t.Errorf("%s: %s %v, want %q", row.why, got, ok, row.want)
			}
		}
	}
}

func TestAgainst(t *testing.T) {
	mine := contract("telephony", "Orange", "2027-05-31")
	mine.Org = "A"
	others := []match.Side{
		contract("printing", "", "2027-05-31"),
		contract("telephony-mobile", "", "2027-08-31"),
		need("telephony", "standard", ""),
		contract("telephony", "", "2027-08-31"),
		contract("telephony", "Orange", "2027-05-31"),
		contract("telephony", "", "2027-08-31"),
	}
	for i := range others {
		others[i].Org = "B"
	}
	others = append(others, mine)
	var order []int
	for _, hit := range match.Against(mine, others) {
		order = append(order, hit.Index)
		if diff := cmp.Diff(match.Between(mine, others[hit.Index]), hit.Verdict); diff != "" {
			t.Errorf("%d: not what Between says (-Between +Against):\n%s", hit.Index, diff)
		}
	}
	if diff := cmp.Diff([]int{4, 3, 5, 2, 1}, order); diff != "" {
		t.Errorf("best first, equals in their order (-want +got):\n%s", diff)
	}
}
