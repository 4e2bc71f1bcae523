package intake

import "strings"

// progresses says whether the text tells how something that was begun gets on, or that it is done: "avance bien", "est terminée", "80 % faits",
// "8 sites raccordés sur 10". A date that is to come is no such news.
func (r *reading) progresses() float64 {
	if r.dated && r.on.DaysUntil(r.date.day) >= soon {
		return 0
	}
	for i, w := range r.words {
		switch {
		case getsOn(w.Folded) && (i == 0 || !ofTime(r.words[i-1].Folded)),
			done(w.Folded) && (r.happened(i) || r.counted(i)):
			return progressSays
		}
	}
	return 0
}

// getsOn words tell by themselves that something is under way.
func getsOn(folded string) bool {
	switch folded {
	case "avance", "avancent", "progresse", "progressent", "chemin", "underway":
		return true
	}
	return false
}

// ofTime words before "avance" make it another word: "en avance", "à l'avance".
func ofTime(folded string) bool { return folded == "en" || folded == "l" || folded == "d" }

// done words are the participles of what was begun and is finished, with an auxiliary or a share, and where it then is ("en prod").
func done(folded string) bool {
	one := strings.TrimSuffix(folded, "s")
	if strings.HasSuffix(one, "ee") {
		one = one[:len(one)-1]
	}
	switch one {
	case "termine", "fini", "finie", "acheve", "boucle", "livre", "bascule", "migre", "deploye", "installe", "raccorde", "passe", "fait", "faite", "equipe", "relie",
		"recette", "forme", "prod", "production", "operationnel", "operationnelle", "done", "finished", "complete", "completed", "migrated", "deployed", "delivered",
		"installed", "rolled", "connected", "live":
		return true
	}
	return false
}

// happened says whether an auxiliary stands before the participle at word i, at most two words between.
func (r *reading) happened(i int) bool {
	for k := i - 1; k >= max(0, i-3); k-- {
		if r.broken(k) {
			return false
		}
		switch r.words[k].Folded {
		case "est", "sont", "ete", "a", "ont", "avons", "is", "are", "was", "were", "been", "went", "has", "have":
			return true
		case "pas", "plus", "not", "sera", "seront", "be":
			return false
		}
	}
	return false
}

// countReach is how many words lie at most between a participle and its figure.
const countReach = 5

// counted says whether a share stands near the participle at word i: "80 % faits", "faits à 80 %", "120 sur 150 livrées", "8 livrées".
func (r *reading) counted(i int) bool {
	for k := max(0, i-countReach); k < min(len(r.words), i+countReach+1); k++ {
		w := r.words[k]
		if w.Folded[0] < '0' || w.Folded[0] > '9' {
			continue
		}
		if k == i-1 && len(w.Folded) < len("2027") {
			return true // "8 livrées"
		}
		if strings.HasPrefix(strings.TrimLeft(r.s[w.End:], " \u00a0\u202f"), "%") {
			return true
		}
		if k+2 < len(r.words) && (r.words[k+1].Folded == "sur" || r.words[k+1].Folded == "of") && r.words[k+2].Folded[0] >= '0' && r.words[k+2].Folded[0] <= '9' {
			return true
		}
	}
	return false
}
