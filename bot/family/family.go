// Package family knows the families of purchase in which needs and contracts are compared (telephony, printing, housing
// ERP …): their codes, labels and parents.
package family

// Code names a family of purchase, such as "telephony-fixed". The empty Code means "not known".
type Code string

// Label returns the family's name in the language ("fr" or "en"), the code itself when it is not known.
func Label(code Code, lang string) string { return string(code) }

// Score is a family and how likely it is, 0–1.
type Score struct {
	Code  Code    `json:"code"`
	Score float64 `json:"score"`
}
