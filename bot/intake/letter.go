package intake

import (
	"regexp"
	"strings"
)

// closing finds the formula that ends a letter, where a line or a sentence begins: what follows is a signature, with its titles, addresses and telephones.
var closing = regexp.MustCompile(`(?i)(?:^|[\n.!?,]\s*)(cordialement|bien cordialement|bien à vous|bien à toi|bonne réception|cdt|cdlt|salutations|best regards|kind regards|regards|sincerely|yours sincerely)\b`)

// header finds the lines by which mail programs begin what is quoted: who wrote to whom, and when. The subject stays, for it says something.
var header = regexp.MustCompile(`(?im)^[ >]*(?:de|from|à|to|cc|cci|bcc|envoyé|sent|date)[ \x{a0}]*:.*$`)

// greeting finds the words with which a message opens, and farewell those with which it ends after its last sentence: politeness says nothing of what a
// message is about, and must not tip the scales in either direction.
var (
	greeting = regexp.MustCompile(`(?i)^\s*(?:bonjour|bonsoir|salut|hello|hi|hey|coucou|dear)(?:\s+(?:à\s+|a\s+)?(?:tous|toutes|vous|toi|all|everyone|team|(?:chers?\s+|chères?\s+)?(?:amis|collègues|confrères|colleagues))(?:\s+et\s+(?:à\s+)?toutes)?)?\s*[,!.;:\n–-]+\s*`)
	farewell = regexp.MustCompile(`(?i)([.!?\n])(?:[\s,.!]*(?:et\s+)?(?:merci(?:\s+(?:beaucoup|bien|d['’]avance|par\s+avance|à\s+tous|à\s+toutes|à\s+vous))?|(?:bonne|belle)\s+(?:fin\s+de\s+)?(?:journée|soirée|semaine)|bon\s+(?:week-?end|courage)|à\s+bientôt|many\s+thanks|thanks(?:\s+in\s+advance)?|thank\s+you|have\s+a\s+(?:good|nice)\s+day))+[\s.!]*$`)
)

// shortestLetter is how much has to stand before a closing formula for it to close something.
const shortestLetter = 15

// letter returns a message without what an e-mail has around its words, where one was pasted.
func letter(s string) string {
	if !strings.ContainsAny(s, "\n.,!?") {
		return s
	}
	s = polite(s)
	if at := closing.FindStringSubmatchIndex(s); at != nil && at[2] >= shortestLetter {
		s = s[:at[2]]
	}
	if strings.Contains(s, ":") && strings.Contains(s, "\n") {
		s = header.ReplaceAllString(s, "")
	}
	return s
}

// polite returns a message without its greeting and its farewell, where something else stands between.
func polite(s string) string {
	if at := greeting.FindStringIndex(s); at != nil && len(s)-at[1] >= shortestLetter {
		s = s[at[1]:]
	}
	if at := farewell.FindStringSubmatchIndex(s); at != nil && at[3] >= shortestLetter {
		s = s[:at[3]]
	}
	return s
}
