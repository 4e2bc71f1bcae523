package when

// mark is a set of what a word says of the dates beside it.
type mark uint32

const (
	ends      mark = 1 << iota // marks the end of a contract
	until                      // so does what leads up to a date
	starts                     // marks a beginning, past or to come
	began                      // marks a beginning that is past
	warns                      // marks a notice
	leaves                     // marks a notice if a limit follows, else an end
	renews                     // marks a renewal
	meets                      // marks a meeting
	documents                  // marks the date of a paper, or of a street: "rue du 8 mai"
	aims                       // marks what is wanted
	tells                      // "il faut le dire avant"
	whether                    // "si on arrête"
	onward                     // "à compter du"
	has                        // makes a participle of what follows
)

var marks = []struct {
	mark  mark
	words string
}{
	{ends, `fin fins finit finis finissent fini finie finira finissant finir echeance echeances ech terme acheve achevent arrete arretent
		arretons arreter arret tombe tombent cesse cessent clos close cloture quitte quittons quittent bout anniversaire valable valide
		end ends ending ended expires expire expiry finish finishes finished due up over terminates lapses lapse stops stop echu echue`},
	{until, "jusqu jusque jusqua jusquau jusq jusqau until till through thru"},
	{starts, `compter partir effet vigueur demarrage demarre demarrer demarrent debut debute debutera commence commencera lancement notifie notifies signe signes conclu souscrit attribue achete installe from
		effective starting starts start commencing beginning signature notification`},
	{began, "depuis since pris achetee installee notifiee notifiees signee signees demarree debutee commencee conclue souscrite attribuee signed began started notified awarded launched"},
	{warns, "preavis preav notice prevenir avertir denonciation denoncer denoncable prevenance"},
	{leaves, "denonce denoncee resiliation resilier resilie resiliee resiliable resilions cancel cancelled sortir"},
	{renews, `reconductible reconductibles renouvelable renouvelables prolongeable prolongeables renewable extendable reconduction
		reconductions reconduit reconduite reconduire renouvele renouvelee renouveler renouvellement renouvellements renewal renewals renews
		renew prolongation prolonge prolongee option optionnelle tranche extension x fois times`},
	{meets, "reunion comite copil codir codsi rdv meeting call"},
	{documents, "rue avenue boulevard quai facture devis deliberation courrier mail decret loi invoice letter avenant"},
	{aims, `pour avant before by ici cible objectif besoin livraison target deadline vise visons visee viser mise lancement demarrage for voulu
		souhaite souhaitee wanted prevu prevue live`},
	{tells, "dire say tell"},
	{whether, "si if pour to"},
	{onward, "compter partir"},
	{has, "a est ont avons sont was has have"},
}

// stems make words known by their beginning, for verbs with many endings.
var stems = []struct {
	stem string
	mark mark
}{
	{"termin", ends}, {"expir", ends}, {"denonc", warns}, {"resili", leaves}, {"reconduc", renews}, {"renouvel", renews}, {"prolong", renews},
}
