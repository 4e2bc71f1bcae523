package intake_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/intake"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
)

// The two sentences that the bot was made for.
func TestReadOfTheSource(t *testing.T) {
	contract := intake.Read("Mon contrat téléphonie arrive à échéance dans 6 mois", said)
	if contract.Kind != intake.Contract || contract.Families[0].Code != family.Telephony || contract.Date.String() != "2027-05-23" || contract.Object != "téléphonie" {
		t.Errorf("the contract: %+v", contract)
	}
	need := intake.Read("Je songe à mettre en place un extranet fournisseur, est-ce que mon confrère serait également intéressé ?", said)
	if need.Kind != intake.Need || need.Families[0].Code != "supplier-portal" || !need.Date.IsZero() || need.Object != "extranet fournisseur" {
		t.Errorf("the need: %+v", need)
	}
	for _, st := range []intake.Statement{contract, need} {
		if st.Confidence < 0.6 || st.Confidence > 1 || len(st.Because) < 2 {
			t.Errorf("confidence %v, because %v", st.Confidence, st.Because)
		}
	}
}

func TestKind(t *testing.T) {
	for _, row := range []struct {
		text string
		want intake.Kind
		why  string
	}{
		{"copieurs Ricoh : échéance 31/12/2027", intake.Contract, "a label and a term"},
		{"notre contrat copieurs finit fin 2027, on pourrait acheter ensemble ?", intake.Contract, "the wish comes after the contract that it is told for"},
		{"MPLS Orange, 30k/an, préavis 3 mois", intake.Contract, "terms make a contract without the word"},
		{"nouvel intranet à la rentrée 2027", intake.Need, "a thing and a date to come"},
		{"outil de signature à choisir avant juin 2027", intake.Need, "something to do"},
		{"on n'a toujours pas de GED, il en faudrait une", intake.Need, "a lack is no refusal"},
		{"notre autocom n'est plus maintenu, on cherche un remplaçant", intake.Need, "nor is an end of support"},
		{"We are looking for a tenant portal", intake.Need, "English"},
		{"projet d'extranet fournisseur", intake.Need, "a short name of a project"},
		{"hébergement à remettre en concurrence", intake.Need, "nor is a verb needed here"},
		{"nous aussi on a un géomaticien à prêter", intake.Offer, "what is to be lent is no thing to do"},
		{"ni copieurs ni téléphonie pour nous cette année", intake.Nothing, "ni … ni refuses"},
		{"notre migration Windows 11 avance bien, 80 % faits", intake.Nothing, "news of a project"},
		{"rien de prévu, mais il nous faudrait un EDR", intake.Need, "what comes after mais counts"},
		{"notre RSSI peut passer deux jours par mois chez vous", intake.Offer, "somebody can do something for others"},
		{"j'ai 30 licences M365 en trop jusqu'en juin 2027, qui en veut ?", intake.Offer, "the date is the offer's limit"},
		{"We have spare Cisco switches to give away", intake.Offer, "English"},
		{"l'imprimante du 2e est encore en panne", intake.Nothing, "a breakdown"},
		{"Teams rame chez vous aussi ?", intake.Nothing, "the same, asked"},
		{"vous avez vu l'article sur le rachat de VMware ?", intake.Nothing, "news"},
		{"on n'a rien de prévu pour les copieurs", intake.Nothing, "a refusal"},
		{"on ne cherche pas d'extranet fournisseur", intake.Nothing, "another one"},
		{"nous n'avons pas besoin d'un nouveau SIRH", intake.Nothing, "a denied need"},
		{"réunion DSI le 15 mars 2027 à 9h30, salle 3", intake.Nothing, "an hour makes a meeting"},
		{"je suis en congés jusqu'au 26 juillet 2027", intake.Nothing, "until, but no contract"},
		{"le bot peut-il lire les pièces jointes ?", intake.Nothing, "a question about the bot"},
		{"quel est le taux de TVA sur les abonnements internet ?", intake.Nothing, "a question of information"},
		{"Bonjour à tous et merci", intake.Nothing, "politeness"},
		{"contrat", intake.Nothing, "a word that says nothing alone"},
		{"dans 6 mois", intake.Nothing, "a date alone"},
		{"24 k€/an", intake.Nothing, "an amount alone"},
		{"copieurs", intake.Nothing, "a family alone"},
	} {
		if got := intake.Read(row.text, said).Kind; got != row.want {
			t.Errorf("%s: %s, want %s: %s", row.text, got, row.want, row.why)
		}
	}
}

func TestSupplier(t *testing.T) {
	for _, row := range []struct{ text, want, why string }{
		{"contrat copieurs chez Ricoh jusqu'à fin 2027", "Ricoh", "after chez"},
		{"MPLS orange jusqu'au 30/06/2027", "Orange", "without its capital"},
		{"licences m365 jusqu'au 30/06/2027", "Microsoft 365", "a short form is spelled out"},
		{"licences Microsoft jusqu'au 30/06/2027", "Microsoft", "inside a term"},
		{"ERP IKOS jusqu'au 30/06/2027", "IKOS", "a product"},
		{"pare-feu fortigate jusqu'au 30/06/2027", "Fortigate", "as it was named, with a capital"},
		{"copieurs Konika jusqu'au 30/06/2027", "Konica", "with its typing error put right"},
		{"ArcGIS (Esri) : échéance 31/12/2027", "ArcGIS (Esri)", "a product and its publisher"},
		{"GMAO Active3D, fin de marché le 11 novembre 2027", "Active3D", "a name that nobody knows, where a product stands"},
		{"contrat copieurs chez Buroplus Ouest jusqu'au 30/06/2027", "Buroplus Ouest", "a name that nobody knows, after chez"},
		{"contrat copieurs jusqu'au 30/06/2027", "", "none"},
		{"qui est partant chez vous pour des copieurs en 2027 ?", "", "chez vous names nobody"},
		{"besoin de copieurs pour l'Office B en 2027", "", "an organisation is no supplier"},
		{"CONTRAT COPIEURS JUSQU'AU 30/06/2027", "", "capitals everywhere name nobody"},
	} {
		if got := intake.Read(row.text, said).Supplier; got != row.want {
			t.Errorf("%s: %q, want %q: %s", row.text, got, row.want, row.why)
		}
	}
}

func TestObject(t *testing.T) {
	for _, row := range []struct{ text, want, why string }{
		{"la maintenance des switchs Aruba court jusqu'au 31/08/2028 (11,5k€/an)", "maintenance des switchs Aruba", "the governing noun and the brand"},
		{"Notre contrat de location de copieurs finit le 31/12/2027", "location de copieurs", "no contract in it"},
		{"Nous aimerions des switchs et un contrôleur wifi pour 2028", "switchs et un contrôleur wifi", "two things of one wish and one family"},
		{"Refonte du site internet avec M. Untel en mars 2027", "refonte du site internet", "no name of a person, no date"},
		{"besoin de 40 PC portables avant fin janvier", "PC portables", "no number"},
		{"marché télécoms (fixe + mobile) Orange jusqu'au 30/11/2027", "télécoms", "nothing across a bracket"},
		{"IKOS jusqu'au 31/12/2027, préavis 12 mois", "IKOS", "the product when nothing else was said"},
		{"Jamespot : contrat jusqu'au 31/01/2028", "Jamespot", "a name keeps its capital"},
		{"IaaS chez Claranet jusqu'au 31/01/2028", "IaaS", "so does an acronym"},
		{"Copieurs : échéance 31/12/2027", "copieurs", "a word does not"},
		{"merci à tous", "", "chat has none"},
	} {
		if got := intake.Read(row.text, said).Object; got != row.want {
			t.Errorf("%s: %q, want %q: %s", row.text, got, row.want, row.why)
		}
	}
}

// An operator's name says neither fixed nor mobile, however the telephone is abbreviated beside it.
func TestFamilyOfAnOperator(t *testing.T) {
	for _, row := range []struct{ text, want, why string }{
		{"ctr tél Orange fin 31/05/2027", "telephony", "abbreviated"},
		{"contrat de téléphonie SFR fin 31/05/2027", "telephony", "in full"},
		{"contrat Orange fin 31/05/2027", "telephony", "by name alone"},
		{"flotte mobile SFR fin 31/05/2027", "telephony-mobile", "said outright"},
		{"standard téléphonique et forfaits mobiles SFR fin 31/05/2027", "telephony", "both"},
	} {
		if got := intake.Read(row.text, said).Families; len(got) == 0 || string(got[0].Code) != row.want {
			t.Errorf("%s: %v, want %s: %s", row.text, got, row.want, row.why)
		}
	}
}

func TestAmount(t *testing.T) {
	for _, row := range []struct {
		text string
		want money.Amount
		why  string
	}{
		{"contrat copieurs jusqu'au 31/12/2027, 24 k€", money.Amount{Cents: 24_000_00, Period: money.Yearly}, "a contract costs that a year"},
		{"refonte du site internet en 2027, budget 50 k€", money.Amount{Cents: 50_000_00, Period: money.Total}, "a need costs that once"},
		{"contrat copieurs jusqu'au 31/12/2027, 10^12 €", money.Amount{}, "nobody means that"},
		{"j'ai reçu la facture SFR de 1 240 €", money.Amount{}, "chat has none"},
	} {
		if got := intake.Read(row.text, said).Amount; got != row.want {
			t.Errorf("%s: %+v, want %+v: %s", row.text, got, row.want, row.why)
		}
	}
	tooLarge := intake.Read("contrat copieurs jusqu'au 31/12/2027, 10^12 €", said)
	if !slices.ContainsFunc(tooLarge.Because, func(r locale.Text) bool { return r.Key == "intake.because.amount_too_large" }) {
		t.Errorf("nothing says that the amount was too large: %v", tooLarge.Because)
	}
}

// A year that heads a list is the year of each of its months.
func TestHeading(t *testing.T) {
	for _, row := range []struct{ text, want, why string }{
		{"Nos échéances 2028 : copieurs en mars, téléphonie en juin", "2028-03-31 2028-06-30", "the usual form"},
		{"En 2028 : SIRH (mai), ERP (octobre)", "2028-05-31 2028-10-31", "the months in brackets"},
		{"Contracts ending in 2028: printers in March, telephony in June", "2028-03-31 2028-06-30", "English"},
		{"contrats à échéance 2028 - copieurs mars - téléphonie juin", "2028-03-31 2028-06-30", "parted by dashes"},
		{"Nos échéances 2028 :\n- copieurs : mars\n- téléphonie : 30 juin\n- GED : 15/09", "2028-03-31 2028-06-30 2028-09-15", "one a line, to the day"},
		{"Projets 2028 : GED en avril, SIG dans 6 mois", "2028-04-30 2027-05-23", "a length runs from today"},
		{"Echéances 2028 : copieurs en mars 2027, téléphonie en juin", "2027-03-31 2028-06-30", "an item may have a year of its own"},
		{"Echéances 2028 : copieurs en mars, téléphonie en juin. La GED finit en septembre.", "2028-03-31 2028-06-30 2027-09-30", "the list ends with its sentence"},
		{"Marché 2024 : fin des copieurs en mars", "2027-03-31", "a year that is past heads nothing"},
		{"Copieurs 2028 : fin du contrat en mars", "2028-03-31", "one thing alone"},
	} {
		st := intake.Read(row.text, said)
		got := st.Date.String()
		for _, also := range st.Also {
			got += " " + also.Date.String()
		}
		if got != row.want {
			t.Errorf("%s: %s, want %s: %s", row.text, got, row.want, row.why)
		}
	}
}

func TestAlso(t *testing.T) {
	st := intake.Read("Notre contrat copieurs Ricoh finit le 31/12/2027.\nOn cherche aussi une GED pour 2028.\nBonne journée à tous", said)
	if st.Kind != intake.Contract || st.Families[0].Code != "printing" || len(st.Also) != 1 {
		t.Fatalf("%+v", st)
	}
	if also := st.Also[0]; also.Kind != intake.Need || also.Families[0].Code != "document-management" || also.Date.String() != "2028-12-31" {
		t.Errorf("also: %+v", also)
	}
	for _, row := range []struct{ text, want, why string }{
		{"Notre maintenance IKOS et notre hébergement OVH finissent au 31/12/2027", "contract housing-erp 2027-12-31, contract hosting-cloud 2027-12-31", "two things before one verb"},
		{"on cherche un extranet locataire, budget 40 k€, et le contrat copieurs Ricoh finit le 30/06/2027", "need tenant-portal , contract printing 2027-06-30", "each keeps its own date and sum"},
		{"Le marché copieurs se termine le 31/03/2027 et celui de la téléphonie le 30/09/2027", "contract printing 2027-03-31, contract telephony 2027-09-30", "the second verb is left out"},
		{"On envisage une GED, un SIRH et un outil de ticketing d'ici 2028", "need document-management 2028-12-31, need hr-payroll 2028-12-31, need it-service-management 2028-12-31", "the date of a list stands at its end"},
		{"nos contrats copieurs et téléphonie arrivent à échéance fin 2027", "contract printing 2027-12-31, contract telephony 2027-12-31", "a plural announces a list"},
		{"Nos contrats :\n- téléphonie, 31/12/2027\n- copieurs Canon, 30/06/2027", "contract telephony 2027-12-31, contract printing 2027-06-30", "items are what the list is of"},
		{"We need an intranet and our printing contract with Ricoh ends on 30 June 2027", "need intranet , contract printing 2027-06-30", "in English"},
		{"on a signé avec Orange et on cherche une GED pour 2028", "need document-management 2028-12-31", "news, then a need"},
	} {
		var got []string
		st := intake.Read(row.text, said)
		for _, one := range append([]intake.Statement{st}, st.Also...) {
			got = append(got, strings.Join([]string{string(one.Kind), string(one.Families[0].Code), one.Date.String()}, " "))
		}
		if strings.Join(got, ", ") != row.want {
			t.Errorf("%s: %s\nwant %s: %s", row.text, strings.Join(got, ", "), row.want, row.why)
		}
	}
	for _, row := range []struct{ text, why string }{
		{"Notre contrat copieurs finit le 31/12/2027. Préavis 3 mois. Des intéressés ?", "one thing in three sentences"},
		{"contrat copieurs, ech. 31/12/2027 ; 24 k€/an", "a stop in an abbreviation parts nothing"},
		{"On cherche une GED. Merci au DSI qui a réparé le wifi !", "thanks propose nothing"},
		{"besoin d'AMO pour l'ERP et la GED", "one thing that serves two"},
		{"maintenance des serveurs et des postes de travail jusqu'au 31/12/2027", "one maintenance"},
		{"ERP et GED : même contrat Aareon, fin 2028", "it says that it is one"},
		{"interface entre l'ERP et la GED à développer pour 2027", "one interface"},
		{"éditique des avis d'échéance, marché Docaposte jusqu'au 30/09/2027", "a name after a comma tells whose it is"},
		{"Notre ERP est hébergé chez OVH, contrat jusqu'au 31/12/2027", "where it runs"},
		{"on a un drone et son pilote, on vous le prête pour les toitures", "it speaks on of what was named"},
	} {
		if st := intake.Read(row.text, said); len(st.Also) > 0 {
			t.Errorf("%s: also %+v: %s", row.text, st.Also, row.why)
		}
	}
}

// What an e-mail has around its words says nothing: who wrote, when, and the signature with its telephones.
func TestPastedLetter(t *testing.T) {
	for _, row := range []struct{ text, want, why string }{
		{"De : dsi@a.example\nEnvoyé : lundi 2 mars 2026\nObjet : copieurs\nBonjour,\nnotre contrat copieurs Canon finit le 31/08/2027.\nCordialement,\nDSI Office A, tél. mobile 06 00 00 00 00", "contract printing 2027-08-31", "headers and signature"},
		{"Hi all,\nour mail franking contract (Quadient) ends 30/09/2027.\nBest regards,\nCIO, Office C\nMobile: +33 6 00 00 00 00", "contract outgoing-mail 2027-09-30", "in English"},
		{"> notre contrat de téléphonie se termine le 30/06/2027\n> Cdt\n> standard 01 00 00 00 00", "contract telephony 2027-06-30", "quoted"},
		{"Cordialement, on cherche une GED pour 2028", "need document-management 2028-12-31", "a formula that closes nothing"},
	} {
		st := intake.Read(row.text, said)
		got := string(st.Kind)
		if len(st.Families) > 0 {
			got += " " + string(st.Families[0].Code)
		}
		if got += " " + st.Date.String(); got != row.want || len(st.Also) > 0 {
			t.Errorf("%s: %s, want %s, also %v", row.why, got, row.want, st.Also)
		}
	}
}

// What is hostile or empty says nothing, names nobody and costs no time.
func TestHostile(t *testing.T) {
	for _, row := range []struct{ text, why string }{
		{"", "nothing"},
		{" \n\t ", "nothing but spaces"},
		{"😀🎉👍", "emoji only"},
		{"<!channel> <@U024BE7LH> @all @here", "mentions only"},
		{"<b>bonjour</b><script>alert(1)</script>", "markup"},
		{"\x00\x01\x02\x1b[31m", "control characters"},
		{"\xff\xfe\x80", "no text at all"},
		{"31 février 2027", "a day that does not exist, and nothing else"},
		{"10^12 €", "a slip, and nothing else"},
		{"????!!!!....,,,,;;;;", "signs only"},
		{strings.Repeat("a", 20_000), "one endless word"},
		{strings.Repeat("😀", 5_000), "endless emoji"},
	} {
		if got := intake.Read(row.text, said); got.Kind != intake.Nothing || got.Object != "" || got.Supplier != "" || len(got.Also) > 0 {
			t.Errorf("%s: %+v", row.why, got)
		}
	}
	mentioned := intake.Read("<!channel> notre contrat copieurs <b>Ricoh</b> finit le 31/12/2027 @all", said)
	if mentioned.Kind != intake.Contract || strings.ContainsAny(mentioned.Object, "<@!") {
		t.Errorf("a contract between mentions: %+v", mentioned)
	}
	long := intake.Read("notre contrat copieurs finit le 31/12/2027 "+strings.Repeat("et encore un mot de plus ", 1_000), said)
	if long.Kind != intake.Contract || long.Date.String() != "2027-12-31" {
		t.Errorf("what stands first in 20,000 characters counts: %+v", long)
	}
	began := time.Now()
	for range 20 {
		intake.Read(strings.Repeat("Notre contrat copieurs finit le 31/12/2027. On cherche une GED ! ", 400), said)
	}
	if each := time.Since(began) / 20; each > 200*time.Millisecond {
		t.Errorf("a message of 25,000 characters takes %v", each)
	}
}

// FuzzRead: whatever is typed, the statement is one that others can show and store.
func FuzzRead(f *testing.F) {
	for _, l := range readLabelled(f, "testdata/statements.jsonl")[:40] {
		f.Add(l.Text)
	}
	for _, seed := range []string{"", "\x80", "<!channel>", "préavis x1 an × 2", "tacite tacite tacite", "chez É", "€ 1 €", "contrat\n;\n.", "1er avril 31 février T9 2027"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		st := intake.Read(s, said)
		for _, one := range append([]intake.Statement{st}, st.Also...) {
			check(t, s, one)
		}
	})
}

func check(t *testing.T, s string, st intake.Statement) {
	t.Helper()
	switch st.Kind {
	case intake.Contract, intake.Need, intake.Offer, intake.Nothing:
	default:
		t.Fatalf("%q: kind %q", s, st.Kind)
	}
	if utf8.RuneCountInString(st.Object) > 60 || !utf8.ValidString(st.Object) || !utf8.ValidString(st.Supplier) {
		t.Fatalf("%q: object %q, supplier %q", s, st.Object, st.Supplier)
	}
	if strings.IndexFunc(st.Object+st.Supplier, unicode.IsControl) >= 0 {
		t.Fatalf("%q: control characters in %q or %q", s, st.Object, st.Supplier)
	}
	if st.Confidence < 0 || st.Confidence > 1 || len(st.Families) > 5 || st.Amount.Cents < 0 || st.Amount.Cents > money.Max {
		t.Fatalf("%q: %+v", s, st)
	}
	if st.Notice.Months < 0 || st.RenewalMonths < 0 || st.MaxRenewals != nil && *st.MaxRenewals < 0 {
		t.Fatalf("%q: %+v", s, st)
	}
	if !st.Date.IsZero() && !calendar.Exists(st.Date.Year, st.Date.Month, st.Date.Day) {
		t.Fatalf("%q: the day %v does not exist", s, st.Date)
	}
	for _, lang := range locale.Languages {
		if said := intake.Explain(st, lang); strings.Contains(said, "⟨") {
			t.Fatalf("%q: a sentence is missing in %s: %s", s, lang, said)
		}
	}
}
