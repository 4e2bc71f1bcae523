package usecase

import (
	"regexp"
	"slices"
	"strings"

	"sdcbot/bot/money"
	"sdcbot/bot/text"
)

// Words that the whole circle reads (object, supplier) hold no sum: it has a field of its own, of which partners see a band. money.Find looks
// for the amount of a contract, and rightly leaves a bare "38k" alone; here whatever may be read as a sum is one.

// figure is a number as people write it: "38", "1,2", "12 000", "12.000,50".
const figure = `\d+(?:[.,  '’]\d+)*`

var (
	// priced finds a number that a currency follows or precedes: "24 k€", "12000 eur", "EUR 12 000", "0,05 euro".
	priced = regexp.MustCompile(`(?i)(?:^|[^\pL\d])(` + figure + `\s*(?:k|m|mille|millions?|milliers?)?\s*(?:d['’]|de\s)?\s*(?:€|euros?\b|eur\b)|(?:€|\beuros?|\beur)\s*` + figure + `\s*k?)`)
	// bare finds thousands and millions without one: "38k", "38 K", "1,2M". "3M" is a firm and "12M" may be months.
	bare = regexp.MustCompile(`(?i)(?:^|[^\pL\d.,])(` + figure + `\s?(?:k|mille)|\d+[.,]\d+\s?m)(?:$|[^\pL\d])`)
)

// counted are the things that a number of thousands may be of, as stems: "10k users", "12 mille logements".
var counted = []string{
	"user", "utilisateur", "poste", "logement", "lot", "licence", "license", "locataire", "agent", "compte", "account", "boite", "mailbox", "mail", "courriel", "page", "copie", "ligne", "line",
	"appel", "call", "ticket", "document", "fichier", "file", "dossier", "piece", "equipement", "capteur", "sensor", "objet", "compteur", "sim", "sms", "courrier", "pli", "envoi", "facture", "home",
	"dwelling", "tenant", "seat", "device", "rpm", "tour", "tr", "point", "habitant", "salarie", "collaborateur", "personne", "people", "visite", "requete", "transaction", "bail", "baux",
}

// screens are the words beside which "4K" is how sharp a picture is.
var screens = []string{
	"ecran", "moniteur", "monitor", "screen", "display", "video", "visio", "visioconference", "camera", "television", "televiseur", "tv", "projecteur", "videoprojecteur", "projector", "uhd", "hdmi",
	"affichage", "webcam", "dalle", "streaming", "pouce", "station",
}

// sharpness are the figures of such pictures.
var sharpness = []string{"2k", "4k", "5k", "6k", "8k"}

// sumIn finds what reads as a sum in words, by bytes.
func sumIn(words string) (start, end int, ok bool) {
	if found, ok := money.Find(words); ok {
		return found.Start, found.End, true
	}
	if at := priced.FindStringSubmatchIndex(words); at != nil {
		return at[2], at[3], true
	}
	for from := 0; from < len(words); {
		at := bare.FindStringSubmatchIndex(words[from:])
		if at == nil {
			break
		}
		start, end := from+at[2], from+at[3]
		if !counts(words[end:]) && !sharp(words, words[start:end]) {
			return start, end, true
		}
		from = end
	}
	if at := strings.Index(words, "€"); at >= 0 {
		return at, at + len("€"), true
	}
	return 0, 0, false
}

// counts says whether the words after a number begin with what it counts.
func counts(after string) bool {
	words := text.Words(after)
	if len(words) > 0 && (words[0].Folded == "de" || words[0].Folded == "d") {
		words = words[1:]
	}
	return len(words) > 0 && slices.Contains(counted, singular(words[0].Folded))
}

// sharp says whether "4K" stands among words on screens.
func sharp(words, found string) bool {
	if !slices.Contains(sharpness, strings.ToLower(found)) {
		return false
	}
	return slices.ContainsFunc(text.Words(words), func(w text.Word) bool { return slices.Contains(screens, singular(w.Folded)) })
}

func singular(word string) string { return strings.TrimSuffix(word, "s") }

// withoutSums takes whatever reads as a sum out of words.
func withoutSums(words string) string {
	for {
		start, end, ok := sumIn(words)
		if !ok {
			return words
		}
		rest := strings.Join(strings.Fields(words[:start]+" "+words[end:]), " ")
		words = strings.Trim(strings.ReplaceAll(rest, "( )", ""), " ,;:-–")
	}
}
