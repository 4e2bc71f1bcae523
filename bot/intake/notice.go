package intake

import (
	"strings"

	"sdcbot/bot/contract"
	"sdcbot/bot/text"
)

// span is a run of words of the text, to excluded.
type span struct{ from, to int }

func (s span) holds(i int) bool { return i >= s.from && i < s.to }

// noticeWords name the notice; after the second kind only a length before the end counts ("résilier 3 mois avant"), since one may
// also cancel on a day.
var noticeWords = func() (p text.Phrases[bool]) {
	for phrase, sure := range map[string]bool{
		"préavis": true, "pré-avis": true, "préav": true, "pv": true, "preavis": true, "notice": true, "notice period": true, "délai de dénonciation": true, "délai de résiliation": true, "délai de prévenance": true, "period of notice": true,
		"dénonciation": false, "dénoncer": false, "dénonçable*": false, "denoncable*": false, "dénonce": false, "dénoncé": false, "résiliation": false, "résilier": false, "résiliable": false, "résiliable*": false,
		"prévenir": false, "lettre": false, "courrier": false, "recommandé": false, "lrar": false, "à prévenir": false, "cancel*": false, "terminat*": false, "avertir": false, "notifier": false, "give notice": true, "notice to give": true,
	} {
		p.Add(phrase, sure)
	}
	return p
}()

// noNotice says that there is none.
var noNotice = func() (p text.Phrases[bool]) {
	for _, phrase := range []string{
		"sans préavis", "aucun préavis", "pas de préavis", "0 préavis", "zéro préavis", "no notice", "no notice period", "without notice", "préavis aucun", "préavis nul", "préavis néant",
		"préavis zéro", "préavis 0", "sans délai de préavis", "résiliable à tout moment", "pas de delai de préavis", "notice none", "notice period none", "without any notice",
	} {
		p.Add(phrase, true)
	}
	return p
}()

// The words between "préavis" and its length that say nothing: "préavis à donner de", "notice period is".
const noticeReach = 6

// readNotice returns the notice that the words say, and where.
func readNotice(s string, words []text.Word) (contract.Notice, span) {
	for i := range words {
		if _, n := noNotice.Longest(words[i:]); n > 0 {
			return contract.Notice{Known: true}, span{i, i + n}
		}
		sure, n := noticeWords.Longest(words[i:])
		if n == 0 {
			continue
		}
		if l, at, ok := lengthAfter(s, words, i+n, sure); ok {
			return l.noticeIn(words), span{i, at}
		}
		if l, at, ok := lengthBefore(s, words, i); sure && ok {
			return l.noticeIn(words), span{at, i + n}
		}
	}
	return contract.Notice{}, span{}
}

// lengthAfter looks for a length in the few words from i on; unless sure, "avant", "before" or "préavis" has to follow it.
func lengthAfter(s string, words []text.Word, i int, sure bool) (l length, end int, ok bool) {
	for k := i; k < len(words) && k < i+noticeReach; k++ {
		if k > 0 && parted(s, words[k-1], words[k], ";!?\n") || k > i && parted(s, words[k-1], words[k], ",.") {
			return length{}, 0, false
		}
		switch words[k].Folded {
		case "dans", "in", "fin", "le", "on", "echeance", "jusqu", "until":
			return length{}, 0, false
		}
		if words[k].Folded == "a" || words[k].Folded == "an" {
			continue // "préavis à 3 mois"
		}
		found, n := lengthAt(words[k:])
		if n == 0 {
			continue
		}
		if !sure && !announced(words[k+n:]) {
			return length{}, 0, false
		}
		return found, k + n, true
	}
	return length{}, 0, false
}

// bySending says that a notice counts from the day on which it is sent; otherwise it must have been received.
var bySending = func() (p text.Phrases[bool]) {
	for _, phrase := range []string{
		"cachet de la poste", "date d'envoi", "envoyé avant", "envoyée avant", "à envoyer avant", "date d'expédition", "expédié avant", "à compter de l'envoi", "à l'envoi",
		"date of sending", "sent before", "sent by", "postmark", "date of dispatch",
	} {
		p.Add(phrase, true)
	}
	return p
}()

// noticeIn is the length as a notice, sent or received as the words say.
func (l length) noticeIn(words []text.Word) contract.Notice {
	n := l.notice()
	for i := range words {
		if _, said := bySending.Longest(words[i:]); said > 0 {
			n.Sent = true
		}
	}
	return n
}

func announced(words []text.Word) bool {
	for k := 0; k < len(words) && k < 3; k++ {
		switch words[k].Stem {
		case "avant", "before", "preavi", "ahead", "advance", "notice", "prior":
			return true
		}
	}
	return false
}

// lengthBefore looks for a length that ends just before word i: "3 mois de préavis", "90 days' notice", "3 months prior notice".
func lengthBefore(s string, words []text.Word, i int) (l length, start int, ok bool) {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if parted(s, words[k], words[k+1], ",;.!?\n:") {
			return length{}, 0, false
		}
		found, n := lengthAt(words[k:i])
		if n == 0 {
			continue
		}
		for _, w := range words[k+n : i] {
			switch w.Folded {
			case "de", "d", "s", "of", "prior", "written", "le", "en":
			default:
				return length{}, 0, false
			}
		}
		if k >= 2 && words[k-2].Folded == "quatre" && words[k-1].Stem == "vingt" {
			k -= 2
			found, _ = lengthAt(words[k:i])
		}
		return found, k, true
	}
	return length{}, 0, false
}

// Fault says what is wrong with what was typed into a field. The sentence for people is the business of bot/locale.
type Fault string

// The faults.
const (
	NotANotice  Fault = "not-a-notice"
	NotARenewal Fault = "not-a-renewal"
)

// FieldError is the error of ParseNotice and ParseRenewal.
type FieldError struct {
	Fault Fault
	Typed string
}

func (e *FieldError) Error() string { return string(e.Fault) + ": " + e.Typed }

// ParseNotice reads the notice field of a form: "3 mois", "3m", "60 j", "8 semaines", "aucun", "3" (months). An empty field is the zero
// Notice and no error. Errors are *FieldError.
func ParseNotice(field string) (contract.Notice, error) {
	words := text.Words(field)
	if len(words) == 0 && strings.TrimSpace(field) == "" {
		return contract.Notice{}, nil
	}
	for len(words) > 0 && (words[0].Stem == "preavi" || words[0].Folded == "notice" || words[0].Folded == "de" || words[0].Folded == "d") {
		words = words[1:]
	}
	if len(words) > 0 {
		switch words[0].Stem {
		case "aucun", "sans", "san", "0", "non", "no", "none", "neant", "nul", "zero", "pa":
			return contract.Notice{Known: true}, nil
		}
		if l, n := lengthAt(words); n > 0 {
			return l.noticeIn(words), nil
		}
		if n, rest, ok := count(words[0].Folded); ok && rest == "" && len(words) == 1 && n <= 36 {
			return length{months: n}.notice(), nil
		}
	}
	return contract.Notice{}, &FieldError{NotANotice, strings.TrimSpace(field)}
}
