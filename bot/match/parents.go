package match

import (
	"strings"

	"sdcbot/bot/family"
)

// parentOf returns the family that comprises the code: the one whose name begins its own.
func parentOf(code family.Code) family.Code {
	if head, _, ok := strings.Cut(string(code), "-"); ok && head == "telephony" {
		return family.Code(head)
	}
	return ""
}

func related(a, b family.Code) bool { return parentOf(a) == b || parentOf(b) == a }
