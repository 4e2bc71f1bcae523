// Package intake reads a sentence that a DSI typed and says what it means: a contract with its term, a need, an offer, or nothing
// of the kind; with the words that said so. It asks nobody and remembers nothing: doubts come out as a low Confidence.
//
// A text is cleaned and parted (read.go); its words are mended (cues.go) and searched for facts: families and names (bot/family), dates (bot/when),
// sums (bot/money), the notice and the renewal (notice.go, renewal.go). Its kind is weighed twice: by rules that a person can follow (cues.yaml,
// rules.go, signs.go, denial.go, progress.go) and by what labelled sentences taught (traits.go, weights.csv); kind.go decides. What else is shown of a text
// comes from the dictionary alone (supplier.go, object.go), since others read it. Which peers a proposal concerns is the business of bot/match.
package intake

import (
	"sdcbot/bot/calendar"
	"sdcbot/bot/contract"
	"sdcbot/bot/family"
	"sdcbot/bot/locale"
	"sdcbot/bot/money"
)

// Kind says what a statement is.
type Kind string

// The kinds. Nothing is ordinary chat.
const (
	Contract Kind = "contract"
	Need     Kind = "need"
	Offer    Kind = "offer"
	Nothing  Kind = "none"
)

// Statement is what a sentence says. Zero fields were not said.
type Statement struct {
	Kind          Kind
	Families      []family.Score // best first, at most five
	Object        string         // what it is about, in the speaker's words, without dates, amounts or politeness: "extranet fournisseur"
	Date          calendar.Day   // the end of a contract, the wanted date of a need
	Start         calendar.Day   // the start of a contract, when said
	Supplier      string         // publisher, product or provider as it was named
	Amount        money.Amount
	Notice        contract.Notice
	Renewal       contract.Renewal
	RenewalMonths int
	MaxRenewals   *int
	Confidence    float64       // 0–1
	Because       []locale.Text // why, one reason each, naming the words that said it
	Also          []Statement   // further proposals in the same message
}
