package intake

import "strings"

// supposed says whether "si" or "if" stands right before the word.
func (r *reading) supposed(i int) bool {
	return i > 0 && (r.words[i-1].Folded == "si" || r.words[i-1].Folded == "if" || r.words[i-1].Folded == "sinon")
}

// negationReach is how many words lie at most between "ne" and "pas", and what they deny.
const negationReach = 5

// denied says whether the words between from and to are: "on ne cherche pas", "we are not looking". A lack ("nous n'avons pas encore", "n'est plus
// maintenu") is no denial, nor is a phrase that holds its own "pas".
func (r *reading) denied(from, to int) bool {
	for k := max(0, from-negationReach); k < min(len(r.words), to+2); k++ {
		if k >= from && k < to {
			if r.negator(k) {
				return false
			}
			continue
		}
		if !r.negator(k) || r.anyBroken(min(k, from), max(k, to-1)-1) {
			continue
		}
		switch r.words[k].Folded {
		case "not", "t", "never", "ni", "neither", "nor":
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

func (r *reading) negator(i int) bool {
	switch r.words[i].Folded {
	case "pas", "plus", "aucun", "aucune", "rien", "jamais", "not", "never", "ni", "neither", "nor":
		return true
	case "t": // "don't", but not « t'as » or « a-t-il »
		return i > 0 && r.s[r.words[i-1].Start] != 'a' && strings.HasSuffix(r.words[i-1].Folded, "n")
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
