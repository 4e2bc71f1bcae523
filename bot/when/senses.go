package when

// sense is a set of the parts that a word may play.
type sense uint64

const (
	the         sense = 1 << iota // an article
	lone                          // an article that a lone number may follow: "le 15"
	of                            // joins a part to its whole
	many                          // an article of several things: no date follows "des T3"
	at                            // leads to a date or to the end of a range
	inside                        // "en mars", "in March": what follows is a time
	and                           // joins two
	orElse                        // offers two
	opens                         // begins a range
	this                          // "ce", "this"
	ongoing                       // "en cours", "current"
	comes                         // "qui vient", "à venir"
	partOfDay                     // "ce soir"
	coming                        // the one to come
	comingFew                     // the ones to come
	previous                      // the one gone
	before                        // up to it, not in it
	not                           // turns "avant" round
	here                          // the second half of "d'ici"
	by                            // at the latest
	within                        // "dans 6 mois"
	still                         // "encore 2 ans"
	remaining                     // "six months left"
	ago                           // counts backwards
	filler                        // "environ": changes nothing
	frame                         // "un délai de": changes nothing
	size                          // "un petit mois": changes nothing
	half                          // "et demi"
	lot                           // "une dizaine"
	single                        // the English article that counts one
	each                          // "par mois": a rate, not a date
	man                           // "jours-homme": a workload, not a time
	long                          // "les grandes vacances"
	holiday                       // "vacances d'été"
	fortnightly                   // half a month: "première quinzaine"
	today                         // and its neighbours
	tomorrow
	yesterday
	after
	weekend
	fresh     // "nouvel an"
	amid      // "en 2027", whatever follows
	endOf     // "EOY"
	several   // more than one unit
	that      // "plus que 6 mois"
	shy       // a month only in company: "may", "dec"
	suffix    // what follows the figure of an ordinal
	product   // what follows is a version: "Windows 2022"
	numbering // what follows is a number: "n° 2023-045"
	closes    // may follow a lone day of the month
	english   // said in English only
)

var senses = []struct {
	sense sense
	words string
}{
	{the, "le la les l the"},
	{lone, "le au du the"},
	{of, "de du d of"},
	{many, "des les un une"},
	{at, "a au aux to jusqu jusque jusqua jusquau jusq jusqau until till through"},
	{inside, "en in on for pour sur vers dans ds by since depuis from around debut horizon"},
	{and, "et and"},
	{orElse, "ou or"},
	{opens, "du de d entre from between"},
	{this, "ce cet cette this"},
	{ongoing, "cours courant courante actuel actuelle current"},
	{comes, "vient viennent venir"},
	{partOfDay, "soir matin midi apres evening morning afternoon"},
	{coming, "prochain prochaine next upcoming coming suivant suivante"},
	{comingFew, "prochains prochaines coming next following suivants suivantes"},
	{previous, "dernier derniere passe passee last previous ecoule ecoulee"},
	{before, "avant before prior ahead advance avance auparavant"},
	{not, "pas not rien never jamais"},
	{here, "ici"},
	{by, "by"},
	{within, "dans ds sous in within"},
	{still, "encore reste restent resterait another horizon"},
	{remaining, "left remaining restant restants restantes now go run more"},
	{ago, "ago y"},
	{filler, "environ env approximativement approx presque quelque pres peu moins plus max maxi maximum mini minimum about around roughly approximately nearly almost less than under most over encore"},
	{frame, "delai horizon periode duree course"},
	{size, "petit petite petits petites bon bonne bons bonnes gros grosse grand grande plein pleine full more further additional good"},
	{half, "demi demie half"},
	{lot, "huitaine dizaine douzaine dozen fortnight quinzaine vingtaine trentaine"},
	{single, "a an"},
	{each, "par per chaque every tous toutes each"},
	{man, "homme hommes man men person persons personne"},
	{long, "grandes summer"},
	{holiday, "vacances conges break holidays holiday"},
	{fortnightly, "quinzaine moitie half"},
	{today, "aujourd aujourdhui today tonight"},
	{tomorrow, "demain tomorrow"},
	{yesterday, "hier yesterday"},
	{after, "apres after"},
	{weekend, "week weekend"},
	{fresh, "nouvel new"},
	{amid, "en in"},
	{endOf, "eow eom eoq eoy"},
	{several, "jours days semaines weeks months trimestres quarters semestres ans annees years"},
	{that, "que"},
	{shy, "janv jan fev fevr feb mar march avr apr mai mia may jun jul aug sept sep oct nov dec august"},
	{suffix, "er ere re e eme ieme nd nde st rd th ier iere"},
	{product, `windows win server serveur office sql exchange sharepoint project studio visual dynamics outlook word excel
		access autocad revit archicad iso iec nf rt re version versions v ubuntu debian rhel java acrobat indesign
		photoshop vsphere esxi hyper php python domino lotus xenapp filemaker norme loi`},
	{numbering, "n no num numero ref reference lot lots ticket incident dossier commande bc code poste extension port article"},
	{closes, `et ou pour avec on nous si sur mais chez puis sinon car donc au a en qui que de du d matin midi soir inclus compris dernier
		prochain next max maximum plus dans and or for with if but please at we so c ca il elle je j tu vous is est sera`},
	{english, `the of until till by our is ends expires contract runs from with and in feb apr jun jul aug march may june july april august january february
		september october november december next last end early late mid year years month months week weeks day days fortnight
		quarter quarters hour hours this`},
}
