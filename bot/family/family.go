// Package family knows the families of purchase in which needs and contracts are compared (telephony, printing, housing
// ERP …): their codes, labels and parents, and the words, publishers and products by which people name them. It says which
// families a text speaks of and which words said so. It does not know whether the text is a contract, a need or a chat, nor
// when two needs are worth bringing together: that is bot/intake and bot/match.
package family

// Code names a family of purchase, such as "telephony-fixed". The empty Code means "not known".
type Code string

// The families that rules name. The others are met as data only: families.csv has them all.
const (
	Telephony       Code = "telephony"
	TelephonyFixed  Code = "telephony-fixed"
	TelephonyMobile Code = "telephony-mobile"
	OtherIT         Code = "other-it"
)

// Score is a family and how likely it is, 0–1.
type Score struct {
	Code  Code    `json:"code"`
	Score float64 `json:"score"`
}
