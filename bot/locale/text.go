// Package locale holds every sentence that the bot says, in French and in English, and turns keys and data into
// them at the last moment, in the reader's language. Dates, amounts and families of purchase become words here and
// nowhere else. It escapes nothing: what it returns is plain text, and each chat adapter escapes all of it.
package locale

import (
	"encoding/json"
	"fmt"

	"sdcbot/bot/calendar"
	"sdcbot/bot/family"
	"sdcbot/bot/money"
)

// Lang is a language that the bot speaks.
type Lang string

// The languages. French is the default.
const (
	French  Lang = "fr"
	English Lang = "en"
)

// Text is a sentence not yet said: a key of the catalogue and its data. It survives a round trip through JSON, so that a
// promise can be stored now and said later, in the language that its reader has then.
type Text struct {
	Key  string           `json:"k"`
	Args map[string]Value `json:"a,omitempty"`
}

// Value is one datum of a Text: exactly one field is set.
type Value struct {
	Plain  *string       `json:"s,omitempty"` // words as they are: a name, an object, a supplier
	Number *int          `json:"n,omitempty"`
	Day    *calendar.Day `json:"d,omitempty"` // 23/05/2027
	Amount *money.Amount `json:"m,omitempty"` // 24 000 € par an
	Band   *money.Band   `json:"b,omitempty"` // entre 25 000 et 90 000 €
	Family *family.Code  `json:"f,omitempty"` // Téléphonie fixe
	Text   *Text         `json:"t,omitempty"` // a sentence in the sentence
	List   []Text        `json:"l,omitempty"` // joined: a, b et c
}

// T makes a Text from a key and pairs of name and value. Values may be string, int, calendar.Day, money.Amount,
// money.Band, family.Code, Text or []Text; anything else is a fault of the program and panics. The value named
// "count" chooses between singular and plural.
func T(key string, pairs ...any) Text {
	t := Text{Key: key}
	if len(pairs) > 0 {
		t.Args = make(map[string]Value, len(pairs)/2)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		t.Args[pairs[i].(string)] = valueOf(pairs[i+1])
	}
	return t
}

// Plain is a Text that is these words in every language: names, what a person typed.
func Plain(words string) Text { return T(plainKey, "words", words) }

const plainKey = "plain"

// IsZero says whether there is nothing to say.
func (t Text) IsZero() bool { return t.Key == "" }

// MarshalJSON writes an empty Text as null, so that stored promises stay short.
func (t Text) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	type bare Text
	return json.Marshal(bare(t))
}

func valueOf(v any) Value {
	switch v := v.(type) {
	case string:
		return Value{Plain: &v}
	case int:
		return Value{Number: &v}
	case calendar.Day:
		return Value{Day: &v}
	case money.Amount:
		return Value{Amount: &v}
	case money.Band:
		return Value{Band: &v}
	case family.Code:
		return Value{Family: &v}
	case Text:
		return Value{Text: &v}
	case []Text:
		return Value{List: v}
	}
	panic(fmt.Sprintf("locale.T: no value can be a %T", v))
}
