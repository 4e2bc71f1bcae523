package intake

import (
	"slices"
	"strings"

	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
)

type noticeOf = contract.Notice

// What speaks for a kind besides its phrases. A contract shows by its terms, whatever the sentence says.
const (
	noticeSays     = 1.2
	renewalSays    = 1.2
	yearlySumSays  = 0.7
	totalSumSays   = 0.5
	dateSays       = 0.3
	familySays     = 0.4
	noSubjectTakes = 0.35
	// Something with a date to come is a need unless words say more; with a product's name, rather a contract.
	datedSubjectSays    = 0.7
	datedProductSays    = 0.8
	datePrepositionSays = 0.8
	toDoSays            = 0.9
	hourSays            = 2.5
	ableSays            = 1.5
	asksSays            = 1.2
	tellsSays           = 0.9
	negatedSays         = 2.5
)

// soon is in how many days a date is one of daily business: meetings are held next week, purchases are not.
const soon = 14

// enough is what a proposal must reach; below it the text is ordinary chat. The word "contrat" alone proposes nothing.
var enough = map[Kind]float64{Contract: 1.4, Need: 1.15, Offer: 1.15}

// Further phrases of one kind count less and less: a long text is not surer than a short one.
var diminishing = []float64{1, 0.6, 0.4, 0.25}

// weighKinds finds the phrases of each kind in the words and decides.
func (r *reading) weighKinds() {
	type vote struct {
		at     span
		weight float64
	}
	votes := map[Kind][]vote{}
	last := 0
	k := known()
	for i := range r.words {
		c, n := k.cues.Longest(r.words[i:])
		if n == 0 || i+n <= last {
			continue // inside the phrase before
		}
		last = i + n
		for kind, weight := range c.toward {
			if kind == Nothing && r.insideSubject(i, i+n) {
				continue // "salles de réunion" are bought, no meeting is held
			}
			if (kind == Need || kind == Offer) && r.negated(i, i+n) {
				votes[Nothing] = append(votes[Nothing], vote{span{i, i + n}, negatedSays})
				continue
			}
			votes[kind] = append(votes[kind], vote{span{i, i + n}, weight})
		}
	}
	r.scores, r.said = map[Kind]float64{}, map[Kind][]span{}
	for kind, all := range votes {
		slices.SortStableFunc(all, func(a, b vote) int {
			switch {
			case a.weight > b.weight:
				return -1
			case a.weight < b.weight:
				return 1
			}
			return 0
		})
		for i, v := range all {
			if i == len(diminishing) {
				break
			}
			r.scores[kind] += v.weight * diminishing[i]
			r.said[kind] = append(r.said[kind], v.at)
		}
	}
	r.weighFacts()
	r.kind = Nothing
	r.temper()
	best := r.scores[Nothing]
	for _, kind := range []Kind{Offer, Contract, Need} {
		if r.scores[kind] > best && r.scores[kind] >= enough[kind] {
			best, r.kind = r.scores[kind], kind
		}
	}
}

// negationReach is how many words lie at most between "ne" and "pas", and what they deny.
const negationReach = 5

// negated says whether the words from and to are denied: "on ne cherche pas", "we are not looking". A lack ("nous n'avons pas encore", "n'est plus
// maintenu") is no denial, nor is a phrase that holds its own "pas".
func (r *reading) negated(from, to int) bool {
	for k := max(0, from-negationReach); k < min(len(r.words), to+2); k++ {
		if k >= from && k < to {
			if negator(r.words[k].Folded) {
				return false
			}
			continue
		}
		if !negator(r.words[k].Folded) || r.anyBroken(min(k, from), max(k, to-1)-1) {
			continue
		}
		switch r.words[k].Folded {
		case "not", "t", "never":
			return k < from
		}
		if k+1 < len(r.words) && lack(r.words[k+1].Folded) || k > 0 && r.words[k-1].Folded == "toujours" {
			return false
		}
		// "ne" has to stand before "pas"; in chat it is left out next to the verb ("on cherche pas").
		for i := k - 1; i >= max(0, k-negationReach); i-- {
			if r.words[i].Folded == "ne" || r.words[i].Folded == "n" {
				return i <= from
			}
		}
		return k == to
	}
	return false
}

func negator(folded string) bool {
	switch folded {
	case "pas", "plus", "aucun", "aucune", "rien", "jamais", "not", "t", "never":
		return true
	}
	return false
}

// lack says whether the word after "pas" or "plus" makes a lack of it.
func lack(folded string) bool {
	switch folded {
	case "encore", "maintenu", "maintenue", "supporte", "supportee", "adapte", "adaptee", "suffisant", "suffisante", "yet", "a", "assez", "tenable", "possible":
		return true
	}
	return false
}

// insideSubject says whether the words are part of a phrase that names what is bought.
func (r *reading) insideSubject(from, to int) bool {
	for _, h := range r.hits {
		if h.From <= from && to <= h.To && !h.Hint && h.Product == "" {
			return true
		}
	}
	return false
}

// weighFacts adds what dates, amounts and families say of the kind.
func (r *reading) weighFacts() {
	subject := slices.ContainsFunc(r.hits, func(h family.Hit) bool { return !h.Hint })
	if r.notice.Known {
		r.scores[Contract] += noticeSays
	}
	if r.renewed.Renewal != "" {
		r.scores[Contract] += renewalSays
	}
	switch r.sum.Period {
	case money.Yearly, money.Monthly:
		r.scores[Contract] += yearlySumSays
	case money.Total:
		r.scores[Need] += totalSumSays
	}
	if r.dated {
		r.scores[r.dateLeans()] += datePrepositionSays
		r.scores[Contract] += dateSays
		r.scores[Need] += dateSays
		if subject && r.on.DaysUntil(r.date.day) >= soon {
			r.scores[Need] += datedSubjectSays
			if slices.ContainsFunc(r.hits, func(h family.Hit) bool { return h.Product != "" }) {
				r.scores[Contract] += datedProductSays
			}
		}
	}
	r.scores[Need] += r.thingsToDo()
	r.scores[Offer] += r.ableToHelp()
	r.scores[Nothing] += r.asks() + r.tells()
	r.scores[Nothing] += r.hours()
	for _, kind := range []Kind{Contract, Need, Offer} {
		switch {
		case subject:
			r.scores[kind] += familySays
		case len(r.hits) == 0:
			r.scores[kind] *= noSubjectTakes
		}
	}
}

// Where a contract surely ends, the wish to buy together that follows is what the contract is told for; and the date in a sure offer is the
// offer's limit.
const (
	surely      = 2.5
	surelyOffer = 3.2
	tempered    = 0.7
)

func (r *reading) temper() {
	switch {
	case r.scores[Offer] >= surelyOffer && !r.notice.Known && r.renewed.Renewal == "":
		r.scores[Contract] *= tempered
	case r.scores[Contract] >= surely && r.dated:
		r.scores[Need] *= tempered
	}
}

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
		if r.words[i].Folded != "a" || len(verb) < 5 || verb == "partir" || verb == "savoir" || verb == "titre" || verb == "notre" || verb == "votre" || verb == "autre" {
			continue
		}
		if strings.HasSuffix(verb, "er") || strings.HasSuffix(verb, "ir") || strings.HasSuffix(verb, "dre") || strings.HasSuffix(verb, "ire") {
			return toDoSays
		}
	}
	return 0
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
				return ableSays
			}
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

// confidence says how sure the reading is: of the kind by its lead over the others, of the family by its share.
func (r *reading) confidence(st Statement) float64 {
	best, second := 0.0, 0.0
	for kind, score := range r.scores {
		if kind == st.Kind {
			best = score
		} else if score > second {
			second = score
		}
	}
	sure := (best + 0.6) / (best + second + 1.2)
	if st.Kind != Nothing {
		share := 0.2
		if len(st.Families) > 0 {
			share = st.Families[0].Score
		}
		sure *= 0.6 + 0.4*share
	}
	return float64(int(min(sure, 1)*100)) / 100
}
