package intake

import (
	"regexp"
	"strings"
)

// closing finds the formula that ends a letter, where a line or a sentence begins: what follows is a signature, with its titles, addresses and telephones.
var closing = regexp.MustCompile(`(?i)(?:^|[\n.!?,]\s*)(cordialement|bien cordialement|bien à vous|bien à toi|bonne réception|cdt|cdlt|salutations|best regards|kind regards|regards|sincerely|yours sincerely)\b`)

// header finds the lines by which mail programs begin what is quoted: who wrote to whom, and when. The subject stays, for it says something.
var header = regexp.MustCompile(`(?im)^[ >]*(?:de|from|à|to|cc|cci|bcc|envoyé|sent|date)[ \x{a0}]*:.*$`)

// shortestLetter is how much has to stand before a closing formula for it to close something.
const shortestLetter = 15

// letter returns a message without what an e-mail has around its words, where one was pasted.
func letter(s string) string {
	if !strings.ContainsAny(s, "\n.,!?") {
		return s
	}
	if at := closing.FindStringSubmatchIndex(s); at != nil && at[2] >= shortestLetter {
		s = s[:at[2]]
	}
	if strings.Contains(s, ":") && strings.Contains(s, "\n") {
		s = header.ReplaceAllString(s, "")
	}
	return s
}
