package intake

import (
	"slices"
	"strings"

	"sdcbot/bot/family"
)

// dateLeans says which kind the words before the date lean towards: a contract runs "until", a need is wanted "for" or "before".
func (r *reading) dateLeans() Kind {
	for i := len(r.words) - 1; i >= 0; i-- {
		w := r.words[i]
		if w.Start >= r.date.to || w.Start >= r.date.from && w.Folded != "jusqu" && !wantedBy(w.Folded) {
			continue
		}
		if w.End < r.date.from-12 {
			break
		}
		switch {
		case wantedBy(w.Folded):
			return Need
		case runsUntil(w.Stem):
			return Contract
		}
	}
	return ""
}

func wantedBy(folded string) bool {
	switch folded {
	case "pour", "avant", "ici", "sous", "courant", "horizon", "objectif", "cible", "partir", "by", "before", "for", "within", "target", "during":
		return true
	}
	return false
}

func runsUntil(stem string) bool {
	switch stem {
	case "jusqu", "jusque", "until", "till", "terme", "echeance", "ech", "fini", "finit", "fin", "termine", "expire", "end":
		return true
	}
	return false
}

// thingsToDo counts "à" with an infinitive: "à développer", "à trouver".
func (r *reading) thingsToDo() float64 {
	for i := 0; i+1 < len(r.words); i++ {
		verb := r.words[i+1].Folded
		if r.words[i].Folded != "a" || len(verb) < 5 || verb == "partir" || verb == "savoir" || verb == "titre" || verb == "notre" || verb == "votre" || verb == "autre" || gives(verb) {
			continue
		}
		if strings.HasSuffix(verb, "er") || strings.HasSuffix(verb, "ir") || strings.HasSuffix(verb, "dre") || strings.HasSuffix(verb, "ttre") || strings.HasSuffix(verb, "ire") {
			return toDoSays
		}
	}
	return 0
}

// gives says whether the infinitive is of a verb of giving: what is "à prêter" is no thing to do.
func gives(verb string) bool {
	switch verb {
	case "preter", "partager", "donner", "ceder", "vendre", "revendre", "offrir", "proposer", "montrer", "liquider", "debarrasser", "laisser", "transmettre":
		return true
	}
	return false
}

// ableToHelp says whether somebody of the speaker's can do something: "notre RSSI peut …", "nous pouvons …", "we can …". A question ("on peut
// grouper ?") and "peut-être" offer nothing.
func (r *reading) ableToHelp() float64 {
	for i := 1; i < len(r.words); i++ {
		switch r.words[i].Folded {
		case "peut", "peuvent", "peux", "pouvons", "pourrait", "pourrions", "pourrais", "can", "could":
		default:
			continue
		}
		if i+1 < len(r.words) && r.words[i+1].Folded == "etre" || r.words[i-1].Folded == "ne" || r.words[i-1].Folded == "n" {
			continue
		}
		for k := i - 1; k >= 0 && k >= i-6; k-- {
			switch r.words[k].Folded {
			case "qui", "quelqu", "vous", "who", "someone", "anyone", "you", "tu":
				return 0
			case "notre", "nos", "on", "nous", "je", "our", "we", "i", "mon", "mes", "ma", "il", "elle":
				if strings.Contains(r.s[r.words[i].End:], "?") {
					return 0
				}
				return ableSays + r.forYou(i)
			}
		}
	}
	return 0
}

// forYou adds to an ability that is for those who read: "peut assurer votre support".
func (r *reading) forYou(i int) float64 {
	for k := i + 1; k < len(r.words) && k < i+5; k++ {
		switch r.words[k].Folded {
		case "votre", "vos", "vous", "your", "you", "autres", "others", "confrere", "confreres":
			return forYouSays
		}
	}
	return 0
}

// asks says whether the text begins as a question of information does.
func (r *reading) asks() float64 {
	for i := 0; i < len(r.words) && i < 3; i++ {
		switch r.words[i].Folded {
		case "quel", "quelle", "quels", "quelles", "comment", "combien", "pourquoi", "ou", "quand", "what", "which", "how", "why", "where", "when", "did", "does", "do", "has":
			return asksSays
		case "bonjour", "salut", "hello", "hi", "coucou", "dites", "et", "au", "fait", "bonsoir", "petite", "question", "so", "hey":
			continue
		}
		return 0
	}
	return 0
}

// tells says whether the text tells what has happened: "a publié", "ont signé", "has raised".
func (r *reading) tells() float64 {
	for i := 0; i+1 < len(r.words); i++ {
		switch r.words[i].Folded {
		case "a", "ont", "avez", "as", "has", "have", "had":
		default:
			continue
		}
		next := r.words[i+1]
		if i > 0 && (r.words[i-1].Folded == "on" || r.words[i-1].Folded == "y") {
			continue // "on a développé" tells what may be had
		}
		word := r.s[next.Start:next.End]
		switch {
		case strings.HasSuffix(word, "é"), strings.HasSuffix(word, "ée"), strings.HasSuffix(word, "és"), strings.HasSuffix(next.Folded, "ed") && r.words[i].Folded[0] == 'h':
			return tellsSays
		}
		switch next.Folded {
		case "recu", "vu", "lu", "eu", "fait", "mis", "pris", "dit", "perdu", "encore", "bien", "been":
			return tellsSays
		}
	}
	return 0
}

// refuses says whether the text begins with a no ("pas de GMAO pour nous") or says "ni … ni" of what is bought; surely when it says for whom or
// until when. "Pas de reconduction" is a term, no refusal; and what is wanted after a break ("ni GED ni SAE, il nous faut les deux") is what counts.
func (r *reading) refuses() float64 {
	from := r.refusal()
	if from < 0 {
		return 0
	}
	for _, wanted := range [...]int{toNeed, toOffer} {
		for _, at := range r.said[wanted] {
			if at.from > from && r.anyBroken(from, at.from-1) {
				return 0
			}
		}
	}
	if r.words[from].Folded == "ni" || r.words[from].Folded == "neither" {
		return surelyRefusesSays
	}
	for i, w := range r.words[:len(r.words)-1] {
		switch next := r.words[i+1].Folded; {
		case (w.Folded == "pour" || w.Folded == "chez" || w.Folded == "for" || w.Folded == "de") && (next == "nous" || next == "moi" || next == "us" || next == "notre"),
			w.Folded == "cette" && next == "annee", w.Folded == "this" && next == "year":
			return surelyRefusesSays
		}
	}
	return refusesSays
}

// refusal returns the word that says no, -1 if none does.
func (r *reading) refusal() int {
	if len(r.words) < 2 {
		return -1
	}
	for i := range r.words {
		if w := r.words[i].Folded; (w == "ni" || w == "neither") && !r.taken(i) && r.deniesSubject(i) {
			return i
		}
	}
	switch r.words[0].Folded {
	case "pas", "aucun", "aucune", "no", "non", "not", "rien":
		if !r.taken(0) && !r.taken(1) {
			return 0
		}
	}
	return -1
}

// niReach is how many words lie at most between "ni" and what it denies.
const niReach = 4

// deniesSubject says whether something that is bought follows the "ni" at word i.
func (r *reading) deniesSubject(i int) bool {
	return slices.ContainsFunc(r.hits, func(h family.Hit) bool { return !h.Hint && h.From > i && h.From <= i+niReach })
}

// hours says whether an hour of the day is named: meetings have one, contracts do not.
func (r *reading) hours() float64 {
	for _, w := range r.words {
		n, rest, ok := count(w.Folded)
		if ok && n < 24 && strings.HasPrefix(rest, "h") && len(rest) <= 3 {
			return hourSays
		}
	}
	return 0
}
